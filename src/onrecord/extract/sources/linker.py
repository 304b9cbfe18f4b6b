"""The voices of an article: which mentions are one source, what it is, what is said of it.

Unnamed mentions are linked only where the article itself links them, and never to a person. Titles,
reasons and contacts are read off the text around the mentions, not inferred.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import pairwise

import msgspec

from ...language.en.lexicon import lexicon
from ...records import Article, Attribution, Person, Source, Span
from ..engine.pointers import head_of
from ..engine.voicing import SURE, best, heard, named_there, pointed
from ..people.clusters import Gender, gender_of_noun, given, is_trade
from ..people.coreference import FIRST, PLURAL, SINGULAR, Resolver
from . import details as notes
from .clusters import (
    ANY_BODY,
    ARTICLE,
    DEFINITE,
    NEAR,
    POINTS_BACK,
    SourceCluster,
    SourceClusters,
)
from .kinds import Kind, kind_of, own
from .organisations import (
    antecedent,
    apposed,
    behalf,
    headed_organisations,
    initials,
    may_mean,
    organisations,
    plain_outlet,
    post_words,
    publisher,
    site_names,
    site_of,
    speaking,
)
from .person_of_phrase import continues_last_speaker, mentioned, resolve_person

_IT = re.compile(r"(?:it|itself|its)$", re.IGNORECASE)
_BODY_FIRST = re.compile(
    r"(?:The )?[A-Z][\w.&’'-]{0,40}(?: (?:of |for |and |the |on )*[A-Z][\w.&’'-]{0,40}){1,5}"
)
_SHORTENED = re.compile(r"^(I|we|he|she|they|it)['’](?:ve|m|d|ll|re|s)$", re.IGNORECASE)
_CALLED = re.compile(
    r"^(?:(?!of )\S{1,40} ){0,3}(?!(?:of|for|and|the|in|at|on|to|by|with|from|de"
    r"|la|van|or|one|two|three"
    r"|four|five|some|many|other|another|fellow|super)\b)[a-z][a-z-]{1,40} "
    r"((?:[A-Z][\w.&’'-]{0,40})(?: (?:of |for |and |the )*[A-Z][\w.&’'-]{0,40})*)$"
)
"""A body's name behind what it is: "ferry operator BlueLine"."""
_AND = re.compile(r",? (?:(?:and|&) )?(?:[a-z][\w-]{1,40} ){0,3}")
"""What stands between the names of people who speak together."""
_RELATIVE = re.compile(r"(?:who|which|that)$", re.IGNORECASE)
_BREAKS = re.compile(r"\n+")
_OPENS = re.compile(r"(?:\n|[.!?] |[.,!?…][\"”'’] )[\"“'‘]?$")
"""What stands before a pronoun that opens a sentence or follows what was said."""
_ISSUED = re.compile(
    r"(?:the|this|that) (statement|letter|post|tweet|e-?mail|message|note|memo)", re.IGNORECASE
)
_LESSER = frozenset("vice deputy assistant".split())


_RUN_AT_END = re.compile(
    r"[A-Z][\w’'-]{0,40}(?:\.[A-Z]\.)?(?: (?:(?:de|van|von|der|al|bin|la"
    r"|da) ){0,2}[A-Z][\w’'.-]{0,40}){0,3}$"
)
NAMELESS = 0.8
"""Probability of a person from which a name that no list knows is taken for theirs."""
POINTED_BODY = 0.3
"""The same for a name in place of "the company", which is no name at all."""
THING = 0.6
"""Probability of a body or thing from which a name is not a person's."""
RIVALLED = 0.6
"""What is left of how sure a speaker is, for each rival."""
LIKELY, UNLIKELY = 0.5, 0.1
"""The network's kind of a voice stands from the first where it gives the words' kind less than the
second."""
POINTED_AGAINST = 0.6
"""The same where the article gives them posts that are others: an inspector as "the farmer"."""
POINTED = 0.4
"""Share of an answer that a person's mentions must hold for a description to mean them."""


def find_sources(
    article: Article,
    attributions: Sequence[Attribution],
    people: Sequence[Person],
    resolver: Resolver,
    sentences: Sequence[Span],
    reporter: frozenset[Span] = frozenset(),
    calibrated: Callable[[float], float] = float,
) -> tuple[tuple[Attribution, ...], tuple[Source, ...]]:
    """The article's sources in order of their first mention, and the attributions tied to them.

    `reporter` are sources that the layout shows to be the reporter: who asks in an interview.
    """
    linker = _Linker(article, people, resolver, sentences)
    linker.reporter = reporter
    linked = {}
    for attribution in _outer_first(attributions):
        linked[attribution.id] = linker.link(attribution)
    voices = sorted(linker.voices.values(), key=lambda v: v.mentions[0])
    ids = {voice.key: f"s{number}" for number, voice in enumerate(voices, 1)}
    rows = []
    for attribution in attributions:
        key, rivals, sure = linked[attribution.id]
        rows.append(
            msgspec.structs.replace(
                attribution,
                source_id=ids[key] if key else None,
                rivals=rivals,
                speaker_confidence=calibrated(sure),
            )
        )
    by_voice: dict[str, list[Attribution]] = {source: [] for source in ids.values()}
    for row in rows:
        if row.source_id:
            by_voice[row.source_id].append(row)
    reader = notes.SourceDetails(article, sentences, people, rows)
    made = [_source(ids[v.key], v, by_voice[ids[v.key]], reader) for v in voices]
    return tuple(rows), tuple(made)


def _outer_first(attributions: Sequence[Attribution]) -> list[Attribution]:
    """The attributions as their sources stand in the text, nested ones after what they stand in.

    In "I knew," said Ann Lee, it takes Ann Lee to know who "I" is.
    """
    inside: dict[str | None, list[Attribution]] = {}
    for attribution in sorted(attributions, key=_place, reverse=True):
        inside.setdefault(attribution.parent, []).append(attribution)
    ordered, left = [], inside.get(None, [])
    while left:
        ordered.append(left.pop())
        left += inside.get(ordered[-1].id, [])
    return ordered


def _place(attribution: Attribution) -> int:
    return attribution.source.start if attribution.source else attribution.content[0].start


def _source(
    name: str, voice: SourceCluster, statements: Sequence[Attribution], reader: notes.SourceDetails
) -> Source:
    spans = sorted(set(voice.mentions))
    person = voice.person_id
    unnamed = voice.kind.kind in ("anonymous", "group", "unknown")
    reason = reader.reason(spans, statements) if voice.kind.kind == "anonymous" else None
    return Source(
        id=name,
        kind=voice.kind.kind,
        name=voice.name,
        title=reader.title(person, spans)
        if not unnamed or voice.kind.kind == "anonymous"
        else None,
        person_id=person,
        mentions=tuple(spans),
        reason=reason,
        justification=(reader.knowledge(spans) if unnamed else None)
        or reader.justification(person, spans, statements),
        contact=reader.contact(person, spans, statements),
        withheld=voice.kind.withheld or reason is not None,
        plural=voice.kind.plural,
        confidence=round(sum(voice.sure) / len(voice.sure), 3),
    )


class _Description(msgspec.Struct):
    """A described voice on its way to a key: what it is, and what it is called so far."""

    attribution: Attribution
    span: Span
    phrase: str
    kind: Kind
    name: str = ""
    low: str = ""
    """The name in small letters, by which voices are told apart."""

    def call(self, name: str) -> None:
        """Give the voice a name."""
        self.name, self.low = name, name.lower()


class _Linker:
    """Ties each attribution to a voice, in reading order."""

    def __init__(
        self,
        article: Article,
        people: Sequence[Person],
        resolver: Resolver,
        sentences: Sequence[Span],
    ) -> None:
        self._article, self._text = article, article.text
        self.reporter: frozenset[Span] = frozenset()
        self._people = {person.id: person for person in people}
        self._at = sorted((m, p.id) for p in people for m in p.mentions)
        self._reader = notes.SourceDetails(article, sentences, people)
        self._posts: list[tuple[str, frozenset[str]]] | None = None
        self._resolver = resolver
        self._pointers = resolver.pointers
        headline = [b.span.end for b in article.blocks if b.role == "headline"]
        self.voices = SourceClusters(article.text, headline[0] if headline else 0)
        self._speaker: dict[str, str] = {}
        self._last: tuple[int, str] | None = None
        self._asked = False
        self._told: list[Span] = []
        """What the last speaker has just said."""
        self._last_plural: str | None = None
        self._last_body: str | None = None
        self._last_thing: str | None = None
        self._last_spoken: str | None = None
        self._last_named: tuple[Span, Person] | None = None
        self._bodies = organisations(article.text)
        self._sites = site_names(article.text)
        self._headed = headed_organisations(article.text)
        self._initials = initials(article.text)

    def link(self, attribution: Attribution) -> tuple[str | None, tuple[str, ...], float]:
        """The key of an attribution's voice, the people whom its mention fits as well, how sure."""
        self._share = 1.0
        key, rivals = self._link(attribution)
        span = attribution.source
        if span is None or key is None:
            return key, rivals, attribution.confidence
        said = heard(self._pointers, span)
        kind = said.shares.get(self.voices[key].kind.kind, 0.0) if said else 0.5
        return key, rivals, kind * self._share * RIVALLED ** len(rivals)

    def _link(self, attribution: Attribution) -> tuple[str | None, tuple[str, ...]]:
        span = attribution.source
        if span is None:
            return None, ()
        if span in self.reporter and attribution.cue is None:
            kind = Kind("author", "reporter")
            return self._add("author", kind, span, attribution), ()
        phrase = _SHORTENED.sub(r"\1", self._text[span.start : span.end].strip())
        if phrase in ("WHO", "IT", "US") and not self._shouted(span):
            return self._described(attribution, span, phrase), ()  # no pronouns
        if SINGULAR.match(phrase) and (key := self._unnamed_goes_on(span, phrase)):
            return self._add(key, self.voices[key].kind, span, attribution), ()
        if together := self._together(span):
            return self._jointly(together, span, attribution), ()
        person, rivals = self._person(span, phrase, attribution)
        if person and SINGULAR.match(phrase):
            self._share = self._resolver.share
        if person:
            if attribution.parent is None:
                self._resolver.spoke(span.start, person)
            return self._named(attribution, span, person), rivals
        if SINGULAR.match(phrase):
            recent = next((v for v in reversed(self.voices.unnamed) if not v.kind.plural), None)
            near = recent and span.start - recent.mentions[-1].start < 600
            if near and recent and not rivals:
                return self._add(recent.key, recent.kind, span, attribution), ()
            return self._add(
                f"?{phrase.lower()}", Kind("unknown", phrase.lower()), span, attribution
            ), rivals
        if FIRST.match(phrase):
            return self._first(attribution, span, phrase), ()
        if _IT.match(phrase) and (opening := self._opening(attribution, span)):
            return self._described(attribution, span, opening), ()
        if _IT.match(phrase) and self._last_thing:
            known = self.voices[self._last_thing]
            return self._add(known.key, known.kind, span, attribution), ()
        if _RELATIVE.match(phrase) and (before := antecedent(self._text, span)):
            return self._described(attribution, span, before), ()
        if PLURAL.match(phrase):
            return self._they(span, attribution), ()
        return self._described(attribution, span, phrase), ()

    def _shouted(self, span: Span) -> bool:
        """Whether the words around a source are all capitals, as in a headline."""
        around = self._text[max(0, span.start - 20) : span.start + 30]
        return not re.search(r"[a-z]{2}", around)

    def _together(self, span: Span) -> tuple[str, ...]:
        """The people who speak as one in a source: "Ann Lee and Jon Pell"; none where one does."""
        first = bisect_left(self._at, span.start, key=lambda row: row[0].start)
        inside = [row for row in self._at[first : first + 9] if row[0].end <= span.end]
        lead = self._text[span.start : inside[0][0].start] if inside else "of "
        if len({p for _, p in inside}) < 2 or re.search(
            r"\b(?:of|for|by|to|with|like) |['’]s ", lead
        ):
            return ()
        ends = self._text[inside[-1][0].end : span.end]
        joined = all(
            _AND.fullmatch(self._text, one.end, two.start)
            for (one, _), (two, _) in pairwise(inside)
        )
        last = re.search(r"\b(?:and|&) ", self._text[inside[-2][0].end : inside[-1][0].start])
        return tuple(p for _, p in inside) if joined and last and not ends.strip() else ()

    def _jointly(self, together: Sequence[str], span: Span, attribution: Attribution) -> str:
        """The voice of people who speak as one."""
        key = f"persons:{'+'.join(sorted(set(together)))}"
        names = [self._people[p].name for p in dict.fromkeys(together)]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        self._last_plural = self._add(
            key, Kind("person", "people", plural=True), span, attribution, name
        )
        return key

    def _they(self, span: Span, attribution: Attribution) -> str:
        """Whom "they" means: the voice of several heard last, or two named together since then.

        In a quotation nobody calls themselves "they"; who feel or want are rather those of whom is
        told.
        """
        speaker = self._speaker.get(attribution.parent or "")
        known = self.voices.get(self._last_plural or "")
        quoted = self._resolver.quoted(span.start)
        if speaker and not quoted and self.voices[speaker].kind.plural:
            known = self.voices[speaker]
        elif known is None or quoted or attribution.stance in ("intends", "believes"):
            pair = self._pair_before(span)
            if pair and (known is None or quoted or pair[2] > known.mentions[-1]):
                return self._jointly(pair[:2], span, attribution)
        if known and not (quoted and known.key == speaker):
            return self._add(known.key, known.kind, span, attribution)
        return self._add("?they", Kind("unknown", "they", plural=True), span, attribution)

    def _pair_before(self, span: Span) -> tuple[str, str, Span] | None:
        """The two people named together last before a mention, not far from it, and where."""
        n = bisect_left(self._at, (span, ""))
        for (one, first), (two, second) in zip(
            self._at[n - 2 :: -1], self._at[n - 1 :: -1], strict=False
        ):
            if span.start - two.end > NEAR:
                return None
            if first != second and self._text[one.end : two.start] in (" and ", " & "):
                return first, second, one
        return None

    def _unnamed_goes_on(self, span: Span, phrase: str) -> str | None:
        """The last speaker, unnamed, whom "she said" means in the same paragraph: nobody else
        fits."""
        if self._last is None or self.voices[self._last[1]].person_id:
            return None
        at, key = self._last
        voice = self.voices[key]
        unnamed = voice.kind.kind in ("anonymous", "spokesperson") and not voice.kind.plural
        unnamed = unnamed and not self._asked  # who asks is answered by somebody else
        # "The former senator" may well be somebody who has a name.
        perhaps = voice.kind.kind == "anonymous" and not voice.kind.withheld
        perhaps = perhaps and bool(DEFINITE.match(self._text, voice.mentions[0].start))
        if not unnamed or perhaps or self._resolver.quoted(span.start):
            return None
        breaks = len(_BREAKS.findall(self._text, at, span.start))
        opens = _OPENS.search(self._text, max(0, span.start - 3), span.start)
        if breaks > 1 or (breaks and (not opens or voice.kind.head in ("one", "another"))):
            return None
        female = phrase.lower() in ("she", "her", "herself")
        gender: Gender = "female" if female else "male"
        if gender_of_noun(voice.kind.head) not in (gender, None):
            return None
        # Whom the voice itself has told of is no rival: "The clerk said Lee was ill. She added …"
        fits = self._resolver.named_between(at, span.start, gender, outside=self._told)
        return None if fits else key

    def _opening(self, attribution: Attribution, span: Span) -> str | None:
        """The body that a statement opens with and "it" means: "Orr Mills will close, it said"."""
        first = attribution.content[0]
        match = _BODY_FIRST.match(self._text, first.start, first.end)
        if first.start > span.start or not match:
            return None
        name = match.group().strip()
        if resolve_person(self._text, Span(*match.span()), self._at):
            return None
        return (
            name if kind_of(name, self._article.outlet).kind in ("organisation", "outlet") else None
        )

    def _person(
        self, span: Span, phrase: str, attribution: Attribution
    ) -> tuple[str | None, tuple[str, ...]]:
        """The person whom a source names or whom its pronoun stands for."""
        if SINGULAR.match(phrase) or phrase.lower() in ("who", "whom"):
            outer = self._speaker.get(attribution.parent or "")
            teller = self.voices[outer].person_id if outer else None
            return self._resolver.resolve(span, attribution.cue, attribution.content, teller)
        if self._no_person(span):
            return None, ()
        return resolve_person(self._text, span, self._at), ()

    def _no_person(self, span: Span) -> bool:
        """Whether the network is sure that a source is a body or a thing, whatever its name is
        like."""
        said = heard(self._pointers, span)
        if said is None:
            return False
        things = sum(said.shares[k] for k in ("organisation", "outlet", "document", "group"))
        return things > THING and said.shares["person"] < 1 - THING

    def _named(self, attribution: Attribution, span: Span, person: str) -> str:
        known = self._people[person]
        key = f"person:{person}"
        self._add(key, Kind("person", "person"), span, attribution)
        self.voices[key].name = known.name
        self.voices[key].person_id = person
        self._last_named = (span, known)
        return key

    def _first(self, attribution: Attribution, span: Span, phrase: str) -> str:
        """I and we: the speaker of the statement around it, else the reporter."""
        outer = self._speaker.get(attribution.parent or "")
        if outer:
            self._add(outer, self.voices[outer].kind, span, attribution)
            return outer
        if attribution.form != "indirect" or self._inside_quote(span):
            return self._add("?i", Kind("unknown", "i"), span, attribution)
        return self._add("author", Kind("author", phrase.lower()), span, attribution)

    def _inside_quote(self, span: Span) -> bool:
        before = self._text[max(0, span.start - 200) : span.start].split("\n")[-1]
        return (before.count("“") > before.count("”")) or before.count('"') % 2 == 1

    def _described(self, attribution: Attribution, span: Span, phrase: str) -> str:
        """A voice that is described: by its kind, linked to earlier mentions where they match.

        Each step answers with the voice's key, or leaves it, perhaps better described, to the next.
        """
        phrase = re.sub(r"['’]s$", "", speaking(phrase))
        if not mentioned(span, self._at):
            phrase = site_of(phrase)
        said = _Description(attribution, span, phrase, self._kind(span, phrase))
        steps = (
            self._as_person, self._as_last_named, self._as_called, self._as_account,
            self._as_unnamed, self._as_spokesperson, self._as_outlet, self._as_body_before,
            self._as_document,
            self._as_full_name, self._as_crowd,
        )  # fmt: skip
        for step in steps:
            if key := step(said):
                return key
        key = f"{said.kind.kind}:{said.low}"
        if said.kind.kind in ("organisation", "outlet"):
            key = self.voices.long_form(said.low) or key
        self._add(key, said.kind, span, attribution)
        self._remember(key, said.kind, said.name)
        return key

    def _as_person(self, said: _Description) -> str | None:
        """A named person: "the mayor", where one of those named is mayor."""
        person = self._meant(said.span, said.phrase, said.kind)
        person = person or self._posted(said.kind, said.phrase)
        return self._named(said.attribution, said.span, person) if person else None

    def _as_last_named(self, said: _Description) -> str | None:
        """Who was named and spoke last: "the lawmaker added"."""
        if said.kind.kind not in ("anonymous", "unknown") or said.kind.withheld:
            return None
        if not self._last_named or not continues_last_speaker(
            self._text, said.span, self._last_named
        ):
            return None
        return self._named(said.attribution, said.span, self._last_named[1].id)

    def _as_called(self, said: _Description) -> str | None:
        """Who has a name that the article gives only here; else what the voice is called is
        settled."""
        if name := self._called(said.span, said.phrase):
            kind = Kind("person", name)
            return self._add(f"called:{name.lower()}", kind, said.span, said.attribution, name)
        said.call(self._name(said.kind, said.phrase, said.span))
        said.low = re.sub(r"['’]s$", "", said.low)
        return None

    def _as_account(self, said: _Description) -> None:
        """An account, called by its handle: "user @annlee"."""
        if said.kind.kind == "person":
            said.name = said.low = said.phrase[said.phrase.index("@") :]

    def _as_unnamed(self, said: _Description) -> str | None:
        """Somebody without a name: "a neighbour"."""
        if said.kind.kind != "anonymous":
            return None
        return self._unnamed(said.attribution, said.kind, said.span, said.phrase)

    def _as_spokesperson(self, said: _Description) -> str | None:
        """Who speaks for a body: "a spokeswoman for the club"."""
        if said.kind.kind != "spokesperson":
            return None
        return self._spokesperson(said.attribution, said.kind, said.span, said.phrase)

    def _as_body_before(self, said: _Description) -> str | None:
        """A body told of before: "the hospital", "the company"."""
        common = said.kind.kind in ("unknown", "organisation") and said.name.islower()
        if not common or not DEFINITE.match(said.phrase):
            return None
        full = self._headed.get(said.low.removesuffix("s"))
        if full := full or self._spoken_for(said.low, said.span):
            said.kind = Kind("organisation", said.kind.head)
            said.call(full)
        elif known := self.voices.meant(said.kind, said.low, said.span):
            return self._add(known.key, known.kind, said.span, said.attribution)
        return None

    def _as_outlet(self, said: _Description) -> str | None:
        """An outlet told of before ("the magazine"), by a piece of its own ("a report in Star"), or
        by another form of its name."""
        if said.kind.kind not in ("document", "outlet", "organisation", "unknown"):
            return None
        name = publisher(said.phrase)
        if name is None and said.kind.kind == "outlet" and not said.name.islower():
            name = said.name
        if name is not None:
            known = self.voices.outlet(name)
            site = self._sites.get(plain_outlet(name))
            if known is None and kind_of(name).kind != "outlet" and said.kind.kind != "outlet":
                return None
            said.kind = Kind("outlet", said.kind.head)
            said.call(known.name or name if known else site or name)
            return self._add(known.key, known.kind, said.span, said.attribution) if known else None
        again = re.match(r"(?:the|this|that) ", said.phrase, re.IGNORECASE)
        if again and lexicon("sources", "outlet_nouns") & {*said.low.split()[-1:]}:
            known = self.voices.outlet()
            if known and said.span.start - known.mentions[-1].end < NEAR:
                return self._add(known.key, known.kind, said.span, said.attribution)
        return None

    def _as_document(self, said: _Description) -> str | None:
        """Whose statement it is, or the paper told of before: "the statement said"."""
        if said.kind.kind != "document":
            return None
        known = self._issuer(said.span, said.phrase)
        if known is None and DEFINITE.match(said.phrase):
            known = self.voices.meant(said.kind, said.low.split(",")[0], said.span)
        return self._add(known.key, known.kind, said.span, said.attribution) if known else None

    def _as_full_name(self, said: _Description) -> None:
        """A body by its full name, where its first word or its initials are given: "the OHA"."""
        name = said.name.strip()
        if said.kind.kind == "organisation" and (full := self._bodies.get(name)):
            said.call(full)
        initials = re.sub(r"['’]s$", "", said.name).strip().replace(".", "")
        if full := self._initials.get(initials):
            said.call(full)
            told = (self.voices.get(f"{k}:{said.low}") for k in ("organisation", "outlet"))
            said.kind = next((voice.kind for voice in told if voice), said.kind)

    def _as_crowd(self, said: _Description) -> str | None:
        """A crowd told of before, or an outlet called like one: "People reports"."""
        if said.kind.kind == "group" and said.phrase[:1].isupper():
            said.kind = self.voices.named(said.low) or said.kind
        if said.kind.kind == "group" and (known := self.voices.crowd(said.low, said.span)):
            return self._add(known.key, known.kind, said.span, said.attribution)
        return None

    def _issuer(self, span: Span, phrase: str) -> SourceCluster | None:
        """Whose statement "the statement" is: theirs who said something "in a statement" last.

        None where a paper of that name has spoken for itself since then.
        """
        bare = _ISSUED.fullmatch(phrase)
        if bare is None:
            return None
        said = re.compile(
            rf"\bin (?:an?|his|her|its|their) (?:[\w-]{{1,40}} ){{0,2}}{bare.group(1)}\b"
        )
        places = [
            m.start() for m in said.finditer(self._text, max(0, span.start - NEAR), span.start)
        ]
        if not places:
            return None
        start = self._resolver.sentence_start(places[-1])
        end = self._resolver.sentence_end(places[-1])
        here = [
            (mention, voice)
            for voice in self.voices.values()
            for mention in voice.mentions
            if start <= mention.start < end
        ]
        later = any(
            voice.kind.kind == "document" and end <= voice.mentions[-1].start
            for voice in self.voices.values()
        )
        return max(here, key=lambda row: row[0])[1] if here and not later else None

    def _name(self, kind: Kind, phrase: str, span: Span) -> str:
        """What a described voice is called: its phrase without the article, or its body's name."""
        name = phrase if kind.head == "some" else ARTICLE.sub("", phrase, count=1)
        if kind.kind in ("organisation", "outlet", "group"):
            name = (apposed(phrase) or name).split(",")[0]
        if kind.kind == "organisation" and (called := _CALLED.match(name)):
            name = called.group(1)
        if kind.kind == "outlet" and self._article.outlet and own(phrase, self._article.outlet):
            name = self._article.outlet
        if kind.kind in ("organisation", "outlet"):
            name = self._body_meant(kind, phrase, span) or name
        return name

    def _unnamed(self, attribution: Attribution, kind: Kind, span: Span, phrase: str) -> str:
        """A person or people without a name."""
        voice = self.voices.unnamed_voice(kind, phrase, span, nested=self._relayed(attribution))
        self._add(voice.key, voice.kind, span, attribution)
        if kind.plural:
            self._last_plural = voice.key
        return voice.key

    def _spokesperson(self, attribution: Attribution, kind: Kind, span: Span, phrase: str) -> str:
        """Who speaks for a body, told apart by the body."""
        body = behalf(phrase, kind.head)
        if not body and DEFINITE.match(phrase) and self._last_spoken:
            return self._add(self._last_spoken, kind, span, attribution)
        body = self._for_whom(body, span) or ""
        body = self._bodies.get(body, body)
        key = self._last_spoken = f"spokesperson:{body.lower()}"
        self._add(key, kind, span, attribution)
        self.voices[key].name = body or None
        return key

    def _remember(self, key: str, kind: Kind, name: str) -> None:
        """Give a voice its name, and keep it for what points back to it: "they", "the report"."""
        voice = self.voices[key]
        if kind.kind in ("organisation", "document", "group", "outlet", "person"):
            voice.name = voice.name or _proper(name)
        if kind.kind in ("group", "organisation", "outlet"):
            self._last_plural = key
        if kind.kind in ("organisation", "outlet", "document"):
            self._last_thing = key
        if kind.kind == "organisation":
            self._last_body = voice.name

    def _kind(self, span: Span, phrase: str) -> Kind:
        """The kind of a phrase, by its words and by what the network heard."""
        kind = kind_of(phrase, self._article.outlet)
        said = heard(self._pointers, span)
        if said is None or said.kind in ("person", "author") or kind.head.startswith("spokes"):
            return kind
        unheard = said.share >= LIKELY and said.shares.get(kind.kind, 0.0) < UNLIKELY
        unheard = unheard and kind.kind != "spokesperson"
        if kind.kind in (said.kind, "person") or not (said.share >= SURE or unheard):
            return kind
        plural = kind.plural or said.kind == "group"
        return Kind(said.kind, kind.head, said.withheld > 0.5, plural)

    def _body_meant(self, kind: Kind, phrase: str, span: Span) -> str | None:
        """The name that "the company" or "VW" points back to, where the network is sure of it."""
        word = ARTICLE.sub("", phrase, count=1)
        described = word.islower() and not kind.plural
        if not described and not (word.isupper() and word.isalpha() and len(word) < 7):
            return None
        answers = pointed(self._text, self._pointers, span)
        if answers is None:
            return None
        name, share = named_there(self._text, answers)
        if name is None or share < POINTED_BODY or name.lower() == word.lower():
            return None
        if kind_of(name.lower()).kind in ("group", "anonymous"):
            return None  # "Drivers" at a headline's start
        if any(m.start <= answers.starts[int(answers.mass.argmax())] < m.end for m, _ in self._at):
            return None
        return re.sub(r"^The ", "", name)

    def _meant(self, span: Span, phrase: str, kind: Kind) -> str | None:
        """The person whom a description points back to, where the network hears a named person.

        Of several people the one it points at; where only one has been named whom the words fit,
        it is that one.
        """
        said = heard(self._pointers, span)
        if said is None or said.shares["person"] < LIKELY or kind.withheld:
            return None
        if POINTS_BACK.match(phrase) and not kind.plural:
            fits = self._fitting(span, phrase, kind.head)
            one = next(iter(fits)) if len(fits) == 1 else None
            if one and self._surely_one(one) and self._may_be(one, kind.head):
                self._share = said.shares["person"]
                return one
        if said.kind != "person" or said.share < SURE:
            return None
        answers = pointed(self._text, self._pointers, span)
        if answers is None:
            return None
        person, share, next_share = best(answers, self._at)
        if share <= POINTED or share <= 2 * next_share:
            return None
        if person is None or not self._surely_one(person):
            return None
        if not self._fits(person, phrase, kind.head):
            return None
        if share < POINTED_AGAINST and not self._may_be(person, kind.head):
            return None
        self._share = share
        return person

    def _surely_one(self, person: str) -> bool:
        """Whether somebody has a first name and a surname, a known first name, or has spoken."""
        name = self._people[person].name
        return " " in name or name in given() or f"person:{person}" in self.voices

    def _fitting(self, span: Span, phrase: str, head: str) -> set[str]:
        """The people named before a description whose gender and age its noun allows.

        Not those who stand in it: "Lee's mother" isn't Lee.
        """
        inside = {p for m, p in self._at if span.start <= m.start < span.end}
        before = {p for _, p in self._at[: bisect_left(self._at, (span, ""))]}
        return {p for p in before - inside if self._fits(p, phrase, head)}

    def _fits(self, person: str, phrase: str, head: str) -> bool:
        """Whether a description's noun and its owner allow a person: "his wife" is no man."""
        owner = {"his": "male", "her": "female"}.get(phrase.split(" ", 1)[0].lower())
        gender, child = gender_of_noun(head), head in ("boy", "girl", "child", "teenager")
        known = self._people[person]
        return (
            (gender is None or known.gender == gender)
            and (owner is None or known.gender != owner)
            and bool(child or not known.minor)
        )

    def _may_be(self, person: str, head: str) -> bool:
        """Whether a noun may be said of somebody: no inspector is "the farmer"."""
        posts = [title for p, title in self._titles() if p == person]
        return not posts or any(head.lower() in title for title in posts)

    def _posted(self, kind: Kind, phrase: str) -> str | None:
        """The one person who holds the post that "the mayor" or "Westport's mayor" names.

        Before this mention or after; nobody where two people might be meant.
        """
        low = phrase.lower()
        if kind.withheld or kind.plural or kind.kind != "anonymous":
            return None
        definite = re.match(r"(?:the|this|that) ", low)
        if not definite and not re.match(r"(?:a )?former |[\w’' -]{1,40}['’]s ", low):
            return None
        wanted = post_words(low)
        if not wanted:
            return None
        holders = {
            p
            for p, title in self._titles()
            if kind.head in title and wanted <= title and not (title - wanted) & _LESSER
        }
        return holders.pop() if len(holders) == 1 else None

    def _titles(self) -> list[tuple[str, frozenset[str]]]:
        """The words of every named person's posts, in small letters."""
        if self._posts is None:
            self._posts = [
                (person, post_words(title.lower()))
                for person in self._people
                for title in self._reader.titles(person)
            ]
        return self._posts

    def _spoken_for(self, low: str, span: Span) -> str | None:
        """The body for which somebody has just spoken and which "the company" means."""
        spoken = self.voices.get(self._last_spoken or "")
        if spoken is None or low not in ANY_BODY or span.start - spoken.mentions[-1].start > NEAR:
            return None
        body = spoken.name or ""
        later = any(
            v.kind.kind == "organisation" and v.mentions[-1] > spoken.mentions[-1]
            for v in self.voices.values()
        )
        return body if body[:1].isupper() and may_mean(low, body) and not later else None

    def _for_whom(self, body: str | None, span: Span) -> str | None:
        """The name of the body that "a spokesman" or "a spokesman for the airline" speaks for."""
        if body is None:
            return self._last_body
        word = body.removeprefix("the ")
        if word == body:
            return body
        if full := self._headed.get(word.removesuffix("s")):
            return full
        known = self.voices.meant(Kind("organisation", word), word, span)
        return known.name if known else word

    def _relayed(self, attribution: Attribution) -> bool:
        """Whether somebody passes a statement on; the outlet that tells its own story does not."""
        outer = self._speaker.get(attribution.parent or "")
        told = outer is not None and self.voices[outer].kind.kind in ("outlet", "author")
        return attribution.parent is not None and not told

    def _called(self, span: Span, phrase: str) -> str | None:
        """A name that no list knows, of what the network surely hears as a person."""
        said = heard(self._pointers, span)
        if said is None or said.kind != "person" or said.share < NAMELESS:
            return None
        start, end = head_of(self._text, span.start, span.end)
        said_words = self._text[start:end]
        if re.fullmatch(
            r"(?=.{5})[a-z][a-z0-9_.]{0,40}\w", said_words
        ):  # what one calls oneself online
            return None if said_words in lexicon("nouns", "people") else said_words
        runs = _RUN_AT_END.search(said_words)
        if runs is None or re.search(r"['’]s ", said_words):  # "Orr's Director": a post, no name
            return None
        if is_trade(runs.group().split()):
            return None
        word = runs.group().lower()
        nouns = {word, word.removesuffix("s"), word.removesuffix("es")}
        return None if nouns & lexicon("nouns", "people") else runs.group()

    def _add(
        self, key: str, kind: Kind, span: Span, attribution: Attribution, name: str | None = None
    ) -> str:
        nested = self._relayed(attribution)
        self.voices.add(key, kind, span, confidence=attribution.confidence, nested=nested)
        if not nested:
            again = self._last is not None and self._last[1] == key
            self._told = [*(self._told if again else ()), *attribution.content]
            self._last = (span.start, key)
            self._asked = attribution.stance == "asks"
            self._resolver.spoke(span.start, None)
        self._speaker[attribution.id] = key
        if name:
            self.voices[key].name = name
        return key


def _proper(name: str) -> str:
    return re.sub(r"['’]s$", "", name.strip()).strip()
