"""Badges that others issued, found in a real browser, with nothing but the recorded web."""

import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from playwright.sync_api import expect

from tests.browser.conftest import Browser, shot
from tests.server.conftest import Served, start
from verifier.containers import png

CREDLY = "providers/credly/baked_ob3_2026"
CORE = "openbadges-validator-core"
SIGNED = "network-defense.openbadgecredential.json"
KEYWORD = b"openbadgecredential"

#: Picture → the word its mark must say and the title it must give; `None`: no mark.
EXPECTED: dict[str, tuple[str, str] | None] = {
    "ccna.png": ("Not established", "CCNA: Introduction to Networks"),
    "cybersecurity.png": ("Not established", "Introduction to Cybersecurity"),
    "defense.png": ("Not established", "Network Defense"),
    "altered.png": ("Not established", "CCNA: Introduction to Metworks"),
    "simple.svg": ("Not established", "Teamwork"),
    "hosted-json.png": ("Intact, issuer not known", "Awesome Robotics Badge"),
    "hosted-address.png": ("Intact, issuer not known", "Awesome Robotics Badge"),
    "hosted-json.svg": ("Intact, issuer not known", "Awesome Robotics Badge"),
    "hosted-address.svg": ("Intact, issuer not known", "Awesome Robotics Badge"),
    "heart.png": None,
}


class Portfolio(Struct, frozen=True):
    """A page of pictures, and the documents folder that is the whole web to the server."""

    address: str
    documents: Path


@pytest.fixture
def portfolio(material: Path, tmp_path: Path) -> Iterator[Portfolio]:
    """The page, from a server of this machine."""
    pages = tmp_path / "pages"
    pages.mkdir()
    recorded = _write_pictures(material, pages)
    pictures = "".join(
        f'<p><img src="{name}" width="160" height="160" alt=""></p>' for name in EXPECTED
    )
    page = f"<!doctype html><title>Portfolio</title>{pictures}"
    (pages / "index.html").write_text(page, encoding="utf-8")
    handler = partial(Quiet, directory=str(pages))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/"
    _write_web(material, tmp_path / "web", pages, address, recorded)
    yield Portfolio(address, tmp_path / "web")
    server.shutdown()
    server.server_close()


class Quiet(SimpleHTTPRequestHandler):
    """A file server that says nothing."""

    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 its base's
        """Keep the test's output to the test."""


def _write_pictures(material: Path, pages: Path) -> dict[str, Any]:
    credly = material / CREDLY
    ccna = (credly / "ccna-introduction-to-networks.png").read_bytes()
    (payload,) = png.unbake(ccna)
    changed = payload.replace(b"Introduction to Networks", b"Introduction to Metworks")
    pictures = {
        "ccna.png": ccna,
        "cybersecurity.png": (credly / "introduction-to-cybersecurity.png").read_bytes(),
        "defense.png": (credly / "network-defense.png").read_bytes(),
        "altered.png": png.bake(ccna, changed, KEYWORD),
        "simple.svg": (material / "1edtech-public-validator/ob30/simple-json.svg").read_bytes(),
        "heart.png": (material / CORE / "input/public_domain_heart.png").read_bytes(),
    }
    rows = (material / CORE / "derived.jsonl").read_text(encoding="utf-8").splitlines()
    cases = {case["id"]: case for case in map(json.loads, rows)}
    baked = ("hosted-json.png", "hosted-address.png", "hosted-json.svg", "hosted-address.svg")
    recorded: dict[str, Any] = {}
    for name, number in zip(baked, range(142, 146), strict=True):
        case = cases[f"obd-{number}"]
        pictures[name] = (material / CORE / case["input"]["file"]).read_bytes()
        recorded |= case["http"]
    for name, content in pictures.items():
        (pages / name).write_bytes(content)
    return recorded


def _write_web(
    material: Path, web: Path, pages: Path, address: str, recorded: dict[str, Any]
) -> None:
    web.mkdir()
    listed: dict[str, Any] = {}
    for url, answer in recorded.items():
        name = Path(answer["file"]).name
        (web / name).write_bytes((material / CORE / answer["file"]).read_bytes())
        listed[url] = {**answer, "file": name}
    for name in EXPECTED:
        (web / name).write_bytes((pages / name).read_bytes())
        kind = "image/svg+xml" if name.endswith(".svg") else "image/png"
        listed[address + name] = {"file": name, "status": 200, "content_type": kind}
    (web / "urls.json").write_text(json.dumps(listed), encoding="utf-8")


@pytest.fixture
def server(tmp_path: Path, portfolio: Portfolio) -> Iterator[Served]:
    """A server to which the recorded web is all there is."""
    served = start(tmp_path / "server", "--documents", str(portfolio.documents))
    yield served
    assert served.stop() == "", "the server complained"


@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_pictures_of_others(
    browser: Browser, server: Served, portfolio: Portfolio, material: Path
) -> None:
    """Each badge is marked with what can be known of it, and a plain picture is left alone."""
    page = browser.context.new_page()
    page.goto(portfolio.address)
    browser.use(server.address)
    popup = browser.popup_for(page)
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    wanted = [answer for answer in EXPECTED.values() if answer is not None]
    expect(popup.locator(".row")).to_have_count(len(wanted))
    names = browser.marks(page, len(wanted))
    for word, title in wanted:
        assert f"Touchstone: {word} — {title}" in {name.split(", issued by")[0] for name in names}
    signed = json.loads((material / CREDLY / SIGNED).read_bytes())
    assert not any(signed["name"] in name for name in names), "the holder's name is no title"
    shot(page, "pictures-of-others")
    popup.bring_to_front()
    shot(popup, "pictures-of-others-list")
