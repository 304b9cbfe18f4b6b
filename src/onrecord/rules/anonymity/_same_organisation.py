"""Which unnamed voices of an article are one house's: "board sources" and "one board source", "a
senior official" and "the official".

One finding for each is enough for an editor. Puts voices together for the rules on unnamed sources;
decides nothing.
"""

import re
from collections.abc import Iterable, Sequence

from ...language.en.lexicon import lexicon
from ...records import Source

_SOURCES = re.compile(
    r"(?:(?:one|the|some|several) )*(?P<house>(?:an? )?(?:(?!other|another|second|third|two|three"
    r"|four|five|senior)[\w.’'&-]{1,40} )*?)sources?\b",
    re.IGNORECASE,
)
_POST = re.compile(r"(?:(?:the|this|that) )?(?P<post>[a-z]{1,40})", re.IGNORECASE)
_ARTICLE = frozenset({"a", "an"})
_LINKS = lexicon("function_words", "in_houses")
_ANY = "of any"
"""The key of a house whose sources have no other."""


def group_by_organisation(
    text: str, voices: Iterable[Source]
) -> list[tuple[Source, Sequence[Source]]]:
    """Voices, each with the further ones that are of its house or are the very same person.

    A voice without a house ("sources", "the official") goes to one that has it, wherever that
    stands.
    """
    known = [(v, text[v.mentions[0].start : v.mentions[0].end]) for v in voices]
    found: list[tuple[Source, list[Source]]] = []
    homes: dict[str, int] = {}
    for voice, words in sorted(known, key=lambda k: _bare(k[1])):
        house, post = _house(words), _POST.fullmatch(words)
        if house is not None:
            keys = [f"of {word}" for word in house - _ARTICLE] or ([] if house else [_ANY])
        else:
            keys = [post.group("post").lower()] if post else []
        home = next((homes[key] for key in sorted(keys) if key in homes), None)
        if home is not None:
            found[home][1].append(voice)
            continue
        found.append((voice, []))
        own = [*keys, _ANY] if house is not None else re.findall(r"[a-z]{1,40}", words.lower())
        for key in own:
            homes.setdefault(key, len(found) - 1)
    return sorted(found, key=lambda f: f[0].mentions[0])


def _house(words: str) -> frozenset[str] | None:
    """What sources are called besides: "board" in "one board source" or "sources on the board";
    None where it is no phrase for sources."""
    match = _SOURCES.match(words)
    if match is None:
        return None
    behind = {w for w in words[match.end() :].lower().split() if w not in _LINKS}
    return frozenset({*match.group("house").lower().split(), *behind})


def _bare(words: str) -> bool:
    """Whether words are "sources", "one source" or "the official" and no more."""
    return _house(words) == frozenset() or _POST.fullmatch(words) is not None
