"""What other annotation tools read: each format back through a reader that isn't ours."""

import csv
import io
import json
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import conllu
import msgspec
import pytest
from click.testing import CliRunner
from rdflib import RDF, Graph, Namespace

from onrecord import Analysis, Article, analyse, read_text
from onrecord.cli.analyse import command
from onrecord.report import analysis_csv, brat, conll, webannotation
from onrecord.testing import parse


def _brat_reader() -> Any:
    """brat-peek's reader alone: its package wants libraries of plotting that nothing here needs."""
    found = find_spec("peek")
    assert found
    assert found.submodule_search_locations
    path = Path(found.submodule_search_locations[0]) / "ann_structure.py"
    spec = spec_from_file_location("ann_structure", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.AnnDocument


AnnDocument = _brat_reader()
OA = Namespace("http://www.w3.org/ns/oa#")
AS = Namespace("http://www.w3.org/ns/activitystreams#")
CONTEXT = {
    "oa": str(OA), "as": str(AS), "dcterms": "http://purl.org/dc/terms/", "rdf": str(RDF),
    "id": "@id", "type": "@type", "value": "rdf:value",
    "Annotation": "oa:Annotation", "SpecificResource": "oa:SpecificResource", "TextualBody": "oa:TextualBody",
    "TextPositionSelector": "oa:TextPositionSelector", "TextQuoteSelector": "oa:TextQuoteSelector",
    "AnnotationCollection": "as:OrderedCollection", "AnnotationPage": "as:OrderedCollectionPage",
    "body": "oa:hasBody", "target": "oa:hasTarget", "selector": "oa:hasSelector",
    "source": {"@id": "oa:hasSource", "@type": "@id"},
    "motivation": "oa:motivatedBy", "purpose": "oa:hasPurpose",
    "start": "oa:start", "end": "oa:end", "exact": "oa:exact", "prefix": "oa:prefix", "suffix": "oa:suffix",
    "items": {"@id": "as:items", "@container": "@list"}, "first": {"@id": "as:first", "@type": "@id"},
    "total": "as:totalItems",
}  # fmt: skip
"""What our keys mean in the standard's own context, which a test can't fetch."""

TEXT = """Quay to close

“It is over,” Ann Lee, the harbour master, said. She said that an insider had told her 🚢 “so, and nobody asked.”

The ferry will sail again, according to a board report.
"""


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    made = analyse(read_text(TEXT, input="desk/story 1.txt", outlet="Harbour Star"))
    assert len(made.attributions) >= 3
    assert any(a.parent for a in made.attributions)
    return made


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # rdflib's own parser
def test_web_annotations_are_triples_that_point_at_the_words(analysis: Analysis) -> None:
    made = webannotation.collection(analysis)
    assert made["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    own = json.dumps(made | {"@context": [CONTEXT, *made["@context"][1:]]})
    graph = Graph().parse(data=own, format="json-ld", publicID="https://example.org/")
    annotations = set(graph.subjects(RDF.type, OA.Annotation))
    assert len(annotations) == made["total"]
    text, seen = analysis.article.text, set()
    for annotation in annotations:
        for target in graph.objects(annotation, OA.hasTarget):
            assert (
                str(graph.value(target, OA.hasSource)) == "https://example.org/desk/story%201.txt"
            )
            selectors = {graph.value(s, RDF.type): s for s in graph.objects(target, OA.hasSelector)}
            position, quoted = selectors[OA.TextPositionSelector], selectors[OA.TextQuoteSelector]
            start, end = (int(str(graph.value(position, p))) for p in (OA.start, OA.end))
            assert str(graph.value(quoted, OA.exact)) == text[start:end]
            assert text[:start].endswith(str(graph.value(quoted, OA.prefix)))
            assert text[end:].startswith(str(graph.value(quoted, OA.suffix)))
            seen.add((start, end))
    assert {(s.start, s.end) for a in analysis.attributions for s in a.content} <= seen
    bare = json.dumps(webannotation.collection(analysis, no_text=True))
    assert "over" not in bare
    assert "Ann Lee" not in bare


def test_brat_reads_the_entities_and_what_binds_them(analysis: Analysis, tmp_path: Path) -> None:
    text = analysis.article.text
    (tmp_path / "story.txt").write_text(text, "utf-8", newline="\n")
    (tmp_path / "story.ann").write_text(brat.annotations(analysis), "utf-8", newline="\n")
    document = AnnDocument(str(tmp_path / "story.ann"), txt=True)
    entities = {entity.name: entity for entity in document.anns["entities"]}
    statements = [e for e in entities.values() if e.tag == "Statement"]
    assert len(statements) == len(analysis.attributions)
    for line in (tmp_path / "story.ann").read_text().splitlines():
        if line.startswith("T"):
            _, places, words = line.split("\t")
            parts = [p.split() for p in places.partition(" ")[2].split(";")]
            assert " ".join(text[int(a) : int(b)] for a, b in parts) == words
    relations = document.anns["relations"]
    assert sum(r.tag == "Within" for r in relations) == sum(
        bool(a.parent) for a in analysis.attributions
    )
    assert sum(r.tag == "Said_by" for r in relations) == sum(
        a.source is not None for a in analysis.attributions
    )
    known = brat.configuration()
    for attribute in document.anns["attributes"]:
        assert f"\n{attribute.tag}\t" in known


def test_brat_parts_a_statement_at_line_ends() -> None:
    made, _ = parse("[s1 person=Ann_Lee Ann Lee] [c1 said] [q1 it would\nrain] on [q1 Monday].")
    (line,) = [n for n in brat.annotations(made).splitlines() if "Statement" in n and n[0] == "T"]
    assert line.count(";") == 2
    assert line.endswith("it would rain Monday")


def test_conll_reads_tokens_at_their_places_and_tags_in_order(analysis: Analysis) -> None:
    text = analysis.article.text
    sentences = conllu.parse(conll.header() + conll.document(analysis))
    assert len(sentences) == len(analysis.sentences)
    covered: dict[str, list[tuple[int, int]]] = {}
    for sentence in sentences:
        for token in sentence:
            place = (
                dict(part.split("=") for part in token["misc"].split("|"))
                if isinstance(token["misc"], str)
                else token["misc"]
            )
            start, end = map(int, place["TokenRange"].split(":"))
            assert text[start:end] == token["form"]
            tags = token["onrecord:statement"]
            for tag in tags.split("|") if tags and tags != "_" else ():
                covered.setdefault(tag[2:], []).append((start, end))
    for a in analysis.attributions:
        words = covered[a.id]
        assert min(p[0] for p in words) <= min(s.start for s in a.content) + 1
        assert all(any(s.start < end and start < s.end for s in a.content) for start, end in words)
        assert f"stance={a.stance}" in sentences[0].metadata[f"attribution_{a.id}"]


def test_csv_has_all_columns(analysis: Analysis) -> None:
    rows = list(csv.DictReader(io.StringIO(analysis_csv.header() + analysis_csv.rows(analysis))))
    whole = analysis.to_rows()
    assert len(rows) == len(whole)
    for row, known in zip(rows, whole, strict=True):
        assert None not in row
        assert (row["start"], row["end"]) == (str(known["start"]), str(known["end"]))
        assert row["gender"] == (known["gender"] or "")
        assert row["outlet"] == "Harbour Star"
        assert row["withheld"] == {True: "true", False: "false", None: ""}[known["withheld"]]
        assert row["source_id"] == (known["source_id"] or "")
    assert {"date", "reason", "plural"} <= set(rows[0])


@pytest.mark.parametrize("form", ["webannotation", "conll", "csv"])
def test_command(tmp_path: Path, form: str) -> None:
    (tmp_path / "a.txt").write_text(TEXT)
    out = tmp_path / "out"
    made = CliRunner().invoke(
        command, [str(tmp_path / "a.txt"), "--engine", "baseline", "--format", form, "-o", str(out)]
    )
    assert made.exit_code == 0, made.output
    assert "Ann Lee" in out.read_text()
    made = CliRunner().invoke(
        command,
        [
            str(tmp_path / "a.txt"),
            "--engine",
            "baseline",
            "--no-text",
            "--format",
            form,
            "-o",
            str(out),
        ],
    )
    assert "Ann Lee" not in out.read_text()
    assert "nobody asked" not in out.read_text()


def test_brat_command_writes_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a b.txt").write_text(TEXT)
    (tmp_path / "a_b.txt").write_text(TEXT)
    out = tmp_path / "brat"
    words = [
        str(tmp_path / "a b.txt"),
        str(tmp_path / "a_b.txt"),
        "--engine",
        "baseline",
        "--format",
        "brat",
    ]
    assert CliRunner().invoke(command, [*words, "-o", str(out)]).exit_code == 0
    assert len(list(out.glob("*.ann"))) == len(list(out.glob("*.txt"))) == 2
    assert (out / "annotation.conf").read_text().startswith("[entities]")
    assert CliRunner().invoke(command, [*words, "-o", str(out)]).exception
    assert CliRunner().invoke(command, words).exception


def test_nothing_found_is_still_a_file() -> None:
    made = analyse(read_text("It rained."), engine="baseline")
    assert isinstance(made.article, Article)
    assert brat.annotations(made) == ""
    assert webannotation.collection(made)["total"] == 0
    assert conllu.parse(conll.header() + conll.document(made))[0][0]["form"] == "It"
    assert msgspec.json.encode(webannotation.collection(made))
