"""PDF documents, ZIP archives and QR codes put together by hand, right and wrong ones: the same
bytes each time.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

import segno

from tests.made import png
from tests.made.deflate import zlib_packed

_QUIET = 4  # ISO/IEC 18004: the empty modules round a code


def qr_code(text: str, scale: int = 4) -> bytes:
    """A PNG of the QR code that holds `text`."""
    rows = [
        bytes(row) for row in segno.make(text, error="l", micro=False, boost_error=False).matrix
    ]
    side = (len(rows) + 2 * _QUIET) * scale
    margin = b"\0" + b"\xff" * side
    lines = [margin] * (_QUIET * scale)
    for row in rows:
        dots = b"".join(b"\0" * scale if module else b"\xff" * scale for module in row)
        edge = b"\xff" * (_QUIET * scale)
        lines += [b"\0" + edge + dots + edge] * scale
    lines += [margin] * (_QUIET * scale)
    return png.grey(side, side, b"".join(lines))


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of `files`, stored as they are; names are taken as given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        for name, content in files.items():
            member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
            member.create_system = 3
            written.writestr(member, content)
    return target.getvalue()


def packed(content: bytes) -> bytes:
    """A PDF stream of `content`, packed with Flate."""
    return stream(zlib_packed(content), b"/Filter /FlateDecode")


def stream(content: bytes, more: bytes = b"") -> bytes:
    """A PDF stream object with these bytes; `more` goes into its dictionary."""
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (more, len(content), content)


def pdf(
    *attachments: bytes,
    info: Mapping[bytes, bytes] | None = None,
    xmp: bytes | None = None,
    catalog: bytes = b"",
    lines: tuple[str, ...] = (),
) -> bytes:
    """A document of one page, with attached streams and metadata.

    `info` is from a name to a PDF value, `catalog` more entries of the document's catalog; `lines`
    are printed on the page.
    """
    page = 5 + 2 * len(attachments) + (xmp is not None)
    specs = b" ".join(b"(%d) %d 0 R" % (n, 5 + 2 * n) for n in range(len(attachments)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Names << /EmbeddedFiles << /Names [%s] >> >>%s %s >>"
        % (
            specs,
            b"" if xmp is None else b" /Metadata %d 0 R" % (5 + 2 * len(attachments)),
            catalog,
        ),
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 200]%s >>" % _printing(lines, page),
        b"<< %s >>" % b" ".join(b"/%s %s" % pair for pair in (info or {}).items()),
    ]
    for number, attached in enumerate(attachments):
        objects.append(
            b"<< /Type /Filespec /F (../../badge-%d) /EF << /F %d 0 R >> >>"
            % (number, 6 + 2 * number)
        )
        objects.append(attached)
    if xmp is not None:
        objects.append(stream(xmp, b"/Type /Metadata /Subtype /XML"))
    if lines:
        drawn = b"".join(b"(%s) Tj T*\n" % line.encode("cp1252") for line in lines)
        objects.append(stream(b"BT /F1 8 Tf 10 TL 10 190 Td\n%sET" % drawn))
    return numbered(objects)


def _printing(lines: tuple[str, ...], number: int) -> bytes:
    """What a page's dictionary needs for the content with this `number`."""
    if not lines:
        return b""
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>"
    return b" /Contents %d 0 R /Resources << /Font << /F1 %s >> >>" % (number, font)


def numbered(objects: list[bytes]) -> bytes:
    """A PDF file of these objects, with its cross-reference table."""
    file, places = bytearray(b"%PDF-1.7\n"), []
    for number, one in enumerate(objects, 1):
        places.append(b"%010d 00000 n \n" % len(file))
        file += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    size = len(objects) + 1
    table = b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, b"".join(places))
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 4 0 R >>\n" % size
    return bytes(file) + table + trailer + b"startxref\n%d\n%%%%EOF\n" % len(file)
