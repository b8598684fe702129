"""Receipts in a real browser, without scripts: a recruiter checks a file, keeps the receipt and
replays it; a learner takes one of a badge in the wallet.
"""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import REPOSITORY, shot
from tests.browser.opened import opened
from tests.browser.test_view import _axe
from tests.server.conftest import Served

DEMO = REPOSITORY / "wallet_server/demo"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
BADGE = DEMO / "badges/workshop-safety.png"


def saved(page: Page, name: str, to: Path) -> Path:
    """The file behind a link of that name."""
    with page.expect_download() as download:
        page.get_by_role("link", name=name).first.click()
    download.value.save_as(to)
    return to


def test_a_recruiter_keeps_the_receipt_of_a_check_and_replays_it(
    plain: Browser, server: Served, tmp_path: Path
) -> None:
    with opened(plain, server, width=360) as page:
        page.goto(f"{server.address}/check")
        page.get_by_label("Choose files").set_input_files(BADGE)
        page.get_by_role("button", name="Check", exact=True).click()
        receipt = saved(page, "JSON", tmp_path / "receipt.json")
        paper = saved(page, "PDF", tmp_path / "receipt.pdf")
        lying = json.loads(receipt.read_text())
        lying["receipts"][0]["report"]["verdict"] = "verified"
        (tmp_path / "lying.json").write_text(json.dumps(lying))
        for file, says in (
            (receipt, "It comes out the same: the verdict, the five answers, every word."),
            (paper, "It comes out the same: the verdict, the five answers, every word."),
            (tmp_path / "lying.json", "Refused. The receipt was altered after it was signed"),
            (BADGE, "Refused. This file holds no receipt"),
        ):
            page.goto(f"{server.address}/receipts")
            page.get_by_label("A receipt to replay").set_input_files(file)
            page.get_by_role("button", name="Replay it").click()
            expect(page.get_by_text(says)).to_be_visible()
            if file in (receipt, paper):
                expect(page.get_by_text("the key of this installation")).to_be_visible()
        page.get_by_role("button", name="Replay it").click()
        expect(page.get_by_role("alert")).to_have_text("Choose a receipt first.")


def test_a_learner_takes_the_receipt_of_a_badge(
    plain: Browser, server: Served, tmp_path: Path
) -> None:
    with server.client(server.pair()) as api:
        asked = {"url": f"{server.address}/demo/badges/workshop-safety.png"}
        kept = api.post("/api/wallet/credentials", json=asked).json()["id"]
        with opened(plain, server, width=360) as page:
            page.goto(f"{server.address}/wallet/{kept}")
            page.get_by_role("button", name="Check it for a receipt").click()
            expect(page.get_by_role("heading", name="A receipt of this check")).to_be_visible()
            receipt = saved(page, "Save the receipt (JSON)", tmp_path / "receipt.json")
        answer = api.post("/api/receipts/replay", json=json.loads(receipt.read_text()))
        assert [one["same"] for one in answer.json()["receipts"]] == [True]
        with server.client() as stranger:
            assert stranger.get(page.url).status_code == 403
            assert stranger.get(f"{page.url}.json").status_code == 403


@pytest.mark.parametrize(("theme", "width"), [("light", 360), ("dark", 1100)])
def test_pages_fit_and_axe_finds_nothing(
    plain: Browser, server: Served, theme: str, width: int, tmp_path: Path
) -> None:
    with server.client(server.pair()) as api:
        asked = {"url": f"{server.address}/demo/badges/workshop-safety.png"}
        receipt = tmp_path / "receipt.json"
        receipt.write_bytes(api.post("/api/receipts", json=asked).content)
        kept = api.post("/api/wallet/credentials", json=asked).json()["id"]
    with opened(plain, server, theme, scripts=True, width=width) as page:

        def look(name: str) -> None:
            page.wait_for_load_state()  # its stylesheet, too
            page.evaluate(
                "document.querySelectorAll('details').forEach((one) => (one.open = true))"
            )
            assert page.evaluate(OVERFLOW) <= 0, name
            _axe(page)
            shot(page, f"{name}-{theme}")

        page.goto(f"{server.address}/receipts")
        page.get_by_label("A receipt to replay").set_input_files(receipt)
        page.get_by_role("button", name="Replay it").click()
        expect(page.get_by_role("heading", name="Replayed")).to_be_visible()
        look("receipts")
        page.goto(f"{server.address}/wallet/{kept}")
        page.get_by_role("button", name="Check it for a receipt").click()
        expect(page.get_by_role("link", name="Save the receipt (JSON)")).to_be_visible()
        look("receipt")
