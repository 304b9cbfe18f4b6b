"""`onrecord ledger` on the command line: the verbs, their formats, their exit codes."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from onrecord.cli import group
from onrecord.errors import ConfigError, LedgerError

STAR = (
    'Mayor of Port Sel goes\n\nAnn Lee, the mayor of Port Sel, said: "I will not stay in a job that'
    " I can"
    ' no longer do."\n'
)
POST = (
    'Port Sel loses its mayor\n\n"I will stay in a job that I can no longer do," Ann Lee, the'
    " mayor, said"
    " on Monday.\n"
)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(tmp_path)
    (tmp_path / "star.txt").write_text(STAR)
    (tmp_path / "post.txt").write_text(POST)

    def _run(*words: str) -> str:
        made = CliRunner().invoke(group, ["ledger", *words], standalone_mode=False)
        if made.exception:
            raise made.exception
        return made.output

    _run("add", "star.txt", "--outlet", "Harbour Star", "--published", "2026-03-01")
    _run("add", "post.txt", "--outlet", "Quay Post", "--published", "2026-03-02")
    return _run


def test_trace_as_json_lists_the_printings_earliest_first(run) -> None:  # type: ignore[no-untyped-def]
    made = json.loads(run("trace", "I will stay in a job", "--format", "json"))
    assert [(p["outlet"], p["published"], p["words"]) for p in made["printings"]] == [
        ("Harbour Star", "2026-03-01", "I will not stay in a job that I can no longer do."),
        ("Quay Post", "2026-03-02", "I will stay in a job that I can no longer do"),
    ]
    assert [c["kind"] for c in made["printings"][1]["changes"]] == ["negation"]


@pytest.mark.parametrize(
    "verb",
    [["who", "Ann Lee"], ["trace", "stay in a job"], ["search", "mayor"], ["claims"], ["stats"],
     ["diff", "star.txt"], ["export"]],
    ids=lambda v: v[0],
)  # fmt: skip
@pytest.mark.parametrize("form", ["full", "json", "csv"])
def test_every_verb_has_every_format(run, verb: list[str], form: str) -> None:  # type: ignore[no-untyped-def]
    made = run(*verb, "--format", form)
    assert made.strip()
    if form == "json":
        for line in [made] if verb[0] != "export" else made.splitlines():
            json.loads(line)


def test_add_of_the_same_and_of_a_changed_article(run) -> None:  # type: ignore[no-untyped-def]
    assert "known: star.txt" in run("add", "star.txt", "--outlet", "Harbour Star")
    Path("star.txt").write_text(STAR.replace("will not", "will"))
    assert "version 2" in run("add", "star.txt", "--outlet", "Harbour Star")
    assert "quotation: I will not stay" in run("diff", "star.txt")


def test_purge_of_a_person(run) -> None:  # type: ignore[no-untyped-def]
    assert "2 articles" in run("purge", "--person", "Ann Lee")
    assert "Nobody named" in run("who", "Ann Lee")
    assert b"Ann Lee" not in Path("onrecord.db").read_bytes()
    with pytest.raises(ConfigError, match="nothing to forget"):
        run("purge")


def test_init_says_what_it_made_and_never_twice(run) -> None:  # type: ignore[no-untyped-def]
    run("init", "--db", "other.db")
    assert "v_statements" in Path("metadata.json").read_text()
    with pytest.raises(LedgerError, match="a ledger already"):
        run("init", "--db", "other.db")


def test_parquet_of_a_batch_run(run) -> None:  # type: ignore[no-untyped-def]
    folder = Path("run") / "articles"
    folder.mkdir(parents=True)
    rows = [{"id": "b1", "text": STAR, "outlet": "Marle Gazette", "url": None, "date": None}]
    pq.write_table(pa.Table.from_pylist(rows), folder / "part-0.parquet")
    assert "added: b1" in run("add", "run")
    assert "Marle Gazette" in run("trace", "not stay in a job")


def test_export_as_parquet(run) -> None:  # type: ignore[no-untyped-def]
    run("export", "-o", "all.parquet")
    assert set(pq.read_table("all.parquet").column("speaker").to_pylist()) >= {"Ann Lee"}
