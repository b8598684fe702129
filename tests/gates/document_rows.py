"""PDF documents, ZIP archives, QR codes and `data:` URLs made to cost, to hide, or to mislead."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from base64 import b64encode
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from PIL import Image

from tests.gates.json_rows import signed
from tests.gates.row import Row
from tests.made.documents import archive, numbered, packed, pdf, qr_code, stream
from tests.made.issuers import RIVERSIDE

CREDENTIAL = signed().encode()
ANOTHER = signed(id=f"{RIVERSIDE.home}/credentials/second").encode()
MIB = 2**20
HEAD = b"%PDF-1.7\n"
CATALOG = b"<< /Type /Catalog /Pages 2 0 R %s >>"
_WHITE = (255, 255, 255)


def rows() -> dict[str, Row]:
    """Every row but those of the hostile documents, by what is true of it."""
    return dict((*_documents(), *_archives(), *_codes(), *_urls()))


def hostile_documents() -> dict[str, Row]:
    """What costs its reader more than it is worth, likewise."""
    return dict(_hostile_documents())


def _hostile_documents() -> Iterator[tuple[str, Row]]:
    """PDF-01 to PDF-04: documents that cost their reader memory, time or depth."""
    flate, twice = b"/Filter /FlateDecode", b"/Filter [/FlateDecode /FlateDecode]"
    refused = Row(b"", "malformed", "pdf.limit")
    for name, attached in {
        "an attachment of 500 MiB in 510 KB": stream(_zeros(500), flate),
        "an attachment packed twice, of 300 MiB": stream(zlib.compress(_zeros(300), 9), twice),
        "an attachment packed with LZW": stream(bytes(64), b"/Filter /LZWDecode"),
        "an attachment packed by run length": stream(
            b"\x81\0" * 60_000, b"/Filter /RunLengthDecode"
        ),
    }.items():
        yield f"a PDF with {name}", Row(pdf(attached), refused.answer, refused.reason)
    many = pdf(*[packed(b"%d" % number) for number in range(10_000)])
    yield "a PDF with 10,000 attachments", Row(many, "malformed", "pdf.limit")
    loop = pdf(info={b"Kids": b"[4 0 R 4 0 R]"}).replace(b"<< /Names [] >>", b"4 0 R")
    yield "a PDF whose tree of names leads back to its root", Row(loop, "malformed", "pdf.limit")
    deep = pdf(catalog=b"/Deep " + b"[" * 20_000 + b"]" * 20_000)
    yield "a PDF with 20,000 arrays in each other", Row(deep, "malformed", "pdf.damaged")
    table = (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \n"
        b"trailer\n<< /Size 2 /Root 1 0 R /Prev 9 >>\nstartxref\n9\n%%EOF\n"
    )
    yield "a PDF whose table comes before itself", Row(table, "malformed", "pdf.damaged")
    short = b"%PDF-1.7\ntrailer<</Size 99999999/Root 1 0 R>>\nstartxref\n9\n%%EOF"
    yield "a PDF of 63 bytes that claims 99,999,999 objects", Row(short, "malformed", "pdf.limit")
    for name, content in _without_end().items():
        yield f"a PDF {name}", Row(content, "malformed", "pdf.damaged")
    for name, content in _without_number().items():
        yield f"a PDF {name}", Row(content, "malformed", "pdf.limit")


def _without_end() -> Mapping[str, bytes]:
    """What a reader that wants to rescue a document would look through for ever."""
    return {
        "of 200,000 beginnings": HEAD + b"1 0 obj\n" * 200_000,
        "of 200,000 beginnings and an end": HEAD + b"1 0 obj\n" * 20_000 + b"startxref\n0\n%%EOF",
        "of 3,000,000 comments": HEAD + b"%a\n" * 3_000_000,
        "of 3,000,000 ends": HEAD + b"%%EOF\n" * 3_000_000,
        "of 300,000 tables that are nowhere": HEAD + b"startxref\n" * 300_000,
        "with a text that never ends": HEAD + b"1 0 obj\n<< /A (" + b"(" * 3_000_000 + b"\n%%EOF",
        "that refers to itself": numbered([CATALOG % b"/Names 3 0 R", b"<<>>", b"3 0 R", b"<<>>"]),
        "whose table has a filter's short name": _table_in_a_stream(5, b"/Fl"),
        "without its last line": pdf(packed(CREDENTIAL)).partition(b"%%EOF")[0],
    }


def _without_number() -> Mapping[str, bytes]:
    """More of anything than a badge needs."""
    kids = b"/Kids [" + b"4 0 R " * 19_000 + b"]"
    wide = CATALOG % (b"/Names << /EmbeddedFiles << " + kids + b" >> >>")
    listed = CATALOG % (b"/AF [" + b"0 " * 5_000_000 + b"]")
    return {
        "of 60,000 objects": HEAD + b"1 0 obj\n<<>>\nendobj\n" * 60_000 + b"%%EOF\n",
        "whose table names 50,000 objects": _table_in_a_stream(50_000),
        "with a list of 5,000,000": numbered([listed, *[b"<<>>"] * 3]),
        "whose tree of names is as wide as deep": numbered(
            [wide, b"<<>>", b"<<>>", b"<< " + kids + b" >>"]
        ),
        "with a filter's short name": pdf(stream(zlib.compress(CREDENTIAL), b"/Filter /Fl")),
        "with a predictor over 100 MiB": pdf(
            stream(_zeros(100), b"/Filter /FlateDecode /DecodeParms << /Predictor 15 >>")
        ),
    }


def _table_in_a_stream(entries: int, filtered: bytes = b"/FlateDecode") -> bytes:
    data = zlib.compress(b"\x01\0\0\x10\0" * entries, 9)
    head = b"/Type /XRef /Size %d /W [1 3 1] /Root 2 0 R /Filter %s" % (entries, filtered)
    return HEAD + b"1 0 obj\n" + stream(data, head) + b"\nendobj\nstartxref\n9\n%%EOF\n"


def _documents() -> Iterator[tuple[str, Row]]:
    good = pdf(packed(CREDENTIAL))
    yield "a PDF with bytes before its first line", Row(b"\n\n" + good, "verified")
    locked = good.replace(
        b"/Info 4 0 R",
        b"/Info 4 0 R /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
        b"/O <" + b"11" * 32 + b"> /U <" + b"22" * 32 + b"> >>",
    )
    yield "a PDF with a password", Row(locked, "malformed", "pdf.locked")
    hidden = pdf(packed(CREDENTIAL), xmp=b"<!DOCTYPE x [<!ENTITY a 'b'>]><x>&a;</x>")
    yield "a PDF whose metadata define entities", Row(hidden, "verified")
    archived = pdf(stream(archive({"a.json": CREDENTIAL})))
    yield "a ZIP with a PDF with a ZIP", Row(archive({"a.pdf": archived}), "verified")
    deeper = archive({"a.pdf": pdf(stream(archived))})
    yield "a ZIP with a PDF with a PDF with a ZIP", Row(deeper, "malformed", "zip.nested")
    changed = CREDENTIAL.replace(b"Data Literacy", b"Data Mastery!")
    both = pdf(stream(CREDENTIAL), stream(changed))
    yield "a PDF with a badge and a changed one", Row(both, "ambiguous")
    unclear = pdf(stream(CREDENTIAL), stream(b'{"issuer": 1, "issuer": 2}'))
    yield "a PDF with a badge and what may be one", Row(unclear, "ambiguous")


def _archives() -> Iterator[tuple[str, Row]]:
    def refused(content: bytes, reason: str, answer: str = "malformed") -> Row:
        return Row(content, answer, f"zip.{reason}")

    one = archive({"badge.json": CREDENTIAL})
    yield "a ZIP with a password", refused(_flagged(one, 0x1), "locked")
    yield "a ZIP with a link", refused(_member("badge.json", b"/etc/hosts", stat.S_IFLNK), "name")
    yield "a ZIP with a pipe", refused(_member("badge.json", b"", stat.S_IFIFO), "name")
    yield "a ZIP that names a drive", refused(archive({"C:/badge.json": CREDENTIAL}), "name")
    yield (
        "a ZIP that climbs with backslashes",
        refused(archive({"..\\badge.json": CREDENTIAL}), "name"),
    )
    yield "a ZIP that starts at the root", refused(archive({"/badge.json": CREDENTIAL}), "name")
    again = archive({"a.json": CREDENTIAL, "b.json": ANOTHER}).replace(b"b.json", b"a.json")
    yield "a ZIP with one name twice", refused(again, "name")
    yield (
        "a ZIP packed with bzip2",
        refused(_member("badge.json", CREDENTIAL, packing=12), "method"),
    )
    bomb = {f"{n}.bin": bytes(40 * MIB) for n in range(1)}
    yield "a ZIP with a file of 40 MiB", refused(_deflated(bomb), "size", "too_large")
    bombs = {f"{n}.bin": bytes(23 * MIB) for n in range(3)}
    yield "a ZIP of 69 MiB in all", refused(_deflated(bombs), "size", "too_large")
    many = {f"{number}.txt": b"" for number in range(201)}
    yield "a ZIP with 201 files", refused(archive(many), "size", "too_large")
    yield "a ZIP whose file is longer than it says", refused(_understated(), "damaged")
    yield (
        "a ZIP with a folder and one badge in it",
        Row(archive({"badges/": b"", "badges/one.json": CREDENTIAL}), "verified"),
    )
    copies = {f"{number}.json": CREDENTIAL for number in range(100)}
    yield "a ZIP with one badge a hundred times", Row(archive(copies), "verified")
    office = archive({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"})
    yield "an Office document whose text is none", Row(office, "not_a_badge")


def _codes() -> Iterator[tuple[str, Row]]:
    code = qr_code(CREDENTIAL.decode(), 2)
    for kind in ("WEBP", "JPEG", "GIF"):
        yield f"a QR code in a {kind} picture", Row(_as(code, kind), "verified")
    yield (
        "a QR code upside down",
        Row(_as(code, "PNG", lambda image: image.rotate(180)), "verified"),
    )
    yield "a QR code on see-through paper", Row(_as(code, "PNG", _see_through), "verified")
    yield "two QR codes of one badge", Row(_side_by_side(code, code), "verified")
    two = _side_by_side(code, qr_code(ANOTHER.decode(), 2))
    yield "two QR codes of two badges", Row(two, "ambiguous")
    spaced = qr_code("https://nobody.example/badges/of ada")
    yield "a QR code of an address with a space", Row(spaced, "unreachable")
    small = qr_code("Table 12")
    yield "a badge's QR code beside that of a table", Row(_side_by_side(code, small), "verified")
    yield "a picture of 36 million pixels", Row(_blank(6000), "not_a_badge")
    cut = _as(code, "JPEG")
    yield "a JPEG picture cut off", Row(cut[: len(cut) // 2], "not_a_badge")
    yield "what only begins as a WebP picture", Row(b"RIFF\0\0\0\0WEBPVP8 ", "not_a_badge")


def _urls() -> Iterator[tuple[str, Row]]:
    text = quote(CREDENTIAL).encode()
    as_base64 = b64encode(CREDENTIAL)
    for name, content in {
        "with percent signs": b"data:application/json," + text,
        "of the wrong kind": b"data:image/png;base64," + as_base64,
        "with a charset": b"data:application/json;charset=utf-8;base64," + as_base64,
        "without a kind": b"data:;base64," + as_base64,
        "in capitals": b"DATA:application/json;base64," + as_base64,
    }.items():
        yield f"a data: URL {name}", Row(content, "verified")
    nothing = Row(b"data:text/plain,hello", "not_a_badge")
    yield "a data: URL of other text", nothing
    yield "a data: URL without a comma", Row(b"data:application/json", "not_a_badge")
    inner = b"data:text/plain;base64," + b64encode(b"data:application/json;base64," + as_base64)
    yield "a data: URL in a data: URL", Row(inner, "malformed", "data.nested")
    large = b"data:application/json;base64," + b64encode(b'{"a":"' + bytes(5 * MIB) + b'"}')
    yield "a data: URL of 5 MiB", Row(large, "too_large", "json.size")


def _zeros(mebibytes: int) -> bytes:
    """So many zeros in the zlib format: one packed mebibyte over and over, since a block after a
    full flush looks back on nothing. Adler's sum of zeros is their number, and one.
    """
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(bytes(MIB)) + packer.flush(zlib.Z_FULL_FLUSH)
    checksum = mebibytes * MIB % 65_521 << 16 | 1
    return b"\x78\xda" + block * mebibytes + packer.flush() + checksum.to_bytes(4, "big")


def _flagged(content: bytes, bit: int) -> bytes:
    """A ZIP in which every file has one more flag, both beside it and in the directory."""
    changed = bytearray(content)
    for magic, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = changed.find(magic)
        while at >= 0:
            changed[at + place] |= bit
            at = changed.find(magic, at + 4)
    return bytes(changed)


def _member(name: str, content: bytes, mode: int = stat.S_IFREG, packing: int = 0) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as written:
        member = zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0))
        member.create_system, member.external_attr = 3, (mode | 0o644) << 16
        member.compress_type = packing
        written.writestr(member, content)
    return target.getvalue()


def _deflated(files: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        for name, content in files.items():
            written.writestr(name, content)
    return target.getvalue()


def _understated() -> bytes:
    """A ZIP whose directory says that 40 MiB are 1000 bytes."""
    size, said = (40 * MIB).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    return _deflated({"badge.json": bytes(40 * MIB)}).replace(size, said)


def _as(
    picture: bytes, kind: str, change: Callable[[Image.Image], Image.Image] = lambda image: image
) -> bytes:
    target = io.BytesIO()
    change(Image.open(io.BytesIO(picture))).save(target, kind)
    return target.getvalue()


def _see_through(image: Image.Image) -> Image.Image:
    """Black modules on nothing, the nothing being black as well."""
    layered = Image.new("RGBA", image.size, (0, 0, 0, 0))
    layered.putalpha(image.convert("L").point(lambda grey: 255 - grey))
    return layered


def _side_by_side(left: bytes, right: bytes) -> bytes:
    images = [Image.open(io.BytesIO(picture)).convert("RGB") for picture in (left, right)]
    height = max(image.height for image in images)
    both = Image.new("RGB", (sum(image.width for image in images), height), _WHITE)
    both.paste(images[0], (0, 0))
    both.paste(images[1], (images[0].width, 0))
    target = io.BytesIO()
    both.save(target, "PNG")
    return target.getvalue()


def _blank(side: int) -> bytes:
    target = io.BytesIO()
    Image.new("1", (side, side), 1).save(target, "PNG")
    return target.getvalue()
