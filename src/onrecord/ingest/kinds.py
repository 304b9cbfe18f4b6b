"""What a file is: by its ending, by its first bytes, and what it is called where it isn't read."""

import re
import zipfile
from io import BytesIO
from typing import Literal

Kind = Literal[
    "text", "markdown", "html", "docx", "json", "jsonl", "pdf", "rtf", "odt", "mail", "csv", "tsv",
    "wiki", "ninjs", "newsml",
]  # fmt: skip
SUFFIXES: dict[str, Kind] = {
    ".txt": "text", ".text": "text", ".md": "markdown", ".markdown": "markdown",
    ".mdown": "markdown", ".mdx": "markdown", ".html": "html", ".htm": "html", ".xhtml": "html",
    ".docx": "docx", ".docm": "docx", ".dotx": "docx", ".json": "json", ".jsonl": "jsonl",
    ".ndjson": "jsonl", ".pdf": "pdf", ".rtf": "rtf", ".odt": "odt", ".ott": "odt", ".eml": "mail",
    ".mht": "mail", ".mhtml": "mail", ".csv": "csv", ".tsv": "tsv", ".wiki": "wiki",
    ".wikitext": "wiki", ".mediawiki": "wiki",
}  # fmt: skip
PICTURE = ("a picture", "Run text recognition over it, and give the text.")
RECORDING = ("a recording", "Give its transcript: a story, or with --against a material.")
PACKED = ("packed", "Unpack it first.")
PROGRAM = ("a program", "Give an article.")
_MAGIC: tuple[tuple[bytes, tuple[str, str]], ...] = (
    (b"WARC/", ("a web archive (WARC)", "Use onrecord batch, which reads the pages in it.")),
    (b"\x89PNG\r\n", PICTURE), (b"\xff\xd8\xff", PICTURE), (b"GIF8", PICTURE), (b"II*\0", PICTURE),
    (b"MM\0*", PICTURE), (b"BM", ("", "")), (b"ID3", RECORDING), (b"OggS", RECORDING),
    (b"fLaC", RECORDING), (b"\x1aE\xdf\xa3", RECORDING),
    (b"PAR1", ("a Parquet table", "Export it as JSON Lines.")),
    (b"SQLite format 3\0", ("an SQLite database", "Export its articles as JSON Lines.")),
    (b"7z\xbc\xaf'\x1c", PACKED), (b"Rar!\x1a", PACKED), (b"BZh", PACKED), (b"\xfd7zXZ\0", PACKED),
    (b"(\xb5/\xfd", PACKED), (b"\x7fELF", PROGRAM), (b"MZ", ("", "")),
    (b"%!PS", ("PostScript", "Print it to a PDF, or save it as plain text.")),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", (
        "an old Office file or an Outlook message (.doc, .msg)",
        "Save it as DOCX, as .eml, or as plain text.",
    )),
    (b"AT&TFORM", PICTURE),
)  # fmt: skip
_ZIPPED = {
    "application/epub+zip": ("an e-book (EPUB)", "Save its text as HTML or plain text."),
    "application/vnd.oasis.opendocument.spreadsheet": (
        "a spreadsheet (ODS)",
        "Save it as CSV, an article a row.",
    ),
    "application/vnd.oasis.opendocument.presentation": ("slides (ODP)", "Save their text."),
}
_MAIL = re.compile(
    rb"(?:(?:from|to|cc|subject|date|received|return-path|mime-version|message-id|delivered-to"
    rb"|reply-to|snapshot-content-location|content-type|content-transfer-encoding|x-[\w-]+"
    rb"|dkim-signature):[^\n]*\n(?:[ \t][^\n]*\n)*){3}",
    re.IGNORECASE,
)
_AGENCY = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?\s*<(?:\?xml|\w+:|news|nitf)(?s:.*?)"
    rb"(?:iptc\.org/std/nar/2006-10-01|<nitf[\s>])"
)
"""NewsML-G2 by its namespace, NITF by its root."""
_FEED = re.compile(
    rb"\A\s*(?:\xef\xbb\xbf)?\s*(?:<(?:\?|!--)[^>]{0,500}>\s*){0,8}<(?:rss|rdf:RDF|feed)[\s>]"
)
_WIKI = re.compile(
    r"\[\[[^\[\]\n]{1,200}\]\]|^==+[^=\n]+==+\s*$|\{\{[^{}]{1,300}\}\}|'''", re.MULTILINE
)


def unread(raw: bytes, suffix: str) -> tuple[str, str] | None:
    """What bytes are that no reader takes, and what to do about it; None where a reader may."""
    for magic, said in _MAGIC:
        if said[0] and raw.startswith(magic):
            return said
    if raw[4:8] == b"ftyp":
        return PICTURE if raw[8:12] in (b"heic", b"heix", b"avif", b"mif1") else RECORDING
    if raw.startswith(b"RIFF"):
        return PICTURE if raw[8:12] == b"WEBP" else RECORDING
    if raw[257:262] == b"ustar":
        return PACKED
    if suffix in (".srt", ".vtt") or raw.lstrip(b"\xef\xbb\xbf").startswith(b"WEBVTT"):
        return (
            "subtitles, which are no story",
            "Hold a story against them: verify story.txt --against FILE.",
        )
    if raw.startswith(b"From ") and _MAIL.search(raw[:8000]):
        return "a mailbox of many mails", "Save each as a file of its own (.eml)."
    if _FEED.search(raw[:2000]):
        return "a feed (RSS or Atom), which lists stories", "Save the page of each story."
    if raw.startswith(b"PK\x03\x04"):
        return _unread_zip(raw)
    return None


def _unread_zip(raw: bytes) -> tuple[str, str] | None:
    """What a zipped file is that is neither DOCX nor ODT."""
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        names = archive.namelist()
        if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
            said = archive.read("mimetype").decode("ascii", "replace").strip()
            if said in _ZIPPED:
                return _ZIPPED[said]
    except (
        zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError,
        KeyError,
    ):  # fmt: skip
        return None
    tops = {name.partition("/")[0] for name in names}
    if "xl" in tops:
        return "a spreadsheet (XLSX)", "Save it as CSV, an article a row."
    if "ppt" in tops:
        return "slides (PPTX)", "Save their text."
    if "Index" in tops or "Index.zip" in names:
        return "a Pages document", "Export it as DOCX or plain text."
    if not {"word", "content.xml", "[Content_Types].xml", "_rels", "mimetype"} & (
        tops | set(names)
    ):
        return "a ZIP archive", "Unpack it first."
    return None


def sniffed(raw: bytes) -> Kind:
    """What bytes without a telling name seem to be."""
    if strong := strongly(raw):
        return strong
    head = raw[:2000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if _MAIL.match(raw[:8000].lstrip(b"\r\n").replace(b"\r\n", b"\n")):
        return "mail"
    if head.startswith((b"<!doctype html", b"<html", b"<?xml")) or b"<html" in head:
        return "html"
    if head.startswith(b"{"):
        first = raw.lstrip(b"\xef\xbb\xbf \t\r\n").split(b"\n", 1)
        whole = first[0].rstrip().endswith(b"}")
        return "jsonl" if whole and len(first) > 1 and first[1].strip() else "json"
    if head.startswith(b'[{"') or re.match(rb"\[\s*\{\s*\"", head):
        return "json"
    return "text"


def strongly(raw: bytes) -> Kind | None:
    """What bytes are by marks that no other kind has, whatever the file is called."""
    if raw.startswith(b"%PDF-"):
        return "pdf"
    if raw.lstrip(b" \r\n\xef\xbb\xbf").startswith(b"{\\rtf"):
        return "rtf"
    if raw.startswith(b"PK\x03\x04"):
        return "odt" if b"opendocument.text" in raw[:200] else "docx"
    if _AGENCY.search(raw[:4000]):
        return "newsml"
    return None
