"""Why an article may well hear one voice only: an interview, a speech, an obituary, a body's own
news or its statistics.

Answers that for rules of the family SRC; decides nothing.
"""

import re

from ...language.en.lexicon import lexicon
from ...query.lookup import statements
from ...records import Analysis, Source

_ONE_VOICE = re.compile(
    r"\b(?:interview\w{0,40}|Q&A|Q & A|obituary|died|dies|speech|remarks|address(?:ed|ing)? (?:the"
    r"|a)|transcript|excerpt|memoir|testif\w{1,40}|testimony|op-ed|opinion"
    r"|podcast|radio|(?:talk|TV|chat|morning|late|his|her|the|a) show|hosts?|Channel|rally|debate"
    r"|press conference|news conference|column|(?:in|of) (?:an?|his|her|the"
    r"|their) (?:\w{1,40} )?letter|letter to|conference|convention|summit|forum|town hall|gathering"
    r"|ceremony"
    r"|lecture|presentation|(?:told|tells|telling) (?:a|the) (?:group|audience|crowd)|(?:told|tells"
    r"|telling) (?:\w{1,40} )?analysts|sp(?:eaking|oke|eaks) (?:to|at|before|in)|reporters|newsmen"
    r"|journalists|annual report|(?:answer\w{0,40}|in reply to|respon\w{1,40} to|asked"
    r"|reply to) (?:an? |about |if |whether )?questions?"
    r"|(?:told|tells|telling) (?:\w{1,40} )?(?:[\w.’'-]{1,40} ){0,6}(?:Committee|committee"
    r"|Parliament|parliament|Senate|House|Congress|Society|Association|Club|[Mm]eeting|[Ss]eminar"
    r"|newspaper|magazine|agency|television|TV|[Cc]ourt|Assembly|Council|shareholders|lunch\w{0,40}"
    r"|dinner|jury|inquest)"
    r"|survived by|passed away|funeral|visitation|memorial service)\b",
    re.IGNORECASE,
)
_GIVEN = re.compile(
    r"\b(?:told|tells|telling|spoke (?:to|with)|statement to|provided to"
    r"|e-?mail to) (?:the )?(?:[A-Z][\w.’'-]{0,40} ){0,3}[A-Z][\w.’'-]{0,40}"
)
"""To whom something was said: an outlet, if its name ends like one."""
_AIRED = re.compile(r"\b[Oo]n (?:[A-Z][\w&.’'-]{0,40} ){1,3}[“\"‘'][A-Z]")
"""A programme: "on Orr Radio's “Midday”"."""
_TRADES = re.compile(
    r"\b(?:company|firm|bank|corporation|airline|[a-z]{0,40}maker|insurer|retailer|department"
    r"|ministry|bureau|treasury|exchange|agency|office|service|Inc|Corp|Cos?|Ltd|Limited|Plc|PLC|NV"
    r"|AG|SA|GmbH|LLC|Group|Holdings|Bank|Department|Ministry|Bureau|Treasury|Exchange|Agency"
    r"|Office|Service|Statistics)\b\.?"
)
"""What companies and offices are called, whose news is their own business or their figures."""

_RUNS = re.compile(
    r"\b(?:chair(?:man|woman)?|president|chief executive|managing director|chief financial|owner"
    r"|founder|CEO)\b",
    re.IGNORECASE,
)
"""Who runs a firm, and tells its news as the firm would."""
_OWN = ("it", "its", "we", "our", "company", "firm", "group", "club", "bank", "airline")


def occasion(text: str) -> bool:
    """Whether an article is about what somebody says at an occasion, to an outlet, or about
    somebody who died."""
    if _ONE_VOICE.search(text) or _AIRED.search(text):
        return True
    outlets = lexicon("sources", "outlets") | lexicon("sources", "outlet_words")
    return any(
        outlets & {w.strip(".,;:’'\"”") for w in m.group().split()} for m in _GIVEN.finditer(text)
    )


def announces(analysis: Analysis, voice: Source) -> bool:
    """Whether a body, or who runs it, mostly tells of itself or gives figures: an announcement, or
    statistics."""
    text = analysis.article.text
    person = voice.kind == "person" and " " in (voice.name or "")
    if person and not _RUNS.search(voice.title or ""):
        return False
    if not person and any(_TRADES.search(text, m.start, m.end) for m in voice.mentions):
        return True
    called = (voice.title if person else voice.name) or ""
    names = set(re.findall(r"\b[A-Z]\w{2,}", called))
    own = re.compile(
        rf"[\"“‘]?(?:that |the )?(?:{'|'.join([*_OWN, *map(re.escape, sorted(names))])})\b",
        re.IGNORECASE,
    )
    figures = [f.span.start for f in analysis.figures if f.kind in ("share", "money")]
    said = statements(analysis, voice)
    told = sum(
        any(
            own.match(text, c.start) or any(c.start <= f < c.end for f in figures)
            for c in a.content
        )
        for a in said
    )
    counted = sum(
        any(c.start <= f < c.end for f in figures) for c in analysis.sentences if c.end > c.start
    )
    return 2 * told >= len(said) or 2 * counted >= len(analysis.sentences)
