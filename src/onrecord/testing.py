"""Marked text: an article with its sources, cues and contents written into it, for examples.

One notation for a rule's page, a test and a specification:

    [s1 anonymous A source] [c1 said] [q1 the bridge would close].

`s`, `c` and `q` with a number open the source, cue and content of that attribution; a source's mark
carries its kind and, after an equals sign, a name (`person=Ann_Lee`; spaces are underscores).
Further words after the kind: `plural`, `withheld`, `title=harbour_master`, `of=2` (the same voice
as source 2; it needs no kind then), `in=1` (nested in attribution 1), `rival=3` (the person of
source 3 fits as well). A content may carry `in=1`, and `of=2` where it is on the word of source 2
without a mention of it, as an answer in an interview is. `[r1 because …]` is source 1's reason;
`[v1 altered "…"]` is a quotation on which `verify` gave a verdict (spaces in its name are
underscores); `[h1 printing outlet=Quay_Post change=negation "…"]`, and `version`, `figure`, `relay`
likewise, is what a ledger holds of a place; `[a1 https://quay.example words]` is a link;
`¶` begins a paragraph; `[h …]` is the headline;
`[outlet Harbour Star]` at the very start names the outlet. `⟦…⟧` is where a finding must stand; no
such mark means silence. A bracket that is meant as one is written `\\[` or `\\]`.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, get_args

import msgspec

from .extract.attributions.assemble import Quoted
from .extract.attributions.stance import stance
from .extract.figures.figures import find_figures
from .extract.people.mentions import find_people
from .extract.segment.quotes import find_quotes
from .extract.segment.sentences import find_sentences
from .ingest import read_text
from .records import (
    Analysis,
    Attribution,
    Context,
    EarlierVersion,
    Elsewhere,
    Form,
    History,
    Link,
    Model,
    OtherFigure,
    OtherPrinting,
    OtherWords,
    Person,
    Relay,
    Source,
    SourceKind,
    Span,
    Verdict,
    VerdictKind,
    VersionedChange,
)

_OPEN = re.compile(
    r"\[(?P<mark>[scqrvha])(?P<number>\d+)(?P<words>(?: (?:[a-z]+|[a-z]+=\S+)(?=[ ]))*?) (?=\S)"
)
_OUTLET = re.compile(r"\[outlet ([^\]\n]+)\]\s*")
_HEADLINE = re.compile(r"^\[h (.+)\]\s*(?=¶)")
_KINDS: tuple[SourceKind, ...] = get_args(SourceKind)


class _Mark(msgspec.Struct):
    kind: str
    number: int
    words: list[str]
    start: int
    end: int = -1


def parse(marked: str, *, outlet: str | None = None) -> tuple[Analysis, tuple[Span, ...]]:
    """The analysis that a marked text writes out, and the spans where findings must stand.

    Raises `ValueError` where a mark is not closed or stands for nothing.
    """
    marked, outlet = _opening(marked.strip("\n"), outlet)
    text, marks, expected = _strip(marked)
    links = tuple(Link(span=Span(m.start, m.end), href=m.words[0]) for m in marks if m.kind == "a")
    article = msgspec.structs.replace(read_text(text, outlet=outlet), links=links)
    marks = [mark for mark in marks if mark.kind != "a"]
    quotes = find_quotes(text, article.blocks)
    attributions, sources, people = _build(text, marks, Quoted(text, quotes))
    people = _with_unmarked(people, find_people(article))
    sentences = find_sentences(text, article.blocks)
    analysis = Analysis(
        article=article,
        sentences=sentences,
        quotes=quotes,
        people=people,
        attributions=attributions,
        sources=sources,
        figures=find_figures(article, sentences, people),
        model=Model(name="marked text", version="1"),
    )
    return analysis, tuple(expected)


def _with_unmarked(marked: Sequence[Person], found: Sequence[Person]) -> tuple[Person, ...]:
    """The people of the marks and what else the text calls them, and people only spoken of."""
    people = list(marked)
    for number, person in enumerate(found):
        mine = [n for n, p in enumerate(people) if _share(p.mentions, person.mentions)]
        if not mine:
            people.append(msgspec.structs.replace(person, id=f"x{number}"))
        elif len(mine) == 1:
            known = people[mine[0]]
            free = [m for m in person.mentions if not _share(known.mentions, (m,))]
            mentions = tuple(sorted([*known.mentions, *free]))
            people[mine[0]] = msgspec.structs.replace(known, mentions=mentions)
    return tuple(people)


def _opening(marked: str, outlet: str | None) -> tuple[str, str | None]:
    """The marked text without the marks of the outlet and of the headline, and the outlet."""
    if match := _OUTLET.match(marked):
        marked, outlet = marked[match.end() :], match.group(1)
    return _HEADLINE.sub(r"\1 ", marked, count=1), outlet


def _share(left: Sequence[Span], right: Sequence[Span]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in left for b in right)


def parse_context(marked: str, *, outlet: str | None = None) -> tuple[Context, tuple[Span, ...]]:
    """The same as a context, with the verdicts that the text writes out, if any."""
    analysis, expected = parse(marked, outlet=outlet)
    verdicts = tuple(
        Verdict(
            quote=Span(mark.start, mark.end),
            parts=(Span(mark.start, mark.end),),
            verdict=msgspec.convert(mark.words[0], VerdictKind),
            matched=1.0,
            line=1,
        )
        for mark in _strip(_opening(marked.strip("\n"), outlet)[0])[1]
        if mark.kind == "v"
    )
    history = _history(_strip(_opening(marked.strip("\n"), outlet)[0])[1])
    return Context(analysis=analysis, verdicts=verdicts or None, history=history), expected


def _history(marks: Sequence[_Mark]) -> History | None:
    """What the marks `[h1 printing …]`, `version`, `figure` and `relay` write out of a ledger."""
    found: dict[str, list[Any]] = {"printing": [], "version": [], "figure": [], "relay": []}
    for mark in marks:
        if mark.kind != "h":
            continue
        kind, *rest = mark.words
        values = {k: v.replace("_", " ") for k, _, v in (w.partition("=") for w in rest)}
        found[kind].append(_KINDS_OF_HISTORY[kind](Span(mark.start, mark.end), values))
    if not any(found.values()):
        return None
    return History(
        printings=tuple(found["printing"]),
        versions=tuple(found["version"]),
        figures=tuple(found["figure"]),
        relays=tuple(found["relay"]),
    )


def _elsewhere(values: dict[str, str]) -> Elsewhere:
    published = values.get("published")
    return Elsewhere(
        article=int(values.get("article", 1)),
        outlet=values.get("outlet"),
        published=date.fromisoformat(published) if published else None,
    )


def _printing(span: Span, values: dict[str, str]) -> OtherPrinting:
    changes: tuple[OtherWords, ...] = ()
    if "change" in values:
        weight = "wording" if values["change"] in ("wording", "left out") else "meaning"
        changes = (
            OtherWords(
                kind=values["change"],
                weight="tolerated" if "tolerated" in values else weight,  # type: ignore[arg-type]
                there=values.get("there", ""),
                here=values.get("here", ""),
            ),
        )
    return OtherPrinting(
        quote=span,
        elsewhere=_elsewhere(values),
        words=values.get("words", ""),
        speaker=values.get("speaker"),
        kind=values.get("kind", "person" if "speaker" in values else None),
        withheld="withheld" in values,
        credits=values.get("credits"),
        copy="copy" in values,
        changes=changes,
    )


def _version(span: Span, values: dict[str, str]) -> EarlierVersion:
    change = VersionedChange(
        kind=values.get("change", "quotation"),  # type: ignore[arg-type]
        before=values.get("before", ""),
        after=values.get("after", ""),
        span=span,
        bearing="light" not in values,
    )
    return EarlierVersion(elsewhere=_elsewhere(values), noted="noted" in values, changes=(change,))


def _figure(span: Span, values: dict[str, str]) -> OtherFigure:
    return OtherFigure(
        span=span,
        elsewhere=_elsewhere(values),
        kind=values.get("kind", "count"),
        of=values.get("of", ""),
        here=values.get("here", values.get("value", "0")),
        there=values.get("there", values.get("other", "0")),
        value=float(values.get("value", 0)),
        other=float(values.get("other", 0)),
        approximate="approximate" in values,
        years=float(values["years"]) if "years" in values else None,
    )


def _relay(span: Span, values: dict[str, str]) -> Relay:
    return Relay(
        span=span,
        outlet=values.get("outlet", ""),
        elsewhere=_elsewhere(values),
        kind=values.get("kind", "anonymous"),
        withheld="withheld" in values,
        words=values.get("words", ""),
    )


_KINDS_OF_HISTORY: dict[str, Callable[[Span, dict[str, str]], Any]] = {
    "printing": _printing,
    "version": _version,
    "figure": _figure,
    "relay": _relay,
}


def _strip(marked: str) -> tuple[str, list[_Mark], list[Span]]:
    """The bare text, the marks with their places in it, and the expected findings."""
    out: list[str] = []
    length = position = 0
    marks: list[_Mark] = []
    stack: list[_Mark] = []
    opened: list[int] = []
    expected: list[Span] = []
    while position < len(marked):
        character = marked[position]
        match = _OPEN.match(marked, position) if character == "[" else None
        if character == "\\" and marked[position + 1 : position + 2] in ("[", "]"):
            out.append(marked[position + 1])
            length += 1
            position += 2
        elif match:
            words, rest = _words(match.group("mark"), marked[match.end("number") + 1 :])
            mark = _Mark(match.group("mark"), int(match.group("number")), words, length)
            marks.append(mark)
            stack.append(mark)
            position = len(marked) - len(rest)
        elif character == "]" and stack:
            stack.pop().end = length
            position += 1
        elif character == "¶":
            while out and out[-1] == " ":
                out.pop()
                length -= 1
            out.append("\n\n")
            length += 2
            position += 1 + (marked[position + 1 : position + 2] == " ")
        elif character == "⟦":
            opened.append(length)
            position += 1
        elif character == "⟧":
            expected.append(Span(opened.pop(), length))
            position += 1
        else:
            out.append(character)
            length += 1
            position += 1
    if stack or opened:
        raise ValueError(f"a mark is never closed in: {marked[:60]!r}")
    return "".join(out), marks, sorted(expected)


def _words(kind: str, rest: str) -> tuple[list[str], str]:
    """The leading words of a source's mark that describe it, and what follows them."""
    words: list[str] = []
    while kind in "sqvha":
        word, _, after = rest.partition(" ")
        if kind == "h":
            if words and "=" not in word:
                break
            words.append(word)
            rest = after
            continue
        if kind == "v":
            return [word.replace("_", " ")], after
        if kind == "a":
            return [word], after
        if not after or not _describes(kind, word, first=not words):
            break
        words.append(word)
        rest = after
    return words, rest


def _describes(kind: str, word: str, *, first: bool) -> bool:
    """Whether a word after a mark's number describes the mark, or belongs to the text already."""
    name, equals, _ = word.partition("=")
    if equals and name in ("of", "in", "title", "rival"):
        return kind == "q" or not first or name == "of"
    if kind == "q":
        return False
    return name in _KINDS if first else word in ("plural", "withheld")


def _build(
    text: str, marks: list[_Mark], quoted: Quoted
) -> tuple[tuple[Attribution, ...], tuple[Source, ...], tuple[Person, ...]]:
    parts: dict[int, dict[str, list[_Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        parts[mark.number][mark.kind].append(mark)
    voices: dict[int, list[Span]] = defaultdict(list)
    about: dict[int, dict[str, str]] = {}
    voice_of: dict[int, int] = {}
    for number, kinds in sorted(parts.items()):
        for mark in kinds["s"]:
            values = dict(w.partition("=")[::2] for w in mark.words)
            voice = int(values["of"]) if "of" in values else number
            voice_of[number] = voice
            voices[voice].append(Span(mark.start, mark.end))
            about[voice] = values | about.get(voice, {})
        for mark in kinds["q"]:
            for word in mark.words:
                if word.startswith("of=") and number not in voice_of:
                    voice_of[number] = int(word[3:])
    attributions = []
    for number, kinds in sorted(parts.items()):
        content = tuple(Span(m.start, m.end) for m in kinds["q"])
        if not content:
            continue
        share = quoted.share(content)
        form: Form = "direct" if share >= 0.8 else "mixed" if share > 0 else "indirect"
        source, cue = kinds["s"][:1], kinds["c"][:1]
        flags = dict(w.partition("=")[::2] for m in kinds["q"] + kinds["s"] for w in m.words)
        attributions.append(
            Attribution(
                id=f"a{number}",
                source=Span(source[0].start, source[0].end) if source else None,
                cue=Span(cue[0].start, cue[0].end) if cue else None,
                content=content,
                form=form,
                stance=stance(text[cue[0].start : cue[0].end] if cue else ""),
                source_id=f"s{voice_of[number]}" if number in voice_of else None,
                parent=f"a{flags['in']}" if "in" in flags else None,
                rivals=(f"p{flags['rival']}",) if "rival" in flags else (),
                confidence=1.0,
            )
        )
    sources, people = [], []
    for voice, mentions in sorted(voices.items()):
        values = about[voice]
        kind: SourceKind = next((k for k in _KINDS if k in values), "unknown")
        name = values.get(kind, "").replace("_", " ") or None
        reason = parts[voice]["r"][:1]
        if kind == "person":
            people.append(Person(id=f"p{voice}", name=name or "", mentions=tuple(mentions)))
        sources.append(
            Source(
                id=f"s{voice}",
                kind=kind,
                name=name,
                title=values.get("title", "").replace("_", " ") or None,
                person_id=f"p{voice}" if kind == "person" else None,
                mentions=tuple(sorted(mentions)),
                reason=Span(reason[0].start, reason[0].end) if reason else None,
                withheld="withheld" in values,
                plural="plural" in values,
                confidence=1.0,
            )
        )
    return tuple(attributions), tuple(sources), tuple(people)
