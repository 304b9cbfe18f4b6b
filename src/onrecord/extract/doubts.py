"""Attributions too unsure to keep: acts that the engine half takes for statements.

Where nothing speaks ("signed", "unveiled", "is facing") an engine needs to be surer than where
somebody says something: half of such findings below the bars are acts, and no statements. What is
dropped leaves no gap in the numbering, and what stood inside it stands by itself.
"""

import re
from collections.abc import Sequence

import msgspec

from ..data.cues import SPEECH_CUE
from ..records import Attribution

CLAUSE = 0.3
"""Least confidence in a clause ("that", "to", "whether") that no verb of saying introduces."""
PHRASE = 0.45
"""The same for what is no clause: "signed | the new harbour bill"."""
WORD = 0.65
"""The same for a single word: "attacked | him". Bars chosen on PolNeAR's development part."""
_CLAUSE = re.compile(r"(?:that|whether|if|how|why|what|to)\b")


def kept(text: str, attributions: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """The attributions that are sure enough, numbered anew in their order."""
    names: dict[str, str] = {}
    for row in attributions:
        if sure(text, row):
            names[row.id] = f"a{len(names) + 1}"
    return tuple(
        msgspec.structs.replace(row, id=names[row.id], parent=names.get(row.parent or ""))
        for row in attributions
        if row.id in names
    )


def sure(text: str, row: Attribution) -> bool:
    """Whether an attribution is surer than its kind of cue and content asks for."""
    if row.form != "indirect" or row.cue is None:
        return True
    if SPEECH_CUE.search(text, row.cue.start, row.cue.end):
        return True
    content = text[row.content[0].start : row.content[-1].end]
    if len(content.split()) < 2:
        return row.confidence >= WORD
    return row.confidence >= (CLAUSE if _CLAUSE.match(content) else PHRASE)
