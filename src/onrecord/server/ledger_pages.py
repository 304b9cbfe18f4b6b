"""The ledger's pages: search, a person, a quote family with its drift and its way, an outlet.

Reads a ledger and shows it; nothing here writes. Words come blanked from `ledger.queries`.
"""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from ..ledger import Ledger, queries
from ..ledger.history import history_of, with_its_rules
from ..ledger.readback import read_analysis
from ..ledger.records import PrintingRow
from ..linter import lint
from ..records import Context, Settings
from ..report import html
from ..report.comparison.diff import word_diff
from . import pages
from .faults import RequestError

NAV = (*pages.NAV, ("Ledger", "/ledger"))
MOST_DRAWN = 40
"""Printings of a family that its graph shows."""
_ROW, _LEFT, _WIDTH = 26, 190, 640


class Line(msgspec.Struct, frozen=True):
    """A printing as a family's page shows it."""

    row: PrintingRow
    parts: tuple[tuple[str, str], ...]
    """Its words against the first printing's: `same`, `first` (left out here), `second` (put
    in)."""
    number: int
    source: int | None
    """The line that it is nearest to."""


class Arrow(msgspec.Struct, frozen=True):
    """From a printing to one whose words are nearest to it, in the graph's units."""

    path: str


def routes(ledger: Ledger) -> list[Route]:
    """The routes of a ledger's pages."""
    here = _Pages(ledger)
    return [
        Route("/ledger", here.home),
        Route("/ledger/search", here.search),
        Route("/ledger/people/{number:int}", here.person),
        Route("/ledger/families/{number:int}", here.family),
        Route("/ledger/outlets/{name}", here.outlet),
        Route("/ledger/articles/{number:int}", here.article),
    ]


class _Pages:
    """The handlers."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    async def home(self, request: Request) -> Response:
        """What the ledger holds, and where to begin."""

        def _ask() -> tuple[Any, Any]:
            return queries.stats(self._ledger), queries.claims(self._ledger, limit=12)

        held, claims = await run_in_threadpool(_ask)
        return pages.show(
            "ledger_home.html", title="Ledger", nav=NAV, held=held, claims=claims.claims, asked=""
        )

    async def search(self, request: Request) -> Response:
        """Paragraphs with the words asked for, the people of that name, the quotation's way."""
        asked = request.query_params.get("q", "").strip()[:400]

        def _ask() -> tuple[Any, Any, Any]:
            ledger = self._ledger
            found = queries.search(ledger, asked, limit=30) if ledger.keeps_text else None
            traced = queries.trace(ledger, asked) if len(asked.split()) > 2 else None
            return queries.who(ledger, asked, limit=1), found, traced

        if not asked:
            return await self.home(request)
        people, found, traced = await run_in_threadpool(_ask)
        return pages.show(
            "ledger_search.html", title=f"Search: {asked}", nav=NAV, asked=asked,
            people=people.people, hits=found.hits if found else (),
            families=traced.families if traced else (),
        )  # fmt: skip

    async def person(self, request: Request) -> Response:
        """What somebody said over time, in whose articles, first-hand or relayed."""
        number = request.path_params["number"]
        made = await run_in_threadpool(lambda: queries.who(self._ledger, str(number), limit=200))
        if not made.people:
            raise _missing("person", number)
        person = made.people[0]
        years: dict[str, list[Any]] = {}
        for statement in person.statements:
            year = str(statement.published.year) if statement.published else "Without a date"
            years.setdefault(year, []).append(statement)
        return pages.show(
            "ledger_person.html", title=person.name or f"Person {number}", nav=NAV, asked="",
            person=person, years=years,
            first_hand=sum(s.first_hand for s in person.statements),
        )  # fmt: skip

    async def family(self, request: Request) -> Response:
        """The drift of a quotation as aligned lines, and who is nearest to whom."""
        number = request.path_params["number"]
        made = await run_in_threadpool(lambda: queries.family(self._ledger, number))
        if not made.printings:
            raise _missing("family", number)
        lines = aligned_lines(made.printings)
        return pages.show(
            "ledger_family.html", title="Quote family", nav=NAV, asked="",
            family=made.families[0], lines=lines, drawn=lines[:MOST_DRAWN],
            arrows=arrows(lines[:MOST_DRAWN]), dots=dots(lines[:MOST_DRAWN]),
            height=_ROW * min(len(lines), MOST_DRAWN) + 34, width=_WIDTH,
        )  # fmt: skip

    async def outlet(self, request: Request) -> Response:
        """Of an outlet's words, the share of unnamed voices and of itself; its articles."""
        name = request.path_params["name"]

        def _ask() -> tuple[Any, Any]:
            return queries.outlet(self._ledger, name)

        row, articles = await run_in_threadpool(_ask)
        if row is None:
            raise _missing("outlet", name)
        return pages.show(
            "ledger_outlet.html", title=row.outlet, nav=NAV, asked="", row=row, articles=articles
        )

    async def article(self, request: Request) -> Response:
        """The reading view of an article of the ledger, what other articles say of it included."""
        number = request.path_params["number"]

        def _ask() -> str:
            ledger = self._ledger
            with ledger.database.reading() as to:
                analysis = read_analysis(to, number, ledger.database.name)
            context = Context(
                analysis=analysis, settings=with_its_rules(Settings()),
                history=history_of(ledger, analysis),
            )  # fmt: skip
            return html.render(lint(context), web=web)

        web = html.Web(nav=NAV)
        answer = HTMLResponse(await _or_fault(_ask))
        answer.headers["Content-Security-Policy"] = f"{html.policy(web)}; frame-ancestors 'none'"
        return answer


async def _or_fault(ask: Callable[[], str]) -> str:
    from ..errors import LedgerError

    try:
        return await run_in_threadpool(ask)
    except LedgerError as error:
        raise RequestError(404, error.where, error.what, error.remedy) from error


def _missing(what: str, asked: object) -> RequestError:
    return RequestError(404, what, f"the ledger has no {what} {asked}.", "Start from /ledger.")


def aligned_lines(rows: Sequence[PrintingRow]) -> list[Line]:
    """A family's printings, earliest first, each with its words against the first one's."""
    places = {row.printing: n for n, row in enumerate(rows, 1)}
    first = rows[0].words
    lines = []
    for n, row in enumerate(rows, 1):
        parts: tuple[tuple[str, str], ...] = (("same", row.words or "(words not kept)"),)
        if n > 1 and first and row.words:
            parts = word_diff(first, row.words)
        lines.append(Line(row, parts, n, places.get(row.nearest or -1)))
    return lines


def dots(lines: Sequence[Line]) -> list[tuple[float, float]]:
    """Where each printing stands in the graph: down by order, across by its day."""
    days = [line.row.published for line in lines]
    known = [d for d in days if d is not None]
    low, high = (min(known), max(known)) if known else (date.min, date.min)
    span = max(1, (high - low).days)
    room = _WIDTH - _LEFT - 30
    return [
        (_LEFT + 10 + (room * (d - low).days / span if d else 0), 18 + _ROW * n)
        for n, d in enumerate(days)
    ]


def arrows(lines: Sequence[Line]) -> list[Arrow]:
    """From each printing to the one that its words are nearest to."""
    places = dots(lines)
    made = []
    for n, line in enumerate(lines):
        if line.source is not None and line.source <= len(places):
            (x1, y1), (x2, y2) = places[line.source - 1], places[n]
            bend = x1 - 16 if abs(x2 - x1) < 1 else x1
            made.append(
                Arrow(
                    f"M{x1:.0f} {y1:.0f}C{bend:.0f} {y2:.0f} {bend:.0f} {y2:.0f} {x2 - 6:.0f}"
                    f" {y2:.0f}"
                )
            )
    return made
