"""Whether what stands before a quotation already says who speaks: by name, description, body or
question.

Answers that for rules of the family SRC; decides nothing.
"""

import re
from collections.abc import Sequence

from rapidfuzz.fuzz import ratio

from ...language.en.lexicon import lexicon
from ...query.lookup import STATED, block_at, source_of
from ...query.voices import sentence_at
from ...records import Analysis, Attribution, Source, Span

_ALIKE = 80
"""Likeness from which a name is the same one with a slip, in per cent."""
_DESCRIBED = re.compile(
    r"[\"“”'’ ]{0,40}(?:The|This|That|One|At least one|An?|Another|His|Her"
    r"|Their)\s{1,20}((?:[\w.’'-]{1,40}\s{1,20}){1,6})"
)
_ASKED = re.compile(r"\?[\"”’']|\basked (?:him|her|if|whether|why|what|how|about)\b", re.IGNORECASE)
_GOES_ON = re.compile(r"\b(?:add|continu|went on|conclud|repli|respond|answer)", re.IGNORECASE)
_WRITTEN = re.compile(r"\b(?:wr[io]te|writes|written|tweet\w{0,40}|post(?:ed|s))\b", re.IGNORECASE)
_WRITING = re.compile(
    r"\b(?:interview|article|column|report|essay|blog|editorial|letter|piece|statement|memo"
    r"|magazine|tweet|post|book)s?\b",
    re.IGNORECASE,
)
_SPEAKS_FOR = re.compile(
    r"\b(?:spokes\w{1,40}|press secretary|representative|(?:communications|press) director"
    r"|lawyer for|attorney for|rep)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"(?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e)$|(?:[Tt]he|[Tt]his) [a-z]")
_OFFICER = re.compile(
    r"([A-Z][\w&.-]{1,40})(?:['’]s?)? (?:vice |chief |managing |executive |senior )*"
    r"(?:president|chair(?:man|woman|person)?|executive|director|head|manager|secretary|minister"
    r"|boss|founder|owner|coach|captain)\b"
)
"""Who runs a body, behind its name: "Orr Club chairman"."""
_AGENT = re.compile(r"[a-z]{2,}(?:ist|ian|man|woman|cher|tor|ger|yer|ner)$")


def introduced(
    analysis: Analysis, a: Attribution, voice: Source, earlier: list[Attribution]
) -> bool:
    """Whether the speaker speaks on, or is met, described or asked in what stands before."""
    text, blocks = analysis.article.text, analysis.article.blocks
    start = a.content[0].start
    n = sentence_at(analysis, start)
    reach = Span(analysis.sentences[max(0, n - 2)].start, start)
    last = Span(analysis.sentences[max(0, n - 1)].start, start)
    if a.cue and _GOES_ON.search(text, a.cue.start, a.cue.end):
        return True
    for other in earlier:
        near = block_at(blocks, start) - block_at(blocks, other.content[-1].end - 1)
        said = other.source is not None and last.start <= other.source.start < last.end
        if other.source_id == a.source_id and near <= 1:
            return True
        group = source_of(analysis, other)
        if said and near <= 1 and group and group.kind in ("group", "anonymous"):
            if other.source and text[: other.source.end].endswith("s") and other.stance in STATED:
                return True  # "economists said", and then one of them
        if said and other.source and _PRONOUN.match(text[other.source.start : other.source.end]):
            if not _settled(analysis, other, voice):
                return True
    name = (voice.name or " ").split(" ")[-1]
    if name and any(
        ratio(name, w) >= _ALIKE
        for w in re.findall(r"[A-Z][\w’'-]{1,40}", text[reach.start : start])
    ):
        return True
    person = next((p for p in analysis.people if p.id == voice.person_id), None)
    if person and any(reach.start <= m.start < start for m in person.mentions):
        return True
    if a.cue and _WRITTEN.search(text, a.cue.start, a.cue.end):
        if _WRITING.search(text, reach.start, start):
            return True
    about = f"{voice.title or ''} {_around(analysis, a)}"
    if _SPEAKS_FOR.search(about):
        kinds = {v.kind for o in earlier if (v := source_of(analysis, o))}
        called = set(re.findall(r"[A-Z][\w’-]{3,}", about)) - set((voice.name or "").split())
        before = text[last.start : last.end]
        if kinds & {"organisation", "document"} or any(
            re.search(rf"\b{w}\b", before) for w in called
        ):
            return True
    officer = _OFFICER.match(text, a.source.start) if a.source else None
    officer = officer or (_OFFICER.search(text, a.source.start, a.source.end) if a.source else None)
    if officer and re.search(rf"\b{re.escape(officer.group(1))}\b", text[last.start : last.end]):
        return True
    return _told(text, last, about)


def speaks_on(
    analysis: Analysis, a: Attribution, voice: Source, before: Sequence[Attribution]
) -> bool:
    """Whether the speaker is the last person who has spoken so far: nobody else comes to mind."""
    name = (voice.name or " ").split(" ")[-1]
    for other in reversed(before):
        who = source_of(analysis, other)
        if who is None or other.source is None:
            continue
        if other.stance not in STATED and who.kind != "person":
            continue
        if who.kind in ("person", "anonymous", "group", "spokesperson"):
            return who.kind == "person" and (who.name or "").split(" ")[-1] == name
    return False


def _settled(analysis: Analysis, other: Attribution, voice: Source) -> bool:
    """Whether "he said" in the sentence before is somebody else's, named close by."""
    him = source_of(analysis, other)
    if him is None or him.kind != "person" or not him.name or other.source is None:
        return False
    last, mine = him.name.split()[-1], (voice.name or "").split()[-1]
    place = other.source.start
    return last != mine and last in analysis.article.text[max(0, place - 500) : place]


def _around(analysis: Analysis, a: Attribution) -> str:
    """The words of the sentence behind a speaker's name, which may tell whom they speak for."""
    assert a.source is not None
    end = analysis.sentences[sentence_at(analysis, a.source.start)].end
    return analysis.article.text[a.source.start : max(end, a.source.end)][:120]


def _told(text: str, last: Span, about: str) -> bool:
    """Whether the sentence before opens with somebody described, asks, or names the speaker's own
    body."""
    if _ASKED.search(text, last.start, last.end):
        return True
    opening = _DESCRIBED.match(text, last.start, last.end)
    roles = lexicon("sources", "roles") | lexicon("sources", "individual")
    if opening and any(w.lower() in roles or _AGENT.match(w) for w in opening.group(1).split()[:5]):
        return True
    bodies = re.findall(r"(?:[A-Z][\w.’'-]*+ ){1,5}[A-Z][\w.-]{1,40}", text[last.start : last.end])
    return any(re.sub(r"^(?:The|In|On|At) ", "", b).lower() in about.lower() for b in bodies)
