"""Write the generated pages of `docs/`, or with --check say which are stale.

Rules' pages come from their docstrings, the command line's page from its help, the JSON Schemas
from the records, the licences from the packages' own metadata.
"""

import argparse
import json
import sys
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import click
import msgspec

from onrecord.cli import COMMANDS, group
from onrecord.records import Analysis, Finding, Problem
from onrecord.report.rulepage import rule_markdown
from onrecord.rules import all_rules

from . import licences

STANDARDS = json.loads((files("onrecord") / "data" / "standards.json").read_text("utf-8"))
DOCS = Path(__file__).parents[1] / "docs"


def pages() -> Iterator[tuple[str, str]]:
    """Every generated page: its path below `docs/`, its text."""
    rows = ["# Rules\n", "| code | name | severity | status |", "| --- | --- | --- | --- |"]
    for rule in all_rules():
        rows.append(
            f"| [{rule.code}]({rule.code}.md) | {rule.name} | {rule.severity} | {rule.status} |"
        )
        standards = "\n".join(f"- {STANDARDS[key]}" for key in rule.standards)
        facts = f"Severity {rule.severity}, {rule.status}, since {rule.since}."

        page, measured = rule_markdown(rule.code, None).split("\n\n## Measured\n\n")
        yield (
            f"rules/{rule.code}.md",
            f"# {rule.code} {rule.name}\n\n{facts}\n\n{page}\n\n## Standards\n\n{standards}\n\n"
            f"## Measured\n\n{measured}",
        )
    yield "rules/index.md", "\n".join(rows) + "\n"
    yield "cli.md", "\n".join(_help())
    yield "licences.md", licences.page()
    for record in (Analysis, Finding, Problem):
        schema = msgspec.json.encode(msgspec.json.schema(record), order="sorted")
        text = msgspec.json.format(schema, indent=2).decode() + "\n"
        yield f"schema/{record.__name__.lower()}.json", text


def _help() -> Iterator[str]:
    yield "# The command line\n"
    for _, text in command_pages():
        yield text.replace("\n## ", "\n### ").replace("# ", "## ", 1)


def command_pages() -> Iterator[tuple[str, str]]:
    """Every command's name and its page, made of its help and that of its verbs."""
    for name in COMMANDS:
        command = group.get_command(click.Context(group), name)
        assert command is not None
        shown = [f"# onrecord {name}\n\n```\n{_help_of(command, name)}\n```\n"]
        if isinstance(command, click.Group):
            for verb, inner in sorted(command.commands.items()):
                called = f"{name} {verb}"
                shown.append(f"## onrecord {called}\n\n```\n{_help_of(inner, called)}\n```\n")
        yield name, "\n".join(shown)


def _help_of(command: click.Command, called: str) -> str:
    context = click.Context(
        command, info_name=f"onrecord {called}", max_content_width=90, terminal_width=90
    )
    return command.get_help(context)


def main() -> int:
    """Write the pages, or list those that differ from what would be written."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true")
    check = parser.parse_args().check
    stale = []
    for name, text in pages():
        path = DOCS / name
        if check and (not path.exists() or path.read_text("utf-8") != text):
            stale.append(name)
        elif not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
    if stale:
        print(f"stale: {', '.join(stale)}. Run: make docs", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
