"""Whole small articles: whose each statement is, by structure and not by a list of its words."""

import pytest

from onrecord.extract import analyse
from onrecord.extract.sources.organisations import initials
from onrecord.ingest import read_text

Told = tuple[str, str | None]


def speakers(text: str) -> dict[str, Told | None]:
    """The first words of each outermost statement, with its voice's kind and name."""
    analysis = analyse(read_text(text))
    sources = {s.id: (s.kind, s.name) for s in analysis.sources}
    words = analysis.article.text
    return {
        words[a.content[0].start : a.content[0].end].strip("\"“'"): sources.get(a.source_id or "")
        for a in analysis.attributions
        if a.parent is None
    }


def of(text: str, begins: str) -> Told | None:
    """Whose statement it is that begins with some words."""
    found = [told for words, told in speakers(text).items() if words.startswith(begins)]
    assert found, (begins, speakers(text))
    return found[0]


@pytest.mark.parametrize(
    ("text", "begins", "name"),
    [
        pytest.param(
            "Tide row\n\nROSA Quill wants talks on the quay.\n\nRosa, 30, said she would pay.",
            "she would pay",
            "Rosa Quill",
            id="capitals at a paragraph's start",
        ),
        pytest.param(
            "Rowers row\n\nCoach (Frank) Orrin left on Monday. “They tried,” Orrin said.",
            "They tried",
            "Frank Orrin",
            id="a first name in brackets",
        ),
        pytest.param(
            "Old inn is listed\n\nHeritage Quay's Director of Listing Roland Pell said: “The inn is"
            " a lasting place for the town.”",
            "The inn is",
            "Roland Pell",
            id="a post with its field in capitals",
        ),
        pytest.param(
            "Quay talks\n\nSpeaking to the Harbour Star Quill said: “The ferry never left the quay"
            " at all that night.”\n\nRosa Quill was on the quay.",
            "The ferry never",
            "Rosa Quill",
            id="an outlet without its comma",
        ),
        pytest.param(
            "Bridge row\n\nWorks minister Ann Lowe was pressed on the cost but simply"
            " replied:\n\n“We will publish the figures when we have them.”",
            "We will publish",
            "Ann Lowe",
            id="who did something else and said",
        ),
        pytest.param(
            "Album is “best work”\n\nDora Kell praised the album. Speaking at a summit, Trevor"
            " Kell‘s mum said: “I listened to the whole album.”",
            "I listened",
            "Dora Kell",
            id="somebody's mother, with a wrongly curled apostrophe",
        ),
        pytest.param(
            "Singer on her hall\n\nRosa Quill opened a hall. “I did not sing there,” said the"
            " Quayside Nights star. “It was odd.”",
            "I did not sing",
            "Rosa Quill",
            id="an epithet of the only person named",
        ),
    ],
)
def test_a_named_speaker(text: str, begins: str, name: str) -> None:
    assert of(text, begins) == ("person", name)


def test_a_company_is_no_person_whatever_its_first_word() -> None:
    text = "Label row\n\nDean Orr Productions denied that it had settled with the singer."
    assert of(text, "that it had") == ("organisation", "Dean Orr Productions")


def test_a_clause_is_no_title() -> None:
    analysis = analyse(
        read_text(
            "Comic thinks it mad\n\nDuring an episode of her series Chess, the comedian mocked the"
            " young actress, saying she understood her. Chess Harrow told You: “I just say it.”"
        )
    )
    assert not any("mocked" in (s.title or "") for s in analysis.sources)


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("Drivers told to stay at home\n\nThe pass is closed.", "to stay"),
        ("Staff told they must wear masks\n\nThe masks are blue.", "they must"),
        ("Quay row\n\nThe jury heard that the lamp was broken.", "that the lamp"),
        ("Lamp 'was broken', court hears\n\nIt is dark at the quay.", "Lamp"),
    ],
)
def test_who_hears_or_is_told_says_nothing(text: str, begins: str) -> None:
    assert of(text, begins) is None


def test_who_warns_with_a_clause_speaks() -> None:
    text = "Quay row\n\nThe fund warned that the tide would rise."
    assert of(text, "that the tide") == ("organisation", "fund")


def test_a_plain_sentence_says_whom_the_next_is_about() -> None:
    text = (
        "Inquest into ferry loss\n\nBarrister Jon Pell asked about the lights.\n\nThe captain was"
        " Tom Orrin, who has since retired. He said the lamp had been broken for weeks.\n\nIn his"
        " evidence, and questioned by Pell, he said nobody had told him."
    )
    assert of(text, "the lamp had") == of(text, "nobody had") == ("person", "Tom Orrin")


def test_an_unnamed_speaker_goes_on_in_the_next_paragraph() -> None:
    text = (
        "Staff row\n\nJo Grade, the union's secretary, said students would be shocked.\n\nBut a"
        " spokesperson for the Colleges Association said its members had cut such contracts.\n\n"
        "“We have worked with the union to understand it better,” he said."
    )
    assert of(text, "We have worked") == ("spokesperson", "Colleges Association")


def test_whom_the_unnamed_speaker_tells_of_is_not_she() -> None:
    text = (
        "Teacher calls riot a shame\n\nA teacher at the hall said the rioters were wrong. The"
        " teacher added that Lena Lund, 35, who was hurt, was doing well.\n\nShe said: “It's"
        " terrible, they're taking all the grief away.”"
    )
    assert of(text, "It's terrible") == ("anonymous", None)
    assert len({s.id for s in analyse(read_text(text)).sources}) == 1


def test_two_who_speak_together_are_both() -> None:
    text = "Ferry row\n\nAnn Lowe and Jon Pell said the ferry would sail. They said it was ready."
    assert of(text, "the ferry") == of(text, "it was") == ("person", "Ann Lowe and Jon Pell")


def test_they_in_a_quotation_is_not_who_speaks() -> None:
    text = (
        "Couple in no hurry\n\nSources say that Mila Sand and Leo Garrow don't want to rush."
        "\n\n“They want to work out their life together,” a source told the Star."
    )
    analysis = analyse(read_text(text))
    names = {
        s.name for a in analysis.attributions if a.parent
        for s in analysis.sources if s.id == a.source_id
    }  # fmt: skip
    assert names == {"Mila Sand and Leo Garrow"}


def test_a_magazine_named_like_a_crowd_stays_one_voice() -> None:
    text = "Gala row\n\nAccording to People, the gala raised much. But People reports it was late."
    assert set(speakers(text).values()) == {("outlet", "People")}


def test_a_statement_is_theirs_who_gave_it() -> None:
    text = (
        "Ferry row\n\nOrr Ferries denied the claim in a statement on Monday.\n\n“We have never"
        " turned anybody away,” the statement read."
    )
    assert of(text, "We have never") == ("organisation", "Orr Ferries")


CASES = [
    pytest.param(
        "A baby\n\nGennifer Quill is with child, says her friend Ann Lowe. The two were on the"
        " quay on Monday.\n\n“I did get a surprise,” Gen replied when the Gazette asked.",
        "I did get",
        "Gennifer Quill",
        id="a pet name",
    ),
    pytest.param(
        "A trip\n\nAnwar Ibral was prime minister in May. Fahma Dell sat beside him.\n\nPM Anwar"
        " said the trip was paid for by three firms.",
        "the trip was",
        "Anwar Ibral",
        id="a post by its letters",
    ),
    pytest.param(
        "Orrin is fired\n\nBilly Orrin hosted the show until May. Orrin apologised twice.\n\nHe "
        "is a cousin of George V. Orrin, the former governor. He was in Westport on Monday.\n\n"
        "“It was a bad night,” Orrin told the Gazette.",
        "It was a bad",
        "Billy Orrin",
        id="a surname goes on meaning the one it has meant",
    ),
    pytest.param(
        "The long search\n\nMichael Quay found out by chance. Quay was 20.\n\nHe had been raised "
        "by Jim and Harriet Quay in Saltmouth.\n\n“I asked in three towns,” Quay told the "
        "Gazette.",
        "I asked in",
        "Michael Quay",
        id="a parent named in passing",
    ),
    pytest.param(
        "Rumours denied\n\nMilla Quill’s sister, Noah Quill, came to the fair on Saturday.\n\nAt "
        "the gate she denied the rumours. “She’s not married,” she told the Gazette.",
        "She’s not married",
        "Noah Quill",
        id="a noun tells a woman from her namesakes",
    ),
    pytest.param(
        "A long dinner\n\nRosa Quill gave a party. Jenna Lowe, 27, had come late and had never "
        "been in the house before.\n\nShe said: “So Jenna came for dinner, and I’ve never seen "
        "my mother laugh so much.”",
        "So Jenna came",
        "Rosa Quill",
        id="nobody calls themselves by name",
    ),
    pytest.param(
        "A fair\n\nTim Cooke runs the mill. Mark Bell, who runs the ferry, met him on Monday.\n\n"
        "Bell knows the mill well.\n\n“I run it on a phone,” he told Cooke.",
        "I run it",
        "Mark Bell",
        id="who is spoken to doesn't speak",
    ),
    pytest.param(
        "Talks fail\n\nBen Nettar, the premier, cheered.\n\nNorwegian chief negotiator Saeb Erkal"
        " said they would go to court over it.\n\nNettar left.",
        "they would go",
        "Saeb Erkal",
        id="an adjective of a country is no name",
    ),
    pytest.param(
        "Talks fail\n\nBen Nettar, the premier, cheered the vote and told settlers so.\n\n"
        "Norwegian chief negotiator Saeb Erkal said they would go to court over it.\n\n“We are "
        "going to every court there is,” he added.\n\nNettar left.",
        "We are going",
        "Saeb Erkal",
        id="the last speaker goes on, whatever his first name",
    ),
    pytest.param(
        "Protests go on\n\nMany wear masks.\n\nOrr’s ambassador to Britain Liu Xiam has said that"
        " Orr has the “resolution” to end it.",
        "that Orr has",
        "Liu Xiam",
        id="a post with its place",
    ),
    pytest.param(
        "Growth\n\nThe economy has grown. The government of long-time Prime Minister Hun Orrin "
        "says that it has brought peace.",
        "that it has",
        "government of long-time Prime Minister Hun Orrin",
        id="the head of a government isn't the government",
    ),
    pytest.param(
        "Plague\n\nInfections are rare, but they happen. According to WHO, there were 3,248 "
        "cases in 2015.",
        "there were 3,248",
        "WHO",
        id="WHO is no pronoun",
    ),
    pytest.param(
        "Vote\n\nThe Quay Nations and Harbour Union condemned the vote on Monday. The Harbour "
        "Union's top court met for hours.\n\nThe HU reiterated it still considers the quay "
        "closed.",
        "it still considers",
        "Harbour Union",
        id="initials stand for one of two names",
    ),
    pytest.param(
        "Power\n\nPell Gas & Lighting Co. began to shut off power. It was windy.\n\nPG&L said it "
        "would watch the weather closely.",
        "it would watch",
        "Pell Gas & Lighting Co",
        id="initials with an and sign",
    ),
    pytest.param(
        "No reunion\n\nThe Harbour Star had quoted a friend of the two. The Harbour Star said "
        "they had met in May.\n\nThe magazine claimed that the actor was fed up with it all.",
        "that the actor",
        "Harbour Star",
        id="the magazine is the outlet named last",
    ),
    pytest.param(
        "New book\n\nAccording to a new report in the Harbour Star, the singer has written a book.",
        "the singer has",
        "Harbour Star",
        id="a report in an outlet is the outlet's",
    ),
    pytest.param(
        "Rivals\n\n“She was hurt,” an insider told QuaySide.com on Monday.\n\nAs QuaySide "
        "magazine reported, the two have been rivals for years.",
        "the two have",
        "QuaySide.com",
        id="a website by its short name",
    ),
]


@pytest.mark.parametrize(("text", "begins", "name"), CASES)
def test_whose_words(text: str, begins: str, name: str) -> None:
    told = of(text, begins)
    assert told is not None
    assert told[1] == name


def test_who_tells_of_him_isnt_he() -> None:
    text = (
        "A test\n\nJeff Fell guarded Owen J. Sims in jail and wrote a book of it.\n\n“Sims is a"
        " quiet man. He says he is sorry for it all,” Fell told the Gazette."
    )
    analysis = analyse(read_text(text))
    sources = {s.id: s.name for s in analysis.sources}
    inner = [sources.get(a.source_id or "") for a in analysis.attributions if a.parent]
    assert "Jeff Fell" not in inner


def test_a_post_is_no_place_that_only_looks_like_a_name() -> None:
    told = of(
        "Quay list\n\nTurnmere and three islands have been removed from the list of ports, the"
        " minister said on Thursday in the chamber.",
        "Turnmere and",
    )
    assert told is None or told[0] != "person"


def test_she_is_not_the_one_woman_named_where_another_is_told_of() -> None:
    told = of(
        "Man kept women in pit\n\nNext door neighbour Dora Quell told a magazine: “I kept calling the"
        " city.”\n\nPell's reign began in 1986 when he kidnapped his first known victim. He then took"
        " her down to his cellar. She said: “I saw a big hole in the floor.”",
        "I saw a",
    )
    assert told is None or told[1] != "Dora Quell"


def test_he_may_be_called_by_his_trade_behind_his_words() -> None:
    text = (
        "Night on the pier\n\nThe harbour at Quellmouth has needed a new pier since the winter gales"
        ' took forty metres of the old one.\n\nMoran Tell walked to the pier at night. He said, "I'
        ' want my nets back." The sailor ended up with a borrowed net. "It tears," he said.'
    )
    assert of(text, "I want") == ("person", "Moran Tell")
    assert of(text, "It tears") == ("person", "Moran Tell")


@pytest.mark.parametrize(
    ("text", "begins", "name"),
    [
        pytest.param(
            "Court\n\nA lawyer for Mayor Ann Lowe said that the case was over.",
            "that the case",
            "Ann Lowe",
            id="a lawyer isn't the client",
        ),
        pytest.param(
            "Fire\n\nThe Harbour Star said the quay was shut. Police came to the station at noon.\n\nThe"
            " station said that nobody was hurt at all.",
            "that nobody was",
            "Harbour Star",
            id="a station is no paper",
        ),
    ],
)
def test_whose_words_they_are_not(text: str, begins: str, name: str) -> None:
    told = of(text, begins)
    assert told is None or told[1] != name


def test_initials_are_of_whole_names() -> None:
    text = (
        "The Shore and Export Commission Chairman left. The SEC met. Pell Gas & Light Co. PG&L met."
    )
    assert initials(text) == {"PG&L": "Pell Gas & Light Co"}
