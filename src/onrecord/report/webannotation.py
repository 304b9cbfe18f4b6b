"""An analysis as W3C Web Annotations in JSON-LD: what annotation tools and libraries exchange.

A collection an article, with a page of annotations: each statement, the mention of who says it, and
its cue. Positions count code points of the article's text, half-open, as the standard has them; the
words with some before and after stand beside them, for finding them again in a page.
"""

from typing import Any

from .. import __version__
from ..records import Analysis, Attribution, Span
from ..text.spans import text_of
from . import uri

CONTEXT = ["http://www.w3.org/ns/anno.jsonld", {"onrecord": "urn:onrecord:ns#"}]
AROUND = 32
"""Code points before and after that a quotation selector carries."""


def collection(analysis: Analysis, *, no_text: bool = False) -> dict[str, Any]:
    """The annotations of one article; without its words where `no_text` is asked for."""
    article = analysis.article
    base = f"urn:onrecord:{article.id}"
    target = _Targets(analysis, no_text)
    sources = {source.id: source for source in analysis.sources}
    items = []
    for a in analysis.attributions:
        source = sources.get(a.source_id or "")
        tags = [
            _body("classifying", source.kind if source else "nobody"),
            _body("tagging", a.stance),
            _body("tagging", a.form),
        ]
        if source and source.name and not no_text:
            tags.insert(0, _body("identifying", source.name))
        row = {
            "id": f"{base}:{a.id}",
            "type": "Annotation",
            "motivation": "classifying",
            "body": tags,
            "target": [target(span) for span in a.content],
            "onrecord:confidence": a.confidence,
        }
        if a.parent:
            row["onrecord:within"] = {"id": f"{base}:{a.parent}"}
        items.append(row)
        items += _parts(base, a, target)
    page = {"type": "AnnotationPage", "id": f"{base}:page", "startIndex": 0, "items": items}
    return {
        "@context": CONTEXT,
        "id": base,
        "type": "AnnotationCollection",
        "label": "attributions" if no_text else f"attributions in {article.input}",
        "generator": {"id": "urn:onrecord", "type": "Software", "name": f"onrecord {__version__}"},
        "total": len(items),
        "first": page,
    }


def _parts(base: str, a: Attribution, target: "_Targets") -> list[dict[str, Any]]:
    """The mention and the cue of a statement, each linked to it."""
    made = []
    for name, span in (("source", a.source), ("cue", a.cue)):
        if span is not None:
            made.append(
                {
                    "id": f"{base}:{a.id}:{name}",
                    "type": "Annotation",
                    "motivation": "linking",
                    "body": [
                        _body("tagging", name),
                        {
                            "type": "SpecificResource",
                            "source": f"{base}:{a.id}",
                            "purpose": "linking",
                        },
                    ],
                    "target": [target(span)],
                }
            )
    return made


def _body(purpose: str, value: str) -> dict[str, Any]:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


class _Targets:
    """Stretches of the article as targets of annotations."""

    def __init__(self, analysis: Analysis, no_text: bool) -> None:
        article = analysis.article
        self._text, self._bare = article.text, no_text
        self._source = uri(article.path or article.input)
        if article.url and not no_text:
            self._source = article.url

    def __call__(self, span: Span) -> dict[str, Any]:
        """A stretch by its position, and by its words."""
        position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
        quoted = {
            "type": "TextQuoteSelector",
            "exact": text_of(self._text, span),
            "prefix": self._text[max(0, span.start - AROUND) : span.start],
            "suffix": self._text[span.end : span.end + AROUND],
        }
        selectors: list[dict[str, Any]] = [position] if self._bare else [position, quoted]
        return {"type": "SpecificResource", "source": self._source, "selector": selectors}
