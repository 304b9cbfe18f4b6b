"""The server under load and under fire: fifty at once, a thousand hostile bodies, slow ones."""

import asyncio
import errno
import http.client
import io
import json
import random
import socket
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from onrecord import analyse, lint
from onrecord.dismissals.file import Dismissal, add, read_baseline
from onrecord.ingest import read_text
from onrecord.records import Settings
from onrecord.report import check_json
from onrecord.server import guard
from onrecord.server.shelf import Shelf
from onrecord.server.work import Work

from . import joblist
from .conftest import Served

pytestmark = pytest.mark.system
EXAMPLES = Path(__file__).parents[2] / "examples"
STORIES = [
    (EXAMPLES / f"{name}.txt").read_text() for name in ("lighthouse-exclusive", "quay-repairs")
]
SMALL = "Quay to shut\n\nA source said the quay “shuts in May”, Ann Lee told the board."


def expected(text: str) -> Any:
    """What the command line's check says of a text."""
    made = lint(analyse(read_text(text)), settings=Settings())
    return json.loads(check_json.document([check_json.article("-", made)]))


def holds(answer: Any, ours: Any) -> bool:
    """Whether an answer says all that is ours; what the server adds for programs is its own."""
    if isinstance(ours, dict):
        return all(key in answer and holds(answer[key], value) for key, value in ours.items())
    if isinstance(ours, list):
        return len(answer) == len(ours) and all(map(holds, answer, ours))
    return bool(answer == ours)


def test_fifty_checks_at_once_all_answer_rightly(served: Served) -> None:
    texts = [f"{STORIES[n % 2]}\n\nWitness {n} said: “It is number {n}.”\n" for n in range(50)]
    with ThreadPoolExecutor(50) as crowd:
        answers = list(crowd.map(lambda t: served.api("/api/check", {"text": t}), texts))
    assert [status for status, _ in answers] == [200] * 50
    for text, (_, answer) in list(zip(texts, answers, strict=True))[::7]:
        assert holds(answer, expected(text))
    assert len({json.dumps(answer) for _, answer in answers}) > 1


def test_a_full_queue_says_when_to_come_back(start: Callable[..., Any]) -> None:
    with start(pool=Work(queue=0)) as up:
        status, headers, body = up.ask(
            "POST", "/api/check", json.dumps({"text": SMALL}), Content_Type="application/json"
        )
        assert status == 503
        assert int(headers["retry-after"]) > 0
        assert set(json.loads(body)["error"]) == {"where", "what", "remedy"}
        assert up.ask("GET", "/healthz")[0] == 200


def test_work_that_takes_too_long_is_given_up(start: Callable[..., Any]) -> None:
    short = Work(workers=1, seconds=0.0)
    try:
        with start(pool=short) as up:
            status, headers, _ = up.ask(
                "POST", "/api/check", json.dumps({"text": SMALL}), Content_Type="application/json"
            )
            assert status == 503
            assert "retry-after" in headers
            assert up.ask("GET", "/healthz")[0] == 200
    finally:
        short.close()


def test_health_is_told_while_every_worker_hangs(start: Callable[..., Any]) -> None:
    work = Work(workers=1, queue=2, seconds=120.0)
    try:
        hung = ThreadPoolExecutor(1).submit(
            lambda: asyncio.run(work.run(joblist.hang, joblist.Asked()))
        )
        with start(pool=work) as up:
            for _ in range(20):
                assert up.ask("GET", "/healthz")[0] == 200
                assert up.ask("GET", "/")[0] == 200
            assert not hung.done()
    finally:
        work.close()


def bomb(entry: str = "word/document.xml", size: int = 60_000_000) -> bytes:
    """A DOCX that is small and unpacks to much."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("[Content_Types].xml", "<Types/>")
        file.writestr(entry, b"\0" * size)
    return packed.getvalue()


LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + "]><html><body><p>&i;</p></body></html>"
)


def bodies(seed: int) -> Iterator[tuple[str, bytes, str]]:
    """Path, body and kind of hostile requests without end."""
    chance = random.Random(seed)
    wrong: list[Any] = [None, 1, -1e308, [], {}, True, "", "\0", "\ud800", [[]] * 50, {"a": {}}]
    keys = ["text", "kind", "id", "title", "outlet", "published", "select", "against", "preview"]
    markup = ["<script>alert(1)</script>", "</textarea><img src=x onerror=alert(1)>", "]]>", "<!--",
              "{{7*7}}{% for x in y %}", "\u202e\u2066", "<p>" * 400, "“" * 300, "a\u0301" * 500,
              "said " * 400, "\r\n\r\n" * 300, "&amp;#0;&#x110000;", "\ufeff\uffff"]  # fmt: skip
    paths = ["/api/check", "/api/analyse", "/api/verify"]
    while True:
        path = chance.choice(paths)
        value: Any = {"text": SMALL}
        match chance.randrange(9):
            case 0:
                value = {chance.choice(keys): chance.choice(wrong) for _ in range(4)}
            case 1:
                value = chance.choice(wrong)
            case 2:
                text = "".join(chance.choices(markup, k=3))
                value = {"text": text, "kind": chance.choice(["text", "markdown", "html"])}
            case 3:
                value = {
                    "text": SMALL,
                    "title": chance.choice(markup),
                    "outlet": chance.choice(markup),
                }
            case 4:
                value = {
                    "text": SMALL,
                    "against": [chance.choice([*wrong, {"text": chance.choice(markup)}])],
                }
            case 5:
                deep = chance.choice([b"[", b'{"text":']) * chance.randrange(10, 20_000)
                yield path, deep, "application/json"
                continue
            case 6:
                yield path, chance.randbytes(chance.randrange(2000)), "application/json"
                continue
            case 7:
                raw = json.dumps(value).encode()
                yield path, raw[: chance.randrange(len(raw))], "application/json"
                continue
            case _:
                kind = chance.choice(["text/plain", "", "application/x-www-form-urlencoded", "a" * 900,
                                      "multipart/form-data", "multipart/form-data; boundary=x"])  # fmt: skip
                yield (
                    chance.choice([*paths, "/articles", "/compare", "/api/rules/" + "A" * 500]),
                    (chance.randbytes(300)),
                    kind,
                )
                continue
        yield path, json.dumps(value).encode(), "application/json"


def test_a_thousand_hostile_bodies_leave_it_serving(served: Served) -> None:
    before = served.api("/api/check", {"text": SMALL})
    given = bodies(7)
    shots = [next(given) for _ in range(1000)]

    def fire(shot: tuple[str, bytes, str]) -> int:
        path, body, kind = shot
        status, headers, answer = served.ask("POST", path, body, Content_Type=kind)
        if path.startswith("/api/") and status != 200:
            assert set(json.loads(answer)["error"]) == {"where", "what", "remedy"}
        assert headers["x-content-type-options"] == "nosniff"
        return status

    with ThreadPoolExecutor(16) as crowd:
        got = Counter(crowd.map(fire, shots))
    assert set(got) <= {200, 400, 403, 404, 405, 415, 422, 503}, got
    assert got[200] > 100
    assert got[422] > 100
    assert served.api("/api/check", {"text": SMALL}) == before


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("bomb.docx", bomb()),
        ("other.docx", bomb("word/styles.xml")),
        ("broken.docx", b"PK\x03\x04" + b"x" * 500),
        ("laughs.html", LAUGHS.encode()),
        ("deep.html", b"<html><body>" + b"<div>" * 20_000 + b"<p>Ann Lee said no.</p>"),
        ("wide.html", b"<html><body>" + b"<p>&nbsp;</p>" * 30_000),
        ("bad.jsonl", b'{"text": 1}\nnull\n[]\n' * 100),
        ("nul.txt", b"\0" * 5000),
        ("../../etc/name.txt", SMALL.encode()),
        ("line.txt", b"a" * 300_000),
    ],
)
def test_a_hostile_file_is_answered(served: Served, name: str, raw: bytes) -> None:
    status, headers, body = served.form("/articles", {"token": served.token(), "file": (name, raw)})
    assert status in (303, 413, 422), body[:300]
    assert served.ask("GET", "/healthz")[0] == 200
    assert served.ask("GET", "/")[0] == 200
    if status == 303:
        assert served.ask("GET", headers["location"])[0] == 200


def test_too_large_is_refused_before_it_is_read(served: Served) -> None:
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as link:
        head = (
            f"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length:"
            f" {guard.LARGEST + 1}\r\n"
        )
        link.sendall(head.encode() + b"Content-Type: application/json\r\n\r\n{")
        assert link.recv(20).startswith(b"HTTP/1.1 413")
    with socket.create_connection(("127.0.0.1", served.port), timeout=20) as link:
        link.sendall(
            b"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        chunk = b"10000\r\n" + b" " * 0x10000 + b"\r\n"
        try:
            for _ in range(guard.LARGEST // 0x10000 + 2):
                link.sendall(chunk)
        except OSError:
            pass  # it hung up on us, as it may
        assert link.recv(20).startswith(b"HTTP/1.1 413")
    assert served.ask("GET", "/healthz")[0] == 200


def test_bodies_that_never_end_keep_nobody_waiting(served: Served) -> None:
    links = []
    for _ in range(40):
        link = socket.create_connection(("127.0.0.1", served.port), timeout=20)
        link.sendall(b"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900\r\n\r\n{")
        links.append(link)
    assert served.api("/api/check", {"text": SMALL})[0] == 200
    assert [link.recv(20)[9:12] for link in links] == [b"408"] * 40
    for link in links:
        link.close()
    assert served.ask("GET", "/healthz")[0] == 200


def test_kept_drafts_are_their_owners_and_forgotten_ones_are_gone(
    start: Callable[..., Any], tmp_path: Path
) -> None:
    with start(shelf=Shelf(tmp_path)) as up:
        _, headers, _ = up.form("/articles", {"token": up.token(), "text": SMALL})
    kept = list(tmp_path.glob("*.analysis.json"))
    assert [file.stat().st_mode & 0o077 for file in kept] == [0]
    with start(shelf=Shelf(tmp_path)) as up:
        assert up.ask("GET", headers["location"])[0] == 200, "another run of the server has it"
        up.form(headers["location"] + "/forget", {"token": up.token()})
        assert up.ask("GET", headers["location"])[0] == 404
    assert list(tmp_path.glob("*.analysis.json")) == []


@pytest.mark.parametrize(
    ("name", "raw", "verdict"),
    [
        ("talk.txt", b"LEE: It shuts in May, I think.", b"altered"),
        (
            "talk.vtt",
            b"WEBVTT\n\n00:01.000 --> 00:04.000\nshuts in May\n",
            b"words exact, speaker not compared",
        ),
        ("talk.pdf", b"%PDF-1.4 nothing", b""),
    ],
)
def test_transcripts_of_every_kind(served: Served, name: str, raw: bytes, verdict: bytes) -> None:
    token = served.token()
    text = f"Quay to shut ({name})\n\n“It will shuts in May, I think,” Ann Lee told the board.\n"
    if verdict.startswith(b"words exact"):
        text = f"Quay to shut ({name})\n\nThe quay “shuts in May”, Ann Lee told the board.\n"
    _, headers, _ = served.form("/articles", {"token": token, "text": text})
    answer = served.form(f"{headers['location']}/verify", {"token": token, "file": (name, raw)})
    if not verdict:
        assert answer[0] == 422
        return
    assert answer[0] == 303, answer[2][-800:]
    page = served.ask("GET", headers["location"])[2]
    assert verdict in page
    assert name.encode() in page


@pytest.mark.parametrize(
    ("head", "status"),
    [
        ("Host: [::1", 400),
        ("Host: 127.0.0.1:http", 400),
        ("Host: a@127.0.0.1", 400),
        ("Host: 127.0.0.1/x", 400),
        ("Host:", 400),
        ("Host: \xb2", 400),
        ("Host: elsewhere.example", 421),
        ("Host: 127.0.0.1\r\nOrigin: http://[", 400),
        ("Host: 127.0.0.1\r\nOrigin: null", 403),
        ("Host: 127.0.0.1\r\nCookie: a\x01b=c; =; onrecord", 415),
        ("Host: 127.0.0.1\r\nContent-Type: multipart/form-data", 400),
        ("Host: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=" + "x" * 400, 400),
        ("Host: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=x; charset=idna", 403),
        ("Host: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded", 403),
    ],
)
def test_an_odd_request_is_answered_with_our_headers(
    served: Served, head: str, status: int
) -> None:
    body = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n\xff.\xff\r\n--x--\r\n"
    lines = f"POST /articles HTTP/1.1\r\n{head}\r\nContent-Length: {len(body)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", served.port), timeout=60) as link:
        link.sendall(lines.encode("latin-1") + body)
        answer = http.client.HTTPResponse(link)
        answer.begin()
        assert answer.status == status, answer.read()
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_half_open_connections_keep_nobody_out(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.server.serving.HEADER", 1.0)
    links = [socket.create_connection(("127.0.0.1", served.port), timeout=60) for _ in range(250)]
    for link in links[::2]:
        link.sendall(b"GET /healthz HTTP/1.1\r\nHost:")
    assert served.ask("GET", "/healthz")[0] == 200
    for link in links:
        with suppress(ConnectionResetError):
            assert link.recv(20) == b""
        link.close()


def test_many_half_open_ones_push_out_the_oldest(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("onrecord.server.serving.HALF_OPEN", 10)
    links = [socket.create_connection(("127.0.0.1", served.port), timeout=60) for _ in range(40)]
    assert served.ask("GET", "/healthz")[0] == 200
    with suppress(ConnectionResetError):
        assert links[0].recv(20) == b""
    for link in links:
        link.close()


def test_unfinished_bodies_are_limited_together(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard, "TOGETHER", 1_000_000)
    head = b"POST /api/check HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 900000\r\n\r\n"
    links = []
    for _ in range(4):
        link = socket.create_connection(("127.0.0.1", served.port), timeout=60)
        link.sendall(head + b" " * 600_000)
        links.append(link)
    assert served.api("/api/check", {"text": SMALL})[0] == 200, "small ones always get in"
    got = sorted(link.recv(12)[9:] for link in links)
    assert got.count(b"503") >= 2
    assert set(got) <= {b"408", b"503"}
    for link in links:
        link.close()


def test_a_hundred_and_fifty_at_once_are_answered_or_told_to_come_again(served: Served) -> None:
    def one(n: int) -> int:
        text = json.dumps({"text": f"{SMALL} It is number {n}."})
        status, headers, _ = served.ask("POST", "/api/check", text, Content_Type="application/json")
        assert status == 200 or (status == 503 and int(headers["retry-after"]) > 0)
        return status

    with ThreadPoolExecutor(150) as crowd:
        got = Counter(crowd.map(one, range(150)))
    assert got.total() == 150
    assert got[200] >= 64


def test_dismissals_of_others_are_kept(start: Callable[..., Any], tmp_path: Path) -> None:
    file = tmp_path / "b.json"
    text = "Quay to shut\n\n“It shuts in May,” a source told the Harbour Star.\n"
    with start(shelf=Shelf(baseline=file)) as up:
        _, headers, _ = up.form("/articles", {"token": up.token(), "text": text})
        place = headers["location"]
        found = up.api("/api/check", {"text": text})[1]["articles"][0]["findings"]
        add(file, [Dismissal(fingerprint="theirs", code="ANO001", reason="from the desk")])
        fields = {"token": up.token(), "fingerprint": found[0]["fingerprint"], "reason": "known"}
        assert up.form(f"{place}/dismiss", fields)[0] == 303
        assert set(read_baseline(file)) == {"theirs", found[0]["fingerprint"]}
        # What another program adds counts at once.
        rest = [f for f in found if f["fingerprint"] != found[0]["fingerprint"]]
        add(file, [Dismissal(fingerprint=f["fingerprint"], code=f["code"]) for f in rest])
        assert f'<td class="num">{len(found)}</td>'.encode() not in up.ask("GET", "/")[2]
        assert b'<td class="num">0</td>' in up.ask("GET", "/")[2]


def test_a_full_disk_is_said(
    start: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with start(shelf=Shelf(tmp_path)) as up:
        token = up.token()

        def full(*_: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

        monkeypatch.setattr("onrecord.files.os.write", full)
        status, _, body = up.form("/articles", {"token": token, "text": SMALL})
        monkeypatch.undo()
        assert status == 500
        assert b"the disk is full" in body
        assert list(tmp_path.iterdir()) == []
        assert up.form("/articles", {"token": token, "text": SMALL})[0] == 303
