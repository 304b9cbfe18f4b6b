"""To which newsroom a voice spoke: "told Reuters", "told reporters", "told the Orr Courier".

A voice that spoke to another newsroom is that newsroom's to answer for. Answers that for the rules
on unnamed sources; decides nothing.
"""

import re
from functools import cache

from ...language.en.lexicon import lexicon
from ...records import Attribution
from ...text.normalise import fold_outlet

TOLD = re.compile(r"\b(?:told|tells)\b", re.IGNORECASE)
_ME = re.compile(r"\s{0,20}(?:me|us|reporters?|journalists?)\b")
_AGENCY = re.compile(
    r"\s{0,20}(?:Reuters|AFP|AP|(?:The|the) Associated Press"
    r"|Agence France-Presse)\b"
)
"""Newsrooms whose copy others print as it stands: in an article without a known outlet they may be
its own."""


@cache
def _outlets() -> re.Pattern[str]:
    """A newsroom's name, by the lists of `language/en/sources.json`."""
    names = sorted(lexicon("sources", "outlets"), key=lambda w: (-len(w), w))
    known, end = (
        "|".join(map(re.escape, names)),
        "|".join(sorted(lexicon("sources", "outlet_words"))),
    )
    return re.compile(
        rf"\s{{0,20}}(?P<name>(?:[Tt]he )?(?:(?:{known}|POLITICO|Reuters)(?:[’']s)?(?: (?:{end}))?"
        rf"|(?:[A-Z][\w.’'&-]{{0,40}}\s{{1,20}}){{0,4}}?(?:{end}|Beast|TODAY))\b)"
    )


def to_newsroom(text: str, start: int) -> bool:
    """Whether reporters or a newsroom stand at a place, behind "told"."""
    return bool(_ME.match(text, start) or _outlets().match(text, start))


def told_other_outlet(text: str, attribution: Attribution, outlet: str | None) -> bool:
    """Whether a voice told something to a newsroom that is not the article's, which then answers
    for it.

    `outlet` is the article's own. Where that is not known, an agency may be it and no other
    newsroom is.
    """
    cue = attribution.cue
    if cue is None or not TOLD.search(text, cue.start, cue.end):
        return False
    told = _outlets().match(text, cue.end)
    if told is None or _ME.match(text, cue.end):
        return False
    if outlet:
        return fold_outlet(outlet) not in fold_outlet(told.group("name").strip())
    return _AGENCY.match(text, cue.end) is None
