"""Whole articles of ours and what must be found in them, with the model that ships.

A folder names its article in `examples/` and lists its findings as `line code severity words`; a
changed expectation is edited by hand, knowingly.
"""

from pathlib import Path

import pytest

from onrecord import Article, analyse, lint, read

HERE = Path(__file__).parent
EXAMPLES = HERE.parents[1] / "examples"
FOLDERS = {"lighthouse": "lighthouse-exclusive.txt", "quay": "quay-repairs.txt"}


def found(path: Path, **change: str) -> list[str]:
    (article,) = [a for a in read(path, outlet="Harbour Star") if isinstance(a, Article)]
    if change:
        text = article.text.translate(str.maketrans(change))
        (article,) = [
            a
            for a in read(text.encode(), kind="text", outlet="Harbour Star")
            if isinstance(a, Article)
        ]
    made = lint(analyse(article))
    assert made.failed == ()
    return [
        f"{f.line} {f.code} {f.severity} {article.text[f.span.start : f.span.end]}"
        for f in made.findings
    ]


@pytest.mark.parametrize("folder", FOLDERS)
def test_findings(folder: str) -> None:
    expected = (HERE / folder / "findings.txt").read_text("utf-8").splitlines()
    assert found(EXAMPLES / FOLDERS[folder]) == expected


@pytest.mark.parametrize("folder", FOLDERS)
def test_straight_marks_keep_the_findings(folder: str) -> None:
    path = EXAMPLES / FOLDERS[folder]
    curly = {"“": '"', "”": '"', "’": "'", "‘": "'"}
    straight = [line.translate(str.maketrans(curly)) for line in found(path)]
    assert found(path, **curly) == straight


def test_speakers_are_named() -> None:
    (article,) = [a for a in read(EXAMPLES / FOLDERS["lighthouse"]) if isinstance(a, Article)]
    analysis = analyse(article)
    names = {s.name for s in analysis.sources if s.kind == "person"}
    assert {"Dermot Castellane", "Rosalind"} <= names
    assert sum(s.kind == "anonymous" and not s.title for s in analysis.sources) >= 1


def test_an_analysis_is_the_same_twice() -> None:
    (article,) = [a for a in read(EXAMPLES / FOLDERS["quay"]) if isinstance(a, Article)]
    assert analyse(article) == analyse(article)
