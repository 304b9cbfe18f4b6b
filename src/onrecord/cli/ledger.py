"""`onrecord ledger`: who said what, where and when, across articles."""

from collections.abc import Callable, Iterator
from typing import Any, TypeVar

import click

from ..errors import ConfigError
from . import inputs

Function = TypeVar("Function", bound=Callable[..., Any])
DEFAULT = "onrecord.db"
BATCH = 32
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
    from ..ledger import render, store

    articles = inputs.Inputs(
        paths,
        title=options["title"],
        outlet=options["outlet"],
        published=inputs.as_date(options["published"]),
    )
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
        for batch in _batches(articles, options["engine"]):
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
    return 3 if articles.fatal else 0


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
