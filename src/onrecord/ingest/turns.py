"""Who speaks where in a transcript, and what in it nobody said.

Labels as transcripts write them: `SMITH:`, `Jane Smith (Seat) (Party):`, `Q.` and `A.`, `[Smith]`,
`Smith, J. —`, `>> SMITH:` and a bare `>>` in mid-line, with or without a time, and names on a line
of their own. A colon after a word is common in prose too, so a file counts as a transcript only
where labels come back. Times, margin numbers, heads of pages and sounds in brackets are left out of
what is compared; the text itself stays as it is.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from ..language.en.lexicon import lexicon
from ..records import Span, Turn

_CLOCKED = r"(?:\d{1,3}:)?\d{1,2}:\d{1,2}(?:[.,]\d{1,3})?"
_TIME = rf"(?:[\[(]?{_CLOCKED}[\])]?)"
_RANGE = rf"{_TIME}(?:[ \t]*(?:-->|[-–—])[ \t]*{_TIME})?"
_UP = r"[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĨĪĬĮİĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽ]"
_NAME = (
    rf"(?:(?:{_UP}[\w.'’-]*|of|the|de|van|von|der|da|al|and|for|(?<=\w )\d{{1,3}})"
    r"(?: |(?=[:\]—–(\[,\n])|$)){1,7}"
)
_ASIDE = r"(?:[ \t]*\([^()\n]{1,60}\))"
_LABEL = re.compile(
    rf"[ \t]*(?:>>+[ \t]*|[-–—][ \t]+)?(?:{_RANGE}[ \t]*[-–—]?[ \t]*)?(?:"
    rf"(?:\*\*|__|`)?(?P<colon>{_NAME}|[Ss]peaker[ _]\w{{1,3}}|SPEAKER_\d\d"
    rf"|[QA])(?P<aside>{_ASIDE}{{0,3}})[ \t]*"
    rf"(?:{_TIME}[ \t]*)?(?:\*\*|__|`)?[ \t]*:(?:\*\*|__)?(?=[ \t\n]|$)"
    r"|(?P<exam>[QA])[.)](?=[ \t]+\S)"
    rf"|\[(?P<square>{_NAME}|[Ss]peaker \w{{1,3}})\](?:[ \t]+{_TIME})?:?(?=[ \t\n])"
    rf"|(?P<dash>{_UP}[\w'’-]+, (?:[A-Z]\.[ ]?){{1,3}}|{_UP}[A-Z.'’ -]+[A-Z])[ \t]*[—–]+(?=[ \t])"
    r")[ \t]*",
    re.MULTILINE,
)
_ALONE = re.compile(
    rf"[ \t]*(?:(?:\*\*)?(?P<before>{_UP}[\w.'’-]*(?: (?:{_UP}[\w.'’-]*|de|van|von|der"
    rf"|al)){{0,4}}){_ASIDE}?(?:\*\*)?"
    rf"[ \t]*[-–—,]?[ \t]*{_TIME}"
    rf"|{_TIME}[ \t]*[-–—]?[ \t]*(?P<behind>{_UP}[\w.'’-]*(?: (?:{_UP}[\w.'’-]*|de|van|von|der"
    rf"|al)){{0,4}}){_ASIDE}?)[ \t]*(?=\n|$)"
)
_BARE = re.compile(
    rf"[ \t]*(?:\*\*)?(?P<name>{_UP}[\w.'’-]*(?: (?:{_UP}[\w.'’-]*|de|van|von|der|al)){{1,4}}"
    rf"|{_UP}{{3,20}})"
    rf"(?P<seat>{_ASIDE}{{0,2}})(?:\*\*)?[ \t]*(?=\n|$)"
)
_TIME_LINE = re.compile(rf"[ \t]*{_RANGE}[ \t]*(?=\n|$)")
_INLINE_TIME = re.compile(r"(?<![\d:.])\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?(?![\d:])")
_BRACKET = re.compile(r"[\[(<{]([^\[\](){}<>\n]{1,60})[\])>}]|♪[^♪\n]{0,200}♪?|\*(\w+)\*")
_CHEVRON = re.compile(r">>+[ \t]*")
_MARGIN = re.compile(r"[ \t]*(\d{1,2})(?:[ \t]+|$)", re.MULTILINE)
_PAGE = re.compile(
    r"[ \t]*(?:page|p\.)[ \t]*\d{1,5}(?:[ \t]*(?:of|/)[ \t]*\d{1,5})?[ \t]*", re.IGNORECASE
)
_NUMBER = re.compile(r"[ \t]*[-–—]?[ \t]*\d{1,4}[ \t]*[-–—]?[ \t]*")
_SWORN = re.compile(
    r"[ \t\d]*((?:[A-Z][A-Z.'’-]+ ){1,4}?[A-Z][A-Z.'’-]+),[ \t]*(?:called|having|a witness"
    r"|the witness|being|sworn|recalled|resumed|after)"
)
_EXAMINER = re.compile(r"BY ((?:MR|MS|MRS|MISS|DR)\.? [A-Z][A-Z'’-]+|[A-Z][A-Z'’. -]+)")
_CLOCK = re.compile(r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,3}))?")
_OFFICE = re.compile(r"the |mr\.? speaker|madam|(?:deputy|prime|first) ", re.IGNORECASE)
_NO_SPEAKER = lexicon("transcripts", "no_speaker")
_SOUNDS = lexicon("quotations", "sounds")
HEADS = 3
"""Times that a line must stand in a text to be the head of its pages; two where pages are known."""
MARGIN = 8
"""Lines with rising numbers in front that make a margin."""


class Transcript(NamedTuple):
    """Who speaks where in a text, and what nobody said."""

    turns: tuple[Turn, ...]
    skipped: tuple[Span, ...]


class _Label(NamedTuple):
    name: str | None
    start: int
    """Where its line, or the label in its line, starts."""
    words: int
    time: float | None
    sure: bool = True


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
    return read_transcript(text).turns


def read_transcript(text: str, pages: Sequence[Span] = ()) -> Transcript:
    """The turns of a text and what in it nobody said; `pages` are those of a file that has some."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n\f]*", text) if m.end() > m.start()]
    holes, begins = _margins(text, lines)
    holes += _heads(text, lines, begins, pages)
    heads = {start for start, _ in holes}
    lines = [(begins.get(a, a), b) for a, b in lines if a not in heads or begins.get(a, a) != a]
    labels = _trusted(text, lines, _labels(text, lines))
    times = _times(text, lines, {label.start for label in labels})
    holes += [(label.start, label.words) for label in labels]
    holes += [(start, end) for start, end, _ in times]
    holes += _sounds(text)
    return Transcript(_turns(text, labels, times), skipped_spans(holes))


def skipped_spans(holes: Sequence[tuple[int, int]]) -> tuple[Span, ...]:
    """Stretches in order, those that touch or overlap made one."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted(holes):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return tuple(Span(*hole) for hole in merged)


def _sounds(text: str) -> list[tuple[int, int]]:
    """Brackets that hold a sound or a time, and sung lines."""
    return [m.span() for m in _BRACKET.finditer(text) if is_sound(m.group())]


def is_sound(marked: str) -> bool:
    """Whether something in brackets is a sound, a time, or what couldn't be heard: nobody's
    words."""
    if marked.startswith("♪"):
        return True
    inside = marked.strip("[](){}<>* \t")
    if re.fullmatch(rf"{_RANGE}", inside) or not re.search(r"[^\W_]", inside):
        return True
    known = re.findall(r"[^\W\d]+(?:-\w+)?", inside.casefold())
    most = 8 if marked[0] in "[<" else 5
    return len(known) <= most and any(word in _SOUNDS for word in known)


def _margins(
    text: str, lines: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], dict[int, int]]:
    """The numbers in a transcript's margin, and where the lines that have one begin."""
    numbered = []
    for start, end in lines:
        match = _MARGIN.match(text, start, end)
        if match:
            numbered.append((int(match.group(1)), start, match.end()))
    rising = sum(two[0] - one[0] == 1 or two[0] == 1 for one, two in pairwise(numbered))
    if len(numbered) < MARGIN or rising < 0.85 * (len(numbered) - 1):
        return [], {}
    if len(numbered) < 0.5 * sum(end - start > 1 for start, end in lines):
        return [], {}
    return [(start, end) for _, start, end in numbered], {s: e for _, s, e in numbered}


def _heads(
    text: str, lines: list[tuple[int, int]], begins: dict[int, int], pages: Sequence[Span]
) -> list[tuple[int, int]]:
    """The heads and feet of pages: lines that come back, and numbers of pages."""
    words = {
        (start, end): re.sub(r"\d+", "#", text[begins.get(start, start) : end].strip())
        for start, end in lines
    }
    lines = [line for line in lines if words[line]]
    counts = Counter(words.values())
    edges = _page_edges(text, lines, pages)
    found = []
    for line in lines:
        said, start = words[line], line[0]
        least = 2 if line in edges and (pages or "\f" in text) else HEADS
        page = bool(_PAGE.fullmatch(text, begins.get(start, start), line[1]))
        number = line in edges and bool(_NUMBER.fullmatch(text, begins.get(start, start), line[1]))
        back = counts[said] >= least and len(said) <= 90 and _heading(said)
        if page or number or (back and (line in edges or "#" in said or "age" in said)):
            found.append(line)
    return found


def _heading(said: str) -> bool:
    """Whether a line reads like a head: no sentence, no label, its words in capitals."""
    words = re.findall(r"[^\W\d_]\w*", said)
    if not words or said.endswith((".", "?", "!", ",", ";", ":")) or _LABEL.match(said):
        return False
    return bool(sum(w[0].isupper() for w in words) >= 0.6 * len(words))


def _page_edges(
    text: str, lines: list[tuple[int, int]], pages: Sequence[Span]
) -> set[tuple[int, int]]:
    """The first two and the last two lines of each page, where pages are marked."""
    cuts = [p.start for p in pages[1:]] or [m.start() for m in re.finditer("\f", text)]
    if not cuts and not pages:
        return set()
    edges: set[tuple[int, int]] = set()
    group: list[tuple[int, int]] = []
    queue = [*cuts, len(text) + 1]
    for line in lines:
        while line[0] >= queue[0]:
            edges.update([*group[:2], *group[-2:]])
            group = []
            queue.pop(0)
        group.append(line)
    edges.update([*group[:2], *group[-2:]])
    return edges


def _times(
    text: str, lines: list[tuple[int, int]], labelled: set[int]
) -> list[tuple[int, int, float | None]]:
    """Times on lines of their own, in brackets, or with hours and seconds in mid-line."""
    found: list[tuple[int, int, float | None]] = []
    for start, end in lines:
        match = _TIME_LINE.match(text, start, end)
        if match and match.end() == end and start not in labelled:
            found.append((start, end, seconds(match.group())))
    taken = {start for start, _, _ in found}
    for match in _INLINE_TIME.finditer(text):
        if not any(s in taken for s in (match.start(), match.start() - 1)):
            found.append((*match.span(), seconds(match.group())))
    for match in _BRACKET.finditer(text):
        inside = match.group(1) or ""
        if ":" in inside and re.fullmatch(_RANGE, inside.strip()):
            found.append((*match.span(), seconds(inside)))
    return sorted(set(found))


def _labels(text: str, lines: list[tuple[int, int]]) -> list[_Label]:
    """All that may be a label, in order."""
    found: list[_Label] = []
    bare: list[_Label] = []
    examiner, witness = "Q", "A"
    for n, (start, end) in enumerate(lines):
        if sworn := _SWORN.match(text, start, end):
            witness = sworn.group(1)
        if by := _EXAMINER.match(text, start, end):
            examiner = by.group(1).strip(" :")
            found.append(_Label(None, start, end, None, False))
            continue
        label = _label(text, start, end)
        if label and label.name in ("Q", "A"):
            found.append(label._replace(name=examiner if label.name == "Q" else witness))
        elif label:
            found.append(label)
        elif (alone := _BARE.match(text, start, end)) and alone.end() == end and n + 1 < len(lines):
            name = alone["name"].strip()
            # Over its own words: the next line follows at once, or behind one empty line.
            if lines[n + 1][0] - end <= 2 and not _no_speaker(name):
                bare.append(_Label(name, start, end, None))
        for chevron in _CHEVRON.finditer(text, start, end):
            if label is None or chevron.start() > label.words - 1:
                named = _LABEL.match(text, chevron.start(), end)
                name = (
                    next((g for g in (named["colon"], named["square"]) if g), None)
                    if named
                    else None
                )
                words = named.end() if named and name else chevron.end()
                found.append(
                    _Label(name.strip(" ,") if name else None, chevron.start(), words, None)
                )
    counts = Counter(label.name for label in bare)
    if sum(count >= 2 for count in counts.values()) >= 2:
        known = {label.start for label in found}
        found += [b for b in bare if counts[b.name] >= 2 and b.start not in known]
    return sorted(set(found), key=lambda label: (label.start, label.words))


def _no_speaker(name: str) -> bool:
    return name.split()[0].lower().rstrip(".:") in _NO_SPEAKER or len(name) > 60


def _label(text: str, start: int, end: int) -> _Label | None:
    """The label at the start of a line."""
    if text.startswith(">>", start) and not _LABEL.match(text, start, end):
        return None
    match = _ALONE.match(text, start, end)
    if match and match.end() == end:
        name = (match["before"] or match["behind"]).strip(" ,")
        if not _no_speaker(name):
            return _Label(name, start, end, seconds(match.group()))
    match = _LABEL.match(text, start, end)
    if match is None:
        return None
    groups = (match[key] for key in ("colon", "exam", "square", "dash"))
    name = next(group for group in groups if group).strip(" ,")
    if _no_speaker(name):
        return None
    aside = re.findall(r"\(([^()]*)\)", match["aside"] or "")
    if aside and _OFFICE.match(name) and re.fullmatch(_NAME, f"{aside[0]}\n"[:-1]):
        if len(aside[0].split()) > 1:
            name = aside[0]  # an office, and who holds it
    return _Label(name, start, match.end(), seconds(match.group()))


def _trusted(text: str, lines: list[tuple[int, int]], labels: list[_Label]) -> list[_Label]:
    """The labels, if there are enough of them for a transcript."""
    counts = Counter(label.name for label in labels if label.name)
    back = sum(count for count in counts.values() if count > 1)
    chevrons = sum(label.name is None and label.sure for label in labels)
    named = [label for label in labels if label.name]
    few = not named or (len(named) < 3 and len(counts) < 2) or (back < 2 and len(named) < 4)
    if few and chevrons < 2 and not (chevrons and named) and not _covers(text, lines, named):
        return []
    return labels


def _covers(text: str, lines: list[tuple[int, int]], labels: list[_Label]) -> bool:
    """Whether every paragraph of a short text begins with a label."""
    paragraphs = [
        start
        for (_, before), (start, _) in pairwise([(0, -9), *lines])
        if text.count("\n", max(0, before), start) != 1
    ]
    starts = {label.start for label in labels}
    if labels and starts.issuperset(paragraphs):
        return True
    return bool(labels) and starts.issuperset(start for start, _ in lines)


def _turns(
    text: str, labels: list[_Label], times: list[tuple[int, int, float | None]]
) -> tuple[Turn, ...]:
    """What is said between one label, or time, and the next."""
    marks: list[tuple[int, int, str | None, float | None, bool]] = [
        (label.start, label.words, label.name, label.time, label.sure) for label in labels
    ]
    marks += [(start, end, "", time, False) for start, end, time in times]
    marks.sort(key=lambda mark: mark[:2])
    turns: list[Turn] = []
    speaker: str | None = None
    time: float | None = None
    change, started = False, not labels
    if marks and not labels and marks[0][0] > 0:
        marks.insert(0, (0, 0, "", None, False))
    for n, (_, words, name, clock, sure) in enumerate(marks):
        if name == "":
            time = clock
        elif sure or name:
            speaker, change, started = name, change or sure, True
            time = clock if clock is not None else time
        start, end = words, marks[n + 1][0] if n + 1 < len(marks) else len(text)
        while start < end and text[start].isspace():
            start += 1
        while start < end and text[end - 1].isspace():
            end -= 1
        if start < end and started:
            turns.append(
                Turn(span=Span(start, end), speaker=speaker, time=time, change=change and sure)
            )
            change = False
    return tuple(turns)


def labels_of(text: str) -> Iterator[str]:
    """The names on the labels of a text, trusted or not: what a row of subtitles may begin with."""
    lines = [(m.start(), m.end()) for m in re.finditer(r"[^\n]+", text)]
    yield from (label.name for label in _labels(text, lines) if label.name)
