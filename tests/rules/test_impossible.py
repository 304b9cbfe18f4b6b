"""NUM411's year of birth, which needs a day of publication."""

from datetime import date

import pytest

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.linter import lint
from onrecord.records import Context, Settings


@pytest.mark.parametrize(
    ("born", "published", "found"),
    [(1971, 2026, []), (2026, 2026, []), (2071, 2026, ["2071"]), (2071, None, [])],
)
def test_nobody_is_born_after_the_article(
    born: int, published: int | None, found: list[str]
) -> None:
    text = f"Harbour opens\n\nAnn Lee, who was born in {born}, runs the harbour."
    day = date(published, 5, 1) if published else None
    analysis = analyse(read_text(text, published=day), engine="baseline")
    made = lint(Context(analysis=analysis, settings=Settings(select=("NUM411",), preview=True)))
    assert [text[f.span.start : f.span.end] for f in made.findings] == found
