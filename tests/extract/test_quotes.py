"""Quotations by typography: every style in the field, and what an odd mark may cost."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from onrecord.extract.segment.quotes import find_quotes
from onrecord.records import Block, Span

JUMBLE = st.text(alphabet="ab sS.,?6\n\"'“”‘’„«»`-—", max_size=120)
CURLY = st.lists(
    st.sampled_from(["He said ", "“it works” ", "“we’re fine,” ", "today. ", "\n"]), max_size=20
).map("".join)


def texts(text: str) -> list[str]:
    return [text[q.span.start : q.span.end] for q in find_quotes(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He said “it works” today.", ["“it works”"]),
        ('He said "it works" today.', ['"it works"']),
        ("''It's in,'' he said.", ["''It's in,''"]),
        ("He called it ``a gift'' then.", ["``a gift''"]),
        ('He said "it is”, and “that" too.', ['"it is”', '“that"']),
        ("„Nein“ and „nie” he said.", ["„Nein“", "„nie”"]),
        ("«Bonjour» she said.", ["«Bonjour»"]),
        ("'Give 'em hell,' she said.", ["'Give 'em hell,'"]),
        ("‘It’s the boys’ fault,’ he said. ‘Mine’s fine.’", ["‘It’s the boys’ fault,’", "‘Mine’s fine.’"]),
        ("'The teachers' union won,' said Bo.", ["'The teachers' union won,'"]),
        ("O'Brannock said 'no way' to it.", ["'no way'"]),
        ('("in brackets") "a"—"b"', ['"in brackets"', '"a"', '"b"']),
        ('It was "in 1999", he said.', ['"in 1999"']),
        ("Mill 'misled workers' and 'hid leaks', report says", ["'misled workers'", "'hid leaks'"]),
        ("Crews' anger at 'mean bosses' after towns' vote", ["'mean bosses'"]),
        ("They call them 'cheats' and left the boys' room.", ["'cheats'"]),
        ("The 'lost boys' of Orr and the teachers' union", ["'lost boys'"]),
        ("‘We went rowin’ back in ‘07, rock ‘n’ roll,’ he said.", ["‘We went rowin’ back in ‘07, rock ‘n’"
                                                            " roll,’"]),
        ("'It was the Moss' fault, the kids' party,' he said, 'no?'", ["'It was the Moss' fault, the kids'"
                                                            " party,'", "'no?'"]),
        ("‘It isn ‘t fair,’ said Bo.", ["‘It isn ‘t fair,’"]),
        ("’We won,’ he said.", ["’We won,’"]),
        ("“It is shut,’’ he said.", ["“It is shut,’’"]),
        ("She called it “late“ and left.", ["“late“"]),
        ("'Tis the season,' he said.", ["'Tis the season,'"]),
        ('"It is 5" long," and "6" wide" he said', ['"It is 5" long,"', '"6" wide"']),
        ("'It has a 10\" screen,' he said. 'Nice.'", ["'It has a 10\" screen,'", "'Nice.'"]),
        ("'Moss's mill' and the Daltons' 'big day'", ["'Moss's mill'", "'big day'"]),
    ],
)  # fmt: skip
def test_finds_every_style_of_mark(text: str, expected: list[str]) -> None:
    assert texts(text) == expected
    assert all(quote.closed for quote in find_quotes(text))


@pytest.mark.parametrize(
    "text",
    [
        "the '90s and rock 'n' roll, James' car, the Daltons' house",
        "the ’90s, ’tis, ’em and the boys’ boots",
        "He is 6'2\", she is 5'4\" tall.",
        'the 5" and 6" pipes',
        "It's O'Brannock's, isn't it?",
        "",
        '"',
    ],
)
def test_apostrophes_feet_and_inches_are_no_quotations(text: str) -> None:
    assert texts(text) == []


def test_inches_inside_a_quotation_do_not_end_it() -> None:
    assert texts('"We were at 6\'2" then," he said.') == ['"We were at 6\'2" then,"']


@pytest.mark.parametrize(
    "text",
    [
        "“She told me ‘never again’ and left,” he said.",
        "‘She told me “never again” and left,’ he said.",
        "\"She told me 'never again' and left,\" he said.",
        "'She told me \"never again\" and left,' he said.",
    ],
)
def test_a_quotation_in_a_quotation_names_the_outer_one(text: str) -> None:
    outer, inner = find_quotes(text)
    assert (outer.parent, inner.parent) == (None, 0)
    assert text[inner.inner.start : inner.inner.end] == "never again"


@pytest.mark.parametrize("mark", ['""', "“”", "‘’"])
def test_a_quotation_that_opens_again_at_each_paragraph_is_closed(mark: str) -> None:
    text = "{0}One it is.\n\n{0}Two it is,{1} he said.".format(*mark)
    first, second = find_quotes(text)
    assert first.closed
    assert first.marks == (mark[0], None)
    assert second.closed
    assert second.marks == (mark[0], mark[1])


@pytest.mark.parametrize("mark", ["''", "‘’"])
def test_a_monologue_keeps_its_plural_possessives(mark: str) -> None:
    opening, closing = mark[0], mark[1]
    text = (
        f"{opening}We knew the boys{closing} names and the girls{closing} too.\n"
        f"{opening}Then the crews{closing} boats came,{closing} he said. {opening}Late.{closing}"
    )
    first, second, third = find_quotes(text)
    assert (first.marks, first.closed) == ((opening, None), True)
    assert text[second.inner.start : second.inner.end] == f"Then the crews{closing} boats came,"
    assert third.closed


def test_a_fragment_does_not_run_on_into_the_next_paragraph() -> None:
    text = "He called them 'cheats' and left.\n'It was bad,' she said."
    assert [text[q.span.start : q.span.end] for q in find_quotes(text)] == [
        "'cheats'",
        "'It was bad,'",
    ]


def test_a_quotation_may_go_on_without_a_new_opening_mark() -> None:
    text = "Bo said: “We will close.\nIt is sad,” he said. “And late.”"
    first, second, third = find_quotes(text)
    assert (first.closed, first.marks) == (False, ("“", None))
    assert (second.marks, text[second.span.start : second.span.end]) == (("", "”"), "It is sad,”")
    assert third.marks == ("“", "”")


def test_a_headline_does_not_run_on_into_the_story() -> None:
    text = "Mayor: “We won\n“It was close,” he said."
    end = text.index("\n")
    blocks = (
        Block(span=Span(0, end), role="headline"),
        Block(span=Span(end + 1, len(text)), role="paragraph"),
    )
    assert [quote.closed for quote in find_quotes(text, blocks)] == [False, True]


def test_a_paragraph_may_be_wrapped_over_lines() -> None:
    text = "He said “it works\nwell” today."
    (quote,) = find_quotes(text, (Block(span=Span(0, len(text)), role="paragraph"),))
    assert quote.closed


@pytest.mark.parametrize("odd", ["“", "”", '"', "''", "‘", "’", "'", "„", "`"])
@pytest.mark.parametrize("place", [0, 3, 9])
def test_an_odd_mark_leaves_other_paragraphs_alone(odd: str, place: int) -> None:
    first, rest = "It was late then.", '\nHe said “it works” and ‘it’s fine’.\nThen "more" came.'
    plain = find_quotes(first + rest)
    spoilt = find_quotes(first[:place] + odd + first[place:] + rest)
    shift = len(odd)
    kept = [
        (q.span.start - shift, q.span.end - shift, q.closed) for q in spoilt if q.span.start > 19
    ]
    assert kept == [(q.span.start, q.span.end, q.closed) for q in plain]


def test_an_unclosed_quotation_yields_to_the_next() -> None:
    first, second = find_quotes('"One odd mark. Then "a pair" there.')
    assert (first.closed, second.closed) == (False, True)


@given(JUMBLE)
@example("'6\n«6?'")
@settings(max_examples=300, deadline=None)
def test_quotations_are_well_nested_and_keep_to_their_paragraph(text: str) -> None:
    quotes = find_quotes(text)
    assert list(quotes) == sorted(quotes, key=lambda q: (q.span.start, -q.span.end))
    for number, quote in enumerate(quotes):
        opening = len(quote.marks[0])  # 0 where it goes on without a mark
        assert 0 <= quote.span.start == quote.inner.start - opening
        assert quote.inner.start < quote.inner.end <= quote.span.end
        assert quote.span.end <= len(text)
        assert "\n" not in text[quote.span.start : quote.span.end]
        assert text.startswith(quote.marks[0], quote.span.start)
        if quote.marks[1] is not None:
            assert text.startswith(quote.marks[1], quote.inner.end)
        if quote.parent is not None:
            outer = quotes[quote.parent]
            assert quote.parent < number
            # One that goes on without a mark may begin with another one.
            assert outer.span.start < quote.span.start + (not outer.marks[0])
            assert quote.span.end <= outer.span.end
        for other in quotes[:number]:
            assert other.span.end <= quote.span.start or quote.span.end <= other.span.end


@given(CURLY)
@settings(deadline=None)
def test_straight_marks_give_the_same_quotations_as_curly_ones(text: str) -> None:
    straight = text.translate(str.maketrans("“”‘’", "\"\"''"))
    assert [q.span for q in find_quotes(text)] == [q.span for q in find_quotes(straight)]


@pytest.mark.cost
@pytest.mark.parametrize("unit", ["“a ", '"a ', "'a ", "a's' ", "‘a b’s ", "'", "6'2\" "])
def test_time_is_proportional_to_length(unit: str) -> None:
    def once(times: int) -> float:
        start = time.process_time()
        find_quotes(unit * times)
        return time.process_time() - start

    def cost(times: int) -> float:
        return min(once(times) for _ in range(3))  # what else runs here must not count

    assert cost(16_000) < 40 * cost(1_000) + 0.2
