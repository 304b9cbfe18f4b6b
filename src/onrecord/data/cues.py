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
    " tweeted tweets suggested suggests joked jokes quipped admitted admits acknowledged acknowledges"
    " conceded concedes alleged alleges declared declares snapped barked shouted whispered muttered"
    " remarked remarks observed continued recalled recalls predicted predicts vowed vows pledged"
    " pledges promised promises urged urges stressed stresses emphasized emphasised maintained"
    " maintains contended contends reported reports testified testifies concluded concludes"
    " complained complains boasted boasts commented comments countered counters responded responds"
    " shared gushed dished spilled sighed laughed cried exclaimed yelled began pointed blasted slammed"
    " accused accuses described describes"
).split()
MIND = (
    "think thinks thought believe believes believed feel feels felt know knows knew noticed notice"
    " fear fears feared hope hopes hoped want wants wanted worry worries worried suspect suspects"
    " suspected expect expects expected understand understands understood realise realised perceived"
    " perceive"
).split()

SPEECH_CUE = re.compile(rf"\b(?:{'|'.join(SPEECH)})\b|\baccording to\b", re.IGNORECASE)
ANY_CUE = re.compile(rf"\b(?:{'|'.join(SPEECH + MIND)})\b|\baccording to\b", re.IGNORECASE)
