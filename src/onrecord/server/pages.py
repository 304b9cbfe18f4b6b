"""The web app's pages: the list with its form, the rules, a fault; the reading view is
`report.html`'s."""

from functools import cache
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from .. import __version__
from ..report.html import PAGES, asset, digest
from .faults import RequestError

NAV = (("Articles", "/"), ("Rules", "/rules"), ("Compare", "/compare"), ("API", "/openapi.json"))


@cache
def _pages() -> Environment:
    made = PAGES.overlay(
        loader=ChoiceLoader([PackageLoader("onrecord.server"), PackageLoader("onrecord.report")])
    )
    return made


@cache
def style() -> str:
    """The style sheet of the app's own pages."""
    own, _, _ = _pages().loader.get_source(_pages(), "app.css")  # type: ignore[union-attr]
    return asset("base.css") + own


def plain_policy() -> str:
    """The Content-Security-Policy of pages without script."""
    return (
        f"default-src 'none'; style-src {digest(style())}; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'none'"
    )


def show(template: str, status: int = 200, **values: Any) -> Response:
    """A page of the app."""
    shown = {"nav": NAV, **values}
    text = (
        _pages().get_template(template).render(style=Markup(style()), version=__version__, **shown)
    )
    return HTMLResponse(text, status)


def fault(found: RequestError) -> Response:
    """What went wrong, for a person."""
    made = show("fault.html", found.status, fault=found, title="That did not work")
    if found.wait:
        made.headers["Retry-After"] = str(found.wait)
    return made
