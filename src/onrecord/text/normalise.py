"""Text without its typography, for comparing."""

_STRAIGHT = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " "})


def level(text: str) -> str:
    """The text with straight marks and single spaces."""
    return " ".join(text.translate(_STRAIGHT).replace("''", '"').split())


def fold(text: str) -> str:
    """The text levelled and without capitals: for comparing, not for showing."""
    return level(text).casefold()
