"""Runs of capitals and the person in them: what is cut off in front, and what is no person.

Both are ordered tables of named cases. Each case has an example, which a test runs with it and
without it.
"""

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

import msgspec

from ...language.en.lexicon import lexicon
from ...records import Block
from .clusters import given, is_trade
from .name_shape import opens, shaped

Token = tuple[int, int]

_OFFICE_OF = re.compile(
    r"\b([A-Z][a-z]{2,40}) (?:of|for) (?:the )?(?:[A-Z][\w-]{1,40},? (?:and )?)?$"
)
"""A post before its field, in capitals: "Director of | Public Works Ann Lee"."""
_POST_AT = re.compile(r"\b([\w-]{1,40}) (?:to|for|in|at|of) (?:the )?$")
"""A post before its place: "ambassador to | Britain Ann Lee"."""
_NICKNAMED = frozenset("(\"“‘'")
_PAIR = re.compile(r"\b([A-Z][a-z]{1,40})(?= ([A-Z][a-z]{1,40})\b)")
_START = re.compile(r"(?:^|[.!?:\n][\"”’')]{0,40}\s{1,20})[\"“‘'(]{0,40}$")
_MONTH_NAMES = lexicon("people", "common_given")
_COMMON = lexicon("people", "openers")
MAX_NAMES = 5
"""Words of a name; a longer run is a title or a list."""


class Words:
    """What an article's words tell of its names: which are written small, which end full names."""

    def __init__(self, text: str, blocks: Sequence[Block]) -> None:
        self.small = frozenset(re.findall(r"\b[a-z]{1,40}\b", text))
        self.capital = frozenset(re.findall(r"\b[A-Z][a-z]{1,40}\b", text)) | given()
        body = blocks[0].span.end if blocks and blocks[0].role == "headline" else 0
        self.surnames = frozenset(
            m.group(2) for m in _PAIR.finditer(text, body) if m.group(1) in given()
        )

    def lowered(self, word: str) -> str:
        """A word that a paragraph's first line shouts ("ROSA Quill"), as the article has it
        elsewhere."""
        plain = len(word) > 2 and word.isupper() and word.title() in self.capital
        return word.title() if plain else word


class Run(msgspec.Struct):
    """A run of capitals on its way to a name: what is left of it, and the title cut off."""

    text: str
    start: int
    end: int
    fresh: bool
    """Whether it begins a block."""
    headline: bool
    known: Words
    tokens: list[Token]
    honorific: str | None = None
    read: dict[Token, str] = msgspec.field(default_factory=dict)
    """The words that have been asked for: every case asks for them again."""

    @classmethod
    def of(cls, text: str, span: Token, fresh: bool, headline: bool, known: Words) -> "Run":
        """The run of a span, whole."""
        start, end = span
        tokens = [(start + m.start(), start + m.end()) for m in _TOKEN.finditer(text[start:end])]
        return cls(text, start, end, fresh, headline, known, tokens)

    def word(self, token: Token) -> str:
        """A word without its possessive and the marks round it."""
        if token not in self.read:
            found = re.sub(r"['’‘´`]s?$", "", self.text[token[0] : token[1]]).strip(".,()\"“”‘’'")
            lowered = self.fresh and not self.headline
            self.read[token] = self.known.lowered(found) if lowered else found
        return self.read[token]

    @property
    def names(self) -> tuple[str, ...]:
        """The words that are left."""
        return tuple(self.word(token) for token in self.tokens)

    @property
    def begins(self) -> bool:
        """Whether the run begins a sentence."""
        return self.fresh or bool(_START.search(self.text, max(0, self.start - 4), self.start))

    @property
    def leads(self) -> bool:
        """Whether a given name stands in front of further words: "Bill" is no law in "Bill Lee"."""
        names = self.names
        return len(names) > 1 and names[0] in given()


_TOKEN = re.compile(r"[^\s,]+")


class Cut(NamedTuple):
    """What is taken off a run before its name."""

    name: str
    example: str
    left: str
    """The name in the example's last run, without the marks round its words."""
    cut: Callable[[Run], None]


class NoPerson(NamedTuple):
    """What a run of capitals is where it is no person."""

    name: str
    example: str
    """Its last run is no person for this reason alone."""
    holds: Callable[[Run], object]


def _first_word(run: Run) -> None:
    """A sentence's first word may be capitalised for that alone."""
    if len(run.tokens) < 2 or not run.begins:
        return
    lower = run.word(run.tokens[0])
    if lower in given() or lower in lexicon("sources", "honorifics"):
        return
    named = run.word(run.tokens[1]) in given()
    if lower.lower() in _COMMON or named or opens(lower, len(run.tokens)):
        run.tokens = run.tokens[1:]


def _title(run: Run) -> None:
    """The honorific or role in front of a name; what goes before it is part of the post."""
    for n in range(len(run.tokens) - 1, 0, -1):
        last = run.word(run.tokens[n - 1])
        titles = {last, last.removesuffix("s"), *last.split("-")}  # "Major-Gen"
        # "Actors Ann Lee and …": more than one holds it, if a whole name follows.
        role = re.sub(r"^(?:co|ex|vice|sub)-", "", last.lower())
        roles = {role, role.removesuffix("s" * (len(run.tokens) - n > 1))}
        if titles & lexicon("sources", "honorifics") or roles & lexicon("sources", "roles"):
            run.honorific, run.tokens = last, run.tokens[n:]
            return


def _post_s_end(run: Run) -> None:
    """The last capitals of a post: "Secretary of State"."""
    for n in range(1, len(run.tokens) - 1):
        before = run.word(run.tokens[n - 1])
        if run.word(run.tokens[n]) in given() and before not in given():
            if before in lexicon("sources", "organisation_words") | lexicon("sources", "places"):
                run.tokens = run.tokens[n:]
                return


def _people_of(run: Run) -> None:
    """An adjective of a country in front of a name."""
    lead = 0
    while lead + 1 < len(run.tokens) and _of_country(run.word(run.tokens[lead])):
        lead += 1
    run.tokens = run.tokens[lead:]


def _of_country(word: str) -> bool:
    country = word.removesuffix("-born")
    return word not in given() and country in lexicon("sources", "demonyms")


def _nickname(run: Run) -> None:
    """Another first name in brackets or marks."""
    marked = [run.text[token[0]] in _NICKNAMED for token in run.tokens]
    if len(run.tokens) > 2 and any(marked[1:]):
        run.tokens = [t for t, mark in zip(run.tokens, marked, strict=True) if not mark]


def _behind_outlet(run: Run) -> None:
    """An outlet in front of a surname, from which only a missing comma parts it."""
    names = run.names
    if len(names) < 2 or names[-1] not in run.known.surnames or names[0] in given():
        return
    outlets = lexicon("sources", "outlet_words") | lexicon("sources", "outlets")
    the = run.text[max(0, run.start - 4) : run.start] in ("the ", "The ")
    if the or outlets & set(names[:-1]):
        run.tokens = run.tokens[-1:]


def _place(run: Run) -> None:
    """The place of a post in front of a name."""
    post = _POST_AT.search(run.text, max(0, run.start - 40), run.start)
    if post and post.group(1).lower() in lexicon("sources", "roles") and len(run.tokens) > 2:
        if run.word(run.tokens[0]) in lexicon("sources", "places"):
            run.tokens = run.tokens[1:]


def _field(run: Run) -> None:
    """The field of a post that stands before the run."""
    names = run.names
    post = _OFFICE_OF.search(run.text, max(0, run.start - 60), run.start)
    if post and post.group(1).lower() in lexicon("sources", "roles") and len(names) > 2:
        lead = next((n for n, name in enumerate(names) if name in given()), len(names) - 2)
        run.tokens = run.tokens[lead:]
        run.honorific = run.honorific or post.group(1)


CUTS = (
    Cut("a sentence's first word", "It rained. Yesterday Ann Lee", "Ann Lee", _first_word),
    Cut("an adjective of a country", "The Italian-born Lee", "Lee", _people_of),
    Cut("a title", "He met Captain Lee", "Lee", _title),
    Cut("the end of a post", "at Pell Council Ann Lee", "Ann Lee", _post_s_end),
    Cut("a nickname", "He met Ann (Annie) Lee", "Ann Lee", _nickname),
    Cut("an outlet", "Ann Lee spoke. He told the Pell Gazette Lee", "Lee", _behind_outlet),
    Cut("the place of a post", "the ambassador to Britain Quill Lee", "Quill Lee", _place),
    Cut("the field of a post", "the Director of Public Works Ann Lee", "Ann Lee", _field),
)
"""All that is taken off, in this order."""


def _other_capitals(run: Run) -> bool:
    names = run.names
    if len(names) > 1 and names[-1] in _MONTH_NAMES and names[0] in given():
        return False  # "Theresa May"
    if run.honorific is None and (
        _of_country(names[0]) or names[-1] in lexicon("sources", "demonyms") - given()
    ):
        return names[0] not in given()  # "Dawn French"
    other = lexicon("sources", "other") | lexicon("sources", "outlets")
    return bool(other & {*names})


def _shouted(run: Run) -> bool:
    return any(
        len(n) > 2 and n.isalpha() and n[1:-1].isupper() and n.strip("IVX") for n in run.names
    )


def _role_last(run: Run) -> bool:
    plain = run.honorific is None and run.names[0] not in given()
    return plain and run.names[-1].lower() in lexicon("sources", "roles")


def _thing_last(run: Run) -> bool:
    several = len(run.names) > 1 and run.honorific is None
    return several and run.names[-1] in lexicon("sources", "thing_words")


def _place_last(run: Run) -> bool:
    if run.honorific is not None or run.names[-1] not in lexicon("sources", "places"):
        return False
    return len(run.names) == 1 or run.names[0] not in given()


NO_PERSON = (
    NoPerson(
        "a body", "at Harbour Board",
        lambda r: {*r.names[r.leads :]} & lexicon("sources", "organisation_words"),
    ),
    NoPerson(
        "a place in front", "at London Lee",
        lambda r: len(r.names) > 1 and r.names[0] in lexicon("sources", "places") - given(),
    ),
    NoPerson("an abbreviation, a shout", "met Mr NOWHERE", _shouted),
    NoPerson(
        "no name's shape", "at QuayMatters",
        lambda r: r.honorific is None and not shaped(r.names),
    ),
    NoPerson("a trade", "at Pell Gardeners", lambda r: is_trade(r.names)),
    NoPerson("a post", "at Pell Captain", _role_last),
    NoPerson("other capitals", "on Monday", _other_capitals),
    NoPerson(
        "more words than a name has", "in Aa Bb Cc Dd Ee Ff", lambda r: len(r.names) > MAX_NAMES
    ),
    NoPerson(
        "an outlet", "in Pell Gazette",
        lambda r: r.names[-1] in lexicon("sources", "outlet_words"),
    ),
    NoPerson("a thing", "in Pell Stadium", _thing_last),
    NoPerson("an opener", "said However Lee", lambda r: r.names[0].lower() in _COMMON),
    NoPerson("a place", "in Pell London", _place_last),
)  # fmt: skip
"""Why a run is no person, in this order."""


def person_of(
    run: Run, cuts: Sequence[Cut] = CUTS, no_person: Sequence[NoPerson] = NO_PERSON
) -> bool:
    """Cut a run down to the person in it; whether there is one.

    A surname of somebody whom the article names in full is one, whatever else the word means.
    """
    number = len(run.tokens) == 1 and run.text.startswith(" of ", run.end)
    if run.begins and (run.word(run.tokens[0]).lower() == "we" or number):
        return False  # "We Brits", "Millions of people"
    for cut in cuts:
        cut.cut(run)
    names = run.names
    surname = run.honorific is None and len(names) == 1 and names[0] in run.known.surnames
    if not surname and (not names or any(case.holds(run) for case in no_person)):
        return False
    if run.headline and len(names) > 2:
        # Every word of a headline may be capitalised: only what starts like a name is taken.
        at = next((i for i, n in enumerate(names) if n in given()), None)
        if at is None or at + 1 >= len(names):
            return False
        run.tokens = run.tokens[at : at + 2]
    return True


@cache
def common_nouns() -> frozenset[str]:
    """Common nouns for sources: at a sentence's start a capital doesn't make a name of them."""
    keys = ("withheld", "individual", "crowd", "document", "body", "spokesperson", "roles")
    return frozenset().union(*(lexicon("sources", key) for key in keys))
