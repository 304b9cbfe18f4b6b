"""A rule's page as HTML: for the reading view and the server.

The page is the rule's docstring, ours and Markdown; its marked examples are shown as a reader would
see them, with the words that the rule fires on highlighted.
"""

import json
import re
from functools import cache
from importlib.resources import files

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ..data.precision import sentence
from ..records import Rule
from ..rules import all_rules
from ..testing import parse

_SECTION = re.compile(r"^## (?P<title>.+)$", re.M)
_EXAMPLES = ("Fires on", "Stays silent on")
_FIRST = 3
"""Heading level of a page's sections, below the page that shows them."""


@cache
def rule_html(code: str) -> Markup:
    """The page of a rule, its headings from level 3; empty for a code that no rule has."""
    rule = next((r for r in all_rules() if r.code == code), None)
    if rule is None:
        return Markup("")
    measured = Markup("<h{0}>Measured</h{0}>\n<p>{1}</p>").format(_FIRST, sentence(code))
    return Markup("\n").join([*_sections(rule), _standards(rule), measured])


def _sections(rule: Rule) -> list[Markup]:
    parts = _SECTION.split(rule.page)
    out = [_markdown(parts[0])] if parts[0].strip() else []
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        shown = _examples(body) if title.strip() in _EXAMPLES else _markdown(body)
        out.append(Markup("<h{0}>{1}</h{0}>\n{2}").format(_FIRST, title.strip(), shown))
    return out


def _markdown(text: str) -> Markup:
    """Markdown without raw HTML; its headings are never higher than the page's own."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text.strip()))


def _examples(body: str) -> Markup:
    """Each example in a quotation block, the marks gone, what fires highlighted."""
    shown = []
    for example in re.split(r"\n\s*\n", body.strip()):
        try:
            analysis, expected = parse(example.strip())
        except (ValueError, KeyError):
            shown.append(_markdown(example))
            continue
        text, last, out = analysis.article.text, 0, Markup("")
        for span in expected:
            if span.start >= last:
                out += escape(text[last : span.start])
                out += Markup("<mark>{}</mark>").format(text[span.start : span.end])
                last = span.end
        out += escape(text[last:])
        shown.append(Markup("<blockquote>{}</blockquote>").format(out))
    return Markup("\n").join(shown)


def _standards(rule: Rule) -> Markup:
    known = json.loads((files("onrecord") / "data" / "standards.json").read_text("utf-8"))
    if not rule.standards:
        return Markup("")
    rows = [_markdown(f"- {known[key]}") for key in rule.standards if key in known]
    return Markup("<h{0}>Standards</h{0}>\n").format(_FIRST) + Markup("").join(rows)
