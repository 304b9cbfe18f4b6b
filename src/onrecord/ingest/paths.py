"""The files that the command line's paths stand for: files, folders with what is in them, patterns.

Folders are searched as git would: what a `.gitignore` names is left out, and so is what begins with
a dot. An address is passed on as it is, for the reader to refuse.
"""

import glob
import os
import re
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch
from pathlib import Path

from ..records import Problem
from .kinds import SUFFIXES

MOST_FILES = 1_000_000
"""Files of one folder that are looked at."""


def expand(paths: Sequence[str], exclude: Sequence[str] = ()) -> Iterator[str | Problem]:
    """The files of paths in order, each once; a `Problem` for a folder or pattern without any.

    `exclude` are patterns for what folders and patterns bring in; a file that is named is always
    read.
    """
    seen: set[str] = set()
    for path in paths:
        found: Iterator[str | Problem]
        if path == "-" or "://" in path or os.path.isfile(path):
            found = iter([path])
        elif os.path.isdir(path):
            found = _folder(path, exclude)
        elif glob.has_magic(path) and not os.path.lexists(path):
            found = _pattern(path, exclude)
        else:
            found = iter([path])
        for one in found:
            if isinstance(one, Problem) or one not in seen:
                yield one
            if isinstance(one, str):
                seen.add(one)


def _known(name: str) -> bool:
    path = Path(name)
    suffix = path.suffix.lower()
    return (Path(path.stem).suffix.lower() if suffix == ".gz" else suffix) in SUFFIXES


def _pattern(pattern: str, exclude: Sequence[str]) -> Iterator[str | Problem]:
    matches = sorted(m for m in glob.iglob(pattern, recursive=True) if os.path.isfile(m))
    matches = [m for m in matches if not _excluded(m, os.path.basename(m), exclude)]
    if not matches:
        what = "no file fits this pattern."
        yield Problem(where=pattern, what=what, remedy="Check the pattern and the folder.")
    yield from matches


def _excluded(path: str, name: str, exclude: Sequence[str]) -> bool:
    shown = path.replace(os.sep, "/").removeprefix("./")
    return any(
        fnmatch(name, p) or fnmatch(shown, p) or fnmatch(shown, f"*/{p}") or shown == p.rstrip("/")
        for p in exclude
    )


def _folder(folder: str, exclude: Sequence[str]) -> Iterator[str | Problem]:
    """The files of a folder that can be read, and how many others there were."""
    others: dict[str, int] = {}
    found = 0
    for path in _walk(folder, exclude):
        if not _known(path):
            ending = Path(path).suffix.lower() or "no ending"
            others[ending] = others.get(ending, 0) + 1
            continue
        found += 1
        yield path
    if not found:
        remedy = f"Known endings: {', '.join(SUFFIXES)}."
        yield Problem(where=folder, what="no file in this folder can be read.", remedy=remedy)
    elif others:
        number = sum(others.values())
        shown = ", ".join(sorted(others)[:6]) + (" …" if len(others) > 6 else "")
        what = f"{number} file{'s' * (number > 1)} of other kinds left out ({shown})."
        yield Problem(where=folder, what=what, remedy="Name them to have them tried.", fatal=False)


def _walk(folder: str, exclude: Sequence[str]) -> Iterator[str]:
    rules = _above(Path(folder))
    number = 0
    for root, folders, names in os.walk(folder):
        rules += _ignore(Path(root))
        inside = os.path.abspath(root)
        folders[:] = sorted(
            f for f in folders
            if not f.startswith(".")
            and not _excluded(os.path.join(root, f), f, exclude)
            and not _ignored(os.path.join(inside, f), rules, True)
        )  # fmt: skip
        for name in sorted(names):
            path = os.path.join(root, name)
            number += 1
            if number > MOST_FILES:
                return
            if name.startswith(".") or _excluded(path, name, exclude):
                continue
            if os.path.isfile(path) and not _ignored(os.path.join(inside, name), rules, False):
                yield path


_Rule = tuple[str, re.Pattern[str], bool, bool]
"""The folder a rule holds in, its shape, whether it is for folders only, whether it takes back."""


def _above(folder: Path) -> list[_Rule]:
    """The rules of the folders above, up to the one that git keeps its own in."""
    whole = Path(os.path.abspath(folder))
    chain = [whole, *whole.parents]
    top = next((n for n, above in enumerate(chain) if (above / ".git").exists()), 0)
    return [rule for above in reversed(chain[1 : top + 1]) for rule in _ignore(above)]


def _ignore(folder: Path) -> list[_Rule]:
    """The rules of a folder's `.gitignore`."""
    try:
        lines = (folder / ".gitignore").read_text("utf-8", "replace")[:100_000].splitlines()
    except OSError:
        return []
    made = []
    for line in lines:
        pattern = line.rstrip()
        if not pattern or pattern.startswith("#"):
            continue
        back = pattern.startswith("!")
        pattern = pattern[1:] if back else pattern
        only = pattern.endswith("/")
        pattern = pattern.rstrip("/")
        fixed = "/" in pattern
        shape = _shape(pattern.lstrip("/"))
        made.append(
            (
                os.path.abspath(folder),
                re.compile(shape if fixed else f"(?:.*/)?{shape}"),
                only,
                back,
            )
        )
    return made


def _shape(pattern: str) -> str:
    """A pattern of `.gitignore` as a regular expression."""
    made, at = "", 0
    while at < len(pattern):
        if pattern.startswith("**/", at):
            made, at = f"{made}(?:[^/]+/)*", at + 3
        elif pattern.startswith("**", at):
            made, at = f"{made}.*", at + 2
        elif pattern[at] == "*":
            made, at = f"{made}[^/]*", at + 1
        elif pattern[at] == "?":
            made, at = f"{made}[^/]", at + 1
        elif pattern[at] == "[" and (end := pattern.find("]", at + 2)) > 0:
            inner = pattern[at + 1 : end].replace("\\", "\\\\").replace("[", "\\[")
            made, at = f"{made}[{'^' + inner[1:] if inner[:1] == '!' else inner}]", end + 1
        else:
            at += pattern[at] == "\\" and at + 1 < len(pattern)
            made, at = made + re.escape(pattern[at]), at + 1
    return made


def _ignored(path: str, rules: Sequence[_Rule], folder: bool) -> bool:
    """Whether the last rule that fits a path, absolute, leaves it out."""
    for base, shape, only, back in reversed(rules):
        if only and not folder:
            continue
        if path.startswith(base + os.sep):
            if shape.fullmatch(path[len(base) + 1 :].replace(os.sep, "/")):
                return not back
    return False
