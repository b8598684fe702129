"""A QR code in a picture: an address, or a credential.

Looked for only where nothing is baked into the picture. Pixels from strangers are decoded here and
nowhere else: run it in a worker. Four formats, each told by its own first bytes; of a PNG only the
pieces that hold pixels reach the decoder.
"""

from __future__ import annotations

import io
import struct
import zlib

from verifier.containers import png, text
from verifier.errors import Malformed

#: Pixels of the largest picture that is looked at: a telephone's photograph.
PIXELS = 30_000_000
_FORMATS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
#: What the decoder gives up with where a picture is not what it must be.
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError),
    *(zlib.error, struct.error),
)


def recognises(content: bytes) -> bool:
    """Whether `content` is a picture of a kind that is looked at."""
    return _format(content) is not None


def read(content: bytes) -> tuple[bytes, ...]:
    """Every address and every credential that a QR code in the picture holds; none where the
    picture is damaged or larger than `PIXELS`.
    """
    # Imported here: most badges are no bare pictures.
    from PIL import Image
    from zxingcpp import BarcodeFormat, BarcodeFormats, TextMode, read_barcodes

    kind = _format(content)
    if kind is None:
        return ()
    try:
        picture = Image.open(
            io.BytesIO(png.bare(content) if kind == "PNG" else content), formats=(kind,)
        )
        if picture.width * picture.height > PIXELS:
            return ()
        # A decoder's word for “half see-through” is not a scanner's: behind it is white paper.
        seen = picture.convert("RGBA" if _see_through(picture) else "RGB")
        if seen.mode == "RGBA":
            paper = Image.new("RGBA", seen.size, "white")
            paper.alpha_composite(seen)
            seen = paper
        codes = read_barcodes(
            seen.convert("L"),
            formats=BarcodeFormats([BarcodeFormat.QRCode]),
            text_mode=TextMode.Plain,
        )
    except (Malformed, Image.DecompressionBombError, *_BROKEN):
        return ()
    texts = (code.text.strip().encode("utf-8", "replace") for code in codes)
    return tuple(found for found in texts if text.form(found) or text.is_data(found))


def _see_through(picture: object) -> bool:
    return bool(getattr(picture, "has_transparency_data", False))


def _format(content: bytes) -> str | None:
    """The decoder's word for this picture, by its first bytes."""
    word = next((word for magic, word in _FORMATS.items() if content.startswith(magic)), None)
    return None if word == "WEBP" and content[8:12] != b"WEBP" else word
