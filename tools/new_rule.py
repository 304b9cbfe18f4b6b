"""Begin a rule: a file in its family's folder that runs, with a page whose examples are its tests.

    make new-rule CODE=LAN903 NAME=hedged-praise

What it writes finds the word "placeholder" and nothing else: change the page's examples first, see
them fail, then write the check (`docs/writing-rules.md`).
"""

import argparse
import re
import sys
from pathlib import Path

from onrecord.rules import all_rules

RULES = Path(__file__).parents[1] / "src" / "onrecord" / "rules"
_CODE = re.compile(r"[A-Z]{3}\d{3}")
_NAME = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")

TEMPLATE = '''"""
## What it finds
Say in a sentence or two what the text does when this fires, in words that an editor would use.

## Why it matters
Say what a reader loses by it.

## Fires on
The ⟦placeholder⟧ closed on Monday.

## Stays silent on
The bridge closed on Monday.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the placeholder would close].

## Known misses
Say what it can't see.
"""

import re
from collections.abc import Iterator

from ...records import Context, Hit, Span
from .. import rule

_WORD = re.compile(r"\\bplaceholder\\b", re.IGNORECASE)


@rule(
    code="@CODE@",
    name="@NAME@",
    message="“{words}” stands here. Ask: what would an editor ask?",
    severity="note",
    status="preview",
    scope="reporter",
    standards=("ap",),
)
def check(context: Context) -> Iterator[Hit]:
    for match in _WORD.finditer(context.analysis.article.text):
        yield Hit(span=Span(*match.span()), values={"words": match.group()})
'''


def families() -> dict[str, str]:
    """The folder of each family by the letters of its codes."""
    return {r.code[:3]: r.check.__module__.split(".")[-2] for r in all_rules()}


def fault(code: str, name: str) -> str | None:
    """What is wrong with a code or a name, in words for whoever gave it; null where nothing is."""
    known = families()
    if not _CODE.fullmatch(code):
        return f"CODE={code}: three capitals and three digits, for instance LAN903."
    if code[:3] not in known:
        there = ", ".join(f"{letters} ({folder})" for letters, folder in sorted(known.items()))
        return f"CODE={code}: there is no family {code[:3]}. There are: {there}."
    for rule in all_rules():
        if rule.code == code:
            return f"CODE={code}: that is {rule.name}. A code belongs to one rule for good."
        if rule.name == name:
            return f"NAME={name}: that is {rule.code}."
    if not _NAME.fullmatch(name) or name.startswith("avoid-"):
        return f"NAME={name}: small letters and hyphens; it says what is there: anonymous-opinion."
    return None


def write(code: str, name: str, rules: Path = RULES) -> Path:
    """Write the rule's file and return its path. Raises `ValueError` with what is wrong."""
    if said := fault(code, name):
        raise ValueError(said)
    path = rules / families()[code[:3]] / f"{code.lower()}_{name.replace('-', '_')}.py"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(TEMPLATE.replace("@CODE@", code).replace("@NAME@", name), "utf-8")
    return path


def main() -> int:
    """The command line of `make new-rule`."""
    parser = argparse.ArgumentParser(description="Begin a rule.")
    parser.add_argument("code", help="a family's letters and a free number: LAN903")
    parser.add_argument("name", help="what is there, in small letters: hedged-praise")
    args = parser.parse_args()
    try:
        path = write(args.code.upper(), args.name)
    except ValueError as error:
        print(error, file=sys.stderr)
        return 2
    code = args.code.upper()
    shown = path.relative_to(RULES.parents[2])
    print(f"{shown} is a rule that runs. Now:")
    print(f"  1. its page: change the examples in {shown}")
    print(f"  2. see them fail: .venv/bin/python -m pytest tests/rules/test_pages.py -k {code}")
    print("  3. write the check, until they pass")
    print(
        f"  4. try it: .venv/bin/onrecord check examples/lighthouse-exclusive.txt --select {code}"
    )
    print("  5. what it does to real articles: make diff BASE=HEAD N=40")
    print("  6. its cost: .venv/bin/python -m pytest tests/rules/test_time.py -m cost -k " + code)
    print("  7. make docs check")
    return 0


if __name__ == "__main__":
    sys.exit(main())
