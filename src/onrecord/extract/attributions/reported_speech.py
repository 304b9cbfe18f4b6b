"""A grammar of speech relayed in passing: who, a verb of saying, what; "the mayor's claim that …".

Works on one sentence of somebody's statement, where the network has next to nothing to go by. The
source is what stands right before the verb; the content is what follows, to the end of the clause.
"""

import re
from collections.abc import Iterator

from ...language.en.verbs import ABOUT, CLAIM_NOUNS, NAMING, SAYING, SHOWING, TELLING
from ...records import Span
from ..engine.candidates import AttributionCandidate

SURE = 0.5
"""Confidence of everything that the grammar finds."""
REACH = 160
"""Code points before a verb in which its subject is looked for."""

_SMALL = (
    r"(?!(?:and|or|but|that|which|who|when|while|as|if|than|to|of|in|on|at|for|from|with|by|about"
    r"|like|so|because"
    r"|is|are|was|were|be|been|being|has|have|had|do|does|did|will|would|can|could|should|must|may"
    r"|might|not)\b)"
)
"""A word that isn't one of those that no noun phrase of ours has inside it."""
_OPENING = (
    r"(?!(?:To|In|At|On|By|For|From|With|The|An?|It|This|That|And|But|When|While|If|As|So|Then"
    r"|There|What|Who|How"
    r"|Why|Yes|No|Not)\b)"
)
_DETERMINER = (
    r"(?:the|an?|some|many|most|several|other|our|his|her|their|its|those|these|two|three|every)"
)
_PRONOUN = r"(?:he|she|they|we|I|who|him|her|them|me|us)"
_NAME = (
    rf"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\.? )?{_OPENING}[A-Z][\w.’'-]{{0,40}}"
    r"(?: (?:(?:de|van|von|der|al|bin) )?[A-Z][\w.’'-]{0,40}){0,4}"
)
_PHRASE = (
    rf"{_DETERMINER} (?:{_SMALL}[\w’'.-]{{1,40}} (?:(?:of|in|from"
    rf"|for) (?:the )?)?){{0,6}}{_SMALL}[\w’'-]{{1,40}}"
)
_PAPERS = r"[\w-]{1,40} of [^,.;]{3,40}? from \d{4}"
_PLURAL = rf"(?:{_SMALL}[\w’'-]{{1,40}} )?{_SMALL}[a-z]{{3,}}(?:s|men|people)"
_AUXILIARY = (
    r"(?:(?:has|have|had|will|would|also|then|later|just|once|long|even|still|often|always|never"
    r"|now|first|again"
    r"|already|[a-z]{1,40}ly|keeps?|kept|started|began|must|should|stop|to|can|could|might"
    r"|may) ){0,4}"
)
_SUBJECT = re.compile(
    rf"(?:^|[\s“\"‘'(])(?P<source>{_PRONOUN}(?=['’ ])|{_NAME}|{_PHRASE}|{_PAPERS}|{_PLURAL}|some"
    rf"|many)(?:['’](?:m|ve|d|re|ll|s))?(?P<that>,? (?:that|which))?"
    rf"(?:,[^,.;]{{2,60}},)? {_AUXILIARY}$"
)
_AND = re.compile(
    rf"(?:^|[ “\"])(?P<source>he|she|they|we|I|who|{_NAME}) "
    rf"(?:(?!\b(?:when|while|that|which|if|because|as)\b)[^.;:,])*?\band {_AUXILIARY}$"
)
_TOLD = (
    rf"(?: (?:him|her|them|us|me|you|it|people|reporters|voters|everyone|everybody|staff|supporters"
    rf"|{_NAME}"
    r"|(?:the|his|her|their|an?|our) (?:[\w-]{1,40} ){0,2}?[\w-]{1,40}))"
)
_DAY = r"(?: (?:on )?[A-Z]\w{1,40}day)?"


def _verb(forms: str, rest: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?P<cue>{forms})\b(?P<rest>{rest})")


_MARK = r"[“‘\"']"
_STARTS = (
    rf"(?=(?:that|how|whether|what|why|where|when|there|he|she|it|they|we|I|you|the|this|these|his"
    rf"|her|its|their|my"
    rf"|our|no one|nobody|look|oh|an?)\b|{_NAME}|{_MARK})"
)
"""What a clause that somebody says begins with."""
_SAYING = _verb("|".join(SAYING), rf"(?: to{_TOLD})?{_DAY}[,:]? {_STARTS}")
_SAY = _verb("say|says|said", r" (?=[a-z]{1,40} [a-z]{1,40})")
_TELLING = _verb(
    "|".join(TELLING),
    rf"{_TOLD}{_DAY},? (?=(?:that|to|about|how|whether|what|why|not)\b|{_MARK})",
)
_KNOWING = _verb(r"let (?:\w{1,40} ){1,2}know", r",? (?=that\b|how\b|what\b|[“‘\"'])")
_NAMING = _verb(
    "|".join(NAMING), r" (?!for\b|on\b|(?:[a-z]{1,40} )?(?:up|back|in|off|out|and|if|when)\b)"
)
_ABOUT = _verb("|".join(ABOUT), " ")
_SHOWING = _verb("|".join(SHOWING), r" (?!up\b|off\b)")
_DOCUMENT = re.compile(
    r"\b(?:polls?|surveys?|stud(?:y|ies)|reports?|reviews?|records?|returns?|documents?|data"
    r"|figures|statistics"
    r"|e-?mails?|tapes?|videos?|footage|evidence|investigations?|inquir(?:y|ies)|analys[ei]s"
    r"|audits?|statements?"
    r"|letters?|memos?|research|numbers|filings?|transcripts?|tests?|results|decisions?"
    r"|rulings?)\b",
    re.IGNORECASE,
)
_CLAIM = re.compile(
    rf"(?P<source>(?:{_NAME}|{_DETERMINER} (?:[\w-]{{1,40}} ){{0,5}}?[\w-]{{1,40}})(?:['’]s"
    rf"|(?<=s)['’])|\b(?:his|her|their|my|our|your))"
    rf" (?:[a-z-]{{1,40}} ){{0,2}}?(?P<cue>(?:{CLAIM_NOUNS})(?: (?:is|was|about))?)(?P<rest>,? )"
    rf"(?=that\b|to [a-z]|of [a-z]{{1,40}}ing\b|(?<=about ))"
)
_REPORT = re.compile(
    rf"(?P<source>(?:{_DETERMINER} )?{_NAME}) (?P<cue>report|story|poll|study|survey|article"
    rf"|editorial)"
    r"(?P<rest> (?:[a-z]{1,40} ){0,5})(?=that\b)"
)
_FROM = re.compile(
    rf"\b(?P<cue>{CLAIM_NOUNS}) (?:from|by) (?P<source>(?:{_NAME}|{_PLURAL})(?: in {_NAME})?"
    rf"|{_DETERMINER} "
    rf"(?:{_SMALL}[\w’'-]{{1,40}} ){{0,4}}?{_SMALL}[\w’'-]{{1,40}})(?P<rest> )(?=that\b|to [a-z]"
    rf"|about\b)"
)
_MAKING = re.compile(
    rf"\b(?P<source>{_PRONOUN}|{_NAME}) {_AUXILIARY}(?P<cue>(?:make|makes|made|making|issue[sd]?"
    rf"|gave) "
    rf"(?:an?|this|the|his|her|that) (?:[a-z]{{1,40}} )?(?:{CLAIM_NOUNS}))(?P<rest>(?: to"
    rf" \w{{1,40}})?:? )"
    rf"(?=that\b|to [a-z]|about\b|(?<=: ))"
)
_QUOTING = re.compile(
    rf"\b(?P<cue>[Tt]o quote|[Qq]uoting|[Ii]n the words of) (?P<source>{_NAME})(?P<rest>[:,]? )"
)
_AMBIGUOUS = re.compile(
    r"states|notes|reports?|claims?|remarks?|comments?|tells|shares|stresses|questions|orders?"
    r"|promises?|demands?"
    r"|complaints?|quotes?|brands?|labels?|calls?|observed|continued|began|pointed|cites"
)
"""Forms that may as well be nouns or say something else; only he, she or a name speaks by them."""
_NO_SUBJECT = re.compile(r"(?:['’]s?|n['’]t)$")
_OBLIQUE = ("him", "her", "them", "me", "us")
_IF = re.compile(r"(?:if|when|until|because|after|before|with|for comment)\b")
_IS = re.compile(r"\b(?:is|are|was|were|be|been|being|get|got)(?: (?:also|often|[a-z]{1,40}ly))? $")
_CLOSING = {"“": "”", "‘": "’", '"': '"', "'": "'"}
_CLAUSE = re.compile(r"(?:that|how|whether|if|what|why|where|when|to|which)\b", re.IGNORECASE)
_ENDS = re.compile(
    r"[;—]|, (?:while|but|and|or|so|being|whereas|although|though|[a-z]{1,40}ing)\b| (?:while"
    r"|because|although)\b"
    r"| and (?:is|are|was|were|has|have|had|will|would|makes?|keeps?|he|she|they|we|I)\b| as (?:he"
    r"|she|they|we|I)\b"
    r"| than\b| when (?:he|she|they|we|I|most|many)\b| time and again\b"
)
_CLAUSE_ENDS = re.compile(r"[;—]|, (?:while|whereas|although|but (?:he|she|they|we|I))\b")


def relayed(text: str, sentence: Span) -> Iterator[AttributionCandidate]:
    """The attributions that the grammar sees in one sentence; spans are half-open."""
    words = text[sentence.start : sentence.end]
    for pattern in (_SAYING, _SAY, _TELLING, _KNOWING, _NAMING, _ABOUT, _SHOWING):
        for match in pattern.finditer(words):
            first = max(0, match.start() - REACH)
            before = words[first : match.start()]
            if _IS.search(before):
                continue
            subject = _SUBJECT.search(before) or _AND.search(before)
            if subject and _fits(pattern, subject, match.group("cue")):
                source = first + subject.start("source"), first + subject.end("source")
                yield from _found(text, sentence, match, source)
    for pattern in (_CLAIM, _REPORT, _FROM, _MAKING, _QUOTING):
        for match in pattern.finditer(words):
            yield from _found(text, sentence, match, match.span("source"))


def _fits(pattern: re.Pattern[str], subject: re.Match[str], cue: str) -> bool:
    """Whether a subject can be the source: a report shows, a person doesn't."""
    source = subject.group("source")
    if _NO_SUBJECT.search(source):
        return False
    if pattern is _SHOWING:
        return bool(_DOCUMENT.search(source))
    if _AMBIGUOUS.fullmatch(cue):
        return source not in _OBLIQUE and bool(re.fullmatch(rf"{_PRONOUN}|{_NAME}", source))
    return not (subject.groupdict().get("that") and re.fullmatch(_PRONOUN, source))


def _found(
    text: str, sentence: Span, match: re.Match[str], source: tuple[int, int]
) -> Iterator[AttributionCandidate]:
    base = sentence.start
    content = clip_clause(text, Span(base + match.end("rest"), sentence.end))
    if content.start >= content.end or _IF.match(text, content.start, content.end):
        return
    quoted = text[content.start : content.start + 1] in _CLOSING
    if quoted or len(text[content.start : content.end].split()) > 1:
        cue = Span(base + match.start("cue"), base + match.end("cue"))
        yield AttributionCandidate(Span(base + source[0], base + source[1]), cue, (content,), SURE)


def clip_clause(text: str, span: Span) -> Span:
    """A content that runs to its sentence's end, cut where its clause seems to end.

    One in quotation marks ends with them; a noun phrase ends sooner than a clause.
    """
    start, end = span.start, span.end
    while start < end and text[start] in " ,:":
        start += 1
    mark = _CLOSING.get(text[start : start + 1])
    close = text.find(mark, start + 1, end) if mark else -1
    if close > start:
        return Span(start, close + 1)
    clause = _CLAUSE.match(text, start, end)
    stop = (_CLAUSE_ENDS if clause else _ENDS).search(text, start, end)
    end = stop.start() if stop and stop.start() > start else end
    while end > start and text[end - 1] in ' ,.;:”"':
        end -= 1
    return Span(start, end)
