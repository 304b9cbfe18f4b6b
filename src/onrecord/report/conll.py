"""An analysis a token a line, in CoNLL-U Plus: statements, sources and cues as layered IOB tags.

A token may stand in several statements, one in another: its cell then has their tags between `|`.
Each tag ends with its attribution's id; what the attribution is stands in the document's comments.
MISC has the token's place in the article's text, in code points, half-open.
"""

import re
from collections.abc import Iterable

from ..records import Analysis, Attribution, Span
from . import visible

COLUMNS = "ID FORM MISC ONRECORD:STATEMENT ONRECORD:SOURCE ONRECORD:CUE"
_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


def header() -> str:
    """The file's first line, which names its columns."""
    return f"# global.columns = {COLUMNS}\n"


def document(analysis: Analysis) -> str:
    """One article's sentences, each with a blank line behind it."""
    article, text = analysis.article, analysis.article.text
    layers = [
        _Layer((span, a) for a in analysis.attributions for span in a.content),
        _Layer((a.source, a) for a in analysis.attributions if a.source),
        _Layer((a.cue, a) for a in analysis.attributions if a.cue),
    ]
    out: list[str] = []
    for number, sentence in enumerate(analysis.sentences, 1):
        tokens = list(_TOKEN.finditer(text, sentence.start, sentence.end))
        if not tokens:
            continue
        if not out:
            out += [f"# newdoc id = {_value(article.input)}\n", *_said(analysis)]
        out.append(f"# sent_id = {number}\n")
        out.append(f"# text = {_value(text[sentence.start : sentence.end])}\n")
        for n, token in enumerate(tokens, 1):
            after = tokens[n].start() if n < len(tokens) else token.end() + 1
            misc = "SpaceAfter=No|" if after == token.end() else ""
            misc += f"TokenRange={token.start()}:{token.end()}"
            tags = [layer.tags(*token.span()) for layer in layers]
            out.append("\t".join([str(n), visible(token.group()), misc, *tags]) + "\n")
        out.append("\n")
    return "".join(out)


def _said(analysis: Analysis) -> Iterable[str]:
    """A comment for each attribution: who says it, and how."""
    sources = {source.id: source for source in analysis.sources}
    for a in analysis.attributions:
        source = sources.get(a.source_id or "")
        parts = {
            "kind": source.kind if source else "nobody",
            "source": source.id if source else "_",
            "form": a.form,
            "stance": a.stance,
            "parent": a.parent or "_",
            "confidence": f"{a.confidence:.3f}",
            "name": (source.name if source else None) or "_",
        }
        shown = "|".join(f"{key}={_value(value).replace('|', '/')}" for key, value in parts.items())
        yield f"# attribution_{a.id} = {shown}\n"


def _value(words: str) -> str:
    return visible(" ".join(words.split()))


class _Layer:
    """Spans of attributions, asked token by token in the order of the text."""

    def __init__(self, rows: Iterable[tuple[Span, Attribution]]) -> None:
        self._rows = sorted(((span.start, span.end, a.id) for span, a in rows), reverse=True)
        self._open: list[tuple[int, int, str]] = []
        self._begun: set[tuple[int, int, str]] = set()

    def tags(self, start: int, end: int) -> str:
        """The tags of a token, the outermost span's first; `_` where it has none."""
        while self._rows and self._rows[-1][0] < end:
            self._open.append(self._rows.pop())
        self._open = [row for row in self._open if row[1] > start]
        made = []
        for row in sorted(self._open, key=lambda r: (r[0], -r[1], r[2])):
            made.append(f"{'I' if row in self._begun else 'B'}-{row[2]}")
            self._begun.add(row)
        return "|".join(made) or "_"
