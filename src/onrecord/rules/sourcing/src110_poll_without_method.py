"""
## What it finds
A share of people from a poll, where the article has no pollster, or neither the size of the sample nor the time of the
asking.

## Why it matters
A share without its poll can't be checked, and a small or old poll says little.

## Fires on
In ⟦a poll⟧, 54 percent of voters were for the bridge. The board was pleased.

According to ⟦an Orr Institute survey⟧, 54% of adults need the bridge.

## Stays silent on
In an Orr Institute poll of 1,004 adults, 54 percent of voters were for the bridge.

A poll of 1,004 adults by Orr Research in May found that 54 percent of voters were for the bridge.

In a poll by Orr Research last week, 54 percent of voters were for the bridge.

In April, an Orr/Lee poll had 54 percent of voters for the bridge.

In a September Harbour Post-Orr News poll, 54 percent of voters were for the bridge.

Polls had between 40 and 54 percent of voters for the bridge.

An Orr Institute poll came out on Monday. The rain fell. The sea was calm. The ferry ran on time. In the Orr Institute poll, 54 percent of voters were for the bridge.

The average of polls has 54 percent of voters for the bridge.

## Known misses
A pollster that is named without a capital letter. Shares that are spelled out without "percent".
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...language.en.calendar import MONTH, WEEKDAY
from ...query.voices import sentence_at
from ...records import Analysis, Context, Hit, Span
from .. import rule

_POLL = re.compile(
    r"(?:\b(?:[Aa]n?|[Tt]he|[Tt]his|[Tt]hat|[Oo]ne|[Aa]nother)\s{1,20})?(?:(?:recent|new|latest"
    r"|national|statewide|(?!(?:In|On|By|To|For|From|Of|According|And|But|When|After|Even|Still"
    r"|One)\b)[A-Z][\w/&.’'-]{0,60})\s{1,20}(?:of\s{1,20})?)*"
    r"(?:[a-z][a-z-]{0,40}\s{1,20}){0,1}(?:[Pp]oll|[Ss]urvey)\b",
)
_WORD = re.compile(r"\b(?:poll|survey)\b(?! numbers)", re.IGNORECASE)
"""One poll: "polls show" is about several, whose particulars no sentence can give."""
_FIRST = re.compile(r"\b[Aa]n? (?:[\w/&.’'-]{1,40} ){0,5}(?:poll|survey)$", re.IGNORECASE)
"""A poll that is told of for the first time: "an Orr Institute poll"."""
_ANY = re.compile(r"\b(?:polls?|polling|pollsters?|surveys?|surveyed|polled)\b", re.IGNORECASE)
_SHARE = re.compile(
    r"\b\d{1,2}(?:\.\d)?(?: percent| per cent|%)(?= (?:of|said|were|had|would|think|support|favor"
    r"|oppos|back|approv|disapprov)|[, ])"
)
_AGGREGATE = re.compile(
    r"\baverages?\b|\bRealClearPolitics\b|\bHuffPost Pollster\b|\bexit polls?\b|\bpolls close\b"
    r"|\bat the polls\b",
    re.IGNORECASE,
)
_POLLSTER = re.compile(
    r"\b[A-Z][\w.&/-]{1,60}+(?:['’]s)?(?:\s{1,20}\w{1,40}){0,3}\s{1,20}(?:[Pp]oll|[Ss]urvey"
    r"|[Pp]olls|[Ss]urveys|[Pp]olling)\b"
    r"|\b(?:[Pp]oll|[Ss]urvey|polls|surveys|polling)\b(?:\s{1,20}[\w,.]{1,40}){0,5}\s{1,20}(?:by"
    r"|from|for|in)\s{1,20}(?:the\s{1,20})?[A-Z]\w{1,40}"
    r"|\b(?:Gallup|Quinnipiac|Ipsos|YouGov|Pew|Rasmussen|Monmouth|Marist|Zogby|Suffolk"
    r"|Public Policy Polling|CNN/ORC|Reuters/Ipsos)\b"
)
_SAMPLE = re.compile(
    r"\b\d{1,3}(?:,\d{3})+\s{1,20}(?:\w{1,40}\s{1,20}){0,3}(?:adults|voters|people|respondents"
    r"|Americans|Republicans|Democrats)\b|\b\d{3}\s{1,20}(?:\w{1,40}\s{1,20}){0,3}(?:adults|voters"
    r"|people|respondents)\b"
    r"|\bmargin of (?:sampling )?error\b|\bsampl(?:e|ed|ing)\b",
)
_TIME = re.compile(
    r"\b(?:conducted|taken|released|published|last|this|past)\b.{0,40}?\b(?:week|month|year|weekend"
    rf"|{WEEKDAY}|{MONTH})\b"
    r"|\b(?:[Ii]n|[Ss]ince|[Ff]rom|[Ee]arly|[Ll]ate|[Mm]id|[Dd]uring|[Oo]f|an?) (?:early |late "
    r"|mid-?)?"
    rf"(?:{MONTH})\b"
    r"|\b(?:January|February|April|June|July|August|September|October|November|December|yesterday"
    r"|today|tonight)\b|\b(?:March|May) \d"
    r"|\b(?:Jan|Feb|Aug|Sept|Oct|Nov|Dec)\.|\b(?:19|20)\d\d\b|\b(?:recent|latest|new)\b"
    rf"|\b(?:{WEEKDAY})\b"
)


@rule(
    code="SRC110",
    name="poll-without-method",
    message="{who}: {missing} was found. Ask: whose poll, when, and how many were asked?",
    severity="warning",
    status="preview",
    scope="reporter",
    standards=("ap",),
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    if _AGGREGATE.search(text):
        return
    pollster, sample = _POLLSTER.search(text), _SAMPLE.search(text)
    timed: bool | None = None
    for sentence in analysis.sentences:
        poll = _WORD.search(text, sentence.start, sentence.end)
        if poll is None or not _SHARE.search(text, sentence.start, sentence.end):
            continue
        known = _timed(analysis, sentence)
        if not known and not _FIRST.search(text[sentence.start : poll.end()]):
            if timed is None:  # "the poll" may have been dated anywhere
                timed = any(_timed(analysis, s) for s in analysis.sentences)
            known = timed
        missing = [
            words
            for words, there in (
                ("no pollster", pollster),
                ("neither sample nor time", sample or known),
            )
            if not there
        ]
        if missing:
            whole = next(
                (
                    m
                    for m in _POLL.finditer(text, sentence.start, sentence.end)
                    if m.end() == poll.end()
                ),
                poll,
            )
            span = Span(*whole.span())
            yield Hit(
                span=span,
                values={
                    "who": f"“{' '.join(text[span.start : span.end].split())}”",
                    "missing": " and ".join(missing),
                },
            )
            return


def _timed(analysis: Analysis, sentence: Span) -> bool:
    """Whether a sentence speaks of polls and a time stands within two sentences of it."""
    text = analysis.article.text
    if not _ANY.search(text, sentence.start, sentence.end):
        return False
    n = sentence_at(analysis, sentence.start)
    last = analysis.sentences[min(n + 2, len(analysis.sentences) - 1)].end
    first = analysis.sentences[max(0, n - 2)].start
    return _TIME.search(text, first, last) is not None
