"""
## What it finds
"A source", "sources" or "an insider" with no description at all, at any of the mentions of that
voice: not where they work, not how near they are. Whose "exclusive" source it is tells nothing, nor
does "a pal" further down, who may be another.

## Why it matters
A bare "source" could be anybody. Even a source who can't be named can nearly always be described.

## Fires on
⟦[s1 anonymous withheld Sources]⟧ [c1 said] [q1 the bridge would close].

⟦[s1 anonymous withheld A source exclusive to the Courier]⟧ [c1 said] [q1 the bridge would close].

[q1 "It will close,"] [c1 said] ⟦[s1 anonymous withheld a source]⟧. [q2 "Soon,"] [c2 said] [s2 anonymous withheld of=1 a pal].

[q1 "It will close,"] [c1 said] ⟦[s1 anonymous quaynews.com’s snitch]⟧.

## Stays silent on
[s1 anonymous withheld A source at the Harbour Board] [c1 said] [q1 the bridge would close].

[s1 anonymous withheld A source] [c1 said] [q1 it would close]. [s2 anonymous withheld of=1 The source, a harbour official,] [c2 added] [q2 that it was late].

[s1 anonymous withheld A government insider] [c1 said] [q1 the bridge would close].

One aide inside the town hall shrugged. [q1 "No one cares,"] [s1 anonymous withheld the insider] [c1 said].

[s1 anonymous withheld plural Two intelligence sources] [c1 said] [q1 it closed]. [s2 anonymous withheld One source] [c2 said] [q2 in May].

[s1 group Dealers] [c1 said] [q1 tin fell]. [s2 anonymous withheld plural The sources] [c2 said] [q2 it would rise].

[s1 anonymous withheld plural Sources] [c1 said] [q1 tin fell]. [s2 anonymous withheld plural Board sources] [c2 said] [q2 so].

[s1 anonymous A harbour official] [c1 said] [q1 tin fell]. [s2 anonymous withheld One source] [c2 said] [q2 it would rise].

[s1 anonymous withheld A source] [c1 said] [q1 it would close]. [s2 anonymous withheld of=1 The friend] [c2 added] [q2 that it was late].

[s1 anonymous withheld One harbour hand] [c1 said] [q1 it would close]. [q2 "Soon,"] [s2 anonymous withheld the informant] [c2 said].

## Known misses
A description in a sentence behind the source ("He works on the quay.") isn't linked to it. "Sources" are taken for those whom
the article describes elsewhere, "the sources" for whoever spoke before, and "one source" for one of those who spoke right before.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.lookup import others
from ...query.voices import speaks_directly
from ...records import Context, Hit
from .. import rule
from ._bare import undescribed
from ._unnamed import Groups


@rule(
    code="ANO002",
    name="bare-source",
    message="{who} is all the article says of this source. Ask: what can be said of who this is?",
    severity="warning",
    status="preview",
    standards=("ap", "wapo", "reuters"),
    scope="all",
    house_accepted=True,
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text, groups = analysis.article.text, Groups(analysis)
    for source in analysis.sources:
        if source.kind != "anonymous" or not speaks_directly(analysis, source):
            continue
        if span := undescribed(analysis, groups, source):
            yield Hit(
                span=span,
                values={"who": f"“{text[span.start : span.end]}”"},
                related=others(source, "the same voice"),
                confidence=source.confidence,
            )
