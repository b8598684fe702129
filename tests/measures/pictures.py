"""`python -m tests.measures.pictures`: how often a badge's picture is known again, and for what.

Families of made-up badges share frame and motif and differ in one word, one numeral or one metal.
Each picture is saved again as hosts do, then held against its own original and against those of
its whole family. The limits were picked from some thirty settings by what the families of
`legible` and `faint` and three real pictures of the material gave, so those figures flatter;
`held_out` was made afterwards and nothing was changed for it. Short hashes can't do this: for the
difference hash of 512 bits alone, siblings are 0 bits apart, and its own picture at 64 pixels is
up to 34.
"""

from __future__ import annotations

import io
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import click
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image

from tests.made import pictures as made
from verifier.containers.pixels import recognises
from wallet_server.looks_alike import Look, look, same

TITLES = (
    *("Data Literacy", "Data Fluency", "Data Mastery", "Associate", "Professional"),
    *("Level 1", "Level 2", "Level 3", "Cloud Basics", "Cloud Basics 2", "Cloud Basics 3"),
    *("Python I", "Python II", "Class of 2023", "Class of 2024", "Welding A", "Welding B"),
)
METALS = ("#c9a24b", "#a8a8a8", "#b08d57")
#: Lettering of a contrast of 1.5 to its ground, where 4.5 is asked of what people should read.
FAINT = replace(made.COLLEGE, ink="#1a5a64")
#: A badge all in pale shades: there is too little in it to tell it from another.
PALE = made.Style(0, "#e9e4f0", "#f3eefb", "#efe8f7", "#e2d9ee")
LANCZOS = Image.Resampling.LANCZOS


class Badge(Struct, frozen=True):
    """A badge's picture, and the family it belongs to."""

    family: str
    title: str
    content: bytes


def legible() -> list[Badge]:
    """Four issuers' families, and one in three metals."""
    styles = {"college": made.COLLEGE, "institute": made.INSTITUTE, "makers": made.MAKERS}
    badges = [one for name, style in styles.items() for one in _family(name, style)]
    for metal in METALS:
        for one in _family("guild", replace(made.GUILD, rim=metal)):
            badges.append(replace(one, title=f"{one.title} {metal}"))
    return badges


#: Titles, motifs and colours that were made up after the limits were chosen.
HELD_OUT_TITLES = (
    *("Beekeeping 1", "Beekeeping 7", "Beekeeping 8", "First Aid", "Fire Safety", "Junior Cook"),
    *("Senior Cook", "Spring 2025", "Spring 2026", "Grade B", "Grade D", "Tier IV", "Tier VI"),
)
HELD_OUT = {
    "leaf": made.Style(0, "#2f6f4f", "#fdfdf5", "#dfeadf", "#20402f"),
    "gear": made.Style(6, "#d9803a", "#2b2b33", "#1d1d24", "#f4e9dc"),
    "cloud": made.Style(8, "#5aa0d8", "#ffffff", "#ffffff", "#767676"),
    "bridge": made.Style(12, "#b3395b", "#fbeff2", "#f1d5dc", "#7d1f3a"),
}


def held_out() -> list[Badge]:
    """Four families that had no part in choosing the limits."""
    return [
        Badge(motif, title, made.drawn(style, motif, title))
        for motif, style in HELD_OUT.items()
        for title in HELD_OUT_TITLES
    ]


def faint() -> list[Badge]:
    """A family whose words are hardly seen."""
    return _family("faint", FAINT)


def _family(name: str, style: made.Style) -> list[Badge]:
    return [Badge(name, title, made.drawn(style, "star", title)) for title in TITLES]


Way = Callable[[Image.Image], bytes]


def _saved(picture: Image.Image, form: str, quality: int = 0) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **({"quality": quality} if quality else {}))
    return file.getvalue()


def _scaled(picture: Image.Image, side: int, filter: Image.Resampling = LANCZOS) -> Image.Image:
    return picture.resize((side, side), filter)


def _jpeg(quality: int) -> Way:
    return lambda one: _saved(one, "JPEG", quality)


def _sized(side: int) -> Way:
    return lambda one: _saved(_scaled(one, side), "PNG")


WAYS: dict[str, Way] = {
    "white ground": lambda one: _saved(one, "PNG"),
    **{f"JPEG {quality}": _jpeg(quality) for quality in (90, 75, 50, 30)},
    "WebP 75": lambda one: _saved(one, "WEBP", 75),
    "GIF": lambda one: _saved(one.quantize(128), "GIF"),
    **{f"{side} pixels": _sized(side) for side in (800, 200, 128, 100, 64)},
    "200 pixels, JPEG 80": lambda one: _saved(_scaled(one, 200), "JPEG", 80),
    "100 pixels, JPEG 75": lambda one: _saved(_scaled(one, 100), "JPEG", 75),
    "64 pixels, JPEG 75": lambda one: _saved(_scaled(one, 64), "JPEG", 75),
    "64 pixels, another filter": lambda one: _saved(
        _scaled(one, 64, Image.Resampling.BILINEAR), "PNG"
    ),
}


def on_white(content: bytes) -> Image.Image:
    """The picture as hosts draw it that know no see-through."""
    picture = Image.open(io.BytesIO(content)).convert("RGBA")
    white = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(white, picture).convert("RGB")


class Count(Struct, frozen=True):
    """How often a picture was known again by each way of saving it, and the false matches."""

    tried: Counter[str]
    known: Counter[str]
    pairs: int
    false: tuple[tuple[str, str, str], ...]


def counted(badges: list[Badge], every: int = 1) -> Count:
    """Each `every`th badge, saved in every way, held against its family."""
    looks = [_looked(badge.content) for badge in badges]
    tried: Counter[str] = Counter()
    known: Counter[str] = Counter()
    false: list[tuple[str, str, str]] = []
    pairs = 0
    for badge in badges[::every]:
        picture = on_white(badge.content)
        for way, save in WAYS.items():
            seen = _looked(save(picture))
            for other, looks_like in zip(badges, looks, strict=True):
                if other is badge:
                    tried[way] += 1
                    known[way] += same(seen, looks_like)
                elif other.family == badge.family:
                    pairs += 1
                    if same(seen, looks_like):
                        false.append((way, badge.title, other.title))
    return Count(tried, known, pairs, tuple(false))


def confused(material: Path) -> Iterator[tuple[str, str]]:
    """Real pictures in the material that are taken for one another though their pixels differ."""
    found: dict[bytes, tuple[str, Look]] = {}
    for path in sorted(material.rglob("*")):
        if path.suffix.lower() not in (".png", ".jpg", ".jpeg", ".gif", ".webp"):
            continue
        content = path.read_bytes()
        seen = look(content) if recognises(content) else None
        if seen is not None:
            found.setdefault(on_white(content).tobytes(), (path.name, seen))
    for (one, seen), (other, known) in itertools.combinations(found.values(), 2):
        if same(seen, known):
            yield one, other


def _looked(content: bytes) -> Look:
    seen = look(content)
    if seen is None:
        raise ValueError("a made-up picture has no look")
    return seen


def _say(name: str, count: Count) -> None:
    click.echo(f"{name}: {len(count.false)} false of {count.pairs} comparisons with siblings")
    for way, number in count.tried.items():
        click.echo(f"  {way:28} {count.known[way]} of {number} known again")
    for way, title, other in count.false:
        click.echo(f"  false: “{title}” by {way} taken for “{other}”")


if __name__ == "__main__":
    _say("legible, which chose the limits", counted(legible()))
    _say("legible, held out", counted(held_out()))
    _say("hardly legible", counted(faint()))
