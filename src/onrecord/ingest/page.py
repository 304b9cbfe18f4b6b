"""A page as its reader sees it: every block of words in order, with its links and its place in the
file.

Nothing is judged here; what of it is the article is for `html` to say. One pass over the file finds
the words and marks where each stands, one pass over the tree makes blocks of them. Both are linear,
and neither calls itself, so no page is too long or too deep.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from html import unescape
from typing import Any

from lxml import etree, html

from ..language.en.lexicon import lexicon
from ..text.lines import line_starts
from .pieces import BREAK, COMMENT, Run

_RAW = frozenset("script style title textarea xmp iframe noembed noframes plaintext".split())
"""Elements whose tags hold no elements but words as they are."""
_FIRST = frozenset(name[0] for name in _RAW)
_NAME = re.compile(r"/?([a-zA-Z][^\s/>]*)")
_PLACE = re.compile(r"@(\d+)")
_ENTITY = re.compile(r"&(?:#[0-9]{1,8}|#[xX][0-9a-fA-F]{1,7}|[A-Za-z][A-Za-z0-9]{1,31});?")

UNSEEN = frozenset(
    "head script style template noscript svg math iframe object embed audio video canvas select"
    " option datalist input textarea title meta link base map area noembed noframes".split()
)
"""Elements whose words no reader of the page sees as text."""
EMPHASIS = frozenset("b strong em i h2 h3 h4 h5 h6".split())
"""Elements that set their words apart."""
BLOCKS = frozenset(
    "address article aside blockquote body caption center col colgroup dd details dialog dir div dl"
    " dt"
    " fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main"
    " menu nav ol p pre section summary table tbody td tfoot th thead tr ul button label".split()
)
STRUCK = frozenset(("s", "del", "strike"))
"""Elements whose words are shown as taken back."""
TELLING = EMPHASIS | frozenset("br a q time img".split())
"""Elements that say something of the words in them or beside them."""
DEEPEST_PATH = 200
"""Levels of elements whose XPath is kept."""
NONE, ENDED, BEGUN = range(3)
"""Between two elements in a line without a blank: whether one has ended, and the next begun."""
_NEXT = re.compile(r"[a-z]{3}$")
"""Words before such a place, behind which a capital or a figure begins another word."""
_ALOUD = lexicon("furniture", "aloud")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MARKS = (("“", "”"), ("‘", "’"))


class Words:
    """A block of a page: words without a block in between, and the element that holds them."""

    def __init__(
        self, element: Any, runs: list[Run], comments: list[str], line: int, paths: "_Paths"
    ) -> None:
        self.element, self.runs, self.comments = element, runs, comments
        self.line, self._paths = line, paths
        self.struck = 0
        """Words struck out in it, or before it."""
        text = "".join([" " if run is BREAK else run.text for run in runs])
        self.text = " ".join(text.split())

    @property
    def origin(self) -> str | None:
        """The XPath of the element that holds it."""
        return self._paths.of(self.element)

    @cached_property
    def linked(self) -> float:
        """The share of its characters that are links."""
        linked = total = 0
        for run in self.runs:
            if run is not BREAK:
                length = len(run.text.strip())
                total += length
                linked += length if run.href else 0
        return linked / max(1, total)


class _Paths:
    """The XPaths of a tree's elements, each made when it is asked for."""

    def __init__(self, tree: Any) -> None:
        self._known: dict[Any, str | None] = {tree: f"/{tree.tag}"}
        self._steps: dict[Any, str] = {}

    def of(self, element: Any) -> str | None:
        """The path of an element; None beyond the 200th level, for which nobody asks."""
        line = []
        while element not in self._known:
            line.append(element)
            element = element.getparent()
        for element in reversed(line):
            parent = element.getparent()
            if element not in self._steps:
                numbers: Counter[str] = Counter()
                for child in parent.iterchildren("*"):
                    numbers[child.tag] += 1
                    self._steps[child] = f"/{child.tag}[{numbers[child.tag]}]"
            above = self._known[parent]
            deep = above is None or above.count("/") >= DEEPEST_PATH
            self._known[element] = None if deep else f"{above}{self._steps[element]}"
        return self._known[element]


def placed(source: str) -> str:
    """The page with a comment `@OFFSET` before each stretch of words, saying where it stands.

    The tree that a parser makes keeps comments with the words behind them, and so every word's
    place. Scripts and styles are left out, but for what the page says of itself in JSON.
    """
    made: list[str] = []
    done = at = 0
    end = len(source)
    while at < end:
        tag = _TAG.search(source, at)
        start = tag.start() if tag else end
        if start > at and not source[at:start].isspace():
            made += (source[done:at], f"<!--@{at}-->")
            done = at
        if not tag:
            break
        name = tag[1]
        if name and name[0].lower() not in _FIRST:
            at = tag.end()
            continue
        at = tag.end() if name and name.lower() not in _RAW else _behind(source, start)
        unread = _UNREAD.match(source, start)
        if unread and "ld+json" not in source[start : start + 300].lower():
            made.append(source[done:start])
            done = at
    made.append(source[done:])
    return "".join(made)


_UNREAD = re.compile(r"<(?:script|style)\b|<!--(?!\s*onrecord:)", re.IGNORECASE)
_TAG = re.compile(
    r"<(?:(/?+[a-zA-Z][^\s/>]*+)(?:[^>\"'=]++|=(?:\s*+(?:\"[^\"]*+\"|'[^']*+'))?+)*+>|[!?/a-zA-Z])"
)
"""A tag, with its name where it is well-formed, or the beginning of what else isn't words."""


def _behind(source: str, start: int) -> int:
    """The offset behind the tag, comment or raw text that starts with the `<` there."""
    end = len(source)
    if source.startswith("<!--", start):
        found = source.find("-->", start + 2)
        return end if found < 0 else found + 3
    if source.startswith(("<!", "<?"), start):
        found = source.find(">", start)
        return end if found < 0 else found + 1
    name = _NAME.match(source, start + 1)
    if name is None:
        return start + 1
    behind = _tag_end(source, name.end())
    if name.group(1).lower() in _RAW and source[start + 1] != "/":
        closing = re.compile(rf"</{re.escape(name.group(1))}", re.IGNORECASE).search(source, behind)
        return closing.start() if closing else end
    return behind


_STEP = re.compile(r"[>\"']")


def _tag_end(source: str, at: int) -> int:
    """The offset behind a tag's `>`; a quoted attribute may hold one."""
    end = len(source)
    while at < end:
        step = _STEP.search(source, at)
        at = step.start() if step else end
        if step is None or step.group() == ">":
            break
        # A mark opens a value only behind an equals sign.
        if (
            source[:at].rstrip()[-1:] == "="
            if at < 64
            else source[at - 64 : at].rstrip()[-1:] == "="
        ):
            closing = source.find(source[at], at + 1)
            at = end if closing < 0 else closing + 1
        else:
            at += 1
    return min(end, at + 1)


def parse(source: str) -> Any:
    """The tree of a page, or None where there is none."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True)
    try:
        return html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def is_whole(tree: Any, marked: str) -> bool:
    """Whether a tree holds all of a page: a parser gives up where elements are nested too deep."""
    found = sum(bool(_PLACE.fullmatch(c.text or "")) for c in tree.iter(etree.Comment))
    return found >= marked.count("<!--@")


def without_tags(source: str) -> str:
    """The words of a page that no parser takes, each where it stands: tags and scripts become
    spaces.

    Where a tag would begin a block, there is a line end.
    """
    made: list[str] = []
    done = 0
    while tag := _TAG.search(source, done):
        behind = _behind(source, tag.start())
        name = _NAME.match(source, tag.start() + 1)
        block = name is not None and name.group(1).lower() in BLOCKS
        made += (source[done : tag.start()], "\n" if block else "")
        made.append(re.sub(r"[^\n]", " ", source[tag.start() + block : behind]))
        done = behind
    made.append(source[done:])
    return "".join(made)


def words_of(tree: Any, source: str) -> list[Words]:
    """The blocks of a page in order: all that a reader sees, and nothing twice."""
    return _Walk(tree, source).blocks()


class _Walk:
    """One pass over a tree."""

    def __init__(self, tree: Any, source: str) -> None:
        self._tree, self._source = tree, source
        self._runs: list[Run] = []
        self._comments: list[str] = []
        self._place: int | None = None
        self._initial: str | None = None
        self._quotes = 0
        self._emphasis = 0
        self._lines = line_starts(source)
        self._paths = _Paths(tree)
        self._made: list[Words] = []
        self._struck = 0
        self._seam = NONE

    def blocks(self) -> list[Words]:
        """The blocks, in the order in which they end."""
        holders: list[Any] = [self._tree]
        links: list[str | None] = [None]
        skipped: Any = None
        for event, node in etree.iterwalk(self._tree, events=("start", "end", "comment")):
            if skipped is not None:
                if event == "end" and node is skipped:
                    skipped = None
                    self._text(node.tail, links[-1])
            elif event == "comment":
                self._comment(node)
                self._text(node.tail, links[-1])
            elif event == "start":
                tag = node.tag
                if tag in UNSEEN or _unseen(node) or self._is_passed(node, tag):
                    skipped = node
                    continue
                if tag in BLOCKS:
                    self._flush(holders[-1])
                    holders.append(node)
                elif self._seam == ENDED and tag not in ("sub", "sup"):
                    self._seam = BEGUN
                if tag in TELLING:
                    self._open(node, tag, links)
                self._text(node.text, links[-1])
            else:
                tag = node.tag
                if tag in TELLING:
                    self._close(tag, links)
                if tag in BLOCKS:
                    self._flush(holders.pop())
                self._seam = ENDED
                self._text(node.tail, links[-1])
        self._flush(self._tree)
        if self._made:
            self._made[-1].struck += self._struck
        return self._made

    def _is_passed(self, node: Any, tag: str) -> bool:
        """Whether an element's words are none of the text: struck out, or the mark of a note."""
        if tag in STRUCK:
            self._struck += len(node.xpath("string()").split())
            return True
        mark = node.find("a") if tag == "sup" else None
        return mark is not None and (mark.get("href") or "").startswith("#")

    def _open(self, node: Any, tag: str, links: list[str | None]) -> None:
        self._emphasis += tag in EMPHASIS
        if tag == "br":
            self._runs.append(BREAK)
        elif tag == "a":
            links.append(node.get("href") or links[-1])
        elif tag == "q":
            self._runs.append(Run(_MARKS[self._quotes % 2][0]))
            self._quotes += 1
        elif tag == "time":
            self._runs.append(Run(" "))
        elif tag == "img":
            alt = (node.get("alt") or "").strip()
            self._initial = alt if len(alt) == 1 and alt.isalpha() else None

    def _close(self, tag: str, links: list[str | None]) -> None:
        self._emphasis -= tag in EMPHASIS
        if tag == "a" and len(links) > 1:
            links.pop()
        elif tag == "q":
            self._quotes = max(0, self._quotes - 1)
            self._runs.append(Run(_MARKS[self._quotes % 2][1]))
        elif tag == "time":
            self._runs.append(Run(" "))

    def _comment(self, node: Any) -> None:
        words = node.text or ""
        if match := _PLACE.fullmatch(words):
            self._place = int(match.group(1))
        elif match := COMMENT.fullmatch(f"<!--{words}-->"):
            self._comments.append(match.group(1))

    def _text(self, text: str | None, href: str | None) -> None:
        """Words as the parser gives them, each stretch with its place."""
        if not text:
            return
        place, self._place = self._place, None
        if self._seam == BEGUN and self._runs and _NEXT.search(self._runs[-1].text[-3:]):
            if text[0].isupper() or text[0].isdecimal():
                self._runs.append(Run(" "))
        self._seam = NONE
        if self._initial and text[:1].islower():
            self._runs.append(Run(self._initial, href))
        if text.isspace():
            self._runs.append(Run(text, href, None, self._emphasis > 0))
            return
        self._initial = None
        if place is None:
            self._runs.append(Run(text, href, None, self._emphasis > 0))
        else:
            self._runs += _runs(text, self._source, place, href, self._emphasis > 0)

    def _flush(self, holder: Any) -> None:
        """Make a block of what was gathered since the last one began or ended."""
        self._initial = None
        if not self._runs:
            return
        runs, self._runs = self._runs, []
        if not all(run is BREAK or run.text.isspace() for run in runs):
            comments, self._comments = self._comments, []
            at = next((run.at for run in runs if run.at is not None), 0)
            line = bisect_right(self._lines, at)
            self._made.append(Words(holder, runs, comments, line, self._paths))
            self._made[-1].struck, self._struck = self._struck, 0


def _unseen(node: Any) -> bool:
    """Whether the page itself hides an element, or has it read aloud only."""
    names = node.get("class")
    return (
        node.get("hidden") is not None
        or bool(_HIDDEN.search(node.get("style") or ""))
        or bool(names and not _ALOUD.isdisjoint(names.split()))
    )


def _runs(text: str, source: str, at: int, href: str | None, emphasis: bool) -> list[Run]:
    """Words with their places, cut where the file writes a character as an entity."""
    end = source.find("<", at)
    raw = source[at : end if end >= 0 else len(source)]
    if raw.startswith(text) or "&" not in raw:
        return [Run(text, href, at, emphasis)]
    made, last = [], 0
    for entity in _ENTITY.finditer(raw):
        if entity.start() > last:
            made.append(Run(raw[last : entity.start()], href, at + last, emphasis))
        made.append(Run(unescape(entity.group()), href, at + entity.start(), emphasis))
        last = entity.end()
    made.append(Run(raw[last:], href, at + last, emphasis))
    if "".join(run.text for run in made).startswith(text):
        return made
    # The parser read an entity in its own way: the place of the whole must do.
    return [Run(text, href, at, emphasis)]


def word_count(blocks: Sequence[Words]) -> int:
    """Words in blocks: what holds a letter or a figure."""
    return sum(
        word.isalnum() or any(map(str.isalnum, word))
        for block in blocks
        for word in block.text.split()
    )
