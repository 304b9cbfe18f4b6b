"""
## What it finds
A quotation that is not in the transcript, the notes or the earlier article that it was held against,
or stands there in other words, in pieces from different answers, or in somebody else's mouth. Needs
material: `onrecord check STORY --against FILE`, or `onrecord verify`, which shows the words.

## Why it matters
A quotation is a promise that these are the words. Invented and altered ones have ended careers.

## Fires on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 ⟦[v1 altered "The bridge will open in May"]⟧].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 ⟦[v1 not_found "Nobody was ever at risk"]⟧].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 [v1 trimmed "The bridge will … open in May"]].

[s1 person=Ann_Lee Ann Lee] [c1 said]: [q1 "The bridge will open in May"].

## Known misses
Partial notes hold less than was said, and a translation holds none of the words: what is not in the
material given may still have been said.
"""  # noqa: E501

from collections.abc import Iterator

from ...records import Context, Hit, Verdict
from .. import rule

_FAULTS = {
    "altered": "differs from the material",
    "stitched": "joins words from different places without an ellipsis",
    "speaker differs": "is somebody else's in the material",
    "paraphrase in quotation marks": "is only a paraphrase of the material",
    "not found": "is not in the material",
}


@rule(
    code="QUO201",
    name="quote-not-in-source",
    message="the quotation {fault}{where}{difference}. Ask: are these the words?",
    severity="error",
    standards=("ap", "spj", "ipso"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    for verdict in context.verdicts or ():
        if verdict.verdict in _FAULTS:
            yield Hit(
                span=verdict.quote,
                values={
                    "fault": _FAULTS[verdict.verdict],
                    "where": _where(verdict),
                    "difference": _difference(verdict),
                },
            )


def _where(verdict: Verdict) -> str:
    if not verdict.places:
        return ""
    place = verdict.places[0]
    near = "nearest: " if verdict.verdict in ("not found", "paraphrase in quotation marks") else ""
    at = f"line {place.line}" if place.page is None else f"page {place.page}"
    by = f", {place.speaker}" if place.speaker else ""
    return f" ({near}{place.material}, {at}{by})"


def _difference(verdict: Verdict) -> str:
    odd = [c for c in verdict.changes if c.weight != "tolerated"]
    if not odd:
        return ""
    change = next((c for c in odd if c.weight == "meaning"), odd[0])
    said = f"said “{_short(change.said)}”" if change.said else "not said"
    quoted = f"quoted “{_short(change.quoted)}”" if change.quoted else "left out"
    return f": {said}, {quoted}"


def _short(words: str) -> str:
    return words if len(words) <= 60 else words[:57] + "…"
