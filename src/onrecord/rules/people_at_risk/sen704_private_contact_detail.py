"""
## What it finds
A home address with its number, a telephone number, an e-mail address or a number plate of a private
person; of each kind one finding for all. The message does not repeat it.

## Why it matters
Who can be found can be threatened. A street without a number does for nearly every story.

## Fires on
Ann Lee, who lives at ⟦12 Chandler Street⟧, said nothing.

His telephone number is ⟦020 7946 0123⟧, the leaflet said.

He drove a van with the number plate ⟦AB12 CDE⟧ away.

Tom Pell, 40, of ⟦12 Chandler Street⟧, Orr, was charged with theft.

Ann Lee's address is ⟦ann.lee@mail.example⟧, and Tom Pell's is tom.pell@post.example.

## Stays silent on
Ann Lee, who lives in Chandler Street, said nothing.

The museum at 12 Chandler Street is shut.

Quantity 1988 1989 1990 1991: 350 tons each.

The seasons 1988 1989 1990 were wet.

For tickets call 020 7946 0123 before noon.

Do you have a story? Get in touch at ann.mack@harbourstar.example now.

Write: ann.lee@orr.example ¶ Or: tom.pell@orr.example ¶ Or: jon.pell@orr.example

The member is at ann.lee.mp@parliament.example.

Contact the newsroom at desk@harbourstar.example today.

## Known misses
Addresses whose street has another kind of name; what stands on a picture.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator

from ...records import Context, Hit, Related, Span
from .. import rule

_ADDRESS = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[NSEW]\.? )?[A-Z][\w'’-]{1,40}(?: [A-Z][\w'’-]{1,40}){0,2} "
    r"(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Drive|Close|Crescent|Court|Terrace|Boulevard"
    r"|Blvd\.?"
    r"|Gardens|Grove|Way|Place)(?![\w])"
)
_HOME = re.compile(
    r"\b(?:lives?|lived|living|resid(?:es?|ed|ing)|home|house|flat|apartment)\b", re.IGNORECASE
)
_PHONE = re.compile(
    r"(?<![\w$£€.,-])(?<!\d )(?:(?:\+\d{1,3}|1)[ .-]?)?(?:\(\d{2,5}\)"
    r"|\d{3,5})[ .-]\d{3,4}[ .-]\d{3,4}(?![\w-])(?! \d)"
)
"""No number stands next to it: three in a row of more are the years or figures of a table."""
_YEARS = re.compile(r"(?:(?:19|20)\d\d[ .-]?){3}")
_MAIL = re.compile(
    r"(?<![\w.+-])[\w+-]{1,40}(?:\.[\w+-]{1,40}){0,4}@[\w-]{1,40}(?:\.[\w-]{1,40})"
    r"{1,4}"
)
_OFFICIAL = re.compile(
    r"^(?:info|press|news|webnews|newsroom|newsdesk|desk|editor\w{0,10}|tips?|media|office"
    r"|contact|help"
    r"|enquiries|inquiries|letters|feedback|support|admin|hello|pr|mail|sales|ads|advertising)@"
    r"|@(?:[\w-]{1,40}\.)*(?:parliament|gov|government|senate|house|congress|council|police|nhs"
    r"|courts?"
    r"|mil|int)(?:\.|$)",
    re.IGNORECASE,
)
"""An office's address by its first part or by whose domain it is."""
SHARED = 3
"""Addresses of one domain from which it is an office's."""
_ACCUSED = re.compile(
    r"\b(?:charged|accused|arrested|appeared|pleaded|sentenced|convicted|fined)\b"
)
_OF = re.compile(r",? of $")
_PLATE = re.compile(
    r"\b(?:number|licen[cs]e|registration) (?:plate|number)s?,? (?:of |was |is )?"
    r"(?P<plate>[A-Z0-9]{2,4}[ -]?[A-Z0-9]{3,4})\b"
)
_PUBLIC = re.compile(
    r"\b(?:call(?:ing)?|contact|helpline|hotline|tickets?|information|details|e-?mail|follow|reach"
    r"|police|crimestoppers|samaritans|tips?|anyone|visit|write to|press office|editor|newsroom"
    r"|donat\w{1,40}|reporting by|toll-free|lifeline|get in touch|in touch|your (?:story|stories"
    r"|views|tips?)|a story|story\?"
    r"|send (?:us|your)|write in|tell us|let us know|have your say|subscribe|sign up"
    r"|advertis\w{1,20}"
    r"|enquiries|inquiries|publicist|agent|representatives?|spokes\w{1,10}|press)\b",
    re.IGNORECASE,
)


@rule(
    code="SEN704",
    name="private-contact-detail",
    message="{what} stands in the text. Ask: does the reader need it, and is the person safe?",
    severity="warning",
    status="preview",
    standards=("ipso", "spj"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    starts = [s.start for s in analysis.sentences]

    def sentence(offset: int) -> str:
        n = bisect_right(starts, offset) - 1
        if n < 0:
            return text[max(0, offset - 200) : offset + 200]
        span = analysis.sentences[n]
        return text[max(span.start, offset - 300) : min(span.end, offset + 300)]

    found: dict[str, list[Span]] = {}
    mails = list(_MAIL.finditer(text)) if "@" in text else []
    office = Counter(m.group().partition("@")[2].lower() for m in mails)
    for match in _ADDRESS.finditer(text):
        near = sentence(match.start())
        accused = _ACCUSED.search(near) and _OF.search(text[: match.start()][-6:])
        if (_HOME.search(near) or accused) and not re.search(r"\b(?:White|Court) House\b", near):
            found.setdefault("A home address with its number", []).append(Span(*match.span()))
    for match in _PHONE.finditer(text):
        years = _YEARS.fullmatch(match.group())
        if not years and not _PUBLIC.search(sentence(match.start())):
            found.setdefault("A telephone number", []).append(Span(*match.span()))
    for match in mails:
        domain = match.group().partition("@")[2].lower()
        shared = office[domain] >= SHARED or _OFFICIAL.search(match.group())
        if not shared and not _PUBLIC.search(sentence(match.start())):
            found.setdefault("An e-mail address", []).append(Span(*match.span()))
    for match in _PLATE.finditer(text):
        found.setdefault("A number plate", []).append(Span(*match.span("plate")))
    for what, places in found.items():
        first, *more = places
        yield Hit(
            span=first, values={"what": what}, related=tuple(Related(p, "another") for p in more)
        )
