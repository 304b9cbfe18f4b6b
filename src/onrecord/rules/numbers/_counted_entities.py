"""What a number counts, in words that must be the same for two counts to be of one thing.

Either what befell the counted ("12 people were killed", "the fire, which killed 12 people"), or
whose they are, all of them ("the council has 12 members", "the 12-member council", "the council's
12 members"). Parts of a whole ("three members of the council") count nothing that can be counted
again.
"""

import re

from ...language.en.lexicon import lexicon
from ...records import Figure

_WORD = re.compile(r"[A-Za-z’'-]{1,40}")
_VERBS = {
    "died": "killed", "dead": "killed", "injured": "hurt", "wounded": "hurt", "have died": "killed",
}  # fmt: skip
_DONE = re.compile(
    r" (?:(?:were|was|are|have been|had been|have|had) )?(?:reported(?:ly)? )?(?P<done>killed"
    r"|injured|wounded|dead|died|hurt|arrested|charged"
    r"|missing|hospitalized|rescued|evacuated|displaced|stranded|aboard|on board)\b(?: in (?:the|a"
    r"|that) (?P<event>[a-z]{1,40}))?"
)
_ACT = re.compile(
    r"\b(?:(?P<event>[A-Za-z]{1,40})(?:,? (?:which|that))? (?:has |had )?)(?P<done>killed|injured"
    r"|wounded|hurt|struck|left|arrested|rescued|evacuated) (?:and (?:injured|killed|wounded) )?$"
)
_RELATIVE = re.compile(
    r" who(?= (?:were |was |have |had )?(?:died|killed|injured|hurt|arrested)\b)"
)
_LEFT = re.compile(r" (?P<done>dead|injured|wounded|hurt|missing|stranded)\b")
_HARMED = lexicon("figures", "harmed")
_NOBODY = lexicon("figures", "no_victims")
_OWNER = r"(?:[a-z-]{1,40} )?[a-z-]{3,}"
_BODIES = lexicon("sources", "body") | lexicon("figures", "owners")
_POSSESSED = re.compile(rf"\b(?:[Tt]he) (?P<owner>{_OWNER})['’]s $")
_HAS = re.compile(
    rf"(?:^|[.\n] *|, |\b(?:said|that|and|but) )(?:[Tt]he) (?P<owner>{_OWNER}?)(?:, which"
    rf"|, that)? (?P<verb>has|have|employs|is made up of|consists of|is composed of|comprises) $"
)
_ALL = re.compile(r"\b(?:[Tt]he|[Aa]ll|[Aa]ll the|[Tt]here (?:are|were)) $")
_OF_OWNER = re.compile(rf" (?:of|in|on|at) the (?P<owner>{_OWNER})")
_MEMBERED = re.compile(rf"-(?P<noun>member|person|seat|team|school) (?P<owner>{_OWNER})")
_DEFINITE = re.compile(r"\b[Tt]he $")
_BACK = re.compile(r"(?:^|[\s“\"(])(?:[Tt]he|[Aa]ll|[Aa]ll the|[Nn]one of the|[Ee]ach of the) $")
_BARE = re.compile(
    r"(?: dead| deaths)? (?!of\b|in\b|who\b|that\b|which\b|on\b|at\b|from\b|with\b|whose\b|left\b"
    r"|other\b)[a-z]{1,40}\b"
    r"|[.,;](?! (?:who|which|including|from))|$"
)
_DONE_FIRST = frozenset("dead killed injured wounded missing rescued arrested".split())
OTHERS = re.compile(
    r"\b(?:at first|initially|previous\w{0,40}|later|rose|risen|more|another|other|others"
    r"|additional|additionally|second|new|next|revised"
    r"|updated?|then|only|also|separate\w{0,40}|nationwide|total|each|every|least|most|up to|if"
    r"|could|would|may|might|remaining|rest"
    r"|some|half|among|including|left|per|ago|last|since)\b",
    re.IGNORECASE,
)
"""Words by which two counts of a noun may be of different things of that kind."""
_LOOSE = lexicon("figures", "loose")
_THE = re.compile(r"\b(?:[Tt]he|[Aa]|[Ii]ts) $")


def counted(text: str, figure: Figure) -> tuple[str, ...] | None:
    """What a count counts; none where it may be one of several such things."""
    start, of = figure.span.start, figure.of
    lead = text[max(0, start - 60) : start]
    if of is None:
        member = _MEMBERED.match(text, figure.span.end)
        if member and _THE.search(lead):
            return _owned(member.group("noun"), member.group("owner"))
        return None
    nouns = _WORD.findall(text[figure.span.end : of.end].lower())
    noun = " ".join(nouns)
    the = bool(_DEFINITE.search(lead))
    if the and len(nouns) > 1 and nouns[0] in _HARMED:
        return " ".join(nouns[1:]), _verb(nouns[0]), ""
    act = _ACT.search(lead)
    left = _LEFT.match(text, of.end) if act and act.group("done") == "left" else None
    if act and left:
        return noun, _verb(left.group("done")), _event(act)
    who = _RELATIVE.match(text, of.end) if the else None
    if done := _DONE.match(text, who.end() if who else of.end):
        return noun, _verb(done.group("done")), done.group("event") or ""
    if act and act.group("done") != "left":
        return noun, _verb(act.group("done")), _event(act)
    return _whole(text, figure, lead, nouns)


def _event(act: re.Match[str]) -> str:
    """What did it to those counted; nothing where that is a pronoun, or the police who caught
    them."""
    event = act.group("event").lower()
    return "" if event in _NOBODY else event


def _verb(word: str) -> str:
    return _VERBS.get(word, word)


def _owned(noun: str, owner: str) -> tuple[str, ...] | None:
    """The members of a body; what stands behind it is no part of its name, what stands before it
    is."""
    first, _, second = owner.partition(" ")
    body = owner if second in _BODIES else first if first in _BODIES else None
    return (noun, "of", body) if body else None


def _whole(text: str, figure: Figure, lead: str, nouns: list[str]) -> tuple[str, ...] | None:
    """A body and its members, if the count is of all of them."""
    unit = figure.unit or nouns[-1]
    if owned := _POSSESSED.search(lead):
        return _owned(unit, owned.group("owner")) if len(nouns) == 1 else None
    if has := _HAS.search(lead):
        hired = has.group("verb") == "employs" and unit in ("person", "worker")
        return (
            _owned("employee" if hired else unit, has.group("owner")) if len(nouns) == 1 else None
        )
    if not _ALL.search(lead) or figure.of is None:
        return None
    if len(nouns) == 1 and (of := _OF_OWNER.match(text, figure.of.end)):
        return _owned(unit, of.group("owner"))
    if len(nouns) == 2 and nouns[0] in _BODIES and not lead.lower().endswith(("are ", "were ")):
        return unit, "of", nouns[0]
    return None


def meant_again(text: str, figure: Figure) -> bool:
    """Whether a count speaks of those counted before, all of them: "the 28 pupils spent", "all 28
    people were"."""
    if figure.of is None or figure.unit is None or figure.unit in _LOOSE:
        return False
    lead = text[max(0, figure.span.start - 14) : figure.span.start]
    back = _BACK.search(lead)
    nouns = text[figure.span.end : figure.of.end].split()
    if not back or not (len(nouns) == 1 or (len(nouns) == 2 and nouns[0] in _DONE_FIRST)):
        return False
    if figure.unit == "person" and "all" not in back.group().lower() and len(nouns) == 1:
        return False
    return bool(_BARE.match(text, figure.of.end))


def comparable(figure: Figure) -> bool:
    """Whether a count is of a kind of thing that an article counts once."""
    return figure.of is not None and figure.unit is not None and figure.unit not in _LOOSE
