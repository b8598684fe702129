"""Asking and presenting in a real browser, between two installations that share nothing: a
recruiter's and a learner's, each with a data folder of its own.
"""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp
from msgspec import Struct
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shot
from tests.browser.opened import opened
from tests.browser.test_view import _axe
from tests.made.credentials import badge, by, published
from tests.made.folder import as_json
from tests.made.issuers import RIVERSIDE
from tests.made.signing import did_key
from tests.server.conftest import Served
from tests.server.whole_web import started


class Two(Struct, frozen=True):
    """Who asks, and who presents: another installation, with two badges in its wallet."""

    recruiter: Served
    learner: Served


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Two]:
    folder, web = tmp_path_factory.mktemp("two"), {**RIVERSIDE.web(), **published(RIVERSIDE)}
    with started(folder / "one", web) as recruiter, started(folder / "other", web) as learner:
        with learner.client(learner.pair()) as api:
            own = api.get("/api/wallet/key").json()["did"]
            for subject, title in ((own, "Data Literacy"), (did_key("stranger"), "Tide Tables")):
                made = as_json(by(RIVERSIDE, badge(RIVERSIDE, title, subject=subject))).decode()
                kept = api.post("/api/wallet/credentials", json={"credential": made})
                assert kept.status_code == 201
        yield Two(recruiter, learner)


def test_a_recruiter_asks_and_a_learner_proves(plain: Browser, two: Two, tmp_path: Path) -> None:
    answer = tmp_path / "presentation.json"
    with opened(plain, two.recruiter) as page:
        page.goto(f"{two.recruiter.address}/asking")
        page.get_by_label("What you ask for").fill("Your badges, for the harbour office")
        shot(page, "asking")
        page.get_by_role("button", name="Make a challenge").click()
        link = page.locator("#link").inner_text()
        (code,) = zxingcpp.read_barcodes(
            Image.open(BytesIO(page.locator(".scan svg").screenshot()))
        )
        assert code.text == link
        shot(page, "asking-made")
    with opened(plain, two.learner) as page:
        page.goto(f"{two.learner.address}/wallet/present")
        page.get_by_label("Paste the link").fill(link)
        page.get_by_role("button", name="See what is asked").click()
        expect(page.get_by_text("“Your badges, for the harbour office”")).to_be_visible()
        expect(page.locator(".lead")).to_contain_text(two.recruiter.address.removeprefix("http://"))
        page.get_by_role("checkbox", name="Data Literacy").check()
        page.get_by_label("Find a badge").fill("tide")
        page.get_by_role("button", name="Find").click()
        page.get_by_role("checkbox", name="Tide Tables").check()
        expect(page.get_by_role("checkbox", name="Data Literacy")).to_be_checked()
        shot(page, "present")
        with page.expect_download() as download:
            page.get_by_role("button", name="Sign and save the answer").click()
        download.value.save_as(answer)
        address = page.get_by_role("link", name="open the page of").get_attribute("href")
    assert address == link.partition("#")[0]
    hand_in(plain, two, link, answer, "Your answer is there")
    with opened(plain, two.recruiter) as page:
        page.goto(f"{two.recruiter.address}/asking")
        page.get_by_role("link", name="Your badges, for the harbour office").first.click()
        expect(page.get_by_role("heading", name="Held by whoever controls")).to_be_visible()
        results = page.locator("main > .results > li")
        mine, others = results.filter(has_text="Data Lit"), results.filter(has_text="Tide Tab")
        expect(mine).to_contain_text("Verified")
        expect(mine).to_contain_text("Issued to this very key")
        expect(others).to_contain_text("Holder not confirmed")
        expect(others).to_contain_text("Issued to another than this key")
        shot(page, "asked")
    hand_in(plain, two, link, answer, "There is nothing here")
    with two.recruiter.client(two.recruiter.pair()) as api:
        another = api.post("/api/challenges", json={}).json()["link"]
    hand_in(plain, two, another, answer, "You are asked to present badges")


def hand_in(plain: Browser, two: Two, link: str, answer: Path, comes_to: str) -> None:
    """As the learner does, in a browser that the recruiter's server never saw."""
    with opened(plain, two.recruiter, path=link) as page:
        shot(page, "ask")
        if comes_to != "There is nothing here":
            page.get_by_label("The file that your wallet gave you").set_input_files(answer)
            page.get_by_role("button", name="Hand it in").click()
        expect(page.get_by_role("heading", name=comes_to)).to_be_visible()
        if comes_to == "You are asked to present badges":
            expect(page.get_by_role("alert")).to_contain_text("does not answer your challenge")


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1100)])
def test_pages_fit_and_axe_finds_nothing(plain: Browser, two: Two, theme: str, width: int) -> None:
    with two.recruiter.client(two.recruiter.pair()) as api:
        made, old = (api.post("/api/challenges", json={"reason": "x" * 600}).json() for _ in "ab")
    with two.learner.client(two.learner.pair()) as api:
        ids = [one["id"] for one in api.get("/api/wallet/credentials").json()["credentials"]]
        answer = api.post("/api/wallet/present", json={"request": old["link"], "credentials": ids})
    with two.recruiter.client(two.recruiter.pair()) as api:
        told = {"presentation": answer.json()}
        assert api.post(f"/api/challenges/{old['id']}/answer", json=told).status_code == 200

    def look(page: Page, name: str) -> None:
        page.wait_for_load_state()
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
        shot(page, f"{name}-{width}")
        _axe(page)

    with opened(plain, two.recruiter, theme, width=width, scripts=True, path=made["link"]) as page:
        look(page, "ask")
        page.goto(f"{two.recruiter.address}/ask/nothing")
        look(page, "ask-over")
    with opened(plain, two.recruiter, theme, width=width, scripts=True) as page:
        pages = {"asking": "", "asking-open": f"/{made['id']}", "asked": f"/{old['id']}"}
        for name, path in pages.items():
            page.goto(f"{two.recruiter.address}/asking{path}")
            look(page, name)
        page.goto(f"{two.recruiter.address}/asking")
        page.get_by_role("button", name="Make a challenge").click()
        look(page, "asking-made")
    with opened(plain, two.learner, theme, width=width, scripts=True) as page:
        for path in ("/wallet/key", "/wallet/present"):
            page.goto(two.learner.address + path)
            look(page, path.rpartition("/")[2] + "-first")
        page.get_by_label("Paste the link").fill(made["link"])
        page.get_by_role("button", name="See what is asked").click()
        look(page, "present")
