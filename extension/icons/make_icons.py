"""Draw the extension's icons: a dark touchstone with a streak of gold rubbed across it.

Run it after changing the drawing; the pictures beside it are committed.
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw

SIZES = (16, 32, 48, 128)
FINE = 8  # drawn this much larger, then reduced: Pillow draws without smoothing
STONE, FACET = "#343a45", "#5a6270"
GOLD, GLINT = "#e0ab2b", "#f7dd8b"

# Corners in parts of the side, from the top left.
OUTLINE = (
    (0.24, 0.06),
    (0.82, 0.06),
    (0.96, 0.36),
    (0.88, 0.86),
    (0.34, 0.95),
    (0.05, 0.70),
    (0.08, 0.26),
)
TOP_FACE = ((0.24, 0.06), (0.82, 0.06), (0.96, 0.36), (0.70, 0.22), (0.28, 0.20), (0.08, 0.26))
STREAK = ((0.15, 0.70), (0.66, 0.29), (0.86, 0.41), (0.44, 0.73), (0.22, 0.82))
SHINE = ((0.24, 0.68), (0.67, 0.34), (0.73, 0.375), (0.33, 0.70))


def draw(size: int) -> Image.Image:
    """The icon at `size` pixels square, transparent around the stone."""
    side = size * FINE
    picture = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    pen = ImageDraw.Draw(picture)
    shapes = [(OUTLINE, STONE), (TOP_FACE, FACET), (STREAK, GOLD)]
    if size > 16:  # below that it only blurs the streak
        shapes.append((SHINE, GLINT))
    for corners, colour in shapes:
        pen.polygon([(x * side, y * side) for x, y in corners], fill=colour)
    return picture.resize((size, size), Image.Resampling.LANCZOS)


def main() -> None:
    """Write `icon-<size>.png` for every size beside this file."""
    for size in SIZES:
        draw(size).save(Path(__file__).with_name(f"icon-{size}.png"), optimize=True)


if __name__ == "__main__":
    main()
