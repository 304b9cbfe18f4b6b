"""What can be installed beside onrecord, by the names that pip knows: `onrecord[NAME]`."""

from importlib.util import find_spec
from typing import NamedTuple

from .errors import ConfigError


class Extra(NamedTuple):
    """What an extra brings."""

    modules: tuple[str, ...]
    """What is imported of it."""
    gives: str
    """What it is good for, in a few words."""


EXTRAS = {
    "batch": Extra(("pyarrow", "fastwarc", "zstandard"), "onrecord batch and report, Parquet"),
    "ray": Extra(("ray",), "onrecord batch --engine ray"),
    "postgres": Extra(("psycopg",), "a ledger in PostgreSQL"),
    "watch": Extra(("feedparser", "watchfiles"), "onrecord watch, check --watch"),
    "lsp": Extra(("pygls", "lsprotocol"), "onrecord lsp, for editors"),
    "spacy": Extra(("spacy",), 'spaCy\'s nlp.add_pipe("onrecord")'),
    "mcp": Extra(("mcp",), "onrecord mcp, for agents"),
}
"""Every extra by its name, as `pyproject.toml` declares it."""


def missing(extra: str) -> list[str]:
    """The modules of an extra that aren't installed."""
    return [name for name in EXTRAS[extra].modules if find_spec(name) is None]


def install(extra: str) -> str:
    """How to install an extra."""
    return f"Install it: pip install 'onrecord[{extra}]'."


def require(extra: str, where: str, *modules: str) -> None:
    """Raise `ConfigError` with what to install, where a module of an extra is missing.

    `modules` are those of it that are needed, all unless given.
    """
    if gone := [name for name in missing(extra) if not modules or name in modules]:
        what = f"{' and '.join(gone)} {'are' if len(gone) > 1 else 'is'} not installed."
        raise ConfigError(where, what, install(extra))
