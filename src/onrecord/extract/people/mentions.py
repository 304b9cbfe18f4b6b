"""Everybody named in an article: mentions of one person made one, without a model.

Finds runs of capitalised words, tells people from bodies and places by titles, given names and
what they do, and joins full names with their short forms. Pronouns are `pronouns`' business.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH_CUE
from ...records import Article, Attribution, Person, Span
from ...text.normalise import fold_outlet
from ..engine.pointers import Pointers
from ..engine.voicing import votes
from .clusters import Mention, clusters, gender_of, given
from .name_shape import aged, minor, owns, placed, titled
from .runs import Run, Words, common_nouns, person_of

_TITLE = r"(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Capt|Sgt|Rev|Hon|Maj|Cllr|Supt|Det|Insp)\."
_NAME = (
    r"(?:[A-Z](?:\.[A-Z])*\.|(?:O['’]|Ma?c|D['’])?[A-ZÀ-ÖØ-Þ][\w-]{0,40}(?:['’][A-Z][\w-]{1,40})?)"
)
_PARTICLE = r"(?:de|del|della|di|da|van|von|der|den|la|le|bin|al|ibn|St\.)"
_NICKNAME = rf"[(\"“‘']{_NAME}[)\"”’'](?=[ \u00a0]{_NAME})"
"""A first name or another one in brackets or marks: "Coach (Frank) Lee", "Ann “Annie” Lee"."""
RUN = re.compile(
    rf"\b(?:{_TITLE}[ \u00a0]{{1,40}}){{0,2}}{_NAME}(?:[ \u00a0]{{1,40}}(?:{_TITLE}"
    rf"|{_NICKNAME}|(?:{_PARTICLE}[ \u00a0]{{1,40}}){{0,2}}{_NAME}|\d{{1,2}}[A-Z]\b))*"
    rf"(?:,? (?:Jr|Sr)\.|[ ]I{{2,3}}\b)?"
)
_HUMAN_AFTER = re.compile(
    r"(?:['’]s)?,?\s{1,20}(?:who\b|whose\b|himself\b|herself\b|\(?aged\b)|,\s{1,20}(?:his|her)\b"
)
_KIN_BEFORE = re.compile(
    r"(?:wife|husband|son|daughter|mother|father|brother|sister|girlfriend|boyfriend|partner"
    r"|fianc[ée]e?|widow|marriage to|married)(?:,)?\s{1,20}$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"\b(?:he|his|him|himself|she|her|hers|herself)\b", re.IGNORECASE)
_ACTED = re.compile(
    r"(?: (?:had|was|has|is|also|later|then|would|never|did))* (?:[a-z]{1,40}ed|said|says|told|won"
    r"|lost|met"
    r"|went|came|took|made|left|became|wrote|sang|began|gave|led|thinks?|knew|felt|born|married)\b"
)
HEARD = 0.3
"""How much rather a name's sources must be heard as a person, or as none, to count as such."""
NAMED = 0.6
"""Probability of a person's name from which the network's word counts: the mean of the article's
mentions of the name."""


def find_people(
    article: Article,
    attributions: Sequence[Attribution] = (),
    pointers: Pointers | None = None,
) -> tuple[Person, ...]:
    """The people that an article names, in order of their first mention.

    Who stands as an attribution's source with a verb of speaking is more likely a person, and so is
    who the network takes for one.
    """
    mentions = _mentions(article, attributions)
    if pointers:
        _heard(pointers, mentions)
        _voiced(article.text, attributions, pointers, mentions)
    found = clusters(article.text, _weighed(article.text, mentions))
    people = []
    for number, cluster in enumerate(found, 1):
        spans = sorted({m.span for m in cluster.mentions})
        people.append(
            Person(
                id=f"p{number}",
                name=" ".join(cluster.parts),
                mentions=tuple(spans),
                gender=gender_of(article.text, cluster),
                minor=minor(article.text, tuple(spans)),
            )
        )
    return tuple(people)


def _heard(pointers: Pointers, mentions: Sequence[Mention]) -> None:
    """Mark as likely people those whose name the network takes for a person's over the whole
    article."""
    shares: dict[tuple[str, ...], list[float]] = {}
    for mention in mentions:
        person, _, _ = pointers.names(mention.span.start, mention.span.end)
        shares.setdefault(mention.parts, []).append(person)
    for mention in mentions:
        own = shares[mention.parts]
        mean = sum(own) / len(own)
        mention.likely = mean > NAMED


def _voiced(
    text: str, attributions: Sequence[Attribution], pointers: Pointers, mentions: Sequence[Mention]
) -> None:
    """Mark as people those whom the network hears speak as people, and as none those it doesn't."""
    mentions = sorted(mentions, key=lambda m: m.span)
    said = votes(text, attributions, pointers, [m.span for m in mentions])
    total: dict[tuple[str, ...], float] = {}
    for mention in mentions:
        if mention.span in said:
            total[mention.parts] = total.get(mention.parts, 0.0) + said[mention.span]
    for mention in mentions:
        vote = total.get(mention.parts, 0.0)
        if vote > HEARD:
            mention.human = True
        elif vote < -HEARD and mention.honorific is None:
            if mention.parts[0] not in given() or vote < -2 * HEARD:
                mention.human = mention.likely = False
        if len("".join(mention.parts)) < 2:
            mention.human = mention.likely = False  # "E!" is nobody


def _weighed(text: str, mentions: Sequence[Mention]) -> Sequence[Mention]:
    """Those whom the network takes for people, unless their neighbours or other uses show a thing.

    One mention in a thing's place ("the Harwick", "in Harwick") tells of a single word's other
    uses.
    """
    heads = {m.parts[0] for m in mentions if not m.parts[1:]}
    things = {
        m.parts[0]
        for m in mentions
        if m.parts[0] in heads and not m.parts[1:] and placed(text, m.span)
    }
    small = frozenset(re.findall(r"\b[a-z]{1,40}\b", text))
    for mention in mentions:
        if not mention.likely or mention.human:
            continue
        if len(mention.parts) > 1:
            mention.human = not placed(text, mention.span)
        else:
            part = mention.parts[0]
            mention.human = part not in things and part.lower() not in small | common_nouns()
    return mentions


def _mentions(article: Article, attributions: Sequence[Attribution]) -> list[Mention]:
    """Runs of capitalised words that may name a person."""
    text = article.text
    speakers = {
        (a.source.start, a.source.end)
        for a in attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
    }
    starts = sorted(speakers)
    outlet = fold_outlet(article.outlet or "")
    words = Words(text, article.blocks)
    found = []
    for block in article.blocks:
        heading = block.role == "headline" or titled(text[block.span.start : block.span.end])
        for match in RUN.finditer(text, block.span.start, block.span.end):
            first = match.start() == block.span.start
            if outlet and outlet == fold_outlet(match.group()):
                continue
            mention = _mention(Run.of(text, match.span(), first, heading, words))
            if mention is not None:
                around = len(mention.parts) > 1 and _speaks(text, mention.span, starts)
                mention.human = mention.human or around
                found.append(mention)
    return found


def _speaks(text: str, name: Span, speakers: Sequence[tuple[int, int]]) -> bool:
    """Whether a name ends a phrase that speaks, or stands before its comma, and no "and" is in
    it."""
    n = bisect_right(speakers, (name.start, len(text))) - 1
    if n < 0 or not name.end <= speakers[n][1]:
        return False
    rest = text[name.end : speakers[n][1]]
    return not rest.strip() or rest.startswith((",", " of ", " who ", " ("))


def _mention(run: Run) -> Mention | None:
    """The mention in a run of capitals: honorifics taken off, bodies and places left out."""
    if not person_of(run):
        return None
    text, names, honorific = run.text, run.names, run.honorific
    span = _trimmed(text, Span(run.tokens[0][0], run.tokens[-1][1]), names[-1])
    # "Cook" is a name where Ann Cook is known, and nobody's otherwise.
    noun = honorific is None and len(names) == 1 and names[0].lower() in common_nouns()
    acts = not run.headline and names[-1].lower() not in run.known.small
    human = not noun and (
        honorific is not None
        or (len(names) > 1 and names[0] in given())
        or aged(text, span, len(names))
        or bool(_HUMAN_AFTER.match(text, span.end))
        or bool(_KIN_BEFORE.search(text, max(0, span.start - 24), span.start))
        or _role_before(text, span.start)
        or (acts and _acts(text, span, len(names)))
    )
    return Mention(span, names, honorific, human, run.headline)


def _trimmed(text: str, span: Span, last_name: str) -> Span:
    """A name's span without a possessive's ending, and with the stop of "Jr."."""
    last = text[span.start : span.end]
    if re.search(r"['’‘´`]s$", last):
        return Span(span.start, span.end - 2)
    if last.endswith(("'", "’", "‘")):
        return Span(span.start, span.end - 1)
    if last_name in ("Jr", "Sr") and text.startswith(".", span.end):
        return Span(span.start, span.end + 1)
    return span


def _acts(text: str, span: Span, parts: int) -> bool:
    """Whether "he" or "she" stands close to a name that could be anybody's."""
    if placed(text, span):
        return False
    if parts == 1 and span.end - span.start < 3:
        return False
    near = _PERSONAL.search(text, span.end, span.end + 160) or (
        parts > 1 and _PERSONAL.search(text, max(0, span.start - 100), span.start)
    )
    if not near:
        return False
    return parts > 1 or owns(text, span) or bool(_ACTED.match(text, span.end))


def _role_before(text: str, start: int) -> bool:
    """Whether a word for a role, in small letters, stands right before a name."""
    match = re.search(r"([a-z][a-z-]{1,40})[ \u00a0]$", text[max(0, start - 24) : start])
    return match is not None and match.group(1) in lexicon("sources", "roles")
