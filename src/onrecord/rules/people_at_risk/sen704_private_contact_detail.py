"""
## What it finds
A home address with its number, a telephone number, an e-mail address or a number plate of a private
person. The message does not repeat it.

## Why it matters
Who can be found can be threatened. A street without a number does for nearly every story.

## Fires on
Ann Lee, who lives at ⟦12 Chandler Street⟧, said nothing.

His telephone number is ⟦020 7946 0123⟧, the leaflet said.

He drove a van with the number plate ⟦AB12 CDE⟧ away.

## Stays silent on
Ann Lee, who lives in Chandler Street, said nothing.

The museum at 12 Chandler Street is shut.

Quantity 1988 1989 1990 1991: 350 tons each.

The seasons 1988 1989 1990 were wet.

For tickets call 020 7946 0123 before noon.

Contact the newsroom at desk@harbourstar.example today.

## Known misses
Addresses whose street has another kind of name; what stands on a picture.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...records import Context, Hit, Span
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
_PLATE = re.compile(
    r"\b(?:number|licen[cs]e|registration) (?:plate|number)s?,? (?:of |was |is )?"
    r"(?P<plate>[A-Z0-9]{2,4}[ -]?[A-Z0-9]{3,4})\b"
)
_PUBLIC = re.compile(
    r"\b(?:call(?:ing)?|contact|helpline|hotline|tickets?|information|details|e-?mail|follow|reach"
    r"|police|crimestoppers|samaritans|tips?|anyone|visit|write to|press office|editor|newsroom"
    r"|donat\w{1,40}|reporting by|toll-free|lifeline)\b",
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

    for match in _ADDRESS.finditer(text):
        near = sentence(match.start())
        if _HOME.search(near) and not re.search(r"\bWhite House\b|\bCourt House\b", near):
            yield Hit(span=Span(*match.span()), values={"what": "A home address with its number"})
    for match in _PHONE.finditer(text):
        years = _YEARS.fullmatch(match.group())
        if not years and not _PUBLIC.search(sentence(match.start())):
            yield Hit(span=Span(*match.span()), values={"what": "A telephone number"})
    for match in _MAIL.finditer(text):
        if not _PUBLIC.search(sentence(match.start())):
            yield Hit(span=Span(*match.span()), values={"what": "An e-mail address"})
    for match in _PLATE.finditer(text):
        yield Hit(span=Span(*match.span("plate")), values={"what": "A number plate"})
