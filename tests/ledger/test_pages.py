"""The ledger's pages in the web app."""

import pytest
from starlette.testclient import TestClient

from onrecord.ledger import Ledger
from onrecord.server.app import build

from .conftest import article
from .test_store import FIRST, FISHERMAN, SECOND


@pytest.fixture
def client(file_ledger: Ledger) -> TestClient:
    file_ledger.add([article(FIRST, "Harbour Star", "2026-03-01")])
    file_ledger.add([article(SECOND, "Quay <b>Post</b>", "2026-03-02")])
    file_ledger.add([article(FISHERMAN, "Harbour Star", "2026-03-03")])
    return TestClient(build(ledger=file_ledger))


def page(client: TestClient, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text
    assert "script-src" not in answer.headers["content-security-policy"] or "/articles/" in path
    return answer.text


def test_home_lists_outlets_and_what_is_carried(client: TestClient) -> None:
    made = page(client, "/ledger")
    assert "I will not stay in a job" in made
    assert 'href="/ledger/outlets/Harbour%20Star"' in made
    assert "<b>Post</b>" not in made


def test_search_finds_people_words_and_paragraphs(client: TestClient) -> None:
    assert "Jon Pell" in page(client, "/ledger/search?q=Jon+Pell")
    made = page(client, "/ledger/search?q=not+stay+in+a+job")
    assert "These words, printed" in made
    assert "Nothing found" in page(client, "/ledger/search?q=zeppelin")


def test_a_family_shows_its_drift(client: TestClient) -> None:
    made = page(client, "/ledger/families/1")
    assert "<del>not" in made
    assert "negation: not → nothing" in made
    assert 'href="/ledger/people/1"' in made
    assert made.count("<circle") == 2


def test_a_person_an_outlet_an_article(client: TestClient) -> None:
    assert "first-hand" in page(client, "/ledger/people/1")
    assert "2 articles" in page(client, "/ledger/outlets/Harbour%20Star")
    assert "I will not stay in a job" in page(client, "/ledger/articles/1")


@pytest.mark.parametrize(
    "path", ["people/99", "families/99", "outlets/Nowhere", "articles/99", "people/x"]
)
def test_what_is_not_there(client: TestClient, path: str) -> None:
    assert client.get(f"/ledger/{path}").status_code == 404


def test_without_a_ledger_there_are_no_pages() -> None:
    assert TestClient(build()).get("/ledger").status_code == 404
