"""What recognisers and transcript editors write besides subtitles: JSON, and tables.

Whisper and WhisperX, whisper.cpp, Rev, Amazon Transcribe, Deepgram, AssemblyAI, Google, Trint:
their JSON differs in its names, so it is read by what its parts are: a list of objects, each with
words, mostly with a time and a speaker. A table is one where a column holds times or names and one
speech.
"""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from ..records import Material, Span, Turn
from .turns import is_sound, read_transcript, seconds, skipped_spans

_LISTS = (
    "segments", "transcription", "monologues", "utterances", "paragraphs", "sentences", "results",
    "items", "words", "elements", "blocks", "phrases", "recognizedPhrases", "entries",
    "transcript", "channels", "alternatives", "speakers", "nbest",
)  # fmt: skip
_WORDS = ("text", "transcript", "punctuated_word", "word", "value", "content", "display", "body")
_SPEAKER = (
    "speaker",
    "speaker_name",
    "speakerName",
    "speaker_label",
    "speakerLabel",
    "name",
    "participant",
)
_START = (
    "start",
    "start_time",
    "startTime",
    "ts",
    "begin",
    "from",
    "startMs",
    "offset",
    "time",
    "timestamp",
)
_SURE = ("confidence", "probability", "score")
DOUBT = 0.6
"""A recogniser's confidence, from 0 to 1, under which it isn't sure of a word."""
UNPACKED = 100_000_000
"""Bytes that a document may unpack to."""
DEPTH = 12
"""Levels of JSON that are looked into."""
PARTS = 2_000_000
"""Parts of a transcript that are read."""


class Part(NamedTuple):
    """Words with what is known of them."""

    words: str
    speaker: str | None
    time: float | None
    sure: float | None


def read_speech(text: str, name: str, digest: str) -> Material | None:
    """The material of a recogniser's JSON; None where the JSON is something else."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(value, dict) and not any(key in value for key in _LISTS):
        return None
    if isinstance(value, dict) and isinstance(value.get("text"), str) and "url" in value:
        return None
    parts = list(_parts(value, None, 0))[:PARTS]
    if not parts or not any(p.time is not None or p.speaker for p in parts):
        return None
    return _material(parts, name, digest)


def _parts(value: Any, speaker: str | None, depth: int) -> Iterator[Part]:
    """The words of a value in order, from the finest list that is there."""
    if depth > DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _parts(item, speaker, depth + 1)
        return
    if not isinstance(value, dict):
        return
    speaker = _named(value) or speaker
    said = next(
        (value[k] for k in _WORDS if isinstance(value.get(k), str) and value[k].strip()), None
    )
    finer = _rated(value.get("words"))
    if finer and said is not None:
        yield from _words(finer, said, speaker)
        return
    if said is not None and (depth > 1 or _start(value) is not None or "segments" not in value):
        if not any(isinstance(value.get(key), list) and value[key] for key in _LISTS):
            yield Part(said, speaker, _start(value), _sure(value))
            return
    for key in _LISTS:
        inner = value.get(key)
        if isinstance(inner, list) and inner:
            # Alternatives are several readings of one stretch: the first is the best.
            chosen = inner[:1] if key in ("alternatives", "nbest") else inner
            before = [Part("", speaker, _start(value), None)] if _start(value) is not None else []
            yield from before
            yield from _parts(chosen, speaker, depth + 1)
            return
        if isinstance(inner, dict):
            yield from _parts(inner, speaker, depth + 1)
            return


def _rated(words: Any) -> list[dict[str, Any]]:
    """Words of a segment, if the recogniser says how sure it was of them."""
    if not isinstance(words, list) or not all(isinstance(w, dict) for w in words):
        return []
    return words if any(_sure(w) is not None for w in words) else []


def _words(words: Sequence[dict[str, Any]], said: str, speaker: str | None) -> Iterator[Part]:
    for word in words:
        text = next((word[k] for k in _WORDS if isinstance(word.get(k), str)), "")
        yield Part(text.strip(), _named(word) or speaker, _start(word), _sure(word))


def _named(value: dict[str, Any]) -> str | None:
    for key in _SPEAKER:
        found = value.get(key)
        if isinstance(found, dict):
            found = found.get("name") or found.get("id")
        if isinstance(found, int) and not isinstance(found, bool):
            return f"SPEAKER {found}"
        if isinstance(found, str) and found.strip():
            return found.strip()
    return None


def _start(value: dict[str, Any]) -> float | None:
    """Seconds from the beginning, however they are written."""
    times = value.get("timestamps")
    if isinstance(times, dict) and isinstance(times.get("from"), str):
        return seconds(times["from"].replace(",", "."))
    for key in _START:
        found = value.get(key)
        if isinstance(found, bool) or found is None:
            continue
        if isinstance(found, (int, float)):
            return (
                found / 1000
                if key in ("startMs",) or (isinstance(found, int) and found > 100_000)
                else float(found)
            )
        if isinstance(found, str):
            if re.fullmatch(r"\d+(\.\d+)?s?", found):
                return float(found.rstrip("s"))
            if ":" in found:
                return seconds(found)
    return None


def _sure(value: dict[str, Any]) -> float | None:
    for key in _SURE:
        found = value.get(key)
        if isinstance(found, str) and re.fullmatch(r"[01]?\.?\d+", found):
            found = float(found)
        if isinstance(found, (int, float)) and not isinstance(found, bool) and 0 <= found <= 1:
            return float(found)
    return None


def _material(parts: Iterable[Part], name: str, digest: str, *, machine: bool = True) -> Material:
    out: list[str] = []
    turns: list[Turn] = []
    holes: list[tuple[int, int]] = []
    unsure: list[Span] = []
    at, rated = 0, False
    speaker: str | None = None
    waiting: float | None = None
    for part in parts:
        words = " ".join(part.words.split())
        if not words:
            waiting = part.time if part.time is not None else waiting
            continue
        glue = (
            "" if not out or re.match(r"[.,;:!?…%)\]]|['’](?:s|t|re|ve|ll|d|m)\b", words) else " "
        )
        if out and part.speaker != speaker:
            glue = "\n\n"
        time = part.time if part.time is not None else waiting
        waiting = None
        out.append(glue + words)
        start, end = at + len(glue), at + len(glue) + len(words)
        new = not turns or part.speaker != speaker or (time is not None and len(words) > 40)
        if new or (time is not None and turns[-1].time is not None and time - turns[-1].time > 5):
            change = bool(turns) and part.speaker != speaker
            turns.append(
                Turn(span=Span(start, end), speaker=part.speaker, time=time, change=change)
            )
        else:
            last = turns.pop()
            turns.append(
                Turn(
                    span=Span(last.span.start, end),
                    speaker=last.speaker,
                    time=last.time,
                    change=last.change,
                )
            )
        if is_sound(words) and words[0] in "[(<♪*":
            holes.append((start, end))
        if part.sure is not None:
            rated = True
            if part.sure < DOUBT:
                unsure.append(Span(start, end))
        speaker, at = part.speaker, end
    text = "".join(out)
    holes += [
        (s.start, s.end)
        for s in read_transcript(text).skipped
        if text[s.start : s.start + 1] in "[(<♪*"
    ]
    return Material(
        name=name,
        text=text,
        turns=tuple(turns),
        raw_digest=digest,
        skipped=skipped_spans(holes),
        recognised=machine,
        unsure=tuple(unsure) if rated else None,
    )


def read_table(rows: Sequence[Sequence[str]], name: str, digest: str) -> Material | None:
    """The material of a table of speech; None where its columns hold something else."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    width = max((len(row) for row in rows), default=0)
    if len(rows) < 2 or width < 2:
        return None
    columns = [[row[n].strip() if n < len(row) else "" for row in rows] for n in range(width)]
    times = [n for n, column in enumerate(columns) if _share(column[1:], _is_time) > 0.5]
    spoken = max(range(width), key=lambda n: sum(map(len, columns[n])))
    names = [
        n for n, column in enumerate(columns)
        if n != spoken and n not in times and _share(column[1:], _is_name) > 0.5
    ]  # fmt: skip
    if not times and not names:
        return None
    head = bool(times and not _is_time(columns[times[0]][0])) or columns[spoken][0].casefold() in (
        "text", "transcript", "speech", "words", "content", "caption", "dialogue", "body",
    )  # fmt: skip
    parts, last = [], None
    for row in rows[head:]:
        cells = [row[n].strip() if n < len(row) else "" for n in range(width)]
        speaker = (cells[names[0]].strip(" :") or last) if names else None
        last = speaker
        parts.append(
            Part(cells[spoken], speaker, seconds(cells[times[0]]) if times else None, None)
        )
    return _material(parts, name, digest, machine=False)


def read_csv(text: str, name: str, digest: str) -> Material | None:
    """The material of a table in text; None where it is no table of speech."""
    mark = "\t" if text[:2000].count("\t") > text[:2000].count(",") else ","
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=mark))
    except csv.Error:
        return None
    return read_table(rows, name, digest)


def _share(column: Sequence[str], test: Any) -> float:
    filled = [cell for cell in column if cell]
    return sum(map(bool, map(test, filled))) / len(filled) if filled else 0.0


def _is_time(cell: str) -> bool:
    return bool(
        re.fullmatch(
            r"[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,:]\d{1,3})?[\])]?(?:\s*(?:-->|[-–])\s*\S+)?"
            r"|\d+\.\d+",
            cell,
        )
    )


def _is_name(cell: str) -> bool:
    return (
        len(cell) <= 60 and len(cell.split()) <= 6 and cell[:1].isupper() and cell[-1:] not in ".?!"
    )


def docx_rows(raw: bytes) -> list[list[str]]:
    """The rows of a DOCX file's tables, if most of its words stand in them."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                return []
        from docx import Document

        document = Document(io.BytesIO(raw))
        outside = sum(len(p.text) for p in document.paragraphs)
        rows = [
            [" ".join(cell.text.split()) for cell in row.cells]
            for table in document.tables
            for row in table.rows[:50_000]
        ]
    except Exception:
        return []  # whoever reads it as an article says what is wrong with it
    return rows if sum(len(cell) for row in rows for cell in row) > 2 * outside else []
