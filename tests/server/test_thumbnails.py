"""Pictures made small: whatever a stranger's picture is, little comes of it, and nothing of its
file but the pixels.
"""

import io
import struct
import zlib
from collections.abc import Iterator

import pytest
from PIL import Image

from tests.made import pictures, png
from tests.made.credentials import badge, by
from tests.made.issuers import MEADOW
from tests.server.shelf import Shelf, shelf
from tests.server.stores import NewStore
from wallet_server.thumbnails import DRAWING, SIDE, picture_of, thumbnail

BADGE = pictures.drawn(pictures.COLLEGE, "star", "Stars")
SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle r="4" cx="4" cy="4"/></svg>'
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Iterator[Shelf]:
    with shelf(new_store(tmp_path_factory.mktemp("shelf") / "data")) as found:
        yield found


def encoded(kind: str, size: tuple[int, int] = (960, 480), **options: object) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "#0f5560").save(made, kind, **options)
    return made.getvalue()


def header(width: int, height: int) -> bytes:
    """A PNG that says it is so large, with hardly any pixels in it."""
    size = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", size), (b"IDAT", zlib.compress(b"\0" * 1000)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(png.chunk(kind, data) for kind, data in chunks)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_every_kind_of_picture_is_made_small_and_keeps_its_shape(kind: str) -> None:
    small = thumbnail(encoded(kind))
    assert small is not None
    assert small.media_type == "image/webp"
    assert len(small.content) < 20_000
    assert Image.open(io.BytesIO(small.content)).size == (SIDE, SIDE // 2)


def test_what_was_see_through_stays_so_and_what_was_small_is_not_made_large() -> None:
    small = thumbnail(BADGE)
    assert small is not None
    seen = Image.open(io.BytesIO(small.content))
    assert seen.convert("RGBA").getpixel((0, 0))[3] == 0  # type: ignore[index]
    tiny = thumbnail(encoded("PNG", (20, 10)))
    assert tiny is not None
    assert Image.open(io.BytesIO(tiny.content)).size == (20, 10)


def test_nothing_of_the_file_comes_along_but_its_pixels() -> None:
    exif = Image.Exif()
    exif[0x010E] = "my home address"
    for content in (
        encoded("JPEG", exif=exif),
        png.with_chunk(BADGE, png.chunk(b"tEXt", b"openbadges\0my home address")),
        encoded("PNG") + b"my home address",
    ):
        small = thumbnail(content)
        assert small is not None
        assert b"my home" not in small.content


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x89PNG\r\n\x1a\n",
        BADGE[:200],
        header(60_000, 60_000),
        header(5000, 5000),
        b"GIF89a" + b"\xff" * 500,
        b"RIFF\xff\xff\xff\xffWEBP" + b"\0" * 500,
        b"<html><svg></svg></html>",
        b"%PDF-1.7",
        SVG.replace(b"<circle", b"<!--" + b"x" * DRAWING + b"--><circle"),
        SVG.replace(b"<circle", b'<use href="#a"/>' * 33 + b"<circle"),
        zlib.compress(SVG, wbits=31),
    ],
    ids=range(12),
)
def test_what_is_no_picture_or_too_much_of_one_has_none(content: bytes) -> None:
    assert thumbnail(content) is None


def test_a_drawing_is_kept_as_it_is() -> None:
    small = thumbnail(SVG)
    assert small is not None
    assert (small.media_type, small.content) == ("image/svg+xml", SVG)


def test_a_picture_is_looked_for_where_one_may_be() -> None:
    inline = "data:image/png;base64,iVBORw0KGgo="
    assert picture_of(BADGE, None, {}) == BADGE
    assert picture_of(b"{}", inline, {}) == b"\x89PNG\r\n\x1a\n"
    assert picture_of(b"{}", "data:image/png;base64,%%%", {}) is None
    assert picture_of(b"{}", "https://badges.example.edu/a.png", {}) is None


def test_a_drawing_from_a_stranger_runs_nothing_where_it_is_shown(kept: Shelf) -> None:
    script = SVG.replace(b"<circle", b"<script>alert(1)</script><circle")
    made = badge(MEADOW, "Drawn")
    made["credentialSubject"]["achievement"]["image"] = {
        "id": "data:image/svg+xml," + script.decode().replace("#", "%23"),
        "type": "Image",
    }
    kept.save("drawn", by(MEADOW, made))
    page = kept.browser.get("/wallet").text
    assert f'src="/wallet/{kept.ids["drawn"]}/thumbnail"' in page
    small = kept.browser.get(f"/wallet/{kept.ids['drawn']}/thumbnail")
    assert small.headers["content-type"] == "image/svg+xml"
    policy = small.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "sandbox" in policy
    assert "script" not in policy
    assert "nosniff" in small.headers["x-content-type-options"]
