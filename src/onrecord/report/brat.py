"""An analysis in brat's standoff format: a text, its annotations, and their configuration.

Offsets count code points of the text, half-open, as brat's do. A statement is an entity, in
fragments where it is interrupted or runs over lines; so are the mention of who says it and the cue.
"""

import re
from typing import get_args

from ..records import Analysis, Form, SourceKind, Span, Stance
from ..text.spans import text_of

_LINE = re.compile(r"[^\n]+")


def configuration() -> str:
    """What stands in a folder's `annotation.conf`."""
    kinds, stances, forms = (
        "|".join(sorted(get_args(values))) for values in (SourceKind, Stance, Form)
    )
    return "\n".join(
        [
            "[entities]", "Statement", "Source", "Cue", "", "[relations]",
            "Said_by\tArg1:Statement, Arg2:Source", "Cued_by\tArg1:Statement, Arg2:Cue",
            "Within\tArg1:Statement, Arg2:Statement",
            "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>", "", "[events]", "",
            "[attributes]", f"Stance\tArg:Statement, Value:{stances}",
            f"Form\tArg:Statement, Value:{forms}", f"Kind\tArg:Source, Value:{kinds}",
            "Withheld\tArg:Source", "Plural\tArg:Source", "",
        ]
    )  # fmt: skip


def annotations(analysis: Analysis) -> str:
    """What stands in the `.ann` file beside the article's text."""
    made = _Lines(analysis.article.text)
    sources = {source.id: source for source in analysis.sources}
    statements: dict[str, str] = {}
    described: set[str] = set()
    for a in analysis.attributions:
        entity = statements[a.id] = made.entity("Statement", a.content)
        made.attribute("Stance", entity, a.stance)
        made.attribute("Form", entity, a.form)
        if a.cue is not None:
            made.relation("Cued_by", entity, made.entity("Cue", (a.cue,)))
        source = sources.get(a.source_id or "")
        if a.source is None:
            continue
        mention = made.entity("Source", (a.source,))
        made.relation("Said_by", entity, mention)
        if source is not None and mention not in described:
            described.add(mention)
            made.attribute("Kind", mention, source.kind)
            for name in ("withheld", "plural"):
                if getattr(source, name):
                    made.attribute(name.capitalize(), mention)
            if source.name:
                made.note(mention, source.name)
    for a in analysis.attributions:
        if a.parent in statements:
            made.relation("Within", statements[a.id], statements[a.parent])
    return made.written()


class _Lines:
    """Lines of a `.ann` file, numbered by their kind."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._lines: list[str] = []
        self._counts = {"T": 0, "R": 0, "A": 0, "#": 0}
        self._known: dict[tuple[str, tuple[Span, ...]], str] = {}

    def _add(self, kind: str, words: str) -> str:
        self._counts[kind] += 1
        number = f"{kind}{self._counts[kind]}"
        self._lines.append(f"{number}\t{words}\n")
        return number

    def entity(self, name: str, spans: tuple[Span, ...]) -> str:
        """The number of some words, which are written down once under a name."""
        if name != "Statement" and (name, spans) in self._known:
            return self._known[name, spans]
        parts = [
            Span(*match.span())
            for span in spans
            for match in _LINE.finditer(self._text, span.start, span.end)
        ]
        places = ";".join(f"{part.start} {part.end}" for part in parts)
        words = " ".join(text_of(self._text, part) for part in parts)
        number = self._known[name, spans] = self._add("T", f"{name} {places}\t{words}")
        return number

    def relation(self, name: str, one: str, two: str) -> None:
        """How two entities belong together."""
        self._add("R", f"{name} Arg1:{one} Arg2:{two}")

    def attribute(self, name: str, of: str, value: str = "") -> None:
        """What an entity is."""
        self._add("A", f"{name} {of} {value}".rstrip())

    def note(self, of: str, words: str) -> None:
        """A note on an entity."""
        self._add("#", f"AnnotatorNotes {of}\t{' '.join(words.split())}")

    def written(self) -> str:
        """The file."""
        return "".join(self._lines)
