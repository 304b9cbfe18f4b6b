"""The members of a list that a number announces, for the rules that count them.

Finds the list behind the counted noun (after a colon, a dash, in brackets, in commas, after "are")
or in front of it, and its members: names, or things in small letters. What a difference means is
for the rules to say.
"""

import re
from collections.abc import Sequence

from ...language.en.calendar import MONTH, WEEKDAY
from ...language.en.counting import SMALL, number_words
from ...language.en.lexicon import lexicon
from ...query.figures import number, sentence_of
from ...records import Analysis, Figure, Span

_SOME = re.compile(
    r"\b(?:including|includ\w{1,40}|among|such as|like|e\.g|other|others|another|more"
    r"|and [a-z]{1,40} others|both|with|or"
    r"|etc|as well|who|whom|which|whose|that|but|not|respectively|respective|plus|their|his|her|a"
    r"|an|from|of)\b"
)
_NAME = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|St|Sens|Reps|Govs)\. )?(?:[A-Z][\w’'.-]*+ ?){1,4}(?:, \d\d?"
    r"|, [a-z]{1,40}(?:-[a-z]{1,40})?|\(\d\d?\))?"
)
_THING = re.compile(r"[a-z][a-z’'-]{1,40}(?: [a-z][a-z’'-]{1,40}){0,3}")
_OPEN = re.compile(
    r"(?P<gap>(?: (?!and\b|or\b|of\b|but\b)[a-z’'-]{1,40}){0,5})(?P<mark>: | [—–] | - | \(|, "
    r"| (?:are|were) )"
)
_TOLD = re.compile(
    r"(?: (?!and\b|or\b|but\b)(?:[a-z’'-]{1,40}|" + WEEKDAY + "|" + MONTH + r")){0,16}: "
)
_PART_OF = re.compile(r"\b(?:of|out of|than|to)(?: the| all| its| their| these)? $")
_ARTICLES = re.compile(r"\b(?:an?|the|his|her|their|of|from)\b")
_ONE_OF = re.compile(
    r"(?<!\w)(?P<n>an?|the|his|her|their|one|\d{1,2}|[a-z]{1,9}) (?:[a-z-]{1,20}"
    r" ){0,2}(?P<noun>[a-z-]{1,20})(?: (?:from|of|at|in) [\w’' -]{2,30})?"
)
_HUMAN = re.compile(
    r"(?<!\w)(?:[a-z-]{1,20}(?:er|or|ist|ian|man|woman|person|ent|ant)|child|boy|girl|baby|nurse"
    r"|judge|pilot|cook|chef|guard|son|guest"
    r"|husband|wife|soldier|civilian|pupil|toddler|tourist|clerk|monk|nun|priest|captain)"
)
_DESCRIBED = re.compile(
    r"(?:an?|the|his|her|their|its) (?:[a-z’'-]{1,40} ){0,3}[a-z’'-]{1,40}(?: (?:from|of|in|at|for"
    r"|with) (?:[\w’'-]{1,40} ?){1,4})?"
)
_COLLECTIVE = re.compile(
    r"^(?:an?|the|his|her|their) (?:[a-z-]{1,40} )?(?:couple|family|pair|group|team|crew|number"
    r"|dozen|few|handful|series|twins)\b"
)
_ROLE_NAME = re.compile(
    r"(?<!\w)(?:(?:[a-z-]{1,20} ){0,3}|(?:Dr|Prof|Mr|Mrs|Ms|Rev|Sen|Rep|Gov|Capt"
    r"|Sgt)\. )[A-Z][\w’'.-]*+(?: [A-Z][\w’'.-]*+){1,3}"
    r"(?: (?:of|from) (?:the )?[A-Z][\w’'-]{0,40}(?: [A-Z][\w’'-]{0,40}){0,3})?"
)
_ONE = frozenset("a an the his her their one".split())
_TO_WHOM = re.compile(r"\b(?:to|by|in|with|for|at|on|as|born|after|before)\b")
_PERSONS = lexicon("figures", "listed_people")
_ABSTRACT = lexicon("figures", "abstract")
_CLOSE = {"(": ")", "—": " —", "–": " –", "-": " -"}
_BETWEEN_PARTS = re.compile(r"(?:,|:| [—–-]| \(|, including)?(?: and)? ?")
_KIND = re.compile(
    r"((?: of (?:them|whom))?(?: (?:were|are|was|is))?) (men|women|children|boys|girls|adults|sons"
    r"|daughters|brothers"
    r"|sisters|man|woman|child|boy|girl|adult|son|daughter|brother|sister|gold|silver|bronze)\b"
)
_BEFELL = re.compile(
    r" (?:(?:have |had )?died|(?:were|are|have been) (?:killed|hurt|injured|arrested))(?: in (?:the"
    r"|a) [a-z]{1,40})?(?=[,:])"
)
_SINGULAR = {"men": "man", "women": "woman", "children": "child"}
_COUNTED = re.compile(rf"(?:{number_words('one', 'ninety')})\b")
_METALS = {"gold", "silver", "bronze"}
_WHOLES = ({"man", "woman", "child"}, {"boy", "girl"}, {"adult", "child"}, {"son", "daughter"},
           {"brother", "sister"}, {"man", "woman", "boy", "girl"})  # fmt: skip
_LAST = re.compile(r",? and (?:[A-Z][\w’'-]*+ ?){1,4}(?=[,.]|$)")
_BEHIND = re.compile(r"(?: are| were|,) the $")
_OF_THEM = re.compile(r" of (?:them|us)\b")
_TITLES = lexicon("people", "titles_cut")
"""A title that stands alone is where a sentence was cut at its full stop: the list goes on behind
it."""
_STATES = lexicon("people", "behind_commas")
"""What stands behind a place or a name between commas and is no member of a list of its own."""


def listed(analysis: Analysis, figure: Figure) -> tuple[float, Span] | None:
    """The members of a list behind the counted noun, or in front of it: "A, B and C are the three
    winners"."""
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
    if not items and sign != "," and not _PART_OF.search(text, start, figure.span.start):
        items = described(rest)
    return (len(items), Span(mark.end(), mark.end() + len(rest))) if items else None


def told(analysis: Analysis, figure: Figure, others: bool) -> tuple[float, Span] | None:
    """The members behind a colon that ends what is told of the counted: "four ministers resigned on
    Friday: …", "five people were hurt when a bus hit a tree: two passengers, the driver and a
    cyclist"."""
    text, sentence = analysis.article.text, sentence_of(analysis, figure.span)
    if figure.of is None or others or _PART_OF.search(text, sentence.start, figure.span.start):
        return None
    mark = _TOLD.match(text, figure.of.end, sentence.end)
    if mark is None:
        return None
    rest = text[mark.end() : min(sentence.end, mark.end() + 400)].rstrip(".!?\"”’' ")
    found = Span(mark.end(), mark.end() + len(rest))
    if items := _items(rest):
        return len(items), found
    persons = headcount(rest) if figure.unit in _PERSONS else 0
    if persons or figure.unit not in _ABSTRACT:
        return (persons, found) if persons else None
    items = described(rest)
    return (len(items), found) if len(items) > 2 else None


def headcount(rest: str) -> int:
    """How many people a list of posts holds, "two passengers, the driver and a cyclist"; 0 if it
    can't be told."""
    items = [i for i in re.split(r",? and |, ", rest) if i]
    if len(items) < 2 or rest.count(" and ") != 1 or _SOME.search(_ARTICLES.sub("", rest)):
        return 0
    total = 0
    for item in items:
        known = _ONE_OF.fullmatch(item)
        if known is None:
            return 0
        number = known.group("n").lower()
        several = int(number) if number.isdecimal() else SMALL.get(number, 1)
        noun = known.group("noun")
        if several > 1:
            noun = _SINGULAR.get(noun) or (noun.removesuffix("s") if noun.endswith("s") else "")
        if not _HUMAN.fullmatch(noun) or not (several > 1 or number in _ONE):
            return 0
        total += several
    return total


def described(rest: str) -> list[str]:
    """Members told by what they are, each with its article, or a role before its name: "a plumber
    from Sea Town, a nurse and a retired judge", "singer Jo March and drummer Al Pike"."""
    items = [i for i in re.split(r",? and |, ", rest) if i]
    if len(items) < 2 or rest.count(" and ") != 1 or _SOME.search(_ARTICLES.sub("", rest)):
        return []
    if any(_COUNTED.match(i) or re.search(r"\d", i) for i in items):
        return []
    named = all(_ROLE_NAME.fullmatch(i) and not _TO_WHOM.search(i) for i in items)
    told = (
        all(_DESCRIBED.fullmatch(i) and not _COLLECTIVE.search(i) for i in items) and len(items) > 2
    )
    return items if named or told else []


def parts(text: str, figure: Figure, rest: Sequence[Figure], end: int) -> tuple[float, Span] | None:
    """The sum of the kinds that together make the counted whole: "seven men and six women", "nine
    medals: four gold, three silver and two bronze". Where they may be some of the counted ("six of
    them men", "Of the 13, seven were men") the sum counts only if it is more than the whole."""
    if figure.of is None:
        return None
    done = _BEFELL.match(text, figure.of.end, end)
    at, start, total, kinds = done.end() if done else figure.of.end, 0, 0.0, set[str]()
    some, joined = False, False
    known = {f.span.start: (number(f), f.span.end) for f in rest if f.kind == "count"}
    while sign := _BETWEEN_PARTS.match(text, at, end):
        count = known.get(sign.end()) or (1.0, sign.end() + 3)
        if sign.end() not in known and not text.startswith("one ", sign.end()):
            break
        kind = _KIND.match(text, count[1], end)
        name = _SINGULAR.get(kind.group(2), kind.group(2).rstrip("s")) if kind else ""
        if not kind or name in kinds:
            break
        some = some or bool(kind.group(1)) or "including" in sign.group()
        joined = " and" in sign.group()
        start, at, total = start or sign.end(), kind.end(), total + count[0]
        kinds.add(name)
    if figure.unit in kinds or not re.match(r"[.!?)]| —|$" + r"|[,;]" * joined, text[at : at + 2]):
        return None
    if any(figure.unit in k and kinds <= k for k in _WHOLES):
        return None  # "five children, four women and three men": the first is a part as well
    if some and total <= number(figure):
        return None
    whole = any(kinds <= k for k in _WHOLES) and len(kinds) > 1
    whole = whole or (figure.unit == "medal" and len(kinds) == 3 and kinds == _METALS)
    return (total, Span(start, at)) if whole else None


def _names_in_commas(rest: str) -> str:
    """A list of names up to the comma or stop that closes it, "Ann Lee, Jon Pell and Tom Reed,
    …"."""
    for last in _LAST.finditer(rest):
        if not re.search(r"[;:()—–]", rest[: last.start()]):
            return rest[: last.end()]
    return ""


def _items(rest: str) -> list[str]:
    """Capitalised names, joined by "and"; none where there is anything else, or places with their
    states."""
    if ";" in rest or _SOME.search(rest):
        return []
    items = [i for i in re.split(r", and |, & |, | and | & ", rest) if i]
    if len(items) < 2 or not re.search(r" and | & ", rest):
        return []
    if not all(_NAME.fullmatch(i) for i in items) or any(re.match(r"[RDI]-", i) for i in items):
        return []
    if any(i.rstrip(". ") in _TITLES for i in items):
        return []
    states = sum(i.rstrip(".") in _STATES for i in items)
    return [] if 0 < states < len(items) else items


def _things(rest: str) -> list[str]:
    """Three or more things in small letters, with one "and", before the last."""
    items = [i for i in re.split(r",? and |, ", rest) if i]
    if any(_COUNTED.match(i) for i in items):
        return []  # parts that are counted themselves, "four gold, three silver"
    if len(items) < 3 or rest.count(" and ") != 1 or _SOME.search(rest):
        return []
    return items if all(_THING.fullmatch(i) for i in items) else []
