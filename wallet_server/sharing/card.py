"""The picture by which other sites show a link to a share (Open Graph). To be run in a worker: it
draws words from strangers, of which it shows those alone that it has letters for.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from wallet_server.plain_text import plain
from wallet_server.sharing.signs import draw_mark

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

#: Pixels, as sites ask for them; drawn twice as large, for smooth edges.
WIDTH, HEIGHT, _FINE = 1200, 630, 2
#: Verdicts that one card names; the page has them all.
VERDICTS = 4
_INK, _QUIET, _GROUND, _LINE = "#1c1f24", "#5a5f66", "#ffffff", "#dcdfe3"
_TONES = {
    "green": "#12703f",
    "blue": "#1d5bb8",
    "amber": "#8a5200",
    "red": "#b3231b",
    "grey": "#5a5f66",
}
#: Fonts that a machine may have, for letters that the one at hand lacks.
_OTHERS = (
    *("DejaVuSans.ttf", "NotoSans-Regular.ttf", "NotoSansCJK-Regular.ttc", "Arial Unicode.ttf"),
    *("NotoSansArabic-Regular.ttf", "NotoSansHebrew-Regular.ttf", "msgothic.ttc"),
)
#: A character that no font has.
_NOWHERE = "\U000f0000"


class Card(Struct, frozen=True):
    """What stands on it: a title and a line below; verdicts, each as shape, tone and words; and
    when they were made.
    """

    title: str
    line: str
    verdicts: tuple[tuple[str, str, str], ...]
    made: str


def drawn(card: Card) -> bytes:
    """The card as PNG, `WIDTH` by `HEIGHT`."""
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), _GROUND)
    on = ImageDraw.Draw(picture)
    edge, y = 72 * _FINE, 64 * _FINE
    for text, size, ink, most in ((card.title, 60, _INK, 2), (card.line, 32, _QUIET, 1)):
        font = _font(text, size * _FINE)
        if font is None:
            continue  # nothing is better than boxes in place of letters
        for line in _lines(on, plain(text, 200), font, WIDTH * _FINE - 2 * edge, most):
            on.text((edge, y), line, fill=ink, font=font)
            y += round(size * 1.3 * _FINE)
    size = (72 if len(card.verdicts) == 1 else 48) * _FINE
    y = HEIGHT * _FINE - 132 * _FINE - round(size * 1.3) * len(card.verdicts)
    for shape, tone, words in card.verdicts:
        draw_mark(on, shape, (edge, y), size, _TONES[tone], _GROUND)
        said = _usual(round(size * 0.75))
        on.text((edge + size * 1.3, y + size / 2), words, fill=_TONES[tone], font=said, anchor="lm")
        y += round(size * 1.3)
    foot = HEIGHT * _FINE - 92 * _FINE
    on.line([(edge, foot), (WIDTH * _FINE - edge, foot)], fill=_LINE, width=2 * _FINE)
    small = _usual(28 * _FINE)
    on.text((edge, foot + 24 * _FINE), card.made, fill=_QUIET, font=small)
    right = (WIDTH * _FINE - edge, foot + 24 * _FINE)
    on.text(right, "Touchstone", fill=_QUIET, font=small, anchor="ra")
    made = io.BytesIO()
    picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS).save(made, "PNG")
    return made.getvalue()


def as_png(content: bytes) -> bytes:
    """A small picture of ours (WebP) as PNG, which every mail program shows."""
    from PIL import Image

    made = io.BytesIO()
    with Image.open(io.BytesIO(content), formats=["WEBP"]) as picture:
        picture.save(made, "PNG")
    return made.getvalue()


def _usual(size: int) -> FreeTypeFont:
    """The font that Pillow brings; our own words are all in it."""
    from PIL import ImageFont

    found = ImageFont.load_default(size)
    if not isinstance(found, ImageFont.FreeTypeFont):
        raise TypeError("this Pillow was built without FreeType")
    return found


def _font(text: str, size: int) -> FreeTypeFont | None:
    """The first font that has every letter of `text`; `None` where there is none."""
    return next((one for one in _fonts(size) if _has(one, text)), None) if text.strip() else None


def _fonts(size: int) -> Iterator[FreeTypeFont]:
    from PIL import ImageFont

    yield _usual(size)
    for name in _OTHERS:
        try:
            yield ImageFont.truetype(name, size)
        except OSError:
            continue


def _has(font: FreeTypeFont, text: str) -> bool:
    missing = bytes(font.getmask(_NOWHERE))
    return all(one == " " or bytes(font.getmask(one)) != missing for one in set(plain(text, 200)))


def _lines(on: ImageDraw, text: str, font: FreeTypeFont, width: float, most: int) -> list[str]:
    """`text` on at most so many lines, cut where it is longer."""
    lines: list[str] = []
    rest = text
    while rest and len(lines) < most:
        fits = _fitting(on, rest, font, width)
        if fits == rest:
            lines.append(rest)
            return lines
        space = fits.rfind(" ")
        if len(lines) == most - 1:
            lines.append(f"{_fitting(on, rest, font, width * 0.97).rstrip()}…")
            return lines
        fits = fits[:space] if space > 0 else fits
        lines.append(fits)
        rest = rest[len(fits) :].strip()
    return lines


def _fitting(on: ImageDraw, text: str, font: FreeTypeFont, width: float) -> str:
    """As much of its beginning as is no wider; one letter at least."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if on.textlength(text[:middle], font=font) <= width:
            low = middle
        else:
            high = middle - 1
    return text[:low]
