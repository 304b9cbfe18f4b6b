"""The web app's pages: the list with its form, the rules, a fault; the reading view is
`report.html`'s."""

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from .. import __version__
from ..report.html import PAGES, digest, joined
from .faults import RequestError

NAV = (
    ("Articles", "/"),
    ("Compare", "/compare"),
    ("Rules", "/rules"),
    ("API", "/api"),
    ("Help", "/help"),
)
COLUMNS = {
    "name": "Name",
    "words": "Words",
    "unnamed": "On unnamed voices",
    "findings": "Findings",
    "time": "Given",
}
"""The list's columns by key; it is sorted by `concern` too, what the findings weigh together."""
FORM_SCRIPTS = ("kit.js", "give.js")
LIST_SCRIPTS = ("kit.js", "remembered.js", "give.js")
"""The scripts of the app's own pages, in one scope."""


@cache
def _pages() -> Environment:
    made = PAGES.overlay(
        loader=ChoiceLoader([PackageLoader("onrecord.server"), PackageLoader("onrecord.report")])
    )
    return made


@cache
def source(name: str) -> str:
    """A file of the app's own pages, as it is."""
    own, _, _ = _pages().loader.get_source(_pages(), name)  # type: ignore[union-attr]
    return own


@cache
def style() -> str:
    """The style sheet of the app's own pages."""
    return "".join(map(source, ("base.css", "forms.css", "app.css")))


@cache
def _script(names: tuple[str, ...]) -> str:
    return joined([source(name) for name in names])


def plain_policy() -> str:
    """The Content-Security-Policy of pages without script."""
    return (
        f"default-src 'none'; style-src {digest(style())}; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    )


def show(
    template: str, status: int = 200, *, scripts: tuple[str, ...] = (), **values: Any
) -> Response:
    """A page of the app, with the scripts that it asks for."""
    script = _script(scripts) if scripts else ""
    shown = {"nav": NAV, "script": Markup(script), "style": Markup(style()), **values}
    text = _pages().get_template(template).render(version=__version__, **shown)
    answer = HTMLResponse(text, status)
    if script:
        own = f"script-src {digest(script)}; connect-src 'self'"
        answer.headers["Content-Security-Policy"] = f"{plain_policy()}; {own}"
    return answer


def fault(found: RequestError) -> Response:
    """What went wrong, for a person."""
    made = show("fault.html", found.status, fault=found, title="That did not work")
    if found.wait:
        made.headers["Retry-After"] = str(found.wait)
    return made
