"""Text without its typography, for comparing."""

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


def normalise_quotes(text: str) -> str:
    """The text with straight marks and single spaces."""
    return " ".join(text.translate(_STRAIGHT).replace("''", '"').split())


def fold_text(text: str) -> str:
    """The text levelled and without capitals: for comparing, not for showing."""
    return normalise_quotes(text).casefold()
