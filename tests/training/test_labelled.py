"""Labels kept as ids and offsets come back as they were once they are joined to the texts."""

import gzip
import json
from pathlib import Path
from typing import Any

from training.labelled import joined, stripped

TEXT = "Ann Lowe will close the ferry, a porter said. Lowe denied it.\n"


def article() -> dict[str, Any]:
    def span(words: str) -> list[list[int]]:
        at = TEXT.index(words)
        return [[at, at + len(words)]]

    def said(source: str, cue: str, content: str, speaker: str, kind: str) -> dict[str, Any]:
        parts = {"source": span(source), "cue": span(cue), "content": span(content)}
        return {"i": 0, **parts, "speaker": speaker, "kind": kind, "stance": "says", "in": None}

    return {
        "id": "made/1",
        "text": TEXT,
        "attributions": [
            said("a porter", "said", "Ann Lowe will close the ferry", "U1 porter", "anonymous"),
            said("Lowe", "denied", "it", "Ann Lowe", "person"),
            said("Lowe", "denied", "it", "the ferry's owner", "person"),
        ],
        "voices": [{"speaker": "U1 porter", "reason": "fear", "knows": None, "withheld": False}],
        "note": "a note",
    }


def test_no_word_of_the_article_is_kept() -> None:
    kept = json.dumps(stripped(article()))
    assert not any(word in kept for word in ("Lowe", "porter", "ferry", "fear", "denied"))


def test_joined_to_its_text_a_label_says_who_spoke(tmp_path: Path) -> None:
    home = tmp_path / "labels"
    home.mkdir()
    (home / "made.jsonl").write_text(json.dumps(stripped(article())) + "\n", encoding="utf-8")
    other = {"id": "made/2", "text": "Nobody spoke."}
    with gzip.open(tmp_path / "genres_unlabelled.jsonl.gz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in (other, article()))
    made = joined(tmp_path, home)
    assert made["polnear_train"] == []
    (row,) = made["genres_unlabelled"]
    assert row["text"] == TEXT
    assert [a["speaker"] for a in row["attributions"]] == ["U1", "Ann Lowe", "N3"]
    assert row["attributions"][1]["content"] == article()["attributions"][1]["content"]
    assert row["voices"] == [{"speaker": "U1", "withheld": False}]
