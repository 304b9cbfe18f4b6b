"""What of a page's blocks is the article and what is furniture: menus, teasers, newsletter boxes.

Trafilatura says where the article is. What it dropped between the article's paragraphs and stands
like one of them comes back (a paragraph that is one link, the name under a quotation, words round a
nested block); what it let in and is none of the article goes.
"""

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from ..language.en.lexicon import rows
from .page import Words

Use = Literal["text", "quote", "caption", "out"]
_STOP = re.compile(r"[.!?…:]['\"”’»)\]]*$|[”\"’»]$")
_MARK = re.compile(r"[“”\"«»]")
_EMBED = re.compile(
    r"twitter-tweet|twitter-video|instagram-media|fb-post|tiktok-embed|bluesky-embed|mastodon-embed"
    r"|threads-post|reddit-(?:embed|card)|truthsocial",
    re.IGNORECASE,
)
_CAPTION = re.compile(r"caption|credit|photo-?desc", re.IGNORECASE)
_SECTIONS = frozenset("nav aside form button footer header label dialog menu".split())
CORE = 0.3
"""Share of the article's words in an element that is therefore no furniture, whatever its name."""
LINKED = 0.8
"""Share of links in a block that is one link."""
FEWEST_LINKED = 8
"""Words of a paragraph that is one link; a shorter one is a link to another story."""
ASKING = 40
"""Words of a line that asks for something; a longer one is text that mentions it."""
SHORT_LINE = 30


@cache
def _values(key: str) -> tuple[str, ...]:
    return tuple(rows("furniture", key))


@cache
def _names() -> re.Pattern[str]:
    shapes = "|".join(re.escape(v).replace(r"\-", "[-_]?") for v in _values("names"))
    return re.compile(rf"(?:^|[\s_-]|(?<=[a-z])(?=[A-Z]))(?:{shapes})", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    shapes = "|".join(re.escape(v).replace("'", "['’]") for v in _values("labels"))
    return re.compile(rf"(?:{shapes})\s*(?:[:|>»→–—]|\.\.\.)", re.IGNORECASE)


@cache
def _asking() -> re.Pattern[str]:
    return re.compile("|".join(re.escape(v) for v in _values("phrases")), re.IGNORECASE)


class Layout:
    """A page's blocks, which of them the extraction kept, and how each is used."""

    def __init__(self, blocks: Sequence[Words], kept: Sequence[bool]) -> None:
        self.blocks, self._kept = blocks, list(kept)
        self._weights: Counter[Any] = Counter()
        self._lines: dict[Any, list[Any]] = {}
        self._total = 0
        for block, keep in zip(blocks, kept, strict=True):
            if keep:
                number = len(block.text.split())
                self._total += number
                for element in self._line(block.element):
                    self._weights[element] += number
        self._junk: dict[Any, bool] = {}
        parents = [
            (b.element, b.element.getparent()) for b, k in zip(blocks, kept, strict=True) if k
        ]
        self._homes = {parent for _, parent in parents}
        self._holders = {element for element, _ in parents}
        self._shapes = {_shape(element) for element, _ in parents}
        self._embeds: dict[Any, bool] = {}
        self._quoted = {
            q for element, _ in parents for q in self._line(element) if q.tag == "blockquote"
        }

    def _line(self, element: Any) -> list[Any]:
        """An element and what it stands in, from the inside out; at most 60."""
        known = self._lines.get(element)
        if known is None:
            known = []
            above = element
            while above is not None and len(known) < 60:
                known.append(above)
                above = above.getparent()
            self._lines[element] = known
        return known

    def uses(self) -> list[Use]:
        """How each block is used, in order."""
        kept = [n for n, keep in enumerate(self._kept) if keep]
        if not kept:
            return ["out"] * len(self.blocks)
        teasers = self._teasers()
        first, last = kept[0], kept[-1]
        used: list[Use] = ["out"] * len(self.blocks)
        for n in range(first, last + 1):
            if self.blocks[n].element in teasers or any(
                e in teasers for e in self._line(self.blocks[n].element)
            ):
                continue
            used[n] = self._kept_use(n) if self._kept[n] else self._dropped_use(n)
        self._further(used, range(last + 1, len(used)))
        self._further(used, range(first - 1, -1, -1))
        return used

    def _further(self, used: list[Use], numbers: range) -> None:
        """Go on beyond what was kept, as long as there are paragraphs of the same home."""
        for n in numbers:
            block = self.blocks[n]
            if self._quotes(block.element) and self._in_article(block.element):
                used[n] = self._dropped_use(n)
                continue
            if self._home(block) is None or not self._beside(block):
                break
            used[n] = self._dropped_use(n)

    def _kept_use(self, n: int) -> Use:
        block = self.blocks[n]
        if is_furniture(block.text, block.linked):
            return "out"
        if self._captions(block.element):
            return "caption"
        return "quote" if self._quotes(block.element) else "text"

    def _dropped_use(self, n: int) -> Use:
        """How a block is used that the extraction dropped between others that it kept."""
        block = self.blocks[n]
        element, words = block.element, block.text.split()
        if self._embedded(element):
            return "quote"
        if self._captions(element):
            return "quote" if self._quotes(element) and not self._is_junk(element) else "out"
        if self._quotes(element) and self._in_article(element):
            return "quote"
        if self._is_junk(element) or is_furniture(block.text, block.linked):
            return "out"
        if self._home(block) is None:
            return "out"
        stops = bool(_STOP.search(block.text))
        if block.linked >= LINKED:
            return "text" if stops and len(words) >= FEWEST_LINKED else "out"
        if re.fullmatch(r"h[2-6]", element.tag):
            follows = n + 1 < len(self._kept) and self._kept[n + 1]
            return "text" if follows and self._beside(block) and len(words) > 1 else "out"
        if self._quotes(element):
            return "quote"
        return "text" if (stops and len(words) >= 3) or len(words) >= 15 else "out"

    def _home(self, block: Words) -> Any:
        """The element whose child a block is together with blocks that were kept, or None."""
        element = block.element
        if element in self._homes:  # loose text beside a block
            return element
        parent = element.getparent()
        if parent in self._homes or element in self._holders:
            return parent
        above = parent.getparent() if parent is not None else None
        if above is not None and _shape(element) in self._shapes and self._weights[above]:
            return above
        return None

    def _beside(self, block: Words) -> bool:
        """Whether a block's home holds a good part of the article."""
        home = self._home(block)
        return home is not None and self._weights[home] >= CORE * self._total

    def _is_junk(self, element: Any) -> bool:
        """Whether an element is, or stands in, what its tag or name says is no article."""
        path = []
        for above in self._line(element):
            if above in self._junk:
                found = self._junk[above]
                break
            path.append(above)
        else:
            found = False
        for above in reversed(path):
            found = found or self._own_junk(above)
            self._junk[above] = found
        return found

    def _own_junk(self, element: Any) -> bool:
        if self._weights[element] >= CORE * self._total or element.tag in ("body", "html"):
            return False
        if element.tag in _SECTIONS:
            return True
        names = f"{element.get('class') or ''} {element.get('id') or ''}"
        return bool(_names().search(names))

    def _captions(self, element: Any) -> bool:
        above = self._line(element)
        return any(
            e.tag in ("figcaption", "figure") or bool(_CAPTION.search(e.get("class") or ""))
            for e, _ in zip(above, range(3), strict=False)
        )

    def _quotes(self, element: Any) -> bool:
        """Whether an element stands in a block quotation, or in a figure that holds one."""
        for above, _ in zip(self._line(element), range(6), strict=False):
            if above.tag == "blockquote":
                return True
            if above.tag == "figure":
                return above.find(".//blockquote") is not None
        return False

    def _in_article(self, element: Any) -> bool:
        """Whether the quotation that an element stands in is one of the article's paragraphs."""
        for above in self._line(element):
            if above.tag in ("blockquote", "figure"):
                return above in self._quoted or above.getparent() in self._homes
        return False

    def _embedded(self, element: Any) -> bool:
        for above, _ in zip(self._line(element), range(6), strict=False):
            if _EMBED.search(above.get("class") or ""):
                return True
        return False

    def _teasers(self) -> set[Any]:
        """Elements that announce other stories: three and more of a kind, cut short or linked."""
        groups: dict[tuple[Any, str, str], list[Any]] = {}
        inside: dict[Any, list[int]] = {}
        for n, (block, keep) in enumerate(zip(self.blocks, self._kept, strict=True)):
            if not keep:
                continue
            for element, _ in zip(self._line(block.element), range(4), strict=False):
                parent = element.getparent()
                if parent is None or element.tag == "p":
                    continue
                if element not in inside:
                    key = (parent, element.tag, element.get("class") or "")
                    groups.setdefault(key, []).append(element)
                inside.setdefault(element, []).append(n)
        found: set[Any] = set()
        for elements in groups.values():
            told = [e for e in elements if self._announces([self.blocks[n] for n in inside[e]])]
            if len(elements) >= 3 and len(told) >= 0.6 * len(elements):
                if sum(self._weights[e] for e in elements) < 0.9 * self._total:
                    found.update(elements)
        return found

    def _announces(self, blocks: Sequence[Words]) -> bool:
        """Whether blocks are a heading and the beginning of a story that is told elsewhere."""
        if not re.fullmatch(r"h[1-6]", blocks[0].element.tag) or len(blocks) > 3:
            return False
        if len(blocks) == 1:
            return blocks[0].linked >= LINKED
        text = blocks[-1].text
        cut = text.endswith(("…", "...")) or not _STOP.search(text)
        return (cut and len(text.split()) > 5) or blocks[0].linked >= LINKED


def is_furniture(text: str, linked: float) -> bool:
    """Whether a line by itself points to other stories or asks for something."""
    number = len(text.split())
    folded = text.lower().strip(" .:|>»")
    if folded in _values("alone"):
        return True
    if number <= SHORT_LINE and _label().match(text):
        return linked >= 0.5 or not re.search(r"[.!]['\"”’)]*$", text)
    if number <= ASKING and not _MARK.search(text):
        return bool(_asking().search(text)) and (linked > 0 or _asks(text))
    return False


_ADDRESSES = re.compile(
    r"\b(?:you|your|our|us|here|now|click|tap|sign|subscribe|join|follow)\b", re.I
)


def _asks(text: str) -> bool:
    """Whether a line speaks to its reader."""
    return bool(_ADDRESSES.search(text))


def _shape(element: Any) -> tuple[str, str, str, str]:
    parent = element.getparent()
    return (
        element.tag, element.get("class") or "",
        parent.tag if parent is not None else "",
        (parent.get("class") or "") if parent is not None else "",
    )  # fmt: skip
