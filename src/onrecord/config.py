"""The user's settings: `onrecord.toml`, or `[tool.onrecord]` in `pyproject.toml`.

The nearest file upwards of a folder counts. Every mistake in it is an error that names the file, the
line and what is allowed.
"""

import re
import tomllib
from pathlib import Path
from typing import Any, get_args

import msgspec

from .errors import ConfigError
from .records import Settings, Severity

_SEVERITIES = get_args(Severity)
_KEYS = ("select", "ignore", "preview", "fail-on", "severity", "rules")


def find(start: Path) -> Path | None:
    """The configuration file that counts for a folder, or None."""
    for folder in (start, *start.parents):
        own, shared = folder / "onrecord.toml", folder / "pyproject.toml"
        if own.is_file():
            return own
        if shared.is_file() and "[tool.onrecord" in shared.read_text("utf-8", "replace"):
            return shared
    return None


def load(start: Path | None = None) -> Settings:
    """The settings that count for a folder, the current one unless given.

    Raises `ConfigError` where the file can't be read or holds what isn't allowed.
    """
    path = find((start or Path.cwd()).resolve())
    if path is None:
        return Settings()
    text = path.read_text("utf-8", "replace")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(path), f"this is not TOML: {error}.", "Mend the file.") from error
    if path.name == "pyproject.toml":
        table = table["tool"]["onrecord"]
    return _settings(table, path, text)


def _settings(table: dict[str, Any], path: Path, text: str) -> Settings:
    for key in table:
        if key not in _KEYS:
            _fail(path, text, key, f"unknown key {key!r}.", f"Allowed: {', '.join(_KEYS)}.")
    values: dict[str, Any] = {}
    for key in ("select", "ignore"):
        if key in table:
            codes = table[key]
            if not isinstance(codes, list) or not all(isinstance(c, str) for c in codes):
                _fail(path, text, key, f"{key} must be a list of codes.", 'For instance ["ANO"].')
            values[key] = tuple(codes)
    if not isinstance(table.get("preview", False), bool):
        _fail(path, text, "preview", "preview must be true or false.", "")
    values["preview"] = table.get("preview", False)
    if "fail-on" in table:
        values["fail_on"] = _severity(table["fail-on"], path, text, "fail-on")
    severities = table.get("severity", {})
    if not isinstance(severities, dict):
        _fail(path, text, "severity", "severity must be a table.", 'For instance ANO002 = "note".')
    values["severity"] = {c: _severity(s, path, text, c) for c, s in severities.items()}
    options = table.get("rules", {})
    if not isinstance(options, dict) or not all(isinstance(o, dict) for o in options.values()):
        _fail(path, text, "rules", "rules must hold a table for each code.", "See `onrecord rule`.")
    values["options"] = options
    return msgspec.convert(values, Settings)


def _severity(value: Any, path: Path, text: str, key: str) -> Severity:
    if value not in _SEVERITIES:
        allowed = f"Allowed: {', '.join(_SEVERITIES)}."
        _fail(path, text, key, f"{value!r} is no severity.", allowed)
    return value  # type: ignore[no-any-return]  # just checked


def _fail(path: Path, text: str, key: str, what: str, remedy: str) -> None:
    """Raise an error that names the line where a key stands."""
    pattern = re.compile(rf'^\s*(?:\[[^\]]*\b)?"?{re.escape(key)}\b', re.MULTILINE)
    match = pattern.search(text)
    line = text.count("\n", 0, match.start() + len(match.group())) + 1 if match else 1
    raise ConfigError(f"{path}:{line}", what, remedy)
