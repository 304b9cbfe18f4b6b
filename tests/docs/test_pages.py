"""The examples of the pages for programmers run, in their order, and print what the pages show."""

import doctest
import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["python.md", "marked-text.md"])
def test_examples(name: str) -> None:
    page = (DOCS / name).read_text("utf-8")
    blocks = re.findall(r"^```pycon\n(.*?)^```$", page, re.M | re.S)
    assert blocks
    parser, runner = doctest.DocTestParser(), doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    test = parser.get_doctest("\n".join(blocks), {}, name, str(DOCS / name), 0)
    said: list[str] = []
    result = runner.run(test, out=said.append)
    assert result.failed == 0, "".join(said)


@pytest.mark.parametrize("page", sorted([*DOCS.glob("*.md"), DOCS.parent / "CONTRIBUTING.md"]))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


@pytest.mark.parametrize("name", ["writing-rules.md", "stages.md", "../CONTRIBUTING.md"])
def test_paths_and_targets_that_pages_name_exist(name: str) -> None:
    page, root = (DOCS / name).read_text("utf-8"), DOCS.parent
    for path in re.findall(r"(?:src/onrecord|tests|evals|examples)/[\w/.-]*[\w/]", page):
        if "lan903" not in path:
            assert (root / path).exists(), path
    targets = set(re.findall(r"^([a-z-]+):", (root / "Makefile").read_text("utf-8"), re.M))
    assert set(re.findall(r"make ([a-z][a-z-]+)", page)) - {"alone"} <= targets
