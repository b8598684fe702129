"""The measure of pictures holds: none is taken for another's, and usual copies are known."""

import io
from pathlib import Path

from PIL import Image

from tests.made import pictures as made
from tests.measures.pictures import (
    PALE,
    WAYS,
    confused,
    counted,
    faint,
    held_out,
    legible,
    on_white,
)
from wallet_server.looks_alike import look, same

#: Ways of saving a picture after which every made-up badge is still known.
USUAL = {*WAYS} - {
    *("200 pixels, JPEG 80", "100 pixels, JPEG 75", "64 pixels, JPEG 75"),
    *("64 pixels, another filter", "JPEG 30"),
}


def test_no_badge_is_taken_for_its_sibling_and_the_usual_copies_are_known() -> None:
    count = counted(legible(), every=6)
    assert count.pairs > 5000
    assert count.false == ()
    assert {way for way in count.tried if count.known[way] == count.tried[way]} >= USUAL


def test_families_that_had_no_part_in_choosing_the_limits_are_not_confused_either() -> None:
    count = counted(held_out(), every=5)
    assert count.pairs > 1000
    assert count.false == ()


def test_where_words_are_hardly_seen_only_numerals_are_confused() -> None:
    for _, title, other in counted(faint(), every=4).false:
        assert title[:-1] == other[:-1]


def test_too_little_to_see_has_no_look() -> None:
    assert look(made.drawn(PALE, "star", "Data Literacy")) is None
    for picture in (Image.new("RGB", (400, 400), "red"), Image.new("RGBA", (400, 400))):
        file = io.BytesIO()
        picture.save(file, "PNG")
        assert look(file.getvalue()) is None
    file = io.BytesIO()
    badge = on_white(made.drawn(made.COLLEGE, "star", "Data Literacy"))
    badge.resize((63, 63)).save(file, "PNG")
    assert look(file.getvalue()) is None


def test_real_pictures_are_not_confused_and_are_known_again(material: Path) -> None:
    assert list(confused(material)) == []
    real = [path.read_bytes() for path in (material / "providers/credly").rglob("*.png")]
    assert len(real) >= 3
    for content in real:
        known = look(content)
        for way in USUAL:
            seen = look(WAYS[way](on_white(content)))
            assert known is not None
            assert seen is not None
            assert same(seen, known), way
