"""Accusations by unnamed voices, and the answers to them, for the rules about reply.

Finds both by their words; what a missing or a late answer means is for the rules to say.
"""

import re

from ...language.en.lexicon import lexicon
from ...query.lookup import named_near, unnamed_contents
from ...query.predicates import clause, denied, of_a_thing, suffered
from ...query.voices import sentence_at
from ...records import Analysis, Span

ANSWER = re.compile(
    r"\b(?:for comment|declined? to comment|declined comment|no comment|did(?: not"
    r"|n['’]t) (?:immediately )?(?:respond|reply|return)"
    r"|could not be reached|been (?:approached|contacted)|reached out to|den(?:y|ies|ied)|rejects?"
    r"|rejected|dismissed"
    r"|right of reply|in response|responded)\b",
    re.IGNORECASE,
)
"""Words of a denial, a refusal, or an approach."""
_COURT = re.compile(
    r"\b(?:court|trial|testif\w{1,40}|inquest|parliament|prosecutors?)\b", re.IGNORECASE
)
LEAST = 0.5
"""Confidence from which an unnamed voice's content counts."""


def accusations(analysis: Analysis) -> dict[str, list[Span]]:
    """Words of wrongdoing that unnamed voices say of a named person, by the person's id."""
    text, listed = analysis.article.text, lexicon("judgement", "wrongdoing")
    found: dict[str, list[Span]] = {}
    for _, span in unnamed_contents(analysis, LEAST):
        for match in re.finditer(r"[\w-]{1,40}", text[span.start : span.end]):
            if match.group().lower() not in listed:
                continue
            place = Span(span.start + match.start(), span.start + match.end())
            sentence = analysis.sentences[sentence_at(analysis, place.start)]
            if denied(clause(text, Span(max(sentence.start, span.start), sentence.end), place)):
                continue  # "it never came to abuse"
            before = text[max(span.start, place.start - 120) : place.start]
            if match.group().endswith("ed") and suffered(before):
                continue  # "she was cheated"
            if of_a_thing(text[place.end : place.end + 30]):
                continue  # "a cheating clause"
            person = named_near(analysis, place)
            if person and not _COURT.search(text[max(0, place.start - 100) : place.end + 100]):
                found.setdefault(person.id, []).append(place)
    return {person: sorted(set(places)) for person, places in found.items()}


def answers(analysis: Analysis) -> list[int]:
    """Where answers begin: words of one, and statements that deny or decline."""
    found = [m.start() for m in ANSWER.finditer(analysis.article.text)]
    found += [
        (a.cue or a.content[0]).start
        for a in analysis.attributions
        if a.stance in ("denies", "declines")
    ]
    return sorted(found)
