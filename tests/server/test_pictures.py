"""Bare pictures through the door and the command: a hint where the proof may be, and never more."""

import base64
import io
import json
import os
import struct
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from tests.made import pictures as made
from tests.made import png
from tests.measures.pictures import on_white
from tests.server.conftest import Served
from tests.server.made_up import EMAIL, GOOD, HOST, assertion, write_web
from verifier.containers import png as container
from verifier.errors import NoCredential
from wallet_server.looks_alike import look
from wallet_server.pictures import Met, hinted
from wallet_server.store.schema import pictures
from wallet_server.verification import Verified

TITLE = "Weaving, first year"
BADGE = made.drawn(made.COLLEGE, "star", TITLE)
BAKED = container.bake(BADGE, GOOD.encode(), b"openbadges")
SIBLING = made.drawn(made.COLLEGE, "star", "Weaving, last year")
ONLY = "Only a picture: nothing in it proves anything."
SAYS = (
    f"This looks like the picture of “{TITLE}”, which Example College issued; "
    f"the proof is at {GOOD}"
)


def saved(picture: Image.Image, form: str, **options: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, form, **options)
    return file.getvalue()


COPIES = {
    "as it is": BADGE,
    "JPEG": saved(on_white(BADGE), "JPEG", quality=75),
    "WebP": saved(on_white(BADGE), "WEBP", quality=75),
    "64 pixels": saved(on_white(BADGE).resize((64, 64), Image.Resampling.LANCZOS), "PNG"),
    "white ground": saved(on_white(BADGE), "PNG"),
}
HUGE = struct.pack(">IIBBBBB", *[65_535] * 2, 8, 6, 0, 0, 0)
STRANGE = {
    "cut off": COPIES["JPEG"][:2000],
    "a bomb": png.SIGNATURE
    + png.chunk(b"IHDR", HUGE)
    + png.chunk(b"IDAT", zlib.compress(bytes(20 * 2**20), 9))
    + png.chunk(b"IEND", b""),
    "no pixels": png.picture(),
    "blank": saved(Image.new("RGB", (400, 400), "white"), "PNG"),
    "moving": saved(Image.new("RGB", (9, 9)), "GIF"),
}


def asked(client: httpx2.Client, content: bytes) -> dict[str, Any]:
    answer = client.post("/api/verify", json={"bytes": base64.b64encode(content).decode()})
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def error(client: httpx2.Client, content: bytes) -> dict[str, Any]:
    found: dict[str, Any] = asked(client, content)["error"]
    return found


def rows(served: Served) -> list[dict[str, Any]]:
    names = [column.name for column in pictures.columns]
    found = served.store.rows(f"SELECT {', '.join(names)} FROM pictures")  # noqa: S608
    return [dict(zip(names, row, strict=True)) for row in found]


@pytest.mark.parametrize("copy", COPIES)
def test_a_picture_that_was_met_is_a_hint(paired: httpx2.Client, copy: str) -> None:
    assert asked(paired, BAKED)["verdict"] == "verified"
    found = error(paired, COPIES[copy])
    assert (found["code"], found["found"]) == ("not_a_badge", [GOOD])
    assert found["says"].startswith(SAYS)
    assert found["says"].endswith("The picture itself proves nothing.")


def test_a_sibling_and_a_photograph_are_only_pictures(paired: httpx2.Client) -> None:
    assert asked(paired, BAKED)["verdict"] == "verified"
    for content in (SIBLING, made.photograph()):
        found = error(paired, content)
        assert (found["code"], found["found"]) == ("not_a_badge", [])
        assert found["says"].startswith(ONLY)


@pytest.mark.parametrize("trouble", STRANGE)
def test_what_cannot_be_looked_at_is_only_a_picture(paired: httpx2.Client, trouble: str) -> None:
    found = error(paired, STRANGE[trouble])
    assert (found["code"], found["found"]) == ("not_a_badge", [])
    assert found["says"]


def test_one_picture_of_two_badges_names_both(paired: httpx2.Client) -> None:
    again = container.bake(BADGE, f"{HOST}/assertions/2".encode(), b"openbadges")
    assert asked(paired, BAKED)["verdict"] == "verified"
    assert asked(paired, again)["verdict"] == "revoked"
    found = error(paired, BADGE)
    assert set(found["found"]) == {GOOD, f"{HOST}/assertions/2"}
    assert "proofs are at" in found["says"]


def test_one_picture_of_badges_with_two_names_names_both() -> None:
    looks = look(BADGE)
    assert looks is not None
    known = [Met(looks, name, "example.edu", None) for name in ("Weaving", "Spinning")]
    bare = Verified("copy.jpg", error=NoCredential("not_a_badge", "No."))
    told = hinted(bare, known).error
    assert told is not None
    assert "more than one badge: “Weaving”, which example.edu issued and “Spinning”" in told.says


def test_what_did_not_hold_is_not_remembered(lent: Served) -> None:
    unproven = json.dumps(assertion("4")).encode()
    content = container.bake(BADGE, unproven, b"openbadges")
    with lent.client(lent.pair()) as client:
        assert asked(client, content)["verdict"] == "unknown"
        assert error(client, BADGE)["says"].startswith(ONLY)
    assert rows(lent) == []


def test_beside_it_on_the_page(lent: Served) -> None:
    contents = [COPIES["JPEG"], BAKED, SIBLING]
    items = [{"bytes": base64.b64encode(one).decode()} for one in contents]
    with lent.client(lent.pair()) as client:
        answer = client.post("/api/verify/batch", json={"items": items, "context": {}})
    lines = {line["index"]: line for line in map(json.loads, answer.text.splitlines())}
    assert lines[0]["error"]["found"] == [GOOD]
    assert lines[1]["verdict"] == "verified"
    assert lines[2]["error"]["found"] == []


def test_nothing_says_whom_it_is_about_and_nothing_is_fetched(lent: Served) -> None:
    with lent.client(lent.pair()) as client:
        asked(client, BAKED)
        held = rows(lent)
        text = json.dumps(error(client, BADGE))
    (row,) = held
    assert set(row) == {
        *("id", "credential_id", "hash", "miniature", "colours", "name", "issuer", "address"),
        "met_at",
    }
    assert (row["name"], row["issuer"], row["address"]) == (TITLE, "Example College", GOOD)
    assert row["credential_id"] is None
    assert EMAIL not in repr(row)
    assert row["hash"] not in text, "a hash never leaves"
    assert "contacted" not in text


def test_in_the_wallet_and_gone_with_it(lent: Served) -> None:
    body = {"bytes": base64.b64encode(BAKED).decode()}
    with lent.client(lent.pair()) as client:
        asked(client, BAKED)
        kept = client.post("/api/wallet/credentials", json=body).json()["id"]
        asked(client, BAKED)
        (row,) = rows(lent)
        assert row["credential_id"] == kept
        assert client.delete("/api/wallet/pictures").status_code == 204
        assert error(client, BADGE)["found"] == [GOOD], "the wallet's own stay"
        assert client.delete(f"/api/wallet/credentials/{kept}").status_code == 204
        assert error(client, BADGE)["says"].startswith(ONLY)
        asked(client, BAKED)
        assert client.delete("/api/wallet/pictures").status_code == 204
        assert error(client, BADGE)["says"].startswith(ONLY)
    assert rows(lent) == []


def command(folder: Path, *arguments: str, data: Path | None = None) -> list[dict[str, Any]]:
    root = Path(__file__).parent.parent.parent
    environment = {**os.environ, "PYTHONWARNINGS": "error", "PYTHONPATH": str(root)}
    environment["TOUCHSTONE_DATA"] = str(data or folder / "nowhere")
    ended = subprocess.run(
        [sys.executable, "-m", "wallet_server", "verify", "--json", *arguments],
        capture_output=True,
        cwd=folder,
        env=environment,
    )
    assert ended.stderr == b""
    return [json.loads(line) for line in ended.stdout.splitlines()]


def test_the_command_looks_beside_it_and_in_the_wallet(lent: Served, tmp_path: Path) -> None:
    folder = tmp_path
    write_web(folder / "web")
    (folder / "copy.jpg").write_bytes(COPIES["JPEG"])
    (folder / "baked.png").write_bytes(BAKED)
    known = ("--documents", "web", "--trust", "trust.json", "--no-default-trust")
    bare, baked = command(folder, *known, "copy.jpg", "baked.png")
    assert bare["error"]["found"] == [GOOD]
    assert bare["error"]["says"].startswith(SAYS)
    assert baked["verdict"] == "verified"
    (alone,) = command(folder, "copy.jpg")
    assert alone["error"]["says"].startswith(ONLY)
    with lent.client(lent.pair()) as client:
        asked(client, BAKED)
    (met,) = command(folder, "copy.jpg", data=lent.data)
    assert met["error"]["found"] == [GOOD]
    (offline,) = command(folder, *known, "copy.jpg", data=lent.data)
    assert offline["error"]["found"] == [], "a folder of documents is all there is"


def test_a_platforms_picture_carries_the_hint_in_its_report(tmp_path: Path) -> None:
    folder = tmp_path
    write_web(folder / "web")
    at = "https://api.eu.badgr.io/public/assertions/aaaaaaaaaaaaaaaaaaaaaa/baked"
    listed = json.loads((folder / "web/urls.json").read_text("utf-8"))
    listed[at] = {"file": "bare.png", "status": 200, "content_type": "image/png"}
    (folder / "web/urls.json").write_text(json.dumps(listed), "utf-8")
    (folder / "web/bare.png").write_bytes(BADGE)
    (folder / "baked.png").write_bytes(BAKED)
    known = ("--documents", "web", "--trust", "trust.json", "--no-default-trust")
    shown, baked = command(folder, *known, at, "baked.png")
    assert (shown["verdict"], baked["verdict"]) == ("unknown", "verified")
    genuine = shown["checks"][0]
    assert genuine["code"] == "picture_only"
    assert genuine["detail"]["picture"]["found"] == [GOOD]
    assert genuine["detail"]["picture"]["says"].startswith(SAYS)
    assert [one["url"] for one in shown["contacted"]] == [at]
