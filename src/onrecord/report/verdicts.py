"""Verdicts on quotations in all formats: each with both places and the words between."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from ..records import SCHEMA, Change, Place, Problem, Verdict, Verification
from ..text.spans import text_of
from . import bare, cells, docx, visible
from .paint import PLAIN, Paint

LONG = 14
"""Words of a left-out passage from which on its middle isn't shown."""
COLUMNS = (
    "article line verdict speaker quotation matched material place time page said_by said changes"
    " note"
).split()
TURNS = ("negation", "reversal", "condition", "attribution")
"""Changes that turn the sense: what was left out is shown in full."""
_PLAIN = ("exact", "trimmed")
_ROLES = {
    "exact": "good",
    "trimmed": "good",
    "too short to tell": "faint",
    "too noisy to tell": "warning",
}

Part = tuple[str, str]
"""`same`, `said` (only in the material), `quoted` (only in the article), `gap`; and the words."""


def diff(verdict: Verdict, place: Place) -> list[Part]:
    """The words of a place with what the quotation changed in them, in order."""
    parts: list[Part] = []
    at = place.span.start
    for change in verdict.changes:
        if not (place.span.start <= change.source.start <= change.source.end <= place.span.end):
            continue
        if change.source.start < at:
            continue
        parts.append(("same", _words(place, at, change.source.start)))
        at = change.source.end
        if change.kind == "ellipsis":
            parts.append(("gap", "…"))
        elif change.kind == "brackets":
            parts += [("gap", f"[{change.said}]" if change.said else "[…]")]
        else:
            full = change.kind in TURNS
            said = change.said if full else _shortened(change.said)
            parts += [("said", said), ("quoted", change.quoted)]
    parts.append(("same", _words(place, at, place.span.end)))
    return [(kind, words) for kind, words in parts if words]


def _words(place: Place, start: int, end: int) -> str:
    return " ".join(place.text[start - place.span.start : end - place.span.start].split())


def _shortened(words: str) -> str:
    parts = words.split()
    return words if len(parts) <= LONG else " ".join([*parts[:6], "…", *parts[-6:]])


def where(place: Place) -> str:
    """A place in words: material, line or page or time, and who speaks there."""
    at = f":{place.line}"
    if place.page is not None:
        at = f", page {place.page}"
    elif place.time is not None:
        at = f", {clock(place.time)}"
    return f"{place.material}{at}" + (f" ({place.speaker})" if place.speaker else "")


def clock(seconds: float) -> str:
    """A time as hours, minutes and seconds."""
    whole = int(seconds)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}"


def quoted(verification: Verification, verdict: Verdict) -> str:
    """The quotation as the article has it, its halves with a dash between."""
    text = verification.analysis.article.text
    return " – ".join(" ".join(text_of(text, part).split()) for part in verdict.parts)


def reason(change: Change) -> str:
    """A change in a sentence's worth of words."""
    if change.kind in TURNS and not change.quoted:
        return f"{change.kind} cut: said “{change.said}”, left out"
    if change.kind in ("ellipsis", "brackets"):
        return f"{change.kind}: for “{_shortened(change.said)}”"
    said = f"said “{_shortened(change.said)}”" if change.said else "not said"
    given = f"quoted “{change.quoted}”" if change.quoted else "left out"
    return f"{change.kind}: {said}, {given}"


def as_text(made: Sequence[Verification], *, no_text: bool = False, paint: Paint = PLAIN) -> str:
    """For the terminal: faults with a word diff, the rest a line each, and a count.

    The diff reads without colour: `[-said-]` is only in the material, `{+quoted+}` only in the
    article.
    """
    out: list[str] = []
    for one in map(bare.verification, made) if no_text else made:
        for verdict in one.verdicts:
            out += _verdict(one, verdict, no_text, paint)
        out.append(_count(one))
    return "\n".join(out) + "\n"


def _verdict(one: Verification, verdict: Verdict, no_text: bool, paint: Paint) -> Iterator[str]:
    words = "" if no_text else " " + visible(quoted(one, verdict))
    name = paint(_ROLES.get(verdict.verdict, "error"), called(verdict))
    said = f" {visible(verdict.speaker)}:" if verdict.speaker and not no_text else ""
    line = f"{called(verdict)}: {visible(one.analysis.article.input)}:{verdict.line}:{said}{words}"
    yield name + paint.fold(line).removeprefix(called(verdict))
    for place in verdict.places:
        arrow = "nearest" if not verdict.changes and verdict.verdict not in _AT else "-->"
        yield f"  {arrow} {visible(where(place))}"
        if no_text or verdict.verdict == "exact":
            continue
        yield f"   | {_context(verdict, place, paint)}"
    if verdict.verdict not in _PLAIN and not no_text:
        for change in verdict.changes:
            if change.weight != "tolerated":
                yield f"   = {visible(reason(change))}"
    if verdict.verdict == "speaker differs" and verdict.places and not no_text:
        heard = next((p.speaker for p in verdict.places if p.speaker), "")
        yield f"   = given to {visible(verdict.speaker or '')}, said by {visible(heard or '')}"


_AT = ("exact", "trimmed", "altered", "stitched", "speaker differs", "too noisy to tell")


def _context(verdict: Verdict, place: Place, paint: Paint) -> str:
    marked = []
    for kind, part in diff(verdict, place):
        words = visible(part)
        if kind == "said":
            marked.append(paint("bad", f"[-{words}-]"))
        elif kind == "quoted":
            marked.append(paint("good", f"{{+{words}+}}"))
        else:
            marked.append(words)
    before, after = " ".join(place.before.split()), " ".join(place.after.split())
    words = re.sub(r" (?=[,.;:!?])", "", " ".join(marked))
    return f"{visible(before)} » {words} « {visible(after)}".strip()


def called(verdict: Verdict) -> str:
    """The verdict with what its name leaves open: `altered: sense cut`, or words without a
    speaker."""
    if verdict.note is None:
        return verdict.verdict
    if verdict.verdict in _PLAIN:
        return verdict.note
    return f"{verdict.verdict}: {verdict.note}"


def _count(one: Verification) -> str:
    total = len(one.verdicts)
    name = visible(one.analysis.article.input)
    files = f"{len(one.materials)} file{'s' if len(one.materials) != 1 else ''}"
    if not total:
        return f"{name}: no quotations in this story; nothing to hold against {files}."
    counts = Counter(map(called, one.verdicts))
    listed = ", ".join(f"{count} {kind}" for kind, count in counts.most_common())
    return f"{name}: {total} quotation{'s' if total != 1 else ''} against {files}: {listed}."


def as_json(
    made: Sequence[Verification], problems: Sequence[Problem] = (), *, no_text: bool = False
) -> str:
    """All verdicts as one JSON document; offsets count code points, spans are half-open."""
    value = {
        "schema": SCHEMA,
        "articles": [article(one, no_text=no_text) for one in made],
        "problems": [bare.problem(p) if no_text else p for p in problems],
    }
    return msgspec.json.format(msgspec.json.encode(value), indent=2).decode() + "\n"


def article(one: Verification, *, no_text: bool = False) -> dict[str, Any]:
    """One element of `articles`."""
    one = bare.verification(one) if no_text else one
    rows = msgspec.to_builtins(one.verdicts)
    for row, verdict in zip(rows, one.verdicts, strict=True):
        row["quotation"] = "" if no_text else quoted(one, verdict)
    return {
        "id": one.analysis.article.input,
        "materials": list(one.materials),
        "verdicts": rows,
    }


def as_csv(made: Sequence[Verification], *, no_text: bool = False) -> str:
    """A row a quotation, the places' words one after the other."""
    buffer = io.StringIO()
    write = csv.writer(buffer, lineterminator="\n").writerow
    write(COLUMNS)
    for one in map(bare.verification, made) if no_text else made:
        for v in one.verdicts:
            first = v.places[0] if v.places else None
            row = [
                one.analysis.article.input,
                str(v.line),
                v.verdict,
                v.speaker or "",
                "" if no_text else quoted(one, v),
                f"{v.matched:.3f}",
                first.material if first else "",
                str(first.line) if first else "",
                clock(first.time) if first and first.time is not None else "",
                str(first.page) if first and first.page is not None else "",
                (first.speaker or "") if first else "",
                "" if no_text else " … ".join(" ".join(p.text.split()) for p in v.places),
                "" if no_text else "; ".join(map(reason, v.changes)),
                v.note or "",
            ]
            write(cells(row))
    return buffer.getvalue()


def as_markdown(made: Sequence[Verification], *, no_text: bool = False) -> str:
    """A table for the file: a row a quotation, then each fault with both places."""
    out: list[str] = []
    for one in made:
        out += [f"# {_cell(one.analysis.article.input)}", "", _count(one), ""]
        if one.verdicts:
            out += [
                "| line | verdict | speaker | quotation | stands at |",
                "| --- | --- | --- | --- | --- |",
            ]
        for v in one.verdicts:
            words = "" if no_text else quoted(one, v)
            places = "; ".join(where(p) for p in v.places)
            cells = [str(v.line), called(v), v.speaker or "", words, places]
            out.append("| " + " | ".join(map(_cell, cells)) + " |")
        out.append("")
        for v in one.verdicts:
            if v.verdict in _PLAIN or no_text:
                continue
            out += [
                f"## Line {v.line}: {_cell(called(v))}",
                "",
                f"Quoted: {_cell(quoted(one, v))}",
                "",
            ]
            for place in v.places:
                said = " ".join(f"{place.before} **{place.text}** {place.after}".split())
                out += [f"- {_cell(where(place))}: {_cell(said)}"]
            out += [f"- {_cell(reason(c))}" for c in v.changes if c.weight != "tolerated"]
            out += ["- The notes say: ", ""]
    return "\n".join(out).rstrip() + "\n"


def _cell(words: str) -> str:
    return " ".join(visible(words).split()).replace("|", "\\|").replace("<", "&lt;")


def comments(one: Verification, *, no_text: bool = False) -> list[docx.Note]:
    """A comment for every quotation that asks for one: the verdict, both places, the changes."""
    return [
        docx.Note(v.parts[0], _comment(v, no_text))
        for v in one.verdicts
        if v.verdict != "exact" or v.note
    ]


def _comment(v: Verdict, no_text: bool) -> str:
    lines = [called(v)]
    for place in v.places:
        said = (
            ""
            if no_text
            else ": " + " ".join(f"{place.before} » {place.text} « {place.after}".split())
        )
        lines.append(f"{where(place)}{said}")
    if not no_text:
        lines += [reason(c) for c in v.changes if c.weight != "tolerated"]
    return "\n".join(lines)
