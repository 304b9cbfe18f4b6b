"""Rendering: one file a format. Renderers decide nothing; they show what the linter found."""

import os
import re
from collections.abc import Iterable
from urllib.parse import quote

_CONTROL = re.compile(
    r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]"
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def visible(text: str) -> str:
    """Text for one line of a terminal: control, escape and direction characters shown, never sent.

    They become `\\x1b` and the like, so that an article's words can neither drive a terminal nor
    begin a line of their own.
    """
    return _CONTROL.sub(lambda m: f"\\x{ord(m.group()):02x}", text)


def cells(values: Iterable[str]) -> list[str]:
    """A row of a table for spreadsheets, which would run a cell that begins like a formula.

    Such a cell gets an apostrophe in front; control characters are shown, never sent.
    """
    rows = ["'" + v if v[:1] in _FORMULA else v for v in values]
    return [visible(v.replace("\n", " ")) for v in rows]


def relative(path: str) -> str:
    """A file as tools of a repository name it: from the working folder, with forward slashes.

    Without `./`; a file outside keeps its whole path.
    """
    if os.path.isabs(path):
        inside = os.path.relpath(path)
        path = path if inside.startswith(os.pardir) else inside
    path = path.replace("\\", "/") if os.sep == "\\" else path
    while path.startswith("./"):
        path = path[2:].lstrip("/")
    return path


def uri(path: str) -> str:
    """A file as a relative reference, percent-encoded; one outside the folder as `file://`.

    A byte that is no UTF-8, which is shown as `\\xe9`, is that byte again.
    """
    path = relative(path)
    scheme = "file://" if path.startswith("/") else "file:///" if os.path.isabs(path) else ""
    return scheme + re.sub(r"%5Cx([0-9a-f]{2})", lambda m: f"%{m[1].upper()}", quote(path))
