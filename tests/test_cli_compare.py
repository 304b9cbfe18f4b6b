"""`onrecord compare` as a user meets it."""

import subprocess
from pathlib import Path

from .program import onrecord, read

STORY = Path(__file__).parents[1] / "examples" / "quay-repairs.txt"


def run(*args: str) -> subprocess.CompletedProcess[str]:
    return read(onrecord("compare", *args))


def test_compare_says_what_changed(tmp_path: Path) -> None:
    second = tmp_path / "b.txt"
    text = STORY.read_text("utf-8")
    second.write_text(text.replace("nobody loses a boat", "no one loses a single boat"), "utf-8")
    for form in ("full", "json", "html"):
        done = run(str(STORY), str(second), "--format", form)
        assert done.returncode == 0, done.stderr
        assert "single" in done.stdout
    hidden = run(str(STORY), str(second), "--no-text")
    assert "quotation changed" in hidden.stdout
    assert "single" not in hidden.stdout


def test_compare_says_what_it_can_not_read(tmp_path: Path) -> None:
    missing = run(str(STORY), str(tmp_path / "none.txt"))
    assert missing.returncode == 3
    assert "none.txt" in missing.stderr
    both = run("-", "-")
    assert both.returncode == 2
    assert "Give one of the two as a file." in both.stderr
