"""The drawing of time against length: well-formed, every row a dot, in the right place."""

import io
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

from evals.plot import drawing, panel
from evals.rules import speed

SVG = "{http://www.w3.org/2000/svg}"


def test_every_row_is_a_dot_and_the_longest_is_named() -> None:
    root = ElementTree.fromstring(drawing(panel([(100, 1.0), (200_000, 4.0)], "words")))
    dots = [(float(c.get("cx", 0)), float(c.get("cy", 0))) for c in root.iter(f"{SVG}circle")]
    assert dots == [(60.2, 205.0), (560.0, 40.0)]
    assert "200,000 words" in [t.text for t in root.iter(f"{SVG}text")]


def test_panels_stand_side_by_side() -> None:
    rows = [
        {"words": 100, "analysis": 2.0, "rules": 0.5},
        {"words": 200, "analysis": 4.0, "rules": 1.0},
    ]
    root = ElementTree.fromstring(speed.plotted(rows))
    xs = [float(c.get("cx", 0)) for c in root.iter(f"{SVG}circle")]
    assert xs == [310.0, 560.0, 910.0, 1160.0]
    assert root.get("viewBox") == "0 0 1200 300"


def test_a_cut_pipe_is_no_failure(tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from evals.rules import speed\n"
        "def report(args):\n"
        "    for _ in range(20000): print('a row of the table')\n"
        "    return 0\n"
        "speed.report = report\n"
        f"sys.argv = ['speed', {str(tmp_path)!r}]\n"
        "sys.exit(speed.main())\n"
    )
    run = subprocess.Popen(
        [sys.executable, "-c", script], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    assert isinstance(run.stdout, io.TextIOBase)
    assert run.stderr is not None
    assert run.stdout.readline() == "a row of the table\n"
    run.stdout.close()
    assert run.stderr.read() == ""
    run.stderr.close()
    assert run.wait() == 0
