"""Bytes to text: encodings, binary junk, characters that can't be passed on, garbled letters.

Labels mean what browsers take them for (WHATWG's Encoding Standard): a page that says iso-8859-1 is
read as windows-1252. Says what it had to assume; never guesses in silence.
"""

import codecs
import re

from ..records import Problem

_META = re.compile(
    rb"""<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<\?xml[^>]{0,100}?encoding\s*=\s*["']([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_HEAD = 4096
"""Bytes in which a page names its encoding."""
_BOMS = (
    (b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe\0\0", "utf-32-le"), (b"\0\0\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"),
)  # fmt: skip
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_LABELS: dict[str, str] = {
    # Python's name of each encoding of the standard, by its labels without - and _.
    **dict.fromkeys("utf8 unicode11utf8 unicode20utf8 xunicode20utf8".split(), "utf-8"),
    **dict.fromkeys(
        "ansix341968 ascii cp1252 cp819 csisolatin1 ibm819 iso88591 iso88591:1987 isoir100 l1"
        " latin1"
        " usascii windows1252 xcp1252".split(),
        "cp1252",
    ),
    **dict.fromkeys("cp1250 windows1250 xcp1250".split(), "cp1250"),
    **dict.fromkeys("cp1251 windows1251 xcp1251".split(), "cp1251"),
    **dict.fromkeys("cp1253 windows1253 xcp1253".split(), "cp1253"),
    **dict.fromkeys(
        "cp1254 csisolatin5 iso88599 iso88599:1989 isoir148 l5 latin5 windows1254 xcp1254".split(),
        "cp1254",
    ),
    **dict.fromkeys("cp1255 windows1255 xcp1255".split(), "cp1255"),
    **dict.fromkeys("cp1256 windows1256 xcp1256".split(), "cp1256"),
    **dict.fromkeys("cp1257 windows1257 xcp1257".split(), "cp1257"),
    **dict.fromkeys("cp1258 windows1258 xcp1258".split(), "cp1258"),
    **dict.fromkeys("csisolatin2 iso88592 iso88592:1987 isoir101 l2 latin2".split(), "iso8859-2"),
    **dict.fromkeys("csisolatin3 iso88593 iso88593:1988 isoir109 l3 latin3".split(), "iso8859-3"),
    **dict.fromkeys("csisolatin4 iso88594 iso88594:1988 isoir110 l4 latin4".split(), "iso8859-4"),
    **dict.fromkeys("csisolatincyrillic cyrillic iso88595 iso88595:1988".split(), "iso8859-5"),
    **dict.fromkeys("arabic asmo708 csisolatinarabic ecma114 iso88596".split(), "iso8859-6"),
    **dict.fromkeys("csisolatingreek ecma118 elot928 greek greek8 iso88597".split(), "iso8859-7"),
    **dict.fromkeys(
        "csisolatinhebrew hebrew iso88598 iso88598i logical visual".split(), "iso8859-8"
    ),
    **dict.fromkeys("csisolatin6 iso885910 isoir157 l6 latin6".split(), "iso8859-10"),
    **dict.fromkeys("dos874 iso885911 tis620 windows874".split(), "cp874"),
    "iso885913": "iso8859-13", "iso885914": "iso8859-14",
    **dict.fromkeys("csisolatin9 iso885915 l9".split(), "iso8859-15"),
    "iso885916": "iso8859-16",
    **dict.fromkeys("cp866 csibm866 ibm866 866".split(), "cp866"),
    **dict.fromkeys("cskoi8r koi koi8 koi8r".split(), "koi8-r"),
    **dict.fromkeys("koi8ru koi8u".split(), "koi8-u"),
    **dict.fromkeys("csmacintosh mac macintosh xmacroman".split(), "mac-roman"),
    **dict.fromkeys("xmaccyrillic xmacukrainian".split(), "mac-cyrillic"),
    **dict.fromkeys(
        "chinese csgb2312 csiso58gb231280 gb18030 gb2312 gb231280 gbk isoir58 xgbk".split(),
        "gb18030",
    ),
    **dict.fromkeys("big5 big5hkscs cnbig5 csbig5 xxbig5".split(), "big5hkscs"),
    **dict.fromkeys("cseucpkdfmtjapanese eucjp xeucjp".split(), "euc-jp"),
    **dict.fromkeys("csiso2022jp iso2022jp".split(), "iso2022-jp"),
    **dict.fromkeys("csshiftjis ms932 mskanji shiftjis sjis windows31j xsjis".split(), "cp932"),
    **dict.fromkeys(
        "cseuckr csksc56011987 euckr isoir149 korean ksc56011987 ksc56011989 ksc5601 windows949"
        .split(),
        "cp949",
    ),
    # In a page that could be read so far as to find it, UTF-16 can't be meant.
    **dict.fromkeys("utf16 utf16le utf16be unicode csunicode".split(), "utf-8"),
}  # fmt: skip


def encoding_of(label: str) -> str | None:
    """Python's codec for a label as browsers read it, or None where there is no such encoding.

    Only codecs that turn bytes into text: `undefined`, `rot13`, `zip` and the like are none.
    """
    return _LABELS.get(label.strip().lower().replace("-", "").replace("_", ""))


def _as_browsers(error: UnicodeError) -> tuple[str, int]:
    """Bytes that windows-1252 leaves open are the control characters of their number."""
    assert isinstance(error, UnicodeDecodeError)
    return "".join(map(chr, error.object[error.start : error.end])), error.end


def _as_windows(error: UnicodeError) -> tuple[str, int]:
    """A stray byte among UTF-8 is taken for the windows-1252 that it most likely is."""
    assert isinstance(error, UnicodeDecodeError)
    stray = error.object[error.start : error.start + 1]
    return stray.decode("cp1252", "onrecord.browsers"), error.start + 1


codecs.register_error("onrecord.browsers", _as_browsers)
codecs.register_error("onrecord.windows", _as_windows)


def text_of(
    raw: bytes, name: str, *, html: bool = False, label: str | None = None
) -> tuple[str | None, list[Problem]]:
    """The text of bytes and what there is to say about it; None if they hold no text at all.

    `label` is an encoding that somebody outside the bytes named, for instance a mail's header.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return raw[len(mark) :].decode(encoding, "replace"), []
    if (wide := _wide(raw)) is not None:
        return raw.decode(wide, "replace"), [_assumed(name, 0, wide)]
    try:
        return raw.decode("utf-8"), []
    except UnicodeDecodeError as error:
        place = error.start
    if _binary(raw):
        return None, [
            Problem(
                where=name,
                what="this is not text.",
                remedy="Save the article as plain text, HTML, Markdown or DOCX.",
            )
        ]
    if html and (declared := _META.search(raw[:_HEAD])):
        label = label or (declared.group(1) or declared.group(2)).decode("ascii", "ignore")
    known = encoding_of(label) if label else None
    if known in (None, "utf-8"):
        strays, letters = _strays(raw)
        if strays <= letters or (known and letters):
            what = (
                f"{strays} byte{'s are' if strays > 1 else ' is'} not UTF-8 (the first is byte"
                f" {place}); read as windows-1252."
            )
            remedy = "If letters look wrong, save it as UTF-8."
            said = Problem(where=name, what=what, remedy=remedy, fatal=False)
            return raw.decode("utf-8", "onrecord.windows"), [said]
        known = None
    text = _try(raw, known) if known else None
    if known is None or text is None:
        known, text = _guessed(raw)
    return text, [_assumed(name, place, known)]


def _assumed(name: str, place: int, encoding: str) -> Problem:
    shown = {"cp1252": "windows-1252", "utf-16-le": "UTF-16", "utf-16-be": "UTF-16"}
    return Problem(
        where=name,
        what=f"not UTF-8 (byte {place} can't be); read as {shown.get(encoding, encoding)}.",
        remedy="If letters look wrong, save it as UTF-8.",
        fatal=False,
    )


def _try(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding, "onrecord.browsers" if encoding == "cp1252" else "strict")
    except (LookupError, UnicodeError):
        return None


def _wide(raw: bytes) -> str | None:
    """UTF-16 without its mark: every other byte of the beginning is nearly always zero."""
    head = raw[:2000]
    if len(head) < 16 or head.count(0) < 0.3 * len(head):
        return None
    half = len(head) // 2
    if head[1::2].count(0) > 0.6 * half and head[::2].count(0) < 0.05 * half:
        return "utf-16-le"
    if head[::2].count(0) > 0.6 * half and head[1::2].count(0) < 0.05 * half:
        return "utf-16-be"
    return None


def _strays(raw: bytes) -> tuple[int, int]:
    """Bytes that are no UTF-8, and letters of two bytes and more that are."""
    text = raw.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= c <= "\udcff" for c in text)
    return strays, sum(c > "\x7f" for c in text) - strays


_TYPOGRAPHY = frozenset("“”‘’„‚–—…•·£€©®™°½¼¾§«»\u00a0")


def _guessed(raw: bytes) -> tuple[str, str]:
    """The likeliest encoding of undeclared bytes, and their text in it.

    English text tells by its marks: what reads as English is windows-1252 unless the marks come out
    right only as a Macintosh or a DOS wrote them. Other languages are the library's to tell.
    """
    texts = {name: raw.decode(name, "onrecord.browsers" if name == "cp1252" else "replace")
             for name in ("cp1252", "mac-roman", "cp850")}  # fmt: skip
    best = max(texts, key=lambda name: _plausible(texts[name]))
    letters = sum(c.isascii() and c.isalpha() for c in texts[best])
    others = sum(c > "\x7f" and c not in _TYPOGRAPHY for c in texts[best])
    if others < 0.1 * letters and _plausible(texts[best]) > 0:
        return best, texts[best]
    from charset_normalizer import from_bytes  # a tenth of a second that few files need

    found = from_bytes(raw[:200_000]).best()
    text = _try(raw, found.encoding) if found else None
    return (found.encoding, text) if found and text is not None else (best, texts[best])


def _plausible(text: str) -> float:
    """How well the characters beyond ASCII become a text in Latin letters; below 0 is junk."""
    score = 0.0
    for match in re.finditer(r"[^\x00-\x7f]", text[:200_000]):
        letter, at = match.group(), match.start()
        before = text[at - 1 : at]
        if letter in _TYPOGRAPHY:
            score += 1
        elif "\x80" <= letter < "\xa0" or letter == "\ufffd" or 0x2500 <= ord(letter) < 0x2600:
            score -= 2
        elif letter.isalpha():
            # A capital inside a word, or a letter that stands alone, is a mark read wrongly.
            around = before.isalpha() or text[at + 1 : at + 2].isalpha()
            score += 1 if around and not (letter.isupper() and before.islower()) else -1
        else:
            score -= 0.5
    return score


def _binary(raw: bytes) -> bool:
    """Whether bytes that are no UTF-8 look like no text: many control characters among the
    first."""
    head = raw[:8000]
    odd = sum(byte < 9 or 13 < byte < 32 or byte == 127 for byte in head)
    return odd > len(head) * 0.02


def clean(text: str) -> tuple[str, bool]:
    """The text that can be passed on, and whether characters had to be replaced.

    CRLF becomes LF and a leading byte order mark goes; NUL characters and lone surrogates, which
    neither UTF-8 files nor pages can hold, become U+FFFD, one for one.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    try:
        text.encode()
        fixed = text
    except UnicodeEncodeError:
        fixed = _SURROGATE.sub("\ufffd", text)
    fixed = fixed.replace("\0", "\ufffd")
    return fixed, fixed != text


def replaced(name: str) -> Problem:
    """What to say when characters were replaced."""
    return Problem(
        where=name,
        what="holds NUL characters or halves of surrogate pairs; they were replaced by U+FFFD.",
        remedy="Export the text anew.",
        fatal=False,
    )


_GARBLED = re.compile(
    r"â[\x80-\x9f€‚ƒ„…†‡ˆ‰‹‘’“”•–—˜™š›œž\u00a0-¿]{1,2}|[ÂÃ][\u0080-¿ƒ„…†‡ˆ‰‹‘’“”•–—˜™š›œžŸŠŒŽ]|Ã\s"
    r"|ï¿½|ðŸ"
)


def repaired(text: str, name: str, *, repair: bool) -> tuple[str, Problem | None]:
    """The text, its garbled letters put right where that is asked for, and what there is to say.

    Text that was written in UTF-8 and read as something else (`â€™` for an apostrophe) is told, and
    with `repair` undone, line by line. Half a dozen accented letters in a row are garbled in no
    language.
    """
    if not any(mark in text for mark in "âÂÃïð") or not _GARBLED.search(text):
        return text, None
    from ftfy import fix_encoding

    lines = text.split("\n")
    fixed = [fix_encoding(line) if _GARBLED.search(line) else line for line in lines]
    changed = [n for n, (old, new) in enumerate(zip(lines, fixed, strict=True), 1) if old != new]
    if not changed:
        return text, None
    where = f"on {len(changed)} line{'s' * (len(changed) > 1)}, the first is line {changed[0]}"
    if repair:
        what, remedy = f"letters were garbled {where}; they were repaired.", "Check the names."
        text = "\n".join(fixed)
    else:
        what = f"letters are garbled {where} (UTF-8 that was read as something else)."
        remedy = "--repair puts them right while reading; better, export the text anew."
    return text, Problem(where=name, what=what, remedy=remedy, fatal=False)
