"""The page `docs/licences.md`: every package that onrecord or an extra may bring, and its licence.

The names are followed from `pyproject.toml` through what is installed here from the lock; the
licences are what each package's own metadata says.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
_CLASSIFIER = "License :: OSI Approved :: "
_HEAD = """# Licences of what onrecord brings

onrecord is Apache-2.0 (`LICENSE`); a list of nouns in it is WordNet's
(`language/en/nouns.LICENSE`). The packages below come beside it from the index; none is part of the
wheel. Made of the packages' own metadata by `make docs`; `make sbom` writes the same as CycloneDX.

"""


def needed(extras: Sequence[str]) -> dict[str, Distribution]:
    """The distributions that the base (no extras) or some extras need, by name, as installed."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = project["optional-dependencies"]
    waiting = [Requirement(line) for line in project["dependencies"]]
    waiting += [Requirement(line) for extra in extras for line in groups[extra]]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, str]] = set()
    while waiting:
        wanted = waiting.pop()
        name = canonicalize_name(wanted.name)
        if name == "onrecord":
            waiting += [Requirement(line) for extra in wanted.extras for line in groups[extra]]
            continue
        try:
            made = distribution(name)
        except PackageNotFoundError:
            continue  # for another system or another Python
        for extra in ("", *wanted.extras):
            if (name, extra) in seen:
                continue
            seen.add((name, extra))
            found[name] = made
            for line in made.requires or ():
                inner = Requirement(line)
                if inner.marker is None or inner.marker.evaluate({"extra": extra}):
                    waiting.append(inner)
    return found


def licence(made: Distribution) -> str:
    """What a distribution's metadata says of its licence, in a few words."""
    meta = made.metadata
    if expression := meta.get_all("License-Expression"):
        return str(expression[0])
    classifiers = [
        c.removeprefix(_CLASSIFIER) for c in meta.get_all("Classifier") or () if _CLASSIFIER in c
    ]
    if classifiers:
        return ", ".join(dict.fromkeys(classifiers))
    words = "".join(map(str, meta.get_all("License") or ())).strip().split("\n")[0]
    return words[:60] or "not said"


def page() -> str:
    """The page."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    base = needed(())
    lines = [*_rows("The base install", base)]
    for extra in project["optional-dependencies"]:
        if extra == "all":
            continue
        more = {k: v for k, v in needed([extra]).items() if k not in base}
        lines += _rows(f"`onrecord[{extra}]` besides", more)
    return _HEAD + "\n".join(lines) + "\n"


def _rows(title: str, found: dict[str, Distribution]) -> Iterator[str]:
    yield f"## {title}\n"
    yield "| package | licence |\n| --- | --- |"
    for name in sorted(found):
        said = re.sub(r"[|\r\n]+", " ", licence(found[name]))
        yield f"| {name} | {said} |"
    yield ""
