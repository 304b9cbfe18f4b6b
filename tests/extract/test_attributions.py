"""From what was found to attributions: whole quotations, continuations, nesting, form."""

from hypothesis import given, settings
from hypothesis import strategies as st

from onrecord.extract.attributions.assemble import build
from onrecord.extract.engine.candidates import AttributionCandidate, EngineResult
from onrecord.extract.engine.patterns import PatternEngine
from onrecord.extract.segment.quotes import find_quotes
from onrecord.records import Attribution, Block, Quote, Span


class Fixed:
    """An engine that finds what it is told, and nothing inside contents."""

    name, version = "fixed", "1"

    def __init__(self, *founds: AttributionCandidate) -> None:
        self.founds = list(founds)

    def read(self, text: str, quotes: tuple[Quote, ...]) -> EngineResult:
        return EngineResult(self.find(text, quotes), None)

    def find(
        self, text: str, quotes: tuple[Quote, ...], within: Span | None = None
    ) -> list[AttributionCandidate]:
        return [] if within else self.founds


def blocks(text: str) -> tuple[Block, ...]:
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Block(span=Span(at, at + len(line)), role="paragraph"))
        at += len(line) + 1
    return tuple(found)


def attributions(text: str, engine: Fixed | None = None) -> tuple[Attribution, ...]:
    spans = blocks(text)
    return build(text, spans, find_quotes(text, spans), engine or PatternEngine())


def place(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def contents(text: str, attribution: Attribution) -> list[str]:
    return [text[c.start : c.end] for c in attribution.content]


def test_a_quotation_on_both_sides_of_its_speaker_is_one() -> None:
    text = "“It will close,” said Ada Voss. “We tried it all.”"
    (only,) = attributions(text)
    assert contents(text, only) == ["“It will close,”", "“We tried it all.”"]
    assert only.form == "direct"
    assert only.id == "a1"


def test_a_quotation_goes_on_over_paragraphs() -> None:
    text = "Ada Voss said: “It will close.\n\n“We tried it all.\n\n“Now we stop.”"
    (only,) = attributions(text)
    assert contents(text, only) == ["“It will close.", "“We tried it all.", "“Now we stop.”"]


def test_a_run_of_paragraphs_may_name_its_speaker_last() -> None:
    text = "“We tried it all for years.\n\n“Now we stop,” Ada Voss said."
    (only,) = attributions(text)
    assert contents(text, only) == ["“We tried it all for years.", "“Now we stop,”"]


def test_a_paragraph_that_is_a_quotation_is_the_last_speakers() -> None:
    text = "“It will close,” Ada Voss said.\n\n“The whole town is angry.”"
    (only,) = attributions(text)
    assert contents(text, only) == ["“It will close,”", "“The whole town is angry.”"]


def test_a_closed_quotation_gives_no_speaker_to_a_paragraph_with_more_in_it() -> None:
    text = "“It will close,” Ada Voss said.\n\n“The whole town is angry.” It rained."
    (only,) = attributions(text)
    assert contents(text, only) == ["“It will close,”"]


def test_a_quotation_goes_on_in_mid_sentence() -> None:
    text = "“If it closes,” said Ada Voss, who runs the inn, “the town will be angry.”"
    (only,) = attributions(text)
    assert contents(text, only) == ["“If it closes,”", "“the town will be angry.”"]


def test_a_quotation_is_whole_and_of_the_nearest_cue() -> None:
    text = (
        "Pell warned of floods.\n\n“It will close in May. It will not open again,” Ada Voss said."
    )
    engine = Fixed(
        AttributionCandidate(place(text, "Pell"), place(text, "warned of"),
              (place(text, "floods"), place(text, "It will close in May")), 0.8),
        AttributionCandidate(place(text, "Ada Voss"), place(text, "said"), (place(text, "It will not open again"),), 0.9),
    )  # fmt: skip
    pell, voss = attributions(text, engine)
    assert contents(text, pell) == ["floods"]
    assert contents(text, voss) == ["“It will close in May. It will not open again,”"]


def test_a_quotation_that_the_engine_missed_has_the_speaker_beside_it() -> None:
    text = "“It will close in May,” Ada Voss said."
    (only,) = attributions(text, Fixed())
    assert contents(text, only) == ["“It will close in May,”"]


def test_marked_words_of_a_headline_stay_without_a_speaker() -> None:
    text = "Bridge ‘a deathtrap’ in May\n\n“It will close,” Ada Voss said."
    assert [contents(text, a) for a in attributions(text)] == [["“It will close,”"]]


def test_a_sentence_that_its_speaker_interrupts_is_one() -> None:
    text = "“Each time you close it,” Pell said, meaning the old lock, “you help the other side.”"
    said = AttributionCandidate(
        place(text, "Pell"), place(text, "said"), (place(text, "“Each time you close it,”"),), 0.9
    )
    rest = (place(text, "the old lock"), place(text, "“you help the other side.”"))
    meant = AttributionCandidate(place(text, "Pell"), place(text, "meaning"), rest, 0.6)
    first, second = attributions(text, Fixed(said, meant))
    assert [text[s.start : s.end] for s in first.content] == [
        "“Each time you close it,”", "“you help the other side.”",
    ]  # fmt: skip
    assert [text[s.start : s.end] for s in second.content] == ["the old lock"]


def test_what_many_call_something_is_theirs() -> None:
    text = "The lock became what many perceived to be a “stone tomb” for boats."
    (made,) = attributions(text, Fixed())
    assert made.source is not None
    assert text[made.source.start : made.source.end] == "many"
    assert [text[s.start : s.end] for s in made.content] == ["“stone tomb”"]


def test_a_title_is_its_authors() -> None:
    text = "The plan follows a paper titled “The Patient Tide” by Ann Lowe and Jon Pell."
    (made,) = attributions(
        text,
        Fixed(
            AttributionCandidate(
                None, place(text, "titled"), (place(text, "“The Patient Tide” by"),), 0.6
            )
        ),
    )
    assert made.source is not None
    assert text[made.source.start : made.source.end] == "Ann Lowe and Jon Pell"
    assert [text[s.start : s.end] for s in made.content] == ["“The Patient Tide”"]


def test_typography_says_where_a_quotation_ends() -> None:
    text = "“It will surely close in May,” Ada Voss said."
    found = AttributionCandidate(
        place(text, "Ada Voss"), place(text, "said"), (place(text, "It will surely close"),), 0.9
    )
    (only,) = attributions(text, Fixed(found))
    assert contents(text, only) == ["“It will surely close in May,”"]


def test_form_tells_direct_mixed_and_indirect_apart() -> None:
    text = "Voss said it was “bad” for us. Pell said it shut. Lode said “no way at all”."
    engine = Fixed(
        AttributionCandidate(
            place(text, "Voss"), place(text, "said"), (place(text, "it was “bad” for us"),), 0.9
        ),
        AttributionCandidate(place(text, "Pell"), None, (place(text, "it shut"),), 0.9),
        AttributionCandidate(place(text, "Lode"), None, (place(text, "“no way at all”"),), 0.9),
    )
    assert [a.form for a in attributions(text, engine)] == ["mixed", "indirect", "direct"]


def test_a_statement_inside_a_statement_has_its_parent() -> None:
    text = "The source went on: “He stayed calm, but insiders say he is reaching his limit.”"
    outer, inner = attributions(text)
    assert (outer.parent, inner.parent) == (None, outer.id)
    assert inner.source is not None
    assert text[inner.source.start : inner.source.end] == "insiders"


def test_no_attribution_without_content_and_none_twice() -> None:
    text = "Voss said it shut."
    full = AttributionCandidate(
        place(text, "Voss"), place(text, "said"), (place(text, "it shut"),), 0.9
    )
    empty = AttributionCandidate(place(text, "Voss"), place(text, "said"), (), 0.9)
    assert len(attributions(text, Fixed(full, full, empty))) == 1


PIECES = [
    "Ada Voss said ", "that it shut ", "“it will close,” ", "‘no,’ ", "said Pell. ", "“", "” ", "\n", "\n\n",
    "She told him: ", "insiders say he left. ", "According to Lode, ", "It is believed that it shut. ", '"',
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
@settings(max_examples=200, deadline=None)
def test_spans_lie_in_the_text_and_parents_are_acyclic(text: str) -> None:
    found = attributions(text)
    by_id = {a.id: a for a in found}
    assert [a.id for a in found] == [f"a{n}" for n in range(1, len(found) + 1)]
    for attribution in found:
        assert attribution.content
        spans = [*attribution.content, *(s for s in (attribution.source, attribution.cue) if s)]
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
        seen, at = set(), attribution
        while at.parent is not None:
            assert at.id not in seen
            seen.add(at.id)
            at = by_id[at.parent]
