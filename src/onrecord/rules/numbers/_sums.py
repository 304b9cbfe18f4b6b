"""Counted parts that a whole is made of, for the rule that adds them up: guns, money, shares,
votes.

"50 guns: 25 rifles and 15 pistols", "$90 million: $50 million on roads …", "46 percent said yes, 41
percent said no", "52 percent of the vote to Dole's 58 percent", "all 19 members were there, and the
vote was 14 to 7". Where parts may be only some of the whole, they count only if they are more than
it.
"""

import re
from collections.abc import Sequence

from ...language.en.lexicon import lexicon
from ...query.figures import number, sentence_of, slack
from ...records import Analysis, Figure, Span

_COLON = re.compile(r"[^:;.“”\"\d]{0,80}: $")
_COMMA = re.compile(r"(?: [a-z’'-]{1,40}){0,3}, $")
_FOR_WHOM = re.compile(r" (?:of them )?(?:for|in|from|on) ")
_JOINED = re.compile(r"(?: [A-Za-z’'-]{1,40}){0,6}(?:,? and (?:the other )?|, )$")
_BEHIND = re.compile(r"(?: [A-Za-z’'-]{1,40}){0,8}")
_STOP = re.compile(r"[.!?)]?(?:\s|$)|,(?! and)")
_ONLY = re.compile(
    r"\b(?:including|among|at least|more than|other|another|each|or|than|from|of whom)\b"
)
_FOR = re.compile(
    r" (?:of [a-z ]{3,30} )?(?:said they )?(?:supports?|supported|favou?r(?:ed)?|approved?"
    r"|voted for|backed|back)\b"
)
_AGAINST_IT = re.compile(
    r" (?:said they )?(?:opposed?|disapproved?|voted against|were against|are against|rejected)\b"
)
_GAP = re.compile(r"(?:,| and| while| but| with)(?: about| some)? $")
_ANSWER = re.compile(
    r"(?: of [a-z ]{3,40})? (?:(?:said|say|answered|voted) (?:that )?(?:yes|no)|(?:were|are|was|is"
    r"|remained|remain) (?:undecided|unsure"
    r"|in favou?r|against|for|opposed)|had no opinion|have no opinion|did not know|don['’]t know"
    r"|did not answer|support(?:ed)?"
    r"|supports?|oppos(?:e|es|ed)|(?:dis)?approved?|abstained|voted (?:for|against)|backed|rejected"
    r"|favou?r(?:ed)?)\b"
)
_GOES = re.compile(
    r" of (?:the |its |their |all )?(?P<noun>[a-z]{1,40})(?: [a-z]{1,40}){0,2} (?:belongs?|belonged"
    r"|went|goes?|will go|comes?|came|is|are|was|were) "
    r"[^.;:]{2,60} and (?:the other |about )?$"
)
_TO = re.compile(r" (?:to|from|for|in|by|with) (?:an? |the )?[\w’' -]{2,40}(?=[.,;]|$)")
_RIVAL = re.compile(
    r" of the votes?(?:,)? (?:to|against|compared with) [A-Z][\w’'. -]{1,30}['’]s? $"
)
_VOTE = re.compile(r"\b(?:vote was|voted|votes?|by|result was|passed) (?:by )?$")
_AGAINST = re.compile(r"(?:-|–| to | votes to )")
_HOUSE = lexicon("figures", "members")


def summed(analysis: Analysis, row: Sequence[Figure], n: int) -> tuple[float, Span] | None:
    """The sum of the parts behind a whole, if it is not the whole; the parts stand in its own
    sentence."""
    whole, text = row[n], analysis.article.text
    if whole.kind not in ("count", "money") or whole.unit in ("of", "point") or number(whole) < 2:
        return None
    end = sentence_of(analysis, whole.span).end
    if whole.kind == "count" and whole.of is None:
        return None
    parts = [f for f in row[n + 1 :] if f.kind == whole.kind]
    if len(parts) < 2 or len(parts) != len(row) - n - 1 or any(f.approximate for f in parts):
        return None
    if any(whole.kind == "money" and f.unit != whole.unit for f in parts):
        return None
    gap = text[whole.span.end : parts[0].span.start]
    listed = bool(_COLON.fullmatch(gap))
    if not listed and not (
        _COMMA.fullmatch(gap) and all(_FOR_WHOM.match(text, f.span.end) for f in parts)
    ):
        return None
    between = [text[a.span.end : b.span.start] for a, b in zip(parts, parts[1:], strict=False)]
    if not all(_JOINED.fullmatch(b) for b in between) or " and" not in between[-1]:
        return None
    behind = _BEHIND.match(text, parts[-1].span.end, end)
    at = behind.end() if behind else parts[-1].span.end
    if not _STOP.match(text, at) or _ONLY.search(text, whole.span.start, at):
        return None
    total = sum(number(f) for f in parts)
    loose = sum(slack(analysis, f) for f in (whole, *parts)) if whole.kind == "money" else 0.0
    over = total - number(whole)
    if abs(over) <= loose or (over < 0 and not listed):
        return None
    return total, Span(parts[0].span.start, at)


def opposed(analysis: Analysis, pair: Sequence[Figure]) -> tuple[float, Span] | None:
    """Those for and those against, in one sentence, who come to more than all."""
    text = analysis.article.text
    if len(pair) < 2 or any(f.kind != "share" or f.unit != "%" or f.approximate for f in pair):
        return None
    one, two = pair
    gap, total = text[one.span.end : two.span.start], number(one) + number(two)
    if total > 100 + slack(analysis, one) + slack(analysis, two) and _FOR.match(gap):
        joined = len(gap) < 100 and not set(gap) & set(".;:") and _GAP.search(gap)
        if joined and _AGAINST_IT.match(text, two.span.end):
            return total, two.span
    return None


def over_all(analysis: Analysis, row: Sequence[Figure]) -> tuple[float, Sequence[Figure]] | None:
    """Shares of one whole in a sentence that come to more than 100: answers, owners, rivals."""
    text = analysis.article.text
    shares = [f for f in row if f.kind == "share"]
    if len(shares) < 2 or any(f.unit != "%" or f.approximate for f in shares):
        return None
    last = shares[-1]
    total = sum(number(f) for f in shares)
    if total <= 100 + sum(slack(analysis, f) for f in shares):
        return None
    if len(shares) > 2:
        gaps = [text[a.span.end : b.span.start] for a, b in zip(shares, shares[1:], strict=False)]
        plain = all(re.search(r"(?:, and|,| and) $", g) and not set(g) & set(".;:") for g in gaps)
        answered = all(_ANSWER.match(text, f.span.end) for f in shares)
        return (total, shares) if plain and answered else None
    gap = text[shares[0].span.end : last.span.start]
    goes = _GOES.fullmatch(gap) and _TO.match(text, last.span.end)
    return (total, shares) if goes or _RIVAL.fullmatch(gap) else None


def voted(analysis: Analysis, row: Sequence[Figure], n: int) -> tuple[float, Span] | None:
    """The votes "14 to 7" behind all the members of a body, if there are more votes than
    members."""
    text, whole = analysis.article.text, row[n]
    if whole.kind != "count" or whole.unit not in _HOUSE or n + 2 >= len(row):
        return None
    one, two = row[n + 1], row[n + 2]
    lead = text[max(0, whole.span.start - 8) : whole.span.start]
    if (
        one.kind != "count"
        or two.kind != "count"
        or not re.search(r"\b(?:[Aa]ll|[Tt]he|['’]s) (?:the )?$", lead)
    ):
        return None
    if not _VOTE.search(text, max(0, one.span.start - 20), one.span.start):
        return None
    total = number(one) + number(two)
    joined = _AGAINST.fullmatch(text, one.span.end, two.span.start)
    return (total, Span(one.span.start, two.span.end)) if joined and total > number(whole) else None
