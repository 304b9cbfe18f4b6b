"""The model at run time: its files are checked, its results depend on nothing but the text."""

import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from onrecord.errors import ModelError
from onrecord.extract.engine.model import HOME, Model, calibrated, load_model, raw

EXAMPLE = Path(__file__).parents[2] / "examples" / "quay-repairs.txt"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    for name in ("card.json", "weights.onnx", "tokenizer.json"):
        shutil.copy(str(HOME / name), tmp_path / name)
    return tmp_path


def test_a_copy_finds_the_same(home: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert Model(home).find(text) == load_model().find(text)


def test_threads_share_the_model_and_agree() -> None:
    texts = [EXAMPLE.read_text("utf-8")[n:] for n in (0, 100, 400, 700)] * 3
    alone = [load_model().find(text) for text in texts]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(load_model().find, texts)) == alone


def test_spans_count_from_the_whole_text() -> None:
    text = EXAMPLE.read_text("utf-8")
    for found in load_model().find(text):
        for span in (found.source, found.cue, *found.content):
            assert span is None or 0 <= span.start < span.end <= len(text)
            assert span is None or not text[span.start].isspace()


@pytest.mark.parametrize("name", ["weights.onnx", "tokenizer.json"])
def test_a_damaged_file_is_an_error(home: Path, name: str) -> None:
    with (home / name).open("ab") as file:
        file.write(b"x")
    with pytest.raises(ModelError, match="damaged"):
        Model(home)


@pytest.mark.parametrize("name", ["weights.onnx", "tokenizer.json", "card.json"])
def test_a_missing_file_is_an_error(home: Path, name: str) -> None:
    (home / name).unlink()
    with pytest.raises(ModelError, match=name):
        Model(home)


def test_another_schema_is_an_error(home: Path) -> None:
    card = json.loads((home / "card.json").read_text())
    (home / "card.json").write_text(json.dumps({**card, "schema": 99}))
    with pytest.raises(ModelError, match="schema 99"):
        Model(home)


def test_calibration_is_between_its_steps() -> None:
    doubts = [0.8, 0.8]
    assert raw(doubts) == pytest.approx(0.64)
    assert calibrated(doubts, {}) == 0.64
    table = {"steps": [0.2, 0.6, 0.8], "values": [0.1, 0.7, 0.9]}
    assert calibrated(doubts, table) == 0.74
    assert calibrated([0.1], table) == 0.1
    assert calibrated([1.0], table) == 0.9


def test_an_article_alone_and_among_others_gives_the_same() -> None:
    text = EXAMPLE.read_text("utf-8")
    alone = Model().find(text)
    shared = load_model()
    for n in range(5):
        shared.find(text[n * 50 :])
    assert shared.find(text) == alone
