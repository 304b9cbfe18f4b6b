"""Which numbers a percentage is worked out of, by the words between them, for the rules that check it.

"Rose C percent, from A to B", "to B from A, up C percent", "A of the B members, or C percent". What they
come to, and whether that is right, is for the rules to say.
"""

import re
from collections.abc import Sequence

from ..records import Figure
from .figures import number

_CHANGE = r"(?:rise|fall|increase|decrease|drop|decline|gain|loss|jump|climb|growth|surge|cut|reduction|dip|slide|slump|hike)"
_LAST = r"(?: (?:last|this) (?:year|month|week)| in (?:19|20)\d\d| a year(?: ago| earlier)?| over (?:the|a) \w+)?"
_AFTER = re.compile(
    rf"(?:(?! and\b| with\b| or\b) [a-z]+){{0,2}}{_LAST}"
    rf"(?:(?:,|,? or|,? and|,? [—–-]|,? \() ?(?:up|down|by|or|an?|an? {_CHANGE} of|{_CHANGE} of)(?: by)?"
    rf"|(?:,|,? or|,? [—–-]|,? \()| (?:up|down|by))(?: (?:about|nearly|some))? ?$"
)
_PART_OF = re.compile(r" of (?!the (?:change|increase)\b)")
"""A percentage of something else is no change of what stands before it."""
_BEFORE = re.compile(
    rf"(?: {_CHANGE})?(?: (?:in|of|for) (?:the )?(?:[a-z]+ ){{1,2}}[a-z]+| in [a-z]+| [a-z]+)?,? (?:from|to) $"
)
_FROM, _TO = re.compile(r"\bfrom $"), re.compile(r"\bto $")
_BETWEEN = re.compile(r"(?: [a-z]+){0,3}(?: in (?:19|20)\d\d)? to ")
_BACK = re.compile(rf"(?: [a-z]+){{0,2}}{_LAST},? from ")
_OR = re.compile(
    r"(?: [a-z]+){0,3}(?:, or| or|,| \(|,? [—–-])(?: about| roughly| nearly| some)? ?$"
)
_OR_FIRST = re.compile(
    r"(?: of (?:the |all |its |their )?[a-z]+)?(?:, or| or|,? [—–-]| \()(?: just| only)? ?$"
)
_TOTAL = re.compile(r" of (?:the (?:total|whole)|them|all)\b")
_OF_TOTAL = re.compile(r"(?: [a-z]+){0,5},? (?:or )?")
_SO = re.compile(
    r"(?:That|This|It)(?:['’]s| is| was| makes| means| comes to| amounts to| works out (?:at|to)) ?(?:about |roughly |nearly )?$"
)
_OF_ITS = re.compile(r" of (?:the |its |their |his |her )(?:[\w-]+['’]s? )?(?:[a-z]+ )?$")
_OF_ALL = re.compile(r"\bOf (?:the |its |their |all )?(?:[a-z]+['’]s? )?$")


def change(text: str, pair: tuple[Figure, Figure], share: Figure) -> tuple[Figure, Figure] | None:
    """Where a change began and where it ended, if the pair beside the percentage says so."""
    one, two = pair
    if one.kind != two.kind or "of" in (one.unit, two.unit):
        return None
    between = text[one.span.end : two.span.start]
    lead = text[max(0, one.span.start - 8) : one.span.start]
    if share.span.start > two.span.end:
        if not _AFTER.fullmatch(text, two.span.end, share.span.start):
            return None
        if _PART_OF.match(text, share.span.end):
            return None
    elif not _BEFORE.fullmatch(text, share.span.end, one.span.start):
        return None
    if _FROM.search(lead) and _BETWEEN.fullmatch(between):
        return one, two
    return (two, one) if _TO.search(lead) and _BACK.fullmatch(between) else None


def shares(text: str, row: Sequence[Figure], share: Figure) -> tuple[Figure, ...]:
    """The part and the whole that stand beside a percentage in a sentence: one figure "of", or two."""
    n = row.index(share)
    if n + 1 < len(row) and row[n + 1].unit == "of":
        if _OR_FIRST.fullmatch(text, share.span.end, row[n + 1].span.start):
            return (row[n + 1],)
    if not n:
        return ()
    end = row[n - 1].span.end
    total = _TOTAL.match(text, share.span.end) and _OF_TOTAL.fullmatch(text, end, share.span.start)
    return (
        part_and_whole(text, row[:n]) if total or _OR.fullmatch(text, end, share.span.start) else ()
    )


def concludes(text: str, share: Figure) -> bool:
    """Whether a percentage opens a sentence as what the last one comes to: "That is 25 percent"."""
    before = text[max(0, share.span.start - 40) : share.span.start]
    return bool(_SO.match(re.split(r"[.!?]\s+|\n", before)[-1]))


def part_and_whole(text: str, row: Sequence[Figure]) -> tuple[Figure, ...]:
    """The last figures of a row as a part and its whole: "12 of the board's 48 members", "Of 48, 12"."""
    if not row:
        return ()
    last = row[-1]
    if last.kind == "share":
        return (last,) if last.unit == "of" else ()
    if len(row) < 2 or not row[-2].kind == last.kind == "count":
        return ()
    part, whole = row[-2], last
    gap, lead = (
        text[part.span.end : whole.span.start],
        text[max(0, part.span.start - 30) : part.span.start],
    )
    if _OF_ALL.search(lead) and re.fullmatch(r" [a-z]+, (?:only |just )?", gap):
        part, whole = last, row[-2]
    elif not _OF_ITS.fullmatch(gap):
        return ()
    return (part, whole) if 0 < number(part) < number(whole) else ()
