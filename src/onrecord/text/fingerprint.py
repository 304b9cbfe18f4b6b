"""Names that survive: of an article by its text, of a finding by its words."""

import hashlib
from collections.abc import Sequence

from .normalise import fold_text


def article_id(text: str) -> str:
    """First 16 hexadecimal digits of the SHA-256 of the text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def fingerprint(code: str, words: str, related: Sequence[str] = (), nth: int = 0) -> str:
    """Name of a finding that survives edits elsewhere: its rule, its words, its number among
    equals.

    `words` is what the finding stands on, `related` further words that tell it from others (its
    sentence), and `nth` counts findings of the article alike in all this, from 0. Sixteen
    hexadecimal digits.
    """
    parts = [code, fold_text(words), *map(fold_text, related), str(nth)]
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]
