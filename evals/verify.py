"""`onrecord verify` against planted edits: dishonest ones caught, honest ones left in peace.

At run time, from articles of PolNeAR's training part: the quotations that the corpus says somebody
spoke are put into running speech (a transcript whose turns begin and end with other articles'
words), and then the story, or the transcript, is edited in one known way. Nothing of the corpus is
kept.
"""

import difflib
import hashlib
import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from onrecord.extract import analyse
from onrecord.extract.segment.quotes import find_quotes
from onrecord.ingest import read_text
from onrecord.ingest.materials import material
from onrecord.language.en.lexicon import lexicon
from onrecord.records import Verdict
from onrecord.verifier import FAULTS, verify

from . import bench

TUNED, ARTICLES = 60, 60
"""Articles that were looked at while verify was written, by the digest of their ids, and how many
after them are measured."""
WORDS = 5
"""Words that a quotation must have for an edit to be planted in it."""
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NEGATION = re.compile(r"\b(?:not|never|no)\b ?|n['’]t\b")
_VERB = re.compile(
    r"\b(?:is|are|was|were|will|would|can|could|should|have|has|do|does|did)\b(?! not|n)"
)
_NUMBER = re.compile(r"\b\d+\b|\b(?:two|three|four|five|six|seven|eight|nine|ten|twenty|hundred)\b")
_TURNS = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|nothing|none|without|hardly|if|unless|until|provided"
    r"|says?|said|told|claim\w*|refus\w+|fail\w*|den(?:y|ied|ies)|lie|wrong|false|only)\b|n['’]t\b",
    re.IGNORECASE,
)
"""What no honest ellipsis leaves out: it takes back, conditions or passes on the rest."""
_SWAPS = "harbour lantern orchard trumpet marble kettle saddle velvet anchor pepper".split()


class Spoken(NamedTuple):
    """A quotation of a story: its words without marks, and who speaks, where a name says so."""

    start: int
    end: int
    name: str | None


def slice_of(
    data: Path, first: int = TUNED, count: int = ARTICLES
) -> Iterator[tuple[str, list[Spoken]]]:
    """The texts of the slice, each with its spoken quotations of some length."""
    rows = sorted(
        bench.records(data / "polnear_train.jsonl.gz"),
        key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest(),
    )
    for row in rows[first : first + count]:
        text = row["text"]
        said = [(s, e, a) for a in row["attributions"] for s, e in a["content"]]
        found = []
        for quote in find_quotes(text):
            words = text[quote.inner.start : quote.inner.end]
            if quote.parent is not None or not quote.closed or quote.marks[1] is None:
                continue
            by = next((a for s, e, a in said if s <= quote.inner.start + 2 < e), None)
            if by is None or len(_WORD.findall(words)) < WORDS or "[" in words or "…" in words:
                continue
            if "..." in words or "\n" in words:
                continue
            found.append(Spoken(quote.inner.start, quote.inner.end, _name(text, by)))
        if found:
            yield text, found


_FIRST = lexicon("names", "female", "male")


def _name(text: str, attribution: dict[str, Any]) -> str | None:
    """The source's name as a transcript would have it: a first name, and what follows."""
    for start, end in attribution["source"][:1]:
        for match in re.finditer(
            r"\b([A-Z][a-z]+)(?: [A-Z]\.)? [A-Z][A-Za-z'’-]+\b", text[start:end]
        ):
            if match.group(1) in _FIRST:
                return match.group().removesuffix("'s").removesuffix("’s")
    return None


class Scene:
    """A story and the transcript that its quotations were put into."""

    def __init__(self, text: str, spoken: list[Spoken], speech: list[str], seed: int) -> None:
        self.text, self.spoken = text, spoken
        self.chance = random.Random(seed)
        self.turns = [text[s.start : s.end].strip().rstrip(",") for s in spoken]
        self.labels = [s.name or f"Speaker {n}" for n, s in enumerate(spoken, 1)]
        half = len(speech) // 2
        self._speech, self.held = speech[:half], speech[half:]
        self.edits: dict[int, str] = {}
        self.extra: list[str] = []

    def story(self) -> tuple[str, list[int]]:
        """The edited story, and where each quotation's words now start."""
        out, last, starts, length = [], 0, [], 0
        for n, s in enumerate(self.spoken):
            piece = self.text[last : s.start]
            words = self.edits.get(n, self.text[s.start : s.end])
            out += [piece, words]
            starts.append(length + len(piece))
            length += len(piece) + len(words)
            last = s.end
        return "".join([*out, self.text[last:]]), starts

    def _goes_on(self, n: int) -> bool:
        """Whether the next quotation is the second half of this one's sentence."""
        if n + 1 >= len(self.spoken):
            return False
        one, two = self.spoken[n], self.spoken[n + 1]
        halves = self.text[one.start : one.end].rstrip().endswith(",")
        between = self.text[one.end : two.start]
        return bool(
            halves
            and re.match(r"[a-z]|I\b", self.text[two.start : two.end])
            and not re.search(r"[.!?:\n]", between)
        )

    def transcript(self, noise: Callable[[str], str] = lambda words: words) -> str:
        """The turns, each inside running speech; the order is the story's.

        A sentence that its speaker interrupts ("A," said X, "and b.") is one utterance.
        """
        rows = []
        turn = ""
        for n, label in enumerate(self.labels):
            turn = f"{turn}, {self.turns[n]}" if turn else self.turns[n]
            if self._goes_on(n):
                continue
            before, after = self.chance.choice(self._speech), self.chance.choice(self._speech)
            stop = "" if turn.endswith((".", "!", "?")) else "."
            rows.append(f"{label.upper()}: {noise(f'{before} {turn}{stop} {after}')}")
            turn = ""
        return "\n\n".join([*rows, *self.extra]) + "\n"


def _swap(scene: Scene, n: int) -> bool:
    return _replace(scene, n, r"\b[a-z]{5,}\b", lambda m: scene.chance.choice(_SWAPS))


def _replace(scene: Scene, n: int, pattern: str, by: Callable[[re.Match[str]], str]) -> bool:
    words = scene.text[scene.spoken[n].start : scene.spoken[n].end]
    found = list(re.finditer(pattern, words))
    if not found:
        return False
    match = scene.chance.choice(found)
    new = words[: match.start()] + by(match) + words[match.end() :]
    scene.edits[n] = re.sub(r"  +", " ", new).strip()
    return scene.edits[n] != words


def _negation_dropped(scene: Scene, n: int) -> bool:
    return _replace(scene, n, _NEGATION.pattern, lambda m: "")


def _negation_added(scene: Scene, n: int) -> bool:
    return _replace(scene, n, _VERB.pattern, lambda m: f"{m.group()} not")


def _number(scene: Scene, n: int) -> bool:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word.isdigit():
            return str(int(word) + scene.chance.randint(1, 9))
        return scene.chance.choice([w for w in ("three", "six", "eleven", "forty") if w != word])

    return _replace(scene, n, _NUMBER.pattern, other)


def _clause(scene: Scene, n: int) -> bool:
    words = scene.text[scene.spoken[n].start : scene.spoken[n].end].split()
    if len(words) < 10:
        return False
    size = scene.chance.randint(3, min(8, len(words) - 6))
    at = scene.chance.randint(3, len(words) - size - 3)
    if _TURNS.search(" ".join(words[at : at + size])):
        return False  # what hides a "not" or an "if" isn't honest
    scene.edits[n] = " ".join(words[:at] + words[at + size :])
    return True


def _stitched(scene: Scene, n: int) -> bool:
    if n + 1 >= len(scene.spoken):
        return False
    one, two = scene.turns[n].split(), scene.turns[n + 1].split()
    if len(one) < 6 or len(two) < 6:
        return False
    scene.edits[n] = " ".join(one[: max(4, len(one) // 2)] + two[-max(4, len(two) // 2) :])
    scene.labels[n + 1] = scene.labels[n]
    return True


def _speaker(scene: Scene, n: int) -> bool:
    if scene.spoken[n].name is None:
        return False
    scene.labels[n] = "Orla Venning"
    return True


def _invented(scene: Scene, n: int) -> bool:
    scene.edits[n] = scene.chance.choice([s for s in scene.held if len(s.split()) > 8])
    return True


def _ellipsis(scene: Scene, n: int) -> bool:
    words = scene.text[scene.spoken[n].start : scene.spoken[n].end].split()
    if len(words) < 10:
        return False
    size = scene.chance.randint(2, min(12, len(words) - 6))
    at = scene.chance.randint(3, len(words) - size - 3)
    if _TURNS.search(" ".join(words[at : at + size])):
        return False  # what hides a "not" or an "if" isn't honest
    mark = scene.chance.choice(["…", " ... ", " … ", " . . . ", " [...] ", " (…) "])
    scene.edits[n] = " ".join(words[:at]) + mark + " ".join(words[at + size :])
    return True


def _bracket(scene: Scene, n: int) -> bool:
    return _replace(
        scene, n, r"\b(?:he|she|it|they|them|we|him|there)\b", lambda m: "[the harbour board]"
    )


def _capital(scene: Scene, n: int) -> bool:
    words = scene.text[scene.spoken[n].start : scene.spoken[n].end].split()
    rest = " ".join(words[2:])
    if len(words) < 8 or not rest[0].islower() or _TURNS.search(" ".join(words[:2])):
        return False
    first = f"[{rest[0].upper()}]" if scene.chance.random() < 0.5 else rest[0].upper()
    scene.edits[n] = first + rest[1:]
    return True


def _disfluency(scene: Scene, n: int) -> bool:
    words = scene.turns[n].split()
    for _ in range(max(1, len(words) // 8)):
        at = scene.chance.randint(1, len(words) - 1)
        filling = scene.chance.choice(["um,", "uh,", "you know,", "er,", "I mean,", words[at]])
        words.insert(at, filling)
    scene.turns[n] = " ".join(words)
    return True


DISHONEST = {
    "word swapped": _swap, "negation dropped": _negation_dropped,
    "negation added": _negation_added, "number changed": _number, "clause removed": _clause,
    "two answers stitched": _stitched, "speaker swapped": _speaker, "sentence invented": _invented,
}  # fmt: skip
HONEST = {
    "ellipsis": _ellipsis, "brackets": _bracket, "capital": _capital, "disfluency": _disfluency,
}  # fmt: skip
ONE_WORD = ("word swapped", "negation dropped", "negation added", "number changed")


def verdicts(scene: Scene, noise: Callable[[str], str] = lambda words: words) -> list[Verdict]:
    """The verdicts on a scene's own quotations."""
    story, starts = scene.story()
    made = verify(analyse(read_text(story)), [material(scene.transcript(noise), name="t")])
    return [v for v in made.verdicts if any(p.start <= s < p.end for p in v.parts for s in starts)]


def judged(scene: Scene, n: int) -> str | None:
    """The verdict on one of a scene's quotations, None where no quotation was seen there."""
    start = scene.story()[1][n]
    for verdict in verdicts(scene):
        if any(part.start <= start < part.end for part in verdict.parts):
            return verdict.verdict
    return None


def _sentences(stories: list[tuple[str, list[Spoken]]]) -> list[str]:
    """Whole sentences for the speech around quotations, without those that would speak of them."""
    speech = [text[s.start : s.end] for text, spoken in stories for s in spoken]
    return [
        s
        for s in speech
        if s.endswith((".", "!", "?"))
        and s[:1].isupper()
        and not re.match(r"(?:That|This|It|Which|Not)\b", s)
    ]


def planted(
    stories: list[tuple[str, list[Spoken]]],
) -> Iterator[tuple[str, Scene, int]]:
    """For each story, and each kind of edit that fits somewhere in it: the kind, the scene,
    where."""
    speech = _sentences(stories)
    for number, (text, spoken) in enumerate(stories):
        others = [s for s in speech if s not in text]
        for turn, (kind, edit) in enumerate((DISHONEST | HONEST).items()):
            order = list(range(len(spoken)))
            random.Random(number * 97 + turn).shuffle(order)
            for n in order:
                scene = Scene(text, spoken, others, number)
                if edit(scene, n):
                    yield kind, scene, n
                    break


def untouched(stories: list[tuple[str, list[Spoken]]]) -> Iterator[Scene]:
    """Every story as it is."""
    speech = _sentences(stories)
    for number, (text, spoken) in enumerate(stories):
        yield Scene(text, spoken, [s for s in speech if s not in text], number)


def measure(data: Path, *, show: bool = False) -> dict[str, float]:
    """Shares of planted edits that are accused, and of untouched quotations that aren't."""
    stories = list(slice_of(data))
    counts: dict[str, list[int]] = {}
    for scene in untouched(stories):
        for verdict in verdicts(scene):
            _count(counts, "untouched", verdict.verdict in FAULTS)
            if show and verdict.verdict in FAULTS:
                print("untouched", verdict)
    for kind, scene, n in planted(stories):
        found = judged(scene, n)
        accused = found in FAULTS
        _count(counts, kind, accused)
        if show and accused != (kind in DISHONEST):
            print(f"{kind}: {found}", scene.spoken[n].name)
            print("   was:", scene.turns[n])
            print("   now:", scene.edits.get(n))
    rates = {kind: hits / total for kind, (hits, total) in counts.items()}
    return {
        "dishonest caught": _share(counts, DISHONEST),
        "one-word changes caught": _share(counts, ONE_WORD),
        "honest left in peace": 1 - _share(counts, HONEST),
        "untouched left in peace": 1 - rates["untouched"],
        **{f"caught: {kind}": rates[kind] for kind in DISHONEST if kind in rates},
        **{f"in peace: {kind}": 1 - rates[kind] for kind in HONEST if kind in rates},
        "dishonest edits": float(sum(counts[kind][1] for kind in DISHONEST if kind in counts)),
        "honest edits": float(sum(counts[kind][1] for kind in HONEST if kind in counts)),
        "untouched": float(counts["untouched"][1]),
    }


def rivals(data: Path) -> None:
    """Print the same figures for quotecheck and for difflib (needs `pip install quotecheck`).

    quotecheck accuses what it doesn't find; difflib, what has no window of words with a ratio of
    0.9. Neither reads speakers or joins the halves of a quotation.
    """
    import quotecheck

    def by_quotecheck(quotation: str, transcript: str) -> bool:
        return not quotecheck.check(quotation, transcript).ok

    def by_difflib(quotation: str, transcript: str) -> bool:
        ours, theirs = _plain(quotation), _plain(transcript)
        matcher = difflib.SequenceMatcher(None, theirs, ours, autojunk=False)
        run = matcher.find_longest_match()
        start = max(0, run.a - run.b)
        window = theirs[start : start + len(ours)]
        return difflib.SequenceMatcher(None, window, ours, autojunk=False).ratio() < 0.9

    stories = list(slice_of(data))
    for name, accuses in (("quotecheck", by_quotecheck), ("difflib", by_difflib)):
        counts: dict[str, list[int]] = {}
        for scene in untouched(stories):
            transcript = scene.transcript()
            for spoken in scene.spoken:
                words = scene.text[spoken.start : spoken.end].strip().rstrip(",")
                _count(counts, "untouched", accuses(words, transcript))
        for kind, scene, n in planted(stories):
            words = scene.edits.get(n, scene.text[scene.spoken[n].start : scene.spoken[n].end])
            _count(counts, kind, accuses(words.strip().rstrip(","), scene.transcript()))
        print(
            f"{name}: dishonest caught {_share(counts, DISHONEST):.3f}, one-word"
            f" {_share(counts, ONE_WORD):.3f}, honest accused {_share(counts, HONEST):.3f},"
            f" untouched accused {_share(counts, ['untouched']):.3f}"
        )


def _plain(text: str) -> list[str]:
    return [word.lower() for word in re.findall(r"\w+", text)]


def noisy(chance: random.Random, rate: float) -> Callable[[str], str]:
    """What makes speech-recognition errors: so many words replaced, lost or doubled, a share
    each."""

    def spoil(words: str) -> str:
        out = []
        for word in words.split():
            roll = chance.random()
            if roll < rate * 0.6:
                out.append(chance.choice(_SWAPS))
            elif roll < rate * 0.8:
                continue
            elif roll < rate:
                out += [word, chance.choice(_SWAPS)]
            else:
                out.append(word)
        return " ".join(out)

    return spoil


def noise_curve(data: Path, rates: tuple[float, ...] = (0.0, 0.05, 0.15)) -> None:
    """Print what becomes of untouched quotations where the transcript is a machine's."""
    stories = list(slice_of(data))
    for rate in rates:
        spoil = noisy(random.Random(1), rate)
        kinds = Counter(v.verdict for scene in untouched(stories) for v in verdicts(scene, spoil))
        total = kinds.total()
        shares = ", ".join(f"{kind} {n / total:.3f}" for kind, n in sorted(kinds.items()))
        print(f"word error {rate:.2f} ({total} quotations): {shares}")


def _count(counts: dict[str, list[int]], kind: str, hit: bool) -> None:
    pair = counts.setdefault(kind, [0, 0])
    pair[0] += hit
    pair[1] += 1


def _share(counts: dict[str, list[int]], kinds: Iterable[str]) -> float:
    pairs = [counts[kind] for kind in kinds if kind in counts]
    return sum(hits for hits, _ in pairs) / max(1, sum(total for _, total in pairs))


if __name__ == "__main__":
    import sys

    folder = Path(sys.argv[1])
    if "--noise" in sys.argv:
        noise_curve(folder)
    elif "--rivals" in sys.argv:
        rivals(folder)
    else:
        for figure, value in measure(folder, show="--show" in sys.argv).items():
            print(f"{figure:<40}{value:8.3f}")
