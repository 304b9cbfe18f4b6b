"""Bytes to text: encodings, binary junk, characters that can't be passed on, the language.

Says what it had to assume; never guesses in silence.
"""

import re

from charset_normalizer import from_bytes

from ..records import Problem

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_SOME = 4000
"""Characters that are looked at to tell the language."""


def text_of(raw: bytes, name: str, *, html: bool = False) -> tuple[str | None, list[Problem]]:
    """The text of bytes and what there is to say about it; None if they hold no text at all."""
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), []
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        place = error.start
    if _binary(raw):
        return None, [
            Problem(
                where=name,
                what="this is not text.",
                remedy="Save the article as plain text, HTML, Markdown or DOCX.",
            )
        ]
    declared = _DECLARED.search(raw[:2000]) if html else None
    encoding = declared.group(1).decode("ascii", "ignore") if declared else ""
    text = _try(raw, encoding)
    if text is None:
        best = from_bytes(raw[:200_000]).best()
        encoding = best.encoding if best else "cp1252"
        text = _try(raw, encoding)
    if text is None:
        encoding = "cp1252"
        text = raw.decode(encoding, "replace")
    return text, [
        Problem(
            where=name,
            what=f"not UTF-8 (byte {place} can't be); read as {encoding}.",
            remedy="If letters look wrong, save it as UTF-8.",
            fatal=False,
        )
    ]


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding) if encoding else None
    except (LookupError, UnicodeDecodeError):
        return None


def _binary(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 look like no text: many control characters among the first."""
    head = raw[:8000]
    odd = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in head)
    return odd > len(head) * 0.02


def clean(text: str) -> tuple[str, bool]:
    """The text that can be passed on, and whether characters had to be replaced.

    CRLF becomes LF and a leading byte order mark goes; NUL characters and lone surrogates, which
    neither UTF-8 files nor pages can hold, become U+FFFD, one for one.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    fixed = _SURROGATE.sub("\ufffd", text).replace("\0", "\ufffd")
    return fixed, fixed != text


def replaced(name: str) -> Problem:
    """What to say when characters were replaced."""
    return Problem(
        where=name,
        what="holds NUL characters or halves of surrogate pairs; they were replaced by U+FFFD.",
        remedy="Export the text anew.",
        fatal=False,
    )


_ENGLISH = frozenset(
    "the of and to in a is that for it on was with as at by he she said his her from are be has have"
    " who not but they an this were had will".split()
)


def language(text: str) -> str | None:
    """ISO 639-1 code of a text's language, or None where it is too short to tell.

    English is told by its commonest words, which needs no library; only a text that fails this is
    given to the language identifier.
    """
    words = re.findall(r"[^\W\d_]+", text[:_SOME].lower())
    if len(words) < 12:
        return None
    if sum(word in _ENGLISH for word in words) > 0.2 * len(words):
        return "en"
    if len(words) < 25:
        return None
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    code, certainty = identifier.classify(text[:_SOME])
    return str(code) if certainty > 0.9 else None


def foreign(name: str, code: str) -> Problem:
    """What to say of an article that isn't in English."""
    return Problem(
        where=name,
        what=f"seems to be in another language than English ({code}): results are unreliable.",
        remedy="onrecord reads English only.",
        fatal=False,
    )
