"""Short forms: which body "the fund" or "Harbour" names in this article, and a post's telling words.

Looks only at the article's own capitals; which voice a mention belongs to is `sources`' to say.
"""

import re

from ..data.words import words

_BODY = re.compile(r"\b[A-Z]\w+(?: [A-Z]\w+){1,4}")
_SMALL = frozenset(
    "the a an of for at in on and or former then this that current s who is was".split()
)


def bodies(text: str) -> dict[str, str]:
    """Bodies' full names by their first word, where that word begins only one of them."""
    found: dict[str, set[str]] = {}
    for match in _BODY.finditer(text):
        name = match.group()
        if name.split()[-1] in words("sources", "organisation_words"):
            found.setdefault(name.split()[0], set()).add(name)
    return {first: names.pop() for first, names in found.items() if len(names) == 1}


def headed(text: str) -> dict[str, str]:
    """Bodies' names by their last word in small letters ("the fund"), where it ends only one."""
    found: dict[str, set[str]] = {}
    for match in _BODY.finditer(text):
        found.setdefault(match.group().split()[-1].lower(), set()).add(match.group())
    return {head: names.pop() for head, names in found.items() if len(names) == 1}


def post_words(low: str) -> frozenset[str]:
    """A post's telling words: "the former tax commissioner of Ode" is {tax, commissioner, ode}."""
    found = (re.sub(r"['’]s?$", "", w) for w in re.findall(r"[\w.’'-]+", low))
    return frozenset(w.strip(".") for w in found) - _SMALL
