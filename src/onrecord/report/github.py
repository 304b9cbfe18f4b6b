"""Workflow commands that GitHub shows beside the changed lines."""

from ..records import Lint

LEVEL = {"error": "error", "warning": "warning", "note": "notice"}


def render(lint: Lint, *, no_text: bool = False) -> str:
    """The findings of one article, a command each."""
    out = []
    for f in lint.findings:
        message = f.name.replace("-", " ") if no_text else f.message
        out.append(
            f"::{LEVEL[f.severity]} title={_value(f'{f.code} {f.name}')},"
            f"file={_value(lint.analysis.article.input)},line={f.line},col={f.column}::{_data(message)}\n"
        )
    return "".join(out)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _value(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
