"""PDFs for tests, written by hand: objects, streams, pages of lines at places."""

import zlib


def pdf_of(objects: list[bytes]) -> bytes:
    raw, offsets = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        offsets.append(len(raw))
        raw += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    size = len(objects) + 1
    return raw + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Root 1 0 R/Size"
        b" %d>>\nstartxref\n%d\n%%%%EOF"
    ) % (size, table, size, len(raw))  # fmt: skip


def stream_of_pdf(content: bytes, head: bytes = b"") -> bytes:
    packed = zlib.compress(content)
    return b"<</Length %d/Filter/FlateDecode%s>>stream\n%s\nendstream" % (len(packed), head, packed)


def pages_of_pdf(
    contents: list[bytes], resources: bytes = b"", extra: tuple[bytes, ...] = ()
) -> bytes:
    first = 4 + len(extra)
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(contents), kids),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", *extra,
    ]  # fmt: skip
    for n, content in enumerate(contents):
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 400]/Contents %d 0 R/Resources<</Font<</F1"
            b" 3 0 R>>%s>>>>" % (first + 2 * n + 1, resources)
        )
        objects.append(stream_of_pdf(content))
    return pdf_of(objects)


def line_of_pdf(x: int, y: int, words: str, size: int = 11) -> bytes:
    return b"BT /F1 %d Tf %d %d Td (%s) Tj ET\n" % (size, x, y, words.encode())
