"""A QR code in a picture: an address, or a credential.

Looked for only where nothing is baked into the picture. Pixels from strangers are decoded here and
nowhere else: run it in a worker. Four formats, each told by its own first bytes; of a PNG only the
pieces that hold pixels reach the decoder.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

from verifier.containers import png, text
from verifier.errors import Malformed

if TYPE_CHECKING:
    from PIL import Image

#: Pixels of the largest picture that is looked at: a telephone's photograph. Looking takes up to
#: ten bytes for each; WebP's decoder keeps three copies of its own.
PIXELS = 16_000_000
PIXELS_WEBP = 8_000_000
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
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(
                io.BytesIO(png.bare(content) if kind == "PNG" else content), formats=(kind,)
            )
        _draft(picture)
        if picture.width * picture.height > (PIXELS_WEBP if kind == "WEBP" else PIXELS):
            return ()
        codes = read_barcodes(
            _grey(picture),
            formats=BarcodeFormats([BarcodeFormat.QRCode]),
            text_mode=TextMode.Plain,
        )
    except (Malformed, Image.DecompressionBombError, *_BROKEN):
        return ()
    texts = (_scanned(code.text.strip()).encode("utf-8", "replace") for code in codes)
    return tuple(found for found in texts if text.form(found) or text.is_data(found))


def _scanned(text: str) -> str:
    """What a telephone would open: a space in an address is written as browsers write it."""
    return text.replace(" ", "%20") if text.lower().startswith(("http://", "https://")) else text


def _draft(picture: Image.Image) -> None:
    """Have a JPEG decoded in grey, and a large one at a half, a quarter or an eighth of it."""
    scale = 1
    while picture.width * picture.height > PIXELS * scale * scale:
        scale *= 2
    picture.draft("L", (picture.width // scale, picture.height // scale))


def _grey(picture: Image.Image) -> Image.Image:
    """Shades of grey on white paper: a decoder's word for “see-through” is not a scanner's."""
    if not picture.has_transparency_data:
        return picture.convert("L")
    seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    paper = seen.convert("L").point(lambda _: 255)
    paper.paste(seen.convert("L"), mask=seen.getchannel("A"))
    return paper


def _format(content: bytes) -> str | None:
    """The decoder's word for this picture, by its first bytes."""
    word = next((word for magic, word in _FORMATS.items() if content.startswith(magic)), None)
    return None if word == "WEBP" and content[8:12] != b"WEBP" else word
