"""What mypy sees of the public interface, as somebody who imports the package sees it.

`mypy` reads this file with the rest (`make types`); run as a test it shows that the names exist.
"""

from collections.abc import Iterator
from datetime import date
from typing import Literal, assert_type

import onrecord
from onrecord import (
    Analysis,
    Article,
    ConfigError,
    Finding,
    Lint,
    OnrecordError,
    Problem,
    Settings,
    Source,
    Span,
    Statement,
    analyse,
    lint,
    read,
    read_text,
)

TEXT = "The bridge will close, said Ann Lee, the engineer.\n\nShe denied that it was late."


def test_reading() -> None:
    article = read_text(TEXT, title="Bridge", outlet="Harbour Star", published=date(2026, 3, 1))
    assert_type(article, Article)
    assert_type(article.text, str)
    assert_type(article.published, date | None)
    assert_type(read(b"text", kind="text"), Iterator[Article | Problem])


def test_analysing() -> None:
    analysis = analyse(read_text(TEXT), engine="baseline")
    assert_type(analysis, Analysis)
    statements = analysis.statements()
    assert_type(statements, tuple[Statement, ...])
    for statement in statements:
        assert_type(statement.text, str)
        assert_type(statement.speaker, str | None)
        assert_type(statement.source, Source | None)
        assert_type(statement.spans, tuple[Span, ...])
        assert_type(statement.parent, Statement | None)
        assert_type(statement.gender, Literal["female", "male"] | None)
        assert_type(statement.confidence, float)


def test_linting() -> None:
    made = lint(analyse(read_text(TEXT), engine="baseline"), Settings(preview=True))
    assert_type(made, Lint)
    assert_type(made.findings, tuple[Finding, ...])


def test_errors() -> None:
    error: OnrecordError = ConfigError("here", "it is wrong.", "Mend it.")
    assert_type(error.remedy, str)
    assert str(error) == "here: it is wrong. Mend it."


def test_a_version() -> None:
    assert_type(onrecord.__version__, str)
