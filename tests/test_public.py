"""The public interface: every name is there, typed and run alike, and a view agrees with its
record."""

import ast
import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

import onrecord
from onrecord import errors, records
from onrecord.testing import parse

SOURCE = Path(onrecord.__file__)


def declared() -> set[str]:
    """The names that a type checker sees."""
    tree = ast.parse(SOURCE.read_text("utf-8"))
    (block,) = [
        node
        for node in tree.body
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"
    ]
    return {
        name.asname or name.name
        for node in block.body
        if isinstance(node, ast.ImportFrom)
        for name in node.names
    }


def test_what_is_typed_is_what_is_there() -> None:
    assert declared() == set(onrecord.__all__) - {"__version__"}
    assert dir(onrecord) == sorted(onrecord.__all__)
    for name in onrecord.__all__:
        assert getattr(onrecord, name) is not None


def test_records_and_errors_are_all_exported() -> None:
    shown = {n for n in records.__all__ if isinstance(getattr(records, n), type)}
    assert shown <= set(onrecord.__all__)
    assert {n for n in vars(errors) if n.endswith("Error")} <= set(onrecord.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'analyze'"):
        _ = getattr(onrecord, "analy" + "ze")


def test_importing_it_loads_nothing_heavy() -> None:
    code = "import onrecord, sys; print([m for m in sys.modules if m.startswith('onrecord.')])"
    made = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert made.stdout.strip() == "[]"


MARKED = """[s1 person=Ann_Lee title=engineer Ann Lee], the engineer, [c1 said] [q1 the bridge was old].
[q2 “It is,”] [s2 of=1 she] [c2 said], [q2 “and [s3 group critics] [c3 say] [q3 in=2 it moves].”]
[c4 It is thought] [q4 that it will close]. [s5 anonymous withheld A source] [c5 denied] [q5 it]."""


def test_statements() -> None:
    analysis = parse(MARKED)[0]
    first, second, third, fourth, fifth = analysis.statements()
    assert (first.text, first.speaker, first.kind, first.title, first.mention, first.cue) == (
        "the bridge was old", "Ann Lee", "person", "engineer", "Ann Lee", "said",
    )  # fmt: skip
    assert (second.text, second.form) == ("“It is,” … “and critics say it moves.”", "direct")
    assert second.speaker == "Ann Lee"
    assert second.mention == "she"
    assert first.person is second.person is not None
    assert third.parent is second
    assert third.person is None
    assert (fourth.speaker, fourth.kind, fourth.source, fourth.withheld, fourth.mention) == (
        (None,) * 5
    )
    assert (fifth.speaker, fifth.kind, fifth.withheld, fifth.stance) == (
        None, "anonymous", True, "denies",
    )  # fmt: skip
    assert [s.attribution for s in analysis.statements()] == list(analysis.attributions)
    assert analysis.statements() == analysis.statements()


def test_rows_say_what_the_views_say() -> None:
    analysis = parse(MARKED, outlet="Harbour Star")[0]
    for row, view in zip(analysis.to_rows(), analysis.statements(), strict=True):
        for column in (
            "id", "speaker", "kind", "gender", "title", "form", "stance", "withheld", "mention",
            "cue", "confidence",
        ):  # fmt: skip
            assert row[column] == getattr(view, column), column
        assert row["words"] == view.text
        assert row["parent"] == (view.parent.id if view.parent else None)
        assert (row["start"], row["end"]) == (view.spans[0].start, view.spans[-1].end)


def test_gender_is_the_persons_and_never_a_crowds() -> None:
    analysis = parse("[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 no]. She left. Her boat sank.")[0]
    people = [msgspec.structs.replace(p, gender="female") for p in analysis.people]
    analysis = msgspec.structs.replace(analysis, people=tuple(people))
    assert analysis.statements()[0].gender == "female"
    plural = [msgspec.structs.replace(s, plural=True) for s in analysis.sources]
    analysis = msgspec.structs.replace(analysis, sources=tuple(plural))
    assert analysis.statements()[0].gender is None


def test_a_repr_is_a_line_whatever_the_length() -> None:
    text = "He said that the ferry was late. " * 400
    analysis = onrecord.analyse(onrecord.read_text(text, input="long.txt"), engine="baseline")
    made = onrecord.lint(analysis)
    shown = [analysis.article, analysis, made, *analysis.statements()[:3], *made.findings[:3]]
    for one in shown:
        assert len(repr(one)) < 400
        assert "\n" not in repr(one)
    assert repr(analysis.article).startswith(
        "<Article 'long.txt' 'He said that the ferry was late."
    )
    assert "13,200 characters" in repr(analysis.article)
