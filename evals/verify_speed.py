"""How long `verify` takes, against the length of the material: made-up words, no corpus needed.

Run as `python -m evals.verify_speed`; writes docs/images/verify-speed.svg with `--plot`.
"""

import random
import resource
import sys
import time
from pathlib import Path

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.ingest.materials import material
from onrecord.verifier import verify

from .plot import drawing, panel

_SYLLABLES = "ba ke li mo nu pra ste vin dor gal hem sur tal wen yor fli cha".split()
_COMMON = (
    "the of and to in that is was he for it with as his on be at by had not are but from".split()
)


def vocabulary(chance: random.Random, size: int = 6000) -> list[str]:
    """Made-up words, each of two or three syllables."""
    made = {"".join(chance.choices(_SYLLABLES, k=chance.randint(2, 3))) for _ in range(2 * size)}
    return sorted(made)[:size]


def speech(chance: random.Random, words: list[str], count: int) -> str:
    """Running speech of so many words, with turns, sentences and the commonest words."""
    weights = [1 / (n + 10) for n in range(len(words))]
    drawn = chance.choices(words, weights, k=count)
    out, left = [], 0
    for n, word in enumerate(drawn):
        text = chance.choice(_COMMON) if n % 2 else word
        if left == 0:
            left = chance.randint(8, 22)
            label = (
                f".\n\n{chance.choice(('LOWE', 'VENNING', 'DRAVICK'))}: " if n % 60 < 12 else ". "
            )
            text = label + text.capitalize()
        left -= 1
        out.append(text)
    return " ".join(out).replace(" .", ".").lstrip(". \n") + "."


def story(chance: random.Random, transcript: str, words: int) -> str:
    """A story of so many words, about half of them quoted from a transcript."""
    source = transcript.split()
    out = ["Harbour works to begin"]
    total = 0
    while total < words:
        size = chance.randint(8, 35)
        at = chance.randrange(len(source) - size)
        piece = " ".join(w for w in source[at : at + size] if not w.endswith(":"))
        out.append(f'"{piece.strip(".")}," Hester Lowe said on Tuesday after the vote in the hall.')
        total += size + 11
    return "\n\n".join(out)


def timed(files: int, words: int, length: int = 1500) -> tuple[float, float]:
    """Seconds of reading and verifying a story against so many files, its analysis apart."""
    chance = random.Random(files * words)
    known = vocabulary(chance)
    texts = [speech(chance, known, words) for _ in range(files)]
    analysis = analyse(read_text(story(chance, texts[0], length)))
    start = time.perf_counter()
    materials = [material(text, name=f"t{n}") for n, text in enumerate(texts)]
    read = time.perf_counter() - start
    verify(analysis, materials)
    return read, time.perf_counter() - start


def main() -> None:
    """Print the table, and draw it if asked to."""
    timed(1, 1000)
    rows = []
    for files, words in (
        (1, 5000),
        (1, 20_000),
        (1, 80_000),
        (20, 10_000),
        (80, 10_000),
        (200, 10_000),
        (500, 10_000),
    ):
        _, whole = timed(files, words)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        rows.append((files * words, whole))
        print(f"{files:>4} files of {words:>6} words: {whole:6.2f} s, peak memory {memory:5.0f} MB")
    chance = random.Random(1)
    transcript = speech(chance, vocabulary(chance), 20_000)
    article = read_text(story(chance, transcript, 1500))
    start = time.perf_counter()
    verify(article, [material(transcript)])
    print(f"1,500-word story with its analysis, 20,000 words: {time.perf_counter() - start:.2f} s")
    if "--plot" in sys.argv:
        Path("docs/images/verify-speed.svg").write_text(drawing(panel(rows, "words of material")))


if __name__ == "__main__":
    main()
