"""The settings that a page offers: read from its form, shown in it, and written as a file.

A page's choices lie on top of the configuration that the server was started with. Nothing is kept
here: the browser remembers them, and an article on the shelf what it was checked with.
"""

import json
import re
from typing import Any

import msgspec

from ..config import profiles, standards, with_profile
from ..errors import ConfigError
from ..records import Analysis, Settings
from ..report.notes import FAMILIES
from ..report.web import Choice
from ..report.web import Form as Shown
from ..rules import all_rules, select
from ..text.spans import text_of
from .faults import RequestError
from .forms import Form

_CODE = re.compile(r"[^\s,;]+")


class Choices(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody chose on a page."""

    profile: str = ""
    standard: str = ""
    off: tuple[str, ...] = ()
    """Families of rules that don't run."""
    ignore: str = ""
    """Codes of single rules, as they were typed."""
    preview: bool = False


def read(form: Form) -> Choices | None:
    """The choices of a form; None where it has none to make."""
    if "families" not in form.fields:
        return None
    on = set(form.all("family"))
    return Choices(
        profile=form.fields.get("profile", ""),
        standard=form.fields.get("standard", ""),
        off=tuple(family for family in families() if family not in on),
        ignore=form.fields.get("ignore", "").strip()[:500],
        preview=bool(form.fields.get("preview")),
    )


def families() -> list[str]:
    """The families that have rules, in the order of their concerns' names."""
    found = {rule.code[:3] for rule in all_rules()}
    return sorted(found, key=lambda family: FAMILIES.get(family, family))


def settings(base: Settings, chosen: Choices | None) -> Settings:
    """The settings with the choices on top. Raises `RequestError` (422) for what doesn't exist."""
    if chosen is None:
        return base
    codes = tuple(code.upper() for code in _CODE.findall(chosen.ignore))
    made = msgspec.structs.replace(
        base,
        ignore=(*base.ignore, *chosen.off, *codes),
        preview=base.preview or chosen.preview,
        standard=(chosen.standard,) if chosen.standard else base.standard,
    )
    try:
        made = with_profile(made, chosen.profile) if chosen.profile else made
        select(all_rules(), made)
    except ConfigError as error:
        raise RequestError(422, error.where, error.what, error.remedy) from error
    return made


def shown(chosen: Choices | None, analysis: Analysis | None = None) -> Shown:
    """The form as a page shows it, filled with what was chosen and what the article says."""
    now = chosen or Choices()
    article = analysis.article if analysis else None
    head = next((b for b in article.blocks if b.role == "headline"), None) if article else None
    return Shown(
        profiles=tuple(
            Choice(name, str(bundle["about"]), name == now.profile)
            for name, bundle in profiles().items()
        ),
        standards=tuple(
            Choice(key, _body(words), key == now.standard) for key, words in standards().items()
        ),
        families=tuple(
            Choice(key, FAMILIES.get(key, key), key not in now.off) for key in families()
        ),
        ignore=now.ignore,
        preview=now.preview,
        outlet=(article.outlet or "") if article else "",
        published=article.published.isoformat() if article and article.published else "",
        title=text_of(article.text, head.span) if article and head else "",
    )


def _body(words: str) -> str:
    """The name of the body in a standard's summary."""
    return words.partition(":")[0].partition(",")[0]


def as_toml(chosen: Choices | None, outlet: str) -> str:
    """The choices as an `onrecord.toml`, commented."""
    now = chosen or Choices()
    codes = [*now.off, *(code.upper() for code in _CODE.findall(now.ignore))]
    given: dict[str, Any] = {
        "profile": now.profile,
        "standard": [now.standard] if now.standard else [],
        "ignore": codes,
        "preview": now.preview,
    }
    lines = ["# Settings of onrecord, chosen on its page. Put this file beside the articles."]
    if outlet:
        lines.append(f"# The outlet is given on the command line: --outlet {json.dumps(outlet)}")
    for key, value in given.items():
        # A TOML string, list and truth value of ours are written as JSON's are.
        lines.append(f"{key} = {json.dumps(value)}" if value else f"# {key} =")
    return "\n".join(lines) + "\n"
