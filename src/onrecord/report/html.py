"""The page: one self-contained file in which a person looks at an article.

Every statement is marked by what it rests on, findings stand in the margin, the register says who
speaks. Readable without script, in greyscale and in print; the text of `#article` is the article's.
What the panels hold is worked out by the modules next to this one; here it is put together.
"""

import base64
import hashlib
import json
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from .. import __version__
from ..linter import judges
from ..records import Analysis, Finding, Lint, Verification
from ..text.spans import text_of
from ..verifier import FAULTS
from .changes import Changes
from .headline import match_headline
from .notes import block_at, by_voice, concerns, notes, paragraphs, short
from .overview import overview
from .register import register
from .rulepage import rule_html
from .segments import Segment, cut_blocks, trimmed
from .summary import summary
from .timeline import panel, written
from .verdicts import called, diff, quoted, reason, where
from .voices import KINDS, Voices
from .web import Web

__all__ = ["Web", "fragments", "policy", "render", "render_many"]

STYLES = ("base.css", "article.css", "panels.css", "forms.css", "print.css")
SCRIPTS = (
    "kit.js",
    "base.js",
    "card.js",
    "voices.js",
    "findings.js",
    "quotations.js",
    "rule.js",
    "tour.js",
    "tools.js",
)
"""The page's script, a file for each concern; they share one scope."""
SERVED_SCRIPTS = ("dismiss.js", "remembered.js", "edit.js", "settings.js")
"""What a page has besides where a server shows it."""
LONG = 250
"""Words from which on the register of voices is folded, so that the article comes first."""


def _text(words: str) -> Markup:
    """Text, escaped; carriage returns too, which a browser would make line feeds of."""
    return Markup(str(escape(words)).replace("\r", "&#13;"))


PAGES = Environment(
    loader=PackageLoader("onrecord.report"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)
PAGES.filters["text"] = _text


def render(
    lint: Lint,
    *,
    verification: Verification | None = None,
    no_text: bool = False,
    web: Web | None = None,
    changes: Changes | None = None,
) -> str:
    """The page of one article; `web` where a server shows it, else the page is one file.

    `changes` is what has come and gone since an earlier check of it.
    """
    view = _view(lint, "n1", no_text, verification, changes)
    return _page([view], [lint], no_text=no_text, web=web)


def fragments(
    lint: Lint,
    *,
    verification: Verification | None = None,
    web: Web,
    changes: Changes | None = None,
) -> dict[str, Any]:
    """The parts of the page of one article, for a page that shows an earlier check of it.

    `band`, `findings` and `panels` are the insides of the elements with these names; `blocks` are
    pairs of the white space in front of a block and the block; `data` is what the script knows.
    """
    view = _view(lint, "n1", False, verification, changes)
    view["id"] = "article"
    given = {"a": view, "articles": [view], "nth": "", "web": web, "no_text": False}
    made = {
        name: PAGES.get_template(f"parts/{file}.html").render(given)
        for name, file in (("band", "overview"), ("findings", "findings"), ("panels", "panels"))
    }
    block = PAGES.get_template("parts/blocks.html").module.block  # type: ignore[attr-defined]
    blocks = [
        [b["gap"], str(block(b, "h1", "n1")) if b["segments"] else ""] for b in view["blocks"]
    ]
    return {**made, "blocks": blocks, "data": view["data"], "count": len(view["findings"])}


def render_many(
    lints: Sequence[Lint],
    *,
    verifications: Sequence[Verification | None] = (),
    no_text: bool = False,
    web: Web | None = None,
) -> str:
    """One page for several articles, one under the other, with a list of them in front.

    `verifications`, one for each article, fill the panel of quotations.
    """
    held = [*verifications, *[None] * (len(lints) - len(verifications))]
    views = [
        _view(lint, f"n{number}", no_text, verification, None)
        for number, (lint, verification) in enumerate(zip(lints, held, strict=False), 1)
    ]
    return _page(views, lints, no_text=no_text, web=web)


def _page(
    views: list[dict[str, Any]], lints: Sequence[Lint], *, no_text: bool, web: Web | None
) -> str:
    if len(views) == 1:
        views[0]["id"] = "article"
    codes = sorted({f.code: f.name for lint in lints for f in lint.findings}.items())
    return PAGES.get_template("page.html").render(
        articles=views,
        kinds=KINDS,
        version=__version__,
        no_text=no_text,
        rules=[(code, name.replace("-", " "), rule_html(code)) for code, name in codes]
        if web is None
        else [],
        script=Markup(script(served=web is not None)),
        style=Markup(style()),
        policy=policy(web),
        web=web,
    )


def policy(web: Web | None = None) -> str:
    """The page's Content-Security-Policy: its own script and style by hash, nothing else.

    A page that is a file carries it in its head; a server sends it as a header too, and may add
    what a `meta` element can't say (`frame-ancestors`).
    """
    own = "form-action 'self'; connect-src 'self'" if web else "form-action 'none'"
    return (
        f"default-src 'none'; script-src {digest(script(served=web is not None))};"
        f" style-src {digest(style())}; base-uri 'none'; {own}"
    )


@cache
def script(*, served: bool) -> str:
    """The page's script: its files joined in one scope of their own."""
    names = (*SCRIPTS, *SERVED_SCRIPTS) if served else SCRIPTS
    return joined([asset(name) for name in names])


def joined(files: Sequence[str]) -> str:
    """Scripts that share one scope, as one."""
    return '(() => {\n"use strict";\n' + "".join(files) + "})();\n"


@cache
def asset(name: str) -> str:
    """A file that goes into the page as it is; it is ours, no article's."""
    return (files("onrecord.report") / "templates" / name).read_text("utf-8")


@cache
def style() -> str:
    """The page's style sheet."""
    return "".join(asset(name) for name in STYLES)


def digest(words: str) -> str:
    """An inline asset's name for a page's own content policy."""
    found = hashlib.sha256(words.encode()).digest()
    return f"'sha256-{base64.b64encode(found).decode()}'"


def _view(
    lint: Lint,
    name: str,
    no_text: bool,
    verification: Verification | None,
    changes: Changes | None,
) -> dict[str, Any]:
    """What the template shows of an article."""
    analysis, findings = lint.analysis, lint.findings
    article, voices = analysis.article, Voices(analysis)
    head = next((b for b in article.blocks if b.role == "headline"), None)
    entries = register(analysis)
    made = notes(analysis, findings, name, no_text=no_text)
    for note in made:
        note["new"] = bool(changes and note["fingerprint"] in changes.new)
    return {
        "id": f"article-{name}",
        "name": name,
        "input": article.input,
        "title": text_of(article.text, head.span) if head and not no_text else article.input,
        "outlet": article.outlet,
        "published": written(article.published) if article.published else None,
        "headed": head is not None and not no_text,
        "blocks": [] if no_text else list(_blocks(analysis, findings, name, voices)),
        "findings": made,
        "groups": by_voice(made),
        "concerns": concerns(made),
        "changes": changes if changes and changes.any else None,
        "places": paragraphs(article) or ["the text"],
        "long": len(article.text.split()) > LONG,
        "judged": judges(article),
        "reading": [f"{p.what} {p.remedy}" for p in (*article.notes, *lint.failed)],
        "dismissed": notes(analysis, lint.dismissed, f"{name}-d", no_text=no_text),
        "overview": overview(analysis, entries, voices),
        "register": [] if no_text else entries,
        "data": {} if no_text else _data(analysis, name, voices),
        "chains": [] if no_text else _chains(analysis, voices),
        "headline": [] if no_text else _headline(lint, voices),
        "figures": None if no_text else panel(analysis, findings, voices),
        "summary": "" if no_text else summary(lint, entries, voices),
        "quotations": _quotations(verification, no_text) if verification else None,
        "faults": verification and sum(v.verdict in FAULTS for v in verification.verdicts),
        "verified": verification and _digest(verification),
        "model": f"{analysis.model.name} {analysis.model.version}",
    }


def _blocks(
    analysis: Analysis, findings: Sequence[Finding], name: str, voices: Voices
) -> Iterator[dict[str, Any]]:
    """The article's blocks, each with the white space before it and its stretches."""
    text, last, counted = analysis.article.text, 0, 0
    cuts = cut_blocks(analysis, findings, voices)
    for number, (block, made) in enumerate(zip(analysis.article.blocks, cuts, strict=True)):
        counted += block.role != "headline"
        yield {
            "gap": text[last : block.span.start],
            "role": block.role,
            "number": counted if block.role != "headline" else 0,
            "id": f"{name}-b{number}",
            "segments": [_segment(s, voices) for s in trimmed(made)],
        }
        last = block.span.end
    yield {"gap": text[last:], "role": "end", "number": 0, "id": "", "segments": []}


def _segment(s: Segment, voices: Voices) -> dict[str, Any]:
    """A stretch as the template writes it: classes, and which statement and evidence it is."""
    classes = []
    if s.statement:
        kind = voices.rests_on(s.statement)
        classes += ["s", f"k-{kind}"] + (
            ["f", f"d{min(4, len(voices.chain(s.statement)))}"] if s.first else []
        )
    classes += ["m"] if s.marked else []
    classes += ["e"] if s.evidence else []
    classes += ["w"] if s.voice else []
    return {
        "text": s.text,
        "class": " ".join(classes),
        "statement": s.statement.id if s.statement else None,
        "first": s.first,
        "marks": voices.marks(s.statement) if s.statement and s.first else "",
        "marked": " ".join(map(str, s.marked)),
        "evidence": " ".join(f"{n}.{nth}" for n, nth in s.evidence),
        "voice": s.voice,
        "findings": s.findings,
    }


def _data(analysis: Analysis, name: str, voices: Voices) -> dict[str, Any]:
    """What the script knows: each voice in words, each statement's chain from the inside out."""
    text = analysis.article.text
    return {
        "name": name,
        "voices": {
            s.id: [
                voices.names[s.id],
                *KINDS[s.kind],
                s.title or "",
                short(text_of(text, s.reason)) if s.reason else "",
                s.kind,
            ]
            for s in analysis.sources
        },
        "statements": {
            a.id: {
                "chain": [[link.source_id, voices.says(link)] for link in voices.chain(a)],
                "form": a.form,
                "confidence": a.confidence,
                "speaker": a.speaker_confidence if a.source_id else None,
            }
            for a in analysis.attributions
        },
    }


def _chains(analysis: Analysis, voices: Voices) -> list[dict[str, Any]]:
    """The statements that reach the story through another voice."""
    article = analysis.article
    blocks = [b.span.start for b in article.blocks]
    return [
        {
            "statement": a.id,
            "block": block_at(blocks, a.content[0].start),
            "words": short(" … ".join(text_of(article.text, s) for s in a.content), 160),
            "kind": voices.rests_on(a),
            "links": [
                (KINDS[voices.kind(link)][1], voices.name(link), voices.says(link))
                for link in reversed(voices.chain(a))
            ],
        }
        for a in analysis.attributions
        if len(voices.chain(a)) > 1
    ]


def _headline(lint: Lint, voices: Voices) -> list[dict[str, Any]]:
    """The rows of the headline panel."""
    text = lint.analysis.article.text
    blocks = [b.span.start for b in lint.analysis.article.blocks]
    rows = []
    for match in match_headline(lint.analysis, voices):
        sentence, parts = match.sentence, []
        if sentence:
            at = sentence.start
            for span in match.shared:
                if span.start < at:
                    continue
                parts += [(False, text[at : span.start]), (True, text_of(text, span))]
                at = span.end
            parts.append((False, text[at : sentence.end]))
        rows.append(
            {
                "kind": match.kind,
                "claim": text_of(text, match.claim).strip(" ?!,"),
                "parts": [(hit, words) for hit, words in parts if words],
                "found": sentence is not None,
                "block": block_at(blocks, sentence.start) if sentence else 0,
                "basis": match.basis,
                "findings": [
                    number
                    for number, f in enumerate(lint.findings, 1)
                    if f.code.startswith("HED")
                    and f.span.start < match.claim.end
                    and match.claim.start < f.span.end
                    and (match.kind != "clause" or f.span == match.claim)
                ],
            }
        )
    return rows


def _digest(verification: Verification) -> str:
    """Tells one verification from the next: what is answered stays with what was asked."""
    asked = [(v.verdict, quoted(verification, v)) for v in verification.verdicts]
    said = json.dumps([asked, verification.materials])
    return hashlib.sha256(said.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def _quotations(verification: Verification, no_text: bool) -> list[dict[str, Any]]:
    """The rows of the panel: each quotation with its verdict, its places and a word diff."""
    blocks = [b.span.start for b in verification.analysis.article.blocks]
    return [
        {
            "verdict": called(v),
            "fault": v.verdict in FAULTS,
            "block": block_at(blocks, v.quote.start),
            "speaker": v.speaker or "",
            "words": "" if no_text else quoted(verification, v),
            "places": [
                {
                    "where": where(place),
                    "before": "" if no_text else place.before,
                    "parts": [] if no_text else diff(v, place),
                    "after": "" if no_text else place.after,
                }
                for place in v.places
            ],
            "reasons": []
            if no_text
            else [reason(c) for c in v.changes if c.weight != "tolerated" or not c.said],
        }
        for v in verification.verdicts
    ]
