"""
## What it finds
A statement or perception given to a crowd (critics, experts, many, fans, observers) where nobody who may belong to
it is named or quoted nearby.

## Why it matters
"Critics say" can be said of anything. A reader is owed at least one critic.

## Fires on
⟦[s1 group=critics plural Critics]⟧ [c1 say] [q1 the bridge is unsafe].

⟦[s1 group=Democrats plural Republicans]⟧ [c1 say] [q1 the bridge is unsafe]. It was built in 1990.

⟦[s1 group=supporters plural Supporters of the bridge]⟧ [c1 say] [q1 it is safe].

The bridge is known for what ⟦many⟧ see as its ugliness.

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it moves]. It shows what ⟦[s2 group=many plural many]⟧ [c2 perceived] to be [q2 “a lack of care”].

Bridge news ¶ It rained. The bridge is "a kick in the teeth", according to ⟦critics⟧. ¶ Rain fell. ¶ [s1 person=Ann_Lee Ann Lee] [c1 said] [q1 the ferry was late].

It rained. ⟦Critics⟧ are raving about the bridge. ¶ ⟦Some⟧ wondered if it would ever open.

It rained. The fares are no matter, according to ⟦Wall Street⟧. It rained.

It rained. ⟦Many loyal Orr fans⟧ were quick to point out that the bridge moves. It rained.

It rained. ⟦Fans⟧ are furious about the bridge. It rained.

It rained. There is suspicion among ⟦harbour watchers⟧ that the bridge moves. It rained.

It rained. ⟦Some fans⟧ are thinking that the bridge moves, and viewers hope not to see it. It rained.

## Stays silent on
Fans are furious dancers. Anger among the crew grew. Rain hopes are high among crows.

It rained. Consumer advocates are urging the board to close the bridge. It rained.

It is not known how [s1 group=many plural many] [c1 say] [q1 they will leave the fleet].

[s1 group=skippers plural As many as 40 skippers] [c1 said] [q1 they would leave], and 12 of them signed.

[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]. "It moves," [c2 said] [s2 person=Ann_Lee Ann Lee], a critic of the bridge.

[s1 group=analysts plural Analysts] [c1 noted] [q1 that the bridge moves], according to [s2 organisation=Orr_Institute the Orr Institute], which [c2 says] [q2 it may fall].

[s1 group=critics plural Critics] [c1 call] [q1 the bridge unsafe]. ¶ The board met. ¶ The rain fell. ¶ [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 the bridge moves].

It rained. The fans are many, as many as 40 came, and some fans saw the rings.

It rained. According to Orr Bank analysts the fares will rise.

[s1 person=Ann_Lee title=analyst Ann Lee], an analyst, [c1 said] [q1 the bridge moves]. ¶ The board met. ¶ [s2 group=analysts plural Analysts] [c2 say] [q2 it may fall].

[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]. Among them is Ann Lee, who once ran it.

[s1 group=critics plural Critics] may [c1 say] [q1 the bridge is unsafe].

[s1 group=users plural Users] can press a button to [c1 tell] friends [q1 that they are safe].

[s1 group=critics plural Critics] [c1 say] [q1 the bridge is unsafe]. [q2 "It moves when I drive,"] [c2 said] [s2 anonymous one of them].

[s1 group=Democrats plural Democrats] [c1 see] [q1 the bridge as a danger].

[s1 group=Democrats plural Democrats involved in the talks] [c1 say] [q1 the bridge is unsafe].

[s1 group=others plural Others] [c1 shouted], [q1 "Open the bridge!"]

They closed what [s1 group=some plural some] [c1 call] [q1 the "Orr gap"].

[s1 group=dealers plural Some dealers] [c1 said] [q1 the fares would fall].

[s1 group=dealers plural Some dealers] [c1 said] [q1 the fares would fall]. The rest kept quiet, and [s2 group=others plural others] [c2 said] [q2 they would rise].

[s1 person=Ann_Lee title=chief_economist Ann Lee], chief economist of Orr Bank, [c1 said] [q1 fares would fall]. ¶ [s2 group=others plural Others] [c2 said] [q2 they would rise].

In its report, [s1 group=experts plural the experts] [c1 said] [q1 the bridge moves].

[s1 group=economists plural Economists at Orr Bank] [c1 say] [q1 the bridge is dear].

[s1 group=economists plural economists polled by the Courier] [c1 said] [q1 fares would fall].

[s1 group=economists plural Most economists] [c1 expect] [q1 fares to fall].

Harbour Department analysts gave figures on Monday. [s1 group=analysts plural Analysts] [c1 said] [q1 fares fell].

The wear is worse than [s1 group=observers plural some observers] [c1 say] [q1 it is].

[s1 group=analysts plural Analysts] [c1 said] [q1 fares would fall]. ¶ Rain fell. ¶ Snow fell. ¶ [s2 anonymous an analyst] [c2 said] [q2 they might rise].

The Republican report came out. [s1 group=Republicans plural Republicans] [c1 say] [q1 the bridge is unsafe].

[s1 group=officials plural Officials] [c1 said] [q1 the bridge would close].

[s1 group=officials plural Many officials] [c1 said] [q1 the bridge would close].

[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 that many think the bridge is ugly].

The Harbour Union endorsed the bridge in May. [s1 group=proponents plural Proponents] [c1 say] [q1 it is safe].

[s1 anonymous One diver] [c1 said] [q1 the bridge moves]. [s2 group=others plural Others who dive there] [c2 agreed] [q2 that it moves].

## Known misses
Whoever first speaks in the paragraph after a crowd may be its member, so a crowd before somebody new who is no member
is left alone; further down, who speaks of the same thing is one. A member who is among the two people most written of is not seen. Dealers, bankers, farmers and others who do what
is written of are no crowd here, nor are economists of whom one is met anywhere, with or without a name, nor what they expect.

## Options
`reach`: paragraphs after the crowd in which a body, or somebody met before, counts (3).
"""  # noqa: E501

from collections.abc import Iterator

from ...language.en.verbs import SPEECH_CUE
from ...query.lookup import embedded, headline, others, statements
from ...query.voices import sentence_at
from ...records import Context, Hit, Related, Span
from ...text.spans import SpanIndex
from .. import option, rule
from ._crowds import Members, holds
from ._weasels import claimed, crowd, known


@rule(
    code="SRC101",
    name="crowd-source",
    message="{who}: nobody who belongs to this crowd is named or quoted nearby. Ask: who, for one?",
    severity="warning",
    standards=("wikipedia", "npr"),
    scope="all",
    house_accepted=True,
    options={"reach": 3},
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    reach = option(context, check, "reach")
    members, last = Members(analysis), -1
    found: set[int] = set()
    for source in sorted(analysis.sources, key=lambda s: s.mentions[0]):
        if source.kind != "group" or not crowd(text, source.mentions[0]):
            continue
        first = next((a.source for a in statements(analysis, source) if holds(analysis, a)), None)
        if first is None or not crowd(text, first) or known(analysis, first):
            continue
        sentence = sentence_at(analysis, first.start)
        if sentence != last and not members.met(first, reach):
            last = sentence  # "Many say …, others say …": once
            found.add(sentence)
            yield _hit(text, first, others(source, "the same crowd"))
    yield from _by_words(context, members, reach, found)


def _by_words(context: Context, members: Members, reach: int, found: set[int]) -> Iterator[Hit]:
    """Crowds that no voice was found for: in passing, behind "according to", as a subject."""
    analysis = context.analysis
    text, head = analysis.article.text, headline(analysis)
    named = (s for s in analysis.sources if s.kind not in ("organisation", "group"))
    voices = [m for s in named for m in s.mentions]
    quoted = [q.span for q in analysis.quotes] + _spoken(context) + embedded(text)
    taken = SpanIndex((s, None) for s in (*voices, *quoted))
    for span in claimed(text):
        if head is not None and span.start < head.span.end:
            continue
        sentence = sentence_at(analysis, span.start)
        if sentence in found or any(True for _ in taken.at(span)) or known(analysis, span):
            continue
        if not members.met(span, reach):
            found.add(sentence)
            yield _hit(text, span, ())


def _hit(text: str, span: Span, related: tuple[Related, ...]) -> Hit:
    return Hit(span=span, values={"who": f"“{text[span.start : span.end]}”"}, related=related)


def _spoken(context: Context) -> list[Span]:
    """What somebody is found to say, with a verb of saying: their words, not the reporter's."""
    analysis = context.analysis
    text = analysis.article.text
    return [
        span
        for a in analysis.attributions
        if a.source and a.cue and SPEECH_CUE.search(text, a.cue.start, a.cue.end)
        for span in a.content
    ]
