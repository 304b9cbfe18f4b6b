"""spaCy's pipe with spaCy itself: blank and other pipelines, DocBin, processes."""

import json
from pathlib import Path

import pytest
import spacy
from spacy.tokens import DocBin

from onrecord import analyse, read_text

TEXT = "Quay to close\n\n“It is over,” Ann Lee said 🚢. An insider said that it would rain.\n"


@pytest.fixture(scope="module")
def nlp() -> spacy.language.Language:
    made = spacy.blank("en")
    made.add_pipe("onrecord", config={"findings": True})
    return made


def test_offsets_are_those_of_onrecord_and_of_the_text(nlp: spacy.language.Language) -> None:
    doc = nlp(TEXT)
    analysis = analyse(read_text(TEXT))
    assert [a["id"] for a in doc._.attributions] == [a.id for a in analysis.attributions]
    for row, a in zip(doc._.attributions, analysis.attributions, strict=True):
        assert row["content"] == [[s.start, s.end] for s in a.content]
    assert {s["name"] for s in doc._.sources} >= {"Ann Lee"}
    assert "ANO001" in [f["code"] for f in doc._.findings]
    spans = doc.spans["onrecord"]
    first = next(s for s in spans if s.label_ == "STATEMENT")
    assert first.text == "“It is over,”"
    assert first.id_ == doc._.attributions[0]["id"]
    assert {s.label_ for s in spans} == {"STATEMENT", "SOURCE", "CUE"}


def test_carriage_returns_and_marks_move_no_offset(nlp: spacy.language.Language) -> None:
    text = "\ufeff" + TEXT.replace("\n", "\r\n")
    doc = nlp(text)
    plain = nlp(TEXT)
    assert doc._.attributions
    for row, known in zip(doc._.attributions, plain._.attributions, strict=True):
        assert [doc.text[a:b] for a, b in row["content"]] == [
            TEXT[a:b] for a, b in known["content"]
        ]


def test_empty_documents(nlp: spacy.language.Language) -> None:
    for text in ("", "  \n"):
        doc = nlp(text)
        assert doc._.attributions == []
        assert len(doc.spans["onrecord"]) == 0


def test_it_survives_docbin_and_bytes(nlp: spacy.language.Language, tmp_path: Path) -> None:
    doc = nlp(TEXT)
    stored = DocBin(store_user_data=True, docs=[doc]).to_bytes()
    (again,) = DocBin(store_user_data=True).from_bytes(stored).get_docs(nlp.vocab)
    for name in ("attributions", "sources", "findings"):  # lists come back as tuples
        assert json.dumps(again._.get(name)) == json.dumps(doc._.get(name))
    assert [(s.text, s.label_, s.id_) for s in again.spans["onrecord"]] == [
        (s.text, s.label_, s.id_) for s in doc.spans["onrecord"]
    ]
    nlp.to_disk(tmp_path / "nlp")
    loaded = spacy.load(tmp_path / "nlp")
    assert loaded(TEXT)._.attributions == doc._.attributions


def test_processes_give_what_one_gives(nlp: spacy.language.Language) -> None:
    texts = [TEXT, "It rained, Bo Orr said.\n"]
    made = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [d._.attributions for d in made] == [nlp(text)._.attributions for text in texts]


def test_beside_other_pipes() -> None:
    made = spacy.blank("en")
    made.add_pipe("sentencizer")
    made.add_pipe("onrecord", config={"engine": "baseline"}, first=True)
    doc = made(TEXT)
    assert len(list(doc.sents)) > 1
    assert doc._.attributions
