"""The demo's badge art: one style an issuer, one motif a badge; PNG by Pillow, or SVG."""

from __future__ import annotations

import io
import math
from collections.abc import Callable, Sequence

from msgspec import Struct
from PIL import Image, ImageDraw, ImageFont

SIZE = 400
_SCALE = 3  # drawn larger and reduced, so that edges are smooth
_COLOURS = 96
_CENTRE = SIZE / 2

Point = tuple[float, float]
Draw = ImageDraw.ImageDraw


class Style(Struct, frozen=True):
    """An issuer's look: how many corners its outline has (none: a circle), and four colours."""

    corners: int
    rim: str
    field: str
    ground: str
    ink: str


COLLEGE = Style(6, "#c9a24b", "#0f5560", "#0b424b", "#fbf6e9")
INSTITUTE = Style(0, "#7d5ba6", "#f3eefb", "#e4daf3", "#4b2f73")
GUILD = Style(8, "#1d3557", "#f7fbff", "#dcebf7", "#1d3557")
MAKERS = Style(12, "#3c7a3a", "#fff8e1", "#f3e3a8", "#2f5d2d")
IMITATION = Style(6, "#cfae58", "#125c68", "#0d4852", "#fbf6e9")


def drawn(style: Style, motif: str, title: str) -> bytes:
    """A PNG of the badge called `title`."""
    canvas = Image.new("RGBA", (SIZE * _SCALE, SIZE * _SCALE), (0, 0, 0, 0))
    pen = ImageDraw.Draw(canvas)
    for radius, colour in ((190, style.rim), (176, style.ink), (172, style.field)):
        pen.polygon(_scaled(_outline(style, radius)), fill=colour)
    lower = [(x, max(y, _CENTRE + 44)) for x, y in _outline(style, 172)]
    pen.polygon(_scaled(lower), fill=style.ground)
    pen.line(_scaled([(60, _CENTRE + 44), (340, _CENTRE + 44)]), fill=style.rim, width=2 * _SCALE)
    MOTIFS[motif](_Brush(pen, style))
    _lettered(pen, title, style)
    small = canvas.resize((SIZE, SIZE), Image.Resampling.LANCZOS)
    return _png(small.quantize(_COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE))


def photograph() -> bytes:
    """A PNG that is no badge at all: a small landscape."""
    picture = Image.new("RGB", (640, 360))
    pen = ImageDraw.Draw(picture)
    for y in range(360):
        pen.line([(0, y), (640, y)], fill=(150 + y // 5, 190 + y // 8, 226 - y // 12))
    pen.ellipse([470, 50, 540, 120], fill="#fff3c4")
    for height, colour in ((210, "#7fa38a"), (250, "#5c8a6b"), (300, "#3f6b4f")):
        ridge = [(x, height + 26 * math.sin(x / 70 + height)) for x in range(0, 641, 8)]
        pen.polygon([(0, 360), *ridge, (640, 360)], fill=colour)
    return _png(picture.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE))


def written(style: Style, title: str) -> bytes:
    """The badge called `title` as an SVG."""
    rings = "\n".join(
        f'  <polygon fill="{colour}" points="{_points(_outline(style, radius))}"/>'
        for radius, colour in ((190, style.rim), (176, style.ink), (172, style.field))
    )
    lines = "\n".join(
        f'  <text x="200" y="{y:.0f}" text-anchor="middle">{line}</text>'
        for y, line in zip((284, 316), _lines(title), strict=False)
    )
    rays = "\n".join(
        f'  <line x1="{_CENTRE + 30 * math.cos(a):.1f}" y1="{152 + 30 * math.sin(a):.1f}" '
        f'x2="{_CENTRE + 62 * math.cos(a):.1f}" y2="{152 + 62 * math.sin(a):.1f}"/>'
        for a in (math.tau * step / 12 for step in range(12))
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" '
        f'width="{SIZE}" height="{SIZE}" role="img" aria-label="{title}">\n'
        f"{rings}\n"
        f'  <g stroke="{style.rim}" stroke-width="7" stroke-linecap="round">\n{rays}\n  </g>\n'
        f'  <circle cx="200" cy="152" r="22" fill="{style.rim}"/>\n'
        f'  <g fill="{style.ink}" font-family="system-ui, sans-serif" font-size="26" '
        f'font-weight="600">\n{lines}\n  </g>\n</svg>\n'
    ).encode()


class _Brush(Struct, frozen=True):
    """Draws in the coordinates of the finished picture."""

    pen: Draw
    style: Style

    def line(self, points: Sequence[Point], width: float = 8) -> None:
        self.pen.line(_scaled(points), fill=self.style.rim, width=round(width * _SCALE))
        for x, y in points:
            self.disc(x, y, width / 2)

    def disc(self, x: float, y: float, radius: float) -> None:
        box = [(x - radius) * _SCALE, (y - radius) * _SCALE, (x + radius) * _SCALE]
        self.pen.ellipse([*box, (y + radius) * _SCALE], fill=self.style.rim)

    def shape(self, points: Sequence[Point]) -> None:
        self.pen.polygon(_scaled(points), fill=self.style.rim)


def _bars(brush: _Brush) -> None:
    for left, height in ((128, 40), (168, 74), (208, 58), (248, 108)):
        top = 222 - height
        brush.shape([(left, top), (left + 26, top), (left + 26, 222), (left, 222)])


def _waves(brush: _Brush) -> None:
    for base in (120, 158, 196):
        brush.line([(x, base + 12 * math.sin((x - 110) / 20)) for x in range(112, 290, 4)], 9)


def _cloud(brush: _Brush) -> None:
    for x, y, radius in ((152, 178, 32), (198, 150, 46), (246, 176, 34)):
        brush.disc(x, y, radius)
    brush.shape([(152, 170), (246, 170), (246, 210), (152, 210)])


def _bridge(brush: _Brush) -> None:
    brush.line([(110, 208), (290, 208)], 10)
    for tower in (156, 244):
        brush.line([(tower, 106), (tower, 222)], 9)
    brush.line([(x, 152 - 42 * ((x - 200) / 44) ** 2) for x in range(156, 245, 4)], 5)
    brush.line([(110, 200), (156, 110)], 5)
    brush.line([(244, 110), (290, 200)], 5)


def _star(brush: _Brush) -> None:
    turns = [(-math.pi / 2 + math.pi * step / 5, 68 if step % 2 == 0 else 28) for step in range(10)]
    brush.shape([(200 + r * math.cos(a), 162 + r * math.sin(a)) for a, r in turns])


def _leaf(brush: _Brush) -> None:
    left = [(200 - 46 * math.sin(t / 20 * math.pi), 92 + t * 6) for t in range(21)]
    right = [(200 + 46 * math.sin(t / 20 * math.pi), 92 + t * 6) for t in range(20, -1, -1)]
    brush.shape([*left, *right])
    brush.pen.line(
        _scaled([(200, 108), (200, 226)]), fill=brush.style.field, width=round(5 * _SCALE)
    )


def _gear(brush: _Brush) -> None:
    for step in range(8):
        a = math.tau * step / 8
        brush.line([(200, 160), (200 + 62 * math.cos(a), 160 + 62 * math.sin(a))], 20)
    brush.disc(200, 160, 48)
    hole = [(200 - 20) * _SCALE, (160 - 20) * _SCALE, (200 + 20) * _SCALE, (160 + 20) * _SCALE]
    brush.pen.ellipse(hole, fill=brush.style.field)


def _lighthouse(brush: _Brush) -> None:
    brush.shape([(180, 222), (188, 124), (212, 124), (220, 222)])
    brush.shape([(184, 118), (184, 96), (200, 82), (216, 96), (216, 118)])
    for side in (-1, 1):
        beam = [(200 + side * 24, 104), (200 + side * 84, 84), (200 + side * 84, 128)]
        brush.shape(beam)


MOTIFS: dict[str, Callable[[_Brush], None]] = {
    "bars": _bars,
    "waves": _waves,
    "cloud": _cloud,
    "bridge": _bridge,
    "star": _star,
    "leaf": _leaf,
    "gear": _gear,
    "lighthouse": _lighthouse,
}


def _outline(style: Style, radius: float) -> list[Point]:
    corners = style.corners or 90
    turn = math.pi / corners if corners % 4 == 0 else -math.pi / 2
    return [
        (
            _CENTRE + radius * math.cos(turn + math.tau * step / corners),
            _CENTRE + radius * math.sin(turn + math.tau * step / corners),
        )
        for step in range(corners)
    ]


def _lettered(pen: Draw, title: str, style: Style) -> None:
    font = ImageFont.load_default(27 * _SCALE)
    for y, line in zip((276, 310), _lines(title), strict=False):
        pen.text((_CENTRE * _SCALE, y * _SCALE), line, style.ink, font, anchor="mm")


def _lines(title: str) -> tuple[str, ...]:
    """A title in one line or two of about equal length."""
    words = title.split()
    if len(title) <= 14:
        return (title,)
    cuts = [(" ".join(words[:n]), " ".join(words[n:])) for n in range(1, len(words))]
    return min(cuts, key=lambda cut: max(map(len, cut)))


def _scaled(points: Sequence[Point]) -> list[Point]:
    return [(x * _SCALE, y * _SCALE) for x, y in points]


def _points(points: list[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _png(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
