"""The report as a page: self-contained, readable without script, in greyscale and in print.

Every plot stands in a table beside its figures, so nothing is told by a picture alone.
"""

from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from ... import __version__
from ...report.html import asset, digest
from .count import Group, Report, Share
from .measures import MEASURES, Measure

CAVEATS = (
    "Everything was found by a program, which errs: about one statement in five of political copy"
    " is"
    " missed, cut wrongly or given to another speaker, more in other genres. Small differences"
    " between"
    " outlets may be differences of style that it reads more or less well.",
    "Intervals show how much a share would move with other articles of the same kind. They don't"
    " show the program's own errors, nor what the choice of articles leaves out.",
    "Gender is what the text says by pronouns, titles and given relations; it is never guessed from"
    " a"
    " name. Those of whom it says nothing are counted apart, and they need not be like the others.",
    "Speakers are counted by their names as written: namesakes are one, two spellings are two."
    " Unnamed sources are never linked across articles.",
    "Officials are told by titles and by names of public bodies from a list of English terms; a"
    " speaker without a title in the article is left out of that share.",
    "Copies of one agency story in several outlets count each time.",
    "What could not be read is in the table problems and in no figure here.",
)
"""What the counts can't tell."""
WIDTH, LEFT, RIGHT = 260, 6, 254
_SHOWN = ("named", "women", "officials", "withheld")
"""Measures that are compared outlet by outlet at first sight; the others fold out."""

_PAGES = Environment(
    loader=PackageLoader("onrecord.batch.report"),
    autoescape=select_autoescape(default=True, default_for_string=True),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def as_html(made: Report) -> str:
    """The report's page."""
    by = {kind: [g for g in made.groups if g.by == kind] for kind in ("outlet", "section", "month")}
    return _PAGES.get_template("report.html").render(
        made=made,
        whole=made.groups[0],
        by=by,
        measures=MEASURES,
        shown=[m for m in MEASURES if m.name in _SHOWN],
        folded=[m for m in MEASURES if m.name not in _SHOWN],
        axis=_axis,
        x=_x,
        per_cent=per_cent,
        interval=interval,
        points=_points,
        clear=_clear,
        line=_line,
        band=_band,
        month=_month,
        spoken=_spoken,
        span=_span(made),
        caveats=CAVEATS,
        version=__version__,
        style=Markup(style()),
        policy=f"default-src 'none'; style-src {digest(style())}; base-uri 'none'; form-action"
        f" 'none'",
    )


@cache
def style() -> str:
    """The page's style sheet."""
    own = (files("onrecord.batch.report") / "templates" / "report.css").read_text("utf-8")
    return asset("base.css") + own


def per_cent(value: float | None) -> str:
    """A share in per cent; a dash where there is none."""
    return "–" if value is None else f"{value * 100:.1f} %"


def interval(share: Share) -> str:
    """The interval of a share."""
    if share.low is None or share.high is None:
        return "too few"
    return f"{share.low * 100:.1f}–{share.high * 100:.1f}"


def _points(value: float | None) -> str:
    """A difference in points, with its sign."""
    return "–" if value is None else f"{value * 100:+.1f}".replace("-", "−")


def _clear(rest: Any) -> bool:
    """Whether a difference's interval leaves out zero."""
    return rest.low is not None and rest.high is not None and (rest.low > 0 or rest.high < 0)


def _x(value: float, most: float) -> float:
    """Where a share stands on the axis."""
    return round(LEFT + (RIGHT - LEFT) * min(value / most, 1.0), 1)


def _axis(groups: list[Group], name: str) -> float:
    """Where the axis of a measure ends: at a round share above all intervals."""
    highest = max((g.measures[name].high or g.measures[name].share or 0.0) for g in groups)
    return next((end for end in (0.1, 0.2, 0.4, 0.6, 0.8) if highest <= end), 1.0)


def _month(value: str) -> str:
    """A month in words."""
    return date.fromisoformat(f"{value}-01").strftime("%B %Y")


def _spoken(measure: Measure, group: Group) -> str:
    """A plot in words, for who can't see it."""
    share = group.measures[measure.name]
    if share.share is None:
        return f"{measure.title}: none to count"
    return f"{measure.title}: {per_cent(share.share)}, interval {interval(share)}"


def _places(groups: list[Group], width: float) -> list[float]:
    step = width / max(len(groups) - 1, 1)
    return [round(46 + step * n, 1) for n in range(len(groups))]


def _y(value: float, most: float) -> float:
    return round(170 - 150 * min(value / most, 1.0), 1)


def _line(groups: list[Group], name: str, most: float) -> list[str]:
    """The points of a line over months, one string a stretch without gaps."""
    stretches: list[list[str]] = [[]]
    for group, x in zip(groups, _places(groups, 640), strict=True):
        share = group.measures[name].share
        if share is None:
            stretches.append([])
        else:
            stretches[-1].append(f"{x},{_y(share, most)}")
    return [" ".join(points) for points in stretches if points]


def _band(groups: list[Group], name: str, most: float) -> list[tuple[float, float, float]]:
    """The interval of each month: where it stands, its upper and its lower end."""
    found = []
    for group, x in zip(groups, _places(groups, 640), strict=True):
        share = group.measures[name]
        if share.low is not None and share.high is not None:
            found.append((x, _y(share.high, most), _y(share.low, most)))
    return found


def _span(made: Report) -> str:
    """The days that the articles are of."""
    if not made.first or not made.last:
        return ""
    first, last = date.fromisoformat(made.first), date.fromisoformat(made.last)
    if first == last:
        return f"{first.day} {first:%B %Y}"
    return f"{first.day} {first:%B %Y} to {last.day} {last:%B %Y}"
