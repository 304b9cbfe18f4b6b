"""The ledger measured: quote families, who is who, twin stories with planted conflicts, scale.

`measure` is what the gate pins. Families: quotations of PolNeAR's training part are copied at run
time into other articles, each with one known edit. Identity: people of the same corpus, and
namesakes made by giving somebody of another article their name. Twins: stories of our own (`twins`)
told twice, with a conflict planted in half of the pairs. `python -m evals.ledger scale` and `kill`
load and torment a ledger; nothing of the corpus is kept.
"""

import argparse
import difflib
import hashlib
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TextIO

import msgspec
from sqlalchemy import func, select

from onrecord.extract import analyse
from onrecord.extract.segment.quotes import find_quotes
from onrecord.extract.segment.sentences import find_sentences
from onrecord.ingest import read_text
from onrecord.ledger import Ledger, create_ledger, identity, open_ledger, tables
from onrecord.ledger.names import person_name
from onrecord.ledger.queries import differences, search, stats, trace, who
from onrecord.ledger.store import prepare
from onrecord.records import Analysis, Attribution, Model, Person, Source, Span

from . import bench, twins, verify

QUOTATIONS = 150
"""Quotations that are copied, each with every kind of edit that its words allow."""
ANALYSED = 120
"""Articles of the training part that are analysed for the measures of people and of scale."""
BATCH = 200
"""Articles that are added in one step, as `ledger add` does at most."""
KINDS = ("same", "cut", "negation", "number", "wording", "speaker")
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Copy(NamedTuple):
    """A quotation copied into another article."""

    original: int
    kind: str
    words: str
    speaker: str | None


def gold(text: str, spoken: Sequence[tuple[int, int, str | None]], **about: Any) -> Analysis:
    """An analysis with what is known of a text's quotations, and nothing else."""
    article = msgspec.structs.replace(read_text(text), **about)
    people: dict[str, Person] = {}
    sources, attributions = [], []
    for n, (start, end, name) in enumerate(spoken, 1):
        if name and name not in people:
            people[name] = Person(id=f"p{len(people) + 1}", name=name, mentions=(Span(start, end),))
        person = people[name].id if name else None
        sources.append(
            Source(
                id=f"s{n}", kind="person" if name else "unknown", name=name, person_id=person,
                mentions=(Span(start, end),), confidence=1.0,
            )
        )  # fmt: skip
        attributions.append(
            Attribution(
                id=f"a{n}", source=None, cue=None, content=(Span(start - 1, end + 1),),
                form="direct", stance="says", source_id=f"s{n}", confidence=1.0,
            )
        )  # fmt: skip
    return Analysis(
        article=article,
        sentences=find_sentences(text, article.blocks),
        quotes=find_quotes(text, article.blocks),
        people=tuple(people.values()),
        attributions=tuple(attributions),
        sources=tuple(sources),
        figures=(),
        model=Model(name="gold", version="1"),
    )


def edited(words: str, speaker: str | None, chance: random.Random) -> Iterator[tuple[str, str]]:
    """What becomes of a quotation's words under each kind of edit that they allow."""
    yield "same", words
    tokens = [m.span() for m in _WORD.finditer(words)]
    if len(tokens) >= 14:
        yield "cut", words[: tokens[len(tokens) * 2 // 3][1]]
    if match := verify._NEGATION.search(words):
        yield "negation", words[: match.start()] + words[match.end() :]
    elif match := verify._VERB.search(words):
        yield "negation", words[: match.end()] + " not" + words[match.end() :]
    if match := re.search(r"\b\d+\b", words):
        yield "number", words[: match.start()] + str(int(match.group()) + 3) + words[match.end() :]
    long = [(a, b) for a, b in tokens[2:-2] if words[a:b].islower() and b - a >= 5]
    if long and len(tokens) >= 10:
        a, b = chance.choice(long)
        yield "wording", words[:a] + chance.choice(verify._SWAPS) + words[b:]
    if speaker and len(tokens) >= 9:
        yield "speaker", words


def families_measure(data: Path, ledger: Ledger) -> dict[str, float]:
    """Recall and precision of families, the first printing, the kind of drift."""
    chance = random.Random(11)
    texts = list(verify.slice_of(data, 0, 160))
    day = date(2016, 3, 1)
    originals: list[tuple[str, str | None]] = []
    for n, (text, spoken) in enumerate(texts):
        analysis = gold(
            text, [(s.start, s.end, s.name) for s in spoken], outlet=f"Outlet {n % 9}", published=day,
            input=f"o{n}",
        )  # fmt: skip
        ledger.add([analysis])
        for s in spoken[:3]:
            said = " ".join(text[s.start : s.end].split()).rstrip(",")
            if len(originals) < QUOTATIONS and len(_WORD.findall(said)) >= 6 and '"' not in said:
                originals.append((said, s.name))
    copies: list[Copy] = []
    for n, (said, name) in enumerate(originals):
        for kind, words in edited(said, name, chance):
            speaker = "Zelda Quorn" if kind == "speaker" else name
            copies.append(Copy(n, kind, words, speaker))
    chance.shuffle(copies)
    places: dict[int, Copy] = {}
    for n, copy in enumerate(copies):
        host, _ = texts[chance.randrange(len(texts))]
        paragraphs = [p for p in host.split("\n") if p.strip() and '"' not in p and "“" not in p]
        top = "\n\n".join(paragraphs[: chance.randint(1, 6)]) or "Copy"
        start = len(top) + 3
        text = f'{top}\n\n"{copy.words}", {copy.speaker or "they"} said.'
        (made,) = ledger.add(
            [gold(
                text, [(start, start + len(copy.words), copy.speaker)], outlet=f"Copier {n % 7}",
                published=day + timedelta(days=1 + n % 20), input=f"c{n}",
            )]
        )  # fmt: skip
        places[made.article] = copy
    return _score(ledger, originals, places)


def _score(
    ledger: Ledger, originals: list[tuple[str, str | None]], places: dict[int, Copy]
) -> dict[str, float]:
    found = first = kinds = pairs = right = 0
    dated: dict[str, list[int]] = {kind: [0, 0] for kind in KINDS}
    for n, (said, _) in enumerate(originals):
        mine = {article for article, copy in places.items() if copy.original == n}
        made = trace(ledger, said)
        of = {p.article: p for p in made.printings}
        own = [p for p in made.printings if _like(p.words or "", said) > 0.95]
        family = own[0].family if own else None
        for article in mine:
            copy, printing = places[article], of.get(article)
            dated[copy.kind][1] += 1
            if printing is None or printing.family != family:
                continue
            found += 1
            dated[copy.kind][0] += 1
            kinds += _kind_right(ledger, copy, said, printing)
        members = [p for p in made.printings if p.family == family]
        first += bool(members) and members[0].published == date(2016, 3, 1)
        for printing in members:
            pairs += 1
            right += printing.article in mine or _like(printing.words or "", said) > 0.5
    for kind, (have, all_) in dated.items():
        print(f"    {kind:<10}{have:>5} of {all_}", file=sys.stderr)
    return {
        "families.recall": found / len(places),
        "families.precision": right / max(1, pairs),
        "families.first printing": first / len(originals),
        "families.kind of drift": kinds / max(1, found),
    }


def _like(one: str, two: str) -> float:
    """Share of the shorter's words that stand in the longer in order."""
    a, b = sorted((_WORD.findall(one.lower()), _WORD.findall(two.lower())), key=len)
    blocks = difflib.SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks()
    return sum(m.size for m in blocks) / max(1, len(a))


def _kind_right(ledger: Ledger, copy: Copy, said: str, printing: Any) -> bool:
    from onrecord.ledger.families import wording

    made = differences(wording(said), wording(copy.words)) or ()
    seen = {c.kind for c in made if c.weight != "tolerated"}
    cut = any(c.kind == "left out" for c in made)
    if copy.kind == "same":
        return not seen
    if copy.kind == "cut":
        return cut and not seen
    if copy.kind == "speaker":
        return any(c.kind == "speaker" for c in printing.changes or ()) or printing.changes == ()
    return copy.kind in seen or (copy.kind == "wording" and bool(seen & {"name", "modal"}))


def analyses(data: Path, count: int = ANALYSED) -> list[Analysis]:
    """Analyses of articles of the training part, kept in the temporary folder between runs."""
    rows = sorted(
        bench.records(data / "polnear_train.jsonl.gz"),
        key=lambda row: hashlib.sha256(str(row["id"]).encode()).hexdigest(),
    )[:count]
    kept = Path(tempfile.gettempdir()) / f"onrecord-eval-{count}.json"
    if kept.exists():
        return msgspec.json.decode(kept.read_bytes(), type=list[Analysis])
    day = date(2016, 1, 1)
    made = [
        analyse(
            read_text(
                row["text"], input=str(row["id"]), outlet=f"Outlet {n % 12}",
                published=day + timedelta(days=n % 300),
            )
        )
        for n, row in enumerate(rows)
    ]  # fmt: skip
    kept.write_bytes(msgspec.json.encode(made))
    return made


def _evidence(analysis: Analysis, person: Person, numbers: dict[str, int]) -> identity.Evidence:
    key = person_name(person.name)
    assert key is not None
    company = set()
    for other in analysis.people:
        named = person_name(other.name)
        if other.id != person.id and named and named.full:
            company.add(numbers.setdefault(named.key, len(numbers)))
    day = analysis.article.published
    return identity.Evidence(
        name=key,
        middles=identity.middles(person.name),
        titles=tuple(s.title for s in analysis.sources if s.person_id == person.id and s.title),
        gender=person.gender,
        company=frozenset(company),
        outlets=frozenset({hash(analysis.article.outlet)}),
        days=(day.toordinal(), day.toordinal()) if day else None,
    )


def identity_measure(data: Path) -> dict[str, float]:
    """Links between two articles' people of one name: real ones, and namesakes that we made."""
    made = analyses(data)
    chance = random.Random(5)
    numbers: dict[str, int] = {}
    named: dict[str, list[tuple[Analysis, Person]]] = {}
    for analysis in made:
        for person in analysis.people:
            key = person_name(person.name)
            if key and key.full and not person.minor and person.name[0].isupper():
                named.setdefault(key.key, []).append((analysis, person))
    for own in named:
        numbers.setdefault(own, len(numbers))
    counts = {k: len({a.article.id for a, _ in v}) for k, v in named.items()}
    common = {n: 1 / (1 + counts.get(k, 0) / 5) for k, n in numbers.items()}
    same = [
        (g[i], g[j]) for g in named.values() for i in range(len(g)) for j in range(i)
        if g[i][0] is not g[j][0]
    ]  # fmt: skip
    chance.shuffle(same)
    same = same[:400]
    everybody = [pair for group in named.values() for pair in group]
    true = sum(_linked(a, b, numbers, common) for a, b in same)
    false = tried = 0
    while tried < 400:
        one, two = chance.sample(everybody, 2)
        if one[0] is two[0] or one[1].name == two[1].name:
            continue
        tried += 1
        twin = msgspec.structs.replace(two[1], name=one[1].name)
        false += _linked(one, (two[0], twin), numbers, common)
    with tempfile.TemporaryDirectory() as folder:
        together = _together(made, Path(folder) / "people.db")
    # Namesakes are far rarer than people who are named twice: one pair in twenty is taken here.
    rate = len(same) / 400 * 20
    return {
        "identity.recall": true / len(same),
        "identity.together": together,
        "identity.namesakes apart": 1 - false / tried,
        "identity.precision": true * rate / max(1e-9, true * rate + false),
    }


def _together(made: Sequence[Analysis], where: Path) -> float:
    """Of two appearances of one full name in a ledger of real articles, how many are one person."""
    ledger = create_ledger(str(where))
    ledger.add(made)
    ap, al, p = tables.appearances, tables.aliases, tables.people
    with ledger.database.reading() as connection:
        rows = connection.execute(
            select(al.c.key, ap.c.person_id, func.count())
            .join(al, al.c.person_id == ap.c.person_id)
            .join(p, p.c.id == ap.c.person_id)
            .where(p.c.kind == "person", al.c.key.contains(" "))
            .group_by(al.c.key, ap.c.person_id)
        ).all()
    ledger.close()
    by_name: dict[str, list[int]] = {}
    for key, _, count in rows:
        by_name.setdefault(key, []).append(count)
    pairs = sum(sum(group) * (sum(group) - 1) for group in by_name.values())
    return sum(n * (n - 1) for group in by_name.values() for n in group) / pairs


def _linked(
    one: tuple[Analysis, Person], two: tuple[Analysis, Person], numbers: dict[str, int],
    common: dict[int, float],
) -> bool:  # fmt: skip
    a, b = _evidence(*one, numbers), _evidence(*two, numbers)
    return identity.best([(1, identity.match(b, a, common))]) is not None


def pieces(made: Sequence[Analysis]) -> list[Analysis]:
    """Single paragraphs of analyses as analyses, with whatever lies wholly inside them."""
    found = []
    for analysis in made:
        text = analysis.article.text
        for block in analysis.article.blocks:
            if block.role != "paragraph" or block.span.end - block.span.start < 60:
                continue
            found.append(_slice(analysis, block.span, text))
    return found


def _slice(analysis: Analysis, inside: Span, text: str) -> Analysis:
    def holds(s: Span | None) -> bool:
        return s is None or (inside.start <= s.start and s.end <= inside.end)

    attributions = [
        a for a in analysis.attributions
        if all(map(holds, a.content)) and holds(a.source) and holds(a.cue) and a.parent is None
    ]  # fmt: skip
    used = {a.source_id for a in attributions}
    sources = [
        msgspec.structs.replace(
            s, mentions=tuple(m for m in s.mentions if holds(m)) or (inside,),
            reason=None, justification=None, contact=None,
        )
        for s in analysis.sources if s.id in used
    ]  # fmt: skip
    people = [
        msgspec.structs.replace(p, mentions=tuple(m for m in p.mentions if holds(m)))
        for p in analysis.people
        if any(holds(m) for m in p.mentions)
    ]
    kept = {p.id for p in people}
    sources = [
        s if s.person_id is None or s.person_id in kept
        else msgspec.structs.replace(s, person_id=None)
        for s in sources
    ]  # fmt: skip
    return msgspec.structs.replace(
        analysis,
        article=msgspec.structs.replace(analysis.article, text=text[inside.start : inside.end]),
        attributions=tuple(_moved(attributions, -inside.start)),
        sources=tuple(_moved(sources, -inside.start)),
        people=tuple(_moved(people, -inside.start)),
        figures=tuple(_moved([f for f in analysis.figures if holds(f.span)], -inside.start)),
    )


def _moved(records: Sequence[Any], by: int) -> Iterator[Any]:
    """Records with all their spans moved."""

    def move(value: Any) -> Any:
        if isinstance(value, Span):
            return Span(max(0, value.start + by), max(0, value.end + by))
        if isinstance(value, tuple):
            return tuple(move(v) for v in value)
        return value

    for record in records:
        yield msgspec.structs.replace(
            record, **{n: move(getattr(record, n)) for n in record.__struct_fields__}
        )


def recombined(parts: Sequence[Analysis], count: int, seed: int = 3) -> Iterator[Analysis]:
    """Articles of eight paragraphs each, drawn at random: the same quotations stand in several."""
    chance = random.Random(seed)
    day = date(2016, 1, 1)
    for n in range(count):
        chosen = chance.sample(parts, 8)
        text, moved = f"Story number {n} of the day", []
        for k, part in enumerate(chosen):
            start = len(text) + 2
            text += "\n\n" + part.article.text
            moved.append((k, start, part))
        article = read_text(
            text, input=f"r{n}", outlet=f"Outlet {n % 40}", published=day + timedelta(days=n % 900)
        )
        people: list[Person] = []
        sources: list[Source] = []
        attributions: list[Attribution] = []
        figures: list[Any] = []
        for k, start, part in moved:
            renamed = {p.id: f"{p.id}.{k}" for p in part.people}
            people += [
                msgspec.structs.replace(p, id=renamed[p.id]) for p in _moved(part.people, start)
            ]
            sources += [
                msgspec.structs.replace(
                    s, id=f"{s.id}.{k}", person_id=renamed.get(s.person_id or "")
                )
                for s in _moved(part.sources, start)
            ]
            attributions += [
                msgspec.structs.replace(
                    a, id=f"{a.id}.{k}", source_id=f"{a.source_id}.{k}" if a.source_id else None,
                    rivals=(),
                )
                for a in _moved(part.attributions, start)
            ]  # fmt: skip
            figures += _moved(part.figures, start)
        yield Analysis(
            article=article,
            sentences=(),
            quotes=find_quotes(text, article.blocks),
            people=tuple(people),
            attributions=tuple(attributions),
            sources=tuple(sources),
            figures=tuple(figures),
            model=Model(name="recombined", version="1"),
        )


def scale(data: Path, count: int, where: Path, step: int = 1000) -> dict[str, Any]:
    """Load a ledger and ask it; the rate of each step shows how it grows."""
    parts = pieces(analyses(data))
    ledger = create_ledger(str(where))
    rates, sizes = [], []
    batch: list[Analysis] = []
    cpu = made = 0.0
    step = min(step, count)
    for n, analysis in enumerate(recombined(parts, count), 1):
        batch.append(analysis)
        if len(batch) == BATCH:
            began = time.process_time()
            ledger.add_prepared([prepare(a) for a in batch])
            cpu += time.process_time() - began
            made += len(batch)
            batch = []
        if n % step == 0:
            rates.append(round(made / cpu))
            sizes.append(where.stat().st_size)
            print(f"  {n:>8} articles: {made / cpu:.0f} a CPU-second, {sizes[-1] / 1e6:.0f} MB",
                  file=sys.stderr, flush=True)  # fmt: skip
            cpu = made = 0.0
    chance = random.Random(9)
    asked = [p for p in parts if p.quotes and p.attributions]
    times: dict[str, list[float]] = {"trace": [], "search": [], "who": []}
    for _ in range(100):
        part = chance.choice(asked)
        words = _WORD.findall(part.article.text)
        a = chance.choice(part.attributions)
        said = part.article.text[a.content[0].start : a.content[0].end]
        names = [s.name for p in asked for s in p.sources if s.name and s.kind == "person"]
        for verb, call in (
            ("trace", lambda said=said: trace(ledger, said[:200])),
            ("search", lambda words=words: search(ledger, " ".join(chance.sample(words, 3)))),
            ("who", lambda names=names: who(ledger, chance.choice(names))),
        ):
            began = time.process_time()
            call()
            times[verb].append(1000 * (time.process_time() - began))
    made_ = stats(ledger)
    ledger.close()
    return {
        "articles": count,
        "articles a CPU-second": rates,
        "MB": [round(s / 1e6) for s in sizes],
        **{f"{verb} p95 ms": round(sorted(t)[94]) for verb, t in times.items()},
        "statements": made_.statements,
        "families": made_.families,
        "people": made_.people,
    }


def kill(rounds: int, where: Path) -> dict[str, int]:
    """Kill a writer again and again: nothing acknowledged is lost, nothing is there twice.

    Each adds steps of 1 to 40 articles; of a step all articles are kept or none.
    """
    create_ledger(str(where)).close()
    chance = random.Random(1)
    acknowledged: set[str] = set()
    for n in range(rounds):
        pid, said = _writer(str(where), n)
        lines: list[str] = []
        enough = chance.randint(0, 60)
        while len(lines) < enough and (line := said.readline()):
            lines.append(line)
        time.sleep(chance.random() * 0.03)
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        lines += said.readlines()
        said.close()
        acknowledged |= {line[:16] for line in lines if line.endswith("\n")}
    ledger = open_ledger(str(where))
    with ledger.database.reading() as to:
        ok = to.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        ok = ok and not to.exec_driver_sql("PRAGMA foreign_key_check").all()
        kept = list(to.exec_driver_sql("SELECT digest FROM articles").scalars())
        bare = to.exec_driver_sql(
            "SELECT count(*) FROM articles WHERE id NOT IN (SELECT article_id FROM printings)"
        ).scalar()
    ledger.close()
    return {
        "rounds": rounds,
        "acknowledged": len(acknowledged),
        "lost": len(acknowledged - set(kept)),
        "twice": len(kept) - len(set(kept)),
        "in part": bare or 0,
        "kept, not yet acknowledged": len(set(kept) - acknowledged),
        "damaged": int(not ok),
    }


def _writer(where: str, seed: int) -> tuple[int, TextIO]:
    """A process that adds articles, and what it says: each one's digest when it is kept."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid:
        os.close(writing)
        return pid, os.fdopen(reading)
    try:
        os.close(reading)
        with os.fdopen(writing, "w") as out:
            write(where, seed, out)
    finally:
        os._exit(0)


def write(where: str, seed: int, out: TextIO) -> None:
    """Add invented articles step by step and say each one's digest when it is kept."""
    ledger = open_ledger(where)
    chance = random.Random(seed)
    for n in range(10_000):
        batch = []
        for k in range(chance.choice((1, 5, 40))):
            text = f'Tale {seed}.{n}.{k}\n\n"The harbour of {n} opens in {seed}.{k}," Ann Lee said.'
            start = text.index('"') + 1
            batch.append(gold(text, [(start, len(text) - 15, "Ann Lee")]))
        made = ledger.add(batch)
        out.write("".join(f"{one.digest}\n" for one in made))
        out.flush()


def measure(data: Path) -> dict[str, float]:
    """The figures that are pinned."""
    with tempfile.TemporaryDirectory() as folder:
        ledger = create_ledger(f"{folder}/families.db")
        figures = families_measure(data, ledger)
        ledger.close()
        figures |= identity_measure(data)
        figures |= twins.measure(Path(folder))
    return figures


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["families", "identity", "twins", "scale", "kill", "all"])
    parser.add_argument("--data", type=Path, default=Path("../shared/bench/data"))
    parser.add_argument("--count", type=int, default=0, help="twins, articles or rounds")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made: Any
        if args.what == "twins":
            made = twins.measure(Path(folder), args.count or twins.PAIRS)
        elif args.what == "scale":
            made = scale(args.data, args.count or 100_000, Path(folder) / "scale.db")
        elif args.what == "kill":
            made = kill(args.count or 1000, Path(folder) / "kill.db")
        elif args.what == "identity":
            made = identity_measure(args.data)
        elif args.what == "families":
            made = families_measure(args.data, create_ledger(f"{folder}/families.db"))
        else:
            made = measure(args.data)
    for name, value in made.items():
        print(f"{name:<36}{value:>10.3f}" if isinstance(value, float) else f"{name:<36}{value}")


if __name__ == "__main__":
    main()
