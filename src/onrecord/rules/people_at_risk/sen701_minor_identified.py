"""
## What it finds
A child under 18 who is named with an age as somebody's child, or as a child. One finding for all of
them; the message does not repeat their names.

## Why it matters
Codes protect children whatever their parents are: a parent's fame alone doesn't justify private detail.

## Fires on
The couple have two children, ⟦Ada⟧, nine, and Tom, four.

Their daughter ⟦Ada⟧, 11, was in the car.

They share twins, and the twins ⟦Ada⟧ and Tom, four, are at home with their children.

⟦Ada⟧, 11, a pupil at Orr Mouth Primary, saw the crash.

## Stays silent on
Ada, nine, won the chess final.

The couple have two children.

Their daughter Ada, 29, was in the car.

## Known misses
Children whose age stands in another sentence.
"""  # noqa: E501

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...records import Context, Hit, Related, Span
from .. import rule

_GRAVE = re.compile(
    r"\b(?:abus\w{1,40}|assault\w{0,40}|custody|murder\w{0,40}|killed|died|death|victim|charged"
    r"|arrest\w{0,40}|overdose|suicide)\b",
    re.IGNORECASE,
)
_TWIN = re.compile(r"(?:\b(?:twins?|triplets|both) |\d, )(?P<name>[A-Z][\w’'-]{1,30}) and $")
"""The first of two who share the age behind the second: "twins Ada and Tom, four"."""
_INITIALS = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]{2,3}")
"""A place such as "L.A." is no child."""
_SCHOOL = re.compile(
    r"\b(?:pupil|student|goes|attends|attended|year \d{1,2}|\w+ grader?)\b[^.\n]{0,30}\b(?:at )?"
    r"(?:[A-Z][\w’'-]{1,30} ){1,4}(?:School|Academy|College|Primary|High|Elementary)\b"
)
_PLAY = re.compile(
    r"\b(?:won|scored|final|team|match|champion\w{0,40}|league|prize|medal)\b", re.IGNORECASE
)


@rule(
    code="SEN701",
    name="minor-identified",
    message="A child is named with an age ({count}). "
    "Ask: is each name needed, and have the parents agreed?",
    severity="warning",
    standards=("ipso", "spj", "bbc"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, sentences = analysis.article.text, analysis.sentences
    starts = [s.start for s in sentences]
    kin = lexicon("judgement", "child")
    found = []
    grave = False
    for person in analysis.people:
        if not person.minor:
            continue
        span = person.mentions[0]
        n = max(0, bisect_right(starts, span.start) - 1)
        sentence = text[sentences[n].start : sentences[n].end]
        near = {w.lower() for w in re.findall(r"[\w-]{1,40}", sentence)}
        school = _SCHOOL.search(text, span.end, min(len(text), sentences[n].end))
        if (
            (not near & kin and not school)
            or _INITIALS.fullmatch(text[span.start : span.end])
            or _PLAY.search(sentence)
        ):
            continue
        found.append(span)
        if twin := _TWIN.search(text[max(0, span.start - 40) : span.start]):
            at = max(0, span.start - 40) + twin.start("name")
            found.append(Span(at, at + len(twin.group("name"))))
        grave = grave or bool(_GRAVE.search(sentence))
    if found:
        first, *more = sorted(set(found))
        yield Hit(
            span=first,
            values={"count": "one child" if not more else f"{1 + len(more)} children"},
            related=tuple(Related(span, "another child") for span in more),
            severity=None if grave else "note",
        )
