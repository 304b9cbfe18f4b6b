"""The examples of the pages for programmers run, in their order, and print what the pages show."""

import doctest
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from onrecord.cli import COMMANDS, group
from onrecord.extras import EXTRAS

DOCS = Path(__file__).parents[2] / "docs"


@pytest.mark.parametrize("name", ["python.md", "marked-text.md", "formats.md"])
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


def _formats(command: click.Command) -> Iterator[tuple[str, ...]]:
    """What a command, and each of its verbs, can write."""
    for option in command.params:
        if "--format" in option.opts:
            assert isinstance(option.type, click.Choice)
            yield tuple(option.type.choices)
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            yield from _formats(inner)


def test_the_table_of_formats_is_the_commands() -> None:
    page = (DOCS / "formats.md").read_text("utf-8")
    table = re.findall(r"^\| `(\w+)`[^|]*\| ([a-z, ]+) \|$", page, re.M)
    written = {name: tuple(formats.split(", ")) for name, formats in table}
    offered = {}
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        if formats := set(_formats(command)):
            (offered[name],) = formats
    assert written == offered


def test_commands_print_what_the_page_of_formats_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = (DOCS / "formats.md").read_text("utf-8")
    same, checker = doctest.ELLIPSIS, doctest.OutputChecker()
    blocks = re.findall(r"^```console\n(.*?)^```$", page, re.M | re.S)
    assert len(blocks) >= 5
    for block in blocks:
        for line, shown in re.findall(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", block, re.M):
            first, *words = shlex.split(line)
            if first == "onrecord":
                made = CliRunner().invoke(group, words, catch_exceptions=False)
                assert made.exit_code == 0, made.output
                said = made.stdout
            elif not Path(words[0]).exists():  # the article, which the first block shows
                Path(words[0]).write_text(shown, "utf-8")
                continue
            else:
                said = Path(words[0]).read_text("utf-8")
            assert checker.check_output(shown, said, same), f"{line}\n{said}"


def test_the_readme_lists_every_extra() -> None:
    project = tomllib.loads((DOCS.parent / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(project["optional-dependencies"]) - {"all"} == set(EXTRAS)
    readme = (DOCS.parent / "README.md").read_text("utf-8")
    listed = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", readme, re.M))
    assert listed == {name: extra.gives for name, extra in EXTRAS.items()}
