"""An analysis as rows of the tables of a corpus: plain dictionaries, a key a column.

What the columns mean stands in `batch.schemas`, whose tables have these rows.
"""

from typing import TYPE_CHECKING, Any

from .article import Problem, Span

if TYPE_CHECKING:
    from .analysis import Analysis, Source
    from .lint import Lint

Row = dict[str, Any]


def article_row(analysis: "Analysis", *, no_text: bool = False) -> Row:
    """The article's row; `place`, `section` and `findings` are left to whoever read it."""
    article = analysis.article
    head = next((b.span for b in article.blocks if b.role == "headline"), None)
    return {
        "id": article.input,
        "place": article.input,
        "text_id": article.id,
        "title": _words(article.text, head, no_text),
        "url": article.url,
        "outlet": article.outlet,
        "date": article.published,
        "section": None,
        "authors": list(article.authors),
        "language": article.language,
        "words": len(article.text.split()),
        "statements": len(analysis.attributions),
        "sources": len(analysis.sources),
        "findings": None,
        "text": None if no_text else article.text,
    }


def statement_rows(analysis: "Analysis", *, no_text: bool = False) -> list[Row]:
    """A row a statement, in the order of the analysis."""
    article, text = analysis.article, analysis.article.text
    sources = {source.id: source for source in analysis.sources}
    genders = _genders(analysis)
    rows = []
    for a in analysis.attributions:
        source = sources.get(a.source_id or "")
        said = " … ".join(_cut(text, span) for span in a.content)
        rows.append(
            {
                "article_id": article.input,
                "id": a.id,
                "words": None if no_text else said,
                "length": _length(text, a.content),
                "speaker": source.name if source else None,
                "source_id": a.source_id,
                "kind": source.kind if source else None,
                "gender": genders.get(a.source_id or ""),
                "title": source.title if source else None,
                "form": a.form,
                "stance": a.stance,
                "parent": a.parent,
                "withheld": source.withheld if source else None,
                "plural": source.plural if source else None,
                "reason": _words(text, source.reason if source else None, no_text),
                "mention": _words(text, a.source, no_text),
                "cue": _words(text, a.cue, no_text),
                "start": a.content[0].start,
                "end": a.content[-1].end,
                "spans": [{"start": s.start, "end": s.end} for s in a.content],
                "confidence": a.confidence,
                "outlet": article.outlet,
                "date": article.published,
            }
        )
    return rows


def source_rows(analysis: "Analysis", *, no_text: bool = False) -> list[Row]:
    """A row a source, in the order of the analysis."""
    article, text = analysis.article, analysis.article.text
    genders = _genders(analysis)
    said: dict[str, list[int]] = {}
    for a in analysis.attributions:
        if a.source_id:
            # What stands in another statement is counted there, under whoever says all of it.
            counted = 0 if a.parent else _length(text, a.content)
            said.setdefault(a.source_id, []).append(counted)

    def row(source: "Source") -> Row:
        return {
            "article_id": article.input,
            "id": source.id,
            "kind": source.kind,
            "name": source.name,
            "title": source.title,
            "gender": genders.get(source.id),
            "withheld": source.withheld,
            "plural": source.plural,
            "reason": _words(text, source.reason, no_text),
            "justification": _words(text, source.justification, no_text),
            "contact": _words(text, source.contact, no_text),
            "mentions": len(source.mentions),
            "statements": len(said.get(source.id, ())),
            "length": sum(said.get(source.id, ())),
            "confidence": source.confidence,
            "outlet": article.outlet,
            "date": article.published,
        }

    return [row(source) for source in analysis.sources]


def finding_rows(made: "Lint", *, no_text: bool = False) -> list[Row]:
    """A row a finding that nobody set aside, in the order of the text."""
    article = made.analysis.article
    return [
        {
            "article_id": article.input,
            "code": f.code,
            "name": f.name,
            "severity": f.severity,
            "start": f.span.start,
            "end": f.span.end,
            "line": f.line,
            "column": f.column,
            "message": f.name.replace("-", " ") if no_text else f.message,
            "related": [
                {"start": r.span.start, "end": r.span.end, "label": r.label} for r in f.related
            ],
            "confidence": f.confidence,
            "fingerprint": f.fingerprint,
            "outlet": article.outlet,
            "date": article.published,
        }
        for f in made.findings
    ]


def problem_row(problem: Problem, article_id: str | None = None) -> Row:
    """A problem's row."""
    return {
        "place": problem.where,
        "article_id": article_id,
        "reason": problem.what,
        "remedy": problem.remedy,
        "fatal": problem.fatal,
    }


def _genders(analysis: "Analysis") -> dict[str, str | None]:
    """The gender that the text gives of each source that is one named or described person."""
    people = {person.id: person.gender for person in analysis.people}
    return {s.id: people.get(s.person_id or "") for s in analysis.sources if not s.plural}


def _cut(text: str, span: Span) -> str:
    return text[span.start : span.end]


def _words(text: str, span: Span | None, no_text: bool = False) -> str | None:
    return None if span is None or no_text else " ".join(_cut(text, span).split())


def _length(text: str, spans: tuple[Span, ...]) -> int:
    return sum(len(_cut(text, span).split()) for span in spans)
