"""
## What it finds
One to three quoted words in the reporter's text that nobody is said to have spoken and that claim some
worth: a friend, proof, principles, an expert team; or whatever is "of sorts", "disguised as", "so much for".

## Why it matters
Marks around a word say "so-called". The reader can't tell whether somebody said it or the reporter doubts it.

## Fires on
The board called in its ⟦"expert team"⟧ on Monday. It rained.

The chief produced ⟦"proof"⟧ that the bridge was shut. It rained.

The trip was disguised as a ⟦"harbour walk"⟧ for the crew. It rained.

The board gave a ⟦"quay tea"⟧ of sorts. It rained.

## Stays silent on
[s1 person=Ann_Lee Ann Lee] [c1 called it] [q1 "a scandal"].

The song "Harbour Lights" was sung.

[q1 "If we make progress, it opens in May,"] [s1 person=Ann_Lee Ann Lee] [c1 said]. It rained. So what is "progress" on the quay?

The skipper was accused of being a "hero" in May. It rained.

Tom Pell declared himself the harbour's "friend" in May.

Orr's "freedom" walk began in May.

The "voluntary" helpers, who work unpaid, came in May.

The "reform" (a bill of the board) came in May.

The quay has a "choice" button on its page. It rained.

In the poll 23 percent chose "honest" for the chief.

The ferry is a "dry port" in the middle of the town.

The "fair fee" rose in May. Nobody knew the fair fee before.

[h A 'victory' for the bridge] ¶ The bridge opened in May after a year of work. ¶ The board was glad of it.

## Known misses
Doubting marks around words that claim nothing ("the “lunch”"); the list of claims is short. Words that a poll, a law or
somebody in the same sentence uses are theirs.
"""  # noqa: E501

from collections.abc import Iterator

from ...query.lookup import embedded
from ...records import Context, Hit
from .. import rule
from ._scare_quotes import doubted, explained, heading, somebodys, taken_up, within


@rule(
    code="QUO204",
    name="scare-quotes",
    message="{words} stands in quotation marks, and nobody is found to say it. "
    "Ask: whose word is it?",
    severity="note",
    status="preview",
    standards=("ap", "wikipedia"),
    scope="all",
)
def check(context: Context) -> Iterator[Hit]:
    analysis = context.analysis
    text = analysis.article.text
    said = sorted(s for a in analysis.attributions for s in a.content)
    others = sorted([*said, *embedded(text)])
    for quote in analysis.quotes:
        if not doubted(text, quote) or any(within(others, quote.span.start, quote.span.end)):
            continue
        if heading(analysis, quote) or somebodys(analysis, quote) or explained(text, quote):
            continue
        if taken_up(analysis, quote, said):
            continue
        yield Hit(span=quote.span, values={"words": text[quote.span.start : quote.span.end]})
