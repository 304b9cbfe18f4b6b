"""`onrecord ledger`: who said what, where and when, across articles."""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, TypeVar

import click

from ..errors import ConfigError
from . import inputs

Function = TypeVar("Function", bound=Callable[..., Any])
DEFAULT = "onrecord.db"
BATCH = 200
"""Articles that are kept in one step at most; each step is said when it is on the disk."""


@click.group("ledger")
def command() -> None:
    """Keep who said what, where and when, and ask.

    The ledger is one SQLite file (onrecord.db, or --db FILE), or a PostgreSQL database (--db URL).
    It never links unnamed voices, and can forget: onrecord ledger purge.
    """


def _shared(function: Function) -> Function:
    """The options of every verb, and where the answer goes."""
    return click.option("-o", "--output", metavar="FILE", help="Write to a file.")(_where(function))


def _where(function: Function) -> Function:
    """Which ledger, and how the answer is written."""
    for option in (
        click.option(
            "--format", "form", type=click.Choice(["full", "json", "csv"]), default="full",
            show_default=True,
        ),
        click.option(
            "--db", metavar="FILE|URL", default=DEFAULT, show_default=True,
            envvar="ONRECORD_DB", help="The ledger.",
        ),
    ):  # fmt: skip
        function = option(function)
    return function


def _limit(default: int) -> Callable[[Function], Function]:
    return click.option(
        "--limit", type=click.IntRange(1), default=default, show_default=True, help="Show so many."
    )


def _answer(form: str, output: str | None, answer: Any, text: str, rows: Any, kind: Any) -> None:
    from ..ledger import render

    made = {
        "json": lambda: render.as_json(answer),
        "csv": lambda: render.as_csv(rows, kind),
        "full": lambda: text,
    }[form]()
    with inputs.output(output) as out:
        out.write(made)


def _open(db: str, *, create: bool = False) -> Any:
    from ..ledger import open_ledger

    return open_ledger(db, create=create)


@command.command("init")
@click.option("--no-text", is_flag=True, help="Keep hashes and offsets only, never words.")
@_shared
def init(db: str, no_text: bool, form: str, output: str | None) -> int:
    """Make an empty ledger, and beside it a metadata.json for Datasette."""
    from ..ledger import create_ledger, datasette, queries, records

    ledger = create_ledger(db, keep_text=not no_text)
    beside = datasette.write_metadata(ledger)
    made = queries.stats(ledger)
    text = f"{ledger.database.name}: an empty ledger (schema {made.revision}).\n"
    if beside:
        text += f"{beside}: titles and links for Datasette.\n"
    _answer(form, output, made, text, [made], records.Stats)
    return 0


@command.command("add")
@inputs.paths
@click.option("--again", is_flag=True, help="Also what was purged before.")
@inputs.about
@_where
def add(
    paths: tuple[str, ...], db: str, form: str, output: str | None, again: bool, **options: Any
) -> int:
    """Add articles: everything that `check` reads. Each is said when it is on the disk."""
    from ..ledger import parquet, render, store

    tables = [path for path in paths if parquet.is_parquet(path)]
    articles = inputs.Inputs(
        [path for path in paths if path not in tables],
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )
    rows = _Rows(tables)
    if options["no_text"] and db != ":memory:":
        ledger = _open_or_create(db, keep_text=False)
        if ledger.keeps_text:
            what = "this ledger keeps texts."
            remedy = "Make another one: onrecord ledger init --no-text --db FILE."
            raise ConfigError("--no-text", what, remedy)
    else:
        ledger = _open(db, create=True)
    done: list[store.Added] = []
    with inputs.output(output) as out:
        for batch in _batches(chain(articles, rows), options["engine"]):
            made = ledger.add_prepared(batch, again=again)
            done += made
            if form == "full":
                out.write("".join(f"{_said(one)}\n" for one in made))
                out.flush()
        if form == "json":
            out.write(render.as_json({"schema": 1, "articles": done}))
        elif form == "csv":
            out.write(render.as_csv(done, store.Added))
        elif len(done) > 1:
            fresh = sum(one.outcome in ("added", "new version") for one in done)
            out.write(f"{fresh} of {len(done)} articles added to {ledger.database.name}.\n")
    return 3 if articles.fatal or rows.fatal else 0


class _Rows:
    """The articles of batch runs' tables; says and counts what could not be read."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self.fatal = 0

    def __iter__(self) -> Iterator[Any]:
        from ..ledger import parquet
        from ..records import Problem

        for path in self._paths:
            for found in parquet.read_articles(path):
                if isinstance(found, Problem):
                    self.fatal += 1
                    inputs.say(found)
                else:
                    yield found


def _open_or_create(db: str, *, keep_text: bool) -> Any:
    from ..ledger import create_ledger, open_ledger
    from ..ledger.database import Database

    if not Database(db).exists():
        return create_ledger(db, keep_text=keep_text)
    return open_ledger(db)


def _batches(articles: Any, engine: Any) -> Iterator[list[Any]]:
    """Prepared articles, as many at a time as come in a moment: what is read is soon kept."""
    import time

    from ..extract import analyse
    from ..ledger.store import prepare
    from ..records import Problem

    batch: list[Any] = []
    since = time.monotonic()
    for item in articles:
        if isinstance(item, Problem):
            continue
        batch.append(prepare(analyse(item, engine=engine)))
        if len(batch) >= BATCH or time.monotonic() - since > 1:
            yield batch
            batch, since = [], time.monotonic()
    if batch:
        yield batch


def _said(one: Any) -> str:
    from ..report import visible

    tail = {
        "added": f"{one.statements} statements, {one.people} names",
        "new version": f"version {one.version}, {one.statements} statements, {one.people} names",
        "known": "in the ledger already",
        "purged": "was purged; --again adds it",
    }[one.outcome]
    return f"{one.outcome}: {visible(one.input)} (article {one.article}): {tail}"


@command.command("who")
@click.argument("name")
@_limit(50)
@_shared
def who(name: str, limit: int, db: str, form: str, output: str | None) -> int:
    """Everybody of a name and what they said, the latest first; two people of one name apart."""
    from ..ledger import queries, records, render

    made = queries.who(_open(db), name, limit=limit)
    _answer(form, output, made, render.who(made), made.people, records.PersonRow)
    return 0


@command.command("search")
@click.argument("words", nargs=-1, required=True)
@_limit(20)
@_shared
def search(words: tuple[str, ...], limit: int, db: str, form: str, output: str | None) -> int:
    """Paragraphs that hold all these words, and who speaks in them."""
    from ..ledger import queries, records, render

    ledger = _open(db)
    if not ledger.keeps_text:
        what = "this ledger keeps no texts to search."
        raise ConfigError(ledger.database.name, what, "`trace` finds a quotation by its hash.")
    made = queries.search(ledger, " ".join(words), limit=limit)
    _answer(form, output, made, render.search(made), made.hits, records.Hit)
    return 0


@command.command("trace")
@click.argument("words", nargs=-1, required=True)
@_shared
def trace(words: tuple[str, ...], db: str, form: str, output: str | None) -> int:
    """Where a quotation stands, earliest first, and how its words changed on the way.

    Give its words, whole or in part, or the number of a statement (s12).
    """
    from ..ledger import queries, records, render

    made = queries.trace(_open(db), " ".join(words))
    _answer(form, output, made, render.trace(made), made.printings, records.PrintingRow)
    return 0


@command.command("claims")
@click.option("--unnamed", is_flag=True, help="Only those that nobody with a name stands behind.")
@click.option("--outlets", type=click.IntRange(1), default=1, help="In so many outlets at least.")
@_limit(50)
@_shared
def claims(unnamed: bool, outlets: int, limit: int, db: str, form: str, output: str | None) -> int:
    """Words that several articles carry, and on what they stand."""
    from ..ledger import queries, records, render

    made = queries.claims(_open(db), unnamed=unnamed, least_outlets=outlets, limit=limit)
    _answer(form, output, made, render.claims(made), made.claims, records.FamilyRow)
    return 0


@command.command("stats")
@_shared
def stats(db: str, form: str, output: str | None) -> int:
    """How much the ledger holds, and of each outlet how much stands on unnamed words."""
    from ..ledger import queries, records, render

    made = queries.stats(_open(db))
    _answer(form, output, made, render.stats(made), [made], records.Stats)
    return 0


@command.command("diff")
@click.argument("article")
@click.argument("versions", nargs=-1, type=int)
@_shared
def diff(article: str, versions: tuple[int, ...], db: str, form: str, output: str | None) -> int:
    """What each version of an article changed: quotations, figures, sources, the headline.

    ARTICLE is its number, digest, URL or path; without versions all of them, one after the other.
    """
    from ..ledger import records, render
    from ..ledger.versions import diff as compare

    made = compare(_open(db), article, versions)
    changes = [change for one in made.diffs for change in one.changes]
    _answer(form, output, made, render.diff(made), changes, records.VersionChange)
    return 0


@command.command("export")
@_shared
def export(db: str, form: str, output: str | None) -> int:
    """Write every statement: CSV, JSON (Lines), or Parquet into an -o FILE.parquet."""
    from pathlib import Path

    import msgspec

    from ..ledger import export as exporting
    from ..ledger import render

    ledger = _open(db)
    if output and output.endswith(".parquet"):
        count = exporting.write_parquet(ledger, Path(output))
        click.echo(f"{count} statements in {output}.", err=True)
        return 0
    with inputs.output(output) as out:
        if form == "csv":
            out.write(render.csv_of(exporting.statements(ledger)))
        elif form == "json":
            for row in exporting.statements(ledger):
                out.write(msgspec.json.encode(row).decode() + "\n")
        else:
            for row in exporting.statements(ledger):
                out.write(f"{row.speaker or row.kind or '-'}  {render.statement(row)}\n")
    return 0


@command.command("purge")
@click.option(
    "--article", "articles", multiple=True, metavar="ARTICLE", help="Number, digest, URL or path."
)
@click.option(
    "--person", "persons", multiple=True, metavar="NAME", help="A name, or a person's number."
)
@click.option("--before", metavar="DATE", help="All that was published before, YYYY-MM-DD.")
@_shared
def purge(
    articles: tuple[str, ...],
    persons: tuple[str, ...],
    before: str | None,
    db: str,
    form: str,
    output: str | None,
) -> int:
    """Forget for good: rows, index entries and free pages.

    A person goes with their aliases, their statements and every stored text that names them. An
    article's row keeps its digest, outlet and date, so that nothing adds it again unasked.
    """
    from ..ledger.forget import Purged
    from ..ledger.forget import purge as forget

    if not (articles or persons or before):
        remedy = "Name what: --article, --person or --before."
        raise ConfigError("purge", "there is nothing to forget.", remedy)
    day = _day(before) if before else None
    made = forget(_open(db), articles=articles, persons=persons, before=day)
    words = "article" if made.articles == 1 else "articles"
    text = f"forgotten: the words of {made.articles} {words}, {made.statements} statements"
    text += f", {made.people} people.\n" if made.people else ".\n"
    _answer(form, output, made, text, [made], Purged)
    return 0


def _day(value: str) -> Any:
    from datetime import date

    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise ConfigError("--before", f"{value!r} is no date.", "Give it as YYYY-MM-DD.") from error


@command.command("merge")
@click.argument("person")
@click.argument("other")
@click.option("--reason", metavar="TEXT", help="Why; it is kept.")
@_shared
def merge(
    person: str, other: str, reason: str | None, db: str, form: str, output: str | None
) -> int:
    """Make two people one: names, or numbers as `who` shows them."""
    from ..ledger.people import Relinked
    from ..ledger.people import merge as join

    made = join(_open(db), person, other, reason=reason)
    text = f"person {made.other} is person {made.person} now ({made.appearances} namings).\n"
    _answer(form, output, made, text, [made], Relinked)
    return 0


@command.command("split")
@click.argument("person")
@click.argument("articles", nargs=-1, required=True)
@click.option("--reason", metavar="TEXT", help="Why; it is kept.")
@_shared
def split(
    person: str,
    articles: tuple[str, ...],
    reason: str | None,
    db: str,
    form: str,
    output: str | None,
) -> int:
    """Make whom some articles name another person than the one they were linked to."""
    from ..ledger.people import Relinked
    from ..ledger.people import split as take_apart

    made = take_apart(_open(db), person, articles, reason=reason)
    text = f"person {made.other} was taken out of {made.person} ({made.appearances} namings).\n"
    _answer(form, output, made, text, [made], Relinked)
    return 0
