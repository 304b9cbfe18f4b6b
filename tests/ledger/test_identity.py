"""Who is whom across articles: one person who is written about in many ways stays one person."""

from onrecord.ledger import Ledger, identity
from onrecord.ledger.names import person_name
from onrecord.ledger.queries import who

from .conftest import article

TITLES = (*["mayor"] * 6, "candidate", *["candidate for mayor", "mayor of Orr"] * 5)
"""One article calls her what no other does; the later ones fit both."""


def _story(n: int, title: str) -> str:
    return (
        f"Day {n} ¶ [s1 person=Ann_Lowe title={title.replace(' ', '_')} Ann Lowe], the {title},"
        f" [c1 said]: [q1 “Day {n} was long at the harbour.”]"
    )


def _articles(ledger: Ledger, name: str) -> list[int]:
    return sorted((p.articles for p in who(ledger, name).people), reverse=True)


def test_whoever_is_often_written_about_stays_one_person(file_ledger: Ledger) -> None:
    for n, title in enumerate(TITLES):
        file_ledger.add([article(_story(n, title), "Orr Courier", f"2024-03-{n + 1:02}")])
    assert _articles(file_ledger, "Ann Lowe") == [len(TITLES) - 1, 1]


def _evidence(**about: object) -> identity.Evidence:
    name = person_name("Ann Lowe")
    assert name is not None
    return identity.Evidence(name=name, **about)  # type: ignore[arg-type]


def test_of_two_of_one_name_the_one_whom_everybody_names_is_meant() -> None:
    here = _evidence()
    known, seldom = _evidence(articles=30), _evidence(articles=1)
    found = identity.best(
        [(1, identity.match(here, known, {})), (2, identity.match(here, seldom, {}))]
    )
    assert found is not None
    assert found[0] == 1


def test_nobody_is_chosen_between_two_as_likely() -> None:
    here, known = _evidence(), _evidence(articles=3)
    assert identity.best([(n, identity.match(here, known, {})) for n in (1, 2)]) is None


def test_fame_does_not_make_a_woman_a_man() -> None:
    here, known = _evidence(gender="female"), _evidence(gender="male", articles=40)
    assert identity.best([(1, identity.match(here, known, {}))]) is None
