"""The members of a list that a number announces, for the rules that count them.

Finds the list behind the counted noun (after a colon, a dash, in brackets, in commas, after "are") or in
front of it, and its members: names, or things in small letters. What a difference means is for the rules
to say.
"""

import re

from ..records import Analysis, Figure, Span
from .figures import sentence_of

_SOME = re.compile(
    r"\b(?:including|includ\w+|among|such as|like|e\.g|other|others|another|more|and [a-z]+ others|both|with|or"
    r"|etc|as well|who|whom|which|whose|that|but|not|respectively|respective|plus|their|his|her|a|an|from|of)\b"
)
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Sens|Reps|Govs)\. )?(?:[A-Z][\w’'.-]*+ ?){1,4}(?:, \d\d?|, [a-z]+(?:-[a-z]+)?|\(\d\d?\))?"
)
_THING = re.compile(r"[a-z][a-z’'-]+(?: [a-z][a-z’'-]+){0,3}")
_OPEN = re.compile(
    r"(?P<gap>(?: (?!and\b|or\b|of\b|but\b)[a-z’'-]+){0,5})(?P<mark>: | [—–] | - | \(|, | (?:are|were) )"
)
_CLOSE = {"(": ")", "—": " —", "–": " –", "-": " -"}
_LAST = re.compile(r",? and (?:[A-Z][\w’'-]*+ ?){1,4}(?=[,.]|$)")
_BEHIND = re.compile(r"(?: are| were|,) the $")
_OF_THEM = re.compile(r" of (?:them|us)\b")
_STATES = frozenset(
    "Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho"
    " Illinois Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota"
    " Mississippi Missouri Montana Nebraska Nevada Ohio Oklahoma Oregon Pennsylvania Tennessee Texas Utah"
    " Vermont Virginia Washington Wisconsin Wyoming Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky"
    " La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex Va Vt Wash Wis Wyo Jr Sr II III".split()
) | {"New York", "New Jersey", "New Mexico", "New Hampshire", "North Carolina", "South Carolina",
     "North Dakota", "South Dakota", "Rhode Island", "West Virginia", "D.C", "N.Y", "N.J", "N.H", "N.C",
     "S.C", "R.I", "W.Va", "N.M", "N.D", "S.D"}  # fmt: skip
"""What stands behind a place or a name between commas and is no member of a list of its own."""


def listed(analysis: Analysis, figure: Figure) -> tuple[float, Span] | None:
    """The members of a list behind the counted noun, or in front of it: "A, B and C are the three winners"."""
    text, sentence = analysis.article.text, sentence_of(analysis, figure.span)
    start, at = sentence.start, figure.of.end if figure.of else figure.span.end
    if lead := _BEHIND.search(text, start, figure.span.start):
        if lead.end() == figure.span.start and figure.of and re.match(r"[.,]|$", text[at : at + 1]):
            if _items(text[start : lead.start()]):
                return len(_items(text[start : lead.start()])), Span(start, lead.start())
    if figure.of is None:
        them = _OF_THEM.match(text, at)
        if them is None:
            return None
        at = them.end()
    mark = _OPEN.match(text, at, sentence.end)
    if not mark:
        return None
    rest = text[mark.end() : min(sentence.end, mark.end() + 400)]
    sign, gap = mark.group("mark").strip(), mark.group("gap")
    if sign in _CLOSE:
        rest, closed, _ = rest.partition(_CLOSE[sign])
        if not closed and sign == "(":
            return None
    elif sign == ",":
        rest = _names_in_commas(rest) if not gap else ""
    elif sign in ("are", "were") and text[start : figure.span.start] != "The ":
        return None
    rest = rest.rstrip(".!?\"”’' ")
    items = _items(rest) or (_things(rest) if sign == ":" else [])
    return (len(items), Span(mark.end(), mark.end() + len(rest))) if items else None


def _names_in_commas(rest: str) -> str:
    """A list of names up to the comma or stop that closes it, "Ann Lee, Jon Pell and Tom Reed, …"."""
    for last in _LAST.finditer(rest):
        if not re.search(r"[;:()—–]", rest[: last.start()]):
            return rest[: last.end()]
    return ""


def _items(rest: str) -> list[str]:
    """Capitalised names, joined by "and"; none where there is anything else, or places with their states."""
    if ";" in rest or _SOME.search(rest):
        return []
    items = [i for i in re.split(r", and |, & |, | and | & ", rest) if i]
    if len(items) < 2 or not re.search(r" and | & ", rest):
        return []
    if not all(_NAME.fullmatch(i) for i in items) or any(re.match(r"[RDI]-", i) for i in items):
        return []
    states = sum(i.rstrip(".") in _STATES for i in items)
    return [] if 0 < states < len(items) else items


def _things(rest: str) -> list[str]:
    """Three or more things in small letters, with one "and", before the last."""
    items = [i for i in re.split(r",? and |, ", rest) if i]
    if len(items) < 3 or rest.count(" and ") != 1 or _SOME.search(rest):
        return []
    return items if all(_THING.fullmatch(i) for i in items) else []
