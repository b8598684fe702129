"""A learner hands a badge on; a recruiter's browser spots it in the mail that it is signed with."""

import base64
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct
from PIL import Image
from playwright.sync_api import Browser as PlainBrowser
from playwright.sync_api import ViewportSize, expect

from tests.browser.conftest import Browsers, shot
from tests.browser.test_sites import assert_read, look_at
from tests.browser.test_view import _axe
from tests.made import pictures
from tests.made.cases_credly import AWARD, award_web
from tests.made.credentials import badge, by, plain_name
from tests.made.folder import Answer, as_json, write_web
from tests.made.issuers import (
    HOLDER,
    HOLDER_EMAIL,
    RIVERSIDE,
    STRANGER,
    STRANGER_EMAIL,
    issuer_list,
)
from tests.pages import signed_mail
from tests.pages.page import MadePage
from tests.pages.serve import served
from tests.server.conftest import Served, start
from tests.server.stores import Store
from verifier.containers import png, unbake

PATH = "/api/wallet/credentials"
PUBLIC = "https://shares.made-up.example"
SENDER, OTHER = (HOLDER, HOLDER_EMAIL), (STRANGER, STRANGER_EMAIL)
NAME = "Weaving"
IMAGE = f"{RIVERSIDE.home}/images/dyeing.png"


class Open(Store, frozen=True):
    """A wallet whose server others reach through a proxy."""

    @property
    def environment(self) -> dict[str, str]:
        """What tells a server or a command."""
        return {**super().environment, "TOUCHSTONE_PUBLIC": PUBLIC}


class Learner(Struct):
    """A server with an award at a platform and a badge in a file; their ids and kits."""

    served: Served
    ids: dict[str, str]
    kits: dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def learner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Learner]:
    folder = tmp_path_factory.mktemp("learner")
    picture = pictures.drawn(pictures.COLLEGE, "star", NAME)
    seen = {IMAGE: Answer(picture, "image/png")}
    write_web(folder / "web", {**award_web(), **RIVERSIDE.web(), **seen})
    options = _options(folder)
    served = start(folder, *options, store=Open(folder / "data"))
    made = as_json(by(RIVERSIDE, badge(RIVERSIDE, NAME, plain_name(HOLDER))))
    file = png.bake(picture, made, b"openbadgecredential")
    with served.client(served.pair()) as client:
        credly = client.post(PATH, json={"url": AWARD}).json()["id"]
        own = client.post(PATH, files={"file": ("weaving.png", file)}).json()["id"]
        named = badge(RIVERSIDE, "Dyeing")
        named["credentialSubject"]["achievement"]["image"] = {"id": IMAGE, "type": "Image"}
        text = as_json(by(RIVERSIDE, named)).decode()
        far = client.post(PATH, json={"credential": text}).json()["id"]
        kits = {
            "credly": client.get(f"{PATH}/{credly}/hand-on").json()["kit"],
            "own": client.post(f"{PATH}/{own}/hand-on", json={}).json()["kit"],
        }
    yield Learner(served, {"credly": credly, "own": own, "far": far}, kits)
    assert served.stop() == "", "the server complained"


def _options(folder: Path) -> tuple[str, ...]:
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    web, trust = str(folder / "web"), str(folder / "trust.json")
    return ("--documents", web, "--trust", trust, "--no-default-trust")


@pytest.fixture(scope="module")
def recruiter(learner: Learner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Another server, for which the web has what the learner's gives to anybody."""
    folder = tmp_path_factory.mktemp("recruiter")
    at = learner.kits["own"]["place"]["address"]
    shared = {}
    with learner.served.client(Host=PUBLIC.removeprefix("https://")) as visitor:
        page = visitor.get(at.removeprefix(PUBLIC))
        shared[at] = Answer(page.content, "text/html; charset=utf-8")
        (other,) = re.findall(r'rel="alternate" type="[^"]+" href="([^"]+)"', page.text)
        copy = visitor.get(other.removeprefix(PUBLIC))
        shared[other] = Answer(copy.content, copy.headers["content-type"])
    write_web(folder / "web", {**award_web(), **RIVERSIDE.web(), **shared})
    served = start(folder, *_options(folder))
    yield served
    assert served.stop() == "", "the server complained"


def _letters(learner: Learner) -> list[tuple[MadePage, str]]:
    """Mails signed so by her, in both sites, and one by somebody else; each with its verdict."""
    kits = learner.kits.values()
    signed = [(kit["signature"]["html"], kit["place"]["address"]) for kit in kits]
    mine = [
        make(seed, *one, SENDER)
        for seed, one in enumerate(signed)
        for make in (signed_mail.gmail, signed_mail.outlook)
    ]
    stolen = signed_mail.gmail(9, *signed[1], OTHER)
    return [*((letter, "Verified") for letter in mine), (stolen, "Someone else")]


def test_a_signature_is_spotted_in_gmail_and_in_outlook(
    learner: Learner, recruiter: Served, browsers: Browsers, tmp_path: Path
) -> None:
    """After what either does to it: with the person whose mail it is, and the right verdict."""
    letters = _letters(learner)
    assert {letter.host for letter, _ in letters} == {"mail.google.com", "outlook.office.com"}
    with (
        served([letter for letter, _ in letters], tmp_path / "sites") as sites,
        browsers.lent("light", sites.fenced()) as browser,
    ):
        token = recruiter.pair(f"chrome-extension://{browser.id}")
        browser.keep(address=recruiter.address, token=token)
        page = browser.context.new_page()
        for letter, verdict in letters:
            state = look_at(browser, letter, page)
            assert_read(state, letter)
            assert {one["state"] for one in state["items"]} == {"shown"}, state
            for mark in browser.marks(page, 2):  # at the picture, and at the words beside it
                assert mark.startswith(f"Touchstone: {verdict}"), letter.address
        shot(page, "signature-gmail")


@pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_and_it_fits_a_telephone(
    plain: PlainBrowser, learner: Learner, theme: str
) -> None:
    dark, narrow = theme == "dark", ViewportSize(width=360, height=740)
    context = plain.new_context(viewport=narrow, color_scheme="dark" if dark else "light")
    page = context.new_page()
    page.goto(learner.served.printed_again().split()[-1])
    page.goto(f"{learner.served.address}/wallet/{learner.ids['credly']}")
    page.get_by_role("link", name="Hand it on").click()
    expect(page.get_by_label("The signature as HTML")).to_be_visible()
    _axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= narrow["width"]
    page.set_viewport_size(ViewportSize(width=900, height=1100))
    shot(page, f"hand-on-{theme}")
    context.close()


def test_a_learner_copies_a_signature_with_one_press(plain: PlainBrowser, learner: Learner) -> None:
    context = plain.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(learner.served.printed_again().split()[-1])
    page.goto(f"{learner.served.address}/wallet/{learner.ids['own']}/hand-on")
    page.get_by_role("button", name="Make a share of it").click()
    expect(page.get_by_text("its address is never shown again")).to_be_visible()
    box = page.get_by_label("The signature as HTML")
    box.locator("..").get_by_role("button").click()
    expect(page.locator("#copied")).to_have_text("Copied.")
    read = """async () => {
        const [item] = await navigator.clipboard.read();
        return Promise.all(["text/html", "text/plain"].map(async (kind) =>
            (await item.getType(kind)).text()));
    }"""
    html, text = page.evaluate(read)
    at = page.get_by_label("The address", exact=True).input_value()
    assert re.fullmatch(rf"{PUBLIC}/s/[\w-]{{43}}/badge", at)
    assert html.count(f'href="{at}"') == 2
    assert text.splitlines() == [NAME, "issued by Riverside College", at]
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save as picture (PNG)").click()
    assert Path(saved.value.path()).read_bytes().startswith(b"\x89PNG")
    known = (learner.served.address, "data:")
    assert [one for one in asked if not one.startswith(known)] == []
    page.goto(f"{learner.served.address}/wallet/{learner.ids['own']}/hand-on")
    page.get_by_label("The link of a share of this badge").fill(at)
    page.get_by_role("button", name="Lead to it").click()
    expect(page.get_by_label("The address", exact=True)).to_have_value(at)
    page.get_by_label("The link of a share of this badge").fill(f"{PUBLIC}/s/{'x' * 43}")
    page.get_by_role("button", name="Lead to it").click()
    expect(page.get_by_role("alert")).to_contain_text("was ended, or its time is up")
    context.close()


def test_a_picture_that_was_only_fetched_carries_the_badge_too(learner: Learner) -> None:
    with learner.served.client(learner.served.pair()) as client:
        file = client.get(f"{PATH}/{learner.ids['far']}/baked").content
        whole = client.get(f"{PATH}/{learner.ids['far']}").json()
    assert unbake(file).content == base64.b64decode(whole["credential"])
    assert Image.open(io.BytesIO(file)).size == (320, 320)
