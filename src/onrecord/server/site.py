"""The pages for people: the list, an article to read and edit, comparing, the rules, help.

Every post is answered with a way to go on, for browsers without script, or with JSON for the page's
own. What a form was given and can't be used comes back in it, with what is wrong.
"""

import re
import secrets
import time
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import quote

import msgspec
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from ..config import load
from ..dismissals import file as baseline
from ..ingest import SUFFIXES
from ..records import Analysis, Settings
from ..report import html
from ..report.comparison.render import compare_policy
from ..report.rulepage import rule_html
from ..rules import all_rules
from . import choices, drafts, example, jobs, pages, work
from .faults import RequestError, wants_json
from .forms import PASTED, Form, read_form
from .shelf import Item, Shelf

_WEIGHTS = {"error": 100, "warning": 10, "note": 1}
_SLUG = re.compile(r"[^\w]+")
_LONGEST_NAME = 60
"""Characters of a saved page's name."""


class Site:
    """The handlers of the pages."""

    def __init__(self, shelf: Shelf, pool: work.Work) -> None:
        self._shelf, self._pool = shelf, pool
        self._token = secrets.token_urlsafe(18)
        self._base = load()

    def put(self, analysis: Analysis) -> None:
        """Put an article on the shelf from the start."""
        self._shelf.put(jobs.kept(analysis, self._base))

    def routes(self) -> list[Route]:
        """The pages' addresses."""
        return [
            Route("/", self.articles),
            Route("/articles", self.give, methods=["POST"]),
            Route("/articles/{id}", self.article),
            Route("/articles/{id}/draft", self.draft, methods=["POST"]),
            Route("/articles/{id}/keep", self.keep, methods=["POST"]),
            Route("/articles/{id}/export", self.export),
            Route("/articles/{id}/dismiss", self.dismiss, methods=["POST"]),
            Route("/articles/{id}/restore", self.restore, methods=["POST"]),
            Route("/articles/{id}/forget", self.forget, methods=["POST"]),
            Route("/articles/{id}/verify", self.verify_form),
            Route("/articles/{id}/verify", self.verify, methods=["POST"]),
            Route("/onrecord.toml", self.toml, methods=["POST"]),
            Route("/compare", self.compare),
            Route("/compare", self.compare_given, methods=["POST"]),
            Route("/rules", self.rules),
            Route("/rules/{code}", self.rule),
            Route("/help", self.help),
        ]

    def _item(self, request: Request) -> Item:
        item = self._shelf.get(request.path_params["id"])
        if item is None:
            remedy = "It may have been forgotten; give it again."
            raise RequestError(404, "article", "this article is not here.", remedy)
        return item

    async def _form(self, request: Request) -> Form:
        """The form, its token checked."""
        form = await read_form(request)
        given = form.fields.get("token", "").encode("utf-8", "replace")
        if not secrets.compare_digest(given, self._token.encode()):
            remedy = "Load the page again."
            raise RequestError(403, "form", "the form is not from this server's page.", remedy)
        return form

    def _settings(self, chosen: choices.Choices | None) -> Settings:
        return choices.settings(self._base, chosen)

    async def _marks(self, item: Item) -> tuple[jobs.Mark, ...]:
        """The article's findings that nobody dismissed; a kept one's are found when first
        wanted."""
        if item.now.marks is None:
            raw = await self._pool.run(jobs.mark, self._page(item, None))
            marks = msgspec.msgpack.decode(raw, type=tuple[jobs.Mark, ...])
            _change(item, marks=marks)
        known = self._shelf.dismissed
        return tuple(m for m in item.now.marks or () if m.fingerprint not in known)

    def _page(self, item: Item, web: html.Web | None) -> jobs.Page:
        """What a worker must have to show an article."""
        known = self._shelf.dismissed
        marks = item.now.marks or ()
        return jobs.Page(
            analysis=item.now.analysis,
            settings=self._settings(item.chosen),
            held=None if item.draft else item.held,
            dismissed=tuple(known[m.fingerprint] for m in marks if m.fingerprint in known),
            web=web,
        )

    async def _shown(self, item: Item, web: html.Web) -> drafts.Shown:
        await self._marks(item)
        return drafts.Shown(
            page=self._page(item, web),
            first=item.first.analysis,
            first_settings=self._settings(item.first_chosen),
            unkept=item.draft is not None,
            chosen=item.chosen,
        )

    def _web(self, item: Item) -> html.Web:
        here = f"/articles/{item.id}"
        return html.Web(
            nav=pages.NAV,
            token=self._token,
            dismiss_url=f"{here}/dismiss",
            restore_url=f"{here}/restore",
            export_url=f"{here}/export",
            verify_url=f"{here}/verify",
            draft_url=f"{here}/draft",
            keep_url=f"{here}/keep",
            unkept=item.draft is not None,
        )

    async def _row(self, item: Item) -> dict[str, Any]:
        """What the list says of an article."""
        marks = await self._marks(item)
        return {
            "id": item.id,
            "title": item.now.title,
            "words": item.now.words,
            "unnamed": item.now.unnamed,
            "findings": len(marks),
            "concern": sum(_WEIGHTS[m.severity] for m in marks),
            "serious": sum(m.severity == "error" for m in marks),
            "time": item.time,
            "when": _when(item.time),
        }

    async def _list(
        self, sort: str = "", given: Form | None = None, faults: Sequence[RequestError] = ()
    ) -> Response:
        """The list of articles and the form to give one, filled with what was given before."""
        rows = [await self._row(item) for item in list(self._shelf)]
        key = sort.lstrip("-") if sort.lstrip("-") in pages.COLUMNS else "concern"
        falling = sort.startswith("-") or (sort.lstrip("-") != key and key == "concern")
        rows.sort(key=lambda r: r["title"].casefold() if key == "name" else r[key])
        if falling:
            rows.reverse()
        return pages.show(
            "list.html",
            faults[0].status if faults else 200,
            scripts=pages.LIST_SCRIPTS,
            title="Articles",
            items=rows,
            columns=pages.COLUMNS,
            sort=key,
            falling=falling,
            token=self._token,
            kept=self._shelf.place,
            given=given.fields if given else {},
            faults=faults,
            settings=choices.shown(choices.read(given) if given else None),
            suffixes=",".join(sorted(SUFFIXES)),
        )

    async def articles(self, request: Request) -> Response:
        """The list of articles and the form to give one."""
        return await self._list(request.query_params.get("sort", "-concern"))

    async def give(self, request: Request) -> Response:
        """Take articles in: the pasted text, files, or the example."""
        form = await self._form(request)
        made: list[Item] = []
        faults: list[RequestError] = []
        try:
            chosen = choices.read(form)
            self._settings(chosen)
            inputs = _inputs(form)
            published = _date(form.fields.get("published", ""))
        except RequestError as fault:
            faults, inputs = [fault], []
        for name, raw in inputs:
            job = jobs.Take(
                raw=raw,
                name=name,
                kind=SUFFIXES.get(Path(name).suffix.lower()) if name != PASTED else "text",
                settings=self._settings(chosen),
                outlet=form.fields.get("outlet", "").strip() or None,
                published=published,
            )
            try:
                found = msgspec.msgpack.decode(
                    await self._pool.run(jobs.take, job), type=tuple[jobs.Kept, ...]
                )
                made += [self._shelf.put(kept, chosen) for kept in found]
            except RequestError as fault:
                faults.append(fault)
        place = f"/articles/{made[0].id}" if len(made) == 1 else "/"
        if wants_json(request):
            if faults and not made:
                raise faults[0]
            return JSONResponse({"place": place, "articles": len(made)})
        if faults:
            return await self._list(given=form, faults=faults)
        return RedirectResponse(place, 303)

    async def article(self, request: Request) -> Response:
        """The reading view."""
        item = self._item(request)
        web = self._web(item)
        answer = HTMLResponse(await self._pool.run(drafts.page, await self._shown(item, web)))
        answer.headers["Content-Security-Policy"] = f"{html.policy(web)}; frame-ancestors 'none'"
        return answer

    async def draft(self, request: Request) -> Response:
        """Check an edited text, or the same with other settings; what is kept stays as it is."""
        item = self._item(request)
        form = await self._form(request)
        chosen = choices.read(form)
        text = form.fields.get("text")
        first = form.fields.get("version") == "first"
        fields = form.fields
        job = drafts.Recheck(
            analysis=item.first.analysis if first else item.now.analysis,
            text=None if first or text is None else text.replace("\r\n", "\n"),
            title="" if first else fields.get("title", ""),
            about="outlet" in fields and "published" in fields and not first,
            outlet=fields.get("outlet", "").strip() or None,
            published=_date(fields.get("published", "")),
            settings=self._settings(chosen),
        )
        kept = msgspec.msgpack.decode(await self._pool.run(drafts.recheck, job), type=jobs.Kept)
        item.chosen = chosen
        if kept.digest == item.kept.digest:
            item.kept, item.draft = kept, None
        else:
            item.draft = kept
        if not wants_json(request):
            return RedirectResponse(f"/articles/{item.id}", 303)
        shown = await self._shown(item, self._web(item))
        return Response(await self._pool.run(drafts.parts, shown), media_type="application/json")

    async def keep(self, request: Request) -> Response:
        """Let the draft take the place of what is kept."""
        item = self._item(request)
        await self._form(request)
        self._shelf.keep_draft(item)
        return self._done(request, item)

    def _done(self, request: Request, item: Item, at: str = "") -> Response:
        if wants_json(request):
            return JSONResponse({})
        return RedirectResponse(f"/articles/{item.id}{at}", 303)

    async def export(self, request: Request) -> Response:
        """The same page as one file, named after the article."""
        item = self._item(request)
        await self._marks(item)
        answer = HTMLResponse(await self._pool.run(jobs.page, self._page(item, None)))
        answer.headers["Content-Security-Policy"] = f"{html.policy()}; frame-ancestors 'none'"
        answer.headers["Content-Disposition"] = _attachment(item.now.title)
        return answer

    async def dismiss(self, request: Request) -> Response:
        """Dismiss a finding, with a reason."""
        item = self._item(request)
        form = await self._form(request)
        reason = form.fields.get("reason", "").strip()
        if not reason:
            raise RequestError(
                422, "reason", "a dismissal needs a reason.", "Say why, in a few words."
            )
        mark = form.fields.get("fingerprint", "")
        found = next((m for m in await self._marks(item) if m.fingerprint == mark), None)
        if found is None:
            raise RequestError(
                404, "finding", "this finding is not here.", "Load the article again."
            )
        entry = baseline.Dismissal(
            fingerprint=mark, code=found.code, article_id=found.article_id, reason=reason[:500],
            date=date.today().isoformat(),
        )  # fmt: skip
        self._shelf.dismiss(entry)
        return self._done(request, item, "#n1-notes")

    async def restore(self, request: Request) -> Response:
        """Take a dismissal back."""
        item = self._item(request)
        form = await self._form(request)
        self._shelf.restore(form.fields.get("fingerprint", ""))
        return self._done(request, item, "#n1-notes")

    async def forget(self, request: Request) -> Response:
        """Remove an article."""
        item = self._item(request)
        await self._form(request)
        self._shelf.forget(item.id)
        self._pool.forget()
        return RedirectResponse("/", 303)

    def _verify_page(
        self, item: Item, given: Form | None = None, fault: RequestError | None = None
    ) -> Response:
        return pages.show(
            "verify.html",
            fault.status if fault else 200,
            scripts=pages.FORM_SCRIPTS,
            title="Verify",
            item=item,
            name=item.now.title,
            token=self._token,
            given=given.fields if given else {},
            faults=[fault] if fault else [],
        )

    async def verify_form(self, request: Request) -> Response:
        """The form to give a transcript."""
        return self._verify_page(self._item(request))

    async def verify(self, request: Request) -> Response:
        """Hold the article's quotations against what was given."""
        item = self._item(request)
        form = await self._form(request)
        speaker = form.fields.get("speaker", "").strip() or None
        try:
            raw, name = form.given()
            self._shelf.keep_draft(item)
            job = jobs.Hold(
                analysis=item.kept.analysis, settings=self._settings(item.chosen), raw=raw,
                name=name, speaker=speaker,
            )  # fmt: skip
            answer = await self._pool.run(jobs.hold, job)
        except RequestError as fault:
            if wants_json(request):
                raise
            return self._verify_page(item, form, fault)
        made = msgspec.msgpack.decode(answer, type=jobs.Verified)
        item.held = made.held
        item.kept = msgspec.structs.replace(item.kept, marks=made.marks)
        place = f"/articles/{item.id}"
        if wants_json(request):
            return JSONResponse({"place": place})
        return RedirectResponse(place, 303)

    async def toml(self, request: Request) -> Response:
        """The chosen settings as a configuration file."""
        form = await self._form(request)
        chosen = choices.read(form)
        self._settings(chosen)
        text = choices.as_toml(chosen, form.fields.get("outlet", "").strip())
        answer = Response(text, media_type="application/toml")
        answer.headers["Content-Disposition"] = 'attachment; filename="onrecord.toml"'
        return answer

    async def compare(self, request: Request) -> Response:
        """Two articles side by side, or the form to choose or give them."""
        names = [request.query_params.get(key) for key in ("a", "b")]
        chosen = [self._shelf.get(name) if name else None for name in names]
        if chosen[0] is None or chosen[1] is None:
            return self._compare_page()
        web = html.Web(nav=pages.NAV)
        pair = jobs.Pair(chosen[0].now.analysis, chosen[1].now.analysis, web)
        answer = HTMLResponse(await self._pool.run(jobs.compare, pair))
        answer.headers["Content-Security-Policy"] = f"{compare_policy(web)}; frame-ancestors 'none'"
        return answer

    def _compare_page(
        self, given: Form | None = None, fault: RequestError | None = None
    ) -> Response:
        rows = [{"id": i.id, "title": i.now.title, "when": _when(i.time)} for i in self._shelf]
        return pages.show(
            "compare.html",
            fault.status if fault else 200,
            scripts=pages.FORM_SCRIPTS,
            title="Compare",
            items=rows,
            token=self._token,
            given=given.fields if given else {},
            faults=[fault] if fault else [],
        )

    async def compare_given(self, request: Request) -> Response:
        """Take in the two that were given, as files or from the list, and compare them."""
        form = await self._form(request)
        try:
            ids = [await self._side(form, side) for side in ("a", "b")]
        except RequestError as fault:
            if wants_json(request):
                raise
            return self._compare_page(form, fault)
        place = f"/compare?a={ids[0]}&b={ids[1]}"
        if wants_json(request):
            return JSONResponse({"place": place})
        return RedirectResponse(place, 303)

    async def _side(self, form: Form, side: str) -> str:
        """The id of one of the two: a file that is put on the shelf, a pasted text, or its
        choice."""
        known = self._shelf.get(form.fields.get(side, ""))
        has_file = any(key == f"file_{side}" for key, _, _ in form.files)
        if not has_file and not form.fields.get(f"text_{side}", "").strip():
            if known is None:
                which = "first" if side == "a" else "second"
                what = f"the {which} of the two is missing."
                raise RequestError(422, "compare", what, "Choose an article, a file or paste one.")
            return known.id
        raw, name = form.given(f"file_{side}", f"text_{side}")
        kind = SUFFIXES.get(Path(name).suffix.lower()) if name != PASTED else "text"
        job = jobs.Take(raw=raw, name=name, kind=kind, settings=self._base)
        found = msgspec.msgpack.decode(
            await self._pool.run(jobs.take, job), type=tuple[jobs.Kept, ...]
        )
        return self._shelf.put(found[0]).id

    async def rules(self, request: Request) -> Response:
        """The catalogue."""
        return pages.show("rules.html", title="Rules", rules=all_rules())

    async def rule(self, request: Request) -> Response:
        """A rule's page; with `?part=page` its inside only, to be shown beside a text."""
        code = request.path_params["code"].upper()
        rule = next((r for r in all_rules() if r.code == code), None)
        if rule is None:
            raise RequestError(404, code, "no rule has this code.", "The list is at /rules.")
        inside = request.query_params.get("part") == "page"
        return pages.show(
            "rule_part.html" if inside else "rule.html",
            title=f"{rule.code} {rule.name}",
            rule=rule,
            page=rule_html(code),
        )

    async def help(self, request: Request) -> Response:
        """How to read an article's page, with a marked paragraph."""
        return pages.show(
            "help.html", title="Help", picture=example.marked(), kept=self._shelf.place
        )


def _change(item: Item, **values: Any) -> None:
    """Change what is shown of an article."""
    made = msgspec.structs.replace(item.now, **values)
    if item.draft:
        item.draft = made
    else:
        item.kept = made


def _inputs(form: Form) -> list[tuple[str, bytes]]:
    """What was given, by name. Raises `RequestError` where it is nothing."""
    if "example" in form.fields:
        return [("example.txt", (files("onrecord.server") / "example.txt").read_bytes())]
    found = [(name, raw) for key, name, raw in form.files if key == "file" and raw]
    if form.fields.get("text", "").strip() or not found:
        raw, name = form._replace(files=()).given()
        found.insert(0, (name, raw))
    return found


def _when(seconds: float) -> str:
    """A time as the list says it: the hour today, else the day."""
    then = datetime.fromtimestamp(seconds)
    today = datetime.fromtimestamp(time.time()).date() == then.date()
    return f"{then:%H:%M}" if today else f"{then.day} {then:%b %H:%M}"


def _attachment(title: str) -> str:
    """The header that names a saved page after its article."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    short = _SLUG.sub("-", plain.lower()).strip("-")[:_LONGEST_NAME].rstrip("-") or "onrecord"
    own = _SLUG.sub("-", title.lower()).strip("-")[:_LONGEST_NAME].rstrip("-") or "onrecord"
    return f"attachment; filename=\"{short}.html\"; filename*=UTF-8''{quote(own)}.html"


def _date(value: str) -> date | None:
    if not value.strip():
        return None
    try:
        return date.fromisoformat(value.strip())
    except ValueError as error:
        raise RequestError(
            422, "published", f"{value!r} is no date.", "Give it as YYYY-MM-DD."
        ) from error
