"""Nothing freezes it: cost grows with an article's length, whatever the article is made of.

Each text is one unit over and over, at two lengths, the longer four times the shorter, through
reading, analysis, all rules, every report and `verify`. Nothing is held against a clock: linear is
4 times the cost, quadratic 16, and what costs no more than ordinary prose of the same length is in
order whatever it grows by.
"""

import re
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

import onrecord
from onrecord.extract import Engine, analyse
from onrecord.ingest import read_text
from onrecord.linter import lint
from onrecord.records import Analysis, Material, Settings
from onrecord.report import analysis_csv, full, html, queries, sarif
from onrecord.verifier import verify

pytestmark = pytest.mark.cost

SHORT, LONG = 4_000, 16_000
"""Code points."""
BOUND = 9.0
"""Times the cost for four times the length: between linear and quadratic, nearer to linear."""
PROSE = (
    "Ann Lee, the harbour master, said the new quay would open in May. “We are ready,” she said. "
    "A spokesman for Orr Council declined to comment.\n\n"
)
UNITS = {
    "dots": ".",
    "exclamation marks": "!",
    "labels": "A: a\n",
    "he said": "he said ",
    "anonymity": "anonymity ",
    "initials": "A.A.A.",
    "Ann said": '"Ann said " ',
    "open quotations": "“Ann said  ",
    "straight marks": '"',
    "opening marks": "“",
    "single marks": "'a ",
    "apostrophes": "'",
    "blanks": "a                    ",
    "short paragraphs": "a b.\n\n",
    "words": "word ",
    "letters": "a",
    "capitals": "A",
    "names": "Ann Lee ",
    "short sentences": "Aa. ",
    "numbers": "12, ",
    "ages": "Ann Lee, 12, ",
    "crowds": "the critics said that ",
    "quotations": "“Go,” he said. ",
    "dashes": "— a\n",
    "brackets": "[",
    "addresses": "a@b.c-d.e@",
    "hyphens": "a-b-",
    "polls": "a poll of 12 percent of ",
    "sources": "A source said he knew. ",
    "dates that never were": "31 February 2024 ",
}


def times(work: Callable[[str], object], unit: str, length: int) -> float:
    """Seconds of this process that some work takes on a unit repeated, the best of two."""
    text = unit * (length // len(unit) + 1)
    best = float("inf")
    for _ in range(2):
        start = time.process_time()
        work(text)
        best = min(best, time.process_time() - start)
    return best


def analysis_of(text: str, engine: Engine = "baseline") -> Analysis:
    return analyse(read_text(text), engine=engine)


def reported(text: str) -> None:
    """Everything that a user may ask for at once: findings of all rules, pages and tables."""
    analysis = analysis_of(text)
    linted = lint(analysis, Settings(preview=True))
    assert not linted.failed
    html.render(linted)
    full.render(linted)
    queries.render(linted)
    analysis_csv.rows(analysis)
    sarif.render([linted])


def verified(text: str) -> None:
    """An article held against itself."""
    verify(analysis_of(text), [Material(name="notes", text=text, raw_digest="")])


def placed(text: str) -> None:
    """The places of findings in a file of another kind, which has the words on one line."""
    for item in onrecord.read(text.encode(), kind="markdown"):
        assert isinstance(item, onrecord.Article)
        sarif.render([lint(analyse(item, engine="baseline"), Settings(preview=True))])


WORK: dict[str, Callable[[str], object]] = {
    "reported": reported,
    "verified": verified,
    "placed": placed,
}


@cache
def prose(work: str) -> float:
    """What ordinary prose of the longer length costs, in this run."""
    return times(WORK[work], PROSE, LONG)


@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("unit", UNITS)
def test_cost_grows_with_length(unit: str, work: str) -> None:
    short, long = (times(WORK[work], UNITS[unit], length) for length in (SHORT, LONG))
    assert long <= max(BOUND * short, prose(work)), f"{short:.3f} s, then {long:.3f} s"


FILES: dict[str, tuple[str, tuple[str, ...]]] = {
    "md": ("", ("<!-- onrecord:", "<!--", " #", "[/wp_", "> a\n", "* a\n", "[a](", "![", "`", "*_",
                "| a |\n", "---\n", "a: b\n", "a: b\n c\n", "[^a]: ", "{#a ", ":::\n")),
    "html": ("<html><title>x</title><body><p>", ("<!-- onrecord:", "<!--", "<p>", "<b>", "<q>", "&",
             "&#", "=", "a=", "<a ", "'\"", " | ", "<div>", "“", "<br>")),
    "wiki": ("", ("{{", "[[", "<ref>a</ref>", "'''", "==", "{|", "|-\n")),
    "srt": ("1\n00:00:01,000 --> 00:00:02,000\n", ("{", "<v ", "1\n", "-->", " ", "- a\n", "A: a\n")),
    "vtt": ("WEBVTT\n\n00:01.000 --> 00:02.000\n", ("{", "<v ", "NOTE\n", "<c>", "&", " 1:1:11.1",
            "<00:01.000>")),
    "eml": ("From: a@b.example\n\n", ("From: a\n", "--a\n", "> ", "=\n", "=?a?b?", "a:\n ")),
    "rtf": ("{\\rtf1 ", ("{\\b ", "\\u1", "\\'41", "{\\*\\a ")),
    "csv": ("text,title\n", ('"', ",", '"a",', "\r\n")),
    "json": ("", ("[", '{"text":', '"', "\\u00")),
}  # fmt: skip
"""What a file of a kind begins with, and what stands in it over and over."""


def read_file(path: Path) -> None:
    """A file as a story, and as notes to hold a story against."""
    list(onrecord.read(str(path)))
    list(onrecord.read_materials([str(path)]))


@pytest.mark.parametrize(
    ("kind", "unit"), [(kind, unit) for kind, (_, units) in FILES.items() for unit in units]
)
def test_reading_grows_with_length(tmp_path: Path, kind: str, unit: str) -> None:
    def took(name: str, text: str) -> float:
        path = tmp_path / f"{name}.{kind}"
        path.write_text(FILES[kind][0] + text, "utf-8")
        best = float("inf")
        for _ in range(2):
            start = time.process_time()
            read_file(path)
            best = min(best, time.process_time() - start)
        return best

    short, long = (took(f"x{n}", unit * (n // len(unit))) for n in (SHORT, LONG))
    ordinary = took("prose", PROSE * (LONG // len(PROSE)))
    assert long <= max(BOUND * short, 4 * ordinary), f"{short:.3f} s, then {long:.3f} s"


def test_a_pattern_that_backtracks_is_caught() -> None:
    """Sixty-four times the cost for four times the length, which no machine's mood hides."""

    def backtrack(text: str) -> None:
        re.findall("a*a*b", text)

    short, long = (times(backtrack, "a", length // 10) for length in (SHORT, LONG))
    assert long > BOUND * short
