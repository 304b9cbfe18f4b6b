"""The ledger's answers as text for people, JSON and CSV; decides nothing."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

import msgspec

from ..report import visible
from .records import (
    Claims,
    Diff,
    Drift,
    FamilyRow,
    Found,
    PersonRow,
    PrintingRow,
    StatementRow,
    Stats,
    Trace,
    Who,
)

WIDTH = 160
"""Code points of somebody's words in a line for people."""


def as_json(answer: Any) -> str:
    """An answer as JSON with a line feed at its end."""
    return msgspec.json.format(msgspec.json.encode(answer), indent=2).decode() + "\n"


def as_csv(rows: Iterable[Any], kind: type[msgspec.Struct]) -> str:
    """Records as CSV: a column a field, what isn't a plain value as JSON."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = kind.__struct_fields__
    writer.writerow(names)
    for row in rows:
        values = msgspec.to_builtins(row)
        writer.writerow([_cell(values[name]) for name in names])
    return out.getvalue()


def csv_of(rows: Iterable[StatementRow]) -> str:
    """Statements as CSV."""
    return as_csv(rows, StatementRow)


def _cell(value: Any) -> Any:
    if isinstance(value, list | dict):
        if all(isinstance(v, str) for v in value):
            return _safe("; ".join(value))
        return _safe(msgspec.json.encode(value).decode())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else _safe(value)


def _safe(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula."""
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def who(answer: Who) -> str:
    """Who said what, for people."""
    if not answer.people:
        return f"Nobody named {visible(answer.query)!r} is in this ledger.\n"
    return "\n".join(_person(person) for person in answer.people)


def _person(person: PersonRow) -> str:
    name = person.name or "(name not kept)"
    count = _many(person.statement_count, "statement")
    lines = [f"{visible(name)}  #{person.person} · {count} in {_many(person.articles, 'article')}"]
    if person.titles:
        lines.append(f"  as: {visible('; '.join(person.titles))}")
    if person.outlets:
        lines.append(f"  in: {visible(', '.join(person.outlets))}")
    lines += [f"  {statement(s)}" for s in person.statements]
    left = person.statement_count - len(person.statements)
    if left > 0:
        lines.append(f"  … and {left} more: --limit {person.statement_count}")
    return "\n".join(lines) + "\n"


def statement(row: StatementRow) -> str:
    """A statement in a line."""
    hand = "" if row.first_hand else f"  (relayed{', from ' + row.credits if row.credits else ''})"
    return (
        f"{_day(row.published)}  {visible(row.outlet or '-')}  s{row.statement}  "
        f"{row.stance}: {_words(row.words)}{visible(hand)}"
    )


def search(answer: Found) -> str:
    """What a search found, for people."""
    if not answer.hits:
        return f"Nothing found for {visible(answer.query)!r}.\n"
    lines = []
    for hit in answer.hits:
        place = f"{_day(hit.published)}  {visible(hit.outlet or '-')}  article {hit.article}"
        if hit.title:
            place += f"  {visible(_short(hit.title, 70))}"
        lines.append(place)
        said = f" — {visible(', '.join(hit.speakers))}" if hit.speakers else ""
        lines.append(f"  {_words(hit.words)}{said}")
    return "\n".join(lines) + "\n"


def trace(answer: Trace) -> str:
    """A quotation's way, for people."""
    if not answer.printings:
        return f"These words are in no printing of this ledger: {visible(answer.query)!r}.\n"
    lines = []
    for family in answer.families:
        lines.append(_family(family))
        lines += _way([p for p in answer.printings if p.family == family.family])
    alone = [p for p in answer.printings if p.family is None]
    lines += _way(alone)
    return "\n".join(lines) + "\n"


def _family(row: FamilyRow) -> str:
    stands = {"on record": "on record", "unnamed": "only unnamed voices"}.get(
        row.standing, row.standing
    )
    return (
        f"Family {row.family}: {_many(row.printings, 'printing')}, {_many(row.outlets, 'outlet')}, "
        f"{_many(row.wordings, 'wording')}, {_many(row.texts, 'text')} behind them; {stands}"
        + (f": {visible(', '.join(row.speakers))}" if row.speakers else "")
    )


def _way(rows: Sequence[PrintingRow]) -> list[str]:
    lines = []
    for n, row in enumerate(rows):
        speaker = row.speaker or row.kind or "nobody"
        credit = f", crediting {row.credits}" if row.credits else ""
        first = "first " if n == 0 and len(rows) > 1 else ""
        lines.append(
            f"  {_day(row.published)}  {visible(row.outlet or '-')}  article {row.article}"
            f"  {first}{visible(speaker)}{visible(credit)}"
        )
        lines.append(f"      {_words(row.words)}")
        lines += [f"      {_drift(c)}" for c in row.changes or () if c.weight != "tolerated"]
        if n and row.changes == ():
            lines.append("      the same words")
    return lines


def _drift(change: Drift) -> str:
    said, quoted = visible(change.said) or "nothing", visible(change.quoted) or "nothing"
    return f"{change.kind}: {said} → {quoted}"


def claims(answer: Claims) -> str:
    """What several articles carry, for people."""
    if not answer.claims:
        return "No words stand in more than one article of this ledger.\n"
    lines = []
    for row in answer.claims:
        lines += [_family(row), f"  {_words(row.words)}"]
        if row.kinds:
            lines.append(f"  changed on the way: {', '.join(row.kinds)}")
    return "\n".join(lines) + "\n"


def stats(answer: Stats) -> str:
    """How much there is, for people."""
    rows = [
        ("articles", answer.articles), ("  later versions", answer.versions),
        ("  purged", answer.purged), ("outlets", answer.outlets), ("people", answer.people),
        ("bodies", answer.bodies), ("sources", answer.sources),
        ("  name withheld", answer.unnamed_sources), ("statements", answer.statements),
        ("printings", answer.printings), ("quote families", answer.families),
        ("  in several articles", answer.families_of_several),
    ]  # fmt: skip
    lines = [f"{visible(answer.ledger)} (schema {answer.revision})"]
    if not answer.keeps_text:
        lines.append("hashes and offsets only; no texts are kept")
    lines += [f"{name:<24}{count:>10,}" for name, count in rows]
    if answer.first and answer.last:
        lines.append(f"published {answer.first} to {answer.last}")
    if answer.bytes is not None:
        lines.append(f"{answer.bytes / 1e6:.1f} MB")
    if answer.by_outlet:
        lines.append(f"{'outlet':<32}{'articles':>9}{'statements':>12}{'unnamed':>9}{'own':>6}")
        for o in answer.by_outlet:
            share = f"{100 * o.unnamed / o.statements:.0f} %" if o.statements else "-"
            lines.append(
                f"{visible(o.outlet)[:31]:<32}{o.articles:>9}{o.statements:>12}{share:>9}"
                f"{o.self_cited:>6}"
            )
    return "\n".join(lines) + "\n"


def diff(answer: Diff) -> str:
    """What versions changed, for people."""
    lines = []
    for v in answer.versions:
        gone = f", purged {v.purged}" if v.purged else ""
        lines.append(
            f"version {v.version}: article {v.article}, added {v.added:%Y-%m-%d %H:%M}{gone}"
            + (f"  {visible(_short(v.title, 80))}" if v.title else "")
        )
    if len(answer.versions) == 1:
        lines.append("there is one version only.")
    for d in answer.diffs:
        noted = "says that it was changed" if d.noted else "says nothing of a change"
        lines.append(f"version {d.first.version} → {d.second.version} ({noted}):")
        lines += [
            f"  {c.kind}: {_words(c.before) if c.before else 'nothing'} → "
            f"{_words(c.after) if c.after else 'nothing'}"
            for c in d.changes
        ] or ["  no quotation, figure, source or headline changed."]
    return "\n".join(lines) + "\n"


def _many(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'s' * (count != 1)}"


def _day(day: date | None) -> str:
    return day.isoformat() if day else "no date   "


def _words(words: str | None) -> str:
    return "(words not kept)" if words is None else visible(_short(words, WIDTH))


def _short(words: str, width: int) -> str:
    words = " ".join(words.split())
    return words if len(words) <= width else words[: width - 2].rsplit(" ", 1)[0] + " …"
