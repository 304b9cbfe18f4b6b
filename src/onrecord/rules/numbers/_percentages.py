"""Which numbers a percentage is worked out of, by the words between them, for the rules that check
it.

"Rose C percent, from A to B", "to B from A, up C percent", "A of the B members, or C percent". What
they come to, and whether that is right, is for the rules to say.
"""

import re
from collections.abc import Sequence

from ...query.figures import number
from ...records import Figure

_CHANGE = (
    r"(?:rise|fall|increase|decrease|drop|decline|gain|loss|jump|climb|growth|surge|cut|reduction"
    r"|dip|slide|slump|hike)"
)
_LAST = (
    r"(?: (?:last|this) (?:year|month|week)| in (?:19|20)\d\d| a year(?: ago| earlier)?"
    r"| over (?:the|a) \w{1,40})?"
)
_AFTER = re.compile(
    rf"(?:(?! and\b| with\b| or\b) [a-z]{{1,40}}){{0,2}}{_LAST}"
    rf"(?:(?:,|,? or|,? and|,? [—–-]|,? \() ?(?:up|down|by|or|an?|an? {_CHANGE} of"
    rf"|{_CHANGE} of)(?: by)?"
    rf"|(?:,|,? or|,? [—–-]|,? \()| (?:up|down|by))(?: (?:about|nearly|some))? ?$"
)
_PART_OF = re.compile(r" of (?!the (?:change|increase)\b)")
"""A percentage of something else is no change of what stands before it."""
_BEFORE = re.compile(
    rf"(?: {_CHANGE})?(?: (?:in|of|for) (?:the )?(?:[a-z]{{1,40}} ){{1,2}}[a-z]{{1,40}}"
    rf"| in [a-z]{{1,40}}| [a-z]{{1,40}})?,? (?:from|to) $"
)
_FROM, _TO = re.compile(r"\bfrom $"), re.compile(r"\bto $")
_BETWEEN = re.compile(r"(?: [a-z]{1,40}){0,3}(?: in (?:19|20)\d\d)? to ")
_BACK = re.compile(rf"(?: [a-z]{{1,40}}){{0,2}}{_LAST},? from ")
_OR = re.compile(
    r"(?: [a-z]{1,40}){0,3}(?:, or| or|,| \(|,? [—–-](?: or)?|, an? (?:[a-z]{1,40} )?(?:rate|share"
    r"|proportion|majority|turnout) of)"
    r"(?: about| roughly| nearly| some)? ?$"
)
_OR_FIRST = re.compile(
    r"(?: of (?:the |all |its |their )?[a-z]{1,40})?(?:, or| or|,? [—–-]| \()(?: just| only)? ?$"
)
_TOTAL = re.compile(r" of (?:the (?:total|whole)|them|all)\b")
_OF_TOTAL = re.compile(r"(?: [a-z]{1,40}){0,5},? (?:or )?")
_SO = re.compile(
    r"(?:That|This|It)(?:['’]s| is| was| makes| means| comes to| amounts to| works out (?:at"
    r"|to)) ?(?:about |roughly |nearly )?$"
)
_OF_ITS = re.compile(r" of (?:the |its |their |his |her )(?:[\w-]{1,40}['’]s? )?(?:[a-z]{1,40} )?$")
_WORTH = re.compile(r" (?:more|less|fewer|higher|lower|dearer|cheaper)(?=[,.;)]|$)")
_MORE = re.compile(r"(?:,? (?:[—–-] )?(?:or |a rise of |an increase of |which is )?)$")
_ONCE = re.compile(
    r"\b(?:last|a) (?:year|month|week|decade)\b|\b(?:now|used to|previous\w{0,40}|earlier|before"
    r"|ago|today|was|had)\b|\b(?:19|20)\d\d\b"
)
_FRACTION_OF = re.compile(r" of (?:the |its |their |all )?$")
_THEN = re.compile(
    r"(?: [a-z]{1,40}){1,3}(?:, or|,? [—–-](?: or)?|, which is| \(|,) (?:about |nearly )?$"
)
_TIMES = {"doubled": 2.0, "tripled": 3.0, "trebled": 3.0, "quadrupled": 4.0, "halved": 0.5}
_MULTIPLIED = re.compile(
    r"\b(?P<word>doubled|tripled|trebled|quadrupled|halved)(?: [a-z]{1,40}){0,2},? (?P<to>from"
    r"|to) [$£€]?$"
)
_ROUGHLY = re.compile(r"\b(?:more than|nearly|almost|about|roughly|over|less than|up to) $")
_OF_ALL = re.compile(r"\bOf (?:the |its |their |all )?(?:[a-z]{1,40}['’]s? )?$")


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
    """The part and the whole that stand beside a percentage in a sentence: one figure "of", or
    two."""
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
    return bool(_SO.match(re.split(r"[.!?]\s{1,20}|\n", before)[-1]))


def part_and_whole(text: str, row: Sequence[Figure]) -> tuple[Figure, ...]:
    """The last figures of a row as a part and its whole: "12 of the board's 48 members", "Of 48,
    12"."""
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
    if _OF_ALL.search(lead) and re.fullmatch(r"(?: [a-z]{1,40}){1,3}, (?:only |just )?", gap):
        part, whole = last, row[-2]
    elif not _OF_ITS.fullmatch(gap):
        return ()
    return (part, whole) if 0 < number(part) < number(whole) else ()


def worth(text: str, row: Sequence[Figure], share: Figure) -> tuple[Figure, Figure] | None:
    """The start and the end of "cost $50 last year and now costs $60, 20 percent more"."""
    n = row.index(share)
    more = _WORTH.match(text, share.span.end)
    if n != 2 or not more or any(f.unit in ("of", "%", "point") for f in row[:2]):
        return None
    one, two = row[0], row[1]
    between = text[one.span.end : two.span.start]
    lead = text[max(0, one.span.start - 60) : one.span.start]
    beside = _MORE.fullmatch(text[two.span.end : share.span.start])
    if one.kind != two.kind or one.unit != two.unit or not beside or len(between) > 60:
        return None
    if not _ONCE.search(between) or not (
        _ONCE.search(lead[-40:]) or "now" in between or "ago" in between or "last" in between
    ):
        return None
    up = more.group().strip() in ("more", "higher", "dearer")
    low, high = sorted((one, two), key=number)
    return (low, high) if up else (high, low)


def fraction(text: str, row: Sequence[Figure], n: int) -> tuple[Figure, Figure] | None:
    """The whole and the part of "two-thirds of the 90 members, or 60,"; `n` is the share's place in
    the row."""
    if n + 2 >= len(row) or not row[n + 1].kind == row[n + 2].kind == "count":
        return None
    whole, part = row[n + 1], row[n + 2]
    ofs = _FRACTION_OF.fullmatch(text, row[n].span.end, whole.span.start)
    then = _THEN.fullmatch(text, whole.span.end, part.span.start)
    alone = part.of is None or part.unit == whole.unit or part.unit == "person"
    closed = re.match(
        r"[,.)]| [—–-]| (?:people|of them)\b|$", text[part.span.end : part.span.end + 8]
    )
    return (whole, part) if ofs and then and alone and closed else None


def multiplied(text: str, pair: tuple[Figure, Figure]) -> tuple[float, float, Figure] | None:
    """How many times more it is, how many times are said, and the first of the two: "doubled, from
    4,000 to 6,000", "tripled to 9 from 3"; none where they agree, a fifth more or less let pass."""
    one, two = pair
    start = max(0, one.span.start - 40)
    said = _MULTIPLIED.search(text[start : one.span.start])
    if said is None or one.kind != two.kind or one.unit != two.unit:
        return None
    if one.approximate or two.approximate or not number(one) * number(two):
        return None
    if _ROUGHLY.search(text[max(0, start + said.start() - 12) : start + said.start()]):
        return None
    between, times = text[one.span.end : two.span.start], _TIMES[said.group("word")]
    back = said.group("to") == "to"
    if not (_BACK if back else _BETWEEN).fullmatch(between):
        return None
    exact = number(one) / number(two) if back else number(two) / number(one)
    return (exact, times, one) if abs(exact - times) > 0.2 * times else None
