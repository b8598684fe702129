"""Cases of pictures with nothing in them: whatever badge they show, they prove nothing."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator

from PIL import Image

from tests.made import pictures, png
from tests.made.expected import refused
from tests.made.folder import Case


def cases() -> Iterator[Case]:
    """Every bare picture."""
    error = refused("not_a_badge")
    badge = pictures.drawn(pictures.COLLEGE, "bars", "Data Literacy")
    sibling = pictures.drawn(pictures.COLLEGE, "bars", "Data Fluency")
    yield Case("the-picture-of-a-badge", badge, error)
    yield Case("the-picture-of-its-sibling", sibling, error)
    yield Case("the-picture-of-a-badge-at-64-pixels", _small(badge), error)
    yield Case("a-photograph", pictures.photograph(), error)
    header = struct.pack(">IIBBBBB", 65_535, 65_535, 8, 6, 0, 0, 0)
    pixels = png.chunk(b"IDAT", zlib.compress(bytes(2**20), 9))
    bomb = png.SIGNATURE + png.chunk(b"IHDR", header) + pixels + png.chunk(b"IEND", b"")
    yield Case("a-picture-of-more-pixels-than-any-badge", bomb, error)


def _small(badge: bytes) -> bytes:
    picture = Image.open(io.BytesIO(badge)).convert("RGBA")
    file = io.BytesIO()
    picture.resize((64, 64), Image.Resampling.LANCZOS).save(file, "PNG")
    return file.getvalue()
