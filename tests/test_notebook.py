"""What notebooks show of records, and their rows in three libraries of tables."""

import pandas
import polars
import pyarrow
from lxml import etree

from onrecord import Analysis, Lint, analyse, lint, read_text

TEXT = "Quay <b>to close</b>\n\n“It is over,” Ann Lee said. A source close to the board said “nobody & nothing” would change.\n"


def made() -> tuple[Analysis, Lint]:
    analysis = analyse(
        read_text(TEXT, input="<story>.txt", outlet="Harbour Star"), engine="baseline"
    )
    return analysis, lint(analysis)


def test_html_holds_the_words_escaped_and_nothing_that_runs() -> None:
    analysis, found = made()
    for record in (analysis.article, analysis, found):
        html = record._repr_html_()
        root = etree.fromstring(html)
        assert not root.xpath("//script|//b|//*[@onclick]|//a")
        assert "<story>.txt" in "".join(root.itertext())
    root = etree.fromstring(analysis._repr_html_())
    assert ["".join(p.itertext()) for p in root.iter("h4", "p")][1:] == TEXT.strip().split("\n\n")
    assert any("Ann Lee (person) says" in mark.get("title", "") for mark in root.iter("span"))
    rows = list(etree.fromstring(found._repr_html_()).iter("tr"))
    assert len(rows) == len(found.findings) + 1
    assert found.findings[0].message in "".join(rows[1].itertext())


def test_rows_are_tables_everywhere() -> None:
    analysis, found = made()
    for rows in (analysis.to_rows(), analysis.to_rows("sources"), found.to_rows()):
        names = list(rows[0])
        frames = (pandas.DataFrame(rows), polars.DataFrame(rows), pyarrow.Table.from_pylist(rows))
        for frame in frames:
            columns = (
                frame.column_names if isinstance(frame, pyarrow.Table) else list(frame.columns)
            )
            assert columns == names
            assert len(frame) == len(rows)
    assert polars.DataFrame(analysis.to_rows())["words"].to_list() == [
        s.text for s in analysis.statements()
    ]
