"""Text without its typography, for comparing."""

import re
import unicodedata

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


def normalise_quotes(text: str) -> str:
    """The text with straight marks and single spaces."""
    return " ".join(text.translate(_STRAIGHT).replace("''", '"').split())


def fold_text(text: str) -> str:
    """The text levelled and without capitals: for comparing, not for showing."""
    return normalise_quotes(text).casefold()


def fold_outlet(name: str) -> str:
    """An outlet's name without its article, its web ending, blanks and capitals, for comparing."""
    return re.sub(r"\.(?:com|co|uk|org|net)\b|^the\s|\W", "", name.lower())


_JOINERS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_DASHES = re.compile(" ?(?:[\u2013\u2014\u2015\u2212]|(?<= )-{1,3}(?= )|-{2,3}) ?")
_HYPHENS = str.maketrans({"\u2010": "-", "\u2011": "-", "\u2032": "'", "\u2033": '"'})


def fold_typography(text: str) -> str:
    """The text as a typesetter would call it the same: marks, dashes, ellipses, normal forms,
    spaces.

    For comparing versions; folded further than `fold_text`, on which fingerprints stand.
    """
    text = unicodedata.normalize("NFKC", _JOINERS.sub("", text)).translate(_HYPHENS)
    text = re.sub(r"\. ?\. ?\.", "...", text).replace("\u00ab", '"').replace("\u00bb", '"')
    return fold_text(_DASHES.sub(" - ", " ".join(text.split())))
