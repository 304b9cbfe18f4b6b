"""Conversations that an article prints: labelled turns, and questions with the answers below them.

A label before a colon ("Q:", "LEE:", "Ann Lee:") heads a turn where labels come back and somebody
is spoken to; without labels, paragraphs that put a question to a "you" head the paragraphs below
them, which answer in the first person. What is said is given, and whether it asks; whose words they
are is left to `attributions.structural_speakers`.
"""

import re
from collections import Counter
from collections.abc import Sequence

import msgspec

from ...records import Block, Span

_NAME = r"[A-Z][\w.’'-]*(?: (?:(?:de|van|von|al|bin|of|the) )?[A-Z][\w.’'-]*){0,3}"
_LABEL = re.compile(
    rf"[\"“]?(?P<label>Q|A|{_NAME})(?: \([^()\n]{{1,30}}\))?(?P<cue>:)(?=\s|$)"
    r"|(?P<role>[QA])(?:\.| ?[—–])(?=\s)"
)
_ALONE = re.compile(rf"{_NAME}")
ROLE = re.compile(r"q|a|question|answer|interviewer|reporter", re.IGNORECASE)
"""Labels that name nobody."""
_ASKER = re.compile(r"q|question|interviewer|reporter|host|moderator|presenter", re.IGNORECASE)
_ANSWERER = re.compile(r"a|answer", re.IGNORECASE)
_NO_LABEL = re.compile(
    r"(?:more|read more|see also|related|photo|picture|image|video|watch|update|note|source|sources"
    r"|date"
    r"|time|where|when|what|who|why|how|price|tickets|verdict|score|rating|tip|step|location"
    r"|address"
    r"|correction|editor’?'?s note|email|phone|website|ingredients|method|first|second|third)s?$",
    re.IGNORECASE,
)
_ASKS = re.compile(r"\?[\"”’')\]]*$")
_I = re.compile(
    r"\b(?:I|[Ww]e|[Mm]e|[Mm]y|[Oo]ur|us)\b|^[\"“‘']?(?:Yes|No|Yeah|Well|Absolutely|Definitely"
    r"|Never|Of course|Not really)\b"
)
_YOU = re.compile(r"\b(?:you|your|yours|yourself)\b", re.IGNORECASE)
_ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]\.?$")
MAX_QUESTION_WORDS = 90
"""A longer paragraph is no question, however it ends."""
MIN_SHARE = 0.6
"""Share of the answers that must speak in the first person; of the questions, half of it, to a
"you"."""


class Turn(msgspec.Struct, frozen=True):
    """What somebody says in one go: half-open ranges of code points."""

    content: Span
    label: Span | None
    asks: bool


def find_turns(text: str, blocks: Sequence[Block]) -> list[Turn]:
    """The turns of a conversation in order; none where an article prints none.

    Takes time proportional to the length of the text.
    """
    body = [block for block in blocks if block.role in ("paragraph", "quote")]
    return _labelled(text, body) or _unlabelled(text, body)


def _words(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _heading(words: str) -> bool:
    """Whether a paragraph is a line between turns, or an aside in brackets, and nobody's words."""
    short = len(words.split()) <= 8 and not re.search(r"[.!?:;,…)\"”’']$", words)
    return short or bool(_ASIDE.fullmatch(words))


def _labelled(text: str, body: Sequence[Block]) -> list[Turn]:
    """Turns that begin with a label, each with the paragraphs below it up to the next one."""
    heads = _heads(text, body)
    labels = {n: text[span.start : span.end].upper() for n, (span, _) in heads.items()}
    counts = Counter(labels.values())
    asked_only = set(counts) <= {"Q", "QUESTION"} and len(heads) > 1
    pair = asked_only or (counts["Q"] and counts["A"])
    back = sum(count for count in counts.values() if count > 1)
    if not pair and (len(heads) < 3 or len(counts) < 2 or back < 2):
        return []
    order = sorted(heads)
    said = {
        n: _said(text, body, n, heads[n][1], after, below=not asked_only)
        for n, after in zip(order, [*order[1:], None], strict=True)
    }
    words = [_words(text, span) for span in said.values()]
    talks = sum(bool(_I.search(w.strip()) or _YOU.search(w)) for w in words)
    if not pair and not any(_ASKS.search(w) for w in words) and 2 * talks < len(words):
        return []
    askers = _askers(text, labels, said)
    turns = []
    for n, after in zip(order, [*order[1:], None], strict=True):
        if said[n].start < said[n].end:
            turns.append(Turn(said[n], heads[n][0], labels[n] in askers))
        if asked_only and n + 1 < len(body) and n + 1 != after:
            answer = Span(body[n + 1].span.start, _turn_end(text, body, n + 1, after))
            turns.append(Turn(answer, None, asks=False))
    return turns


def _heads(text: str, body: Sequence[Block]) -> dict[int, tuple[Span, int]]:
    """The paragraphs that begin with a label or are one that comes back: it, and where words
    begin."""
    heads: dict[int, tuple[Span, int]] = {}
    alone = Counter(
        _words(text, b.span) for b in body if _ALONE.fullmatch(text, b.span.start, b.span.end)
    )
    if len([words for words, count in alone.items() if count > 1]) < 2:
        alone.clear()
    for n, block in enumerate(body):
        match = _LABEL.match(text, block.span.start, block.span.end)
        if match:
            label = Span(*match.span("label" if match["label"] else "role"))
            if not _NO_LABEL.fullmatch(text, label.start, label.end):
                heads[n] = label, match.end()
        elif alone[_words(text, block.span)]:
            heads[n] = block.span, block.span.end
    return heads


def _said(
    text: str, body: Sequence[Block], n: int, start: int, after: int | None, *, below: bool
) -> Span:
    """What follows a label: the rest of its paragraph, and the paragraphs below it."""
    end = _turn_end(text, body, n, after) if below else body[n].span.end
    if start == body[n].span.end and below and n + 1 < (after or len(body)):
        end = _turn_end(text, body, n + 1, after)
    while start < end and text[start].isspace():
        start += 1
    return Span(start, end)


def _askers(text: str, labels: dict[int, str], said: dict[int, Span]) -> set[str]:
    """The labels of whoever asks: by the word, or because most of their turns are questions."""
    turns = Counter(labels.values())
    asking = Counter(
        labels[n] for n, span in said.items() if _ASKS.search(_words(text, span).rstrip())
    )
    shares = {label: asking[label] / count for label, count in turns.items()}
    named = {label for label in turns if _ASKER.fullmatch(label)}
    if named or any(_ANSWERER.fullmatch(label) for label in turns):
        return named or {label for label in turns if not _ANSWERER.fullmatch(label)}
    return {label for label, share in shares.items() if share >= MIN_SHARE}


def _turn_end(text: str, body: Sequence[Block], n: int, after: int | None) -> int:
    """Where the turn ends that begins with a paragraph: before the next label or a heading.

    The last turn takes the paragraphs below it for as long as they speak of themselves.
    """
    end = body[n].span.end
    for block in body[n + 1 : after]:
        words = _words(text, block.span)
        if _heading(words) or (after is None and not _I.search(words)):
            break
        end = block.span.end
    return end


def _may_ask(text: str, block: Block) -> bool:
    """Whether a paragraph may be a question: it ends like one, or is a bold or italic sentence."""
    words = _words(text, block.span)
    if len(words.split()) > MAX_QUESTION_WORDS:
        return False
    return bool(_ASKS.search(words)) or (block.emphasis and words[-1] in ".!:…")


def _unlabelled(text: str, body: Sequence[Block]) -> list[Turn]:
    """Questions that stand as paragraphs, and what answers them below."""
    asks = [_may_ask(text, block) for block in body]
    emphasised = [n for n, block in enumerate(body) if block.emphasis and asks[n]]
    if 2 * len([n for n in emphasised if n + 1 < len(body) and not asks[n + 1]]) > sum(asks):
        asks = [
            a and b.emphasis for a, b in zip(asks, body, strict=True)
        ]  # a question inside an answer
    pairs: list[tuple[int, int]] = []
    for n, asking in enumerate(asks):
        if asking and n + 1 < len(body) and not asks[n + 1]:
            after = next((m for m in range(n + 1, len(body)) if asks[m]), None)
            pairs.append((n, after if after is not None else -1))
    if len(pairs) < 2:
        return []
    first_person = sum(bool(_I.search(_words(text, body[n + 1].span))) for n, _ in pairs)
    addressed = sum(bool(_YOU.search(_words(text, body[n].span))) for n, _ in pairs)
    spoken = sum(bool(_I.search(_words(text, body[n].span))) for n, _ in pairs)
    if first_person < MIN_SHARE * len(pairs):
        return []
    if not emphasised and (2 * addressed < MIN_SHARE * len(pairs) or 2 * spoken > len(pairs)):
        return []
    turns = []
    for n, after in pairs:
        turns.append(Turn(body[n].span, None, asks=True))
        end = _turn_end(text, body, n + 1, None if after < 0 else after)
        turns.append(Turn(Span(body[n + 1].span.start, end), None, asks=False))
    return turns
