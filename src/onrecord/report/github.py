"""Workflow commands that GitHub shows beside the changed lines."""

from ..records import Lint, Problem
from ..text.places import Places
from . import relative, visible

LEVEL = {"error": "error", "warning": "warning", "note": "notice"}


def render(lint: Lint, *, no_text: bool = False) -> str:
    """The findings of one article, a command each."""
    article = lint.analysis.article
    places, file = Places(article), _value(relative(article.path or article.input))
    out = [said(problem, file) for problem in article.notes]
    for f in lint.findings:
        message = f.name.replace("-", " ") if no_text else f.message
        line, column = places.in_file(f.span.start)
        out.append(
            f"::{LEVEL[f.severity]} title={_value(f'{f.code} {f.name}')},"
            f"file={file},line={line},col={column}::{_data(message)}\n"
        )
    return "".join(out)


def said(problem: Problem, file: str | None = None) -> str:
    """A command for what there is to say about an input: an error where nothing could be read."""
    level = "error" if problem.fatal else "notice"
    where = _value(relative(problem.where)) if file is None else file
    return f"::{level} title=onrecord,file={where}::{_data(f'{problem.what} {problem.remedy}')}\n"


def _data(text: str) -> str:
    escaped = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    return visible(escaped)


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
