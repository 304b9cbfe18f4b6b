"""What an article says about a source: title, why unnamed, why this voice, how it was reached.

Each is one contiguous stretch of the text around the source's mentions, or nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ..data.words import words
from ..records import Article, Attribution, Person, Span

_REASON = re.compile(
    r"(?:on|under) (?:the )?condition of anonymity|(?:asked|requested|wished|wanted|preferred|declined|refused)"
    r"(?: for (?:their|his|her) names?)? (?:not )?to (?:be|remain) (?:named|identified|anonymous|unnamed)"
    r"|(?:who )?(?:asked for|requested|sought) anonymity|(?:was|were|is|are) not authori[sz]ed to (?:speak|discuss|comment)"
    r"|who (?:spoke|was speaking|is speaking) anonymously|(?:her|his|their) names? (?:is|are|has been|was|were) (?:being )?withheld"
    r"|(?:spoke|speaking) anonymously|for fear of (?:reprisals?|retaliation|losing)",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r",?\s+(?:because|as|since|for fear|citing|so as|in order|to (?:speak|discuss|talk|describe)|due to|out of)\b[^.;\"“”]*",
    re.IGNORECASE,
)
_KNOWS = re.compile(
    r"(?:(?:with )?(?:direct |first-?hand )?knowledge of|familiar with|briefed on|close to|privy to"
    r"|involved (?:in|with)|who (?:worked|works|has|have|had|was|were|spoke|attended|saw|heard))"
    r"\s+[^,.;:\"“”\n]{3,80}?(?=\s+(?:said|says|told|claimed)\b|[,.;:\"“”\n]|$)",
    re.IGNORECASE,
)
_SAID = re.compile(r",\s+(?:said|says|told|added|and then|but)\b")
_CONTACT = re.compile(
    r"(?:declined|refused)(?: requests?)? (?:to (?:comment|respond|answer|be interviewed|speak|discuss|say)|comment)[^.;,]*"
    r"|(?:did|does|has|have)(?: not|n[o'’]t) (?:immediately |yet )?(?:respond|repl(?:y|ied)|return|answer)(?:ed)?\b[^.;,]*"
    r"|could not (?:immediately )?be reached[^.;,]*|(?:through|via) (?:his|her|their|a) (?:lawyers?|attorneys?|spokes\w+|agents?)"
    r"|(?:was|were) (?:not available|unavailable) for comment",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r",\s+(?!(?:who|which|whose|and|but|or|he|she|it|they|then|also|however)\b)"
    r"((?:(?:an?|the|his|her|its|their|our)\s+)?[^,.;:!?\n\"“”()]{3,110}?)(?=,\s|\.\s|\.$|;|\s+said\b|\s+told\b|\s+who\b|\n|$)"
)
_POST = re.compile(
    r"((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne)\s+[^,.;:!?\n\"“”()]{3,80}),\s+$"
)
_BEFORE = re.compile(r"((?:(?:[A-Z][\w.’'&-]+|[a-z][a-z-]+)[ \u00a0]+){1,8})$")
_WHO = re.compile(r",?\s+who\s+(?!said|says|told|asked|added|declined)[^,.;\n]{8,160}(?=[,.;\n]|$)")
_MORE = re.compile(
    r",\s+(?:and\s+(?!(?:he|she|it|they|said)\b)|(?:an?|the|one of)\s)[^,.;:!?\n\"“”()]{3,140}(?=[,.;]|\n|$)"
)
_TOLD = re.compile(r"\w+ \w+ \w+ \w+ \w+")
_ARTICLED = re.compile(r"(?:an?|the|one of|his|her|its|their)\s", re.IGNORECASE)


class Reader:
    """Reads an article's notes on its sources."""

    def __init__(
        self, article: Article, sentences: Sequence[Span], people: Sequence[Person]
    ) -> None:
        self._text = article.text
        self._sentences = list(sentences)
        self._starts = [s.start for s in sentences]
        self._people = {person.id: person for person in people}

    def _sentence(self, offset: int) -> Span:
        return self._sentences[max(0, bisect_right(self._starts, offset) - 1)]

    def _mentions(self, person: str | None, spans: Sequence[Span]) -> list[Span]:
        if person:
            return sorted({*self._people[person].mentions, *spans})
        return list(spans)

    def title(self, person: str | None, spans: Sequence[Span]) -> str | None:
        """The role, post or relation that stands at one of the mentions, the first there is."""
        return next(self.titles(person), None) if person else None

    def titles(self, person: str) -> Iterator[str]:
        """Every role, post or relation that stands at one of a person's mentions, in their order."""
        for mention in self._people[person].mentions:
            after = _AFTER.match(self._text, mention.end)
            if after and _role(after.group(1)):
                yield after.group(1).strip()
            elif before := self._before(mention):
                yield before

    def _before(self, mention: Span) -> str | None:
        """The words for a role right before a name: "harbour engineer", "Sen.", "the mayor, "."""
        start = self._sentence(mention.start).start
        post = _POST.search(self._text[max(start, mention.start - 90) : mention.start])
        if post and _role(post.group(1)) and self._text[mention.end : mention.end + 1] in ",.":
            return re.sub(r"^.*\b(?:by|with|to|from|for|and|that)\s+", "", post.group(1))
        match = _BEFORE.search(self._text[max(start, mention.start - 90) : mention.start])
        if not match:
            return None
        tokens = match.group(1).split()
        last = tokens[-1].strip(".,").lower()
        roles, honorifics = words("sources", "roles"), words("sources", "honorifics")
        if last not in roles and tokens[-1].strip(".") not in honorifics:
            return None
        if tokens[-1].strip(".") in ("Mr", "Mrs", "Ms", "Miss"):
            return None
        stop = len(tokens) - 1
        while stop > 0 and _modifier(tokens[stop - 1]):
            stop -= 1
        return " ".join(tokens[stop:])

    def reason(self, spans: Sequence[Span], statements: Sequence[Attribution]) -> Span | None:
        """Where the article says why an identity is withheld, near a mention or a statement."""
        places = [*spans, *(c for s in statements for c in s.content[-1:])]
        for place in places:
            sentence = self._sentence(place.start)
            match = _REASON.search(self._text, sentence.start, sentence.end)
            if match is None and sentence is not self._sentences[-1]:
                following = self._sentence(sentence.end + 2)
                text = self._text[following.start : following.end]
                if re.match(
                    r"(?:the (?:source|official|person|man|woman)|he|she|they)\b", text, re.I
                ):
                    match = _REASON.search(self._text, following.start, following.end)
            if match:
                more = _BECAUSE.match(self._text, match.end())
                if more is None:
                    return Span(match.start(), match.end())
                said = _SAID.search(more.group())
                return Span(match.start(), more.start() + said.start() if said else more.end())
        return None

    def justification(
        self, person: str | None, spans: Sequence[Span], statements: Sequence[Attribution]
    ) -> Span | None:
        """What tells the reader why this voice counts: role, experience, part in what happened.

        The apposition or relative clause at a mention, the first there is; else, for a person, the
        sentence that introduces them, where it tells of them rather than giving their words.
        """
        mentions = self._mentions(person, spans)
        for mention in mentions:
            if clause := self._clause(mention):
                return clause
        if person is None:
            return None
        said = [c for a in statements for c in (*a.content, *((a.cue,) if a.cue else ()))]
        for mention in mentions[:4]:
            sentence = self._sentence(mention.start)
            if not any(c.start < sentence.end and sentence.start < c.end for c in said):
                if _TOLD.search(self._text, sentence.start, sentence.end):
                    return sentence
        return None

    def _clause(self, mention: Span) -> Span | None:
        """The apposition, relative clause or both right behind a mention."""
        end = self._sentence(mention.start).end
        after = _AFTER.match(self._text, mention.end, end)
        start = stop = None
        if after and (_role(after.group(1)) or _ARTICLED.match(after.group(1))):
            start, stop = after.start(1), after.end(1)
        while stop and (more := _MORE.match(self._text, stop, end)):
            stop = more.end()  # "director of Two Rivers, a charity that helps tenants"
        who = _WHO.match(self._text, stop or mention.end, end)
        if who:
            start = start or who.start() + len(who.group()) - len(who.group().lstrip(", "))
            stop = who.end()
        return Span(start, stop) if start is not None and stop is not None else None

    def knowledge(self, spans: Sequence[Span]) -> Span | None:
        """What an unnamed voice is said to know or to have seen: "with knowledge of the talks"."""
        for mention in spans:
            sentence = self._sentence(mention.start)
            match = _KNOWS.search(self._text, mention.start, min(sentence.end, mention.end + 90))
            if match and match.start() <= mention.end + 2:
                return Span(match.start(), match.end())
        return None

    def contact(
        self, person: str | None, spans: Sequence[Span], statements: Sequence[Attribution]
    ) -> Span | None:
        """Where the article says that the source declined or could not be reached."""
        for mention in self._mentions(person, spans):
            sentence = self._sentence(mention.start)
            match = _CONTACT.search(self._text, mention.end, min(sentence.end, mention.end + 120))
            if match and match.start() - mention.end < 60:
                return Span(match.start(), match.end())
        return None


def _role(phrase: str) -> bool:
    """Whether an apposition names a role: one of its words before "of" is a word for one."""
    front = re.split(r"\s+(?:of|for|at|in|from|with|who|on)\b", phrase, maxsplit=1)[0]
    tokens = re.findall(r"[\w-]+", front.lower())
    roles = words("sources", "roles")
    return any(t in roles or t.rstrip("s") in roles for t in tokens[-3:])


def _modifier(token: str) -> bool:
    """Whether a word before a role belongs to it."""
    low = token.strip(".,").lower()
    if token.endswith(",") or low in ("to", "by", "with", "and", "but", "that", "of", "for", "when", "as",
                                      "said", "told", "says", "the", "a", "an", "his", "her", "their",
                                      "its", "our", "from", "in", "on", "at", "after", "before", "killed",
                                      "alongside", "like", "including", "while", "is", "was", "were", "are", "has", "had", "because", "if"):  # fmt: skip
        return False
    return not low.endswith("ly")
