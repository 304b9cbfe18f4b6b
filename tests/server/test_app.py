"""The web app as a browser and a program see it, without a socket."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from onrecord.dismissals.file import read_baseline
from onrecord.server.app import build
from onrecord.server.shelf import Shelf
from onrecord.server.work import Work

EXAMPLES = Path(__file__).parents[2] / "examples"
TEXT = (
    "Bridge to close\n\n“It shakes every night,” a source told the Harbour Star. “It will close,”"
    " an"
    " insider said.\n\n“We knew it,” the source added.\n"
)


@pytest.fixture
def client(pool: Work) -> Iterator[TestClient]:
    with TestClient(
        build(pool=pool), base_url="http://localhost", raise_server_exceptions=False
    ) as made:
        yield made


def token(client: TestClient) -> str:
    found = re.search(r'name="token" value="([^"]+)"', client.get("/").text)
    assert found
    return found.group(1)


def give(client: TestClient, text: str = TEXT, **more: str) -> str:
    answer = client.post(
        "/articles", data={"token": token(client), "text": text, **more}, follow_redirects=False
    )
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_paste_and_look(client: TestClient) -> None:
    place = give(client)
    page = client.get(place)
    assert page.status_code == 200
    assert "ANO001" in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "unsafe-inline" not in page.headers["content-security-policy"]
    assert "Bridge to close" in client.get("/").text


def test_a_file_of_several_articles(client: TestClient) -> None:
    lines = b'{"id": "a", "text": "It rained, Ann Lee said."}\n{"id": "b", "text": "It snowed."}\n'
    answer = client.post(
        "/articles",
        data={"token": token(client)},
        files={"file": ("two.jsonl", lines)},
        follow_redirects=False,
    )
    assert answer.headers["location"] == "/"
    assert "It snowed." in client.get("/").text


def test_dismiss_with_a_reason_and_find_it_in_the_baseline(tmp_path: Path, pool: Work) -> None:
    file = tmp_path / "baseline.json"
    with TestClient(
        build(shelf=Shelf(baseline=file), pool=pool), base_url="http://localhost"
    ) as client:
        place = give(client)
        before = client.post("/api/check", json={"text": TEXT}).json()["articles"][0]["findings"]
        data = {"token": token(client), "fingerprint": before[0]["fingerprint"], "code": "ANO001"}
        assert client.post(f"{place}/dismiss", data=data).status_code == 422, "no reason"
        done = client.post(f"{place}/dismiss", data={**data, "reason": "The editor knows."})
        assert done.status_code == 200
        assert before[0]["fingerprint"] in read_baseline(file)


def test_verify_against_a_transcript(client: TestClient) -> None:
    place = give(client, (EXAMPLES / "quay-repairs.txt").read_text("utf-8"))
    assert client.get(f"{place}/verify").status_code == 200
    transcript = (EXAMPLES / "quay-council-transcript.txt").read_bytes()
    answer = client.post(
        f"{place}/verify", data={"token": token(client)}, files={"file": ("t.txt", transcript)}
    )
    assert answer.status_code == 200
    assert "altered" in answer.text


def test_compare_two_versions(client: TestClient) -> None:
    one, two = give(client), give(client, TEXT.replace("It shakes", "It sways"))
    assert "side by side" in client.get("/compare").text
    page = client.get(f"/compare?a={one.split('/')[-1]}&b={two.split('/')[-1]}")
    assert page.status_code == 200
    assert "sways" in page.text


def test_export_and_forget(client: TestClient) -> None:
    place = give(client)
    assert "attachment" in client.get(f"{place}/export").headers["content-disposition"]
    client.post(f"{place}/forget", data={"token": token(client)})
    assert client.get(place).status_code == 404


def test_a_folder_keeps_articles(tmp_path: Path, pool: Work) -> None:
    with TestClient(build(shelf=Shelf(tmp_path), pool=pool), base_url="http://localhost") as client:
        place = give(client)
    with TestClient(build(shelf=Shelf(tmp_path), pool=pool), base_url="http://localhost") as client:
        assert client.get(place).status_code == 200
        client.post(f"{place}/forget", data={"token": token(client)})
    assert not list(tmp_path.glob("*.analysis.json"))


def test_rule_pages(client: TestClient) -> None:
    assert "ANO001" in client.get("/rules").text
    assert "What it finds" in client.get("/rules/ano001").text
    assert client.get("/rules/XXX999").status_code == 404


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("/api/check", {}, 422),
        ("/api/check", {"text": 7}, 422),
        ("/api/check", {"text": "  "}, 422),
        ("/api/check", {"text": TEXT, "select": ["XXX"]}, 422),
        ("/api/check", {"text": TEXT, "unknown": 1}, 422),
        ("/api/verify", {"text": TEXT, "against": []}, 422),
        ("/api/analyse", {"text": "word " * 100_000}, 413),
        ("/api/analyse", {"text": "x" * 5_100_000}, 413),
        ("/api/nothing", {}, 404),
    ],
)
def test_every_error_has_one_shape(
    client: TestClient, path: str, body: object, status: int
) -> None:
    answer = client.post(path, json=body)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"where", "what", "remedy"}


def test_the_api_is_the_command_line(client: TestClient) -> None:
    answer = client.post("/api/analyse", json={"text": TEXT, "id": "one"}).json()
    assert answer["id"] == "one"
    assert answer["article"]["text"] == TEXT
    checked = client.post("/api/check", json={"text": TEXT, "outlet": "Star"}).json()
    assert checked["schema"] == 1
    assert "ANO001" in {f["code"] for f in checked["articles"][0]["findings"]}
    verified = client.post(
        "/api/verify", json={"text": TEXT, "against": [{"text": "LEE: It shakes."}]}
    ).json()
    assert verified["articles"][0]["verdicts"]


def test_not_json_is_said(client: TestClient) -> None:
    assert client.post("/api/check", content=b"{").status_code == 415
    head = {"content-type": "application/json"}
    assert client.post("/api/check", content=b"{", headers=head).status_code == 422
    assert client.post("/api/check", content=b"\xff\xfe", headers=head).status_code == 422
    assert client.post("/api/check", content=b"[" * 100_000, headers=head).status_code == 422


def test_openapi_names_every_path(client: TestClient) -> None:
    document = client.get("/openapi.json").json()
    assert set(document["paths"]) >= {"/api/check", "/api/analyse", "/api/verify", "/api/rules"}
    assert "422" in document["paths"]["/api/check"]["post"]["responses"]
    assert client.get("/healthz").json()["status"] == "ok"
    assert client.get("/api/rules/ano001").json()["page"].startswith("# ANO001")


def test_other_sites_and_hosts_are_refused(pool: Work) -> None:
    app = build(hosts=("localhost",), pool=pool)
    with TestClient(app, base_url="http://localhost") as client:
        other = {"origin": "http://elsewhere.example"}
        assert client.post("/api/check", json={"text": TEXT}, headers=other).status_code == 403
        cross = {"sec-fetch-site": "cross-site"}
        assert client.post("/articles", data={"text": TEXT}, headers=cross).status_code == 403
        assert client.post("/articles", data={"text": TEXT}).status_code == 403, "no token"
        assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 421


def test_a_token_is_wanted_where_there_is_one(pool: Work) -> None:
    with TestClient(build(token="secret", pool=pool), base_url="http://localhost") as client:
        assert client.get("/healthz").status_code == 200
        assert client.get("/").status_code == 401
        assert client.get("/", headers={"authorization": "Bearer secret"}).status_code == 200
        assert client.get("/?token=wrong").status_code == 401
        assert client.get("/?token=secret").status_code == 200, "the cookie is kept"
        assert client.get("/rules").status_code == 200


def test_markup_is_only_ever_text(client: TestClient) -> None:
    text = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)> “It shakes,” Ann Lee said."
    page = client.get(give(client, text)).text
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert "<script>alert" not in client.get("/").text
