"""Subtitles to a material: the words in a row, each cue with its time and its voices.

SRT, VTT, SBV, SubStation. Comments, styles, identifiers and marks of time inside a cue are left
out; captions that roll up the screen are read once. Speakers come from `<v Name>`, from labels at
the start of a cue or behind `>>`, and a dash or a bare `>>` says that another voice begins. Time is
linear in the characters.
"""

import html
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from ..records import Material, Problem, Span, Turn
from . import charset
from .turns import is_sound, labels_of, seconds, skipped_spans

_STAMP = r"(?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?"
_TIMING = re.compile(rf"\s*({_STAMP})\s*(?:-->|,(?=\d+:\d\d:))\s*({_STAMP})(?:\s|$)")
_BROKEN = re.compile(r"[^\n]{0,40}-->")
_COMMENT = re.compile(r"(?:NOTE|STYLE|REGION)(?:\s|$)")
_IDENTIFIER = re.compile(r"\s*(?:\d+|[\da-fA-F]{8}-[\da-fA-F-]{20,40}(?:[/-][\w-]+)*)\s*")
_TAG = re.compile(
    r"<(?P<voice>v(?:\.[\w.-]{1,60})?[ \t]+(?P<name>[^<>\n]{1,80}))>"
    rf"|<(?:{_STAMP})>"
    r"|</?(?:c|i|b|u|s|v|ruby|rt|lang|font|span|p)(?:[.\s][^<>\n]{0,200})?/?>"
    r"|(?P<gap><br ?/?>|\\[Nnh])|\{(?:\\|[biu]\})[^{}\n]{0,200}\}?"
)
_LEAD = re.compile(r"[ \t]*(?P<chevron>-?>>+[ \t]*|[-\u2013\u2014][ \t]*(?=[^\W_]))?")
_NAMED = re.compile(
    r"[ \t]*(?P<name>\S[^:\n]{0,59}):[ \t]+(?=\S)|[ \t]*(?P<only>\S[^:\n]{0,59}):[ \t]*$"
)
_MIDDLE = re.compile(r"-?>>+|(?<=[.?!\u2026])[ \t]+[-\u2013\u2014][ \t]+(?=[^\W\d_a-z])")
_MACHINE = re.compile(
    r"auto(?:matic(?:ally)?)?[- ]?(?:generated|captioned)|machine transcript|confidence:? ?\d"
    r"|transcribed by (?:https://)?(?:otter|whisper|rev|trint|descript|sonix)|whisper"
    r"|kind: captions",
    re.IGNORECASE,
)
_DIALOGUE = re.compile(r"Dialogue:\s*", re.IGNORECASE)
ROLLING = 0.3
"""Share of cues that begin with the last one's words from which captions roll."""


class Cue(NamedTuple):
    """What is on the screen for a while: its lines as they stand in the file."""

    start: float
    end: float
    lines: list[str]


def read_subtitles(
    text: str, name: str, digest: str, form: str
) -> tuple[Material | None, list[Problem]]:
    """The material of a subtitle file, and what there is to say about it."""
    cues, broken = _substation(text) if form in ("ass", "ssa") else _cues(text)
    backwards = sum(cue.end < cue.start for cue in cues)
    problems = []
    if broken or backwards:
        count = broken + backwards
        problems.append(
            Problem(
                where=name,
                what=f"{count} subtitle{'s have' if count > 1 else ' has a'} broken time"
                f"{'s' if count > 1 else ''}; the words were read all the same.",
                remedy="Times shown near there may be off.",
                fatal=False,
            )
        )
    karaoke = len(re.findall(rf"<{_STAMP}>", text)) > len(cues)
    return _material(cues, name, digest, karaoke or bool(_MACHINE.search(text[:2000]))), problems


def _cues(text: str) -> tuple[list[Cue], int]:
    """The cues of SRT, VTT or SBV, and how many have times that can't be read.

    A blank line inside a cue parts nothing; a block without a time is part of the cue before it,
    unless it is a comment, a style or the head of the file.
    """
    cues: list[Cue] = []
    broken, block = 0, "head" if text.lstrip().startswith("WEBVTT") else ""
    lines = text.replace("\r", "\n").split("\n") if "\r" in text else text.split("\n")
    blank = True
    for n, line in enumerate(lines):
        match = _TIMING.match(line)
        after = lines[n + 1] if n + 1 < len(lines) else ""
        if match:
            cues.append(Cue(seconds(match[1]) or 0.0, seconds(match[2]) or 0.0, []))
            block, blank = "cue", False
        elif not line.strip():
            # A line with nothing but a space is part of captions that roll.
            blank, block = True, block if block == "cue" else ""
        elif blank and _COMMENT.match(line) and not _TIMING.match(after):
            block, blank = "comment", False
        elif _TIMING.match(after) and (blank or _IDENTIFIER.fullmatch(line)):
            continue
        elif (blank or _IDENTIFIER.fullmatch(lines[n - 1] if n else "")) and _BROKEN.match(line):
            if re.search(r"\d:|:\d", line):
                broken += 1
                last = cues[-1].end if cues else 0.0
                cues.append(Cue(last, last, []))
                block, blank = "cue", False
            else:
                _add(cues, line)
        elif (blank and _IDENTIFIER.fullmatch(line) and _BROKEN.match(after)) or block in (
            "head",
            "comment",
        ):
            continue
        else:
            _add(cues, line)
            block, blank = "cue", False
    return cues, broken


def _add(cues: list[Cue], line: str) -> None:
    if cues:
        cues[-1].lines.append(line)


def _substation(text: str) -> tuple[list[Cue], int]:
    cues = []
    for line in text.splitlines():
        match = _DIALOGUE.match(line)
        parts = line[match.end() :].split(",", 9) if match else []
        if len(parts) == 10:
            said = re.sub(r"\{[^{}]{0,200}\}", "", parts[9])
            label = f"{parts[4].strip()}: " if parts[4].strip() else ""
            cues.append(Cue(seconds(parts[1]) or 0.0, seconds(parts[2]) or 0.0, [label + said]))
    return sorted(cues, key=lambda cue: cue.start), 0


class _Piece(NamedTuple):
    """Words of one voice on one line of a cue."""

    words: str
    name: str | None
    """Of `<v Name>`."""
    fresh: bool
    """Whether a mark says that another voice begins."""


def _pieces(cue: Cue) -> list[_Piece]:
    """The lines of a cue without tags, cut where another voice begins."""
    found: list[_Piece] = []
    name: str | None = None
    dashes = sum(bool(re.match(r"\s*[-\u2013\u2014]\s*\S", line)) for line in cue.lines)
    for line in cue.lines:
        out, last = [], 0
        for tag in _TAG.finditer(line):
            out.append(line[last : tag.start()])
            last = tag.end()
            if tag["gap"]:
                out.append(" ")
            elif tag["voice"]:
                found += _cut("".join(out), name, dashes)
                out, name = [], tag["name"].strip()
        found += _cut("".join([*out, line[last:]]), name, dashes)
    return found


def _cut(line: str, name: str | None, dashes: int) -> Iterator[_Piece]:
    """A line without tags in the pieces of its voices."""
    words = html.unescape(line) if "&" in line else line
    words = charset.clean(words)[0].replace("\u200e", "").replace("\u200f", "")
    last, marks = 0, [m.start() for m in _MIDDLE.finditer(words)]
    for at in [*marks, len(words)]:
        piece = words[last:at]
        lead = _LEAD.match(piece)
        chevron = (lead["chevron"] or "").strip() if lead else ""
        fresh = ">>" in chevron or (bool(chevron) and (dashes > 1 or last > 0 or bool(marks)))
        if lead and chevron:
            piece = piece[lead.end() :]
        if piece.strip() or fresh:
            yield _Piece(piece.strip(), name, fresh)
        last = at


def _unrolled(cues: list[list[_Piece]], times: list[Cue]) -> list[list[_Piece]]:
    """The cues without the words that a cue before them left on the screen."""
    words = [[w for p in cue for w in p.words.split()] for cue in cues]
    overlaps = [0] * len(cues)
    shown: list[str] = []
    last = 0
    for n, now in enumerate(words):
        if not now:
            continue
        if shown and times[n].start <= times[last].end + 0.5:
            overlaps[n] = _overlap(shown, now)
        if times[n].start == times[last].start and now == shown and n > last:
            overlaps[n] = len(now)
        shown, last = now, n
    rolled = sum(overlap > 1 for overlap in overlaps)
    if rolled < max(2, ROLLING * sum(map(bool, words))):
        same = [
            n
            for n in range(1, len(cues))
            if words[n] and words[n] == words[n - 1] and times[n].start == times[n - 1].start
        ]
        return [[] if n in set(same) else cue for n, cue in enumerate(cues)]
    return [_without(cue, overlap) for cue, overlap in zip(cues, overlaps, strict=True)]


def _overlap(before: list[str], now: list[str]) -> int:
    """How many of a cue's first words are the last ones of the cue before: the longest such run.

    By the failure function of Knuth, Morris and Pratt, in time linear in both.
    """
    row: list[str | None] = [*now, None, *before[-len(now) :]]
    fail = [0] * len(row)
    for n in range(1, len(row)):
        k = fail[n - 1]
        while k and row[n] != row[k]:
            k = fail[k - 1]
        fail[n] = k + 1 if row[n] == row[k] else 0
    return min(fail[-1], len(now))


def _without(cue: list[_Piece], count: int) -> list[_Piece]:
    """A cue without its first words."""
    kept = []
    for piece in cue:
        words = piece.words.split()
        if count >= len(words) and words:
            count -= len(words)
            continue
        kept.append(piece._replace(words=" ".join(words[count:])) if count else piece)
        count = 0
    return kept


def _material(cues: list[Cue], name: str, digest: str, machine: bool) -> Material:
    rows = _unrolled([_pieces(cue) for cue in cues], cues)
    known = _known([p.words for row in rows for p in row])
    out: list[str] = []
    turns: list[Turn] = []
    holes: list[tuple[int, int]] = []
    at, speaker, change = 0, None, False
    for cue, row in zip(cues, rows, strict=True):
        first: bool | None = None
        for piece in row:
            words, label, skip = piece.words, piece.name, 0
            if named := _NAMED.match(words):
                said = (named["name"] or named["only"]).strip()
                if said in known or (piece.fresh and said.isupper()):
                    label, skip = said, named.end()
            if label:
                change, speaker = change or label != speaker, label
            elif piece.fresh:
                change, speaker = True, None
            if len(words) > skip:
                start, goes_on = at + skip, first is not None and not change and not skip
                if goes_on and turns and turns[-1].speaker == speaker:
                    start = turns.pop().span.start
                turns.append(
                    Turn(
                        span=Span(start, at + len(words)),
                        speaker=speaker,
                        time=cue.start,
                        change=change or (goes_on and bool(first)),
                    )
                )
                first, change = turns[-1].change, False
            if skip:
                holes.append((at, at + skip))
            holes += [
                (at + m.start(), at + m.end())
                for m in re.finditer(r"[\[(][^\[\]()\n]{1,60}[\])]|♪[^♪\n]{0,200}♪?", words)
                if is_sound(m.group())
            ]
            out.append(words)
            at += len(words) + 1
    text = "\n".join(out)
    return Material(
        name=name,
        text=text,
        turns=tuple(turns),
        raw_digest=digest,
        skipped=skipped_spans(holes),
        recognised=machine or _unpunctuated(text),
    )


def _known(lines: list[str]) -> frozenset[str]:
    """The labels that come back, or stand on most lines."""
    counts = Counter(labels_of("\n".join(lines)))
    many = len(counts) > 1 and sum(counts.values()) > 0.5 * len(lines)
    return frozenset(
        name for name, n in counts.items()
        if n > 1 or many or (len(counts) > 1 and (" " in name or name.isupper()))
    )  # fmt: skip


def _unpunctuated(text: str) -> bool:
    """Whether long words in a row have neither stops nor capitals, as recognisers write them."""
    some = text[:20_000]
    count = len(some.split())
    stops = len(re.findall(r"[.?!]", some))
    capitals = sum(word[:1].isupper() for word in some.split())
    return count > 150 and stops * 200 < count and capitals < 0.1 * count
