"""Materials: what quotations are held against, from files of many kinds.

Everything that articles are read from, and PDF, subtitles, recognisers' JSON, tables. Whatever
can't be read becomes a `Problem`; the other files are still read.
"""

import glob
import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import msgspec

from ..records import Article, Material, Problem
from . import SUFFIXES, charset, read
from .language import language_of
from .turns import read_transcript

LIMIT = 50_000_000
"""Bytes of one material's file."""
SUBTITLES = {".srt": "srt", ".vtt": "vtt", ".sbv": "sbv", ".ass": "ass", ".ssa": "ass"}
TABLES = frozenset((".csv", ".tsv"))
KINDS = frozenset({".pdf", ".json", *SUBTITLES, *TABLES, *SUFFIXES})
SOUND = frozenset(
    ".mp3 .m4a .wav .aac .flac .ogg .oga .opus .wma .aiff .amr .mp4 .m4v .mov .avi .mkv .webm .wmv"
    " .mpg .mpeg"
    " .3gp".split()
)
_MAGIC = (b"ID3", b"OggS", b"fLaC", b"RIFF", b"\x1aE\xdf\xa3", b"FORM", b"\xff\xfb", b"\xff\xf3")
_MACHINE = re.compile(
    r"auto(?:matically)?[- ]generated|machine[- ](?:generated|made )?transcript"
    r"|transcribed by (?:https://)?"
    r"(?:otter|whisper|rev|trint|sonix|descript|zoom|teams)|\bASR\b|speech recognition",
    re.IGNORECASE,
)

__all__ = ["material", "materials_of", "read_materials"]


def material(text: str, *, name: str = "-", speaker: str | None = None) -> Material:
    """A material of a text, with its speaker labels; or all of it one speaker's, if so given."""
    text, _ = charset.clean(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    return msgspec.structs.replace(_of_text(text, name, digest), speaker=speaker)


def _of_text(text: str, name: str, digest: str) -> Material:
    made = read_transcript(text)
    machine = bool(_MACHINE.search(text, 0, 1500) or _MACHINE.search(text[-500:]))
    return Material(
        name=name,
        text=text,
        turns=made.turns,
        skipped=made.skipped,
        raw_digest=digest,
        recognised=machine,
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
    elif suffix in SOUND or (suffix not in SUFFIXES and _is_sound(raw)):
        yield _sound(path)
        return
    elif suffix in SUBTITLES or raw.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        made, problems = _subtitles(raw, path, digest, SUBTITLES.get(suffix, "vtt"))
    elif (suffix == ".json" or raw.lstrip()[:1] in (b"{", b"[")) and (
        found := _speech(raw, path, digest)
    ):
        made, problems = found, []
    elif suffix in TABLES:
        made, problems = _table(raw, path, digest)
    elif suffix == ".docx" and (found := _docx_table(raw, path, digest)):
        made, problems = found, []
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
    return _of_text(text, path, digest), problems


def _is_sound(raw: bytes) -> bool:
    return raw.startswith(_MAGIC) or raw[4:8] == b"ftyp"


def _sound(path: str) -> Problem:
    return Problem(
        where=path,
        what="this is sound or film, which isn't listened to.",
        remedy="Make a transcript first, with Whisper or whisper.cpp on your own machine, or with"
        " Otter, Rev, Trint, Zoom, Teams or Word's Transcribe; give its SRT, VTT, JSON, DOCX or"
        " text.",
    )


def _speech(raw: bytes, path: str, digest: str) -> Material | None:
    from .speech import read_speech

    text, _ = charset.text_of(raw, path)
    return read_speech(charset.clean(text)[0], path, digest) if text else None


def _table(raw: bytes, path: str, digest: str) -> tuple[Material | None, list[Problem]]:
    from .speech import read_csv

    text, problems = _text(raw, path)
    if text is None:
        return None, problems
    return read_csv(text, path, digest) or _of_text(text, path, digest), problems


def _docx_table(raw: bytes, path: str, digest: str) -> Material | None:
    """A DOCX that is mostly a table of speech, as transcript editors export it."""
    from .speech import docx_rows, read_table

    rows = docx_rows(raw)
    return read_table(rows, path, digest) if len(rows) > 1 else None


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
        made = _of_text(item.text, item.input, item.raw_digest)
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
