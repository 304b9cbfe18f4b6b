"""The HTTP API as the author of an editing program meets it."""

from collections.abc import Iterator
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner
from starlette.testclient import TestClient

from onrecord.cli.serve import command
from onrecord.server.app import build
from onrecord.server.openapi import document
from onrecord.server.work import Work

TEXT = (
    "Quay to close 🚢\n\n🚢 The quay will close in May, a source said. “It is not safe,” said Priya"
    " Nandakumar, the harbour master."
)
TRANSCRIPT = "🚢🚢 NANDAKUMAR: It is really not safe."
CMS = "https://cms.example:8080"


@pytest.fixture(scope="module")
def client(pool: Work) -> Iterator[TestClient]:
    app = build(pool=pool, hosts=("localhost",), origins=(CMS,))
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as made:
        yield made


def conforms(path: str, answer: Any) -> None:
    """The answer is what the OpenAPI document says."""
    api = document()
    (operation,) = api["paths"][path].values()
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(answer, {**schema, "components": api["components"]})


def asked(client: TestClient, path: str, value: Any) -> Any:
    answer = client.post(path, json=value)
    assert answer.status_code == 200, answer.text
    made = answer.json()
    conforms(path, made)
    return made


def words(text: str, span: list[int], units: str) -> str:
    """The words of a span, counted as JavaScript or Python count."""
    if units == "code points":
        return text[span[0] : span[1]]
    return text.encode("utf-16-le")[2 * span[0] : 2 * span[1]].decode("utf-16-le")


@pytest.mark.parametrize("units", ["code points", "utf-16"])
def test_spans_point_into_the_text_that_comes_back(client: TestClient, units: str) -> None:
    given = {"text": TEXT, "units": units, "include": ["text", "excerpts", "analysis"]}
    (article,) = asked(client, "/api/check", given)["articles"]
    assert article["units"] == units
    assert article["text"] == TEXT
    assert article["language"] == "en"
    (finding,) = (f for f in article["findings"] if f["code"] == "ANO001")
    assert finding["excerpt"] == "a source" == words(TEXT, finding["span"], units)
    block = article["blocks"][finding["in_block"]["block"]]
    paragraph = words(TEXT, block["span"], units)
    assert words(paragraph, finding["in_block"]["span"], units) == "a source"
    quote = article["analysis"]["quotes"][0]
    assert words(TEXT, quote["inner"], units) == "It is not safe,"
    assert words(TEXT, article["analysis"]["people"][0]["mentions"][0], units).startswith("Priya")


@pytest.mark.parametrize("units", ["code points", "utf-16"])
def test_verdicts_are_counted_in_each_ones_own_text(client: TestClient, units: str) -> None:
    against = [{"text": TRANSCRIPT}, {"text": "Nothing was said."}]
    made = asked(client, "/api/verify", {"text": TEXT, "against": against, "units": units})
    (article,) = made["articles"]
    assert article["materials"] == ["material", "material 2"], "each has a name of its own"
    verdict = article["verdicts"][0]
    assert verdict["quotation"] == words(article["text"], verdict["quote"], units)
    place, change = verdict["places"][0], verdict["changes"][0]
    assert words(TRANSCRIPT, place["span"], units) == place["text"]
    assert words(TRANSCRIPT, change["source"], units) == "really"
    assert change["story"][0] == change["story"][1]
    assert words(article["text"], [change["story"][0], change["story"][0] + 4], units) == " not"


def test_blocks_come_back_with_their_ids(client: TestClient) -> None:
    blocks = [
        {"text": "Quay to close", "role": "headline", "id": "h"},
        {"text": " \n"},
        {"text": "  🚢 The quay will close in May, a source said.", "id": "p1"},
    ]
    (article,) = asked(client, "/api/check", {"blocks": blocks})["articles"]
    assert [b["id"] for b in article["blocks"]] == ["h", "p1"]
    assert [b["role"] for b in article["blocks"]] == ["headline", "paragraph"]
    places = {tuple(f["in_block"]["span"]) for f in article["findings"]}
    assert {f["in_block"]["id"] for f in article["findings"]} == {"p1"}
    assert "a source" in {blocks[2]["text"][a:b] for a, b in places}, "with the space in front"


def test_html_of_a_body_is_all_read_and_placed(client: TestClient) -> None:
    source = (
        "<h1>Quay to close</h1>\n<p>The <b>quay</b> will close,\n<a href='x'>a source</a> said.</p>"
    )
    (article,) = asked(client, "/api/check", {"html": source, "language": "en"})["articles"]
    assert article["text"] == "Quay to close\n\nThe quay will close, a source said."
    assert article["blocks"][1]["origin"].endswith("/p[1]")
    place = article["findings"][0]["place"]
    line = source.split("\n")[place["line"] - 1]
    assert line[place["column"] - 1 :].startswith("a source")


def test_a_page_is_read_without_its_furniture(client: TestClient) -> None:
    said = "<p>The quay will close in May, a source said on Monday of the old harbour wall.</p>" * 3
    page = (
        f"<!doctype html><html><body><nav>Home Sport</nav><article>{said}</article></body></html>"
    )
    (article,) = asked(client, "/api/check", {"html": page})["articles"]
    assert "Sport" not in article["text"]


def test_settings_of_the_request(client: TestClient) -> None:
    wire = asked(client, "/api/check", {"text": TEXT, "profile": "wire"})["articles"][0]
    assert wire["judged"]["profile"] == "wire"
    assert "ANO002" in wire["judged"]["rules"]
    own = {"text": TEXT, "severity": {"ANO001": "note"}, "standard": ["ap"]}
    article = asked(client, "/api/check", own)["articles"][0]
    assert article["judged"]["standard"] == ["ap"]
    assert {f["severity"] for f in article["findings"] if f["code"] == "ANO001"} == {"note"}
    none = asked(client, "/api/check", {"text": TEXT, "ignore": ["ALL"]})["articles"][0]
    assert none["findings"] == []


@pytest.mark.parametrize(
    ("given", "where"),
    [
        ({"text": TEXT, "html": "<p>x</p>"}, "text"),
        ({}, "text"),
        ({"text": TEXT, "profile": "none"}, "profile"),
        ({"text": TEXT, "standard": ["none"]}, "none"),
        ({"text": TEXT, "select": [""]}, "select"),
        ({"text": TEXT, "severity": {"ANO001": "fatal"}}, "severity[...]"),
        ({"text": TEXT, "options": {"ANO001": {"none": 1}}}, "none"),
        ({"text": TEXT, "options": {"SRC106": {"words": 10**21}}}, "words"),
        ({"text": TEXT, "units": "bytes"}, "units"),
        ({"html": "<p></p>"}, "-"),
        ({"blocks": [{"text": " "}]}, "-"),
    ],
)
def test_what_is_wrong_is_named(client: TestClient, given: Any, where: str) -> None:
    answer = client.post("/api/check", json=given)
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == where


def test_a_whole_number_may_be_written_with_a_point(client: TestClient) -> None:
    given = {"text": TEXT, "options": {"SRC106": {"words": 8.0}}}
    assert client.post("/api/check", json=given).status_code == 200
    given = {"text": TEXT, "options": {"SRC106": {"words": 8.5}}}
    assert client.post("/api/check", json=given).status_code == 422


def test_every_answer_says_that_it_is_not_english(client: TestClient) -> None:
    german = (
        "Der Hafen wird im Mai geschlossen, sagte ein Sprecher der Stadt am Montag in einer"
        " Mitteilung, die der Zeitung vorliegt und von vielen gelesen wurde."
    )
    for path, given in (
        ("/api/check", {"text": german}),
        ("/api/batch", {"articles": [{"text": german}]}),
        ("/api/analyse", {"text": german}),
        ("/api/verify", {"text": german, "against": [{"text": "Nein."}]}),
        ("/api/compare", {"first": {"text": german}, "second": {"text": TEXT}}),
    ):
        made = asked(client, path, given)
        said = made.get("problems") or made["articles"][0]["problems"]
        assert "German" in said[0]["what"], path
        assert '"language": "en"' in said[0]["remedy"], "no option of the command line"


def test_one_article_never_costs_another(client: TestClient) -> None:
    given = {
        "articles": [
            {"id": "a", "text": TEXT},
            {"id": "b", "html": "<p></p>"},
            {"id": "c", "text": TEXT},
        ]
    }
    made = asked(client, "/api/batch", given)["articles"]
    assert [a["id"] for a in made] == ["a", "b", "c"]
    marks = [[f["fingerprint"] for f in a["findings"]] for a in made]
    assert marks[0] == marks[2] != []
    assert made[1]["findings"] == []
    assert made[1]["problems"][0]["fatal"]
    wrong = {"articles": [{"text": TEXT}, {"text": TEXT, "profile": "none"}]}
    answer = client.post("/api/batch", json=wrong)
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == "articles[1].profile"


def test_two_versions(client: TestClient) -> None:
    later = TEXT.replace("in May", "in June").replace("a source", "a councillor")
    made = asked(client, "/api/compare", {"first": {"text": TEXT}, "second": {"text": later}})
    assert made["counts"]["same"] + made["counts"]["reworded"] >= 1
    assert made["pairs"]


@pytest.mark.parametrize(
    ("path", "given"),
    [
        ("/api/check", {"text": TEXT}),
        ("/api/verify", {"text": TEXT, "against": [{"text": TRANSCRIPT}]}),
        ("/api/compare", {"first": {"text": TEXT}, "second": {"text": TEXT}}),
    ],
)
def test_a_page_for_who_accepts_html(client: TestClient, path: str, given: Any) -> None:
    browser = {"accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    answer = client.post(path, json=given, headers=browser)
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["vary"].startswith("Accept")
    assert "sha256-" in answer.headers["content-security-policy"]
    assert "Priya" in answer.text
    program = client.post(path, json=given, headers={"accept": "application/json, text/html;q=0.5"})
    assert program.headers["content-type"] == "application/json"


def test_a_page_of_the_cms_may_call_and_no_other(client: TestClient) -> None:
    asks = {"origin": CMS, "access-control-request-method": "POST"}
    told = client.options("/api/check", headers=asks)
    assert told.status_code == 204
    assert told.headers["access-control-allow-origin"] == CMS
    assert "Authorization" in told.headers["access-control-allow-headers"]
    cross = {"origin": CMS, "sec-fetch-site": "cross-site"}
    answer = client.post("/api/check", json={"text": TEXT}, headers=cross)
    assert answer.status_code == 200
    assert answer.headers["access-control-allow-origin"] == CMS
    assert "Origin" in answer.headers["vary"]
    assert "access-control-allow-credentials" not in answer.headers
    refused = client.post("/api/check", json={}, headers=cross)
    assert refused.headers["access-control-allow-origin"] == CMS, "errors can be read too"
    for origin in ("https://cms.example", "https://evil.example", "null"):
        other = {"origin": origin, "sec-fetch-site": "cross-site"}
        no = client.post("/api/check", json={"text": TEXT}, headers=other)
        assert no.status_code == 403
        assert "access-control-allow-origin" not in no.headers
        assert client.options("/api/check", headers=other).status_code == 403
    pages = client.post("/articles", data={"text": TEXT}, headers=cross)
    assert pages.status_code == 403, "the API only, no page and no form"
    assert "access-control-allow-origin" not in client.get("/", headers=cross).headers


def test_preflight_comes_before_the_token(pool: Work) -> None:
    app = build(pool=pool, token="secret", origins=(CMS,))
    with TestClient(app, base_url="http://localhost") as client:
        head = {"origin": CMS, "access-control-request-method": "POST"}
        assert client.options("/api/check", headers=head).status_code == 204
        no = client.post("/api/check", json={"text": TEXT}, headers={"origin": CMS})
        assert no.status_code == 401
        bearer = {"origin": CMS, "authorization": "Bearer secret"}
        assert client.post("/api/check", json={"text": TEXT}, headers=bearer).status_code == 200


@pytest.mark.parametrize("origin", ["*", "cms.example", "ftp://cms.example", "https://a.example/b"])
def test_what_is_no_origin_is_refused(origin: str) -> None:
    made = CliRunner().invoke(command, ["--port", "0", "--allow-origin", origin])
    assert "--allow-origin" in str(made.exception)


def test_the_document_says_how_to_show_the_token(client: TestClient) -> None:
    made = client.get("/openapi.json").json()
    scheme = made["components"]["securitySchemes"]["token"]
    assert (scheme["type"], scheme["scheme"]) == ("http", "bearer")
    assert made["security"] == [{}, {"token": []}]
    assert document(token=True)["security"] == [{"token": []}]
    assert document(token=True)["paths"]["/healthz"]["get"]["security"] == []
    check = made["components"]["schemas"]["CheckRequest"]["properties"]
    assert "JavaScript" in check["units"]["description"]
    assert set(check["profile"]["anyOf"][0]["enum"]) == {"blp", "popular", "wire"}


def test_profiles_and_standards(client: TestClient) -> None:
    made = client.get("/api/profiles").json()
    conforms("/api/profiles", made)
    assert {p["name"] for p in made["profiles"]} == {"wire", "popular", "blp"}
    assert "ap" in {s["key"] for s in made["standards"]}


def test_the_page_of_the_api_needs_nobody(client: TestClient) -> None:
    page = client.get("/api")
    assert page.headers["content-type"].startswith("text/html")
    for path in document()["paths"]:
        assert path in page.text
    assert "in_block" in page.text
    assert "http://" not in page.text.replace("http://localhost", "")
    assert "https://" not in page.text.replace("https://cms.example", "")
    assert "<script" not in page.text
