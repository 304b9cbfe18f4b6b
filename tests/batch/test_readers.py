"""Inputs of every kind: each row, line and record is an article or says what is wrong with it."""

import bz2
import copy
import gzip
import io
import json
import lzma
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from onrecord.batch.readers import Fields, Input, Reader, Seen, from_rows

from . import corpus


def read(*paths: Any, kind: str | None = None, **names: str) -> list[Input]:
    return taken(Reader([str(p) for p in paths], Fields(**names), kind))


def taken(reader: Reader) -> list[Input]:
    """The inputs as they are when they are handed over: nothing may be filled in later."""
    return [copy.deepcopy(made) for made in reader]


def good(found: list[Input]) -> list[str]:
    return [made.id for made in found if made.content is not None]


def said(found: list[Input]) -> dict[str, str]:
    """What is wrong, by place."""
    return {p.where: p.what for made in found for p in made.problems if p.fatal}


def notes(found: list[Input]) -> list[str]:
    return [p.what for made in found for p in made.problems if not p.fatal]


LINES = b"".join(json.dumps(row).encode() + b"\n" for row in corpus.rows(60))


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        ("", bytes),
        (".gz", gzip.compress),
        (".zst", zstandard.ZstdCompressor().compress),
        (".bz2", bz2.compress),
        (".xz", lzma.compress),
    ],
)
def test_packed_lines(tmp_path: Path, suffix: str, pack: Any) -> None:
    path = tmp_path / f"in.jsonl{suffix}"
    path.write_bytes(pack(LINES))
    found = read(path)
    assert good(found) == [f"a{n}" for n in range(60)]
    assert found[3].place == f"{path}:4"
    assert found[0].section == "sport"
    path.write_bytes(pack(LINES[:9000]) + pack(LINES[9000:]))  # joined files are one
    assert len(good(read(path))) == 60


@pytest.mark.parametrize(
    "pack", [gzip.compress, zstandard.ZstdCompressor().compress, lzma.compress]
)
def test_packed_lines_that_end_early_or_are_damaged(tmp_path: Path, pack: Any) -> None:
    path = tmp_path / "in.jsonl.x"
    packed = pack(LINES)
    path.write_bytes(packed[: len(packed) // 2])
    found = read(path, kind="jsonl")
    fault = found[-1].problems[0]
    assert "cut off" in fault.what
    assert f"nothing after line {len(found) - 1} could be read" in fault.what
    assert fault.where == f"{path}:{len(found)}"
    damaged = bytearray(packed)
    damaged[len(packed) // 2 : len(packed) // 2 + 9] = b"\0" * 9
    path.write_bytes(bytes(damaged))
    found = read(path, kind="jsonl")
    assert "the compressed file is damaged" in found[-1].problems[-1].what or len(found) == 61


def test_csv_with_columns_of_other_names(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text(
        'Key,Head,Body,When,Paper,extra\n1,"Quay, shut","Line one.\nLine'
        ' ""two"".",2026-01-02,Star,x\n'
        "2,Other,Words.,,Post,y\n3,too,few\n4,Fine,More words.,2026-03-04,Post,z\n",
        "utf-8",
    )
    found = read(path, text="Body", title="Head", id="Key", date="When", outlet="Paper")
    assert good(found) == ["1", "2", "4"]
    content = json.loads(found[0].content or b"")
    assert content["text"] == 'Line one.\nLine "two".'
    assert (content["title"], content["published"]) == ("Quay, shut", "2026-01-02")
    assert json.loads(found[1].content or b"")["published"] is None
    assert said(found) == {f"{path}:3": "the row has 3 cells, the first row 6."}
    assert notes(found) == ['field that is not used: "extra".']


def test_csv_without_the_text_says_which_columns_there_are(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text("key,body\n1,x\n", "utf-8")
    assert said(read(path)) == {str(path): 'has no "text"; it has "key", "body".'}
    found = read(path, text="body", outlet="paper")
    assert said(found) == {str(path): 'has no "paper"; it has "key", "body".'}


def test_csv_of_spreadsheets(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_bytes("\ufeffid;text\r\n1;Zwölf Räte\r\n".encode())
    assert json.loads(read(path)[0].content or b"")["text"] == "Zwölf Räte"
    path.write_bytes("id\ttext\r\n1\tZwölf Räte\r\n".encode("utf-16"))
    assert json.loads(read(path)[0].content or b"")["text"] == "Zwölf Räte"
    path.write_bytes("id,text\r\n1,Zwölf Räte\r\n".encode("cp1252"))
    found = read(path)
    assert json.loads(found[0].content or b"")["text"] == "Zwölf Räte"
    assert notes(found) == ["not UTF-8; read as cp1252."]
    path = tmp_path / "in.tsv"
    path.write_text("id\ttext\n1\tA, b\n", "utf-8")
    assert good(read(path)) == ["1"]


def test_csv_with_a_quotation_mark_that_never_closes(tmp_path: Path) -> None:
    path = tmp_path / "in.csv"
    path.write_text('id,text\n1,Good.\n2,"Never closed.\n3,Swallowed.\n', "utf-8")
    found = read(path)
    assert good(found) == ["1"]
    assert said(found) == {f"{path}:2": "the row can't be read (unexpected end of data)."}


def test_parquet(tmp_path: Path) -> None:
    path = tmp_path / "in.parquet"
    table = pa.table(
        {
            "id": [1, 2, 3],
            "text": pa.array(["One.", None, "Three."], pa.large_string()),
            "date": pa.array([date(2026, 1, 2)] * 3),
            "authors": [["Ann Lee"], [], None],
            "vector": [[0.1], [0.2], [0.3]],
        }
    )
    pq.write_table(table, path, row_group_size=1)
    found = read(path)
    assert good(found) == ["1", "3"]
    content = json.loads(found[0].content or b"")
    assert (content["published"], content["authors"]) == ("2026-01-02", ["Ann Lee"])
    assert said(found) == {f"{path}:2": "has no text."}
    assert notes(found) == ['field that is not used: "vector".']
    pq.write_table(pa.table({"id": [1], "text": [2.5]}), path)
    assert said(read(path)) == {f"{path}:1": "the text is no text (float)."}
    pq.write_table(pa.table({"id": [1], "body": ["x"]}), path)
    assert said(read(path)) == {str(path): 'has no "text"; it has "id", "body".'}
    path.write_bytes(path.read_bytes()[:-9])
    assert "this Parquet can't be read" in said(read(path))[f"{path}:1"]


def test_folders_and_patterns(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "out").mkdir()
    corpus.jsonl(tmp_path / "deep" / "b.jsonl", 1)
    (tmp_path / "a.txt").write_text("Words.")
    (tmp_path / "c.html").write_text("<p>Words.</p>")
    (tmp_path / "photo.png").write_bytes(b"\x89PNG")
    (tmp_path / ".hidden.txt").write_text("No.")
    (tmp_path / "out" / "x.jsonl").write_text("{}")
    reader = Reader([str(tmp_path)], beside=str(tmp_path / "out"))
    found = list(reader)
    assert [made.form for made in found[1:]] == ["text", "html", "json"]
    assert notes(found) == ["1 file of an unknown kind passed over: " + f"{tmp_path}/photo.png."]
    assert len(read(tmp_path / "*.txt")) == 1
    assert said(read(tmp_path / "*.pdfx")) == {f"{tmp_path}/*.pdfx": "no file matches this."}
    assert said(read(tmp_path / "none.txt")) == {f"{tmp_path}/none.txt": "there is no such file."}
    assert reader.taken == reader.total > 0


def test_json_files_and_arrays(tmp_path: Path) -> None:
    path = tmp_path / "in.json"
    path.write_text(json.dumps([{"id": "x", "text": "Words."}, 3]))
    assert said(read(path)) == {f"{path}:2": "not a JSON object."}
    path.write_text(json.dumps({"id": "x", "text": "Words."}))
    assert good(read(path)) == ["x"]
    path.write_text("{")
    assert said(read(path))[str(path)].startswith("this is not JSON")


def test_rows_of_a_program_and_ids_that_come_twice() -> None:
    given = [
        {"id": 7, "text": "A."},
        {"id": "7", "text": "B."},
        {"text": "C."},
        {"id": True, "text": "D"},
    ]
    found = list(from_rows(given, Fields()))
    assert good(found) == ["7", "row:3"]
    assert said(found)["row:2"] == "the id '7' occurs a second time."
    assert found[1].id == "7"
    seen = Seen()
    assert all(seen.add(f"id {n}") for n in range(10_000))
    assert not any(seen.add(f"id {n}") for n in range(10_000))


# --- WARC ---------------------------------------------------------------------------------------


def record(
    uri: str, block: bytes, kind: str = "response", length: int | str | None = None, media: str = ""
) -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nWARC-Date:"
        f" 2026-03-04T10:00:00Z"
        f"\r\nWARC-Record-ID: <urn:uuid:{uri[-12:]}>\r\nContent-Type:"
        f" {media or 'application/http; msgtype=response'}\r\nContent-Length:"
        f" {len(block) if length is None else length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def answer(body: bytes, status: str = "200 OK", *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(headers or ("Content-Type: text/html; charset=utf-8",))]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


PAGE = (
    '<html><head><meta property="article:section" content="Local news"></head><body><p>'
    + corpus.text(1)
    + "</p></body></html>"
).encode()


def page(name: str) -> bytes:
    return record(f"https://news.example/{name}", answer(PAGE))


def warc(tmp_path: Path, *records: bytes, packed: bool) -> Path:
    path = tmp_path / ("in.warc.gz" if packed else "in.warc")
    path.write_bytes(b"".join(gzip.compress(r) if packed else r for r in records))
    return path


@pytest.mark.parametrize("packed", [True, False])
def test_every_record_is_an_article_or_a_problem(tmp_path: Path, packed: bool) -> None:
    path = warc(
        tmp_path,
        record("https://news.example/", b"software: x\r\n", "warcinfo", media="application/warc-fields"),
        page("story-0001"),
        record("https://news.example/story-0001", b"GET / HTTP/1.1\r\n\r\n", "request"),
        record("https://news.example/robots.txt", answer(b"User-agent: *")),
        record("https://news.example/feed-000001", answer(b"<?xml version='1.0'?><rss></rss>", "200 OK", "Content-Type: text/xml")),
        record("https://news.example/gone-000001", answer(b"", "404 Not Found")),
        record("https://news.example/image-00001", answer(b"\x89PNG", "200 OK", "Content-Type: image/png")),
        record("https://news.example/nohttp-0001", b"<html>not http</html>"),
        record("https://news.example/plain-00001", corpus.text(2).encode(), "conversion", media="text/plain"),
        record("https://news.example/again-00001", answer(b""), "revisit"),
        page("story-0002"),
        packed=packed,
    )  # fmt: skip
    reader = Reader([str(path)])
    found = taken(reader)
    assert [m.url for m in found if m.content is not None] == [
        "https://news.example/story-0001",
        "https://news.example/plain-00001",
        "https://news.example/story-0002",
    ]
    assert [m.form for m in found if m.content is not None] == ["html", "text", "html"]
    assert found[0].section == "Local news"
    assert len(found) == 9  # all but the request and the file's own record
    assert all(made.content is not None or made.problems for made in found)
    assert reader.skipped == {
        "warcinfo records": 1, "request records": 1, "robots.txt": 1, "feeds": 1,
        "answers of status 404": 1, "image/png files": 1, "revisit records": 1,
    }  # fmt: skip
    assert list(said(found).values()) == [
        "https://news.example/nohttp-0001: the record holds no HTTP answer."
    ]


BROKEN = {
    "too short a length": record("https://news.example/broken-0001", answer(PAGE), length=90),
    "too long a length": record("https://news.example/broken-0001", answer(PAGE), length=len(PAGE) + 400),
    "a length past the end": record("https://news.example/broken-0001", answer(PAGE), length=10**7),
    "no length": record("https://news.example/broken-0001", answer(PAGE), length="many"),
    "rubbish": b"this is no record at all, whatever it is\r\n\r\n" * 9,
    "a length that runs over": record("https://news.example/broken-0001", answer(PAGE), length=len(answer(PAGE)) + 9),
}  # fmt: skip


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("what", BROKEN)
def test_a_broken_record_costs_itself(tmp_path: Path, what: str, packed: bool) -> None:
    path = warc(
        tmp_path, page("story-0001"), page("story-0002"), BROKEN[what], page("story-0003"),
        page("story-0004"), packed=packed,
    )  # fmt: skip
    found = read(path)
    assert good(found) == [
        f"urn:uuid:e/story-000{n}"[:9] + f"e/story-000{n}"[-12:] for n in (1, 2, 3, 4)
    ]
    faults = said(found)
    assert len(faults) == 1, faults
    assert "the record is broken" in next(iter(faults.values()))


def test_damaged_bytes_in_a_packed_record(tmp_path: Path) -> None:
    parts = [gzip.compress(page(f"story-000{n}")) for n in range(4)]
    damaged = bytearray(parts[1])
    damaged[60:80] = b"\0" * 20
    path = tmp_path / "in.warc.gz"
    path.write_bytes(parts[0] + bytes(damaged) + parts[2] + parts[3])
    found = read(path)
    assert len(good(found)) == 3
    assert list(said(found)) == [f"{path}:{len(parts[0])}"]


@pytest.mark.parametrize("packed", [True, False])
def test_a_file_that_ends_inside_a_record(tmp_path: Path, packed: bool) -> None:
    path = warc(tmp_path, page("story-0001"), page("story-0002"), packed=packed)
    whole = path.read_bytes()
    for cut in (60, 150, 300):
        path.write_bytes(whole[:-cut])
        found = read(path)
        assert len(good(found)) == 1
        assert len(said(found)) == 1


def test_one_member_for_all_records(tmp_path: Path) -> None:
    path = tmp_path / "in.warc.gz"
    path.write_bytes(gzip.compress(page("story-0001") + page("story-0002") + page("story-0003")))
    found = read(path)
    assert len(good(found)) == 3
    assert len({made.place for made in found}) == 3


def test_bodies_are_unpacked(tmp_path: Path) -> None:
    html = "Content-Type: text/html"
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(p), p) for p in (PAGE[:50], PAGE[50:])) + b"0\r\n\r\n"
    path = warc(
        tmp_path,
        record("https://news.example/gzip-000001", answer(gzip.compress(PAGE), "200 OK", html, "Content-Encoding: gzip")),
        record("https://news.example/left-000001", answer(PAGE, "200 OK", html, "Content-Encoding: gzip")),
        record("https://news.example/chunk-00001", answer(chunked, "200 OK", html, "Transfer-Encoding: chunked")),
        record("https://news.example/latin-00001", answer("Zwölf".encode("latin-1"), "200 OK", html + "; charset=iso-8859-1")),
        record("https://news.example/cutoff-0001", answer(gzip.compress(PAGE)[:50], "200 OK", html, "Content-Encoding: gzip")),
        packed=False,
    )  # fmt: skip
    found = read(path)
    assert [m.content for m in found[:4]] == [PAGE, PAGE, PAGE, "Zwölf".encode()]
    assert "can't be unpacked" in found[4].problems[0].what


def test_what_is_no_warc(tmp_path: Path) -> None:
    path = tmp_path / "in.warc"
    path.write_bytes(b"hello\n" * 40)
    assert list(said(read(path))) == [f"{path}:0"]


def test_from_a_pipe(monkeypatch: pytest.MonkeyPatch) -> None:
    class Pipe(io.RawIOBase):
        def __init__(self, data: bytes) -> None:
            self.buffer = self
            self._data = io.BytesIO(data)

        def readable(self) -> bool:
            return True

        def readinto(self, buffer: Any) -> int:
            return self._data.readinto(buffer)

    for data in (LINES, gzip.compress(LINES)):
        monkeypatch.setattr("sys.stdin", Pipe(data))
        assert len(good(read("-"))) == 60
    monkeypatch.setattr("sys.stdin", Pipe(page("story-0001") + page("story-0002")))
    assert len(good(read("-"))) == 2
    monkeypatch.setattr("sys.stdin", Pipe(b"id,text\n1,Words.\n"))
    assert good(read("-")) == ["1"]
    monkeypatch.setattr("sys.stdin", Pipe(b""))
    assert said(read("-")) == {"-": "the file is empty."}
