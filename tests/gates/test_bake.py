"""`touchstone bake`: other readers find what it writes, and what it refuses is left alone."""

import io
from pathlib import Path

import pytest
from defusedxml import ElementTree
from PIL import Image, PngImagePlugin

from tests.gates.json_rows import signed
from tests.made import png
from tests.made.cases_genuine import good
from tests.made.tokens import token
from tests.server.owner import run

_KNOWN = {name: value for name, value in good().items() if value is not None}
CREDENTIAL = signed().encode()
COMPACT = token(_KNOWN, "baked", "EdDSA", typ="vc+jwt").encode()
ASSERTION = (
    b'{"@context": "https://w3id.org/openbadges/v2", "type": "Assertion", '
    b'"id": "https://college.example/1", "badge": "https://college.example/class"}'
)
ADDRESS = b"https://college.example/1"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><circle r="4"/></svg>'
PNG = png.picture(png.plain(b"Ada", b"Author"))
NEWER, OLDER = "openbadgecredential", "openbadges"
ELEMENT = {
    NEWER: "{https://purl.imsglobal.org/ob/v3p0}credential",
    OLDER: "{http://openbadges.org}assertion",
}
#: What is baked, under which keyword, and whether an SVG has it in the attribute `verify`.
KINDS = {
    "a credential": (CREDENTIAL, NEWER, False),
    "a token": (COMPACT, NEWER, True),
    "an assertion": (ASSERTION, OLDER, False),
    "an address": (ADDRESS, OLDER, True),
}


def bake(folder: Path, image: bytes, credential: bytes) -> bytes:
    """The picture that the command writes."""
    (folder / "image").write_bytes(image)
    (folder / "credential").write_bytes(credential)
    ended = run("bake", "image", "credential", "--output", "baked", folder=folder)
    assert ended.exit_code == 0, ended.stderr
    return (folder / "baked").read_bytes()


def unbaked(folder: Path) -> bytes:
    """What the command finds in that picture."""
    return run("unbake", "baked", folder=folder).stdout_bytes


@pytest.mark.parametrize("kind", KINDS)
def test_another_reader_finds_it_in_a_png(tmp_path: Path, kind: str) -> None:
    credential, keyword, _ = KINDS[kind]
    with Image.open(io.BytesIO(bake(tmp_path, PNG, credential))) as picture:
        assert isinstance(picture, PngImagePlugin.PngImageFile)
        assert picture.text == {"Author": "Ada", keyword: credential.decode()}
    assert unbaked(tmp_path) == credential


@pytest.mark.parametrize("kind", KINDS)
def test_another_reader_finds_it_in_an_svg(tmp_path: Path, kind: str) -> None:
    credential, keyword, in_attribute = KINDS[kind]
    root = ElementTree.fromstring(bake(tmp_path, SVG, credential))
    (element,) = root.findall(ELEMENT[keyword])
    found = element.get("verify") if in_attribute else element.text
    assert (found or "").strip() == credential.decode()
    assert unbaked(tmp_path) == credential


@pytest.mark.parametrize("image", [PNG, SVG], ids=["png", "svg"])
def test_what_was_baked_before_is_replaced(tmp_path: Path, image: bytes) -> None:
    first = bake(tmp_path, image, ASSERTION)
    again = bake(tmp_path, first, CREDENTIAL)
    assert ADDRESS not in again
    assert unbaked(tmp_path) == CREDENTIAL


REFUSED = {
    "a picture of another kind": (b"GIF89a" + bytes(20), CREDENTIAL, "out.gif", 1),
    "a picture cut off": (PNG[:40], CREDENTIAL, "out.png", 1),
    "an SVG that defines entities": (
        b'<!DOCTYPE svg [<!ENTITY a "b">]>' + SVG,
        CREDENTIAL,
        "out.svg",
        1,
    ),
    "no credential": (PNG, b"Table 12", "out.png", 3),
    "a credential with a member twice": (
        PNG,
        CREDENTIAL[:-1] + b',"name":"x","name":"y"}',
        "out.png",
        3,
    ),
    "a folder that is not there": (PNG, CREDENTIAL, "nowhere/out.png", 1),
    "over the picture itself": (PNG, CREDENTIAL, "image", 2),
    "over the credential itself": (PNG, CREDENTIAL, "credential", 2),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_baked_is_said_and_nothing_is_written(tmp_path: Path, name: str) -> None:
    image, credential, output, status = REFUSED[name]
    (tmp_path / "image").write_bytes(image)
    (tmp_path / "credential").write_bytes(credential)
    ended = run("bake", "image", "credential", "--output", output, folder=tmp_path)
    assert ended.exit_code == status
    assert ended.stderr.strip().endswith(".")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["credential", "image"]
    assert (tmp_path / "image").read_bytes() == image
    assert (tmp_path / "credential").read_bytes() == credential
