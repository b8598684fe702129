"""The shapes of the twelve verdicts for pictures: the same as `templates/marks.html` draws."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

Point = tuple[float, float]
Curve = tuple[Point, Point, Point, Point]

_OCTAGON = ((7.4, 1), (16.6, 1), (23, 7.4), (23, 16.6), (16.6, 23), (7.4, 23), (1, 16.6), (1, 7.4))
#: On a square of 24: lines, curves (cubic), rings (middle and radius) and dots of each sign.
_LINES: dict[str, tuple[tuple[Point, ...], ...]] = {
    "check": (((7, 12.5), (10.4, 15.9), (17, 9)),),
    "cross": (((8, 8), (16, 16)), ((16, 8), (8, 16))),
    "bar": (((7, 12), (17, 12)),),
    "bars": (((6.6, 9.6), (17.4, 9.6)), ((6.6, 14.4), (11.8, 14.4))),
    "clock": (((12, 7), (12, 12.4), (15.4, 14.4)),),
    "pause": (((9.5, 8), (9.5, 16)), ((14.5, 8), (14.5, 16))),
}
_CURVES: dict[str, tuple[Curve, ...]] = {
    "mask": (
        ((6, 9.5), (10, 11.1), (14, 11.1), (18, 9.5)),
        ((18, 9.5), (18, 13.5), (16.5, 15.5), (14.4, 15.5)),
        ((14.4, 15.5), (13, 15.5), (12.8, 14.1), (12, 14.1)),
        ((12, 14.1), (11.2, 14.1), (11, 15.5), (9.6, 15.5)),
        ((9.6, 15.5), (7.5, 15.5), (6, 13.5), (6, 9.5)),
    ),
    "figures": (
        ((6.3, 16), (6.3, 13), (11.7, 13), (11.7, 16)),
        ((14.3, 13.8), (16.1, 13.2), (18.1, 14), (18.1, 16)),
    ),
    "figure": (
        ((6.3, 16.3), (6.3, 13.1), (11.7, 13.1), (11.7, 16.3)),
        ((14.2, 9.2), (14.4, 7.2), (17.6, 7.4), (17.4, 9.4)),
        ((17.4, 9.4), (17.3, 10.6), (15.9, 10.8), (15.9, 12.1)),
    ),
    "question": (
        ((9.2, 9.6), (9.4, 6.4), (14.8, 6.4), (14.8, 9.6)),
        ((14.8, 9.6), (14.8, 11.6), (12.1, 11.8), (12.1, 13.8)),
    ),
}
_RINGS: dict[str, tuple[tuple[Point, float], ...]] = {
    "figures": (((9, 9), 1.8), ((15.4, 9), 1.8)),
    "figure": (((9, 9.5), 1.7),),
}
_DOTS: dict[str, tuple[Point, ...]] = {"figure": ((15.9, 15.6),), "question": ((12.1, 17),)}
_WIDTH = 2.2


def draw_mark(on: ImageDraw, shape: str, at: Point, size: float, ink: str, ground: str) -> None:
    """Draw the mark of `shape` in `ink` on `ground`; `at` is its left upper corner."""
    outline, _, sign = shape.partition("-")
    scale = size / 24

    def put(point: Point) -> Point:
        return at[0] + point[0] * scale, at[1] + point[1] * scale

    def ring(middle: Point, radius: float) -> list[Point]:
        return [
            put((middle[0] - radius, middle[1] - radius)),
            put((middle[0] + radius, middle[1] + radius)),
        ]

    width = round(_WIDTH * scale)
    if outline == "disc":
        on.ellipse(ring((12, 12), 11), fill=ink)
    elif outline == "octagon":
        on.polygon([put(point) for point in _OCTAGON], fill=ink)
    elif outline == "dashed":
        for start in range(0, 360, 36):
            on.arc(ring((12, 12), 11), start, start + 23, fill=ink, width=round(2 * scale))
    else:
        on.ellipse(ring((12, 12), 11), outline=ink, width=round(2 * scale))
    stroke = ground if outline in ("disc", "octagon") else ink
    for points in (*_LINES.get(sign, ()), *map(_flat, _CURVES.get(sign, ()))):
        corners = [put(point) for point in points]
        on.line(corners, fill=stroke, width=width, joint="curve")
        for x, y in (corners[0], corners[-1]):
            on.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=stroke)
    for middle, radius in _RINGS.get(sign, ()):
        on.ellipse(ring(middle, radius + _WIDTH / 2), outline=stroke, width=width)
    for dot in _DOTS.get(sign, ()):
        on.ellipse(ring(dot, _WIDTH / 2), fill=stroke)


def _flat(curve: Curve) -> tuple[Point, ...]:
    return tuple(_on(curve))


def _on(curve: Curve, steps: int = 16) -> Iterator[Point]:
    """Points along a cubic curve."""
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = curve
    for step in range(steps + 1):
        t = step / steps
        u = 1 - t
        a, b, c, d = u**3, 3 * u * u * t, 3 * u * t * t, t**3
        yield a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy
