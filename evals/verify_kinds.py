"""`onrecord verify` against falsified and honest quotations of each kind, in made-up stories.

Three hundred stories about invented people, generated from templates with a fixed seed; each holds
one quotation edited in one known way. Beside it stand difflib and a plain fuzzy match, which hold
the quotation's words against the transcript. No corpus is needed: `python -m evals.verify_kinds`.
"""

import difflib
import random
import sys
from collections.abc import Callable
from typing import NamedTuple

from rapidfuzz import fuzz

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.ingest.materials import material
from onrecord.verifier import FAULTS, verify

STORIES = 300
FIRST = "Hester Colm Priya Mara Tobias Hanne Orla Petra Ruth Edwin Alice Martin".split()
LAST = "Lowe Dravick Kesting Fairbrook Quill Wrenfield Venning Osmund Hollis Tarrant".split()
THINGS = "harbour bridge ferry tunnel market museum crane slipway library hospital".split()
PLACES = "in the old town|by the river|at Port Annick|behind the station|on the island".split("|")
VERBS = "repair|rebuild|sell|close|open|move|paint|flood".split("|")
ENDS = (
    "before the winter|this year|with our own money|for all of the families|without a vote".split(
        "|"
    )
)
AMOUNTS = (
    ("two and a half million pounds", "£2.5m", "£2.8m"),
    ("thirty two point five percent of it", "32.5% of it", "35.2% of it"),
    ("three thousand four hundred dollars", "$3,400", "$4,300"),
    ("seventy five hundred boats", "7,500 boats", "7,050 boats"),
    ("half a million euros", "€500,000", "€50,000"),
    ("the plan of nineteen ninety nine", "the plan of 1999", "the plan of 1989"),
    ("one hundred and twenty berths", "120 berths", "112 berths"),
)
ASIDES = ("whatever the papers say", "as I told you", "and I mean this", "with a heavy heart")
FILLING = (
    "It has been a long evening and the tea is cold.",
    "Let me come to the next point on this sheet.",
    "The minutes will show who was here and who was not.",
    "There is a bus at ten for those who live up the hill.",
)
TURNED = ("not", "never", "in no sense", "hardly")


class Case(NamedTuple):
    """A sentence that was said, and what a story makes of it."""

    said: str
    quoted: str
    swapped: bool = False
    half: str = ""
    """A second thing that was said, elsewhere."""


def _parts(chance: random.Random) -> tuple[str, str, str]:
    thing = f"the {chance.choice(THINGS)} {chance.choice(PLACES)}"
    return thing, chance.choice(VERBS), chance.choice(ENDS)


def _plain(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"We will {verb} {thing} {end}"
    return Case(said, said)


def _ellipsis_turns(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"We will {chance.choice(TURNED)}, {chance.choice(ASIDES)}, {verb} {thing} {end}"
    return Case(said, f"We will … {verb} {thing} {end}")


def _silent_cut(chance: random.Random) -> Case:
    case = _ellipsis_turns(chance)
    return Case(case.said, case.quoted.replace(" …", ""))


def _condition(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"We will, if the council pays its share, {verb} {thing} {end}"
    return Case(said, f"We will … {verb} {thing} {end}")


def _attribution(chance: random.Random) -> Case:
    thing, _, end = _parts(chance)
    said = f"The work on {thing}, they say, was paid {end}"
    return Case(said, f"The work on {thing} … was paid {end}")


def _reversal(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"We wanted to {verb} {thing} {end}, which is a lie"
    return Case(said, f"We wanted to {verb} {thing} {end}")


def _amount_changed(chance: random.Random) -> Case:
    thing, _, end = _parts(chance)
    said, _, other = chance.choice(AMOUNTS)
    return Case(f"We have spent {said} on {thing} {end}", f"We have spent {other} on {thing} {end}")


def _speaker_swapped(chance: random.Random) -> Case:
    return _plain(chance)._replace(swapped=True)


def _halves(chance: random.Random) -> Case:
    one, two = _plain(chance), _plain(chance)
    return Case(one.said, f"{one.said} … {' '.join(two.said.split()[2:])}", half=two.said)


def _aside_left_out(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"We will, {chance.choice(ASIDES)}, {verb} {thing} {end}"
    return Case(said, f"We will … {verb} {thing} {end}")


def _clause_left_out(chance: random.Random) -> Case:
    thing, verb, end = _parts(chance)
    said = f"The people, who were not asked about it, will {verb} {thing} {end}"
    return Case(said, f"The people … will {verb} {thing} {end}")


def _amount_written(chance: random.Random) -> Case:
    thing, _, end = _parts(chance)
    said, same, _ = chance.choice(AMOUNTS)
    return Case(f"We have spent {said} on {thing} {end}", f"We have spent {same} on {thing} {end}")


def _sounds(chance: random.Random) -> Case:
    case = _plain(chance)
    words = case.said.split()
    at = chance.randrange(2, len(words))
    mark = chance.choice(("[crosstalk]", "(laughs)", "[00:12:31]", "um,", "(APPLAUSE)"))
    return Case(" ".join([*words[:at], mark, *words[at:]]), case.quoted)


def _typography(chance: random.Random) -> Case:
    case = _plain(chance)
    return Case(
        case.said.replace("er", "e\u00adr", 1).replace(" the ", "\u00a0the ", 1), case.quoted
    )


FALSIFIED: dict[str, Callable[[random.Random], Case]] = {
    "ellipsis turns the sense": _ellipsis_turns, "silent cut": _silent_cut, "condition cut": _condition,
    "attribution cut": _attribution, "reversal cut": _reversal, "amount changed": _amount_changed,
    "speaker swapped": _speaker_swapped, "halves joined": _halves,
}  # fmt: skip
HONEST: dict[str, Callable[[random.Random], Case]] = {
    "untouched": _plain, "aside left out": _aside_left_out, "clause left out": _clause_left_out,
    "amount written": _amount_written, "sounds and times": _sounds, "typography": _typography,
}  # fmt: skip


def scene(case: Case, chance: random.Random) -> tuple[str, str]:
    """A story and the transcript that it quotes."""
    one, two = chance.sample(FIRST, 2)
    own, other = chance.sample(LAST, 2)
    name, second = f"{one} {own}", f"{two} {other}"
    label = other if case.swapped else own
    fill = chance.sample(FILLING, 3)
    turns = [
        f"{label.upper()}: {fill[0]} {case.said}. {fill[1]}",
        f"{(own if case.swapped else other).upper()}: {fill[2]}",
        f"{label.upper()}: {case.half + '. ' if case.half else ''}Thank you.",
    ]
    story = (
        f"Meeting in {own}\n\n{name} and {second} spoke at the meeting on Monday.\n\n"
        f'"{case.quoted}," {name} said after {second} had left.\n'
    )
    return story, "\n\n".join(turns) + "\n"


def _accused(case: Case, story: str, transcript: str) -> dict[str, bool]:
    made = verify(analyse(read_text(story)), [material(transcript)])
    ours = any(v.verdict in FAULTS for v in made.verdicts if len(v.changes) or v.matched > 0)
    quoted, said = case.quoted.casefold().split(), transcript.casefold().split()
    run = difflib.SequenceMatcher(None, said, quoted, autojunk=False).find_longest_match()
    start = max(0, run.a - run.b)
    window = said[start : start + len(quoted)]
    ratio = difflib.SequenceMatcher(None, window, quoted, autojunk=False).ratio()
    fuzzy = fuzz.partial_ratio(case.quoted.casefold(), transcript.casefold())
    return {"onrecord": ours, "difflib": ratio < 0.9, "fuzzy": fuzzy < 90}


def measure(data: object = None, *, show: bool = False) -> dict[str, float]:
    """Shares of falsified quotations caught and of honest ones left in peace, by kind.

    Needs no corpus, whatever folder of `data` the gate gives.
    """
    hits: dict[tuple[str, str], list[bool]] = {}
    kinds = [*FALSIFIED.items(), *HONEST.items()]
    for number in range(STORIES):
        chance = random.Random(number)
        kind, make = kinds[number % len(kinds)]
        case = make(chance)
        story, transcript = scene(case, chance)
        for tool, accused in _accused(case, story, transcript).items():
            hits.setdefault((tool, kind), []).append(accused == (kind in FALSIFIED))
            if show and tool == "onrecord" and not hits[tool, kind][-1]:
                print(f"{kind}: {case.said!r} -> {case.quoted!r}\n{transcript}")
    figures: dict[str, float] = {}
    for tool in ("onrecord", "difflib", "fuzzy"):
        mark = "" if tool == "onrecord" else f"{tool}: "
        for name, group in (("falsified caught", FALSIFIED), ("honest left in peace", HONEST)):
            told = [right for kind in group for right in hits.get((tool, kind), [])]
            figures[mark + name] = sum(told) / len(told)
    for (tool, kind), told in hits.items():
        if tool == "onrecord":
            figures[kind] = sum(told) / len(told)
    return figures


if __name__ == "__main__":
    for figure, value in measure(show="--show" in sys.argv).items():
        print(f"{figure:<40}{value:8.3f}")
