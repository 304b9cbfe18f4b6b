"""The page: one self-contained file in which a person looks at an article.

Every statement is marked by what it rests on, findings stand in the margin, the register says who
speaks. Readable without script, in greyscale and in print; the text of `#article` is the article's.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec
from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from .. import __version__
from ..records import Analysis, Article, Attribution, Finding, Lint, Verification
from ..text import Lines, cut
from ..verifier import FAULTS
from .register import depth, describe, register
from .segments import segments
from .verdicts import diff, quoted, reason, where
from .web import Web

__all__ = ["Web", "policy", "render", "render_many"]

BASES = {
    "person": "named person",
    "spokesperson": "spokesperson",
    "organisation": "organisation",
    "document": "document",
    "outlet": "news outlet",
    "author": "the reporter",
    "group": "crowd",
    "anonymous": "unnamed source",
    "unknown": "unclear who",
    "nobody": "nobody stated",
}
"""What a statement can rest on, by the source's kind, in the words of the page."""

_PAGE = Environment(
    loader=PackageLoader("onrecord.report"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=True,
)


def render(
    lint: Lint,
    *,
    verification: Verification | None = None,
    no_text: bool = False,
    web: Web | None = None,
) -> str:
    """The page of one article; `web` where a server shows it, else the page is one file."""
    return render_many([lint], verifications=[verification], no_text=no_text, web=web)


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
    views = [_view(lint, f"n{number}", no_text) for number, lint in enumerate(lints, 1)]
    for view, verification in zip(views, verifications, strict=False):
        view["quotations"] = _quotations(verification, no_text) if verification else None
    if len(views) == 1:
        views[0]["id"] = "article"
    script, style = _asset("page.js"), _asset("style.css")
    return _PAGE.get_template("page.html").render(
        articles=views,
        bases=BASES,
        version=__version__,
        no_text=no_text,
        script=Markup(script),
        style=Markup(style),
        policy=policy(web),
        web=web,
    )


def policy(web: Web | None = None) -> str:
    """The page's Content-Security-Policy: its own script and style by hash, nothing else.

    A page that is a file carries it in its head; a server sends it as a header too, and may add what
    a `meta` element can't say (`frame-ancestors`).
    """
    forms = "'self'" if web else "'none'"
    return (
        f"default-src 'none'; script-src {_hash(_asset('page.js'))};"
        f" style-src {_hash(_asset('style.css'))}; base-uri 'none'; form-action {forms}"
    )


@cache
def _asset(name: str) -> str:
    """A file that goes into the page as it is; it is ours, no article's."""
    return (files("onrecord.report") / "templates" / name).read_text("utf-8")


def _hash(asset: str) -> str:
    """An inline asset's name for the page's own content policy."""
    digest = hashlib.sha256(asset.encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def _view(lint: Lint, name: str, no_text: bool) -> dict[str, Any]:
    """What the template shows of an article."""
    analysis = lint.analysis
    article = analysis.article
    head = next((b for b in article.blocks if b.role == "headline"), None)
    return {
        "id": f"article-{name}",
        "name": name,
        "input": article.input,
        "title": cut(article.text, head.span) if head and not no_text else article.input,
        "outlet": article.outlet,
        "published": article.published.isoformat() if article.published else None,
        "blocks": [] if no_text else _blocks(analysis, lint.findings, name),
        "findings": [
            _finding(article, number, f, name, no_text) for number, f in enumerate(lint.findings, 1)
        ],
        "register": [] if no_text else [_entry(e) for e in register(analysis)],
        "lanes": _lanes(analysis),
        "quotations": None,
        "model": f"{analysis.model.name} {analysis.model.version}",
    }


def _blocks(analysis: Analysis, findings: Sequence[Finding], name: str) -> list[dict[str, Any]]:
    """The article's blocks, each with the white space before it and its stretches."""
    text, last, blocks = analysis.article.text, 0, []
    for block in analysis.article.blocks:
        blocks.append(
            {
                "gap": text[last : block.span.start],
                "role": block.role,
                "segments": [
                    {
                        "text": s.text,
                        "statement": _statement(analysis, s.statement, name)
                        if s.statement
                        else None,
                        "findings": s.findings,
                        "marked": s.marked,
                    }
                    for s in segments(analysis, block.span, findings)
                ],
            }
        )
        last = block.span.end
    blocks.append({"gap": text[last:], "role": "end", "segments": []})
    return blocks


def _statement(analysis: Analysis, attribution: Attribution, name: str) -> dict[str, Any]:
    """What a stretch rests on: the kind, the voice, the chain of voices in words."""
    sources = {s.id: s for s in analysis.sources}
    by_id = {a.id: a for a in analysis.attributions}
    links = []
    at: Attribution | None = attribution
    while at is not None:
        source = sources.get(at.source_id or "")
        links.append(describe(analysis.article.text, source) if source else "nobody stated")
        at = by_id.get(at.parent or "")
    source = sources.get(attribution.source_id or "")
    kind = source.kind if source else "nobody"
    says = {
        "says": "says", "denies": "denies", "declines": "declines", "asks": "asks",
        "believes": "is said to think or feel", "intends": "is said to want or plan",
    }[attribution.stance]  # fmt: skip
    chain = f"{links[0]} ({BASES[kind]}) {says} this"
    if len(links) > 1:
        chain += ", on the word of " + ", on the word of ".join(links[1:])
    return {
        "kind": kind,
        "voice": f"{name}-{attribution.source_id}" if attribution.source_id else "",
        "chain": chain,
        "depth": depth(analysis, attribution),
    }


def _finding(article: Article, number: int, f: Finding, name: str, no_text: bool) -> dict[str, Any]:
    lines = Lines(article.text)
    return {
        **{k: getattr(f, k) for k in ("code", "severity", "line", "fingerprint")},
        "number": number,
        "name": f.name.replace("-", " "),
        "message": "" if no_text else f.message,
        "anchor": f"{name}-f{number}",
        "evidence": []
        if no_text
        else [
            {
                "line": lines.place(r.span.start)[0],
                "label": r.label,
                "words": _short(cut(article.text, r.span)),
            }
            for r in f.related[:5]
        ],
        "more": max(0, len(f.related) - 5),
    }


def _short(words: str) -> str:
    words = " ".join(words.split())
    return words if len(words) <= 90 else words[:87] + "…"


def _entry(entry: msgspec.Struct) -> dict[str, Any]:
    row = dict(msgspec.structs.asdict(entry))
    row["percent"] = f"{row['share']:.0%}"
    row["kind_words"] = BASES[row["kind"]]
    return row


def _quotations(verification: Verification, no_text: bool) -> list[dict[str, Any]]:
    """The rows of the panel: each quotation with its verdict, its places and a word diff."""
    return [
        {
            "verdict": v.verdict,
            "fault": v.verdict in FAULTS,
            "line": v.line,
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


def _lanes(analysis: Analysis) -> list[dict[str, Any]]:
    """The strip: for each voice, where in the article it speaks, in thousandths of the length."""
    length = max(1, len(analysis.article.text))
    lanes: list[tuple[float, dict[str, Any]]] = []
    for source in analysis.sources:
        spans = [s for a in analysis.attributions if a.source_id == source.id for s in a.content]
        bars = [
            {
                "x": round(1000 * s.start / length, 1),
                "w": max(3.0, round(1000 * (s.end - s.start) / length, 1)),
            }
            for s in spans
        ]
        lane = {
            "source": source.id,
            "kind": source.kind,
            "label": _short(describe(analysis.article.text, source))[:40],
            "bars": bars,
        }
        lanes.append((-sum(bar["w"] for bar in bars), lane))
    return [lane for _, lane in sorted(lanes, key=lambda pair: pair[0])][:12]
