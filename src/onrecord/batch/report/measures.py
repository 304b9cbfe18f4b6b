"""The figures of a report: each is a count of statements, words or voices over another.

A measure says what it counts and out of what, so that no share stands without its whole.
"""

import re
from functools import cache
from typing import Any

import msgspec
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from ...language.en.lexicon import lexicon

PEOPLE = ("person", "anonymous", "group")
BODIES = ("organisation", "spokesperson")


class Measure(msgspec.Struct, frozen=True):
    """A share: the count that is above, the one below, and in words what it says."""

    name: str
    title: str
    above: str
    below: str
    says: str


MEASURES = (
    Measure(
        "named", "named people", "named", "people",
        "Statements of named people, of all statements of people: named, described or unnamed.",
    ),
    Measure(
        "withheld", "identity withheld", "withheld", "people",
        "Statements whose source the article treats as withheld, of all statements of people.",
    ),
    Measure(
        "women", "women", "women", "gendered",
        "Statements of women, of those of named people whose gender the text gives.",
    ),
    Measure(
        "women_voices", "women, by voices", "women voices", "gendered voices",
        "Women, of the named people who speak and whose gender the text gives, once an article.",
    ),
    Measure(
        "women_words", "women, by words", "women words", "gendered words",
        "Words of women's statements, of those of named people whose gender the text gives.",
    ),
    Measure(
        "gender_unknown", "gender unknown", "ungendered", "named",
        "Statements of named people whose gender the text doesn't give, of all of named people.",
    ),
    Measure(
        "organisations", "organisations", "bodies", "sourced",
        "Statements of organisations and their spokespeople, of all that have a source.",
    ),
    Measure(
        "documents", "documents", "documents", "sourced",
        "Statements that reports, filings, laws or data make, of all that have a source.",
    ),
    Measure(
        "officials", "officials", "officials", "placed",
        "Statements of officials and public bodies, of those whose speaker's role is known.",
    ),
    Measure(
        "direct", "in quotation marks", "direct", "sourced",
        "Statements given word for word, at least four fifths, of all that have a source.",
    ),
    Measure(
        "no_source", "no source stated", "unsourced", "statements",
        "Statements of which the article doesn't say whose they are, of all statements.",
    ),
)  # fmt: skip
"""What is measured, in the order in which it is shown."""
COUNTS = tuple(dict.fromkeys(name for m in MEASURES for name in (m.above, m.below)))
"""What is counted for each article."""


def counted(articles: pa.Table, statements: pa.Table, sources: pa.Table) -> Any:
    """The counts of each article of a shard: a row an article, a column a count.

    Only outermost statements are counted: what stands inside another is counted as its speaker's.
    """
    statements = statements.filter(pc.is_null(statements["parent"]))
    made = np.zeros((articles.num_rows, len(COUNTS)))
    of = pc.index_in(statements["article_id"], articles["id"].combine_chunks()).to_numpy()
    kind, named, gender = _column(statements, "kind"), "person", _column(statements, "gender")
    length = statements["length"].to_numpy().astype(float)
    is_named = kind == named
    official, placed = _offices(statements)
    has = np.array([k is not None for k in kind], bool)
    masks = {
        "statements": np.ones(len(kind), bool),
        "sourced": has,
        "unsourced": ~has,
        "people": np.isin(kind.astype(str), PEOPLE),
        "named": is_named,
        "withheld": np.isin(kind.astype(str), PEOPLE)
        & np.array(statements["withheld"].fill_null(False).to_pylist(), bool),
        "women": is_named & (gender == "female"),
        "gendered": is_named & np.isin(gender.astype(str), ("female", "male")),
        "ungendered": is_named & ~np.isin(gender.astype(str), ("female", "male")),
        "bodies": np.isin(kind.astype(str), BODIES),
        "documents": kind == "document",
        "officials": official,
        "placed": placed,
        "direct": has & (_column(statements, "form") == "direct"),
    }
    for name, mask in masks.items():
        if name in COUNTS:
            made[:, COUNTS.index(name)] = np.bincount(of[mask], minlength=articles.num_rows)
    for name, mask in (("women words", masks["women"]), ("gendered words", masks["gendered"])):
        made[:, COUNTS.index(name)] = np.bincount(of[mask], length[mask], articles.num_rows)
    voices = sources.filter(pc.greater(sources["statements"], 0))
    whose = pc.index_in(voices["article_id"], articles["id"].combine_chunks()).to_numpy()
    speaks = _column(voices, "kind") == named
    sex = _column(voices, "gender")
    for name, mask in (
        ("women voices", speaks & (sex == "female")),
        ("gendered voices", speaks & np.isin(sex.astype(str), ("female", "male"))),
    ):
        made[:, COUNTS.index(name)] = np.bincount(whose[mask], minlength=articles.num_rows)
    return made


def _column(table: pa.Table, name: str) -> Any:
    return np.array(table[name].to_pylist(), dtype=object)


def _offices(statements: pa.Table) -> tuple[Any, Any]:
    """Which statements are officials' or public bodies', and of which that can be told."""
    official = np.zeros(statements.num_rows, bool)
    placed = np.zeros(statements.num_rows, bool)
    columns = (statements[name].to_pylist() for name in ("kind", "title", "speaker"))
    for number, (kind, title, speaker) in enumerate(zip(*columns, strict=True)):
        if kind in BODIES:
            placed[number], official[number] = True, is_public(speaker or "")
        elif kind in PEOPLE and title:
            placed[number], official[number] = True, is_official(title)
    return official, placed


@cache
def _pattern(*keys: str) -> re.Pattern[str]:
    words = sorted((w for key in keys for w in lexicon("officials", key)), key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, words))})(?![\w-])")


def is_official(title: str) -> bool:
    """Whether a title is an office of the state: by the role, or by a shared role and the body."""
    words = " ".join(title.lower().split())
    if _pattern("roles").search(words):
        return True
    shared = _pattern("shared").search(words)
    return bool(shared and (shared.group() == words == "president" or is_public(words)))


def is_public(name: str) -> bool:
    """Whether an organisation's name or description is that of a public body."""
    return bool(_pattern("bodies").search(" ".join(name.lower().split())))
