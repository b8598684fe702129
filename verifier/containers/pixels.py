"""Pixels of strangers, decoded here and nowhere else: run what does so in a worker.

Four formats, each told by its own first bytes; of a PNG only the pieces that hold pixels reach the
decoder, and of what moves only the first frame.
"""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from verifier import bounds
from verifier.containers import png
from verifier.errors import Malformed

if TYPE_CHECKING:
    from PIL import Image

T = TypeVar("T")

#: Pixels of the largest picture that is looked at: a telephone's photograph. Looking takes up to
#: ten bytes for each; WebP's decoder keeps three copies of its own.
PIXELS = 16_000_000
PIXELS_WEBP = 8_000_000
_FORMATS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG", b"GIF8": "GIF", b"RIFF": "WEBP"}
_MAGIC = tuple(_FORMATS)
#: What the decoder gives up with where a picture is not what it must be.
_BROKEN = (
    *(OSError, ValueError, SyntaxError, EOFError, LookupError, TypeError, ArithmeticError),
    *(zlib.error, struct.error),
)


def recognises(content: bytes) -> bool:
    """Whether `content` is a picture of a kind that is looked at."""
    return _format(content) is not None


def see(content: bytes, mode: str, look: Callable[[Image.Image], T]) -> T | None:
    """What `look` makes of the picture; `None` where it is damaged or larger than `PIXELS`.

    A JPEG is decoded to `mode` (`L` or `RGB`), and a large one at a half, a quarter or an eighth.
    """
    kind = _format(content)
    if kind is None:
        return None
    bounds.leave()
    # Imported here: most badges are no bare pictures.
    from PIL import Image

    try:
        with warnings.catch_warnings(action="ignore", category=Image.DecompressionBombWarning):
            picture = Image.open(
                io.BytesIO(png.bare(content) if kind == "PNG" else content), formats=(kind,)
            )
        _draft(picture, mode)
        if picture.width * picture.height > (PIXELS_WEBP if kind == "WEBP" else PIXELS):
            return None
        return look(picture)
    except (Malformed, Image.DecompressionBombError, *_BROKEN):
        return None


def on_white(picture: Image.Image, mode: str) -> Image.Image:
    """The picture in `mode` (`L` or `RGB`) on white paper: a decoder's word for “see-through” is
    not a scanner's.
    """
    if not picture.has_transparency_data:
        return picture.convert(mode)
    seen = picture if picture.mode == "RGBA" else picture.convert("RGBA")
    drawn = seen.convert(mode)
    paper = drawn.point(lambda _: 255)
    paper.paste(drawn, mask=seen.getchannel("A"))
    return paper


def _draft(picture: Image.Image, mode: str) -> None:
    scale = 1
    while picture.width * picture.height > PIXELS * scale * scale:
        scale *= 2
    picture.draft(mode, (picture.width // scale, picture.height // scale))


def _format(content: bytes) -> str | None:
    """The decoder's word for this picture, by its first bytes."""
    if not content.startswith(_MAGIC):
        return None
    word = next(word for magic, word in _FORMATS.items() if content.startswith(magic))
    return None if word == "WEBP" and content[8:12] != b"WEBP" else word
