"""How a picture looks, kept in five kilobytes, and whether two look the same.

A hint and no proof: nothing here has a part in a verdict. Badges of one issuer often differ in one
word alone, which no short hash can see, so two looks have to agree three times: in the difference
hash, which picks who is compared at all; in every spot of a miniature; and in colour. A spot may
differ by what saving the picture again does to it: a little, and more where there is an edge. What
is too small, blank or can't be read has no look. `tests/measures/pictures.py` chose the limits.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from msgspec import Struct

from verifier.containers import pixels

if TYPE_CHECKING:
    from PIL import Image

#: Bits a row of the difference hash, spots a row of the miniature, and of the colours.
HASH, SPOTS, COLOURS = 16, 64, 16
#: The least side and the least span of shades for a picture's words to be told apart.
SMALLEST, SHADES = 64, 48
#: What may differ: bits of the hash; a spot, by so many shades and by a part of the span around it;
#: a colour, by so many steps.
BITS, SHADE, PART, STEPS = 40, 2, 0.15, 10
_AROUND = 5


class Look(Struct, frozen=True):
    """How a picture looks: its difference hash in hexadecimal, a miniature of `SPOTS`² shades of
    grey, and one of `COLOURS`² colours.
    """

    hash: str
    miniature: bytes
    colours: bytes


def look(content: bytes) -> Look | None:
    """How the picture looks, `None` where that can't be told. To be run in a worker."""
    return pixels.see(content, "RGB", _look)


def near(one: str, other: str) -> bool:
    """Whether two difference hashes are near enough to compare what they are of."""
    return (int(one, 16) ^ int(other, 16)).bit_count() <= BITS


def same(seen: Look, known: Look) -> bool:
    """Whether `seen` shows what `known` shows, word for word as far as can be seen."""
    from PIL import ImageChops

    if not near(seen.hash, known.hash):
        return False
    differs = ImageChops.difference(_grey(seen.miniature), _grey(known.miniature))
    if ImageChops.subtract(differs, _may_differ(known.miniature)).getbbox() is not None:
        return False
    colours = zip(seen.colours, known.colours, strict=True)
    return all(abs(one - other) <= STEPS for one, other in colours)


def _look(picture: Image.Image) -> Look | None:
    from dhash import dhash_int
    from PIL import Image

    if min(picture.size) < SMALLEST:
        return None
    drawn = pixels.on_white(picture, "RGB")
    grey = drawn.convert("L")
    miniature = grey.resize((SPOTS, SPOTS), Image.Resampling.LANCZOS)
    darkest, lightest = miniature.getextrema()
    if not isinstance(darkest, (int, float)) or not isinstance(lightest, (int, float)):
        raise TypeError("shades of grey are numbers")
    if lightest - darkest < SHADES:
        return None
    rows = grey.resize((HASH + 1, HASH + 1), Image.Resampling.LANCZOS)
    return Look(
        hash=f"{dhash_int(list(rows.tobytes()), HASH):x}",
        miniature=miniature.tobytes(),
        colours=drawn.resize((COLOURS, COLOURS), Image.Resampling.LANCZOS).tobytes(),
    )


@lru_cache(maxsize=256)
def _may_differ(miniature: bytes) -> Image.Image:
    """By how many shades each spot may: it costs most of a comparison, and is of one side alone."""
    from PIL import ImageChops, ImageFilter

    grey = _grey(miniature)
    around = ImageChops.subtract(
        grey.filter(ImageFilter.MaxFilter(_AROUND)), grey.filter(ImageFilter.MinFilter(_AROUND))
    )
    return around.point(lambda value: int(SHADE + value * PART))


def _grey(miniature: bytes) -> Image.Image:
    from PIL import Image

    return Image.frombytes("L", (SPOTS, SPOTS), miniature)
