"""What CI systems read: SARIF, GitLab's report, JUnit, each by a reader that isn't ours."""

import json
import re
from pathlib import Path

import pytest
from junitparser import JUnitXml
from pydantic_sarif.model import StaticAnalysisResultsFormatSarifVersion210JsonSchema as Sarif

from onrecord import Article, Lint, Problem, analyse, lint, read
from onrecord.records import Settings
from onrecord.report import gitlab, junit, relative, sarif, uri
from onrecord.rules import all_rules

TEXT = """Quay to close “within days”

The 🚢 ferry is doomed, a senior official said. “It is <over>,” a source close to the board said.

Critics said the mayor & council had lied.
"""


def checked(name: str = "stories/a b#1.txt", text: str = TEXT) -> Lint:
    (article,) = read(text.encode(), kind="text", input=name)
    assert isinstance(article, Article)
    made = lint(analyse(article, engine="baseline"), Settings(preview=True))
    assert len({f.severity for f in made.findings}) > 1
    return made


LOST = Problem(where="stories/lost.txt", what="there is no such file.", remedy="Check the path.")


@pytest.mark.parametrize("no_text", [False, True])
def test_sarif_is_as_the_schema_wants_it(no_text: bool) -> None:
    made = checked()
    log = sarif.render([made], problems=[LOST], no_text=no_text)
    Sarif.model_validate_json(log)
    with pytest.raises(ValueError, match="nonsense"):
        Sarif.model_validate(json.loads(log) | {"nonsense": 1})
    (run,) = json.loads(log)["runs"]
    assert len(run["results"]) == len(made.findings)
    assert not run["invocations"][0]["executionSuccessful"]
    rules = run["tool"]["driver"]["rules"]
    lines = TEXT.split("\n")
    for result, finding in zip(run["results"], made.findings, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        (place,) = result["locations"]
        assert place["physicalLocation"]["artifactLocation"]["uri"] == "stories/a%20b%231.txt"
        region = place["physicalLocation"]["region"]
        line = lines[region["startLine"] - 1].encode("utf-16-le")
        words = line[2 * region["startColumn"] - 2 : 2 * region["endColumn"] - 2].decode(
            "utf-16-le"
        )
        assert words == TEXT[finding.span.start : finding.span.end]


def test_fingerprints_outlive_edits_elsewhere() -> None:
    def prints(lint: Lint) -> dict[str, str]:
        rows = json.loads(sarif.render([lint]))["runs"][0]["results"]
        return {row["partialFingerprints"]["onrecord/v1"]: row["ruleId"] for row in rows}

    later = TEXT.replace("within days”\n", "within days”\n\nIt rained on Tuesday. Nobody minded.\n")
    assert prints(checked(text=later)) == prints(checked())


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_help_has_no_notation_of_tests(rule: object) -> None:
    page = sarif._help(rule.code)  # type: ignore[attr-defined]
    assert "What it finds" in page["text"]
    for words in page.values():
        assert not re.search(r"\[[scqrvh]\d? |⟦|⟧|¶|\n>\n\n", words)
    assert "**" in page["markdown"]
    assert "**" not in page["text"]


def test_uris(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for given, made in (
        ("./a/b.txt", "a/b.txt"),
        (".//b.txt", "b.txt"),
        (str(tmp_path / "a" / "é.txt"), "a/%C3%A9.txt"),
        ("/elsewhere/a b.txt", "file:///elsewhere/a%20b.txt"),
        ("a:b?c%d.txt", "a%3Ab%3Fc%25d.txt"),
        ("caf\\xe9.txt", "caf%E9.txt"),
    ):
        assert uri(given) == made
    assert relative(str(tmp_path / "x.txt")) == "x.txt"


def test_gitlab_reports_what_its_documentation_asks_for() -> None:
    made, other = checked("./stories/a.txt"), checked("stories/b.txt")
    rows = json.loads(gitlab.render([made, other], problems=[LOST]))
    assert len(rows) == len(made.findings) + len(other.findings) + 1
    assert len({row["fingerprint"] for row in rows}) == len(rows)
    for row in rows:
        assert set(row) == {"description", "check_name", "fingerprint", "severity", "location"}
        assert row["severity"] in ("info", "minor", "major", "critical", "blocker")
        assert re.fullmatch(r"[0-9a-f]{32}", row["fingerprint"])
        assert row["location"]["path"] in ("stories/a.txt", "stories/b.txt", "stories/lost.txt")
        assert row["location"]["lines"]["begin"] >= 1
    assert json.loads(gitlab.render([made, other], problems=[LOST])) == rows
    assert json.loads(gitlab.render([])) == []
    bare = gitlab.render([made], no_text=True)
    assert "doomed" not in bare
    assert "official" not in bare


def test_junit_counts_failures_as_fail_on_does() -> None:
    made, clean = checked("./stories/a.txt"), checked("stories/b.txt")
    clean = Lint(analysis=clean.analysis, findings=())
    for fail_on, counted in (("note", ("note", "warning", "error")), ("error", ("error",))):
        text = junit.render([made, clean], problems=[LOST], fail_on=fail_on)  # type: ignore[arg-type]
        read_back = JUnitXml.fromstring(text.encode())
        failed = [f for f in made.findings if f.severity in counted]
        assert (read_back.tests, read_back.failures, read_back.errors) == (
            len(made.findings) + 2, len(failed), 1,
        )  # fmt: skip
        suites = list(read_back)
        assert [suite.name for suite in suites] == [
            "stories/a.txt",
            "stories/b.txt",
            "stories/lost.txt",
        ]
        for case, finding in zip(suites[0], made.findings, strict=True):
            assert case.name == f"{finding.code} {finding.name}"
            assert bool(case.result) == (finding.severity in counted)
            assert finding.message in (case.result[0].text if case.result else case.system_out)
        assert [list(case.result) for case in suites[1]] == [[]]
