"""Materials: what quotations are held against, from files of many kinds.

Everything that articles are read from, and PDF, SRT and VTT. Whatever can't be read becomes a
`Problem`; the other files are still read.
"""

import glob
import hashlib
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ..records import Article, Material, Problem
from . import SUFFIXES, charset, read
from .language import language_of
from .turns import find_turns

LIMIT = 50_000_000
"""Bytes of one material's file."""
KINDS = frozenset({".pdf", ".srt", ".vtt", *SUFFIXES})

__all__ = ["material", "materials_of", "read_materials"]


def material(text: str, *, name: str = "-", speaker: str | None = None) -> Material:
    """A material of a text, with its speaker labels; or all of it one speaker's, if so given."""
    text, _ = charset.clean(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Material(
        name=name, text=text, turns=find_turns(text), speaker=speaker, raw_digest=digest
    )


def read_materials(
    paths: Iterable[str | os.PathLike[str]], *, speakers: dict[str, str] | None = None
) -> Iterator[Material | Problem]:
    """Read the materials of files, folders (with what is in them), patterns, or `-`.

    `speakers` gives a file's path the name of the one whose words it holds. A file that is named
    twice is read once. Yields a `Material` or a `Problem` for each; a `Problem` that isn't fatal
    stands before the material it is about.
    """
    seen: set[str] = set()
    speakers = speakers or {}
    for given in paths:
        for path in _files(os.fspath(given)):
            if isinstance(path, Problem):
                yield path
            elif path not in seen:
                seen.add(path)
                for found in _read(path):
                    yield _said_by(found, speakers.get(path))


def _said_by(found: Material | Problem, speaker: str | None) -> Material | Problem:
    if speaker is None or isinstance(found, Problem):
        return found
    return msgspec.structs.replace(found, speaker=speaker)


def _files(given: str) -> Iterator[str | Problem]:
    """The files that a path, folder or pattern stands for."""
    path = Path(given)
    if given == "-" or path.is_file():
        yield given
    elif path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.is_file() and not p.name.startswith("."))
        known = [p for p in inside if p.suffix.lower() in KINDS]
        if not known:
            remedy = f"Known endings: {', '.join(sorted(KINDS))}."
            yield Problem(where=given, what="no file in this folder can be read.", remedy=remedy)
        elif len(known) < len(inside):
            left = len(inside) - len(known)
            what = f"{left} file{'s were' if left > 1 else ' was'} left out."
            remedy = f"Known endings: {', '.join(sorted(KINDS))}."
            yield Problem(where=given, what=what, remedy=remedy, fatal=False)
        yield from map(str, known)
    elif glob.has_magic(given):
        matches = sorted(m for m in glob.glob(given, recursive=True) if Path(m).is_file())
        if not matches:
            what = "no file fits this pattern."
            yield Problem(where=given, what=what, remedy="Check the pattern and the folder.")
        yield from matches
    else:
        yield given


def _read(path: str) -> Iterator[Material | Problem]:
    """The materials of one file: one, or one for each article of JSON Lines."""
    suffix = Path(path).suffix.lower()
    if path != "-" and suffix in (".jsonl", ".ndjson"):
        yield from _articles(read(path, input=path))
        return
    try:
        if path == "-":
            raw = sys.stdin.buffer.read(LIMIT + 1)
        else:
            with Path(path).open("rb") as file:
                raw = file.read(LIMIT + 1)
    except OSError:
        yield from _articles(read(path, input=path))  # says what is wrong with the path
        return
    yield from materials_of(raw, path)


def materials_of(raw: bytes, path: str) -> Iterator[Material | Problem]:
    """The materials in a file's bytes; the name's ending says what kind of file it is."""
    suffix = Path(path).suffix.lower()
    if suffix in (".jsonl", ".ndjson"):
        yield from _articles(read(raw, input=path, kind="jsonl"))
        return
    if len(raw) > LIMIT:
        what = f"larger than {LIMIT // 1_000_000} MB, which no transcript is."
        yield Problem(where=path, what=what, remedy="Split it, or take the part that matters.")
        return
    digest = hashlib.sha256(raw).hexdigest()
    made: Material | None
    if suffix == ".pdf" or raw.startswith(b"%PDF-"):
        from .pdf import read_pdf

        made, problems = read_pdf(raw, path, digest)
    elif suffix in (".srt", ".vtt") or raw.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        made, problems = _subtitles(raw, path, digest, "srt" if suffix == ".srt" else "vtt")
    elif suffix in (".txt", ".text", "") and not raw.startswith((b"PK\x03\x04", b"{", b"<")):
        made, problems = _plain(raw, path, digest)
    else:
        yield from _articles(read(raw, input=path, kind=SUFFIXES.get(suffix)))
        return
    yield from problems
    if made is not None:
        yield from _foreign(made)
        yield made


def _text(raw: bytes, path: str) -> tuple[str | None, list[Problem]]:
    text, problems = charset.text_of(raw, path)
    if text is not None:
        text, changed = charset.clean(text)
        if changed:
            problems.append(charset.replaced(path))
        if not text.strip():
            remedy = "Give a file with words in it."
            problems.append(Problem(where=path, what="the file is empty.", remedy=remedy))
            text = None
    return text, problems


def _plain(raw: bytes, path: str, digest: str) -> tuple[Material | None, list[Problem]]:
    text, problems = _text(raw, path)
    if text is None:
        return None, problems
    return Material(name=path, text=text, turns=find_turns(text), raw_digest=digest), problems


def _subtitles(
    raw: bytes, path: str, digest: str, form: str
) -> tuple[Material | None, list[Problem]]:
    from .subtitles import read_subtitles

    text, problems = _text(raw, path)
    if text is None:
        return None, problems
    made, more = read_subtitles(text, path, digest, form)
    if made is not None and not made.text:
        remedy = "Check that it is an SRT or VTT file."
        return None, [*problems, Problem(where=path, what="holds no subtitles.", remedy=remedy)]
    return made, [*problems, *more]


def _articles(items: Iterable[Article | Problem]) -> Iterator[Material | Problem]:
    for item in items:
        if isinstance(item, Problem):
            # What is said of articles in another language is said of materials in other words.
            if item.fatal or "language" not in item.what:
                yield item
            continue
        made = Material(
            name=item.input,
            text=item.text,
            turns=find_turns(item.text),
            raw_digest=item.raw_digest,
        )
        yield from _foreign(made)
        yield made


def _foreign(made: Material) -> Iterator[Problem]:
    language = language_of(made.text)
    if language not in (None, "en"):
        yield Problem(
            where=made.name,
            what=f"seems to be in another language than English ({language}): a translated"
            " quotation will not be found in it.",
            remedy="Compare by hand, or give a translation.",
            fatal=False,
        )
