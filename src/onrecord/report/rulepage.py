"""A rule's page as HTML for the reading view and the server, as Markdown for other tools and the
docs, as text for the terminal.

The page is the rule's docstring, ours and Markdown; its marked examples are shown as a reader would
see them, with the words that the rule fires on highlighted.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import islice

from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ..config import standards
from ..data.precision import figures, sentence
from ..records import Rule
from ..rules import all_rules
from ..testing import parse
from .paint import PLAIN, Paint

_SECTION = re.compile(r"^## (?P<title>.+)$", re.M)
_EXAMPLES = ("Fires on", "Stays silent on")
MAX_EXAMPLES = 3
"""Examples of a section that other tools are given."""
_WIDTH = 80
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


@cache
def rule_markdown(code: str, most: int | None = MAX_EXAMPLES) -> str:
    """The page of a rule as Markdown, the notation of its examples gone; what fires is bold.

    `most` is how many examples a section shows, None for all. Empty for a code that no rule has.
    """
    rule = next((r for r in all_rules() if r.code == code), None)
    if rule is None:
        return ""
    out = []
    for title, body, examples in _titled(rule):
        quoted = [_quoted(parts) for parts in islice(_read(body), most)] if examples else [body]
        shown = "\n\n".join(quoted)
        out.append(f"## {title}\n\n{shown}" if title else shown)
    return "\n\n".join([*out, f"## Measured\n\n{sentence(code)}"]) + "\n"


def _titled(rule: Rule) -> Iterator[tuple[str, str, bool]]:
    """The sections of a page: title, text, and whether the text is examples."""
    parts = _SECTION.split(rule.page)
    if parts[0].strip():
        yield "", parts[0].strip(), False
    for title, body in zip(parts[1::2], parts[2::2], strict=True):
        yield title.strip(), body.strip(), title.strip() in _EXAMPLES


def _read(body: str) -> Iterator[list[tuple[str, bool]]]:
    """The examples of a section, each in parts: its words, and whether the rule fires on them."""
    for example in re.split(r"\n\s*\n", body):
        try:
            analysis, expected = parse(example.strip())
        except (ValueError, KeyError):
            continue
        text, last = analysis.article.text, 0
        parts: list[tuple[str, bool]] = []
        for span in expected:
            if span.start >= last:
                parts += [(text[last : span.start], False), (text[span.start : span.end], True)]
                last = span.end
        yield [*parts, (text[last:], False)]


def _quoted(parts: Sequence[tuple[str, bool]]) -> str:
    """An example as a quotation in Markdown."""
    words = "".join(f"**{part}**" if fires else part for part, fires in parts)
    return "\n".join(f"> {line}".rstrip() for line in words.split("\n"))


def rule_text(rule: Rule, paint: Paint = PLAIN) -> str:
    """The page of a rule for a terminal: each example a quotation, what fires underlined."""
    width = min(paint.width or _WIDTH, _WIDTH)
    facts = f"{rule.severity}, {rule.status}, since {rule.since}"
    out = [f"{paint('strong', rule.code)} {rule.name} ({facts})"]
    for title, body, examples in _titled(rule):
        out += ["", paint("strong", title)] if title else [""]
        if examples:
            shown = ["\n".join(_underlined(parts, width - 4, paint)) for parts in _read(body)]
            out.append("\n\n".join(shown))
        else:
            out += [_folded(part, width) for part in re.split(r"\n(?=\s*[-*] |\s*\n)", body)]
    if rule.options:
        out += ["", paint("strong", "Options")]
        out += [_folded(f"{name} = {value!r}", width) for name, value in rule.options.items()]
    if rule.standards:
        out += ["", paint("strong", "Standards")]
        out += [_folded(f"- {standards()[key]}", width) for key in rule.standards]
    out += ["", paint("strong", "Measured"), _folded(sentence(rule.code), width)]
    return "\n".join(out) + "\n"


def _folded(words: str, width: int) -> str:
    words = " ".join(words.split())
    indent = "  " if words.startswith(("- ", "* ")) else ""
    return textwrap.fill(words, width, subsequent_indent=indent, break_long_words=False)


def _underlined(parts: Sequence[tuple[str, bool]], width: int, paint: Paint) -> Iterator[str]:
    """The lines of an example, under each one marks where the rule fires."""
    text = "".join(words for words, _ in parts)
    marks = "".join(("^" if fires else " ") * len(words) for words, fires in parts)
    at = 0
    for line in text.splitlines(keepends=True):
        start = at
        while start < at + len(line.rstrip("\n")):
            end = at + len(line.rstrip("\n"))
            if end - start > width:
                cut = text.rfind(" ", start, start + width)
                end = cut if cut > start else start + width
            yield f"  | {text[start:end]}".rstrip()
            if under := marks[start:end].rstrip():
                yield "  | " + re.sub(r"\^+", lambda m: paint("warning", m[0]), under)
            start = end + (text[end : end + 1] == " ")
        at += len(line)


def table(rules: Sequence[Rule], paint: Paint = PLAIN) -> str:
    """All rules in a table: code, severity, status, how often right, name."""
    lines = [paint("strong", f"{'code':<7}{'severity':<9}{'status':<8}{'precision':<11}name")]
    for r in rules:
        measured = figures().get(r.code)
        right = f"{measured['precision']:.2f} of {measured['judged']}" if measured else ""
        severity = paint(r.severity, f"{r.severity:<9}")
        lines.append(f"{r.code:<7}{severity}{r.status:<8}{right:<11}{r.name}")
    lines.append("precision: the share of right findings among those judged by reading")
    return "\n".join(lines) + "\n"


def _sections(rule: Rule) -> list[Markup]:
    out = []
    for title, body, examples in _titled(rule):
        shown = _examples(body) if examples else _markdown(body)
        head = Markup("<h{0}>{1}</h{0}>\n").format(_FIRST, title) if title else Markup("")
        out.append(head + shown)
    return out


def _markdown(text: str) -> Markup:
    """Markdown without raw HTML; its headings are never higher than the page's own."""
    return Markup(MarkdownIt("commonmark", {"html": False}).render(text.strip()))


def _examples(body: str) -> Markup:
    """Each example in a quotation block, the marks gone, what fires highlighted."""
    shown = []
    for parts in _read(body):
        out = Markup("").join(
            Markup("<mark>{}</mark>").format(words) if fires else escape(words)
            for words, fires in parts
        )
        shown.append(Markup("<blockquote>{}</blockquote>").format(out))
    return Markup("\n").join(shown)


def _standards(rule: Rule) -> Markup:
    if not rule.standards:
        return Markup("")
    rows = [_markdown(f"- {standards()[key]}") for key in rule.standards]
    return Markup("<h{0}>Standards</h{0}>\n").format(_FIRST) + Markup("").join(rows)
