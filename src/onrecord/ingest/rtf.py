"""RTF to an article: the text of what word processors and archives write, read in one pass.

Unicode and code pages, marks by name, tables as transcripts or cells, footnotes behind the text.
Fonts, styles, pictures and the like are skipped; struck-out, hidden and deleted words, headers and
comments are left out and said.
"""

import re
from collections import Counter

from ..records import Article, Problem
from . import charset
from .given import Given, counted, note
from .pieces import BREAK, Pieces, Run
from .plain import headed, make_article
from .tables import Cell, rows

_TOKEN = re.compile(
    rb"\\(?:([a-z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-z'\r\n])|(?=[\r\n]))|([{}])|[\r\n]+"
    rb"|([^\\{}\r\n]+)",
    re.IGNORECASE,
)
_SKIPPED = frozenset(
    "fonttbl colortbl stylesheet info pict object themedata colorschememapping datastore"
    " latentstyles"
    " listtable listoverridetable rsidtbl generator xmlnstbl mmathPr filetbl revtbl fldinst"
    " bkmkstart bkmkend pntext pntxta pntxtb shpinst sp sn sv datafield"
    " formfield nonshppict".lower().split()
)
_LEFT = {
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "page headers"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "page footers"),
    **dict.fromkeys(("annotation", "atnid", "atnauthor"), "comments"),
}
_SIGNS = {
    "ldblquote": "“", "rdblquote": "”", "lquote": "‘", "rquote": "’", "endash": "–",
    "emdash": "—", "bullet": "•", "tab": "\t", "emspace": " ", "enspace": " ", "qmspace": " ",
    "~": "\u00a0", "_": "\u2011", "-": "",
}  # fmt: skip
_CODEPAGES = {10000: "mac-roman", 65001: "utf-8"}
_CHARSETS = {
    0: "cp1252", 77: "mac-roman", 128: "cp932", 129: "cp949", 134: "gb18030", 136: "big5",
    161: "cp1253", 162: "cp1254", 177: "cp1255", 178: "cp1256", 186: "cp1257", 204: "cp1251",
    222: "cp874", 238: "cp1250",
}  # fmt: skip
DEEPEST = 2000
"""Groups in groups; a deeper file is no document."""


class _State:
    """What holds inside a group."""

    def __init__(self, above: "_State | None" = None) -> None:
        self.skip: bool = above.skip if above else False
        self.gone: bool = above.gone if above else False
        self.left: str = above.left if above else ""
        self.notes: bool = above.notes if above else False
        self.unicode: int = above.unicode if above else 1
        self.codec: str = above.codec if above else "cp1252"


def read_rtf(raw: bytes, name: str, digest: str, given: Given) -> Article | Problem:
    """The article of an RTF file."""
    if not raw.lstrip().startswith(b"{\\rtf"):
        remedy = "Save the article anew, or as plain text."
        return Problem(where=name, what="this is not RTF.", remedy=remedy)
    document = _Document(raw)
    pieces = document.read()
    if pieces is None:
        what = "this RTF is nested deeper than any document."
        return Problem(where=name, what=what, remedy="Save the article anew, or as plain text.")
    if not pieces.blocks:
        return Problem(where=name, what="holds no text.", remedy="Give the article's text.")
    notes = [
        note(
            name,
            f"{counted(number, 'word')} in {what} left out.",
            "Put what belongs to the story in its text.",
        )
        for what, number in document.left.items()
        if number
    ]
    if document.notes:
        what = (
            f"{counted(document.notes, 'footnote')} stand{'s' * (document.notes == 1)} at the end"
            f" of the text."
        )
        notes.append(note(name, what, "No word is lost."))
    return make_article(
        pieces.text,
        input=name,
        raw_digest=digest,
        extractor="onrecord.rtf/1",
        title=given.title,
        blocks=headed(pieces, given.title),
        outlet=given.outlet,
        published=given.published,
        placed_in="paragraph",
        places=pieces.places(document.source),
        notes=tuple(notes),
    )


class _Document:
    """One reading of a file."""

    def __init__(self, raw: bytes) -> None:
        self._raw = raw
        self._states = [_State()]
        self._fonts: dict[int, str] = {}
        self._font = 0
        self._kept: list[Run] = []
        self._star = self._in_fonts = False
        self._high = 0
        self._pending = b""
        self._swallow = 0
        self._runs: list[Run] = []
        self._apart: list[list[Run]] = []
        self._cells: list[Cell] = []
        self._cell: Cell = []
        self._table: list[list[Cell]] = []
        self._source: list[str] = []
        self._length = 0
        self._default = "cp1252"
        self.left: Counter[str] = Counter()
        self.notes = 0
        self._pieces = Pieces()

    @property
    def source(self) -> str:
        """The text with a paragraph on each line: what its places count in."""
        return "".join(self._source)

    def read(self) -> Pieces | None:
        """The pieces of the file, or None where it is nested too deep."""
        for match in _TOKEN.finditer(self._raw):
            word, number, byte, sign, brace, text = match.groups()
            if byte is not None:
                self._byte(int(byte, 16))
                continue
            if text is not None:
                self._plain(text)
                continue
            self._decode()
            if brace == b"{":
                if len(self._states) > DEEPEST:
                    return None
                self._states.append(_State(self._states[-1]))
            elif brace == b"}":
                self._close()
            elif word is not None:
                self._word(word.decode("ascii").lower(), int(number) if number else None)
            elif sign is not None:
                self._sign(sign.decode("latin-1"))
        self._decode()
        self._paragraph()
        self._table_out()
        for runs in self._apart:
            self._pieces.add(runs)
        return self._pieces

    def _close(self) -> None:
        if len(self._states) > 1:
            state = self._states.pop()
            if state.notes and not self._states[-1].notes and self._runs:
                self._apart.append(self._runs)
                self._runs = self._kept
                self.notes += 1

    def _sign(self, sign: str) -> None:
        if sign == "*":
            self._states[-1].skip = True
            self._star = True
        elif sign in _SIGNS:
            self._put(_SIGNS[sign])
        elif sign in "\\{}":
            self._put(sign)

    def _word(self, word: str, number: int | None) -> None:
        state = self._states[-1]
        on = number != 0
        star, self._star = self._star, False
        if word == "bin":
            return
        if word in _SKIPPED or (word == "f" and self._in_fonts):
            if word != "f":
                self._in_fonts = word == "fonttbl"
                state.skip = True
        if word == "f" and number is not None:
            self._font = number
            if not state.skip:
                state.codec = self._fonts.get(number, self._default)
        elif word == "fcharset" and number is not None:
            self._fonts[self._font] = _CHARSETS.get(number, self._default)
        elif (word in _LEFT and not state.skip) or (star and word in _LEFT):
            state.skip, state.left = False, _LEFT[word]
        elif word == "footnote" and not state.notes:
            state.skip, state.notes = False, True
            self._kept, self._runs = self._runs, []
        elif word in ("strike", "striked", "v", "deleted"):
            state.gone = on
        elif word == "plain":
            state.gone = False
        elif word == "ansicpg" and number is not None:
            self._default = state.codec = _CODEPAGES.get(number, f"cp{number}")
            for above in self._states:
                above.codec = self._default
        elif word == "mac":
            self._default = state.codec = "mac-roman"
        elif word == "uc" and number is not None:
            state.unicode = max(0, min(number, 16))
        elif word == "u" and number is not None:
            self._unicode(number)
        elif word in ("shptxt", "fldrslt", "listtext") and word != "listtext":
            state.skip = False
        else:
            self._layout(word)

    def _layout(self, word: str) -> None:
        """A word that ends a paragraph, line, cell, row or table, or that stands for a sign."""
        if word in ("par", "sect", "page"):
            self._paragraph()
        elif word == "line" and not self._states[-1].skip:
            self._runs.append(BREAK)
        elif word in ("cell", "nestcell"):
            self._cell_out()
        elif word in ("row", "nestrow"):
            self._table.append(self._cells)
            self._cells = []
        elif word == "pard":
            self._table_out()
        elif word in _SIGNS:
            self._put(_SIGNS[word])

    def _byte(self, byte: int) -> None:
        if self._swallow:
            self._swallow -= 1
        else:
            self._pending += bytes([byte])

    def _plain(self, text: bytes) -> None:
        if self._swallow:
            cut = min(self._swallow, len(text))
            self._swallow -= cut
            text = text[cut:]
        self._pending += text

    def _unicode(self, number: int) -> None:
        self._swallow = 0
        code = number % 0x10000 if number < 0 else number
        if 0xD800 <= code < 0xDC00:
            self._high = code
        elif 0xDC00 <= code < 0xE000 and self._high:
            self._put(chr(0x10000 + ((self._high - 0xD800) << 10) + code - 0xDC00))
            self._high = 0
        elif code < 0x110000 and not 0xD800 <= code < 0xE000:
            self._put(chr(code))
        self._swallow = self._states[-1].unicode

    def _decode(self) -> None:
        """The bytes gathered so far, in the code page that holds here."""
        raw, self._pending = self._pending, b""
        if raw:
            try:
                words = raw.decode(self._states[-1].codec, "replace")
            except LookupError:
                words = raw.decode("cp1252", "onrecord.browsers")
            self._put(words)

    def _put(self, words: str) -> None:
        state = self._states[-1]
        self._swallow = 0
        if state.skip or not words:
            return
        words = charset.clean(words)[0].replace("\n", " ")
        if state.left or state.gone:
            what = state.left or "struck-out, hidden or deleted words"
            self.left[what] += len(words.split())
            return
        self._runs.append(Run(words, None, self._length))
        self._source.append(words)
        self._length += len(words)

    def _ended(self) -> list[Run]:
        runs, self._runs = self._runs, []
        self._source.append("\n")
        self._length += 1
        return runs

    def _paragraph(self) -> None:
        state = self._states[-1]
        if state.skip or state.left:
            return
        if state.notes:
            self._runs.append(Run(" "))
            return
        runs = self._ended()
        if self._cells or self._cell:
            self._cell.append(runs)
            return
        if any(run.text.strip() for run in runs if run is not BREAK):
            self._table_out()
            self._pieces.add(runs)

    def _cell_out(self) -> None:
        self._cell.append(self._ended())
        self._cells.append([runs for runs in self._cell if any(r.text.strip() for r in runs)])
        self._cell = []

    def _table_out(self) -> None:
        """Give out the table that has ended."""
        if self._cells or self._cell:
            return
        table, self._table = self._table, []
        for runs in rows(table):
            self._pieces.add(runs)
