"""No pattern backtracks: each is fed what it finds hardest, at 1, 10 and 100 times the
length.

The patterns are those of the packages in `TIMED`, which see whole texts: compiled ones, alone or in
tables, and those written where they are used, found in the source. What a
pattern finds hardest is made from the pattern itself: for each part that may repeat, what leads to
it, then the part over and over, then something that breaks the match. A pattern that is quadratic
takes a hundred times as long for ten times the text; the bound of thirty leaves room for a busy
machine.
"""

import ast
import importlib
import inspect
import pkgutil
import re
import re._constants as sre
import re._parser as parser
import time
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import onrecord

from ..rules.test_time import BAITS, BOUND, FEW, MANY, QUICK, UNIT

pytestmark = pytest.mark.cost
_CALLS = ("compile", "search", "match", "fullmatch", "findall", "finditer", "split", "sub")
BREAK = "\x00"
"""No pattern of news expects it, so whatever has matched so far is given up one by one."""


TIMED = (
    "onrecord.extract.figures.",
    "onrecord.query.",
    "onrecord.rules.headline.",
    "onrecord.rules.numbers.",
    "onrecord.text.",
)


def modules() -> Iterator[ModuleType]:
    """The modules whose patterns are timed."""
    for found in pkgutil.walk_packages(onrecord.__path__, "onrecord."):
        if found.name.startswith(TIMED):
            yield importlib.import_module(found.name)


def _compiled(value: object, depth: int = 3) -> Iterator[re.Pattern[str]]:
    """The patterns of text in a value of a module: itself, or what stands in a table or record."""
    if isinstance(value, re.Pattern):
        if isinstance(value.pattern, str):
            yield value
    elif depth and isinstance(value, dict):
        for inner in value.values():
            yield from _compiled(inner, depth - 1)
    elif depth and isinstance(value, (tuple, list)):
        for inner in value:
            yield from _compiled(inner, depth - 1)


def patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    """The patterns of the modules with the names of these: compiled, and written where they are
    used."""
    seen = set()
    for module in modules():
        found = [p for value in vars(module).values() for p in _compiled(value)]
        source = inspect.getsource(module) if Path(module.__file__ or "").stat().st_size else ""
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                literal = node.args[0] if node.args else None
                own = isinstance(node.func.value, ast.Name) and node.func.value.id == "re"
                text = literal.value if isinstance(literal, ast.Constant) else None
                if own and node.func.attr in _CALLS and isinstance(text, str):
                    found.append(re.compile(text))
        for pattern in found:
            if (pattern.pattern, pattern.flags) not in seen:
                seen.add((pattern.pattern, pattern.flags))
                yield module.__name__.rpartition(".")[2], pattern


def sample(tree: Any) -> str:
    """A short text that a part of a pattern matches, look-arounds left aside."""
    return "".join(_one(op, value) for op, value in tree)


def _one(op: Any, value: Any) -> str:
    if op is sre.LITERAL:
        return chr(value)
    if op is sre.NOT_LITERAL:
        return "a" if value != ord("a") else "b"
    if op is sre.ANY:
        return "a"
    if op is sre.IN:
        return _member(value)
    if op is sre.BRANCH:
        return sample(value[1][0])
    if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        return sample(value[2]) * max(1, int(value[0]))
    if op is sre.SUBPATTERN:
        return sample(value[3])
    return sample(value) if op is sre.ATOMIC_GROUP else ""


def _member(members: Any) -> str:
    wanted = not any(op is sre.NEGATE for op, _ in members)
    for letter in "a A1 .,-'’(":
        inside = False
        for op, value in members:
            inside |= op is sre.LITERAL and value == ord(letter)
            inside |= op is sre.RANGE and value[0] <= ord(letter) <= value[1]
            inside |= op is sre.CATEGORY and value is sre.CATEGORY_WORD and letter.isalnum()
            inside |= op is sre.CATEGORY and value is sre.CATEGORY_DIGIT and letter.isdigit()
            inside |= op is sre.CATEGORY and value is sre.CATEGORY_SPACE and letter.isspace()
        if inside == wanted:
            return letter
    return next((chr(v) for op, v in members if op is sre.LITERAL), "a")


def hardest(tree: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """For each part that repeats: what stands before it, and what it repeats."""
    for op, value in tree:
        if op in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            yield before, sample(value[2])
            yield from hardest(value[2], before)
        elif op is sre.BRANCH:
            for branch in value[1]:
                yield from hardest(branch, before)
        elif op is sre.SUBPATTERN:
            yield from hardest(value[3], before)
        elif op is sre.ATOMIC_GROUP:
            yield from hardest(value, before)
        before += _one(op, value)


def seconds(pattern: re.Pattern[str], text: str) -> float:
    """How long it takes to find everything in a text, the best of two."""
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        for _match in pattern.finditer(text):
            pass
        best = min(best, time.process_time() - start)
        if best > 2:
            break
    return best


def linear(pattern: re.Pattern[str], lead: str, unit: str) -> None:
    """Hold a pattern against a lead and a unit that is repeated, and against both repeated."""
    for once in (unit, lead + unit):
        if not once:
            continue
        taken = []
        for n in (1, FEW, MANY):
            taken.append(seconds(pattern, lead + once * (UNIT * n // len(once) + 1) + BREAK))
            told = f"{pattern.pattern!r} on {lead!r} and {once!r}: {taken} s at 1, 10, 100 times"
            assert taken[-1] <= max(QUICK, BOUND * (taken[-2] if n > 1 else 0.0)), told


ALL = list(patterns())


def test_the_patterns_are_found() -> None:
    names = {name for name, _ in ALL}
    assert {"figures", "numbers", "dates", "_percentages", "_lists", "normalise"} <= names
    assert {name[:6] for name in names} >= {"num405", "hed302"}
    assert len(ALL) > 80


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[f"{n}-{k}" for k, (n, _) in enumerate(ALL)])
def test_its_own_worst_case(name: str, pattern: re.Pattern[str]) -> None:
    tree = parser.parse(pattern.pattern, pattern.flags & ~re.DEBUG)
    for lead, unit in {*hardest(tree)}:
        linear(pattern, lead, unit)


@pytest.mark.parametrize(("name", "pattern"), ALL, ids=[f"{n}-{k}" for k, (n, _) in enumerate(ALL)])
def test_what_patterns_stumble_over(name: str, pattern: re.Pattern[str]) -> None:
    for bait in BAITS.values():
        linear(pattern, "", bait)


def test_a_pattern_that_backtracks_is_caught() -> None:
    cases = list(hardest(parser.parse(r"[a-z]*-x")))
    assert cases == [("", "a")]

    def caught() -> bool:
        try:
            linear(re.compile(r"[a-z]*-x"), *cases[0])
        except AssertionError as error:
            return "times" in str(error)
        return False

    # A busy machine may slow the shorter text down just then, and hide it once.
    assert any(caught() for _ in range(3))
