"""What the caller says of an input that may not say it itself, and how a reader says what it
met."""

from datetime import date

import msgspec

from ..records import Problem


class Given(msgspec.Struct, frozen=True):
    """What the caller says of an input: used where the input itself is silent."""

    title: str | None = None
    outlet: str | None = None
    published: date | None = None
    language: str | None = None
    """ISO 639-1 code; else it is told from the text."""
    repair: bool = False
    """Whether garbled letters are put right."""


def note(name: str, what: str, remedy: str) -> Problem:
    """Something to say about an article that was read all the same."""
    return Problem(where=name, what=what, remedy=remedy, fatal=False)


def struck_out(name: str, number: int) -> tuple[Problem, ...]:
    """What to say of words that a document shows struck out: they are left out."""
    if not number:
        return ()
    what = f"{counted(number, 'struck-out word')} left out."
    return (note(name, what, "Delete them, or take the line through them away."),)


def counted(number: int, noun: str) -> str:
    """A number with its noun, in the plural where there are several."""
    return f"{number:,} {noun}{'s' * (number != 1)}"
