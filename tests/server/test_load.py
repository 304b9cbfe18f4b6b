"""Many at once, and hundreds of hostile bodies: the server answers, and goes on answering."""

import io
import random
import zipfile
from concurrent.futures import ThreadPoolExecutor

from starlette.testclient import TestClient

from onrecord.server.app import build
from onrecord.server.work import Work

TEXTS = [
    f"Bridge {n} to close\n\nIt will close in May, a source said. It is {n} years old.\n"
    for n in range(50)
]


def test_fifty_at_once_are_all_answered_rightly(pool: Work) -> None:
    with TestClient(build(pool=pool), base_url="http://localhost") as client:
        alone = [client.post("/api/check", json={"text": text}).json() for text in TEXTS]
        with ThreadPoolExecutor(50) as crowd:
            together = list(
                crowd.map(lambda t: client.post("/api/check", json={"text": t}).json(), TEXTS)
            )
    assert together == alone


def _hostile(draw: random.Random) -> tuple[bytes, str]:
    kinds = (
        "application/json",
        "text/html",
        "multipart/form-data; boundary=x",
        "application/json; charset=utf-7",
    )
    bodies = (
        draw.randbytes(draw.randint(0, 400)),
        b"{" * draw.randint(1, 3000),
        b'{"text": ' + b"[" * draw.randint(1, 3000),
        b'{"text": "' + "😀\\ud800\\u0000".encode() * draw.randint(1, 40) + b'"}',
        b'{"text": "<a><b>", "kind": "html", "title": "' + b"x" * draw.randint(1, 900) + b'"}',
        b'{"text": "' + b"<div>" * draw.randint(1, 300) + b'words", "kind": "html"}',
        b'{"text": "x", "published": "yesterday"}',
        b'{"text": "x", "select": [null]}',
        b'{"text": "said said said", "against": [{"text": "\\"\\"\\""}]}',
        b"--x\r\nContent-Disposition: form-data; name=text\r\n\r\n"
        + draw.randbytes(30)
        + b"\r\n--x--",
    )
    return draw.choice(bodies), draw.choice(kinds)


def test_hostile_bodies_are_all_answered(pool: Work) -> None:
    draw = random.Random(1)
    paths = (
        "/api/check",
        "/api/analyse",
        "/api/verify",
        "/articles",
        "/api/rules",
        "/compare",
        "/%00",
    )
    with TestClient(
        build(pool=pool), base_url="http://localhost", raise_server_exceptions=False
    ) as client:
        for _ in range(300):
            body, kind = _hostile(draw)
            answer = client.post(draw.choice(paths), content=body, headers={"content-type": kind})
            assert answer.status_code < 500, (answer.status_code, body[:80], kind)
        assert client.post("/api/check", json={"text": TEXTS[0]}).status_code == 200


def test_a_bomb_in_a_docx_is_refused(pool: Work) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("word/document.xml", b"<w>" + b" " * 300_000_000)
    with TestClient(build(pool=pool), base_url="http://localhost") as client:
        token = client.get("/").text.split('name="token" value="')[1].split('"')[0]
        answer = client.post(
            "/articles", data={"token": token}, files={"file": ("b.docx", file.getvalue())}
        )
    assert answer.status_code == 422
