"""Twin stories: invented ones, each told by two outlets, with a conflict planted in half of the
pairs.

What was planted is known, so what the ledger's rules find can be counted: every conflict once, and
nothing in the pairs that were left alone.
"""

import random
import sys
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from onrecord.extract import analyse
from onrecord.ingest import read_text
from onrecord.ledger import create_ledger
from onrecord.ledger.history import RULES, history_of, with_its_rules
from onrecord.linter import lint
from onrecord.records import Context, Settings
from onrecord.rules import all_rules

PAIRS = 200
"""Pairs of articles; a conflict is planted in every second one."""
CONFLICTS = (
    "negation", "number", "speaker", "age", "count", "relay", "one voice", "version quotation",
    "version figure", "version source",
)  # fmt: skip
EXPECTED = {
    "negation": "QUO206", "number": "QUO206", "speaker": "QUO206", "age": "NUM410",
    "count": "NUM410", "relay": "OUT602", "one voice": "OUT604", "version quotation": "COR801",
    "version figure": "COR801", "version source": "COR801",
}  # fmt: skip
_FIRST = "Ann Rose Clara Edith Nora Vera Tom Hugh Martin Colin Peter Walter".split()
_LAST = (
    "Tarrow Pellworth Quillan Marden Brackley Orme Sedgeley Vantry Holloway Dunmore Castell Ridd"
    " Fenwright Larkham Stroude Wexcombe Tolley Harbin Mossford Yarrow"
).split()
_OTHERS = "Ashgrove Bellweather Crowhurst Dray Elmstead Farnley Gorse Hexworthy".split()
_TOWNS = "Port Sel,Marle Bay,Upper Quay,Stonewick,Hallow Point,Fenbridge,Carrow,Lenmouth".split(",")
_OUTLETS = "Harbour Star,Quay Post,Marle Gazette,Stonewick Herald,Carrow Courier".split(",")
_THINGS = (
    "the bridge over the Lenn", "the old harbour", "the school at the mill", "the night ferry",
    "the fish market", "the town library", "the tram to the coast", "the water tower",
    "the hospital on the hill", "the quarry road", "the swimming bath", "the seed warehouse",
    "the concert hall", "the lighthouse", "the women's prison", "the glass works",
    "the airfield", "the botanic garden", "the fire station", "the salt marsh",
)  # fmt: skip
_PLANS = (
    "close it before the winter", "move the fishing fleet anywhere else this year",
    "shut the doors while the roof is open", "stop the late service until the engines are mended",
    "sell it to the first company that asks", "cut its hours for a second time",
    "tear up the rails for a row of parked cars", "drain it because a report from abroad says so",
    "send the patients forty miles to the city", "let lorries through at night again",
    "pour the water away each autumn", "burn the old grain without a word to the farmers",
    "silence the orchestra to save a heating bill", "switch the lamp off on moonlit nights",
    "build another wing on a flood plain", "put out the furnaces for a single bad order",
    "lengthen the runway into the churchyard", "charge children for a walk among trees",
    "merge two crews and call it progress", "fence off the path that drovers made",
)  # fmt: skip
_TAILS = (
    "the {n} million pounds are not lost", "every one of the {n} workers keeps a desk",
    "{n} letters from angry neighbours are reason enough", "the {n} complaints were read aloud to"
                                                           " me",
    "my predecessor promised it {n} times in this very room", "only {n} people came to protest",
    "the insurers have asked {n} questions and had answers", "it has stood for {n} years in the"
                                                            " rain",
    "our engineers need {n} weeks and dry weather", "the judge gave us {n} days to think",
    "I have walked there on {n} mornings to see for myself", "they have {n} signatures and no plan",
    "the surveyors counted {n} cracks, none of them deep", "we borrowed {n} pumps from the navy",
    "the ministry owes this town {n} replies", "the choir sold {n} tickets in an afternoon",
    "the divers went down {n} metres and saw sand", "a jury of {n} citizens will have its say",
    "the bank has written to us {n} times about it", "the old maps show {n} wells below it",
)  # fmt: skip
_VOICES = (
    "Nobody in that office has believed in the scheme since Easter",
    "She tore the letter up in front of the whole committee",
    "The auditors were sent home before they had opened a single box",
    "He has been looking for a way out of the contract for months",
    "They wrote the press release before anybody had seen the bids",
    "The clerk was told to lose the minutes of the second session",
    "Two of them have not spoken to each other since the vote",
    "The money went on a yacht that nobody is allowed to mention",
    "There is a second set of plans in the safe of the deputy",
    "The inspector cried when the figures were read to him",
)
_FACTS = (
    ("The storm of last week damaged {n} boats near {it}.",
     "Near {it}, {n} boats were damaged by the storm of last week."),
    ("Police counted {n} broken windows along the wall of {it}.",
     "Along the wall of {it} police counted {n} broken windows."),
    ("Volunteers planted {n} trees in the field behind {it}.",
     "In the field behind {it}, volunteers have planted {n} trees."),
    ("Inspectors found {n} leaking barrels in the cellar of {it}.",
     "In the cellar of {it} inspectors found {n} leaking barrels."),
    ("The flood of Sunday left {n} families without a roof close to {it}.",
     "Close to {it}, the flood of Sunday left {n} families without a roof."),
)  # fmt: skip


class Pair(NamedTuple):
    """Two articles, and what is planted in the second: a kind of conflict or nothing."""

    first: tuple[str, str, date]
    second: tuple[str, str, date]
    kind: str | None
    url: str | None


def pairs(count: int, seed: int = 17) -> list[Pair]:
    """The stories told twice."""
    chance = random.Random(seed)
    made = []
    for n in range(count):
        kind = CONFLICTS[n // 2 % len(CONFLICTS)] if n % 2 else None
        made.append(_pair(chance, n, kind))
    return made


def _pair(chance: random.Random, n: int, kind: str | None) -> Pair:
    mayor = f"{_FIRST[n % 12]} {_LAST[(n // 12 + 7 * (n % 12)) % 20]}"
    other = f"{_FIRST[(n + 5) % 12]} {_OTHERS[n % len(_OTHERS)]}"
    town = _TOWNS[n // 3 % len(_TOWNS)]
    called = f"{_THINGS[n % len(_THINGS)]} in {town}"
    one, two = chance.sample(_OUTLETS, 2)
    age, boats, cost = chance.randint(34, 68), chance.randint(11, 49), chance.randint(3, 40)
    day = date(2026, 1, 5) + timedelta(days=n)
    plan, tail = _PLANS[n % 20], _TAILS[(3 * n + n // 20) % 20].format(n=cost)
    said = f"We will not {plan}, and {tail}."
    voice = f"{_VOICES[n % 10]}, and {_THINGS[(n + n // 10) % 20]} will pay for it."
    fact = _FACTS[chance.randrange(len(_FACTS))]
    facts = {"said": said, "mayor": mayor, "age": age, "boats": boats, "voice": voice, "fact": fact}
    changed = dict(facts)
    if kind in ("negation", "version quotation"):
        changed["said"] = said.replace("will not", "will")
    elif kind == "number":
        changed["said"] = said.replace(f"{cost} ", f"{cost + 7} ")
    elif kind in ("speaker", "version source"):
        changed["mayor"] = other
    elif kind == "age":
        changed["age"] = age + 6
    elif kind in ("count", "version figure"):
        changed["boats"] = boats + 25
    same = kind is not None and kind.startswith("version")
    with_voice = kind in ("one voice", "relay")
    first = _told(facts, town, called, with_voice=with_voice)
    if same:
        second = _told(changed, town, called, with_voice=False)
    elif kind == "relay":
        second = _relayed(facts, town, called, one)
    else:
        second = _told_otherwise(changed, town, called, with_voice=with_voice)
    url = f"https://{one.replace(' ', '').lower()}.example/story-{n}" if same else None
    later = day if kind in ("age", "count") or kind is None or same else day + timedelta(days=1)
    return Pair((first, one, day), (second, one if same else two, later), kind, url)


def _told(facts: dict[str, Any], town: str, called: str, *, with_voice: bool) -> str:
    voice = (
        f'A source close to the council, who asked not to be named, said: "{facts["voice"]}"\n\n'
        if with_voice
        else ""
    )
    return (
        f"Dispute over {called}\n\n"
        f"The council of {town} argued for four hours on Monday about {called}.\n\n"
        f"{facts['mayor']}, {facts['age']}, the mayor of {town}, told the meeting:"
        f' "{facts["said"]}"\n\n'
        f"{voice}"
        f"{facts['fact'][0].format(n=facts['boats'], it=called)}\n\n"
        f"The next meeting is in March.\n"
    )


def _told_otherwise(facts: dict[str, Any], town: str, called: str, *, with_voice: bool) -> str:
    voice = (
        f'"{facts["voice"]}" said an insider, who spoke on condition of anonymity.\n\n'
        if with_voice
        else ""
    )
    return (
        f"{town}: long night about {called}\n\n"
        f"{facts['fact'][1].format(n=facts['boats'], it=called)}\n\n"
        f"It was nearly midnight when the council rose. The galleries were full to the last"
        f" seat.\n\n"
        f'"{facts["said"]}" said {facts["mayor"]}, {facts["age"]}, the mayor of {town}.\n\n'
        f"{voice}"
        f"In March they will meet again.\n"
    )


def _relayed(facts: dict[str, Any], town: str, called: str, outlet: str) -> str:
    claim = str(facts["voice"]).rstrip(".")
    return (
        f"Doubts about {called}\n\n"
        f"The {outlet} reported that {claim[0].lower()}{claim[1:]}.\n\n"
        f"The council of {town} had argued for four hours on Monday.\n\n"
        f"The next meeting is in March.\n"
    )


def measure(folder: Path, count: int = PAIRS) -> dict[str, float]:
    """Conflicts found, and silence on the pairs that were left alone."""
    rules = [rule for rule in all_rules() if rule.code in RULES]
    settings = with_its_rules(Settings())
    ledger = create_ledger(str(folder / "twins.db"))
    found: Counter[str] = Counter()
    planted: Counter[str] = Counter()
    silent = untouched = beside = 0
    for n, pair in enumerate(pairs(count)):
        made = []
        for m, (text, outlet, day) in enumerate((pair.first, pair.second)):
            given = read_text(text, input=f"{n}.{m}", outlet=outlet, published=day)
            given = msgspec.structs.replace(given, url=pair.url)
            made.append(analyse(given))
        ledger.add([made[0]])
        context = Context(analysis=made[1], settings=settings, history=history_of(ledger, made[1]))
        findings = lint(context, rules=rules).findings
        codes = {f.code for f in findings}
        if pair.kind is None:
            untouched += 1
            silent += not findings
        else:
            planted[pair.kind] += 1
            found[pair.kind] += EXPECTED[pair.kind] in codes
            beside += len(codes - {EXPECTED[pair.kind]})
        if (pair.kind is None and findings) or (pair.kind and EXPECTED[pair.kind] not in codes):
            said = "; ".join(f"{f.code} {f.message}" for f in findings) or "nothing found"
            print(f"    pair {n} ({pair.kind or 'untouched'}): {said}", file=sys.stderr)
    ledger.close()
    for kind in CONFLICTS:
        print(f"    {kind:<20}{found[kind]:>4} of {planted[kind]}", file=sys.stderr)
    return {
        "twins.conflicts found": sum(found.values()) / max(1, sum(planted.values())),
        "twins.silent on untouched": silent / max(1, untouched),
        "twins.nothing beside": 1 - beside / max(1, sum(planted.values())),
    }
