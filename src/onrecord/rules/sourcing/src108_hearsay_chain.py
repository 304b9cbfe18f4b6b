"""
## What it finds
What one voice says on the word of another, where the outer voice's name is kept back: "insiders say", said a
source. One finding for each pair of voices, at the inner one's first mention.

## Why it matters
Each step away from whoever knows is a chance to get it wrong, and here nobody on the way can be asked.

## Fires on
[q1 "The chief is gone, ⟦[s2 anonymous plural withheld insiders]⟧ [c2 say] [q2 in=1 he will resign],"] [s1 anonymous withheld a source] [c1 said].

[q1 "They row. ⟦[s2 person=Tom_Pell He's]⟧ [c2 assured] Ann Lee [q2 in=1 he isn't after her boat],"] [s1 anonymous withheld a source] [c1 said].

## Stays silent on
[q1 "The chief is gone, [s2 person=Ann_Lee Ann Lee] [c2 says] [q2 in=1 he will resign],"] [s1 person=Jon_Pell Jon Pell] [c1 said].

[q1 "The chief [c2 thinks] [q2 in=1 he is safe],"] [s1 anonymous withheld a source] [c1 said].

[q1 "[s2 person=Ann_Lee Ann Lee] has [c2 revealed] [q2 in=1 almost nothing],"] [s1 anonymous withheld a source] [c1 said].

[q1 "[s2 person=Ann_Lee Ann Lee] [c2 wants] [q2 in=1 to stay on],"] [s1 anonymous withheld a source] [c1 said].

[s1 anonymous plural withheld Two members] [c1 said] [q1 they had urged [s2 person=Jon_Pell Mr Pell] to [c2 tell] [q2 in=1 the mayor]].

[q1 If [s2 person=Ann_Lee Ann Lee] [c2 says] [q2 in=1 it is safe], it will open], [s1 anonymous withheld a source] [c1 said].

[q1 [s2 person=Ann_Lee Ann Lee] will [c2 say] [q2 in=1 it is safe]], [s1 anonymous withheld a source] [c1 said].

[s1 anonymous plural withheld Sources] [c1 said] [q1 the fares rose after [s2 organisation=Orr_Harbour Orr Harbour] [c2 declared] [q2 in=1 a new toll]].

[q1 [s2 organisation=Orr_Ferries Orr Ferries] [c2 maintains] [q2 in=1 the lead]], [s1 anonymous plural withheld sources] [c1 said].

[s1 anonymous plural withheld Sources] [c1 said] [q1 [s2 person=Ann_Lee Ann Lee] and Jon Pell [c2 discussed] [q2 in=1 the bridge]].

[s1 anonymous plural withheld They] were [c1 commenting on] [q1 a report that quoted [s2 person=Ann_Lee Ann Lee] as [c2 saying] [q2 in=1 it is safe]].

[s1 anonymous plural withheld Sources] [c1 said] [q1 [s2 person=Ann_Lee Ann Lee]’s [c2 claims] [q2 in=1 of success] were false].

[q1 [s2 person=Ann_Lee Ann Lee] [c2 said] [q2 in=1 it is safe]], [c1 said] [s1 anonymous withheld the official, Jon Pell].

[q1 The data are bought], [s1 anonymous plural withheld sources] [c1 said]. ¶ [s2 person=Jon_Pell He] [c2 says] [q2 in=1 it is a goal].

[q1 "The mate does whatever [s2 person=Ann_Lee Ann Lee] [c2 says] [q2 in=1 is right],"] [s1 anonymous withheld a source] [c1 said].

## Known misses
A chain that runs over two sentences ("She called a friend. The bridge was closed, he told her.") is not
seen, nor one whose inner verb is to reveal, add, suggest or acknowledge, which often tell of deeds; to declare, insist or complain counts with
"that" or a quotation behind it. What a source says that somebody wants or thinks is an attitude, and what somebody will or may say has not been said: no hearsay.
"""  # noqa: E501

from collections.abc import Iterator, Sequence

from ...query.lookup import STATED, block_at, chain, source_of
from ...records import Attribution, Block, Context, Hit, Related, Span
from .. import rule
from ._hearsay import said, told, unsaid


@rule(
    code="SRC108",
    name="hearsay-chain",
    message="{inner} is quoted by an unnamed voice, {outer}. Ask: does anybody who knows say this?",
    severity="warning",
    standards=("reuters", "ap"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    found: dict[tuple[str | None, str | None], list[tuple[Attribution, Attribution]]] = {}
    for attribution in analysis.attributions:
        links = [a for a in chain(analysis, attribution) if a.stance in STATED]
        if len(links) < 2 or links[0].id != attribution.id or attribution.source is None:
            continue
        outer = source_of(analysis, links[-1])
        inner = source_of(analysis, attribution)
        if outer is None or inner is None or inner.kind in ("outlet", "author", "unknown"):
            continue
        if inner.kind == "document" or not said(text, attribution):
            continue
        if not _inside(analysis.article.blocks, attribution, links[-1]) or unsaid(
            text, attribution
        ):
            continue
        hidden = outer.kind == "anonymous" and outer.withheld and not told(text, links[-1])
        if hidden and outer.id != inner.id and links[-1].source is not None:
            found.setdefault((outer.id, inner.id), []).append((attribution, links[-1]))
    names = {s.id: s.name for s in analysis.sources if s.kind == "person"}
    for pairs in found.values():
        attribution, above = pairs[0]
        place, over = attribution.source, above.source
        inner_name = names.get(attribution.source_id or "")
        assert place is not None
        assert over is not None
        yield Hit(
            span=place,
            values={
                "inner": f"“{inner_name}”" if inner_name else _words(text, place),
                "outer": _words(text, over),
            },
            related=(
                Related(over, "the unnamed voice"),
                *(Related(a.source, "again") for a, _ in pairs[1:] if a.source),
            ),
        )


def _inside(blocks: Sequence[Block], inner: Attribution, outer: Attribution) -> bool:
    """Whether what the inner voice says stands in the outer's words, and the outer voice not below
    them."""
    place = inner.content[0]
    said = outer.source is None or block_at(blocks, outer.source.start) <= block_at(
        blocks, place.start
    )
    return said and any(s.start <= place.start < s.end for s in outer.content)


def _words(text: str, span: Span) -> str:
    return f"“{' '.join(text[span.start : span.end].split())}”"
