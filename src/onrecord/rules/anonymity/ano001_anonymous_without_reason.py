"""
## What it finds
An unnamed source whose identity the article withholds, and no reason for that found anywhere in the
article: sources and insiders, and the aides, advisers, senior or former officials and people "familiar
with" something who are told apart from a crowd and speak to the reporter. That a source asked not to be named, or spoke "on condition
of anonymity", is no reason. Sources of one house, such as "board sources" and "one board source", are one finding.

## Why it matters
A reader can't weigh a word without knowing whose it is. Newsrooms that allow unnamed sources ask
that the story say why the name is kept back.

## Fires on
⟦[s1 anonymous withheld A source]⟧ [c1 said] [q1 the bridge would close in May].

⟦[s1 anonymous withheld An insider]⟧ [c1 said] [q1 the bridge would close]. [s2 anonymous withheld of=1 The insider] [c2 added] [q2 that nobody had been told].

[q1 "It's a mess,"] [c1 said] ⟦[s1 anonymous one former aide to the mayor]⟧. The bridge has been shut since May.

⟦[s1 group plural Officials familiar with the talks]⟧ [c1 said] [q1 the bridge would close].

⟦[s1 anonymous withheld A source]⟧, [r1 who asked not to be named], [c1 said] [q1 the bridge would close].

[outlet Orr Courier] ⟦[s1 anonymous withheld A source]⟧ [c1 told] the Orr Courier [q1 the bridge would close].

⟦[s1 anonymous withheld plural Board sources]⟧ [c1 said] [q1 it would close]. [q2 "Soon,"] [s2 anonymous withheld one board source] [c2 said].

## Stays silent on
[s1 anonymous withheld A source], [r1 who asked not to be named because talks were going on], [c1 said] [q1 the bridge would close].

[s1 group Dealers] [c1 said] [q1 tin fell]. [s2 anonymous withheld plural Trade sources] [c2 said] [q2 it would rise]. [q3 "It will,"] [s3 anonymous withheld one industry source] [c3 said].

[s1 anonymous A harbour official] [c1 said] [q1 the bridge would close].

[s1 anonymous An aide to Orr] [c1 said] [q1 he would not run].

[s1 anonymous withheld A source] [c1 told] the Orr Courier [q1 the bridge would close].

[s1 spokesperson=Harbour_Board A spokesman for the Harbour Board] [c1 said] [q1 the bridge would close].

[s1 anonymous A resident] [c1 said] [q1 the bridge shook].

[s1 group plural Critics] [c1 said] [q1 the bridge was late].

[s1 anonymous withheld plural Insiders] [c1 hope] [q1 that the bridge will stay open].

[s1 anonymous withheld His friends] [c1 say] [q1 the bridge is late].

[s1 anonymous withheld plural Several friends] [c1 said] [q1 Orr lives up the river].

[s1 anonymous withheld One old friend] [c1 said] [q1 he sang]. [q2 "He sang well,"] [c2 said] [s2 person=Jon_Pell Jon Pell], an old friend.

[s1 anonymous withheld A friend] [c1 said] [q1 the bridge was late]. She is right! My family came by ferry.

[s1 anonymous withheld A friend] [c1 wrote on Facebook]: [q1 "He sang well."]

[s1 anonymous withheld A source] [c1 wrote], as @harbourmouse: [q1 "It will close."]

[s1 anonymous A top adviser to the mayor] [c1 says] [q1 the bridge will close]. Ben Marlow spoke on Thursday.

[s1 anonymous An official] [c1 said] [q1 the bridge would close]. It rained. [s2 person=Ann_Lee Ann Lee, who runs the board], [c2 said] [q2 it would open in May].

[s1 anonymous withheld A source] [c1 said] [q1 the bridge would close]. Like others in this story, the man did not want to be quoted by name for fear of losing his job.

[s1 anonymous withheld plural Two sources], [r1 who were not authorised to speak], [c1 said] [q1 it would close]. It rained. Then it rained. [s2 anonymous withheld One source] [c2 said] [q2 it would stay].

## Known misses
A voice to whom only a thought, a plan or a headline is given is passed over, and so are somebody's friends in general. One
reason that is given for a whole group stands for each of its members, and one condition of anonymity for everybody in the
story stands for all. An official at the very top of a story may be named further down and is left alone. "Trade sources",
"banking sources" and their like count as a market's crowd, even where they leak a deal; officials, diplomats and aides without a
rank count as the voice of their house. A voice that spoke to another newsroom is that newsroom's.
"""  # noqa: E501

import re
from collections.abc import Iterator

from ...query.lookup import first_mention, others
from ...records import Context, Hit, Related
from .. import rule
from ._same_organisation import group_by_organisation
from ._unnamed import Unnamed

_VAGUE = re.compile(
    r"(?:[’']s|\b(?:his|her|their|my|our|some)) (?:\w{1,40} )?(?:friends?|pals?|confidants)$"
    r"|\b(?:media|news|press)(?: (?:reports?|accounts?|outlets?)\b|(?: sources?)?$)"
    r"|^(?:(?:old|close|several|many|some|other|former|longtime|long-time|family|the|his|her"
    r"|their) )*(?:friends|pals)\b"
    r"|^(?:the |some |most |these )?people$|^people (?:in|from|of|like)\b",
    re.IGNORECASE,
)
"""Somebody's friends in general, newspapers, people: nobody who was promised anonymity."""


@rule(
    code="ANO001",
    name="anonymous-without-reason",
    message="{who} is unnamed, and no reason for that was found in the article. "
    "Ask: why can this source not be named?",
    severity="warning",
    standards=("ap", "nyt", "wapo", "reuters"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    unnamed = Unnamed(analysis)
    kept = [v for v in unnamed.kept_back() if not unnamed.explained(v)]
    kept = [v for v in kept if not _VAGUE.search(text[v.mentions[0].start : v.mentions[0].end])]
    for source, more in group_by_organisation(text, kept):
        span = first_mention(source)
        that = [Related(source.reason, "that, not why")] if source.reason else []
        same = [Related(m, "one of the same group") for v in more for m in v.mentions]
        yield Hit(
            span=span,
            values={"who": f"“{text[span.start : span.end]}”"},
            related=(*that, *others(source, "the same voice"), *same),
            confidence=source.confidence,
        )
