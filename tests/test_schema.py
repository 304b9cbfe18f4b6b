"""The JSON that is written fits the schema that is published."""

import json
from pathlib import Path

import jsonschema
import msgspec

from onrecord import Problem, analyse, lint
from onrecord.ingest import read_text

SCHEMA = Path(__file__).parents[1] / "docs" / "schema"


def fits(name: str, record: msgspec.Struct) -> None:
    schema = json.loads((SCHEMA / f"{name}.json").read_text("utf-8"))
    jsonschema.validate(json.loads(msgspec.json.encode(record)), schema)


def test_records_fit_their_schemas() -> None:
    analysis = analyse(
        read_text("Quay to shut\n\nSources said “it shuts in May”. Ann Lee denied it.")
    )
    fits("analysis", analysis)
    for finding in lint(analysis).findings:
        fits("finding", finding)
    fits("problem", Problem(where="a", what="b", remedy="c"))
