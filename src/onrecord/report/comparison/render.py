"""A comparison as text for the terminal, as JSON, and as a page with the two sides next to each
other."""

from collections.abc import Iterator

import msgspec
from markupsafe import Markup

from ... import __version__
from .. import visible
from ..html import PAGES, asset, digest
from ..notes import short
from ..summary import count
from ..voices import KINDS
from ..web import Web
from .diff import Comparison, Part, Statement, counts, mark

STYLES = ("base.css", "compare.css")


def as_json(made: Comparison, *, no_text: bool = False) -> str:
    """The comparison as one JSON document, its counts in front."""
    value = {"counts": counts(made), **msgspec.to_builtins(made)}
    if no_text:
        value.update(title_first="", title_second="")
        for pair in value["pairs"]:
            pair["parts"] = []
            for side in ("first", "second"):
                if pair[side]:
                    pair[side].update(words="", voice="")
        for change in value["figures"]:
            change.update(before=[], after=[], parts=[])
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def as_text(made: Comparison, *, no_text: bool = False) -> str:
    """What differs, for the terminal: `[-first-]` is only in the first, `{+second+}` in the
    second."""
    return "\n".join(_lines(made, no_text)) + "\n"


def _lines(made: Comparison, no_text: bool) -> Iterator[str]:
    first, second = visible(made.first), visible(made.second)
    for pair in made.pairs:
        if pair.status == "same":
            continue
        one, two = pair.first, pair.second
        if one and two:
            what = "quotation changed" if pair.quotation else pair.status
            yield f"{what}: {first}:{one.line}, {second}:{two.line}"
            if no_text:
                continue
            if pair.status == "other voice":
                yield f"   | {_voice(one)} » {_voice(two)}"
            yield f"   | {diff_text(pair.parts) if pair.parts else _said(one)}"
        elif one or two:
            only = one or two
            assert only is not None
            yield f"{pair.status}: {first if one else second}:{only.line}"
            if not no_text:
                yield f"   | {_voice(only)}: {_said(only)}"
    for change in made.figures:
        yield f"figures changed: {first}:{change.line_first}, {second}:{change.line_second}"
        if not no_text:
            yield f"   | {diff_text(change.parts)}"
    c = counts(made)
    both = c["same"] + c["reworded"] + c["other voice"]
    if both == c["same"] and not any(n for name, n in c.items() if name != "same"):
        yield f"{first}, {second}: {count(both, 'statement')} in both; no word differs."
        return
    yield (
        f"{first}, {second}: {count(both, 'statement')} in both ({c['reworded']} reworded,"
        f" {c['other voice']} with another voice), {c['only first']} only in the first,"
        f" {c['only second']} only in the second; {count(c['quotations changed'], 'quotation')} and"
        f" {count(c['figures changed'], 'sentence')} with figures changed."
    )


def _voice(statement: Statement) -> str:
    return visible(f"{short(statement.voice, 60)} ({KINDS[statement.kind][0]})")


def _said(statement: Statement) -> str:
    return visible(short(statement.words, 160))


def diff_text(parts: tuple[Part, ...]) -> str:
    """A word diff that reads without colour."""
    marks = {"same": "{}", "first": "[-{}-]", "second": "{{+{}+}}"}
    shown = ""
    for kind, words in parts:
        bare = words.rstrip()
        shown += marks[kind].format(bare) + words[len(bare) :]
    return visible(shown.replace("\n", " "))


def compare_page(made: Comparison, *, no_text: bool = False, web: Web | None = None) -> str:
    """The comparison as a page of its own, two columns; one file, no script."""
    style = compare_style()
    c = counts(made)
    return PAGES.get_template("compare.html").render(
        made=made,
        counts=c,
        both=c["same"] + c["reworded"] + c["other voice"],
        mark=mark,
        kinds=KINDS,
        no_text=no_text,
        web=web,
        version=__version__,
        style=Markup(style),
        policy=compare_policy(web),
    )


def compare_style() -> str:
    """The comparison's style sheet."""
    return "".join(map(asset, STYLES))


def compare_policy(web: Web | None = None) -> str:
    """The Content-Security-Policy of the comparison: its style by hash, nothing else."""
    forms = "'self'" if web else "'none'"
    return (
        f"default-src 'none'; style-src {digest(compare_style())}; base-uri 'none';"
        f" form-action {forms}"
    )
