"""What every file promises: names, a word about itself. A failure is a question, not a wall."""

import ast
import inspect
from pathlib import Path

import pytest

from onrecord.rules import all_rules

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "onrecord").rglob("*.py"))
RULES = [p for p in SOURCES if p.parent.parent.name == "rules" and not p.name.startswith("_")]
FAMILIES = {
    "ANO": "anonymity",
    "COR": "corrections",
    "HED": "headline",
    "LAN": "language",
    "NUM": "numbers",
    "OUT": "outlets",
    "QUO": "quotation",
    "RPL": "reply",
    "SEN": "people_at_risk",
    "SRC": "sourcing",
}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT / "src"))


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_module(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    if text.strip():
        assert ast.get_docstring(tree), "a module opens by saying what it does"
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            assert not node.name.endswith(("Manager", "Helper", "Utils"))
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_"):
            inner = any(
                isinstance(p, ast.FunctionDef) and node in ast.walk(p) and p is not node
                for p in ast.walk(tree)
            )
            assert inner or ast.get_docstring(node) or path in RULES, (
                f"{node.name} says nothing of itself"
            )
        if isinstance(node, ast.FunctionDef):
            own = [
                a for a in node.args.posonlyargs + node.args.args if a.arg not in ("self", "cls")
            ]
            assert len(own) <= 7, f"{node.name} takes {len(own)} arguments by position"


def test_rules_are_one_a_file_and_named_so() -> None:
    assert len(RULES) == len(all_rules())
    for rule in all_rules():
        file = Path(inspect.getsourcefile(rule.check) or "")
        assert file.stem == f"{rule.code.lower()}_{rule.name.replace('-', '_')}"
        assert file.parent.name == FAMILIES[rule.code[:3]]
        assert rule.name == rule.name.lower()
        assert not rule.name.startswith("avoid-"), "a name says what is there"


def test_no_promises_left_in_the_source() -> None:
    for path in SOURCES:
        assert not any(word in path.read_text("utf-8") for word in ("TODO", "FIXME", "XXX"))


def test_no_digits_that_int_cannot_read() -> None:
    # "²".isdigit() holds, and int("²") raises: isdecimal() is what is meant
    for path in sorted((ROOT / "src").rglob("*.py")):
        assert ".isdigit()" not in path.read_text(encoding="utf-8"), path
