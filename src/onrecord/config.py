"""The user's settings: `onrecord.toml`, or `[tool.onrecord]` in `pyproject.toml`.

The nearest file upwards of a folder counts. Every mistake in it is an error that names the file,
the line and what is allowed. Whether a code or an option exists is for the rules to say; `blame`
then finds the line it stands on.
"""

import difflib
import json
import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn, get_args

import msgspec

from .errors import ConfigError
from .records import Settings, Severity
from .text.normalise import fold_text

_SEVERITIES = get_args(Severity)
_LISTS = ("select", "ignore", "extend-select", "standard")
_SHARED = (*_LISTS, "profile", "preview", "severity", "rules", "house")
_KEYS = (*_SHARED, "fail-on", "outlet")
_HOUSE = {"accepted-descriptions": "accepted", "loaded-words": "loaded"}
_LARGEST = 1_000_000
_OURS = re.compile(r"""(?m)^[^#\n]*\bonrecord\b""")
_WEB = re.compile(r"^the\s+|\.(?:com|co\.uk|org|net)$")


def find(start: Path) -> Path | None:
    """The configuration file that counts for a folder, or None."""
    for folder in (start, *start.parents):
        own, shared = folder / "onrecord.toml", folder / "pyproject.toml"
        if _there(own):
            return own
        if _there(shared) and _has_ours(shared):
            return shared
    return None


def _there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that we may not look into
        return False


def _has_ours(path: Path) -> bool:
    """Whether a `pyproject.toml` has a table for us; one that can't be read counts if it seems
    to."""
    try:
        text = _File(path).text
    except ConfigError:
        return False  # somebody else's file is no reason to stop
    if not _OURS.search(text):
        return False
    try:
        return _table_in(tomllib.loads(text)) is not None
    except (tomllib.TOMLDecodeError, RecursionError):
        return True


def _table_in(document: dict[str, Any]) -> dict[str, Any] | None:
    """Our table in a `pyproject.toml`."""
    tools = document.get("tool")
    table = tools.get("onrecord") if isinstance(tools, dict) else None
    return table if isinstance(table, dict) else None


def load(start: Path | None = None, file: Path | None = None) -> Settings:
    """The settings that count for a folder, the current one unless given; or those of a `file`.

    Raises `ConfigError` where the file isn't there, can't be read or holds what isn't allowed.
    """
    path = _counts(start, file)
    if path is None:
        return Settings()
    return _settings(path)


def _counts(start: Path | None, file: Path | None) -> Path | None:
    """The file that was named, else the one that counts for a folder."""
    if file is None:
        return find(_start(start))
    if not _there(file):
        raise ConfigError("--config", f"{file} is no file.", "Check the path.")
    return file


def _settings(path: Path) -> Settings:
    file = _File(path)
    try:
        table = tomllib.loads(file.text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"this is not TOML: {error}.", "Mend the file.") from error
    except RecursionError as error:
        what = "tables or arrays are nested too deep in it."
        raise ConfigError(str(path), what, "Mend the file.") from error
    if path.name == "pyproject.toml" or _table_in(table) is not None:
        table = _table_in(table) or {}
    return _read(file, table, _KEYS, Settings())


def _start(start: Path | None) -> Path:
    """The folder to look upwards from. Raises `ConfigError` where it is gone."""
    try:
        return (start or Path.cwd()).resolve()
    except OSError as error:
        what = f"the current folder can't be read ({error.strerror})."
        raise ConfigError(".", what, "Change to another folder.") from error


def for_outlet(settings: Settings, outlet: str | None) -> Settings:
    """The settings for an article of an outlet: those of its table, else the general ones.

    "The" in front and ".com" behind make no difference, nor do capitals.
    """
    wanted = _plain(outlet) if outlet else None
    for name, own in settings.outlets.items():
        if _plain(name) == wanted:
            return own
    return settings


def with_profile(settings: Settings, name: str) -> Settings:
    """The settings with a profile's bundle below them: what the settings say themselves stays.

    Raises `ConfigError` for a profile that does not exist.
    """
    expect("--profile", name, profiles(), "profile")
    bundle = profiles()[name]
    return msgspec.structs.replace(
        settings,
        profile=name,
        select=settings.select or tuple(bundle.get("select", ())),
        ignore=(*settings.ignore, *bundle.get("ignore", ())),
        extend_select=(*settings.extend_select, *bundle.get("extend-select", ())),
        severity={**bundle.get("severity", {}), **settings.severity},
    )


@cache
def profiles() -> dict[str, dict[str, Any]]:
    """The bundles of settings by name, of `data/profiles.json`."""
    return {k: v for k, v in _data("profiles").items() if k != "provenance"}


@cache
def standards() -> dict[str, str]:
    """What each body publishes, in our words, by its key."""
    return {k: v for k, v in _data("standards").items() if k != "provenance"}


def expect(where: str, value: str, allowed: Iterable[str], noun: str) -> None:
    """Raise an error that says what is allowed and what is near, unless the value is allowed."""
    names = list(allowed)
    if value not in names:
        near = difflib.get_close_matches(value.lower(), names, 1, 0.5)
        hint = f"Did you mean {near[0]}? " if near else ""
        raise ConfigError(
            where, f"{value!r} is no {noun}.", f"{hint}Allowed: {', '.join(sorted(names))}."
        )


def blame(error: ConfigError, start: Path | None = None, file: Path | None = None) -> ConfigError:
    """The error with the configuration's file and line in front, if what it names stands there."""
    path = _counts(start, file)
    read = _File(path) if path else None
    line = read.line(error.where.removeprefix("--"), "", absent=0) if read else 0
    if not read or not line:
        return error
    return ConfigError(f"{path}:{line}", f"{error.where}: {error.what}", error.remedy)


class _File:
    """A configuration file, for saying where in it something stands."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            with path.open("rb") as file:
                raw = file.read(_LARGEST + 1)
        except OSError as error:
            what = f"can't be read ({error.strerror})."
            raise ConfigError(str(path), what, "Check its permissions.") from error
        if len(raw) > _LARGEST:
            what = f"larger than {_LARGEST // 1_000_000} MB, which no configuration is."
            raise ConfigError(str(path), what, "Mend the file.")
        self.text = raw.decode("utf-8", "replace").replace("\r\n", "\n")

    def line(self, key: str, table: str, absent: int = 1) -> int:
        """The line where a key, a table's header or a quoted value stands, from a table on."""
        start = 0
        if table and (header := re.search(rf"(?m)^\s*\[.*{re.escape(table)}.*\]", self.text)):
            start = header.start()
        name = f"(?i:{re.escape(key)})"
        for pattern in (rf'(?m)^[ \t]*(?:\[[^\]\n]*)?["\']?{name}\b', rf'["\']{name}["\']'):
            if match := re.compile(pattern).search(self.text, start):
                return self.text.count("\n", 0, match.end()) + 1
        return absent

    def fail(self, key: str, what: str, remedy: str, table: str = "") -> NoReturn:
        """Raise an error that names the line where a key stands."""
        raise ConfigError(f"{self.path}:{self.line(key, table)}", what, remedy)


def _read(
    file: _File, table: dict[str, Any], keys: tuple[str, ...], base: Settings, name: str = ""
) -> Settings:
    """The settings of a table, on top of a base; `name` is the outlet whose table it is."""
    for key in table:
        if key not in keys:
            near = difflib.get_close_matches(key, keys, 1, 0.6)
            hint = f"Did you mean {near[0]}? " if near else ""
            allowed = f"{hint}Allowed: {', '.join(keys)}."
            file.fail(key, f"unknown key {key!r}.", allowed, name)
    values: dict[str, Any] = {}
    for key in _LISTS:
        if key in table:
            found = _strings(file, table[key], key, name)
            codes = key != "standard"
            values[key.replace("-", "_")] = tuple(map(str.upper, found)) if codes else found
    for key in values.get("standard", ()):
        _one_of(file, key, standards(), "standard", name)
    if "preview" in table:
        if not isinstance(table["preview"], bool):
            file.fail("preview", "preview must be true or false.", "", name)
        values["preview"] = table["preview"]
    if "fail-on" in table:
        values["fail_on"] = _severity(file, table["fail-on"], "fail-on", name)
    severities = _table(file, table, "severity", name, 'For instance ANO002 = "note".')
    given = {c.upper(): _severity(file, s, c, name) for c, s in severities.items()}
    values["severity"] = {**base.severity, **given}
    options = _table(file, table, "rules", name, "See `onrecord rule CODE`.")
    if not all(isinstance(o, dict) for o in options.values()):
        file.fail("rules", "rules must hold a table for each code.", "See `onrecord rule`.", name)
    values["options"] = {**base.options, **{code.upper(): o for code, o in options.items()}}
    values |= _house(file, table, base, name)
    made = msgspec.structs.replace(base, **values, outlets={})
    if "profile" in table:
        _one_of(file, table["profile"], profiles(), "profile", name)
        made = with_profile(made, table["profile"])
    outlets = _table(file, table, "outlet", name, 'For instance [outlet."Harbour Star"].')
    outlet_settings = {}
    for outlet, own in outlets.items():
        if not isinstance(own, dict):
            file.fail(outlet, "an outlet must be a table.", 'Write [outlet."Name"].')
        outlet_settings[outlet] = _read(file, own, _SHARED, made, outlet)
    return msgspec.structs.replace(made, outlets=outlet_settings)


def _house(file: _File, table: dict[str, Any], base: Settings, name: str) -> dict[str, Any]:
    """The house's own lists, added to those of the base."""
    lists = _table(file, table, "house", name, 'For instance loaded-words = ["shock"].')
    values = {}
    for key, words in lists.items():
        if key not in _HOUSE:
            file.fail(key, f"unknown list {key!r}.", f"Allowed: {', '.join(_HOUSE)}.", name)
        field = _HOUSE[key]
        values[field] = (*getattr(base, field), *_strings(file, words, key, name))
    return values


def _table(file: _File, table: dict[str, Any], key: str, name: str, example: str) -> dict[str, Any]:
    found = table.get(key, {})
    if not isinstance(found, dict):
        file.fail(key, f"{key} must be a table.", example, name)
    return found


def _strings(file: _File, value: Any, key: str, name: str) -> tuple[str, ...]:
    if isinstance(value, str) and key == "standard":
        value = [value]
    if not isinstance(value, list) or not all(isinstance(v, str) and v.strip() for v in value):
        noun, example = ("codes", '["ANO"]') if "select" in key or key == "ignore" else (
            "words", '["first", "second"]',
        )  # fmt: skip
        file.fail(key, f"{key} must be a list of {noun}.", f"For instance {example}.", name)
    return tuple(value)


def _one_of(file: _File, value: Any, allowed: Iterable[str], key: str, name: str) -> None:
    try:
        expect(key, str(value), allowed, key)
    except ConfigError as error:
        file.fail(key, error.what, error.remedy, name)


def _severity(file: _File, value: Any, key: str, name: str) -> Severity:
    if value not in _SEVERITIES:
        allowed = f"Allowed: {', '.join(_SEVERITIES)}."
        file.fail(key, f"{value!r} is no severity.", allowed, name)
    return value  # type: ignore[no-any-return]  # just checked


def _plain(name: str) -> str:
    return _WEB.sub("", fold_text(name))


def _data(name: str) -> dict[str, Any]:
    text = (files("onrecord") / "data" / f"{name}.json").read_text("utf-8")
    table: dict[str, Any] = json.loads(text)
    return table
