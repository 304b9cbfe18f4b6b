"""
## What it finds
Evaluative or sensational words in the reporter's own voice.

## Why it matters
A reader should be shown what happened, and left to judge it.

## Fires on
The ⟦shocking⟧ closure of the bridge came on Monday.

## Stays silent on
The police found an explosive device below the bridge.

The car held an explosive called Borite.

[s1 person=Ann_Lee Ann Lee] [c1 called the closure] [q1 shocking].

The bridge closed on Monday.

The school's lessons about evil began in May.

The play tells of a vile ferryman.

I crossed the bridge on Monday. My shoes were wet. It was shocking to me.

## Known misses
Irony, and words that judge only in context. A writer who says "I" or "we" three times writes a column, and a sentence
on a book or a film tells what is in it: both are left alone.

## Options
`words`: further words of the house.
"""  # noqa: E501

import re
from collections.abc import Iterator, Sequence

from ...language.en.lexicon import lexicon
from ...query.lookup import embedded
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Span
from .. import option, rule

_PLAIN = re.compile(
    r"explosive (?:devices?|powers?|belts?|vests?|materials?|charges?|ordnance|yield|substances?"
    r"|residues?|traces?|chemicals?|gas(?:es)?|mixtures?|fuels?|experts?|eruptions?|detection"
    r"|disposal|laden|packages?|rounds?|reactions?)\b"
    r"|(?:(?<=\ban )|(?<=the )|(?<=plastic )|(?<=high ))explosive(?=[.,;:)]| (?:called|named|known"
    r"|that|which|was|is|in|of|used|made|found|and|from|on)\b)"
    r"|(?<=No )Evil\b|(?<=the )evil eye\b|(?:(?<=about )|(?<=of )|(?<=against )|(?<=between )"
    r"|(?<=with )|(?<=for )|(?<=by )|(?<=and )|(?<=from ))evil\b|evil\b(?!\s{1,20}(?!(?:and|or|but"
    r"|in|of|is|was|to|that|as|on|at|by|can|has|had|will|with|from|into|for)\b)[a-z])"
    r"|(?<=a )bombshell (?:costume|blonde?)\b|(?<=blonde )bombshell\b|(?<=blond )bombshell\b",
    re.IGNORECASE,
)
"""Uses that name a thing, a title or an idea and judge nobody."""
_FICTION = re.compile(
    r"\b(?:novels?|films?|movies?|plays?|dramas?|sitcoms?|characters?|villains?|plots?|thrillers?"
    r"|operas?|comics?|musicals?|stories|fable|fiction\w{0,40}|actors?|actress\w{0,40}|playwright"
    r"|documentar(?:y|ies)|albums?|exhibitions?|paintings?|songs?|concerts?|memoirs?|books?)\b",
    re.IGNORECASE,
)
_MYSELF = re.compile(r"\b(?:I|I['’](?:m|ve|d|ll)|[Mm]y|me|[Ww]e|[Oo]ur|us)\b")
COLUMN = 3
"""How often a writer who says "I" or "we" makes an article a column, where judging is the trade."""


@rule(
    code="LAN901",
    name="loaded-language",
    message="“{word}” judges in the reporter's own voice. Ask: what happened, in plain words?",
    severity="note",
    status="preview",
    scope="reporter",
    standards=("reuters", "wikipedia"),
    options={"words": []},
)
def check(context: Context) -> Iterator[Hit]:
    text = context.analysis.article.text
    own = {str(w).lower() for w in option(context, check, "words")}
    own |= {w.lower() for w in context.settings.loaded}
    listed = lexicon("judgement", "loaded") | own
    others = embedded(text)
    found = [m for m in re.finditer(r"[\w-]{1,40}", text) if m.group().lower() in listed]
    if not found or _column(context.analysis):
        return
    for match in found:
        span = Span(*match.span())
        if _PLAIN.match(text, span.start) or _inside(others, span):
            continue
        sentence = context.analysis.sentences[sentence_at(context.analysis, span.start)]
        if span.start >= sentence.end or not _FICTION.search(text, sentence.start, sentence.end):
            yield Hit(span=span, values={"word": match.group()})


def _inside(spans: Sequence[Span], place: Span) -> bool:
    return any(s.start <= place.start and place.end <= s.end for s in spans)


def _column(analysis: Analysis) -> bool:
    """Whether the writer speaks of himself or herself: an opinion piece, an essay, a diary."""
    text = analysis.article.text
    said = [s for a in analysis.attributions if a.source for s in a.content]
    said += [q.span for q in analysis.quotes] + embedded(text)
    count = 0
    for match in _MYSELF.finditer(text):
        count += not _inside(said, Span(*match.span()))
        if count >= COLUMN:
            return True
    return False
