"""Articles that nobody would write, by the thousand: nothing may raise, nothing may take ten
seconds.

`python -m evals.fuzz --count 100000 --engine baseline` and `--count 5000 --engine model`. Each
input is made from a seed (its number), by stringing fragments together or by mutating an article of
ours; it is read as one of the kinds of file, analysed, linted with preview rules, verified against
a mutated self and rendered in every format. What fails is kept under `out/fuzz` with its number; a
fault that is mended becomes a file in `evals/seeds`, which `tests/test_fuzz.py` and every later run
begin with.
"""

import argparse
import contextlib
import json
import random
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import FrameType
from typing import Any

from onrecord import Article, Material, analyse, lint, verify
from onrecord.ingest import SUFFIXES, read
from onrecord.ingest.materials import material, materials_of
from onrecord.records import Context, Settings
from onrecord.report import (
    analysis_csv,
    analysis_json,
    bare,
    check_json,
    concise,
    full,
    github,
    html,
    queries,
    register,
    sarif,
    verdicts,
)
from onrecord.report.comparison import diff, render

ROOT = Path(__file__).parents[1]
SEEDS = Path(__file__).parent / "seeds"
LIMIT = 10.0
"""Seconds for one input."""
KINDS = ("text", "markdown", "html", "json", "jsonl", "docx", "text", "text")
MATERIALS = ("x.txt", "x.pdf", "x.srt", "x.vtt", "x.docx", "x.html", "x.jsonl")
WORDS = (
    "said told asked denied according to a the an source sources official spokesman who which that"
    " not"
    " never will would Ann Lee Mr Mrs Dr Smith Jones's mayor council police in May 2024 on Tuesday"
    " 12 three"
    " million £3m 40% aged 41, years-old because anonymity condition insider fans many Q: A: LEE:"
    " MS LEE:"
    " “ ” ‘ ’ \" ' « » — – … . , ; : ? ! ( ) [ ] { } < > & * _ # ` | / \\ @ http://x.example"
).split()
ODD = (
    "\0", "\ud800", "\ufeff", "\u202e", "\u2028", "\x1b[31m", "\r", "\r\n", "\t", "\u00a0", "é", "ﬁ", "😀",
    "a\u0301" * 9, "İ", "ß", "\U0010ffff", "９９", "²", "٣", "<!-- onrecord: ignore ", " -->", "<p>", "</p>",
    "<blockquote>", "<script>", "]]>", "&#xD83D;", "&#0;", "\\ud800", "%PDF-", "WEBVTT\n\n",
    "00:00:01.000 --> 00:00:02.000\n", "{\\an8}", "<v Ann>", "9" * 310, "1,000,000,000,000", "0/0", "1e999",
    "31 February 2024", "A.A.", "he said ", "“Ann said ", "!", "..", "A: a\n", "---\n", "| a | b |\n",
    "---: ", "```\n", "&nbsp;", "''", "``", "By ", "(Reuters) - ", "=1+1",
)  # fmt: skip


class TooSlow(BaseException):
    """An input took longer than it may; no `except Exception` swallows it."""


def seeds() -> list[bytes]:
    """Articles to begin with: our own examples, and what once broke something."""
    paths = [*(ROOT / "examples").iterdir(), *(SEEDS.iterdir() if SEEDS.exists() else ())]
    return [path.read_bytes() for path in sorted(paths) if path.is_file()]


def make(number: int, known: list[bytes]) -> tuple[bytes, str]:
    """The bytes and the kind of an input, of its number alone."""
    chance = random.Random(number)
    match chance.randrange(3):
        case 0:
            text = "".join(_fragments(chance, chance.choice((5, 40, 40, 400))))
        case 1:
            one = chance.choice((*WORDS, *ODD)) + chance.choice(("", " ", "\n", "\n\n"))
            text = one * int(3000 ** chance.random())
        case _:
            text = _mutated(chance, _piece(chance, chance.choice(known).decode("utf-8", "replace")))
    kind = chance.choice(KINDS)
    raw = text.encode("utf-8", "surrogatepass")
    if kind in ("json", "jsonl") and chance.random() < 0.8:
        row = {"id": str(number), "text": text, "title": "".join(_fragments(chance, 4))}
        raw = json.dumps(row).encode()
    if chance.random() < 0.1:
        raw = _bytes(chance, raw)
    return raw, kind


def _fragments(chance: random.Random, most: int) -> Iterator[str]:
    for _ in range(chance.randrange(1, most)):
        yield chance.choice(ODD) if chance.random() < 0.12 else chance.choice(WORDS)
        yield chance.choice((" ", " ", " ", "", "\n", "\n\n"))


def _piece(chance: random.Random, text: str) -> str:
    """Some paragraphs in a row of an article, one time in sixteen the whole: a fault lies in few
    paragraphs, and so many more of them are tried in an hour."""
    paragraphs = text.split("\n\n")
    first = chance.randrange(len(paragraphs))
    if chance.randrange(16) == 0:
        return text
    return "\n\n".join(paragraphs[first : first + chance.randrange(1, 4)])


def _mutated(chance: random.Random, text: str) -> str:
    for _ in range(chance.randrange(1, 8)):
        if not text:
            return text
        a = chance.randrange(len(text))
        b = min(len(text), a + chance.choice((1, 3, 20, 200)))
        match chance.randrange(5):
            case 0:
                text = text[:a] + text[b:]
            case 1:
                text = text[:b] + text[a:]
            case 2:
                text = text[:a] + chance.choice(ODD) + text[a:]
            case 3:
                text = text[:a] + "".join(_fragments(chance, 5)) + text[b:]
            case _:
                text = text[:a] + text[a:b] * chance.choice((2, 2, 9, 9, 50)) + text[b:]
    return text[:200_000]


def _bytes(chance: random.Random, raw: bytes) -> bytes:
    made = bytearray(raw or b"x")
    for _ in range(chance.randrange(1, 12)):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def attempt(raw: bytes, kind: str, engine: Any) -> None:
    """All that is done with an input. Raises what it should not, or `AssertionError` for bad
    spans."""
    for item in read(raw, kind=kind, input="x"):  # type: ignore[arg-type]
        if isinstance(item, Article):
            _article(item, engine)
    name = MATERIALS[len(raw) % len(MATERIALS)]
    list(materials_of(raw[:100_000], name))


def _article(article: Article, engine: Any) -> None:
    analysis = analyse(article, engine=engine)
    size = len(article.text)
    for attribution in analysis.attributions:
        assert attribution.content
        assert all(0 <= s.start < s.end <= size for s in attribution.content)
    against = [material(article.text[::-1][:2000]), material(article.text[: size // 2 + 1])]
    verification = verify(analysis, [m for m in against if isinstance(m, Material)])
    context = Context(
        analysis=analysis, settings=Settings(preview=True), verdicts=verification.verdicts
    )
    made = lint(context)
    broken = [p.what for p in made.failed if "broke down" in p.what]
    assert not broken, broken
    for shown in (made, bare.lint(made)):
        for form in (full, concise, github, queries):
            form.render(shown).encode()
        sarif.render([shown])
        check_json.document([check_json.article("x", shown)])
        html.render(shown, verification=verification)
    analysis_json.document(analysis_json.element(analysis))
    analysis_csv.rows(analysis).encode()
    register.as_text(analysis).encode()
    register.as_csv(analysis).encode()
    verdicts.as_text([verification]).encode()
    verdicts.as_json([verification])
    verdicts.as_csv([verification]).encode()
    if size < 20_000:
        render.as_text(diff.compare(analysis, analysis)).encode()


@contextlib.contextmanager
def limited(seconds: float) -> Iterator[None]:
    """Raise `TooSlow` where the block takes more seconds of the processor."""

    def over(_: int, __: FrameType | None) -> None:
        raise TooSlow

    before = signal.signal(signal.SIGPROF, over)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


def run(numbers: range, engine: Any, say: Callable[[str], None]) -> tuple[int, float]:
    """Try inputs; how many failed, and the seconds of processor that the slowest took."""
    known = seeds()
    failed, slowest = 0, 0.0
    kept = ROOT / "out" / "fuzz"
    inputs: Iterator[tuple[str, bytes, str]] = ((f"{n}", *make(n, known)) for n in numbers)
    given = [(f"seed {n} as {kind}", raw, kind) for n, raw in enumerate(known) for kind in
             ("text", "markdown", "html", "jsonl")]  # fmt: skip
    for name, raw, kind in (*given, *inputs):
        begun = time.process_time()
        fault = ""
        try:
            with limited(6 * LIMIT):
                attempt(raw, kind, engine)
        except (Exception, TooSlow):
            fault = traceback.format_exc(limit=-3)
        took = time.process_time() - begun
        if not fault and took > LIMIT:
            fault = f"took {took:.1f} s of the processor"
        if fault:
            failed += 1
            kept.mkdir(parents=True, exist_ok=True)
            (kept / f"{name.replace(' ', '-')}.{kind}").write_bytes(raw)
            say(f"{name} ({kind}): {fault}")
        slowest = max(slowest, took)
    return failed, slowest


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--first", type=int, default=0, help="number of the first input")
    parser.add_argument("--engine", choices=["model", "baseline"], default="baseline")
    given = parser.parse_args()
    assert set(SUFFIXES.values()) >= set(KINDS)
    numbers = range(given.first, given.first + given.count)
    failed, slowest = run(numbers, given.engine, lambda words: print(words, file=sys.stderr))
    print(
        f"{given.count} inputs, engine {given.engine}: {failed} failed, the slowest {slowest:.1f}"
        f" s."
    )
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
