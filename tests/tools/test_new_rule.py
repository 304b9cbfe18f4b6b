"""`make new-rule`: what it writes runs, and what it refuses it explains."""

import importlib.util
import sys
from pathlib import Path

import pytest

from onrecord.linter import lint
from onrecord.records import Rule
from onrecord.rules import all_rules
from onrecord.testing import parse_context
from tests.rules.test_pages import HEADINGS, examples, sections
from tools import new_rule


def written(folder: Path) -> Rule:
    """The rule that is written into a folder, imported as one of its family's."""
    path = new_rule.write("LAN999", "hedged-praise", folder)
    assert path == folder / "language" / "lan999_hedged_praise.py"
    name = f"onrecord.rules.language.{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    finally:
        del sys.modules[name]
    made = module.check
    assert isinstance(made, Rule)
    return made


def test_what_is_written_is_a_rule_whose_page_holds(tmp_path: Path) -> None:
    rule = written(tmp_path)
    assert (rule.code, rule.name, rule.status) == ("LAN999", "hedged-praise", "preview")
    assert set(HEADINGS) <= set(sections(rule))
    for heading in ("Fires on", "Stays silent on"):
        for example in examples(rule, heading):
            context, expected = parse_context(example)
            made = lint(context, rules=[rule])
            assert made.failed == ()
            assert [f.span for f in made.findings] == list(expected)


@pytest.mark.parametrize(
    ("code", "name", "said"),
    [
        ("LAN9", "fine", "three capitals and three digits"),
        ("XYZ100", "fine", "there is no family XYZ. There are: ANO (anonymity)"),
        ("ANO001", "fine", "that is anonymous-without-reason"),
        ("LAN999", "anonymous-without-reason", "that is ANO001"),
        ("LAN999", "Bad Name", "small letters and hyphens"),
        ("LAN999", "avoid-praise", "it says what is there"),
    ],
)
def test_what_is_refused(tmp_path: Path, code: str, name: str, said: str) -> None:
    with pytest.raises(ValueError, match=said.replace("(", r"\(").replace(")", r"\)")):
        new_rule.write(code, name, tmp_path)
    assert not list(tmp_path.iterdir())


def test_every_family_has_a_folder() -> None:
    for rule in all_rules():
        assert (new_rule.RULES / new_rule.families()[rule.code[:3]]).is_dir()
