"""Speakers that typography gives away, and the turns of printed conversations."""

import pytest

from onrecord.extract import analyse
from onrecord.extract.attributions.typographic_speakers import find_signed
from onrecord.extract.segment import turns as conversation
from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read, read_text
from onrecord.records import Article


def turns(text: str) -> list[tuple[str, str]]:
    article = read_text(text)
    made = find_signed(text, article.blocks, find_quotes(text, article.blocks))
    return [
        (text[f.source.start : f.source.end], text[f.content[0].start : f.content[-1].end])
        for f in made
        if f.source
    ]


def test_signatures() -> None:
    text = "Readers write.\n\n“Shut it now.” ― Ida Moss\n\n“Keep it open.” — Ann Lee"
    assert turns(text) == [("Ida Moss", "“Shut it now.”"), ("Ann Lee", "“Keep it open.”")]


def test_a_quotation_that_is_announced() -> None:
    assert turns("It moved. Ann Lee said:\n\n“It shuts in May.”") == [
        ("Ann Lee", "“It shuts in May.”")
    ]
    assert turns("It moved, as the sign said\n\n“It shuts in May.”") == []


@pytest.mark.parametrize(
    ("line", "who"),
    [
        ("Lowe, who chairs the board, released this statement after the count:", "Lowe"),
        ("Ann Lee issued the following statement:", "Ann Lee"),
        ("The council put out a statement late on Monday:", "The council"),
        ("She had this to say:", "She"),
        ("These are the rules of the quay:", None),
    ],
)
def test_a_statement_that_is_announced(line: str, who: str | None) -> None:
    made = turns(f"It moved. {line}\n\n“It shuts in May, and we are sorry for it.”")
    assert [source for source, _ in made] == ([who] if who else [])


def talk(text: str) -> list[tuple[str | None, str, bool]]:
    """The turns of a text: label, words, whether they ask."""
    article = read_text(text)
    return [
        (
            text[t.label.start : t.label.end] if t.label else None,
            text[t.content.start : t.content.end],
            t.asks,
        )
        for t in conversation.find_turns(text, article.blocks)
    ]


def test_a_transcript() -> None:
    text = "The talk:\n\nLEE: Is it shut?\n\nMOSS: It is.\n\nLEE: Why?\n\nMOSS: We ran out of tar."
    assert talk(text) == [
        ("LEE", "Is it shut?", True),
        ("MOSS", "It is.", False),
        ("LEE", "Why?", True),
        ("MOSS", "We ran out of tar.", False),
    ]


def test_an_answer_goes_on_below_its_label() -> None:
    text = (
        "Ann Lee builds boats.\n\nQ: Why boats?\n\nA: I like them.\n\nThey float.\n\nQ: And"
        " rafts?\n\nA: No."
    )
    assert [words for _, words, _ in talk(text)] == [
        "Why boats?",
        "I like them.\n\nThey float.",
        "And rafts?",
        "No.",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "WARNING: the quay is shut.\n\nNobody may enter it today.",
        "Six were held:\n\nEthel Burr: Possession of tar.\n\nCosmo Tarn: Two warrants.\n\nIda Moss:"
        " Theft.",
        "MORE: Quay shut\n\nMORE: Tar prices\n\nPHOTO: The quay\n\nMORE: Boats",
        "What is tar?\n\nTar is made of wood.\n\nWho uses it?\n\nBoat builders use it.",
        "Is it shut? you may ask.\n\nIt is, said Ann Lee. Why should you care?\n\nBecause it"
        " leaks.",
    ],
)
def test_lists_and_questions_to_nobody_are_no_conversation(text: str) -> None:
    assert talk(text) == []


def speakers(text: str) -> list[tuple[str, str | None, str]]:
    """The outermost statements of a text: kind and name of the source, first words."""
    analysis = analyse(read_text(text), engine="baseline")
    sources = {source.id: source for source in analysis.sources}
    return [
        (
            sources[a.source_id].kind,
            sources[a.source_id].name,
            " ".join(text[a.content[0].start : a.content[-1].end].split()[:3]),
        )
        for a in analysis.attributions
        if a.parent is None and a.source_id
    ]


def test_answers_are_the_interviewees_and_questions_the_reporters() -> None:
    text = (
        "Five questions for a pilot\n\nIda Moss has been a pilot for years. We spoke to her at the"
        " quay.\n\n"
        "When did you start?\n\nI was nine. My uncle had a boat.\n\n"
        "Do you still like it?\n\nI do. We had fog all week.\n"
    )
    assert speakers(text) == [
        ("author", None, "When did you"),
        ("person", "Ida Moss", "I was nine."),
        ("author", None, "Do you still"),
        ("person", "Ida Moss", "I do. We"),
    ]


def test_a_quotation_after_a_scene_is_the_last_speakers() -> None:
    text = (
        'Ida Moss is early. "I was born on this boat," Ida Moss said.\n\nShe orders tea.\n\n'
        '"They think that it is sad. It is not."\n\nThe gull leaves.\n\n"You see how it is."\n'
    )
    assert [(name, words) for _, name, words in speakers(text)] == [
        ("Ida Moss", '"I was born'),
        ("Ida Moss", '"They think that'),
        ("Ida Moss", '"You see how'),
    ]


@pytest.mark.parametrize(
    "between", ["Then Jon Pell came in.", "Jon Pell, her brother, said it was late."]
)
def test_a_quotation_after_somebody_else_is_not(between: str) -> None:
    text = (
        f'Ida Moss is early. "I was born on this boat," Ida Moss said.\n\n{between}\n\n'
        'The gull leaves.\n\nThe tide turns.\n\nIt rains.\n\n"They think that it is sad."\n'
    )
    assert "They" not in " ".join(words for _, _, words in speakers(text))


def test_bold_sentences_are_questions_and_subheads_are_not() -> None:
    def made(heads: tuple[str, str]) -> int:
        text = (
            "# Ida Moss, pilot\n\nIda Moss spoke to us at the quay.\n\n"
            f"**{heads[0]}**\n\nI was nine.\n\n**{heads[1]}**\n\nI like it.\n"
        )
        (article,) = read(text.encode(), kind="markdown")
        assert isinstance(article, Article)
        assert [block.emphasis for block in article.blocks] == [
            False,
            False,
            True,
            False,
            True,
            False,
        ]
        return len(conversation.find_turns(article.text, article.blocks))

    assert made(("On the first day.", "Tell us about the fog.")) == 4
    assert made(("The first day", "The fog")) == 0


@pytest.mark.parametrize(
    ("text", "who", "said"),
    [
        ("“It was the best quay.”\n\n— Ida Moss, fishwife", "Ida Moss", "“It was the best quay.”"),
        ("Bo Tarn wrote in a letter to staff:\n\nThe quay is tired.", "Bo Tarn", "The quay is tired."),
        ("The quay will close in May, the Orr Star can reveal.", None, ""),
        ("The quay will close in May, Orrlight can reveal.", "Orrlight", "The quay will close in May"),
        ("It rained. Orr has shut the mill, Quay News has learned.", "Quay News", "Orr has shut the mill"),
    ],
)  # fmt: skip
def test_letters_name_lines_and_an_outlets_own_name(text: str, who: str | None, said: str) -> None:
    assert turns(f"Quay news\n\n{text}\n\nThen it rained.") == ([(who, said)] if who else [])


def test_block_quotations_are_of_the_name_below_or_the_one_above() -> None:
    source = (
        "# Quay letters\n\nIt rained. Ann Lee said in a statement:\n\n> We are sorry.\n>\n> It will"
        " open.\n\n"
        "Then it stopped.\n\n> The best quay we had.\n>\n> — Ida Moss, fishwife\n\nJon Pell"
        " tweeted:\n\n"
        "> So long, old quay\n>\n> — Jon Pell (@jonpell) May 3\n"
    )
    (article,) = read(source.encode(), kind="markdown")
    assert isinstance(article, Article)
    text = article.text
    made = find_signed(text, article.blocks, find_quotes(text, article.blocks))
    assert [
        (text[f.source.start : f.source.end], text[f.content[0].start : f.content[-1].end])
        for f in made
        if f.source
    ] == [
        ("Ann Lee", "We are sorry.\n\nIt will open."),
        ("Ida Moss", "The best quay we had."),
        ("Jon Pell", "So long, old quay"),
    ]
