"""Who speaks where in a transcript: speaker labels, and the stretches that they head.

Labels as transcripts write them: `SMITH:`, `Jane Smith:`, `Q:` and `A:`, `[Smith]`, `Smith, J. —`,
`>> SMITH:`, with or without a time in front, and names on a line of their own with a time behind.
A colon after a word is common in prose too, so a file counts as a transcript only where labels come
back.
"""

import re
from collections import Counter
from collections.abc import Iterator

from ..records import Span, Turn

_TIME = r"(?:[\[(]?(?:\d{1,2}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?[\])]?)"
_NAME = (
    r"(?:(?:[A-Z][\w.'’-]*|of|the|de|van|von|al|and|for|(?<=\w )\d{1,3})(?: |(?=[:\]—–(,])|$)){1,6}"
)
_LABEL = re.compile(
    rf"[ \t]*(?:>>+[ \t]*|[-–—][ \t]+)?(?:{_TIME}[ \t]*[-–—]?[ \t]*)?(?:"
    rf"(?:\*\*|__)?(?P<colon>{_NAME}|speaker \d+|[QA])(?:\([^()\n]{{1,60}}\))?[ \t]*(?:{_TIME}[ \t]*)?:(?:\*\*|__)?(?=[ \t\n]|$)"
    rf"|\[(?P<square>{_NAME}|speaker \d+)\]:?(?=[ \t])"
    rf"|(?P<dash>[A-Z][\w'’-]+, (?:[A-Z]\.[ ]?){{1,3}}|[A-Z][A-Z.'’ -]+[A-Z])[ \t]*[—–]+(?=[ \t])"
    rf"|(?P<alone>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,3}})[ \t]+{_TIME}[ \t]*(?=\n|$)"
    r")[ \t]*",
    re.MULTILINE,
)
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?")
_NO_SPEAKER = frozenset(
    "note notes subject re date time place to from cc bcc sent http https ps update correction source"
    " sources photo caption credit topic agenda summary contact contacts tel phone email website press"
    " release transcript present attendees participants location venue duration title headline"
    " background example question answer applause laughter crosstalk inaudible silence pause music"
    " first second third finally and but also so however here now then".split()
)


def seconds(clock: str) -> float | None:
    """The time that `h:mm:ss.mmm` or `m:ss` says, in seconds."""
    match = _CLOCK.search(clock)
    if not match:
        return None
    hours, minutes, secs, part = match.groups()
    return (
        int(hours or 0) * 3600 + int(minutes) * 60 + int(secs) + float(f"0.{part}" if part else 0)
    )


def find_turns(text: str) -> tuple[Turn, ...]:
    """The turns of a transcript in order; none where labels are too few to trust.

    Each turn's span is what is said, without its label.
    """
    labels = list(_labels(text))
    counts = Counter(name for name, _, _, _ in labels)
    back = sum(count for count in counts.values() if count > 1)
    if not labels or (len(labels) < 3 and len(counts) < 2) or (back < 2 and len(labels) < 4):
        if not _covers(text, labels):
            return ()
    turns = []
    for (name, _, start, time), after in zip(labels, [*labels[1:], None], strict=True):
        end = after[1] if after else len(text)
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end:
            turns.append(Turn(span=Span(start, end), speaker=name, time=time))
    return tuple(turns)


def _covers(text: str, labels: list[tuple[str, int, int, float | None]]) -> bool:
    """Whether every paragraph of a short text begins with a label."""
    lines = [m.start() for m in re.finditer(r"^[^\n]*\S", text, re.MULTILINE)]
    starts = {start for _, start, _, _ in labels}
    return bool(labels) and starts.issuperset(lines)


def _labels(text: str) -> Iterator[tuple[str, int, int, float | None]]:
    """Each label: the speaker, where its line starts, where the words start, the time."""
    for line in re.finditer(r"^", text, re.MULTILINE):
        match = _LABEL.match(text, line.start())
        if match is None:
            continue
        name = next(g for g in match.group("colon", "square", "dash", "alone") if g).strip(" ,")
        first = name.split()[0].lower().rstrip(".")
        if first in _NO_SPEAKER or len(name) > 60:
            continue
        end = match.end()
        while match["alone"] and end < len(text) and text[end].isspace():
            end += 1
        yield name, match.start(), end, seconds(match.group())
