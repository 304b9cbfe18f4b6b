"""Stories for judging, made of a newswire collection."""

import json
from pathlib import Path

from evals.rules.newswire import stories


def test_longer_stories_become_paragraphs_with_a_headline(tmp_path: Path) -> None:
    line = "The harbour board said that the old fish quay\nwould be shut for the winter.\n"
    story = {"id": "7", "title": "QUAY TO SHUT", "body": f"{line}    {line * 20} REUTER\n\x03"}
    short = {"id": "8", "title": "QUAY", "body": line}
    table = {"id": "9", "title": "CATCHES", "body": "cod 1234 5678 9012\n" * 80}
    (tmp_path / "a.json").write_text(json.dumps([{"id": "6"}, short, story, table]), "utf-8")
    (made,) = stories(tmp_path)
    headline, first, *_ = made["text"].split("\n")
    assert made["id"] == "reuters/7"
    assert (headline, first) == ("Quay to shut", " ".join(line.split()))
    assert not made["text"].upper().endswith("REUTER")
