"""PNG and SVG: what is baked, and what was made to be misread or to overwhelm."""

from __future__ import annotations

import gzip
import struct
import zlib
from collections.abc import Iterator

from tests.gates.json_rows import signed
from tests.gates.row import Row
from tests.made import png
from tests.made.documents import archive, pdf, stream
from tests.unit import test_containers as unbaking

KEYWORD = b"openbadgecredential"
SVG_ELEMENT = b'<o:credential xmlns:o="https://purl.imsglobal.org/ob/v3p0">'


def rows() -> dict[str, Row]:
    """Every row, by what is true of it."""
    return dict([*_unbaked(), *_pixels(), *_texts(), *_disguised(), *_svgs()])


def baked(credential: bytes) -> bytes:
    """A PNG of one pixel with this in it."""
    return png.picture(png.international(credential, KEYWORD))


def svg(inner: bytes, before: bytes = b"") -> bytes:
    """A small SVG."""
    return before + b'<svg xmlns="http://www.w3.org/2000/svg">' + inner + b"</svg>"


def in_svg(credential: bytes) -> bytes:
    """The element that carries a credential of Open Badges 3."""
    return SVG_ELEMENT + b"<![CDATA[" + credential + b"]]></o:credential>"


def _unbaked() -> Iterator[tuple[str, Row]]:
    """PNG-01 to PNG-07, SVG-01, SVG-04, SVG-05: the same that `unbake` is shown."""
    for name, (content, _) in unbaking.NOT_A_BADGE.items():
        yield name, Row(content, "not_a_badge")
    for name, (content, reason) in unbaking.MALFORMED.items():
        yield name, Row(content, "malformed", reason)
    for name, (content, reason) in unbaking.TOO_LARGE.items():
        yield name, Row(content, "too_large", reason)
    for name, content in unbaking.AMBIGUOUS.items():
        yield name, Row(content, "ambiguous")


def _pixels() -> Iterator[tuple[str, Row]]:
    """PNG-09: the text is read, and no pixel is."""
    text = png.international(signed().encode(), KEYWORD)
    for width, height in ((65_535, 65_535), (2**31 - 1, 2**31 - 1), (2**32 - 1, 1), (0, 0)):
        header = struct.pack(">IIBBBBB", width, height, 16, 6, 0, 0, 1)
        content = png.SIGNATURE + png.chunk(b"IHDR", header) + text + png.chunk(b"IEND", b"")
        yield f"png of {width} by {height} pixels", Row(content, "verified")
    frames = b"".join(
        png.chunk(b"fcTL", bytes(26)) + png.chunk(b"fdAT", b"x") for _ in range(10_000)
    )
    yield "png of 10,000 frames", Row(png.picture(text, frames), "verified")
    profile = png.chunk(b"iCCP", b"p\0\0" + zlib.compress(bytes(50 * 2**20), 9))
    yield "png with a colour profile of 50 MiB", Row(png.picture(profile, text), "verified")
    wrong = png.chunk(b"IDAT", b"no pixels", checksum=1)
    yield "png with pixels that no decoder reads", Row(png.picture(text, wrong), "verified")
    bare = png.SIGNATURE + png.chunk(b"IHDR", struct.pack(">IIBBBBB", *[65_535] * 2, 8, 6, 0, 0, 0))
    bare += png.chunk(b"IDAT", zlib.compress(bytes(20 * 2**20), 9)) + png.chunk(b"IEND", b"")
    yield "png of 65,535 by 65,535 pixels and nothing else", Row(bare, "not_a_badge")


def _texts() -> Iterator[tuple[str, Row]]:
    """PNG-04 and PNG-07: how a text is kept, and how often."""
    credential = signed().encode()
    keywords = (b"openbadges", KEYWORD)
    for kind in (png.plain, png.packed, png.international):
        for keyword in keywords:
            content = png.picture(kind(credential, keyword))
            yield f"png {kind.__name__} text under {keyword.decode()}", Row(content, "verified")
    copies = png.picture(*(png.international(credential, keyword) for keyword in keywords * 20))
    yield "png of forty equal copies", Row(copies, "verified")
    other = signed(id="urn:uuid:6c1b0a53-1f0f-4a9e-8a0b-000000000002").encode()
    three = png.picture(png.plain(credential), png.packed(other), png.plain(credential, KEYWORD))
    yield "png of a badge, another and the first again", Row(three, "ambiguous")
    spaced = png.picture(png.plain(credential), png.plain(credential + b"\n"))
    yield "png of a badge and the same with a line end", Row(spaced, "ambiguous")
    latin = credential.replace(b"Literacy", b"Litt\xe9raire")
    for kind in (png.plain, png.international):
        content = png.picture(kind(latin))
        row = Row(content, "malformed", "json.encoding")
        yield f"png {kind.__name__} text that is not UTF-8", row
    yield (
        "png text of 300 KiB",
        Row(
            baked(credential[:-1] + b',"more":"' + b"x" * 300 * 1024 + b'"}'),
            "too_large",
            "json.size",
        ),
    )


def _disguised() -> Iterator[tuple[str, Row]]:
    """PNG-12: what a file is called, or is besides, does not count; its first bytes do."""
    credential = signed().encode()
    picture = baked(credential)
    for name, head in {
        "TIFF": b"II*\0",
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n",
        "Windows icon": b"\0\0\1\0",
        "HTML": b"<!doctype html>",
        "a JPEG's first bytes": b"\xff\xd8\xff\xe0",
        "a line end": b"\n",
    }.items():
        yield f"png behind {name}", Row(head + picture, "not_a_badge")
    for name, tail in {
        "HTML": b"<script>alert(1)</script>",
        "another PNG": baked(signed(id="urn:uuid:6c1b0a53-1f0f-4a9e-8a0b-000000000003").encode()),
        "a ZIP": archive({"badge.json": b"{}"}),
        "a PDF": pdf(stream(b"{}")),
    }.items():
        yield f"png before {name}", Row(picture + tail, "verified")


def _svgs() -> Iterator[tuple[str, Row]]:
    """SVG-01 to SVG-05: no entity, nothing from elsewhere, and no more than a badge needs."""
    credential = signed().encode()
    element = in_svg(credential)
    doctype = unbaking.DOCTYPE
    outside = b'<!DOCTYPE svg SYSTEM "https://elsewhere.example/svg.dtd">'
    good = {
        "svg": svg(element),
        "svg with the ordinary DOCTYPE": svg(element, doctype),
        "svg with a DTD that is elsewhere": svg(element, outside),
        "svg with a style sheet that is elsewhere": svg(
            element, b'<?xml-stylesheet href="https://elsewhere.example/a.css"?>'
        ),
        "svg with an XInclude": svg(
            element + b'<i:include xmlns:i="http://www.w3.org/2001/XInclude" '
            b'href="file:///etc/hostname" parse="text"/>'
        ),
        "svg with scripts": svg(b"<script>fetch('https://elsewhere.example')</script>" + element),
        "svg in another prefix": svg(element).replace(b"o:", b"badge:").replace(b":o=", b":badge="),
        "svg in UTF-16, big end first": svg(element)
        .decode()
        .encode("utf-16-be")
        .join((b"\xfe\xff", b"")),
        "svgz": gzip.compress(svg(element)),
        "svg of two equal badges": svg(element * 2),
    }
    for name, content in good.items():
        yield name, Row(content, "verified")
    laughs = b'<!ENTITY l0 "ha">' + b"".join(
        b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10)
    )
    quadratic = b'<!ENTITY a "' + b"x" * 50_000 + b'">'
    for name, subset, use in (
        ("billion laughs", laughs, b"&l9;"),
        ("an entity of 50 KB, 2,000 times", quadratic, b"&a;" * 2000),
        ("an entity that is a file", b'<!ENTITY a SYSTEM "file:///etc/hostname">', b"&a;"),
        ("an entity elsewhere", b'<!ENTITY a SYSTEM "https://elsewhere.example/a">', b"&a;"),
        ("a parameter entity", b'<!ENTITY % a SYSTEM "https://elsewhere.example/a"> %a;', b""),
        ("an entity that nobody uses", b'<!ENTITY a "x">', b""),
        ("a default attribute", b'<!ATTLIST svg id CDATA "x">', b""),
        ("an empty subset", b"", b""),
    ):
        content = svg(use + element, b"<!DOCTYPE svg [" + subset + b"]>")
        yield f"svg with {name}", Row(content, "malformed", "svg.entity")
    many = b" ".join(b'a%d=""' % n for n in range(257))
    for name, content in {
        "65 levels": svg(b"<g>" * 64 + b"</g>" * 64 + element),
        "257 attributes": svg(element + b"<g " + many + b"/>"),
    }.items():
        yield f"svg of {name}", Row(content, "malformed", "svg.limit")
    for name in ("UTF-7", "UTF-32", "IBM037", "ISO-8859-1", "Shift_JIS"):
        content = svg(element, b'<?xml version="1.0" encoding="%s"?>' % name.encode())
        yield f"svg that calls itself {name}", Row(content, "malformed", "svg.encoding")
    plain = svg(element, b'<?xml version="1.0"?>')
    for name, content in {
        "UTF-7": plain.replace(b"<", b"+ADw-"),
        "UTF-32": plain.decode().encode("utf-32"),
        "EBCDIC": plain.decode().encode("cp037"),
    }.items():
        yield f"svg in {name}", Row(content, "not_a_badge")
    changed = element.replace(b"Data Literacy", b"Data Mastery!")
    yield "svg with a changed badge", Row(svg(changed), "invalid", "bad_signature")
    yield "svg of a badge and a changed one", Row(svg(element + changed), "ambiguous")
