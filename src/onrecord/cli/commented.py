"""Writing articles as DOCX with comments: into the file that was read, or as a new document."""

import hashlib
import os
from collections.abc import Sequence
from typing import Any

from ..errors import ConfigError
from . import inputs


def needs_file(output: str | None) -> None:
    """Raise `ConfigError` where no file is named: a DOCX is nothing for a terminal."""
    if output in (None, "-"):
        remedy = "For instance -o checked.docx."
        raise ConfigError("--format docx", "is written to a file: name one.", remedy)


def write(output: str, said: Sequence[tuple[Any, list[Any]]], *, no_text: bool = False) -> None:
    """Write articles with the comments on each: one DOCX stays itself, all else is made anew."""
    from .. import files
    from ..records import Problem
    from ..report import docx

    made = None
    if len(said) == 1 and not no_text:
        article, notes = said[0]
        raw = _original(article)
        made = docx.annotated(raw, article, notes) if raw else None
    if made is None:
        lost = [article.input for article, _ in said if article.extractor.startswith(_DOCX)]
        if lost and not no_text:
            what = "the comments are in a new document, without the file's own formatting."
            remedy = "Save the article as a .docx and give it alone, as a file."
            inputs.say(Problem(where=lost[0], what=what, remedy=remedy, fatal=False))
        made = docx.made_anew(said, no_text=no_text)
    with files.written(output) as file:
        file.write(made)


_DOCX = "onrecord.docx/"


def _original(article: Any) -> bytes | None:
    """The bytes that an article was read from, if it is a DOCX that is still what it was."""
    path = article.path or article.input
    if not article.extractor.startswith(_DOCX) or not os.path.isfile(path):
        return None
    try:
        with open(path, "rb") as file:
            raw = file.read()
    except OSError:
        return None
    return raw if hashlib.sha256(raw).hexdigest() == article.raw_digest else None
