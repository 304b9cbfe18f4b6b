"""Ages: whether a number is somebody's age, by the words beside it, and whose.

"Ann Lee, 41," and "41-year-old Ann Lee", "turned 41", "at the age of 41, Ann Lee has", "her 41st
birthday". Numbers of other kinds are `figures`' business; whether two ages agree is the rules'.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence

from ...language.en.calendar import MONTHS, SHORT_MONTHS, WEEKDAYS
from ...language.en.lexicon import lexicon
from ...records import Figure, Span
from .numbers import Number

_AFTER_AGE = re.compile(r"[- ](year|month|week|day)s?[- ]olds?\b")
_BEFORE_AGE = re.compile(r"\b(?:aged?|turn(?:ed|s|ing)?|age of|aged? just|aged? only)[ ]$")
_IS_AGE = re.compile(r"(?:, who|, who [^,.;\n]{1,40} and)? is (?:now |just |only |still |aged )?$")
_IS_ALL = re.compile(r"[.,;]| and (?:has|is|lives|works|wants|hopes|plans)\b")
_AT_AGE = re.compile(r"(?:^|[.!?\n]\s+|[“\"])At (?:the age of )?$")
_STILL = re.compile(
    r", ([A-Z][\w.’'-]*+(?: [A-Z][\w.’'-]*+){0,3}) (?:is|has|remains|wants|hopes|looks|still)\b"
)
_TURNED = re.compile(
    r"[ ](?:in|on|last|next|this|earlier|later|today|tomorrow|yesterday|two|three)\b"
)
_BIRTHDAY = re.compile(r"(?:st|nd|rd|th) birthday\b")
_CELEBRATED = re.compile(
    r"(?:, [^,.;\n]{1,50},)?(?:,? who)?(?: will| has| just){0,2} (?:celebrat|mark)(?:e[sd]?|s"
    r"|ed) (?:his|her|their) $"
)
_ALONE = re.compile(r"(?:^|[.!?]\s+|\n)(?P<who>He|She) (?:is|was) (?:aged )?$")
_OLDEST = re.compile(r", at (?:age )?$")
_ON_AGE = re.compile(r"(?:[,;.)—–-]|[ ](?:and|of|who|from|was|is|had|has|said|told)\b|\n|$)")
_LEAD_AGE = re.compile(r"(?:, (?:now |aged? |just |only |then )?|[ ]\((?:aged? )?)$")
_KIN = lexicon("figures", "aged")
_NOT_NAMES = frozenset(name.lower() for name in (*MONTHS, *SHORT_MONTHS, *WEEKDAYS)) | lexicon(
    "figures", "numbered"
)


class Ages:
    """One text's ages: `mentions` are the places of people in order, `noun` finds the noun behind a
    place."""

    def __init__(
        self, text: str, mentions: Sequence[Span], noun: Callable[[int], Span | None]
    ) -> None:
        self.text = text
        self.mentions = mentions
        self.noun = noun
        self.ends = [m.end for m in mentions]
        self.starts = [m.start for m in mentions]

    def read(self, number: Number) -> Figure | None:
        """The number as somebody's age, if it is one."""
        text, start, end = self.text, number.start, number.end
        if number.value > 120:
            return None
        if m := _AFTER_AGE.match(text, end):
            return Figure(
                span=Span(start, m.end()), kind="age", value=number.value, unit=m.group(1) + "s",
                of=self._next_to(start, m.end()),
            )  # fmt: skip
        if number.value != int(number.value):
            return None
        if (m := _BIRTHDAY.match(text, end)) and start:
            return Figure(
                span=Span(start, m.end()), kind="age", value=number.value, unit="years",
                of=self._celebrant(start),
            )  # fmt: skip
        before = text[max(0, start - 64) : start]
        if (lone := _ALONE.search(before)) and re.match(
            r"\.|, (?:his|her)\b|$", text[end : end + 5]
        ):
            at = start - len(before)
            return Figure(
                span=Span(start, end), kind="age", value=number.value, unit="years",
                of=Span(at + lone.start("who"), at + lone.end("who")),
            )  # fmt: skip
        if of := self._is_of(number, before):
            return Figure(
                span=Span(start, end), kind="age", value=number.value, unit="years", of=of
            )
        whole = bool(_ON_AGE.match(text, end))
        said = _BEFORE_AGE.search(before)
        if said and said.group().startswith("turn"):
            whole = whole or bool(_TURNED.match(text, end))
        if said and (whole or said.group().startswith("age")) and text[end : end + 1] != "-":
            return Figure(
                span=Span(start, end), kind="age", value=number.value, unit="years",
                of=self._next_to(start, end),
            )  # fmt: skip
        lead = _LEAD_AGE.search(before)
        if not lead or not whole or text[end : end + 1] == "-":
            return None
        if "," in lead.group() and text[end : end + 4] in (
            " and",
            " of ",
            " who",
            " fro",
            " was",
            " is ",
            " had",
        ):
            if text[end : end + 4] not in (" and", " who", " was", " is ", " had"):
                return None
        stop = start - (len(before) - lead.start())
        n = bisect_left(self.ends, stop)
        if n < len(self.ends) and self.ends[n] == stop:
            return Figure(
                span=Span(start, end), kind="age", value=number.value, unit="years",
                of=self.mentions[n],
            )  # fmt: skip
        return self._kin(number, stop, lead.group())

    def _is_of(self, number: Number, before: str) -> Span | None:
        """Whose age it is in "Ann Lee is 41.", "Ann Lee, who is 41," and "At 41, Ann Lee is"."""
        text, end = self.text, number.end
        if (said := _IS_AGE.search(before)) and _IS_ALL.match(text, end):
            stop = number.start - (len(before) - said.start())
            return self._ending(stop)
        if (said := _OLDEST.search(before)) and re.match(
            r" the (?:oldest|youngest|eldest)\b|,", text[end : end + 12]
        ):
            return self._ending(number.start - (len(before) - said.start()))
        if _AT_AGE.search(before) and number.value > 12 and (name := _STILL.match(text, end)):
            n = bisect_left(self.starts, name.start(1))
            if n < len(self.starts) and self.mentions[n] == Span(*name.span(1)):
                return self.mentions[n]
        return None

    def _ending(self, stop: int) -> Span | None:
        """The mention that ends at a place."""
        n = bisect_left(self.ends, stop)
        return self.mentions[n] if n < len(self.ends) and self.ends[n] == stop else None

    def _celebrant(self, start: int) -> Span | None:
        """Whose birthday it is: "Ann Lee celebrates her 41st birthday", "Ann Lee's 41st
        birthday"."""
        n = bisect_right(self.ends, start) - 1
        if n < 0 or start - self.ends[n] > 90:
            return None
        between = self.text[self.ends[n] : start]
        known = _CELEBRATED.fullmatch(between) or between in ("'s ", "’s ")
        return self.mentions[n] if known else None

    def _kin(self, number: Number, stop: int, lead: str) -> Figure | None:
        """An age behind a word for a person: "her husband, 66", or behind a name nobody knew."""
        text, last = (
            self.text,
            re.search(
                r"(?<![A-Za-zÀ-ž’'-])([A-Za-zÀ-ž’'-]++)$", self.text[max(0, stop - 30) : stop]
            ),
        )
        if last is None or number.value < 1:
            return None
        word = last.group(1)
        named = (
            word[0].isupper()
            and text[number.end : number.end + 1] in (",", ")")
            and (len(word) > 2 and word.rstrip("s").lower() not in _NOT_NAMES)
        )
        if (
            word.lower() in _KIN
            or ("now" in lead or "age" in lead)
            or (named and self._listed(stop))
        ):
            return Figure(
                span=Span(number.start, number.end), kind="age", value=number.value, unit="years",
                of=Span(stop - len(word), stop),
            )  # fmt: skip
        return None

    def _listed(self, stop: int) -> bool:
        """Whether a name in a list of names with ages stands here: the name's own left is a comma
        or "and"."""
        left = self.text[max(0, stop - 40) : stop]
        return bool(re.search(r"(?:, |and |: )(?:[A-Z][\w’'-]+ ?){1,3}$", left))

    def _next_to(self, start: int, end: int) -> Span | None:
        """The person whom an age belongs to: named right after it, or right before it."""
        text = self.text
        n = bisect_left(self.starts, end)
        if n < len(self.starts) and self.starts[n] - end < 40:
            between = text[end : self.starts[n]]
            if re.fullmatch(r"[ ](?:[A-Za-z-]+[ ]){0,2}", between) and not re.search(
                r"\b(?:of|with|by|and|from|to|in|at|for|who|told|said|boy|girl|man|woman|shot|met"
                r"|[a-z]+(?:ed|ly))\b",
                between,
            ):
                return self.mentions[n]
        n = bisect_right(self.ends, start) - 1
        if n >= 0 and start - self.ends[n] < 50:
            between = text[self.ends[n] : start]
            if re.fullmatch(
                r"(?:,| is| was| has)? (?:an? |the |who is |who was |now |aged? |(?:just )?turned "
                r"|is aged )"
                r"|,?(?: who)? (?:is|was) |(?:, who| has| just| who| will){0,4} turn(?:ed|s)? "
                r"|,? (?:who )?(?:has )?died (?:in [A-Z]\w+ |on [A-Z]\w+ )?(?:aged|at the age of"
                r"|at) "
                r"|, of [A-Z][\w’' -]{1,30}, (?:who is )?aged ",
                between,
            ):
                return self.mentions[n]
        return self.noun(end)
