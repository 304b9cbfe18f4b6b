"""What an article says about a source: title, why unnamed, why this voice, how it was reached.

Each is one contiguous stretch of the text around the source's mentions, or nothing.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from ...language.en.lexicon import lexicon
from ...language.en.verbs import SPEECH
from ...records import Article, Attribution, Person, Span
from ..people import name_shape

_REASON = re.compile(
    r"(?:on|under) (?:the )?condition of anonymity|(?:asked|requested|wished|wanted|preferred"
    r"|declined|refused)"
    r"(?: for (?:their|his|her) names?)? (?:not )?to (?:be|remain) (?:named|identified|anonymous"
    r"|unnamed)"
    r"|(?:who )?(?:asked for|requested|sought) anonymity|(?:was|were|is|are) not authori[sz]ed to"
    r" (?:speak|discuss|comment)"
    r"|who (?:spoke|was speaking|is speaking) anonymously|(?:her|his|their) names? (?:is|are"
    r"|has been|was|were) (?:being )?withheld"
    r"|(?:spoke|speaking) anonymously|for fear of (?:reprisals?|retaliation|losing)",
    re.IGNORECASE,
)
_BECAUSE = re.compile(
    r",?\s{1,20}(?:because|as|since|for fear|citing|so as|in order|to (?:speak|discuss|talk"
    r"|describe)|due to|out of)\b[^.;\"“”]*",
    re.IGNORECASE,
)
_KNOWS = re.compile(
    r"(?:(?:with )?(?:direct |first-?hand )?knowledge of|familiar with|briefed on|close to|privy to"
    r"|involved (?:in|with)|who (?:worked|works|has|have|had|was|were|spoke|attended|saw"
    r"|heard)(?! said| told))"
    r"\s{1,20}[^,.;:\"“”\n]{3,80}?(?=\s{1,20}(?:said|says|told|claimed)\b|[,.;:\"“”\n]|$)",
    re.IGNORECASE,
)
_SAID = re.compile(r",\s{1,20}(?:said|says|told|added|and then|but)\b")
_CONTACT = re.compile(
    r"(?:declined|refused)(?: requests?)? (?:to (?:comment|respond|answer|be interviewed|speak"
    r"|discuss|say)|comment)[^.;,]*"
    r"|(?:did|does|has|have)(?: not|n[o'’]t) (?:immediately |yet )?(?:respond|repl(?:y|ied)|return"
    r"|answer)(?:ed)?\b[^.;,]*"
    r"|could not (?:immediately )?be reached[^.;,]*|(?:through|via) (?:his|her|their|a) (?:lawyers?"
    r"|attorneys?|spokes\w{1,40}|agents?)"
    r"|(?:was|were) (?:not available|unavailable) for comment",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"(?:,\s{1,20}(?:aged )?\d{1,3}(?=,))?"
    r",\s{1,20}(?!(?:who|which|whose|and|but|or|he|she|it|they|then|also|however)\b)"
    r"((?:(?:an?|the|his|her|its|their|our)\s{1,20})?(?:[^,.;:!?\n\"“”()]"
    r"|\([^()\n]{2,40}\)){3,110}?)"
    r"(?=,\s|\.\s|\.$|;|\s{1,20}said\b|\s{1,20}told\b|\s{1,20}who\b|\n|$)"
)
_PARTY = re.compile(r",? \(?([RDI]-[A-Z][\w.’'-]{0,40}(?: [A-Z][\w.’'-]{0,40})*)\)?")
_CALLED = re.compile(
    r",\s{1,20}who\s{1,20}(?:is|was|serves as|served as|works as|worked as|(?:identified"
    r"|described) (?:him|her|them)sel(?:f|ves) as)"
    r"\s{1,20}((?:an?|the|one of)\s{1,20}[^,.;\n]{3,80}?)(?=,|\.|\s{1,20}said\b|\s{1,20}told\b|\n"
    r"|$)"
)
_POST = re.compile(
    r"((?:[Tt]he|[Aa]n?|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne"
    r"|(?:[A-Z][\w.-]{0,40} ?){1,3}['’]s)\s{1,20}[^,.;:!?\n\"“”()]{3,80}),\s{1,20}$"
)
_POLITE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Rev|Hon)\.? $")
_BEFORE = re.compile(r"((?:(?:[A-Z][\w.’'&-]{1,40}|[a-z][\w-]{1,40})[ \u00a0]{1,40}){1,8})$")
_WHO = re.compile(
    r",?\s{1,20}who\s{1,20}(?!said|says|told|asked|added"
    r"|declined)[^,.;\n]{8,160}(?=[,.;\n]|$)"
)
_MORE = re.compile(
    r",\s{1,20}(?:and\s{1,20}(?!(?:he|she|it|they|said)\b)|(?:an?|the"
    r"|one of)\s)[^,.;:!?\n\"“”()]{3,140}(?=[,.;]|\n|$)"
)
_CLAUSAL = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|keeps?|goes|went|said|says)\b"
)
_EVER = re.compile(r"(?:ever|always|forever) ", re.IGNORECASE)
"""How somebody is, no post: "Ann Lee, ever the professional"."""
_MOREOVER = re.compile(r"(?:\S{1,40} ){2,}\S{1,40}")
_SUBJECT = re.compile(
    r"[\"“]?(?:(?:The|A|An|Both) )?(?:[A-Z][\w.’'-]{0,40} |(?:and|of|the|former|state) ){0,5}"
)
_OCCASION = re.compile(
    r"(?:[a-z]{1,40} ){0,3}(?:told|said|says|wrote|testified|explained|added|recounted|recalled"
    r"|argued|spoke) "
    r"(?:[^.;,\"“”\n]{0,60}? )?(?:(?:at|during|in|on) (?:[^.;,\"“”\n]{0,50}? )?(?:meeting|hearing"
    r"|rally|forum|trial"
    r"|session|debate|speech|testimony|memo|memorandum|e-mail (?=to )|email (?=to )|letter (?=to )"
    r"|ceremony"
    r"|press conference|news conference|podcast)|(?<=told )(?:the"
    r"|a) (?:[\w’'-]{1,40} ){0,3}(?:board|council|committee|selectboard|panel|court|jury"
    r"|commission|parliament|inquiry))\b[^.;:,\"“”\n]{0,40}?(?=[.;:,\"“”\n]|$)",
    re.IGNORECASE,
)
_BEFORE_POSTS = lexicon("sources", "before_posts")
_ACT = re.compile(
    rf"(?:{'|'.join(SPEECH)}|did|does|do|was|were|is|are|has|have|had|will|would|can|could|may"
    rf"|might|(?!(?:retired|appointed|elected)\b)"
    r"\w{1,40}ed (?:to|that|whether|not|by|in|on|at|with|from))\b"
)
"""How an apposition doesn't begin, but what somebody does."""
_CLAUSE = re.compile(
    r"(?:an?|the) (?:[\w’'-]{1,40} ){1,4}?(?:[a-z]{2,40}ed|[a-z]{2,40}s|took|made|gave|left|met|won"
    r"|lost|saw|got|wore|sang|held|found|knew|put|hit|led|sent)"
    r" (?:the|an?|his|her|its|their|him|them|it|that|she|he|they|[A-Z][\w’'-]{1,40}[a-z])\b"
)
"""What looks like an apposition and is a clause: "in her film, the comedian mocked the actress"."""
_FIELD = re.compile(
    r"((?:(?:[A-Z][\w&-]{0,40}[’']s?|[A-Z][\w&-]{1,40}|the|[a-z]{2,40}) ){0,6}?[A-Z][\w-]{1,40}"
    r" (?:of|for) (?:the )?(?:[A-Z][\w-]{1,40},? (?:(?:and|of|for|the) ){0,2}){1,4})$"
)
"""A post with its field in capitals before a name: "Quay Council's Director of Public Works "."""
_TOLD = re.compile(r"\w{1,40} \w{1,40} \w{1,40} \w{1,40} \w{1,40}")
_ARTICLED = re.compile(r"(?:an?|the|one of|his|her|its|their)\s", re.IGNORECASE)


class SourceDetails:
    """Reads an article's notes on its sources."""

    def __init__(
        self,
        article: Article,
        sentences: Sequence[Span],
        people: Sequence[Person],
        attributions: Sequence[Attribution] = (),
    ) -> None:
        """`attributions` are everybody's: what they cover tells of nobody."""
        self._text = article.text
        self._sentences = list(sentences)
        self._starts = [s.start for s in sentences]
        self._said = sorted(
            (span.start, span.end)
            for a in attributions
            for span in (*a.content, *((a.cue,) if a.cue else ()))
        )
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
        """Every role, post or relation that stands at one of a person's mentions, in their order.

        Last of all a mere form of address: "Dr.".
        """
        polite = None
        for mention in self._people[person].mentions:
            polite = polite or _POLITE.search(self._text[max(0, mention.start - 8) : mention.start])
            after = _AFTER.match(self._text, mention.end)
            called = _CALLED.match(self._text, mention.end)
            clause = after and any(p.match(after.group(1)) for p in (_ACT, _CLAUSE, _EVER))
            if after and _role(after.group(1)) and not clause:
                yield after.group(1).strip()
            elif before := self._before(mention):
                party = _PARTY.match(self._text, mention.end)
                yield f"{before} ({party.group(1)})" if party else before
            elif called and _role(called.group(1)):
                yield called.group(1).strip()
        if polite:
            yield polite.group().strip()

    def _before(self, mention: Span) -> str | None:
        """The words for a role right before a name: "harbour engineer", "Sen.", "the mayor, "."""
        start = self._sentence(mention.start).start
        front = self._text[max(start, mention.start - 90) : mention.start]
        if polite := _POLITE.search(front):
            front = front[: polite.start()]
        post = _POST.search(front)
        if post and _role(post.group(1)) and self._text[mention.end : mention.end + 1] in ",.":
            last = re.sub(r"^.*\b(?:by|with|to|from|for|and|that)\s{1,20}", "", post.group(1))
            return last if _role(last) else post.group(1)
        if (field := _FIELD.search(front)) and _role(field.group(1)):
            return field.group(1).strip(" ,")
        match = _BEFORE.search(front)
        if not match:
            return None
        tokens = match.group(1).split()
        last = tokens[-1].strip(".,").lower()
        roles, honorifics = lexicon("sources", "roles"), lexicon("sources", "honorifics")
        if tokens[-1] in lexicon("sources", "outlet_words"):
            return None  # "to the Harbour Star | Lee said"
        if last not in roles and tokens[-1].strip(".") not in honorifics:
            return None
        stop = len(tokens) - 1
        small = tokens[-1][:1].islower()
        while stop > 0 and _modifier(tokens[stop - 1], small):
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
        """What tells the reader why this voice counts, beyond the title: experience, part in
        events.

        The apposition or relative clause at a mention, the first that says more than the title;
        else,
        for a person, the sentence that tells of them, rather than giving anybody's words; else the
        occasion on which they spoke.
        """
        mentions = self._mentions(person, spans)
        title = self.title(person, spans)
        for mention in mentions:
            if clause := self._clause(mention, title):
                return clause
        if person is None:
            return None
        for mention in mentions:
            sentence = self._sentence(mention.start)
            before = self._text[sentence.start : mention.start]
            owns = name_shape.owns(self._text, mention)
            if _SUBJECT.fullmatch(before) and not owns and not self._quoted(sentence):
                if _TOLD.search(self._text, sentence.start, sentence.end):
                    return sentence
        return self._occasion(statements)

    def _quoted(self, sentence: Span) -> bool:
        """Whether any of a sentence is somebody's statement or the words that give it."""
        n = bisect_right(self._said, (sentence.end, 0))
        return any(end > sentence.start for _, end in self._said[max(0, n - 40) : n])

    def _occasion(self, statements: Sequence[Attribution]) -> Span | None:
        """On what occasion somebody spoke: "told the harbour board", "said at Monday's meeting"."""
        for statement in statements:
            if statement.cue is None or statement.parent is not None:
                continue
            later = [c.start for c in statement.content if c.start > statement.cue.start]
            end = min([self._sentence(statement.cue.start).end, *later])
            match = _OCCASION.match(self._text, statement.cue.start, end)
            if match:
                lexicon = match.group().rstrip()
                return Span(match.start(), match.start() + len(lexicon))
        return None

    def _clause(self, mention: Span, title: str | None) -> Span | None:
        """The apposition, relative clause or both right behind a mention, without the title."""
        end = self._sentence(mention.start).end
        after = _AFTER.match(self._text, mention.end, end)
        start = stop = None
        named = after and (_role(after.group(1)) or _ARTICLED.match(after.group(1)))
        if after and named and not _CLAUSAL.search(after.group(1)):
            start, stop = after.start(1), after.end(1)
        while stop and (more := _MORE.match(self._text, stop, end)):
            stop = more.end()  # "director of Two Rivers, a charity that helps tenants"
        who = _WHO.match(self._text, stop or mention.end, end)
        if who and not (title and title in who.group()):
            start = start or who.start() + len(who.group()) - len(who.group().lstrip(", "))
            stop = who.end()
        if start is None or stop is None:
            return None
        if title and self._text.startswith(title, start):
            rest = self._text[start + len(title) : stop]
            start = stop - len(re.sub(r"^[, ]{1,40}(?:and )?", "", rest))
            if not _MOREOVER.match(self._text, start, stop):
                return None
        return Span(start, stop)

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
    front = re.split(r"\s{1,20}(?:of|for|at|in|from|with|who|on)\b", phrase, maxsplit=1)[0]
    tokens = re.findall(r"[\w-]{1,40}", front.lower())
    roles = lexicon("sources", "roles")
    if tokens and tokens[-1] in lexicon("nouns", "people") and tokens[0] not in ("a", "an", "one"):
        return True
    return any(t in roles or t.rstrip("s") in roles for t in tokens[-3:])


def _modifier(token: str, small: bool) -> bool:
    """Whether a word before a role belongs to it: few words in small letters do before a
    capital."""
    low = token.strip(".,").lower()
    if not small and token[:1].islower() and low not in _BEFORE_POSTS:
        return False
    if low.endswith("ed") and low not in _BEFORE_POSTS:
        return False  # "has defended | goalkeeper Ann Lee"
    if token.endswith(",") or low in (
        "to", "by", "with", "and", "but", "that", "of", "for", "when", "as", "said", "told",
        "says", "the", "a", "an", "his", "her", "their", "its", "our", "from", "in", "on", "at",
        "after", "before", "killed", "alongside", "like", "including", "while", "is", "was",
        "were", "are", "has", "had", "because", "if", "what", "since", "whether", "who", "which",
        "where", "than", "against", "about", "or", "both", "until", "among", "between", "so",
        "not", "into",
    ):  # fmt: skip
        return False
    return not low.endswith("ly")
