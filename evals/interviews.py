"""Are the words of an interview given to the two who speak? Fourteen pieces of ours in as many
styles.

Each file begins with the interviewee's name; each paragraph with a letter and, up to the bar, the
label that is printed: A is the interviewee, R (and `Q:`) the reporter, O another guest, I and H
nobody's words, B a question that is printed bold, L a label on its own line. A word of an answer is
right where its outermost statement is the interviewee's, one of a question where it is the
reporter's, the outlet's or that of the label.
"""

import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from onrecord.extract import Engine, analyse
from onrecord.ingest import read
from onrecord.records import Analysis, Article

HOME = Path(__file__).with_name("interviews")
_LINE = re.compile(r"(?P<role>[A-Z])(?P<label>[^|\n]*)\|(?P<words>[^\n]*)")
_WORD = re.compile(r"\w+")


def printed(source: str, suffix: str) -> tuple[str, list[tuple[str, str, str]]]:
    """The text of a piece as its outlet prints it, and its paragraphs: role, label, words."""
    rows, blocks = [], []
    for match in _LINE.finditer(source):
        role, label, words = match.group("role", "label", "words")
        shown = label.strip()
        if role in "QA" and label in (":", "."):
            shown = role + label
        rows.append((role, shown, words))
        text = f"{shown} {words}".strip()
        if suffix == ".md":
            text = {"B": f"**{text}**", "H": f"# {text}"}.get(role, text)
        elif suffix == ".html":
            tag = "h1" if role == "H" else "p"
            inner = f"<strong>{text}</strong>" if role == "B" else text
            text = f"<{tag}>{inner}</{tag}>"
        blocks.append(text)
    body = "\n\n".join(blocks) + "\n"
    if suffix == ".html":
        body = f"<html><head><title>x</title></head><body><article>{body}</article></body></html>"
    return body, rows


def pieces() -> Iterator[tuple[str, str, list[tuple[str, str, str]], Article]]:
    """Each piece: its name, its interviewee, its paragraphs and the article that is read."""
    with tempfile.TemporaryDirectory() as folder:
        for path in sorted(HOME.iterdir()):
            source = path.read_text("utf-8")
            name, _, rest = source.removeprefix("# ").partition("\n")
            body, rows = printed(rest, path.suffix)
            file = Path(folder) / path.name
            file.write_text(body, "utf-8")
            for article in read(file):
                if isinstance(article, Article):
                    yield path.stem, name, rows, article


def right(analysis: Analysis, name: str, rows: list[tuple[str, str, str]]) -> tuple[int, int]:
    """Words of questions and answers whose speaker is right, and all of them."""
    text, at = analysis.article.text, 0
    sources = {source.id: source for source in analysis.sources}
    hits = total = 0
    for role, label, words in rows:
        at = max(at, text.find(words, at)) if words else at
        if role in "IHL" or not words:
            continue
        for match in _WORD.finditer(text, at, at + len(words)):
            total += 1
            owner = next(
                (
                    sources.get(row.source_id or "")
                    for row in analysis.attributions
                    if row.parent is None
                    and any(s.start <= match.start() < s.end for s in row.content)
                ),
                None,
            )
            if owner is None:
                continue
            called = (owner.name or "").casefold()
            if role == "A":
                hits += called == name.casefold()
            elif role == "O":
                hits += bool(called) and label.strip(":").casefold() in called
            else:
                letters = "".join(part[:1] for part in called.split())
                mine = label.strip(":").casefold()
                hits += owner.kind in ("author", "outlet") or (
                    bool(mine) and (mine in called or mine == letters)
                )
        at += len(words)
    return hits, total


def measure(_data: Path, engine: Engine | None = None) -> dict[str, float]:
    """The share of words whose speaker is right, over all pieces and in the worst one."""
    shares, hits, total = {}, 0, 0
    for piece, name, rows, article in pieces():
        good, count = right(analyse(article, engine=engine), name, rows)
        shares[piece] = good / count
        hits, total = hits + good, total + count
    return {"words given to who speaks": hits / total, **shares}


if __name__ == "__main__":
    for figure, value in measure(
        HOME, engine="baseline" if "--baseline" in sys.argv else None
    ).items():
        print(f"{figure:40}{value:.3f}")
