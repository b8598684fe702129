"""Pictures and text: what is baked comes out byte for byte, and nothing else comes out at all."""

import gzip
import struct
import zlib
from pathlib import Path

import pytest

from tests.made.png import SIGNATURE, chunk, international, packed, picture, plain
from verifier.containers import png, svg, unbake
from verifier.containers.files import PICTURES
from verifier.errors import Malformed, NoCredential

CREDENTIAL = b'{"id": "https://college.example/1", "name": "\xc3\x9cbung"}'
OTHER = b'{"id": "https://college.example/2"}'
ADDRESS = b"https://college.example/1"
COMPACT = b"eyJhbGciOiJub25lIn0.eyJpZCI6Imh0dHBzOi8vY29sbGVnZS5leGFtcGxlLzEifQ."
PLAIN_SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><circle r="4"/></svg>'
DOCTYPE = (
    b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
    b'"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">\n'
)


def svg_with(inner: bytes, before: bytes = b"") -> bytes:
    """An SVG in which both baking namespaces are declared."""
    return (
        before + b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:openbadges="http://openbadges.org"'
        b' xmlns:ob3="https://purl.imsglobal.org/ob/v3p0">' + inner + b"<circle r='4'/></svg>"
    )


def assertion(body: bytes = b"", verify: bytes = b"") -> bytes:
    """A baked element of Open Badges 2."""
    attribute = b' verify="' + verify + b'"' if verify else b""
    return b"<openbadges:assertion" + attribute + b">" + body + b"</openbadges:assertion>"


def cdata(text: bytes) -> bytes:
    """`text` in a CDATA section."""
    return b"<![CDATA[" + text + b"]]>"


GOOD = {
    "png iTXt": (picture(international(CREDENTIAL)), "png", CREDENTIAL),
    "png iTXt compressed": (
        picture(international(zlib.compress(CREDENTIAL), head=b"\1\0en\0Auszeichnung\0")),
        "png",
        CREDENTIAL,
    ),
    "png tEXt": (picture(plain(ADDRESS)), "png", ADDRESS),
    "png zTXt": (picture(packed(CREDENTIAL)), "png", CREDENTIAL),
    "png Open Badges 3": (picture(plain(COMPACT, b"openbadgecredential")), "png", COMPACT),
    "png byte-equal copies": (
        picture(plain(CREDENTIAL), international(CREDENTIAL, b"openbadgecredential")),
        "png",
        CREDENTIAL,
    ),
    "png beside other texts": (
        picture(plain(b"Ada", b"Author"), plain(OTHER, b"OpenBadges"), plain(CREDENTIAL)),
        "png",
        CREDENTIAL,
    ),
    "png of 5 MB": (
        picture(chunk(b"prVt", bytes(5 * 2**20)), international(CREDENTIAL)),
        "png",
        CREDENTIAL,
    ),
    "png that no decoder would draw": (
        SIGNATURE
        + chunk(b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 16, 6, 0, 0, 0))
        + plain(CREDENTIAL)
        + chunk(b"IDAT", b"", checksum=1)
        + chunk(b"IEND", b""),
        "png",
        CREDENTIAL,
    ),
    "svg body": (svg_with(assertion(cdata(CREDENTIAL))), "svg", CREDENTIAL),
    "svg with the ordinary DOCTYPE": (
        svg_with(assertion(cdata(CREDENTIAL)), DOCTYPE),
        "svg",
        CREDENTIAL,
    ),
    "svg line ends as baked": (
        svg_with(assertion(cdata(b'\r\n{"id":\r\n"x"}\r'))),
        "svg",
        b'\r\n{"id":\r\n"x"}\r',
    ),
    "svg two sections": (
        svg_with(assertion(cdata(b'{"name": "]]') + cdata(b'>"}'))),
        "svg",
        b'{"name": "]]>"}',
    ),
    "svg body without CDATA": (
        svg_with(assertion(b'\n {"name": "a &lt; b"} ')),
        "svg",
        b'{"name": "a < b"}',
    ),
    "svg address": (svg_with(assertion(verify=ADDRESS)), "svg", ADDRESS),
    "svg compact JWS": (svg_with(b'<ob3:credential verify="%s"/>' % COMPACT), "svg", COMPACT),
    "svg Open Badges 3 body": (
        svg_with(b"<ob3:credential>" + cdata(CREDENTIAL) + b"</ob3:credential>"),
        "svg",
        CREDENTIAL,
    ),
    "svg body and its own address": (
        svg_with(assertion(cdata(CREDENTIAL), ADDRESS)),
        "svg",
        CREDENTIAL,
    ),
    "svg body and its own signature": (
        svg_with(assertion(cdata(CREDENTIAL), COMPACT)),
        "svg",
        COMPACT,
    ),
    "svg UTF-16": (
        svg_with(assertion(cdata(CREDENTIAL))).decode().encode("utf-16"),
        "svg",
        CREDENTIAL,
    ),
    "svg with a byte order mark": (
        b"\xef\xbb\xbf" + svg_with(assertion(cdata(CREDENTIAL))),
        "svg",
        CREDENTIAL,
    ),
    "svgz": (gzip.compress(svg_with(assertion(cdata(CREDENTIAL)))), "svg", CREDENTIAL),
    "json": (b" \n" + CREDENTIAL + b"\n", "json", b" \n" + CREDENTIAL + b"\n"),
    "jwt": (COMPACT + b"\n", "jwt", COMPACT + b"\n"),
    "url": (ADDRESS, "url", ADDRESS),
}

NOT_A_BADGE = {
    "empty file": (b"", "empty"),
    "spaces": (b" \n", "empty"),
    "plain png": (picture(), "only a picture (PNG)"),
    "keyword in capitals": (picture(plain(CREDENTIAL, b"OpenBadges")), "only a picture"),
    "keyword after a space": (picture(plain(CREDENTIAL, b" openbadges")), "only a picture"),
    "keyword without an end": (picture(chunk(b"tEXt", b"openbadges")), "only a picture"),
    "keyword of 80 bytes": (picture(plain(CREDENTIAL, b"openbadges" * 8)), "only a picture"),
    "text behind the end": (picture() + plain(CREDENTIAL), "only a picture"),
    "plain svg": (PLAIN_SVG, "only a picture (SVG)"),
    "svg in another namespace": (
        b'<svg xmlns:o="https://openbadges.example"><o:assertion verify="%s"/></svg>' % ADDRESS,
        "only a picture",
    ),
    "web page": (b"<!DOCTYPE html><title>x</title>", "web page"),
    "web page as XHTML": (b'<?xml version="1.0"?>\n<html xmlns="x"/>', "web page"),
    "jpeg": (b"\xff\xd8\xff\xe0rest", "JPEG"),
    "gif": (b"GIF89arest", "GIF"),
    "webp": (b"RIFF\0\0\0\0WEBPVP8 ", "WebP"),
    "avif": (b"\0\0\0\x1cftypavif", "AVIF"),
    "heic": (b"\0\0\0\x1cftypheic", "HEIC"),
    "compressed": (gzip.compress(b"text"), "compressed"),
    "prose": (b"I have a badge.", "text"),
    "other bytes": (bytes(range(128, 255)), "no kind of file"),
    "another scheme": (b"ftp://college.example/1", "text"),
}

_INTERNAL_SUBSET = b'<!DOCTYPE svg [<!ENTITY a "x"><!ENTITY b "&a;&a;">]>'
MALFORMED = {
    "png cut within a chunk": (picture(plain(CREDENTIAL))[:70], "bake.damaged"),
    "png cut between chunks": (picture(plain(CREDENTIAL))[:-12], "bake.damaged"),
    "png cut before everything": (SIGNATURE, "bake.damaged"),
    "png length beyond the file": (
        SIGNATURE + b"\xff\xff\xff\xffIHDR" + bytes(30),
        "bake.damaged",
    ),
    "png length of 2 GiB": (SIGNATURE + b"\x80\0\0\0IHDR" + bytes(30), "bake.damaged"),
    "png without a header": (SIGNATURE + chunk(b"IEND", b""), "bake.damaged"),
    "png two headers": (picture(chunk(b"IHDR", bytes(13))), "bake.damaged"),
    "png wrong checksum": (
        picture(chunk(b"tEXt", b"openbadges\0" + CREDENTIAL, checksum=1)),
        "bake.damaged",
    ),
    "png compression flag 2": (
        picture(international(CREDENTIAL, head=b"\2\0\0\0")),
        "bake.damaged",
    ),
    "png compression method 1": (
        picture(international(zlib.compress(CREDENTIAL), head=b"\1\1\0\0")),
        "bake.damaged",
    ),
    "png zTXt method 1": (
        picture(chunk(b"zTXt", b"openbadges\0\1" + zlib.compress(CREDENTIAL))),
        "bake.damaged",
    ),
    "png iTXt ends too soon": (picture(chunk(b"iTXt", b"openbadges\0\0")), "bake.damaged"),
    "png iTXt labels do not end": (
        picture(chunk(b"iTXt", b"openbadges\0\0\0en\0x")),
        "bake.damaged",
    ),
    "png translated keyword of 64 KiB": (
        picture(international(CREDENTIAL, head=b"\0\0\0" + b"x" * 65536 + b"\0")),
        "bake.damaged",
    ),
    "png text does not unpack": (
        picture(chunk(b"zTXt", b"openbadges\0\0" + b"no zlib stream")),
        "bake.damaged",
    ),
    "png packed text cut": (
        picture(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(CREDENTIAL)[:-2])),
        "bake.damaged",
    ),
    "png packed text with more behind it": (
        picture(chunk(b"zTXt", b"openbadges\0\0" + zlib.compress(CREDENTIAL) + b"x")),
        "bake.damaged",
    ),
    "png of 100,000 chunks": (picture(chunk(b"prVt", b"") * 100_000), "bake.chunks"),
    "png with prose baked in": (picture(plain(b"a fine badge")), "bake.text"),
    "png with an empty text": (picture(plain(b"")), "bake.text"),
    "svg entities": (svg_with(b"", _INTERNAL_SUBSET), "svg.entity"),
    "svg parameter entity": (
        svg_with(b"", b'<!DOCTYPE svg [<!ENTITY % p SYSTEM "https://evil.example/x"> %p;]>'),
        "svg.entity",
    ),
    "svg unknown entity": (svg_with(b"&nbsp;", DOCTYPE), "bake.damaged"),
    "svg nested 100,000 deep": (svg_with(b"<g>" * 100_000), "svg.limit"),
    "svg 200,000 attributes": (
        svg_with(b"<g " + b" ".join(b'a%d=""' % n for n in range(200_000)) + b"/>"),
        "svg.limit",
    ),
    "svg 60,000 elements": (svg_with(b"<g/>" * 60_000), "svg.limit"),
    "svg in another encoding": (
        b'<?xml version="1.0" encoding="UTF-7"?>' + svg_with(b""),
        "svg.encoding",
    ),
    "svg not UTF-8": (svg_with(b"<!-- \xe4 -->"), "svg.encoding"),
    "svg not closed": (svg_with(b"<g>"), "bake.damaged"),
    "svg badge within a badge": (svg_with(assertion(assertion())), "bake.damaged"),
    "svg badge half in CDATA": (
        svg_with(assertion(b'{"id": ' + cdata(b'"x"}'))),
        "bake.damaged",
    ),
    "svgz cut": (gzip.compress(svg_with(b"<g/>" * 2000))[:-9], "bake.damaged"),
    "svgz with a wrong block": (
        gzip.compress(svg_with(assertion(cdata(CREDENTIAL))))[:-8] + bytes(8),
        "bake.damaged",
    ),
    "address with a user name": (b"https://college.example@evil.example/", "url.syntax"),
    "address of a number": (b"http://2130706433/", "url.syntax"),
}

TOO_LARGE = {
    "png packed text of 100 MiB": (picture(packed(bytes(100 * 2**20))), "bake.size"),
    "png compressed iTXt of 100 MiB": (
        picture(international(zlib.compress(bytes(100 * 2**20)), head=b"\1\0\0\0")),
        "bake.size",
    ),
    "png 100 packed texts": (
        picture(*(packed(bytes([65 + n]) * 900 * 1024) for n in range(100))),
        "bake.size",
    ),
    "png tEXt of 5 MiB": (picture(plain(bytes(5 * 2**20))), "bake.size"),
    "png iTXt of 5 MiB": (picture(international(bytes(5 * 2**20))), "bake.size"),
    "svg of 10 MB": (svg_with(b'<path d="' + b"M0 0" * 2_500_000 + b'"/>'), "svg.size"),
    "svgz of 100 MiB": (gzip.compress(svg_with(b" " * 100 * 2**20)), "svg.size"),
}

AMBIGUOUS = {
    "png two texts": picture(plain(CREDENTIAL), plain(OTHER)),
    "png tEXt and iTXt": picture(plain(CREDENTIAL), international(OTHER)),
    "png both keywords": picture(plain(CREDENTIAL), plain(OTHER, b"openbadgecredential")),
    "png text and its address": picture(plain(CREDENTIAL), plain(b"https://college.example/2")),
    "svg two elements": svg_with(assertion(cdata(CREDENTIAL)) + assertion(cdata(OTHER))),
    "svg body and another address": svg_with(
        assertion(cdata(CREDENTIAL), b"https://college.example/2")
    ),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_was_baked_comes_out_byte_for_byte(name: str) -> None:
    content, container, credential = GOOD[name]
    baked = unbake(content)
    assert (baked.container, baked.content) == (container, credential)


@pytest.mark.parametrize("name", NOT_A_BADGE)
def test_what_holds_no_badge_is_told_what_it_is(name: str) -> None:
    content, word = NOT_A_BADGE[name]
    with pytest.raises(NoCredential) as caught:
        unbake(content)
    assert caught.value.code == "not_a_badge"
    assert word in caught.value.says


@pytest.mark.parametrize(
    ("code", "name"),
    [("malformed", name) for name in MALFORMED] + [("too_large", name) for name in TOO_LARGE],
)
def test_damage_and_excess_are_refused_with_their_reason(code: str, name: str) -> None:
    content, reason = (MALFORMED | TOO_LARGE)[name]
    with pytest.raises(NoCredential) as caught:
        unbake(content)
    assert (caught.value.code, caught.value.found) == (code, (reason,))


@pytest.mark.parametrize("name", AMBIGUOUS)
def test_two_different_badges_are_both_named(name: str) -> None:
    with pytest.raises(NoCredential) as caught:
        unbake(AMBIGUOUS[name])
    assert caught.value.code == "ambiguous"
    assert caught.value.found == ("https://college.example/1", "https://college.example/2")


def test_a_picture_over_32_mib_is_too_large() -> None:
    with pytest.raises(NoCredential) as caught:
        unbake(picture(chunk(b"prVt", bytes(32 * 2**20)), plain(CREDENTIAL)))
    assert caught.value.code == "too_large"


@pytest.mark.parametrize("keyword", [b"openbadges", b"openbadgecredential"])
@pytest.mark.parametrize("credential", [CREDENTIAL, ADDRESS, COMPACT, b'{"name": "]]>"}'])
@pytest.mark.parametrize(
    "image",
    [
        picture(),
        picture(plain(OTHER), packed(b"junk"), plain(b"Ada", b"Author")),
        PLAIN_SVG,
        b"<svg/>",
        svg_with(assertion(cdata(OTHER), ADDRESS), DOCTYPE),
        PLAIN_SVG.decode().encode("utf-16"),
    ],
)
def test_baking_replaces_what_was_there(image: bytes, credential: bytes, keyword: bytes) -> None:
    word = "png" if image.startswith(SIGNATURE) else "svg"
    baked = PICTURES[word].bake(image, credential, keyword)
    assert unbake(baked).content == credential
    assert PICTURES[word].bake(baked, credential, keyword) == baked


def test_baking_leaves_the_rest_of_the_picture_alone() -> None:
    author = plain(b"Ada", b"Author")
    assert picture(author)[8:] in b"".join(
        png.bake(picture(author), CREDENTIAL, b"openbadges").split(international(CREDENTIAL))
    )


@pytest.mark.parametrize("credential", [b"\xff", b"x" * (png.TEXT_LIMIT + 1)])
def test_what_no_reader_would_take_is_not_baked(credential: bytes) -> None:
    with pytest.raises(Malformed):
        png.bake(picture(), credential, b"openbadges")


def test_baking_knows_two_keywords() -> None:
    with pytest.raises(ValueError, match="not a keyword"):
        png.bake(picture(), CREDENTIAL, b"OpenBadges")
    with pytest.raises(KeyError):
        svg.bake(PLAIN_SVG, CREDENTIAL, b"OpenBadges")


def test_real_files_of_2026_equal_the_payloads_beside_them(material: Path) -> None:
    pictures = sorted((material / "providers/credly/baked_ob3_2026").glob("*.png"))
    assert len(pictures) == 3
    for file in pictures:
        beside = file.with_suffix(".openbadgecredential.json")
        assert unbake(file.read_bytes()).content == beside.read_bytes()


BAKED = {
    "1edtech-public-validator/ob30/simple-json.svg": ("svg", 1597),
    "1edtech-public-validator/ob30/simple-jwt.png": ("png", 2263),
    "1edtech-public-validator/ob30/simple-jwt_v1.png": ("png", 2549),
    "badgr-server/http/baked_image.png": ("png", 205),
    "mozilla-openbadges-backpack/404.png": ("png", 23),
    "mozilla-openbadges-backpack/valid-baked.png": ("png", 29),
    "mozilla-openbadges-bakery-service/static/baked.png": ("png", 52),
    "mozilla-openbadges-bakery/bad-json.svg": ("svg", 56),
    "mozilla-openbadges-bakery/baked.svg": ("svg", 58),
    "mozilla-openbadges-bakery/no-json.svg": ("svg", 18),
    "openbadges-validator-core/input/271525872a6e9cfe.svg": ("svg", 511),
    "openbadges-validator-core/input/463bfc3e6dc035e3.png": ("png", 511),
    "openbadges-validator-core/input/79b0a211a637dfd7.svg": ("svg", 45),
    "openbadges-validator-core/input/8e0778c97e7ed1d5.png": ("png", 559),
    "openbadges-validator-core/input/b81be4a54901104d.png": ("png", 45),
    "salava/invalid-metadata.png": ("png", 87),
    "verifier-chrome-2013/img/emily-mozfestivator.png": ("png", 108),
    "verifier-chrome-2013/img/sunny-mozfesticipant.png": ("png", 108),
}
FOLDERS = {name.split("/", maxsplit=1)[0] for name in BAKED} | {"openbadgeslib", "pngsuite"}


def test_every_baked_file_of_other_tools_is_read_and_no_plain_picture_is(material: Path) -> None:
    files = [
        file
        for folder in FOLDERS
        for file in sorted((material / folder).rglob("*"))
        if file.suffix in (".png", ".svg") and "http" not in file.parent.name
    ]
    files.append(material / "badgr-server/http/baked_image.png")
    found: dict[str, tuple[str, int]] = {}
    refused: dict[Path, str] = {}
    for file in files:
        try:
            baked = unbake(file.read_bytes())
            found[str(file.relative_to(material))] = (baked.container, len(baked.content))
        except NoCredential as error:
            refused[file] = error.code
    assert found == BAKED
    assert set(refused.values()) == {"not_a_badge"}
    assert len(files) > 190


def test_baking_and_unbaking_keeps_every_pixel_of_the_png_suite(material: Path) -> None:
    good = [
        file for file in sorted((material / "pngsuite/png").glob("*.png")) if file.name[0] != "x"
    ]
    assert len(good) == 161
    for file in good:
        image = file.read_bytes()
        baked = png.bake(image, CREDENTIAL, b"openbadges")
        assert unbake(baked).content == CREDENTIAL
        assert baked.replace(international(CREDENTIAL), b"") == image
