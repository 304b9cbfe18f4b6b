"""The whole of extraction on one article of ours, with the engine that needs no model."""

import msgspec

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.records import Analysis

TEXT = """Bridge to close in May

The old bridge will close, Mayor Ada Voss said on Monday.

“It is not safe,” she told reporters. “We have no choice.

“The money is gone,” she said.

An insider revealed: “Friends say the council knew for years.”
"""


def test_analyse_is_deterministic_and_survives_json() -> None:
    article = read_text(TEXT)
    first, second = (analyse(article, engine="baseline") for _ in range(2))
    raw = msgspec.json.encode(first)
    assert raw == msgspec.json.encode(second)
    assert msgspec.json.decode(raw, type=Analysis) == first
    assert first.model.name == "baseline"


def test_every_id_that_an_attribution_names_exists() -> None:
    analysis = analyse(read_text(TEXT), engine="baseline")
    sources = {source.id for source in analysis.sources}
    ids = {attribution.id for attribution in analysis.attributions}
    assert analysis.attributions
    for attribution in analysis.attributions:
        assert (attribution.source is None) == (attribution.source_id is None)
        assert attribution.source_id is None or attribution.source_id in sources
        assert attribution.parent is None or attribution.parent in ids


def test_an_empty_story_has_an_empty_analysis() -> None:
    analysis = analyse(read_text("Nothing was said by anybody."), engine="baseline")
    assert not analysis.attributions
    assert not analysis.sources
