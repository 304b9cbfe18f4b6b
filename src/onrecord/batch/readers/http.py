"""An HTTP answer as a WARC record holds it: its status, its media type and its unpacked body."""

import gzip
import io
import re
import zlib
from typing import Any

import msgspec

from .streams import MAX_BYTES

_FEED = re.compile(rb"<(?:rss|feed|rdf:RDF|urlset|sitemapindex)[\s>]")
_HTML = ("text/html", "application/xhtml+xml")
_META = re.compile(rb"<meta\s[^>]{0,400}article:section[^>]{0,400}>", re.IGNORECASE)
_CONTENT = re.compile(rb"""\scontent\s*=\s*(?:"([^"]{1,80})"|'([^']{1,80})')""", re.IGNORECASE)


class Page(msgspec.Struct):
    """What was answered."""

    body: bytes
    media: str = ""
    charset: str | None = None
    status: int = 200

    def is_feed(self) -> bool:
        """Whether it is a list of articles rather than one."""
        if self.media.endswith(("rss+xml", "atom+xml", "rdf+xml")):
            return True
        head = self.body[:2000].lstrip(b"\xef\xbb\xbf \r\n\t")
        return head.startswith(b"<") and bool(_FEED.search(head))

    def form(self) -> str | None:
        """How ingest is to read it; None for what holds no text."""
        head = self.body[:2000].lower()
        if self.media in _HTML or (not self.media and b"<html" in head):
            return "html"
        return "text" if self.media == "text/plain" else None

    def utf8(self) -> bytes:
        """The body, in UTF-8 where only the HTTP header says what it is in."""
        try:
            self.body.decode("utf-8")
        except UnicodeDecodeError:
            if self.charset and not re.search(rb"charset\s*=", self.body[:2000], re.IGNORECASE):
                try:
                    return self.body.decode(self.charset, "replace").encode()
                except LookupError:
                    pass
        return self.body

    def section(self) -> str | None:
        """The section that the page says it belongs to."""
        match = _META.search(self.body[:100_000])
        found = _CONTENT.search(match.group()) if match else None
        value = (found.group(1) or found.group(2)) if found else b""
        return " ".join(value.decode("utf-8", "replace").split()) or None


def media(value: str) -> str:
    """The media type of a Content-Type header."""
    return value.partition(";")[0].strip().lower()


def page(block: bytes) -> Page | str:
    """The answer in a record's block, or in words what is wrong with it."""
    head, _, body = block.partition(b"\r\n\r\n")
    if not head.startswith(b"HTTP/"):
        return "the record holds no HTTP answer."
    status, *lines = head.decode("latin-1").split("\r\n")
    code = status.split(" ")[1:2]
    if not code or not code[0].isdecimal():
        return f"the HTTP answer has no status ({status[:60]!r})."
    headers = {}
    for line in lines:
        key, _, value = line.partition(":")
        headers[key.strip().lower()] = value.strip()
    try:
        if "chunked" in headers.get("transfer-encoding", "").lower():
            body = _joined(body)
        body = _unpacked(body, headers.get("content-encoding", "").lower())
    except ValueError as error:
        return f"the HTTP answer's body can't be unpacked ({error})."
    kind = headers.get("content-type", "")
    charset = re.search(r"charset\s*=\s*[\"']?([\w.:-]+)", kind, re.IGNORECASE)
    return Page(body, media(kind), charset.group(1) if charset else None, int(code[0]))


def _joined(body: bytes) -> bytes:
    """The body of a chunked answer; one that says so and isn't is left as it is."""
    parts: list[bytes] = []
    at = 0
    while True:
        end = body.find(b"\r\n", at)
        size = body[at:end].partition(b";")[0].strip() if end >= 0 else b""
        if not re.fullmatch(rb"[0-9a-fA-F]{1,8}", size):
            return body if not parts else b"".join(parts)
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(body[end + 2 : end + 2 + length])
        at = end + 2 + length + 2


def _unpacked(body: bytes, encoding: str) -> bytes:
    """The body without its compression; crawlers often leave the header of what they unpacked."""
    if encoding in ("gzip", "x-gzip") and body.startswith(b"\x1f\x8b"):
        return _bounded(gzip.GzipFile(fileobj=io.BytesIO(body)))
    if encoding == "deflate" and body and not body.lstrip().startswith(b"<"):
        for bits in (zlib.MAX_WBITS, -zlib.MAX_WBITS):
            try:
                return zlib.decompressobj(bits).decompress(body, MAX_BYTES)
            except zlib.error as error:
                fault = error
        raise ValueError(str(fault))
    if encoding == "br" and body and not body.lstrip().startswith(b"<"):
        from fastwarc.stream_io import BrotliReader

        return _bounded(BrotliReader(io.BytesIO(body)))
    return body


def _bounded(stream: Any) -> bytes:
    try:
        data = bytes(stream.read(MAX_BYTES + 1))
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError(str(error) or "cut off") from error
    if len(data) > MAX_BYTES:
        raise ValueError(f"more than {MAX_BYTES // 1_000_000} MB")
    return data
