"""What the network heard at a source: its kind, whether its name is withheld, whom it points back
to.

Turns the numbers of `pointers` into answers for `people` and `sources`; knows names by their
capitals and their mentions only. Which voice a mention belongs to is `sources`' to say.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

import msgspec

from ...records import Attribution, SourceKind, Span
from .pointers import Answers, Pointers, head_of

_RUN = re.compile(
    r"(?:[A-Z][\w.&’'-]*)(?:(?: (?:of|for|and|the|&|de|van|von))? (?:the )?[A-Z][\w.&’'-]*)*"
)
_WORD = re.compile(r"\w[\w’'-]*")
SURE = 0.7
"""Probability from which the network's kind of a voice stands against what the words say."""


class Heard(msgspec.Struct, frozen=True):
    """A source as the network heard it: its likeliest kind, how likely, and all the shares."""

    kind: SourceKind
    share: float
    withheld: float
    shares: dict[SourceKind, float]


def heard(pointers: Pointers | None, span: Span) -> Heard | None:
    """What the network takes a source for, or None where it wasn't asked."""
    if pointers is None:
        return None
    shares, withheld = pointers.kinds(span)
    if not shares:
        return None
    kind = max(shares, key=lambda k: shares[k])
    return Heard(kind, shares[kind], withheld, shares)


def pointed(text: str, pointers: Pointers | None, span: Span) -> Answers | None:
    """Where a source's head word points back to."""
    if pointers is None:
        return None
    start, end = head_of(text, span.start, span.end)
    heads = list(_WORD.finditer(text, start, end))
    if not heads:
        return None
    last = heads[-1]
    own = re.sub(r"[’']s$", "", last.group())
    return pointers.answers(last.start()) if own else None


def best(answers: Answers, people: Iterable[tuple[Span, str]]) -> tuple[str | None, float, float]:
    """The person whose mentions hold most of an answer, their share, and the next one's."""
    shares: dict[str, float] = {}
    for mention, person in people:
        share = answers.share(mention.start, mention.end)
        shares[person] = shares.get(person, 0.0) + share
    ranked = sorted(shares, key=lambda p: (-shares[p], p))
    if not ranked:
        return None, 0.0, 0.0
    return ranked[0], shares[ranked[0]], shares[ranked[1]] if ranked[1:] else 0.0


def named_there(text: str, answers: Answers) -> tuple[str | None, float]:
    """The run of capitals that holds most of an answer, and its share."""
    if not answers.starts:
        return None, 0.0
    at = answers.starts[int(answers.mass.argmax())]
    line = text.rfind("\n", 0, at) + 1
    for run in _RUN.finditer(text, max(line, at - 80), at + 80):
        if run.start() <= at < run.end():
            return re.sub(r"[’']s$", "", run.group()).strip(), answers.share(*run.span())
    return None, 0.0


def votes(
    text: str, attributions: Sequence[Attribution], pointers: Pointers, mentions: Sequence[Span]
) -> dict[Span, float]:
    """How much rather each mention that is a source's head is a person than a body or a thing.

    The share of `person` (and `spokesperson`, who may be named) less those of bodies and things.
    """
    starts = [m.start for m in mentions]
    said: dict[Span, float] = {}
    for attribution in attributions:
        span = attribution.source
        if span is None:
            continue
        _, end = head_of(text, span.start, span.end)
        for mention in mentions[bisect_left(starts, span.start) : bisect_left(starts, end)]:
            if mention.end >= end - 2:
                shares, _ = pointers.kinds(span)
                if shares:
                    things = sum(shares[k] for k in ("organisation", "outlet", "document", "group"))
                    said[mention] = shares["person"] - things
    return said
