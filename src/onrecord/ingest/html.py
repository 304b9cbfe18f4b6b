"""HTML pages to articles: the words between a page's furniture, title, authors, date, links.

Trafilatura says where on a page the article is; the words, their order and their places are taken
from the page itself, so that nothing is lost inside it and nothing comes twice. Nothing is ever
fetched. What the page says of itself (JSON-LD, meta elements) is believed where it is sane.
"""

import copy
import json
import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from html import unescape
from typing import Any

import trafilatura
from lxml import etree
from trafilatura.settings import Extractor

from ..records import Article, Problem, Role
from ..text.normalise import fold_text
from .fields import as_date
from .furniture import Layout
from .given import Given, counted, note, struck_out
from .page import UNSEEN, Words, is_whole, parse, placed, without_tags, word_count, words_of
from .pieces import Pieces, Run
from .plain import byline_role, make_article

_ARTICLE = re.compile(r"article|posting|report|story", re.IGNORECASE)
_TAIL = re.compile(r"\s+[|–—-]\s+[^|–—]{2,40}$|\s+\|\s+.*$")
_NEW_YEAR = re.compile(
    r"\b0?1[./ -]0?1\b|\b0?1(?:st)?\W{1,3}jan|\bjan(?:uary|\.)?\W{1,3}0?1\b|\d{4}0101(?!\d)", re.I
)
_WORD = re.compile(r"\w+")
BESIDE = (UNSEEN - {"head", "script"}) | frozenset("nav footer menu dialog button source".split())
"""Elements in which trafilatura finds no article, taken out before it looks: it copies the page
many times."""
GRAM = 4
"""Words in a row by which the extraction's blocks are found again in the page."""
MOST_PLACES = 50
"""Places of one such row in a page that are looked at."""
FEWEST_WORDS = 5
"""A page with fewer words of article has none."""
REMEDY = "Give the page of one article, or its text as a .txt file."


def read_html(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of a page, or a problem that says why there is none."""
    marked = placed(text)
    tree = parse(marked)
    if tree is not None and not is_whole(tree, marked):
        return _flat(text, name, digest, given)
    blocks = words_of(tree, text) if tree is not None else []
    if not blocks:
        return Problem(where=name, what="this HTML has no content.", remedy=REMEDY)
    etree.strip_tags(tree, etree.Comment)  # they have told where the words stand
    kept = _kept(tree, blocks)
    uses = Layout(blocks, kept).uses()
    stated = _json_ld(tree)
    if word_count([b for b, use in zip(blocks, uses, strict=True) if use != "out"]) < FEWEST_WORDS:
        uses = Layout(blocks, _semantic(tree, blocks)).uses()
    chosen = [n for n, use in enumerate(uses) if use != "out"]
    if word_count([blocks[n] for n in chosen]) < FEWEST_WORDS:
        return Problem(where=name, what="no article was found in this HTML.", remedy=REMEDY)
    heading = None if given.title else _heading(tree, blocks, chosen[0], stated)
    title = given.title or (None if heading is not None else _title(tree, stated))
    authors = _authors(tree, stated)
    pieces = Pieces()
    if heading is not None:
        _add(pieces, blocks[heading], "headline")
    for n in chosen:
        if n != heading and not (title and fold_text(blocks[n].text) == fold_text(title)):
            _add(pieces, blocks[n], _role(blocks[n], uses[n], len(pieces.blocks), authors))
        elif n != heading:
            _add(pieces, blocks[n], "headline")
            title = None
    for comment in (c for block in blocks for c in block.comments):
        pieces.comment(comment)
    pieces.finish()
    left = _left_out(name, blocks, {*chosen, *([heading] if heading is not None else [])})
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor=f"trafilatura/{trafilatura.__version__}",
        title=title,
        blocks=tuple(pieces.blocks),
        links=tuple(pieces.links),
        comments=tuple(pieces.comments),
        url=_url(tree),
        outlet=given.outlet or _outlet(tree, stated),
        authors=authors,
        published=given.published or _published(tree, stated),
        updated=_sane(as_date(stated.get("dateModified"))),
        places=pieces.places(text),
        notes=left,
    )


def _flat(text: str, name: str, digest: str, given: Given) -> Article | Problem:
    """The words of a page nested so deep that nobody can tell what of it is the article."""
    pieces = Pieces()
    shown = without_tags(text)
    for line in re.finditer(r"[^\n]*\S[^\n]*", shown):
        pieces.add([Run(line.group(), None, line.start())])
    if len(pieces.text.split()) < FEWEST_WORDS:
        return Problem(where=name, what="no article was found in this HTML.", remedy=REMEDY)
    what = "the page is damaged or nested deeper than any; all its words were read as they come."
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.page/1",
        title=given.title,
        blocks=tuple(pieces.blocks),
        outlet=given.outlet,
        published=given.published,
        places=pieces.places(text),
        notes=(note(name, what, REMEDY),),
    )


def _add(pieces: Pieces, block: Words, role: Role) -> None:
    for comment in block.comments:
        pieces.comment(comment)
    block.comments.clear()
    pieces.add(block.runs, role, block.origin)


def _role(block: Words, use: str, nth: int, authors: Sequence[str]) -> Role:
    if use in ("quote", "caption"):
        return "quote" if use == "quote" else "caption"
    return byline_role(block.text, nth, authors)


def _left_out(name: str, blocks: Sequence[Words], chosen: set[int]) -> tuple[Problem, ...]:
    """What the page has besides the article: how many words, and between which blocks of it."""
    first, last = min(chosen), max(chosen)
    outside = word_count([b for n, b in enumerate(blocks) if not first <= n <= last])
    inside = [b for n, b in enumerate(blocks) if first < n < last and n not in chosen]
    parts = [f"{outside:,} around the article"] if outside else []
    if inside:
        lines = list(dict.fromkeys(b.line for b in inside if b.line))
        shown = ", ".join(map(str, lines[:6])) + (" …" if len(lines) > 6 else "")
        where = f" (line{'s' * (len(lines) != 1)} {shown})" if lines else ""
        parts.append(f"{word_count(inside):,} between its paragraphs{where}")
    struck = sum(block.struck for block in blocks)
    if not parts:
        return struck_out(name, struck)
    number = outside + word_count(inside)
    what = f"{counted(number, 'word')} of the page left out: {' and '.join(parts)}."
    said = note(name, what, "If part of the article is among them, give its text.")
    return (said, *struck_out(name, struck))


def _kept(tree: Any, blocks: Sequence[Words]) -> list[bool]:
    """Which blocks of the page the extraction keeps at least half of."""
    body = _extracted(tree)
    covered = [0] * len(blocks)
    if body is None:
        return [False] * len(blocks)
    words: list[str] = []
    owner: list[int] = []
    beside = _Beside()
    for n, block in enumerate(blocks):
        if beside(block.element):
            continue
        found = _WORD.findall(block.text.lower())
        words += found
        owner += [n] * len(found)
    places_of = _Grams(words)
    taken = [False] * len(words)
    at = 0
    for part in _parts(body):
        found = _WORD.findall(part.lower())
        size = GRAM if len(found) >= GRAM else 2 if len(found) >= 2 else 1
        n = 0
        while n + size <= len(found):
            places = places_of(tuple(found[n : n + size]))
            if not places:
                n += 1
                continue
            behind = bisect_left(places, at)
            place = places[behind] if behind < len(places) else places[0]
            length = 0
            while (
                n + length < len(found)
                and place + length < len(words)
                and found[n + length] == words[place + length]
            ):
                taken[place + length] = True
                length += 1
            at = place + length
            n += max(1, length)
    for place, was in enumerate(taken):
        covered[owner[place]] += was
    sizes = [0] * len(blocks)
    for n in owner:
        sizes[n] += 1
    return [2 * have >= size > 0 for have, size in zip(covered, sizes, strict=True)]


class _Beside:
    """Whether an element is, or stands in, one that was taken out before the extraction."""

    def __init__(self) -> None:
        self._known: dict[Any, bool] = {None: False}

    def __call__(self, element: Any) -> bool:
        line = []
        while element not in self._known:
            line.append(element)
            element = element.getparent()
        found = self._known[element]
        for one in reversed(line):
            found = self._known[one] = found or one.tag in BESIDE
        return found


class _Grams:
    """Where so many words in a row stand in a page; made for each number when it is first asked
    for."""

    def __init__(self, words: list[str]) -> None:
        self._words = words
        self._made: dict[int, dict[tuple[str, ...], list[int]]] = {}

    def __call__(self, gram: tuple[str, ...]) -> list[int]:
        """The offsets, in words, of a row of words; not all of one that is everywhere."""
        size = len(gram)
        if size not in self._made:
            index = self._made[size] = defaultdict(list)
            rows = zip(*(self._words[n:] for n in range(size)), strict=False)
            for at, row in enumerate(rows):
                index[row].append(at)
        places = self._made[size].get(gram, [])
        return places if size == GRAM else places[:MOST_PLACES]


def _extracted(tree: Any) -> Any:
    """The body that trafilatura finds, or None."""
    bare = copy.deepcopy(tree)
    etree.strip_elements(bare, *BESIDE, with_tail=False)
    options = Extractor(output_format="python", links=True, comments=False, with_metadata=False)
    try:
        found = trafilatura.bare_extraction(bare, options=options)
    except (ValueError, TypeError, AttributeError, IndexError, etree.LxmlError, RecursionError):
        # The library stumbles over some junk; the page's own elements tell then.
        return None
    return getattr(found, "body", None)


def _parts(body: Any) -> Iterator[str]:
    """The texts of the extraction's blocks."""
    for element in body.iter("p", "head", "item", "quote", "cell", "code"):
        if not any(True for _ in element.iterchildren("p", "item", "quote", "list")):
            yield " ".join(element.itertext())


def _semantic(tree: Any, blocks: Sequence[Words]) -> list[bool]:
    """The blocks of the element that says it is the article, for pages too short to be told by
    their text."""
    for path in (
        "//*[@itemprop='articleBody']",
        "//article",
        "//main",
        "//*[@role='main']",
        "//body",
    ):
        for element in tree.xpath(path)[:1]:
            inside = set(element.iter())
            kept = [
                b.element in inside and b.linked < 0.5 and not _framed(b.element) for b in blocks
            ]
            if word_count([b for b, k in zip(blocks, kept, strict=True) if k]) >= FEWEST_WORDS:
                return kept
    return [False] * len(blocks)


def _framed(element: Any) -> bool:
    """Whether an element stands in a page's frame by its tag."""
    frame = ("nav", "header", "footer", "aside", "form", "button", "h1")
    return element.tag in frame or any(True for _ in element.iterancestors(*frame))


def _json_ld(tree: Any) -> dict[str, Any]:
    """What the page says of its article in JSON-LD: the first object of an article's type."""
    for script in tree.iter("script"):
        if (script.get("type") or "").lower().strip() != "application/ld+json":
            continue
        try:
            value = json.loads(script.text_content(), strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _objects(value):
            kind = item.get("@type")
            if any(_ARTICLE.search(str(k)) for k in (kind if isinstance(kind, list) else [kind])):
                return item
    return {}


def _objects(value: Any) -> Iterator[dict[str, Any]]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            yield item
            graph = item.get("@graph")
            if isinstance(graph, list):
                yield from (part for part in graph if isinstance(part, dict))


def _meta(tree: Any, *names: str) -> Iterator[str]:
    """The contents of the page's meta elements of these names, in the order of the names."""
    for name in names:
        for element in tree.iter("meta"):
            known = (element.get("property"), element.get("name"), element.get("itemprop"))
            if name in known and (content := " ".join((element.get("content") or "").split())):
                yield content


def _names(tree: Any, stated: dict[str, Any]) -> list[str]:
    """What the page calls itself elsewhere than in its text."""
    said = [
        stated.get("headline"),
        *list(_meta(tree, "og:title", "twitter:title"))[:2],
        tree.findtext(".//title"),
    ]
    return [" ".join(unescape(str(name)).split()) for name in said if name]


def _heading(tree: Any, blocks: Sequence[Words], first: int, stated: dict[str, Any]) -> int | None:
    """The block that shows the headline: a heading of the first level that the page's names are
    like.

    Without such names it is the one heading of the first level in front of the text.
    """
    shown = [n for n, b in enumerate(blocks) if _in_heading(b.element) and len(b.text) > 2]
    others = _names(tree, stated)
    alike = [n for n in shown if any(_alike(blocks[n].text, other) for other in others)]
    if alike:
        return max(
            alike, key=lambda n: (blocks[n].linked < 0.5, n <= first, len(blocks[n].text) > 15, -n)
        )
    ahead = [n for n in shown if n <= first and len(blocks[n].text.split()) > 2]
    return ahead[-1] if len(ahead) == 1 else None


def _in_heading(element: Any) -> bool:
    return element.tag == "h1" or next(element.iterancestors("h1"), None) is not None


def _title(tree: Any, stated: dict[str, Any]) -> str | None:
    """The headline of a page that shows none: what most of its names for itself agree on.

    The outlet's name at the end of a page's title is no part of it.
    """
    names = _names(tree, stated)
    candidates = [c for name in names for c in (name, _TAIL.sub("", name))]
    votes = {c: sum(fold_text(o).startswith(fold_text(c)) for o in names) for c in candidates if c}
    return max(votes, key=lambda c: votes[c], default=None)


def _alike(left: str, right: str) -> bool:
    a, b = set(_WORD.findall(fold_text(left))), set(_WORD.findall(fold_text(right)))
    return len(a & b) >= 0.5 * max(1, min(len(a), len(b)))


def _url(tree: Any) -> str | None:
    link = tree.find(".//link[@rel='canonical']")
    found = (link.get("href") if link is not None else None) or next(_meta(tree, "og:url"), None)
    return found if found and found.startswith(("http://", "https://")) else None


def _outlet(tree: Any, stated: dict[str, Any]) -> str | None:
    """Who publishes the page: what it says in its markup, if that is a name and no address."""
    publisher = stated.get("publisher")
    if isinstance(publisher, list) and publisher:
        publisher = publisher[0]
    named = publisher.get("name") if isinstance(publisher, dict) else publisher
    names = [named, *_meta(tree, "og:site_name", "application-name", "al:android:app_name")]
    sane = [" ".join(name.split()) for name in names if isinstance(name, str) and _is_name(name)]
    # An identifier in small letters gives way to a name.
    return next((n for n in sane if n != n.lower()), sane[0] if sane else None)


def _is_name(name: str) -> bool:
    name = name.strip()
    return bool(re.search(r"[^\W\d_]", name)) and len(name) <= 80 and not re.search(
        r"://|^www\.|^@|^[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co|uk|de|fr|io|example|info|news)$",
        name, re.I,
    )  # fmt: skip


def _authors(tree: Any, stated: dict[str, Any]) -> tuple[str, ...]:
    people = stated.get("author")
    names = []
    for person in people if isinstance(people, list) else [people]:
        name = person.get("name") if isinstance(person, dict) else person
        for one in name if isinstance(name, list) else [name]:
            if isinstance(one, str) and _is_name(one):
                names.append(" ".join(unescape(one).split()))
    if not names:
        names = [n for n in _meta(tree, "author", "article:author", "byl") if _is_name(n)]
        names = [re.sub(r"^by\s+", "", n, flags=re.IGNORECASE) for n in names]
    return tuple(dict.fromkeys(names))


def _published(tree: Any, stated: dict[str, Any]) -> date | None:
    """The day of publication: as the page states it, else as its dates look, if it is a sane
    one."""
    said = [stated.get("datePublished"), *_meta(tree, "article:published_time", "datePublished")]
    said += [e.get("datetime") for e in tree.iter("time") if e.get("pubdate") is not None]
    for value in said:
        if day := _sane(as_date(value)):
            return day
    from htmldate import find_date

    bare = copy.deepcopy(tree)
    etree.strip_elements(bare, "blockquote", with_tail=False)  # a post tells its own day
    try:
        found = find_date(bare, original_date=True, extensive_search=True)
    except (ValueError, TypeError, AttributeError, etree.LxmlError, RecursionError):
        return None
    day = _sane(as_date(found))
    if day is not None and (day.month, day.day) == (1, 1):
        # The library makes one of a year alone; the page has to name the day.
        if not _NEW_YEAR.search(etree.tostring(bare, encoding="unicode")):
            return None
    return day


def _sane(day: date | None) -> date | None:
    """The day, unless no page was written on it: a program's zero, or a slip of the pen."""
    if day is None or not 1700 <= day.year <= date.today().year + 1 or day == date(1970, 1, 1):
        return None
    return day
