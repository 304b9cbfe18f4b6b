"""Whether words sound alike, for transcripts that a machine wrote down.

A word's code keeps its consonants, voiced and unvoiced ones as one, and whether it begins with a
vowel: near to Metaphone, coarser where recognisers err.
"""

import re
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

ALIKE = 0.7
"""Likeness of two codes, from 0 to 1, from which words may be heard for one another."""
SPELT = 0.75
"""The same for the letters themselves."""
_RULES = tuple(
    (re.compile(pattern), code)
    for pattern, code in (
        (r"^(?:kn|gn|pn)", "n"), (r"^wr", "r"), (r"^ps", "s"), (r"^wh", "w"), (r"^x", "s"),
        (r"tch|ch|sh|ti(?=on|al|a)|si(?=on)|ci(?=a|o)|j|dge|ge(?=$)|g(?=[ei])", "x"),
        (r"ph|gh(?=$|t)|v|f", "f"), (r"igh", ""), (r"gh", "k"), (r"th", "t"), (r"mb(?=$)", "m"),
        (r"c(?=[eiy])|z|ss?", "s"), (r"ck|c|q|kk?|gg?", "k"), (r"x", "ks"), (r"dd?|tt?", "t"),
        (r"bb?|pp?", "p"), (r"nn?", "n"), (r"mm?", "m"), (r"ll?", "l"), (r"rr?", "r"),
    )
)  # fmt: skip


@lru_cache(maxsize=50_000)
def code(word: str) -> str:
    """The code of a word in small letters."""
    found = re.sub(r"[^a-z]", "", word)
    marked = found
    for pattern, letter in _RULES:
        marked = pattern.sub(letter.upper(), marked)
    head = "A" if marked[:1] in "aeiouy" else ""
    return head + re.sub(r"[^A-Z]", "", marked)


def alike(one: list[str], two: list[str]) -> bool:
    """Whether two runs of words may be heard for one another."""
    a, b = "".join(one), "".join(two)
    if not a or not b or a.isdecimal() != b.isdecimal():
        return False
    if Levenshtein.normalized_similarity(a, b) >= SPELT:
        return True
    first, second = code(a), code(b)
    if not first or not second:
        return Levenshtein.normalized_similarity(a, b) >= 0.5
    return Levenshtein.normalized_similarity(first, second) >= ALIKE
