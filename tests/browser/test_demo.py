"""The whole product at once: the demo page, its marks, the popup, and a badge in the wallet."""

import json
import re

from playwright.sync_api import Page, expect

from tests.browser.conftest import REPOSITORY, Browser, shot
from tests.server.conftest import Served

PAGE = json.loads((REPOSITORY / "wallet_server/demo/page.json").read_text(encoding="utf-8"))
WORDS = {
    "verified": "Verified",
    "holder_unproven": "Holder not confirmed",
    "unvouched": "Intact, issuer not known",
    "overstated": "Page says more",
    "not_yet_valid": "Not yet valid",
    "expired": "Expired",
    "suspended": "Suspended",
    "not_theirs": "Someone else\N{RIGHT SINGLE QUOTATION MARK}s",
    "impostor": "Imitation",
    "revoked": "Revoked",
    "invalid": "Not genuine",
    "unknown": "Not established",
}


def test_demo_page(browser: Browser, server: Served, theme: str) -> None:
    """Pair, see every verdict marked on the page and listed in the popup, save one, find it."""
    page = browser.context.new_page()
    page.goto(f"{server.address}/demo")
    browser.use(server.address)
    popup = browser.popup_for(page)
    _pair(popup, server.code, theme)
    _read_list(popup, theme)
    _read_marks(browser, page, theme)
    _save(popup, theme)
    _find_in_wallet(browser, server, theme)


def _pair(popup: Page, code: str, theme: str) -> None:
    field = popup.get_by_role("textbox")
    expect(field).to_be_visible()
    shot(popup, f"pairing-{theme}")
    field.fill("AAAA-AAAA")
    field.press("Enter")
    expect(popup.get_by_role("alert").or_(popup.locator(".wrong"))).not_to_be_empty()
    field.fill(code.lower())
    field.press("Enter")


def _read_list(popup: Page, theme: str) -> None:
    badges = PAGE["badges"]
    rows = popup.locator(".row")
    expect(popup.get_by_role("heading", level=1)).to_have_text(
        re.compile(rf"^{len(badges) + LINKED} badges on this page$")
    )
    expect(rows).to_have_count(len(badges) + LINKED)
    expect(popup.locator(".row:enabled")).to_have_count(len(badges) + LINKED)
    listed = rows.all_inner_texts()
    for badge in badges:
        word = WORDS[badge["verdict"]]
        assert any(word in text for text in listed), (badge["file"], listed)
    shot(popup, f"list-{theme}")


#: The demo page also links to hosted badges whose pictures it does not show.
LINKED = sum(1 for link in PAGE["links"] if "verdict" in link)


def _read_marks(browser: Browser, page: Page, theme: str) -> None:
    names = browser.marks(page, len(PAGE["badges"]) + LINKED)
    for badge in PAGE["badges"]:
        said = [
            name for name in names if name.startswith(f"Touchstone: {WORDS[badge['verdict']]} ")
        ]
        assert said, (badge["file"], names)
    assert set(WORDS.values()) == {name.split(": ", 1)[1].split(" — ")[0] for name in names}
    assert page.evaluate("document.querySelectorAll('[data-touchstone], .touchstone').length") == 0
    shot(page, f"marks-{theme}")


def _save(popup: Page, theme: str) -> None:
    popup.bring_to_front()
    popup.locator(".row").first.click()
    answers = popup.locator("details[data-question]")
    expect(answers).to_have_count(5)
    shot(popup, f"badge-{theme}")
    answers.first.locator("summary").first.click()
    shot(popup, f"answer-{theme}")
    popup.get_by_role("button", name="Save to wallet").click()
    expect(popup.get_by_role("button", name="Open wallet")).to_be_visible()
    shot(popup, f"saved-{theme}")


def _find_in_wallet(browser: Browser, server: Served, theme: str) -> None:
    wallet = browser.context.new_page()
    wallet.goto(server.wallet_link)
    name = PAGE["badges"][0]["title"]
    expect(wallet.get_by_role("link", name=re.compile(name))).to_be_visible()
    shot(wallet, f"wallet-{theme}")
    wallet.get_by_role("link", name=re.compile(name)).first.click()
    expect(wallet.get_by_role("heading", name=name)).to_be_visible()
    shot(wallet, f"wallet-badge-{theme}")
