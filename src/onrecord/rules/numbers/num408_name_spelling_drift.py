"""
## What it finds
One person's surname spelled in two ways, one letter apart, behind the same first name or a title, and a
first name of seven letters or more spelled in two ways before the same surname.

## Why it matters
A misspelled name is the commonest correction, and a search for the person misses the article.

## Fires on
Martin Hendry runs the harbour. ¶ The boats were late, and ⟦Martin Hendrey⟧ knew it.

Martin Hendry runs the harbour. ¶ The boats were late, and Mr ⟦Hendrey⟧ knew it.

Philippa Hendry runs the harbour. ¶ The boats were late, and ⟦Phillipa Hendry⟧ knew it.

## Stays silent on
Martin Hendry runs the harbour. ¶ Martin Hendry knew it.

Martin Hendry runs the harbour. ¶ Tom Hendrey sails. ¶ Mr Hendrey is late.

Michael Hendry runs the harbour. ¶ Michaela Hendry sails.

Martin Hendry and his cousin Martin Hendrey run the harbour.

## Known misses
A surname on its own without a title, short first names, and names that are more than a letter apart.
"""  # noqa: E501

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator

from ...language.en.lexicon import lexicon
from ...query.figures import place
from ...records import Context, Hit, Span
from .. import rule
from ._spellings import FULL, MOST, SIC, drift, firsts, titled


@rule(
    code="NUM408",
    name="name-spelling-drift",
    message="“{one}” here, “{other}” elsewhere in the article. Ask: how is the name spelled?",
    severity="warning",
    standards=("ap", "reuters"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    starts = [s.start for s in analysis.sentences]
    for first, surnames in _names(context).items():
        rare = sorted(surnames, key=lambda s: (len(surnames[s]), -surnames[s][0].start))
        for n, few in enumerate(rare[:MOST]):
            for many in reversed(rare[n + 1 : MOST]):
                if not drift(few, many):
                    continue
                ours, theirs = surnames[few], surnames[many]
                breath = {bisect_right(starts, s.start) for s in ours}
                if breath & {bisect_right(starts, s.start) for s in theirs}:
                    continue  # told apart in one breath: two people
                yield Hit(
                    span=ours[0],
                    values={"one": f"{first} {few}", "other": f"{first} {many}"},
                    related=place(theirs[0], f"“{first} {many}” here"),
                )
                break
    for odd, known in titled(context.analysis) + firsts(context.analysis):
        yield _hit(context.analysis.article.text, odd, known)


def _hit(text: str, odd: Span, known: Span) -> Hit:
    one, other = text[odd.start : odd.end], text[known.start : known.end]
    return Hit(
        span=odd, values={"one": one, "other": other}, related=place(known, f"“{other}” here")
    )


def _names(context: Context) -> dict[str, dict[str, list[Span]]]:
    """The places of full names, by first name and surname: people's, and what looks like one's."""
    analysis, text = context.analysis, context.analysis.article.text
    found: dict[str, dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    given = lexicon("names", "female") | lexicon("names", "male")
    for match in FULL.finditer(text):
        if match.group(1) in given:
            found[match.group(1)][match.group(2)].append(Span(*match.span()))
    for person in analysis.people:
        parts = person.name.split()
        if len(parts) > 1:
            full = [m for m in person.mentions if text[m.start : m.end].startswith(parts[0])]
            found[parts[0]][parts[-1]] += full
    return {
        first: {
            last: sorted(set(places))
            for last, places in row.items()
            if places and not any(SIC.match(text, p.end) for p in places)
        }
        for first, row in found.items()
    }
