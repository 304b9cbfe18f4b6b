"""One line a finding: `path:line:column: CODE message`."""

from ..records import Lint
from ..text.places import display_name
from . import visible
from .paint import PLAIN, Paint


def render(lint: Lint, *, no_text: bool = False, paint: Paint = PLAIN) -> str:
    """The findings of one article, a line each."""
    name = visible(display_name(lint.analysis.article))
    return "".join(
        f"{paint('strong', name)}:{f.line}:{f.column}: {paint(f.severity, f.code)} "
        f"{visible(f.name.replace('-', ' ') if no_text else f.message)}\n"
        for f in lint.findings
    )
