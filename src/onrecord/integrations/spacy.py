"""spaCy's pipe: `nlp.add_pipe("onrecord")` gives a `Doc` its attributions and sources.

The document's text is read as it stands and analysed by onrecord itself, so any pipeline will do, a
blank one too. What is found are plain dictionaries with offsets in code points of `doc.text`, which
survive `to_bytes`, `DocBin(store_user_data=True)` and `nlp.pipe(n_process=…)`; `doc.spans` has the
same stretches in tokens, widened to whole tokens where they part one.
"""

from typing import Any, cast

import msgspec
from spacy.language import Language
from spacy.tokens import Doc, Span, SpanGroup

from ..extract import Engine, analyse
from ..ingest import read_text
from ..linter import lint
from ..records import Analysis

NAME = "onrecord"
DEFAULTS = {"engine": None, "outlet": None, "findings": False}


@Language.factory(
    NAME,
    default_config=DEFAULTS,
    assigns=["doc._.attributions", "doc._.sources", "doc._.findings", "doc.spans"],
    retokenizes=False,
)
def make(
    nlp: Language, name: str, engine: Engine | None, outlet: str | None, findings: bool
) -> "Pipe":
    """The component. `engine` and `outlet` as for `analyse`; `findings` has the rules run too."""
    return Pipe(engine, outlet, findings)


class Pipe:
    """The component: a document in, the same document with what onrecord found."""

    def __init__(
        self, engine: Engine | None = None, outlet: str | None = None, findings: bool = False
    ) -> None:
        self._engine, self._outlet, self._findings = engine, outlet, findings
        register()

    def __call__(self, doc: Doc) -> Doc:
        """Set `doc._.attributions`, `doc._.sources`, `doc._.findings` and `doc.spans`."""
        register()
        if not doc.text.strip():
            doc._.attributions, doc._.sources, doc._.findings = [], [], []
            doc.spans[NAME] = SpanGroup(doc, name=NAME)
            return doc
        article = read_text(doc.text, outlet=self._outlet)
        shift = _shift(doc.text, article.text)
        analysis = analyse(article, engine=self._engine)
        doc._.attributions = _attributions(analysis, shift)
        doc._.sources = _moved(_plain(analysis.sources), shift)
        doc._.findings = []
        if self._findings:
            made = lint(analysis).findings
            doc._.findings = _moved(_plain(made), shift)
        doc.spans[NAME] = _spans(doc)
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing is learned here; the model is the package's own."""
        return b""

    def from_bytes(self, _data: bytes, **_: Any) -> "Pipe":
        """As it is."""
        return self

    def to_disk(self, _path: Any, **_: Any) -> None:
        """Nothing is written."""

    def from_disk(self, _path: Any, **_: Any) -> "Pipe":
        """As it is."""
        return self


def _plain(value: Any) -> Any:
    """Records as dictionaries and lists: what spaCy's own serialising knows."""
    return msgspec.json.decode(msgspec.json.encode(value))


def register() -> None:
    """Make `doc._.attributions`, `doc._.sources` and `doc._.findings` known, once a process."""
    for name in ("attributions", "sources", "findings"):
        if not Doc.has_extension(name):
            Doc.set_extension(name, default=None)


def _shift(given: str, text: str) -> int | list[int]:
    """How far an article's offsets lie behind the document's; a list where it isn't one number.

    Reading drops a leading byte order mark and the carriage returns of line ends.
    """
    if given == text:
        return 0
    places, at = [], len(given) - len(given.removeprefix("\ufeff"))
    for character in text:
        if character == "\n" and given.startswith("\r\n", at):
            at += 1
        places.append(at)
        at += 1
    return [*places, at]


def _moved(value: Any, shift: int | list[int]) -> Any:
    """The same with every span, a pair of numbers, at its place in the document."""
    if isinstance(shift, int):
        return value
    if isinstance(value, (list, tuple)):
        if len(value) == 2 and all(type(v) is int for v in value):
            start, end = cast("list[int]", list(value))
            return [shift[start], shift[end - 1] + 1 if end > start else shift[start]]
        return [_moved(inner, shift) for inner in value]
    if isinstance(value, dict):
        return {key: _moved(inner, shift) for key, inner in value.items()}
    return value


def _attributions(analysis: Analysis, shift: int | list[int]) -> list[dict[str, Any]]:
    """The attributions, each with its voice looked up: name, kind, title, gender."""
    rows = []
    for statement in analysis.statements():
        row = _moved(_plain(statement.attribution), shift)
        row["speaker"], row["kind"] = statement.speaker, statement.kind
        row["title"], row["gender"] = statement.title, statement.gender
        rows.append(row)
    return rows


def _spans(doc: Doc) -> SpanGroup:
    """The statements, mentions and cues as spans, labelled, with the attribution's id."""
    spans: list[Span] = []
    for row in doc._.attributions:
        stretches = [("STATEMENT", part) for part in row["content"]]
        stretches += [(n, row[k]) for n, k in (("SOURCE", "source"), ("CUE", "cue")) if row[k]]
        for label, (start, end) in stretches:
            span = doc.char_span(
                start, end, label=label, span_id=row["id"], alignment_mode="expand"
            )
            if span is not None:
                spans.append(span)
    return SpanGroup(doc, name=NAME, spans=spans)


register()
