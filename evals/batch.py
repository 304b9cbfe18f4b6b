"""Corpora: cost of an article, two processes against one, memory, kills, broken archives, scaling.

Every figure is of one run on one machine; what is compared is measured in turns in that run. The
articles are PolNeAR's development part where the corpora are there, else texts of ours.

    python -m evals.batch [../shared/bench/data] [--articles 60] [--kills 100] [--only cost --only
    kills]

`--spacy PYTHON` also gives the ratios to the rivals' own pipelines, whose speed against spaCy's
parse stands in the bench's notes.
"""

import argparse
import gzip
import heapq
import json
import os
import random
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyarrow.dataset as ds

from onrecord.batch import readers, runs, worker

WORDS = 720
"""Words of an average article."""
RIVALS = {"Citron": 0.53, "Gender Gap Tracker": 0.77}
"""Their articles a second, over spaCy's own parse, serial: the bench's notes."""


def rows(data: Path | None, number: int) -> list[dict[str, Any]]:
    """So many articles; those of the corpora again and again under new ids."""
    if data and (data / "polnear_dev.jsonl.gz").exists():
        with gzip.open(data / "polnear_dev.jsonl.gz") as file:
            texts = [json.loads(line)["text"] for line in file]
    else:
        print("no corpora: texts of ours", file=sys.stderr)
        corpus = Path(__file__).parents[1] / "examples" / "corpus.jsonl"
        ours = [json.loads(line)["text"] for line in corpus.read_text("utf-8").splitlines()]
        texts = ["\n\n".join(ours[n : n + 8]) for n in range(8)]
    return [{"id": f"e{n}", "text": texts[n % len(texts)]} for n in range(number)]


def lines(path: Path, articles: list[dict[str, Any]]) -> Path:
    """The articles as JSON Lines."""
    path.write_text("".join(json.dumps(row) + "\n" for row in articles), "utf-8")
    return path


def cost(articles: list[dict[str, Any]], folder: Path) -> Iterator[tuple[str, float]]:
    """Processor seconds of the worker and of everything around it, and growth of memory."""
    path = lines(folder / "cost.jsonl", articles)
    work = worker.Work()
    worker.prepare(b"{}")
    words = sum(len(row["text"].split()) for row in articles)
    times, resident = [], []
    items = [i for i in runs.shards(readers.Reader([str(path)]), 1000) if isinstance(i, runs.Item)]
    for item in items:
        start = time.process_time()
        worker.work_on(item.batch(), work)
        times.append(time.process_time() - start)
        resident.append(_resident())
    start = time.process_time()
    for again in runs.shards(readers.Reader([str(path)]), 1000):
        if isinstance(again, runs.Item):
            worker.encode_rows(again.batch())
    around = time.process_time() - start
    an_article = sum(times) / words * WORDS
    yield "processor seconds an article of 720 words", an_article
    yield "articles of 720 words a processor second", 1 / an_article
    yield "reading and handing on, share of that", around / sum(times)
    half = len(resident) // 2
    yield "resident MB at the end", resident[-1] / 1e6
    yield "growth of memory in the second half, MB", (resident[-1] - resident[half]) / 1e6
    scale = an_article * len(times) / sum(times)
    yield from _simulated([t * scale for t in times], around / len(times))
    for name, number in (("a day of CC-NEWS (380,000)", 380_000), ("50 million", 50_000_000)):
        yield f"core hours for {name}", number * an_article / 3600


def _resident() -> int:
    """Bytes that this process holds, where the system says."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
    except OSError:
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


def _simulated(times: list[float], parent: float) -> Iterator[tuple[str, float]]:
    """What 2, 16 and 128 workers reach of their number: measured times drawn anew, one in 2,000
    articles a straggler that runs into the limit of 120 seconds, one parent that hands out."""
    chance = random.Random(720)
    for workers in (2, 16, 128):
        free = [0.0] * workers
        clock, spent = 0.0, 0.0
        for _ in range(2000 * workers):
            clock += parent
            duration = 120.0 if chance.random() < 1 / 2000 else chance.choice(times)
            start = max(heapq.heappop(free), clock)
            heapq.heappush(free, start + duration)
            spent += duration
        yield f"simulated speed-up of {workers} workers", spent / max(free)


def processes(articles: list[dict[str, Any]], folder: Path) -> Iterator[tuple[str, float]]:
    """Articles a second of two processes over one, in turns; starting them is left out by size."""
    path = lines(folder / "two.jsonl", articles)
    ratios = []
    for turn in range(3):
        seconds = {}
        for jobs in (1, 2):
            start = time.perf_counter()
            _run(path, folder / f"two-{turn}-{jobs}", "-j", jobs, check=True)
            seconds[jobs] = time.perf_counter() - start
        ratios.append(seconds[1] / seconds[2])
    yield "two processes against one, median of three", statistics.median(ratios)


def _command(path: Path, out: Path, *options: Any) -> list[str]:
    return [
        sys.executable,
        "-m",
        "onrecord",
        "batch",
        str(path),
        "--out",
        str(out),
        *map(str, options),
    ]


def _run(path: Path, out: Path, *options: Any, check: bool = False) -> int:
    made = subprocess.run(_command(path, out, *options), capture_output=True, check=False)
    if check and made.returncode:
        raise SystemExit(made.stderr.decode())
    return made.returncode


def kills(number: int, folder: Path) -> Iterator[tuple[str, float]]:
    """The command killed again and again at random, parent or worker; what is lost or doubled."""
    corpus = Path(__file__).parents[1] / "examples" / "corpus.jsonl"
    ours = [json.loads(line) for line in corpus.read_text("utf-8").splitlines()]
    path = lines(
        folder / "kills.jsonl",
        [{**row, "id": f"{n}-{row['id']}"} for n in range(25) for row in ours],
    )
    options = ("--finder", "baseline", "--shard-size", 20, "-j", 2)
    _run(path, folder / "whole", *options, check=True)
    chance, killed, differing, number_of_runs = random.Random(18), 0, 0, 0
    while killed < number:
        number_of_runs += 1
        out = folder / f"killed-{number_of_runs}"
        while True:
            child = subprocess.Popen(
                _command(path, out, *options), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            try:
                child.wait(chance.uniform(0.5, 6.0))
                break
            except subprocess.TimeoutExpired:
                victim = child.pid
                workers = _children(child.pid)
                if workers and chance.random() < 0.3:
                    victim = chance.choice(workers)
                with_signal = signal.SIGKILL if chance.random() < 0.7 else signal.SIGTERM
                os.kill(victim, with_signal)
                killed += 1
                if victim == child.pid:
                    child.wait()
                elif child.wait() in (0,):
                    break
        differing += _tree(out) != _tree(folder / "whole")
    yield "kills", killed
    yield "finished data sets that differ", differing


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(word) for word in text.split()]


def _tree(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*.*"))
            if p.is_file()}  # fmt: skip


def archives(data: Path | None, folder: Path) -> Iterator[tuple[str, float]]:
    """The bench's pages as a WARC, and a thousand records with broken ones among them."""
    pages = sorted((data / "pages").glob("*.htm*")) if data else []
    good = [gzip.decompress(p.read_bytes()) if p.suffix == ".gz" else p.read_bytes() for p in pages]
    if good:
        path = folder / "pages.warc.gz"
        path.write_bytes(b"".join(gzip.compress(_record(n, body)) for n, body in enumerate(good)))
        yield from _accounted("pages", path, len(good), folder)
    corpus = Path(__file__).parents[1] / "examples" / "corpus.jsonl"
    ours = [json.loads(line)["text"] for line in corpus.read_text("utf-8").splitlines()]
    chance, records = random.Random(34), []
    for n in range(1000):
        body = "".join(f"<p>{p}</p>" for p in ours[n % len(ours)].split("\n\n"))
        record = _record(n, f"<html><body><article>{body}</article></body></html>".encode())
        packed = bytearray(gzip.compress(record))
        kind = chance.random()
        if kind < 0.02:
            packed[40:60] = bytes(20)
        elif kind < 0.04:
            packed = bytearray(
                gzip.compress(record.replace(b"Content-Length: ", b"Content-Length: 9"))
            )
        elif kind < 0.06:
            packed = bytearray(gzip.compress(record.replace(b"HTTP/1.1 200", b"rubbish")))
        records.append(bytes(packed))
    path = folder / "broken.warc.gz"
    path.write_bytes(b"".join(records))
    yield from _accounted("synthetic records", path, 1000, folder)


def _record(number: int, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://news.example/{number}\r\n"
        f"WARC-Date: 2026-03-04T10:00:00Z\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def _accounted(what: str, path: Path, number: int, folder: Path) -> Iterator[tuple[str, float]]:
    out = folder / what.replace(" ", "-")
    _run(path, out, "--finder", "baseline")
    articles = ds.dataset(out / "articles").to_table()["id"].to_pylist()
    problems = ds.dataset(out / "problems").to_table()
    lost = {r["place"] for r in problems.to_pylist() if r["fatal"]}
    yield f"{what}: records", number
    yield f"{what}: articles", len(articles)
    yield f"{what}: problems", len(lost)
    yield f"{what}: neither", number - len(set(articles)) - len(lost)


def against_rivals(data: Path, spacy: str) -> Iterator[tuple[str, float]]:
    """Articles a second over the rivals' own pipelines, by way of spaCy's parse in the same run."""
    from .speed import ratios

    ours = statistics.median(ratios(data, spacy)["analysis"])
    yield "our articles a second over spaCy's parse", ours
    for name, theirs in RIVALS.items():
        yield f"over {name}'s pipeline", ours / theirs


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description="Corpora: cost, scaling, memory, kills, archives.")
    parser.add_argument("data", type=Path, nargs="?", help="the folder of the corpora")
    parser.add_argument("--articles", type=int, default=60)
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--spacy", help="a Python that has spaCy and its small model")
    parser.add_argument("--only", action="append", default=[])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = rows(args.data, args.articles)
        parts: dict[str, Callable[[], Iterator[tuple[str, float]]]] = {
            "cost": lambda: cost(articles, folder),
            "processes": lambda: processes(articles, folder),
            "kills": lambda: kills(args.kills, folder),
            "archives": lambda: archives(args.data, folder),
        }
        if args.data and args.spacy:
            parts["rivals"] = lambda: against_rivals(args.data, args.spacy)
        for part, measure in parts.items():
            if args.only and part not in args.only:
                continue
            for figure, value in measure():
                print(f"{part:<10} {figure:<52}{value:12.3f}", flush=True)


if __name__ == "__main__":
    main()
