"""
## What it finds
A complainant in a sexual case who is named, or told by their relation to a named accused. The message
repeats neither.

## Why it matters
In many countries it is against the law, and against every code, unless they have chosen to be named.

## Fires on
Tom Pell was charged with ⟦raping Ann Lee⟧ in May.

Tom Pell was charged with ⟦raping his stepdaughter⟧ in May.

## Stays silent on
Tom Pell was charged with raping a woman in May.

Tom Pell was charged with raping Ann Lee in May. Lee has waived her right to anonymity.

His daughter saw it.

## Known misses
Complainants who are named in another sentence; those who spoke of it in public, which the article may
not say.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...records import Context, Hit, Span
from .. import rule

_ACT = re.compile(
    r"\b(?:rap(?:ed|ing)|molest(?:ed|ing)|sexually (?:assault(?:ed|ing)|abus(?:ed|ing))"
    r"|indecently assault(?:ed|ing))\s{1,20}(?P<who>(?:his|her"
    r"|their) (?:own )?(?P<kin>[a-z-]{1,40})"
    r"|[A-Z][\w'’-]{1,40}(?: [A-Z][\w'’-]{1,40}){1,2})"
)
_WAIVED = re.compile(
    r"\bwaiv(?:ed|ing)\b|\b(?:agreed|chose|chosen|asked|consented) to be (?:named|identified)\b"
    r"|\bwent public\b|\bgone public\b|\bmemoir\b",
    re.IGNORECASE,
)


@rule(
    code="SEN703",
    name="victim-identifiable",
    message="A complainant in a sexual case can be told by {how}. "
    "Ask: have they agreed to be named?",
    severity="warning",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    if _WAIVED.search(text):
        return
    kin = lexicon("risk", "relation")
    named = {m for p in analysis.people for m in p.mentions}
    ends = {m.end: m for m in named}
    for match in _ACT.finditer(text):
        who = Span(*match.span("who"))
        if relation := match.group("kin"):
            if relation in kin and any(
                match.start() - 300 < m.start < match.start() for m in named
            ):
                yield Hit(span=Span(*match.span()), values={"how": "a relation to a named person"})
        elif who.end in ends or who in named:
            yield Hit(span=Span(*match.span()), values={"how": "name"})
