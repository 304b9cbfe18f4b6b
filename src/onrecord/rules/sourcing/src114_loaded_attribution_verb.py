"""
## What it finds
A verb that judges a plain statement: refuted, snapped, blasted; claimed, where a named voice or a body says it and nobody in
the article doubts or denies anything; admitted, confessed, conceded, where what is said is a liking or a plan.

## Why it matters
"Claimed" doubts, "admitted" convicts, "refuted" takes sides. "Said" tells what happened.

## Fires on
[s1 person=Ann_Lee Ann Lee] ⟦[c1 blasted]⟧ [q1 the board's plan].

[s1 person=Ann_Lee Ann Lee] ⟦[c1 claimed]⟧ [q1 that the bridge would open in May].

[s1 person=Ann_Lee Ann Lee] ⟦[c1 admitted]⟧ [q1 she loves the bridge].

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the bridge would close].

[s1 person=Ann_Lee Ann Lee] [c1 admitted] [q1 that she had taken the money].

[s1 person=Ann_Lee Ann Lee] [c1 conceded] [q1 that the plan would not work].

[s1 person=Ann_Lee Ann Lee] [c1 claimed] [q1 that the bridge would open in May]. The board denied it.

[s1 anonymous withheld A source] [c1 claimed] [q1 that the bridge would open in May].

[s1 organisation=Orr_Front The Orr Front] [c1 claimed] responsibility for [q1 the fire].

[s1 organisation=Harbour_Board The Harbour Board] [c1 blasted out] [q1 an e-mail about the closure].

I agree with the mayor ("[s1 person=Ann_Lee Lee] [c1 blasts] [q1 the board]", The Orr Courier, Thursday).

[s1 person=Ann_Lee Ann Lee] [c1 snapped] a picture of [q1 the closed bridge].

## Known misses
Whether an admission is genuine depends on facts outside the sentence.
"""  # noqa: E501

import re
from bisect import bisect_right
from collections.abc import Iterator

from ...query.lookup import source_of
from ...records import Analysis, Attribution, Context, Hit
from .. import rule

_LOADED = re.compile(
    r"\b(?:blast(?:ed|s)|slam(?:med|s)|snap(?:ped|s)|rant(?:ed|s)|gush(?:ed|es)|crow(?:ed|s)"
    r"|whin(?:ed|es)|sneer(?:ed|s)"
    r"|refut(?:ed|es)|fum(?:ed|es)|boast(?:ed|s))\b",
    re.IGNORECASE,
)

_CLAIMED = re.compile(r"\bclaimed\b", re.IGNORECASE)
_ADMITTED = re.compile(r"\b(?:admit(?:ted|s)|conced(?:ed|es)|confess(?:ed|es))\b", re.IGNORECASE)
_DOUBTED = re.compile(
    r"\b(?:den(?:y|ies|ied|ying|ial)|dispute[ds]?|reject(?:s|ed)|refut\w{1,5}|false|untrue"
    r"|contradict\w*"
    r"|no evidence|without evidence|alleg\w{1,8}|accus\w{1,8}|lawsuit|sued?|court|jury|trial|police"
    r"|debunk\w*|fact-check\w*|inaccurate|unfounded|baseless|challenged|questioned|sceptic\w*"
    r"|skeptic\w*)\b",
    re.IGNORECASE,
)
_FAULT = re.compile(
    r"\b(?:not|never|no|nothing|nor|cannot|without|wrong\w*|mistake\w*|fail\w*|fault|guilt\w*"
    r"|lie[sd]?|lying|cheat\w*|hard\w*|difficult\w*|miss\w*|used to|too|but|once|only|drugs?"
    r"|drink\w*|drunk)\b"
    r"|n[’']t\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(
    r"\b(?:loves?|loved|fans?|enjoy\w*|happy|great|best|proud|excited|favou?rite|likes?|liked"
    r"|glad|will"
    r"|going to|plans?|hopes?|looking forward|good|grateful|thrilled|wants? to)\b",
    re.IGNORECASE,
)
"""What nobody need admit: a liking, a plan. What is a fault, a lack or a loss may be admitted."""
_DEED = re.compile(
    r"\s{1,20}(?:responsibility|credit|victory|the (?:title|lives?|crown|seat)|lives|asylum"
    r"|benefits"
    r"|expenses|to (?:being|having|the|an?)\b|defeat|the election)\b"
)
_OTHER = re.compile(
    r"\s{1,20}(?:out|off|through|down|shut|into|past|up|open|away|(?:an?|the|some|his"
    r"|her) (?:\w{1,40} )?(?:photos?|pictures?|selfies?|doors?|brakes?|shots?|images?)"
    r"|(?:an?|more than|over|nearly|about|some|\d[\d,.]{0,40}) (?:\w{1,40} )?(?:record|membership"
    r"|following|array|population|collection|staff|budget|members|rooms|followers)"
    r"|\d)\b",
    re.IGNORECASE,
)
"""What follows the verb in another sense: an e-mail blasted out, a door slammed, a picture
snapped."""


def _judged(analysis: Analysis, attribution: Attribution) -> re.Match[str] | None:
    """The verb that doubts or convicts where nothing in the article does."""
    text, cue = analysis.article.text, attribution.cue
    voice = source_of(analysis, attribution)
    if cue is None or voice is None or voice.kind not in ("person", "organisation", "spokesperson"):
        return None
    said = " ".join(text[c.start : c.end] for c in attribution.content)
    if match := _ADMITTED.search(text, cue.start, cue.end):
        plain = _PLAIN.search(said) and not _FAULT.search(said) and "?" not in said
        return match if plain and not _DEED.match(text, match.end()) else None
    match = _CLAIMED.search(text, cue.start, cue.end)
    if match is None or _DEED.match(text, match.end()) or _DOUBTED.search(text):
        return None
    return match if len(said.split()) >= 3 else None


@rule(
    code="SRC114",
    name="loaded-attribution-verb",
    message="“{verb}” judges what is said. Ask: would “said” be fairer?",
    severity="note",
    standards=("reuters", "wikipedia"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    starts = [q.span.start for q in analysis.quotes]
    for attribution in analysis.attributions:
        if attribution.cue is None or attribution.source is None or attribution.parent is not None:
            continue
        match = _LOADED.search(text, attribution.cue.start, attribution.cue.end) or _judged(
            analysis, attribution
        )
        if match is None or _OTHER.match(text, match.end()):
            continue
        cue = attribution.cue
        near = bisect_right(starts, cue.start) - 1
        if near >= 0 and cue.end <= analysis.quotes[near].span.end:
            continue  # somebody else's verb, in a quotation or a headline that is quoted
        if attribution.confidence >= 0.5:
            yield Hit(span=attribution.cue, values={"verb": match.group()})
