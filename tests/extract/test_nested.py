"""Attributions inside contents: what the engine proposes there, and what the grammar adds."""

from onrecord.extract.attributions.nested import Nested, Row
from onrecord.extract.engine.candidates import AttributionCandidate, EngineResult
from onrecord.records import Quote, Span

TEXT = "that the board rated Lowe by what Pell said of the dam. It was wet and he knew it"


class Engine:
    """Finds what it was told, where it lies inside the stretch that is asked about."""

    name, version = "told", "1"

    def __init__(self, *found: AttributionCandidate) -> None:
        self._found = found

    def read(self, text: str, quotes: tuple[Quote, ...]) -> EngineResult:
        return EngineResult(self.find(text, quotes), None)

    def find(
        self, text: str, quotes: tuple[Quote, ...], within: Span | None = None
    ) -> list[AttributionCandidate]:
        return [
            f for f in self._found
            if within and f.cue and within.start < f.cue.start and f.content[-1].end <= within.end
        ]  # fmt: skip


def span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def found(source: str, cue: str, *content: str) -> AttributionCandidate:
    return AttributionCandidate(span(source), span(cue), tuple(span(c) for c in content), 0.9)


def rows(engine: Engine) -> list[tuple[str, int | None]]:
    made: list[Row] = []
    Nested(TEXT, (), engine).add([Span(0, len(TEXT))], 7, made)
    return [(TEXT[f.cue.start : f.cue.end] if f.cue else "", parent) for f, parent in made]


def test_what_stands_under_another_cue_is_seen_all_the_same() -> None:
    inner = found("Pell", "said", "of the dam")
    outer = found("the board", "rated", "Lowe by what Pell said of the dam")
    assert rows(Engine(outer, inner)) == [("said", 7)]


def test_pieces_in_other_sentences_are_left_out() -> None:
    made: list[Row] = []
    engine = Engine(found("Pell", "said", "of the dam", "It was wet and he knew it"))
    Nested(TEXT, (), engine).add([Span(0, len(TEXT))], 0, made)
    assert made[0][0].content == (span("of the dam"),)


def test_a_content_of_one_small_word_is_none() -> None:
    assert ("knew", 7) not in rows(Engine(found("he", "knew", "it")))


def test_questions_that_follow_a_question_belong_to_it() -> None:
    text = "And Pell is saying, where is this? Is it a lock? What for? We have to stop."
    made: list[Row] = []
    start = text.index("where")
    content = Span(start, text.index("? Is"))
    asked = AttributionCandidate(Span(4, 8), Span(12, 18), (content,), 0.9)
    Nested(text, (), Engine(asked)).add([Span(0, len(text))], 0, made)
    assert made[0][0].content == (Span(start, text.index(" We")),)
