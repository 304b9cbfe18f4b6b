"""Subtitles (SRT, VTT) to a material: the words in a row, each cue with its time and voice.

The reading is pysubs2's. Speakers come from `<v Name>` and from labels at the start of a cue.
"""

import re

import pysubs2

from ..records import Material, Problem, Span, Turn
from . import charset
from .turns import find_turns

_VOICE = re.compile(r"<v(?:\.[\w.]+)?\s+([^>\n]{1,60})>")
_ARROW = re.compile(r"^.*-->.*$", re.MULTILINE)
_SPEAKS = re.compile(r"(?:>>+\s*|[-–—]\s+)?(?P<name>\S[^:\n]{0,59}):\s+(?=\S)")


def read_subtitles(
    text: str, name: str, digest: str, form: str
) -> tuple[Material | None, list[Problem]]:
    """The material of a subtitle file, and what there is to say about it."""
    marked = _VOICE.sub(lambda m: f"{m.group(1).strip()}: ", text)
    try:
        cues = pysubs2.SSAFile.from_string(marked, format_=form)
    except Exception as error:
        # The library raises whatever a damaged file makes it stumble over.
        what = f"these subtitles can't be read ({type(error).__name__})."
        return None, [Problem(where=name, what=what, remedy="Export them anew, or as plain text.")]
    problems = []
    broken = len(_ARROW.findall(text)) - len(cues)
    backwards = sum(cue.end < cue.start for cue in cues)
    if broken > 0 or backwards:
        count = max(broken, 0) + backwards
        problems.append(
            Problem(
                where=name,
                what=f"{count} subtitle{'s have' if count > 1 else ' has a'} broken time"
                f"{'s' if count > 1 else ''}; the words were read all the same.",
                remedy="Times shown near there may be off.",
                fatal=False,
            )
        )
    return _material(cues, name, digest), problems


def _material(cues: pysubs2.SSAFile, name: str, digest: str) -> Material:
    rows = [(charset.clean(cue.plaintext)[0].strip(), cue.start / 1000) for cue in cues]
    rows = [(" \n".join(_ARROW.sub("", words).split("\n")).strip(), at) for words, at in rows]
    rows = [(words, at) for words, at in rows if words]
    text = "\n".join(words for words, _ in rows)
    known = {turn.speaker for turn in find_turns(text)}
    turns, start, speaker = [], 0, None
    for words, at in rows:
        label = _SPEAKS.match(words)
        skip = 0
        if label and label["name"] in known:
            speaker, skip = label["name"], label.end()
        elif words.startswith(">>"):
            speaker = None
        if len(words) > skip:
            span = Span(start + skip, start + len(words))
            turns.append(Turn(span=span, speaker=speaker, time=at))
        start += len(words) + 1
    return Material(name=name, text=text, turns=tuple(turns), raw_digest=digest)
