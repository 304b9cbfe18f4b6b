"""What a ledger says of an article, and what its rules make of it."""

from onrecord.ledger import Ledger
from onrecord.ledger.history import RULES, history_of, with_its_rules
from onrecord.linter import lint
from onrecord.records import Context, Lint, Settings

from .conftest import article

STORY = (
    "Harbour to close ¶ [s1 person=Ann_Lee title=mayor Ann Lee], 52, mayor, [c1 said]:"
    ' [q1 "We will not close the harbour of Port Sel this year."] ¶ The storm wrecked 12 boats at'
    " the"
    " harbour of Port Sel. ¶ [s2 anonymous withheld A source] [c2 said]:"
    ' [q2 "The pilots have lost all trust in the board."]'
)


def checked(ledger: Ledger, *given: str | None, text: str, url: str | None = None) -> Lint:
    analysis = article(text, *given, url=url)
    settings = with_its_rules(Settings(ignore=("ANO", "SRC", "HED", "LAN", "RPL", "SEN")))
    return lint(Context(analysis=analysis, settings=settings, history=history_of(ledger, analysis)))


def found(made: Lint) -> list[tuple[str, str]]:
    text = made.analysis.article.text
    return [(f.code, text[f.span.start : f.span.end]) for f in made.findings if f.code in RULES]


def test_silent_on_the_same_story_told_alike(ledger: Ledger) -> None:
    ledger.add([article(STORY.split(" ¶ [s2")[0], "Harbour Star", "2026-03-01")])
    again = STORY.split(" ¶ [s2")[0].replace("Harbour to close", "No closure")
    assert found(checked(ledger, "Quay Post", "2026-03-01", text=again)) == []


def test_what_differs_is_found(ledger: Ledger) -> None:
    ledger.add([article(STORY, "Harbour Star", "2026-03-01")])
    twin = STORY.replace("not close", "close").replace("52", "57").replace("12 boats", "40 boats")
    made = checked(ledger, "Quay Post", "2026-03-01", text="Storm ¶ " + twin)
    assert found(made) == [
        ("NUM410", "57"),
        ("QUO206", "We will close the harbour of Port Sel this year."),
        ("NUM410", "40"),
        ("OUT604", "The pilots have lost all trust in the board."),
    ]
    (quote,) = [f.message for f in made.findings if f.code == "QUO206"]
    assert "Harbour Star of 2026-03-01 has “not”" in quote


def test_another_speaker_elsewhere(ledger: Ledger) -> None:
    ledger.add([article(STORY, "Harbour Star", "2026-03-01")])
    twin = STORY.replace("person=Ann_Lee title=mayor Ann Lee", "person=Jon_Pell Jon Pell")
    made = checked(ledger, "Quay Post", "2026-03-01", text=twin.split(" ¶ The storm")[0])
    assert [c for c, _ in found(made)] == ["QUO206"]


def test_a_relay_that_hides_the_unnamed_voice(ledger: Ledger) -> None:
    first = (
        "Board to go ¶ [s1 anonymous withheld A source close to the board] [c1 said]"
        " [q1 that the harbour"
        " board would resign over the storm]."
    )
    ledger.add([article(first, "Harbour Star", "2026-03-01")])
    relay = (
        "Resignation ¶ [s1 outlet=Harbour_Star The Harbour Star] [c1 reported]"
        " [q1 that the harbour board would resign]."
    )
    made = checked(ledger, "Quay Post", "2026-03-02", text=relay)
    assert found(made) == [("OUT602", "The Harbour Star")]
    open_ = relay.replace("[c1 reported]", "[c1 reported], citing unnamed sources,")
    assert found(checked(ledger, "Quay Post", "2026-03-02", text=open_)) == []


def test_a_silent_change(ledger: Ledger) -> None:
    url = "https://star.example/harbour"
    ledger.add([article(STORY, "Harbour Star", "2026-03-01", url=url)])
    later = STORY.replace("not close", "close").replace("12 boats", "40 boats")
    made = checked(ledger, "Harbour Star", "2026-03-01", text=later, url=url)
    assert found(made) == [
        ("COR801", "We will close the harbour of Port Sel this year."),
        ("COR801", "40"),
    ]
    noted = later + " ¶ Correction: an earlier version of this article misquoted the mayor."
    assert found(checked(ledger, "Harbour Star", "2026-03-01", text=noted, url=url)) == []


def test_the_article_itself_is_no_other_article(ledger: Ledger) -> None:
    one = article(STORY, "Harbour Star", "2026-03-01")
    ledger.add([one])
    made = history_of(ledger, one)
    assert (made.printings, made.versions, made.figures, made.relays) == ((), (), (), ())


def test_rules_of_the_ledger_run_unless_left_out() -> None:
    assert with_its_rules(Settings()).extend_select == RULES
    assert with_its_rules(Settings(ignore=("OUT",))).extend_select == ("COR801", "NUM410", "QUO206")
    assert with_its_rules(Settings(select=("ANO",))).extend_select == ()
