"""Words that introduce what somebody says, shared by the baseline and the search inside contents.

The lists are ours. Verbs are given as stems with their endings spelled out, so that "state" is no
verb of saying in "state senator".
"""

import re

SPEECH = (
    "say said says saying told tells tell telling wrote writes write added adds adding asked asks"
    " asking replied replies answered argued argues arguing announced announces insisted insists"
    " insisting claimed claims claiming revealed reveals disclosed discloses confided confides"
    " confirmed confirms denied denies explained explains stated states noted notes warned warns"
    " tweeted tweets suggested suggests joked jokes quipped admitted admits acknowledged"
    " acknowledges"
    " conceded concedes alleged alleges declared declares snapped barked shouted whispered muttered"
    " remarked remarks observed continued recalled recalls predicted predicts vowed vows pledged"
    " pledges promised promises urged urges stressed stresses emphasized emphasised maintained"
    " maintains contended contends reported reports testified testifies concluded concludes"
    " complained complains boasted boasts commented comments countered counters responded responds"
    " shared gushed dished spilled sighed laughed cried exclaimed yelled began pointed blasted"
    " slammed"
    " accused accuses described describes"
).split()
MIND = (
    "think thinks thought believe believes believed feel feels felt know knows knew noticed notice"
    " fear fears feared hope hopes hoped want wants wanted worry worries worried suspect suspects"
    " suspected expect expects expected understand understands understood realise realised"
    " perceived"
    " perceive"
).split()

SPEECH_CUE = re.compile(rf"\b(?:{'|'.join(SPEECH)})\b|\baccording to\b", re.IGNORECASE)
ANY_CUE = re.compile(rf"\b(?:{'|'.join(SPEECH + MIND)})\b|\baccording to\b", re.IGNORECASE)

TELLING = (
    "tell tells told telling remind reminds reminded inform informs informed assure assures assured"
    " warn"
    " warns warned ask asks asked instruct instructs instructed order orders ordered urge urges"
    " urged"
    " advise advises advised beg begs begged promise promises promised"
).split()
"""Verbs of saying with somebody who is told."""
NAMING = (
    "call calls called calling describe describes described describing portray portrays portrayed"
    " portraying depict depicts depicted label labels labelled labeled brand brands branded accuse"
    " accuses accused accusing blame blames blamed blaming criticize criticizes criticized"
    " criticise"
    " criticises criticised condemn condemns condemned praise praises praised mock mocks mocked"
    " compare"
    " compares compared comparing quote quotes quoted quoting cite cites cited demand demands"
    " demanded"
    " discuss discusses discussed propose proposes proposed reaffirm reaffirms reaffirmed reject"
    " rejects"
    " rejected declare declares mention mentions mentioned"
).split()
"""Verbs of saying something of somebody, or of naming what is said."""
ABOUT = (
    r"talk(?:s|ed|ing)? (?:about|of|like)|sp(?:eak|eaks|oke|eaking) (?:about|of|against)"
    r"|refer(?:s|red|ring)? to|point(?:s|ed|ing)? (?:to|out)|call(?:s|ed|ing)? (?:for|on)"
    r"|speculat(?:e|es|ed|ing) (?:about|on)|complain(?:s|ed|ing)? (?:about|of)|warn(?:s|ed"
    r"|ing)? (?:of|against)"
    r"|boast(?:s|ed|ing)? (?:about|of)|brag(?:s|ged|ging)? about|lie[sd]? about|joke[sd]? about"
    r"|apologi[sz]e[sd]? for|ask(?:s|ed|ing)? for|weigh(?:s|ed)? in on|comment(?:s|ed|ing)? on"
).split("|")
"""The same with a preposition, as patterns."""
SHOWING = (
    "show shows showed shown find finds found reveal reveals revealed indicate indicates indicated"
    " suggest suggests suggested conclude concludes concluded"
).split()
"""What a report or a poll does with what it says."""
CLAIM_NOUNS = (
    r"claims?|statements?|assertions?|arguments?|promises?|pledges?|vows?|threats?|warnings?"
    r"|requests?|demands?"
    r"|calls?|suggestions?|accusations?|allegations?|complaints?|insistence|declarations?"
    r"|announcements?"
    r"|admissions?|denials?|predictions?|rulings?|decisions?|findings?|reports?|orders?|proposals?"
    r"|comments?"
    r"|remarks?|explanations?|recommendations?"
)
"""Nouns for something said, as a pattern."""
_ALONE = frozenset(
    "shared gushed dished spilled sighed laughed cried began pointed continued".split()
)
"""Verbs that introduce a quotation beside them, and say nothing of speech elsewhere."""
SAYING = tuple(verb for verb in SPEECH if verb not in _ALONE)
_FORMS = (
    *SAYING, *MIND, *TELLING, *NAMING, *SHOWING, *ABOUT, CLAIM_NOUNS,
    "according to", r"to quote|quoting|know|story|polls?|stud(?:y|ies)",
)  # fmt: skip
RELAYING = re.compile(rf"\b(?:{'|'.join(_FORMS)})\b", re.IGNORECASE)
"""Words by which a statement may relay another one, or what somebody thinks."""
