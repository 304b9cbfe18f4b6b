"""Records as HTML, for notebooks: the article with its statements marked, the findings as a table.

Plain HTML without scripts, every word of the article escaped; the reading view is elsewhere.
"""

from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .analysis import Analysis
    from .article import Article
    from .lint import Lint

MAX_CHARS = 20_000
"""Code points of an article that a cell shows."""
_CARD = "max-width:46em;line-height:1.5;font-family:system-ui,sans-serif"
_MARK = "background:{};border-radius:2px;padding:0 1px;color:#111"
_COLOURS = {
    "person": "#d7e8d4", "spokesperson": "#dbe6f3", "organisation": "#dbe6f3",
    "document": "#e7e3f1", "outlet": "#e7e3f1", "author": "#eeeeee", "group": "#fbe9c6",
    "anonymous": "#fbd9d3", "unknown": "#eeeeee",
}  # fmt: skip
_NOBODY = "#eeeeee"
_SEVERITY = {"error": "#b3261e", "warning": "#8a5a00", "note": "#3a5f8a"}


def article(given: "Article") -> str:
    """An article: where it is from, its headline and paragraphs."""
    about = [given.outlet, given.published.isoformat() if given.published else None, given.url]
    head = " · ".join(escape(str(part)) for part in (given.input, *about) if part)
    return _card(head, _blocks(given, []))


def analysis(given: "Analysis") -> str:
    """An analysis: the article with its statements marked by who says them, and the voices."""
    sources = {source.id: source for source in given.sources}
    marks = []
    for a in given.attributions:
        source = sources.get(a.source_id or "")
        kind = source.kind if source else "nobody"
        name = (source.name if source else None) or kind
        told = f"{a.id}: {name} ({kind}) {a.stance}, {a.form}, confidence {a.confidence:.2f}"
        colour = _COLOURS.get(kind, _NOBODY)
        marks += [(span.start, span.end, colour, told) for span in a.content]
    counts = (
        f"{len(given.attributions)} statements, {len(given.sources)} sources,"
        f" {given.model.name} {given.model.version}"
    )
    head = f"{escape(given.article.input)} · {escape(counts)}"
    return _card(head, _blocks(given.article, marks))


def lint(given: "Lint") -> str:
    """The findings of an article as a table."""
    rows = "".join(
        f"<tr><td>{f.line}:{f.column}</td>"
        f'<td style="color:{_SEVERITY[f.severity]}">{escape(f.severity)}</td>'
        f"<td><code>{escape(f.code)}</code></td>"
        f'<td style="text-align:left">{escape(f.message)}</td></tr>'
        for f in given.findings
    )
    number = len(given.findings)
    head = f"{escape(given.analysis.article.input)} · {number} finding{'s' * (number != 1)}"
    if given.dismissed:
        head += f", {len(given.dismissed)} dismissed"
    titles = "<tr><th>place</th><th>severity</th><th>rule</th><th>message</th></tr>"
    return _card(
        head, f"<table><thead>{titles}</thead><tbody>{rows}</tbody></table>" if rows else ""
    )


def _card(head: str, body: str) -> str:
    return f'<div style="{_CARD}"><p><small>{head}</small></p>{body}</div>'


def _blocks(given: "Article", marks: list[tuple[int, int, str, str]]) -> str:
    out, left = [], MAX_CHARS
    for block in given.blocks:
        if left <= 0:
            out.append("<p>…</p>")
            break
        start, end = block.span.start, min(block.span.end, block.span.start + left)
        left -= end - start
        words = _marked(given.text, start, end, marks)
        tag = "h4" if block.role == "headline" else "p"
        out.append(f"<{tag}>{words}</{tag}>")
    return "".join(out)


def _marked(text: str, start: int, end: int, marks: list[tuple[int, int, str, str]]) -> str:
    """Some of a text with the innermost statement of each stretch marked."""
    inside = [m for m in marks if m[0] < end and m[1] > start]
    cuts = sorted({start, end, *(c for m in inside for c in m[:2] if start < c < end)})
    out = []
    for a, b in zip(cuts, cuts[1:], strict=False):
        words = escape(text[a:b])
        over = [m for m in inside if m[0] <= a and b <= m[1]]
        if over:
            _, _, colour, told = min(over, key=lambda m: m[1] - m[0])
            style = _MARK.format(colour)
            words = f'<span style="{style}" title="{escape(told, quote=True)}">{words}</span>'
        out.append(words)
    return "".join(out)
