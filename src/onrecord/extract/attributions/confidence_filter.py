"""Attributions too unsure to keep: acts that the engine half takes for statements.

Where nothing speaks ("signed", "unveiled", "is facing") an engine needs to be surer than where
somebody says something: half of such findings below the bars are acts, and no statements. What is
dropped leaves no gap in the numbering, and what stood inside it stands by itself.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence

import msgspec

from ...language.en.verbs import SPEECH_CUE
from ...records import Attribution, Block, Span

CLAUSE = 0.3
"""Least confidence in a clause ("that", "to", "whether") that no verb of saying introduces."""
PHRASE = 0.45
"""The same for what is no clause: "signed | the new harbour bill"."""
WORD = 0.65
"""The same for a single word: "attacked | him". Bars chosen on PolNeAR's development part."""
_WITHHOLDS = re.compile(
    r"(?:that (?:he|she|they) )?(?:not )?(?:to )?(?:be|remain) (?:named|identified|anonymous"
    r"|unnamed|quoted by name)\b"
    r"|(?:for )?anonymity\b"
)
"""What a source asks for, and says nothing by: it is a reason, which `notes` reads."""
_QUOTED_LINE = re.compile(r"[“\"‘'][^“”\"\n]*[^\s.,!?…:;“”\"’'\n][”\"’']")
_CLAUSE = re.compile(r"(?:that|whether|if|how|why|what|to)\b")


def filter_unsure(
    text: str, attributions: Sequence[Attribution], blocks: Sequence[Block] = ()
) -> tuple[Attribution, ...]:
    """The attributions that are sure enough, numbered anew in their order.

    A subheading that a statement ran on into is cut off it.
    """
    headings = [b.span for b in blocks[1:] if _subheading(text[b.span.start : b.span.end])]
    quoted = [b.span for b in blocks[1:] if _quoted_heading(text[b.span.start : b.span.end])]
    attributions = [_cut(text, row, headings + quoted) for row in attributions]
    names: dict[str, str] = {}
    asides: set[str] = set()
    for row in attributions:
        heading = next((span for span in quoted if _inside(row.content, span)), None)
        announced = heading and row.source and _inside((row.source,), heading)
        nobodys = (heading and not announced) or _WITHHOLDS.match(text, row.content[0].start)
        if row.parent in asides or nobodys:
            asides.add(row.id)
        elif is_confident(text, row):
            names[row.id] = f"a{len(names) + 1}"
    return tuple(
        msgspec.structs.replace(row, id=names[row.id], parent=names.get(row.parent or ""))
        for row in attributions
        if row.id in names
    )


def _subheading(line: str) -> bool:
    """Whether a line is too short for a paragraph and ends like none: "What the plan says"."""
    return len(line.split()) <= 8 and not re.search(r"[.!?:;,…)]|[”\"]$", line[-2:])


def _quoted_heading(line: str) -> bool:
    """Whether a line is nothing but a few words in quotation marks, without a stop: a
    subheading."""
    return len(line.split()) <= 10 and bool(_QUOTED_LINE.fullmatch(line))


def _inside(spans: Sequence[Span], outer: Span) -> bool:
    return all(outer.start <= s.start and s.end <= outer.end for s in spans)


def _cut(text: str, row: Attribution, headings: Sequence[Span]) -> Attribution:
    """An attribution without the subheadings in its content, unless its source or all of it is
    there."""
    content = list(row.content)
    first = bisect_right(headings, content[0].start, key=lambda h: h.end)
    for heading in headings[first:]:
        if heading.start >= content[-1].end:
            break
        if any(s and heading.start <= s.start < heading.end for s in (row.source, row.cue)):
            continue
        pieces = []
        for span in content:
            if not (span.start < heading.end and heading.start < span.end):
                pieces.append(span)
                continue
            before = text[span.start : max(span.start, heading.start)].rstrip()
            after = text[min(span.end, heading.end) : span.end].lstrip()
            pieces += [Span(span.start, span.start + len(before))] if before else []
            pieces += [Span(span.end - len(after), span.end)] if after else []
        content = pieces or content
    return (
        row
        if content == list(row.content)
        else msgspec.structs.replace(row, content=tuple(content))
    )


def is_confident(text: str, row: Attribution) -> bool:
    """Whether an attribution is surer than its kind of cue and content asks for."""
    if row.form != "indirect" or row.cue is None:
        return True
    if SPEECH_CUE.search(text, row.cue.start, row.cue.end):
        return True
    content = text[row.content[0].start : row.content[-1].end]
    if len(content.split()) < 2:
        return row.confidence >= WORD
    return row.confidence >= (CLAUSE if _CLAUSE.match(content) else PHRASE)
