"""A name in the form in which people are told apart: its parts, first and last, without titles.

In a ledger without texts a name is only its hash, so that nobody is listed and yet whoever knows a
name can ask for it.
"""

import hashlib
import re

import msgspec

from ..verifier.speakers import name_parts

_BODY = re.compile(r"[^\W_]+")
_YOUNGER = re.compile(r"[\s,](Jr|II|III|IV)\b\.?\s*$", re.IGNORECASE)
_ARTICLE = frozenset(("the", "a", "an"))


class Name(msgspec.Struct, frozen=True):
    """A name's key (what equals what), its last part, and whether it has a first one."""

    key: str
    last: str
    full: bool


def person_name(name: str) -> Name | None:
    """The key of a person's name: first and last part; None where it names no one."""
    parts = [part for part in name_parts(name) if len(part) > 1 or part.isalpha()]
    if not parts:
        return None
    first, last = parts[0], parts[-1]
    key = f"{first} {last}" if len(parts) > 1 else last
    if younger := _YOUNGER.search(name):
        key += f" {younger.group(1).casefold()}"  # father and son are two
    return Name(key[:120], last[:80], len(parts) > 1)


def body_name(name: str) -> Name | None:
    """The key of a body's name: its words in small letters, without the article."""
    words = [w for w in _BODY.findall(name.casefold()) if w not in _ARTICLE]
    return Name(" ".join(words)[:120], words[-1][:80], True) if words else None


def outlet_key(name: str) -> str:
    """What equals what among outlets: "The Harbour Star" and "harbourstar.com" are one."""
    low = re.sub(r"^https?://|^www\.|/.*$", "", name.strip().casefold())
    low = re.sub(r"(?:\.(?:com|co|org|net|uk|news|example))+$", "", low)
    return re.sub(r"^the\s+|[\W_]", "", low)[:120] or low[:120]


def hashed(words: str, salt: str) -> str:
    """A keyed hash, 16 hexadecimal digits."""
    return hashlib.blake2b(words.encode(), key=salt.encode()[:64], digest_size=8).hexdigest()
