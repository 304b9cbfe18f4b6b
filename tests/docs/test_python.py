"""The examples of `docs/python.md` run, in their order, and print what the page shows."""

import doctest
import re
from pathlib import Path

PAGE = Path(__file__).parents[2] / "docs" / "python.md"


def test_examples() -> None:
    blocks = re.findall(r"^```pycon\n(.*?)^```$", PAGE.read_text("utf-8"), re.M | re.S)
    assert len(blocks) >= 6
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    test = parser.get_doctest("\n".join(blocks), {}, "docs/python.md", str(PAGE), 0)
    said: list[str] = []
    result = runner.run(test, out=said.append)
    assert result.failed == 0, "".join(said)
