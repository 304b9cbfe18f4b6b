"""Words for comparing quotations with what was said: one form for what counts as the same.

Each tolerance has a name and can be left out: contractions ("we'll", "we will"), numbers ("twenty",
"20"), spelling ("colour", "color"). Disfluencies and homophones are judged where words differ, in
`changes`. Offsets always point into the untouched text.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple, get_args

Tolerance = Literal["contractions", "numbers", "spelling", "disfluencies", "homophones"]
TOLERANCES: tuple[Tolerance, ...] = get_args(Tolerance)

_TOKEN = re.compile(
    r"\d[\d,]*(?:\.\d+)?(?:st|nd|rd|th|s|m|bn|k|tn)?(?![^\W\d_])|(?:[^\W\d_]\.){2,}"
    r"|[^\W_]+(?:['’][^\W_]+)*['’]?|[%&]|(?<!\w)['’](?:s|re|ll|ve|d|m)\b|['’](?:em|cause|til|bout)\b"
)
_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "ʼ": "'"})

_SHORT = {
    "won't": ("will", "not"), "can't": ("can", "not"), "cannot": ("can", "not"),
    "shan't": ("shall", "not"), "ain't": ("is", "not"), "let's": ("let", "us"),
    "gonna": ("going", "to"), "wanna": ("want", "to"), "gotta": ("got", "to"),
    "kinda": ("kind", "of"), "sorta": ("sort", "of"), "gimme": ("give", "me"),
    "lemme": ("let", "me"), "dunno": ("do", "not", "know"), "outta": ("out", "of"),
    "'em": ("them",), "'cause": ("because",), "cos": ("because",), "'til": ("until",),
    "till": ("until",), "'bout": ("about",), "y'all": ("you", "all"), "ya": ("you",),
    "yeah": ("yes",), "ok": ("okay",), "o'k": ("okay",), "mr": ("mister",), "dr": ("doctor",),
    "st": ("saint",), "vs": ("versus",), "&": ("and",), "%": ("per", "cent"),
    "percent": ("per", "cent"), "usa": ("us",), "alright": ("all", "right"),
}  # fmt: skip
_ENDINGS = {"n't": "not", "'ll": "will", "'re": "are", "'ve": "have", "'m": "am"}
_UNITS = {
    w: n
    for n, w in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
        " fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    w: 10 * n
    for n, w in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
_SCALES = {
    "hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 1000, "m": 10**6, "bn": 10**9, "tn": 10**12,
}  # fmt: skip
_ORDINALS = {
    "first": "1st", "second": "2nd", "third": "3rd", "fourth": "4th", "fifth": "5th",
    "sixth": "6th", "seventh": "7th", "eighth": "8th", "ninth": "9th", "tenth": "10th",
    "eleventh": "11th", "twelfth": "12th", "twentieth": "20th",
}  # fmt: skip
_NUMERIC = frozenset({*_UNITS, *_TENS, *_SCALES, *_ORDINALS} - {"k", "m", "bn", "tn"})
_OUR = re.compile(
    r"(lab|col|fav|hon|hum|neighb|behavi|rum|vap|harb|arm|endeav|sav|flav|glam|od|parl|rig|splend|tum|val|vig|cand"
    r"|clam|demean|ranc|ferv)our"
)
_IZE = re.compile(r"(?<=[a-z]{3})(i|y)s(e|ed|es|er|ers|ing|ation|ations|ational|able)$")
_DOUBLE = re.compile(r"(?<=[aeiou])ll(ed|ing|er|ers)$")
_SPELLINGS = {
    "centre": "center", "centres": "centers", "theatre": "theater", "theatres": "theaters",
    "metre": "meter", "metres": "meters", "litre": "liter", "litres": "liters",
    "kilometre": "kilometer", "kilometres": "kilometers", "centimetre": "centimeter",
    "centimetres": "centimeters", "fibre": "fiber", "defence": "defense", "offence": "offense",
    "licence": "license", "pretence": "pretense", "grey": "gray", "programme": "program",
    "programmes": "programs", "cheque": "check", "cheques": "checks", "tyre": "tire",
    "tyres": "tires", "aluminium": "aluminum", "plough": "plow", "sceptical": "skeptical",
    "judgement": "judgment", "catalogue": "catalog", "dialogue": "dialog", "kerb": "curb",
    "storey": "story", "jewellery": "jewelry", "learnt": "learned", "burnt": "burned",
    "dreamt": "dreamed", "spelt": "spelled", "spoilt": "spoiled", "whilst": "while",
    "amongst": "among", "towards": "toward", "afterwards": "afterward", "backwards": "backward",
    "forwards": "forward", "upwards": "upward", "mum": "mom", "mums": "moms", "enrol": "enroll",
    "fulfil": "fulfill", "skilful": "skillful", "ageing": "aging", "manoeuvre": "maneuver",
    "paediatric": "pediatric", "anaesthetic": "anesthetic", "practise": "practice",
    "practised": "practiced", "artefact": "artifact", "mould": "mold", "draught": "draft",
    "cosy": "cozy", "pyjamas": "pajamas", "sulphur": "sulfur", "yoghurt": "yogurt",
}  # fmt: skip


class Word(NamedTuple):
    """A word of a text in the form that is compared, with its place and its bare form."""

    form: str
    start: int
    end: int
    bare: str
    """The form without any tolerance, for telling which one was used."""
    loose: bool = False
    """A word with letters in brackets: the rest of it may be another form of the same word."""


def words(
    text: str, start: int, end: int, tolerate: frozenset[str] = frozenset(TOLERANCES)
) -> Iterator[Word]:
    """The words of a stretch of a text, half-open, in code points."""
    contractions, spelling = "contractions" in tolerate, "spelling" in tolerate
    number = _Number(text) if "numbers" in tolerate else None
    for match in _TOKEN.finditer(text, start, end):
        token = match.group()
        bare, numeric, forms = _forms(token, contractions, spelling)
        left, right = match.span()
        if token[-1] in "'’" and right - left > 1:
            right -= 1
        if number is not None and (numeric or number.words):
            word = Word(forms[0], left, right, bare)
            if len(forms) == 1 and number.add(word):
                continue
            yield from number.take()
            if len(forms) == 1 and numeric:
                if not number.add(word):
                    yield Word(_ORDINALS.get(bare, forms[0]), left, right, bare)
                continue
        for form in forms:
            yield Word(form, left, right, bare)
    if number is not None:
        yield from number.take()


@lru_cache(maxsize=200_000)
def _forms(token: str, contractions: bool, spelling: bool) -> tuple[str, bool, tuple[str, ...]]:
    """The bare form of a token, whether it may be part of a number, the forms that are compared."""
    bare = _plain(token)
    parts: tuple[str, ...] = (bare,)
    if contractions:
        parts = _SHORT.get(bare) or _ending(bare)
        if len(parts) == 1 and parts[0].endswith("in'") and len(bare) > 4:
            parts = (bare[:-1] + "g",)
    parts = tuple(part.rstrip("'") or part for part in parts)
    if spelling:
        parts = tuple(_spelling(part) for part in parts)
    numeric = bare[0].isdigit() or bare in _NUMERIC
    return bare.rstrip("'") or bare, numeric, parts


def _plain(token: str) -> str:
    low = token.translate(_APOSTROPHES).casefold()
    if not low.isascii():
        low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
    if "." in low and not low[0].isdigit():
        low = low.replace(".", "")
    return low


def _ending(bare: str) -> tuple[str, ...]:
    if "'" not in bare:
        return (bare,)
    if bare.endswith("n't") and len(bare) > 3:
        return (bare[:-3], "not")
    if bare in _ENDINGS:
        return (_ENDINGS[bare],)
    stem, mark, tail = bare.rpartition("'")
    if stem and mark + tail in _ENDINGS:
        return (stem, _ENDINGS[mark + tail])
    if stem and tail in ("s", "d"):
        return (stem, mark + tail)
    return (bare,)


def _spelling(word: str) -> str:
    if len(word) < 4:
        return word
    if word in _SPELLINGS:
        return _SPELLINGS[word]
    if "our" in word:
        word = _OUR.sub(r"\1or", word)
    if "s" in word and len(word) > 5:
        word = _IZE.sub(r"\1z\2", word)
    return _DOUBLE.sub(r"l\1", word)


class _Number:
    """A run of number words, made one word whose form is its value in digits."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.words: list[Word] = []
        self._total = self._part = 0.0
        self._last = ""

    def add(self, word: Word) -> bool:
        """Take a word if it goes on with the number; whether it did."""
        if self.words:
            gap = self._text[self.words[-1].end : word.start]
            if gap.strip(" -\u2010\u2011") or "\n\n" in gap:
                return False
        form = word.form
        match = re.fullmatch(r"(\d[\d,]*(?:\.\d+)?)(k|m|bn|tn)?", form)
        if match:
            if self.words:
                return False
            self._part = float(match.group(1).replace(",", ""))
            if match.group(2):
                self._total, self._part = self._part * _SCALES[match.group(2)], 0.0
            kind = "digits"
        elif form in _UNITS:
            if self._last not in ("", "tens", "scale", "and") or (
                self._last == "tens" and not 0 < _UNITS[form] < 10
            ):
                return False
            self._part += _UNITS[form]
            kind = "unit"
        elif form in _TENS:
            if self._last not in ("", "scale", "and"):
                return False
            self._part += _TENS[form]
            kind = "tens"
        elif form == "hundred":
            if self._last not in ("", "unit", "digits"):
                return False
            self._part = (self._part or 1) * 100
            kind = "scale"
        elif form in _SCALES and len(form) > 2:
            if self._last not in ("", "unit", "tens", "digits", "scale"):
                return False
            self._total += (self._part or 1) * _SCALES[form]
            self._part = 0.0
            kind = "scale"
        else:
            return self._joining(word)
        self.words.append(word)
        self._last = kind
        return True

    def _joining(self, word: Word) -> bool:
        """Take the "and" of "two hundred and six"; it is given back if no number follows."""
        if word.form == "and" and self._last == "scale":
            self.words.append(word)
            self._last = "and"
            return True
        return False

    def take(self) -> Iterator[Word]:
        """The number so far as one word, and a trailing "and" by itself; begin anew."""
        held, last = self.words, self._last
        total = self._total + self._part
        self.words, self._total, self._part, self._last = [], 0.0, 0.0, ""
        tail = held.pop() if last == "and" else None
        if held:
            form = str(int(total)) if total == int(total) else repr(total)
            bare = " ".join(dict.fromkeys(w.bare for w in held))
            yield Word(form, held[0].start, held[-1].end, bare)
        if tail is not None:
            yield tail
