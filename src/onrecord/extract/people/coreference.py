"""Who a pronoun that speaks stands for: the nearest person whom it fits, or nobody.

The nearest person before it of fitting gender, one that the sentence is about before one that is
merely named, and the speaker of the statement before this one first of all. Where two fit equally
the others are given as rivals.
"""

import re
from bisect import bisect_left
from collections.abc import Sequence

from ...language.en.lexicon import lexicon
from ...records import Article, Person, Quote, Span
from ..engine.pointers import Answers, Pointers
from .clusters import Gender
from .name_shape import owns

SINGULAR = re.compile(r"(?:he|she|him|his|her|hers|himself|herself)$", re.IGNORECASE)
FIRST = re.compile(r"(?:i|me|my|we)$", re.IGNORECASE)
PLURAL = re.compile(
    r"(?:they|them|both|both men|both women|the (?:two|pair|couple|duo))$", re.IGNORECASE
)
_RELATIVE = re.compile(r"(?:who|whom)$", re.IGNORECASE)
_LEAD = re.compile(
    r"(?:In|After|During|With|Before|As|While|Despite|Through|Throughout|For|Following|On|At|From"
    r"|By"
    r"|Upon|Until|When|Since|Although|Though|Because|Under|To|Besides|Like|Along"
    r"|Together)\b[^,.;:]*$"
)
_ACTS = re.compile(
    r"(?:, [^,.;]{3,50},)?(?: (?:had|was|has|is|also|later|then|would|never|did))* "
    r"(?:[a-z]{1,40}ed|was|is|had|has|said|says|told|won|lost|met|went|came|took|made|left|became"
    r"|wrote)\b"
)
_GOES_ON = re.compile(
    r"(?:also |later |then )?(?:added|adds|continued|went on|goes on|concluded)\b"
)
_NEAR = (1.0, 0.5, 0.25, 0.2, 0.15, 0.1, 0.1)
"""Weight of a name by the sentences between it and the pronoun."""
REACH = 6
"""Sentences before the pronoun in which a person is looked for."""


TOPIC = 8.0
"""How much likelier a pronoun that opens a sentence means whom a plain sentence before is about."""
_IS_NAMED = re.compile(r"\b(?:is|was) (?:[\w-]{1,40} ){0,5}$")
"""What stands before a name that a sentence introduces: "the first witness was | Ann Lee"."""
_HEADS = re.compile(r" (?:[a-z-]{2,20} ){0,2}([a-z-]{2,20})(?: [A-Z][\w.-]{1,20})? ?")
_OWN = {"male": re.compile(r"\b(?:he|his|him)\b"), "female": re.compile(r"\b(?:she|her)\b")}
_I_AM = re.compile(r"\b(?:I['’]m|I am|my name is|this is|call me) $", re.IGNORECASE)
"""In front of one's own name."""
_PARAGRAPH = re.compile(r"\n+")
SPEAKER = 5.0
"""How much likelier a pronoun means the last speaker, where nobody else has been named since."""
UNNAMED = 0.4
"""Share of an answer that a common noun holds from which a pronoun means nobody with a name."""
TOLD = 0.02
"""How much less likely a pronoun means somebody whom its own words name or speak to."""
RIVAL = 0.9
"""Share of the best score from which another person is a rival."""
FLOOR, WRITTEN = 0.05, 2.0
"""What is added to the network's share and to the score of what is written before they are
multiplied: chosen on GAP's given items."""


class Resolver:
    """Resolves the pronouns of one article, in reading order."""

    def __init__(
        self,
        article: Article,
        people: Sequence[Person],
        sentences: Sequence[Span],
        quotes: Sequence[Quote],
        pointers: Pointers | None = None,
    ) -> None:
        self._text = article.text
        self.pointers = pointers
        self._people = {person.id: person for person in people}
        self._sentences = [s.start for s in sentences]
        self._spans = list(sentences)
        self._quotes = [q.span for q in quotes if q.parent is None]
        self._quote_starts = [q.start for q in self._quotes]
        headline = [b.span.end for b in article.blocks if b.role == "headline"]
        body = headline[0] if headline else 0
        self._mentions = sorted((m, p.id) for p in people for m in p.mentions if m.start >= body)
        self._starts = [m.start for m, _ in self._mentions]
        self._first = {p: m.start for m, p in reversed(self._mentions)}
        self._last: tuple[int, str] | None = None
        self._spoke = -1
        self._assumed: dict[str, Gender] = {}
        self.share = 1.0
        """Share of the person that the last pronoun was resolved to, among those whom it fits."""

    def spoke(self, at: int, person: str | None) -> None:
        """Remember who the last speaker was, at an offset; None for one without a name."""
        self._spoke = at
        if person:
            self._last = (at, person)

    def _gender(self, person: str) -> Gender | None:
        """A person's gender, by the text around the name or by the first pronoun for it."""
        return self._people[person].gender or self._assumed.get(person)

    def resolve(
        self,
        pronoun: Span,
        cue: Span | None = None,
        content: Sequence[Span] = (),
        teller: str | None = None,
    ) -> tuple[str | None, tuple[str, ...]]:
        """The person's id and those of the rivals, or None and the people who might be meant.

        The cue, where there is one, tells whether the last speaker goes on. The content tells who
        doesn't speak: nobody calls themselves by name. Nor does the teller, in whose quotation
        the pronoun stands, say "he" of himself.
        """
        word = self._text[pronoun.start : pronoun.end]
        self.share = 1.0
        if _RELATIVE.match(word):
            return self._nearest_name(pronoun), ()
        gender = _gender(word)
        if cue and (on := self._goes_on(pronoun, gender)) and on != teller:
            adds = _GOES_ON.match(self._text, cue.start, cue.end)
            at = self._last[0] if self._last else 0
            alone = not self.named_between(at, pronoun.start, gender, but=on)
            # Inside a quotation somebody else is told of.
            if adds or (alone and not self.quoted(pronoun.start)):
                return on, ()
        if same := self._same(pronoun, gender):
            return same, ()
        if inside := self._told_of(pronoun, gender):
            return inside, ()
        answers = self.pointers.answers(pronoun.start) if self.pointers else None
        scores = self._scores(pronoun, gender, answers)
        if (speaker := self._spoke_before(pronoun, gender)) in scores:
            scores[speaker] *= SPEAKER
        told = self._told(pronoun, cue, content)
        if teller and self.quoted(pronoun.start):
            told.add(teller)
        for other in told & scores.keys():
            scores[other] *= TOLD
        if not scores:
            # A headline may come before all names.
            everybody = self._sentence(pronoun.start) <= 0
            known = (p for p, at in self._first.items() if everybody or at < pronoun.start)
            only = [p for p in known if self._gender(p) == gender]
            return (only[0] if len(only) == 1 else None), ()
        ranked = sorted(scores, key=lambda p: (-scores[p], p))
        if answers and answers.starts and self._means_no_name(answers, pronoun, ranked):
            return None, ()
        best = scores[ranked[0]]
        self.share = best / sum(scores.values()) * (TOLD if ranked[0] in told else 1.0)
        self._assumed.setdefault(ranked[0], gender)
        return ranked[0], tuple(p for p in ranked[1:] if scores[p] > RIVAL * best)

    def _means_no_name(self, answers: Answers, pronoun: Span, ranked: Sequence[str]) -> bool:
        """Whether the network takes a pronoun for somebody without a name, met before, rather than
        for a person: "his first victim. She". "The fisherman" is the only person there is.
        """
        top = int(answers.mass.argmax())
        at, most = answers.starts[top], float(answers.mass[top])
        if at > pronoun.start or (
            len(ranked) == 1 and self._text[max(0, at - 4) : at].lower() == "the "
        ):
            return False
        person = ranked[0]
        n = bisect_left(self._starts, at + 1) - 1
        named = n >= 0 and at < self._mentions[n][0].end
        if named or most < UNNAMED or not self._text[at].islower():
            return False
        first = bisect_left(self._starts, answers.starts[0])
        last = bisect_left(self._starts, answers.starts[-1] + 1)
        near = self._mentions[first:last]
        own = sum(answers.share(m.start, m.end) for m, p in near if p == person)
        return own < most

    def _spoke_before(self, pronoun: Span, gender: Gender) -> str | None:
        """The last speaker, in this paragraph or the one before, where nobody else who fits has
        been named since then but in quotations."""
        if self._last is None or self._last[1] not in self._people or self.quoted(pronoun.start):
            return None
        at, person = self._last
        if at < self._spoke or self._gender(person) not in (gender, None):
            return None
        if len(_PARAGRAPH.findall(self._text, at, pronoun.start)) > 1:
            return None
        start = max(self._sentence(at), 0)
        first = max(0, bisect_left(self._quote_starts, at) - 1)
        last = bisect_left(self._quote_starts, pronoun.start)
        outside = self._quotes[first:last]
        others = self.named_between(
            self._spans[start].start if self._spans else at, pronoun.start, gender, person, outside
        )
        return None if others else person

    def _told(self, pronoun: Span, cue: Span | None, content: Sequence[Span]) -> set[str]:
        """Those whom the speaker names in the quotation, or speaks to: "Ann is well," he told
        Lee."""
        said = [s for s in content if self.quoted(s.start) and not self.quoted(pronoun.start)]
        if cue and pronoun.end <= cue.start:
            said.append(Span(cue.end, cue.end + 2))
        found = set()
        for span in said:
            first, last = bisect_left(self._starts, span.start), bisect_left(self._starts, span.end)
            found |= {
                person
                for mention, person in self._mentions[first:last]
                if not _I_AM.search(self._text, max(0, mention.start - 16), mention.start)
            }
        return found

    def _told_of(self, pronoun: Span, gender: Gender) -> str | None:
        """The one fitting person whom a quotation has named before a pronoun in the same
        sentence."""
        n, s = bisect_left(self._quote_starts, pronoun.start + 1) - 1, self._sentence(pronoun.start)
        if not self.quoted(pronoun.start) or s < 0:
            return None
        start = max(self._quotes[n].start, self._spans[s].start)
        first, last = bisect_left(self._starts, start), bisect_left(self._starts, pronoun.start)
        known = {p for _, p in self._mentions[first:last]}
        fits = {p for p in known if self._gender(p) in (gender, None)}
        certain = [p for p in fits if self._gender(p) == gender]
        return certain[0] if len(fits) == 1 and certain else None

    def _same(self, pronoun: Span, gender: Gender) -> str | None:
        """The last speaker, whom an opening phrase keeps apart from the name in it: "in her talks
        with Lee, she"."""
        here = self._sentence(pronoun.start)
        start = self._spans[here].start if here >= 0 else pronoun.start
        before = _OWN[gender].search(self._text, start, pronoun.start)
        opening = self._text[start : pronoun.start].rstrip(", ").replace(",", "")
        if self._last is None or before is None or not _LEAD.match(opening):
            return None
        at, person = self._last
        first, last = (bisect_left(self._starts, n) for n in (before.end(), pronoun.start))
        others = {other for _, other in self._mentions[first:last]}
        near = here - self._sentence(at) <= 3 and not self.quoted(pronoun.start)
        fits = self._gender(person) == gender and others and person not in others
        return person if near and fits else None

    def _goes_on(self, pronoun: Span, gender: Gender) -> str | None:
        """The last speaker, in the same paragraph: "he added" says that nobody else has spoken."""
        if self._last is None or self._last[1] not in self._people:
            return None
        at, person = self._last
        fits = self._gender(person) in (gender, None)
        before = at < pronoun.start and "\n" not in self._text[at : pronoun.start]
        return person if fits and before else None

    def named_between(
        self,
        start: int,
        end: int,
        gender: Gender,
        but: str | None = None,
        outside: Sequence[Span] = (),
    ) -> bool:
        """Whether anybody whom a pronoun of a gender fits is named in a stretch.

        One person may be left out, and whoever is named inside some spans.
        """
        between = self._mentions[bisect_left(self._starts, start) : bisect_left(self._starts, end)]
        return any(
            p != but
            and self._gender(p) in (gender, None)
            and not any(span.start <= m.start < span.end for span in outside)
            for m, p in between
        )

    def _scores(self, pronoun: Span, gender: Gender, answers: Answers | None) -> dict[str, float]:
        """How well each person near the pronoun fits it, by what is written and by the network."""
        written = self._written(pronoun, gender)
        if answers is None:
            return written
        scores: dict[str, float] = {}
        here = self._sentence(pronoun.start)
        named = bool(self._starts) and self._starts[0] < pronoun.start
        end = answers.starts[-1] + 1
        for mention, person in self._mentions[: bisect_left(self._starts, end)][::-1]:
            if mention.start < answers.starts[0]:
                break
            new = self._first[person] >= pronoun.start and self._sentence(mention.start) != here
            if new and named:
                continue  # nobody is a pronoun before they are introduced, but in one sentence
            if self._gender(person) in (gender, None):
                share = answers.share(mention.start, mention.end)
                scores[person] = scores.get(person, 0.0) + share
        scores = {
            p: (share + FLOOR) * (written.get(p, 0.0) + WRITTEN) for p, share in scores.items()
        }
        if (topic := self._topic(pronoun, gender)) in scores:
            scores[topic] *= TOPIC
        return scores or written

    def _topic(self, pronoun: Span, gender: Gender) -> str | None:
        """Whom the sentence right before is about, where nobody speaks in it and the pronoun opens
        the next."""
        here = self._sentence(pronoun.start)
        if here < 1 or self._text[self._spans[here].start : pronoun.start].strip("\"“‘' "):
            return None
        before = self._spans[here - 1]
        if self._spoke >= before.start or self.quoted(before.start) or self.quoted(pronoun.start):
            return None
        first = bisect_left(self._starts, before.start)
        last = bisect_left(self._starts, pronoun.start)
        for n, (span, person) in enumerate(self._mentions[first:last], first + 1):
            adjunct = n < last and _HEADS.fullmatch(
                self._text, span.end, self._mentions[n][0].start
            )
            if adjunct and adjunct.group(1) in lexicon("sources", "roles"):
                continue  # "Harwick manager Ann Lee"
            early = span.start - before.start < 25 or _IS_NAMED.search(
                self._text, before.start, span.start
            )
            if early and not self._possessed(span) and not self.quoted(span.start):
                fits = self._gender(person) in (gender, None)
                return person if fits else None
        return None

    def _written(self, pronoun: Span, gender: Gender) -> dict[str, float]:
        """The same by distance, place in the sentence and number of mentions alone."""
        if ahead := self._ahead(pronoun, gender):
            return {ahead: 2.0}
        scores: dict[str, float] = {}
        seen: dict[str, int] = {}
        here = self._sentence(pronoun.start)
        n = bisect_left(self._starts, pronoun.start) - 1
        while n >= 0:
            span, person = self._mentions[n]
            n -= 1
            away = here - self._sentence(span.start)
            if away > REACH:
                break
            if self._gender(person) not in (gender, None):
                continue
            score = _NEAR[away]
            if self._subject(span):
                score *= 1.6
            seen[person] = seen.get(person, 0) + 1
            if self.quoted(span.start) and not self.quoted(pronoun.start):
                score *= 0.3
            if self._gender(person) is None:
                score *= 0.6
            if away == 0 and self._possessed(span):
                score *= 0.7
            scores[person] = max(scores.get(person, 0), score) + 0.05
        for person, times in seen.items():
            scores[person] += 0.05 * min(times, 4)
        if self._last and self._last[1] in self._people:
            at, person = self._last
            if self._gender(person) == gender and here - self._sentence(at) <= 3:
                scores[person] = scores.get(person, 0) + 0.5
        return scores

    def _ahead(self, pronoun: Span, gender: Gender) -> str | None:
        """The name that a sentence's opening phrase runs up to: "In her first year, Ann Lee"."""
        n = self._sentence(pronoun.start)
        if n < 0 or not _LEAD.match(self._text[self._spans[n].start : pronoun.start]):
            return None
        comma = self._text.find(", ", pronoun.end, self._spans[n].end)
        at = bisect_left(self._starts, comma) if comma >= 0 else len(self._starts)
        if at == len(self._starts) or self._starts[at] != comma + 2:
            return None
        person = self._mentions[at][1]
        return person if self._gender(person) in (gender, None) else None

    def _sentence(self, offset: int) -> int:
        return bisect_left(self._sentences, offset + 1) - 1

    def sentence_start(self, offset: int) -> int:
        """Where the sentence at an offset begins."""
        n = self._sentence(offset)
        return self._spans[n].start if n >= 0 else 0

    def sentence_end(self, offset: int) -> int:
        """Where the sentence at an offset ends."""
        n = self._sentence(offset)
        return self._spans[n].end if n >= 0 else offset

    def quoted(self, offset: int) -> bool:
        """Whether an offset stands inside a quotation."""
        n = bisect_left(self._quote_starts, offset + 1) - 1
        return n >= 0 and self._quotes[n].start <= offset < self._quotes[n].end

    def _subject(self, span: Span) -> bool:
        """Whether a name stands early in its sentence, before any verb that is easy to tell."""
        n = self._sentence(span.start)
        return n >= 0 and (
            span.start - self._spans[n].start < 25 or bool(_ACTS.match(self._text, span.end))
        )

    def _possessed(self, span: Span) -> bool:
        return owns(self._text, span)

    def _nearest_name(self, pronoun: Span) -> str | None:
        n = bisect_left(self._starts, pronoun.start) - 1
        if n >= 0 and pronoun.start - self._mentions[n][0].end < 60:
            return self._mentions[n][1]
        return None


def _gender(word: str) -> Gender:
    return "male" if word.lower() in ("he", "him", "his", "himself") else "female"
