"""One file that is one article: has the right reader make blocks of it, and says what is odd about
it.

A reader a format, each in a module of its own; what they have in common is here: decoding,
language, and that whatever there is to say goes along with the article.
"""

import hashlib
from collections.abc import Callable, Iterator
from importlib import import_module

import msgspec

from ..records import Article, Problem
from . import charset
from .given import Given, note
from .language import foreign, language_of
from .limits import ARTICLE_CHARS
from .plain import read_plain

Reader = Callable[[str, str, str, Given], Article | Problem]
"""Text, the input's name, the digest of its bytes and what was given with it, to an article."""
BINARY = {"docx": "docx.read_docx", "pdf": "pdf.read_pdf_article", "odt": "odt.read_odt",
          "rtf": "rtf.read_rtf", "mail": "mail.read_mail"}  # fmt: skip
"""Formats whose readers take the bytes."""
TEXTUAL = {"markdown": "markdown.read_markdown", "html": "html.read_html", "wiki": "wiki.read_wiki"}


def read_document(raw: bytes, name: str, kind: str, given: Given) -> Iterator[Article | Problem]:
    """The article of a file's bytes, after what there is to say about them."""
    digest = hashlib.sha256(raw).hexdigest()
    if kind in BINARY:
        yield from finished(_reader(BINARY[kind])(raw, name, digest, given), name, [], given)
        return
    text, problems = charset.text_of(raw, name, html=kind == "html")
    if text is None:
        yield from problems
        return
    text, changed = charset.clean(text)
    if changed:
        problems.append(charset.replaced(name))
    text, garbled = charset.repaired(text, name, repair=given.repair)
    problems += [garbled] if garbled else []
    if kind == "text":
        for made in read_plain(text, name, digest, given):
            yield from finished(made, name, problems, given)
        return
    yield from finished(_reader(TEXTUAL[kind])(text, name, digest, given), name, problems, given)


def _reader(place: str) -> Callable[..., Article | Problem]:
    """The reader of a format, its module imported only when a file wants it."""
    module, function = place.split(".")
    reader: Callable[..., Article | Problem] = getattr(
        import_module(f".{module}", __package__), function
    )
    return reader


def finished(
    made: Article | Problem, name: str, problems: list[Problem], given: Given
) -> Iterator[Article | Problem]:
    """What a reader made, with its language, and in its `notes` all that there is to say.

    What may make the text itself wrong (encoding, language) also stands in front as a `Problem`.
    A text longer than any article is refused: it would keep the network busy for many minutes.
    """
    if isinstance(made, Article) and len(made.text) > ARTICLE_CHARS:
        what = f"the text has {len(made.text):,} characters; {ARTICLE_CHARS:,} is the most."
        made = Problem(where=made.input, what=what, remedy="Give one article a file.")
    if isinstance(made, Problem):
        yield from problems
        yield made
        return
    language = given.language or made.language or language_of(made.text)
    notes = [*problems, *made.notes]
    if language not in (None, "en"):
        problems = [*problems, foreign(made.input, str(language))]
        notes.append(problems[-1])
    elif not any(block.role == "headline" for block in made.blocks):
        notes.append(note(made.input, "no headline was read.", "Give it with --title TEXT."))
    yield from problems
    yield msgspec.structs.replace(made, language=language, notes=tuple(notes))
