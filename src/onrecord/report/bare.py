"""What `--no-text` leaves: the records with every word of the article taken out, their places kept.

Letters become `x`, names become "voice 3", messages the rule's name; line breaks stay, so that
lines and columns are right. A report made of these can say nothing that it should not.
"""

import re

import msgspec

from ..records import (
    Analysis,
    Article,
    Comment,
    Dismissed,
    Figure,
    Finding,
    Lint,
    Place,
    Problem,
    Related,
    Source,
    Verdict,
    Verification,
)

_HIGH = re.compile(r"[^\s\u0000-\uffff]")
_LOW = re.compile(r"[^\s\U00010000-\U0010ffff]")
_QUOTED = re.compile(
    r"“.*”|‘.*’|«.*»"  # to the last mark, for what is quoted may hold marks itself
    r"""|(?<!\w)'.*'(?!\w)|(?<!\w)".*"(?!\w)""",
    re.DOTALL,
)
_MESSAGE = re.compile(r"\((\w+(?:Error|Exception|Warning)?): .*\)", re.DOTALL)


def text(words: str) -> str:
    """A text of the same length and shape, in code points and in UTF-16, without its words."""
    return _LOW.sub("x", _HIGH.sub("\U0001d431", words))


def article(given: Article) -> Article:
    """An article without its words, its names and addresses."""
    return msgspec.structs.replace(
        given,
        text=text(given.text),
        links=(),
        url=None,
        outlet=None,
        authors=(),
        comments=tuple(Comment("", comment.before) for comment in given.comments),
        notes=tuple(map(problem, given.notes)),
    )


def analysis(given: Analysis) -> Analysis:
    """An analysis without words; its voices are numbered."""
    return msgspec.structs.replace(
        given,
        article=article(given.article),
        people=tuple(
            msgspec.structs.replace(person, name=f"person {number}")
            for number, person in enumerate(given.people, 1)
        ),
        sources=tuple(_source(source, number) for number, source in enumerate(given.sources, 1)),
        figures=tuple(map(_figure, given.figures)),
    )


def _source(source: Source, number: int) -> Source:
    return msgspec.structs.replace(source, name=f"voice {number}", title=None, reason=None)


def _figure(figure: Figure) -> Figure:
    return msgspec.structs.replace(figure, unit=None) if figure.kind == "count" else figure


def lint(given: Lint) -> Lint:
    """Findings that say which rule and where, and no more."""
    return msgspec.structs.replace(
        given,
        analysis=analysis(given.analysis),
        findings=tuple(map(_finding, given.findings)),
        dismissed=tuple(map(_finding, given.dismissed)),
        failed=tuple(map(problem, given.failed)),
    )


def _finding(finding: Finding) -> Finding:
    why = Dismissed(finding.dismissed.by, "") if finding.dismissed else None
    return msgspec.structs.replace(
        finding,
        message=finding.name.replace("-", " "),
        related=tuple(Related(r.span, r.label.partition(":")[0]) for r in finding.related),
        dismissed=why,
    )


def verification(given: Verification) -> Verification:
    """Verdicts and their places, without what was said or by whom."""
    return msgspec.structs.replace(
        given, analysis=analysis(given.analysis), verdicts=tuple(map(_verdict, given.verdicts))
    )


def _verdict(verdict: Verdict) -> Verdict:
    return msgspec.structs.replace(
        verdict,
        speaker=None,
        places=tuple(map(_place, verdict.places)),
        changes=tuple(msgspec.structs.replace(c, said="", quoted="") for c in verdict.changes),
    )


def _place(place: Place) -> Place:
    return msgspec.structs.replace(place, speaker=None, text="", before="", after="")


def problem(given: Problem) -> Problem:
    """A problem without what it quotes."""
    what = _MESSAGE.sub(r"(\1)", _QUOTED.sub("“…”", given.what))
    return msgspec.structs.replace(given, what=what)
