"""Each system of the university page this began with gets its right verdict: in the popup over such
a page, and in the wallet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec import Struct
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import INTO_VAULT, SCREENSHOTS, Browser, Browsers, shot
from tests.browser.fence import fence
from tests.browser.firefox import ORIGIN, running
from tests.browser.test_demo import WORDS
from tests.browser.test_firefox import packages  # noqa: F401 a fixture
from tests.made.folder import write_web
from tests.pages import university
from tests.pages.serve import served
from tests.server.conftest import Served, start


class System(Struct, frozen=True):
    """A row: how it is called in the list, its verdict there and in the wallet, and why so by the
    contract (section 1; rows are those of its table) and the README's table of platforms.
    """

    what: str
    title: str
    verdict: str
    why: str


#: The page names its person, and the wallet keeps whom the page named.
SYSTEMS = (
    System(
        "Microsoft badge",
        "Read a tide table",
        "verified",
        "issuer_page, on its holder's public list: name_match; Microsoft is vouched for (row 9)",
    ),
    System(
        "Microsoft trophy",
        "Measure tides with cloud services",
        "verified",
        "the same",
    ),
    System(
        "Microsoft certificate, share link",
        "Microsoft Certified: Tidal Data Fundamentals",
        "unknown",
        "certifications can lapse, and this page gives no date: not_stated (row 7)",
    ),
    System(
        "Microsoft certificates, transcript",
        "Microsoft Learn transcript",
        "verified",
        "Microsoft's own answer with the legal name: name_match; each with its own five answers",
    ),
    System(
        "LinkedIn Learning certificate",
        "Laying Hedges",
        "verified",
        "issuer_page that opens without signing in, and names her (row 9)",
    ),
    System(
        "Google certification, at Credly",
        "Tide Support",
        "verified",
        "hosted; Credly is a platform and Google's id there is listed: platform_vouched (row 9)",
    ),
    System(
        "Google certification, at Accredible",
        "Hedge Laying",
        "unvouched",
        "issuer_page; no list has the organisation's number there (row 11)",
    ),
    System(
        "Credly badge",
        "Water Quality Sampling",
        "unvouched",
        "hosted; Credly checks its issuers, and no list has this one's id (row 11)",
    ),
    System(
        "University of Louisville badge",
        "River Ethics",
        "verified",
        "as Credly; the university's id there is listed (row 9)",
    ),
    System(
        "Adobe badge",
        "Creative Hedges",
        "holder_unproven",
        "as Credly, and the page gives a name where the badge has a hash alone (row 10)",
    ),
)
#: Google's robots are asked to stay away, so what lies behind the link is not established (row 2)
#: until its page is in the reader's tab, which names neither holder nor day (issuer_page, row 9).
SKILL_BADGE = "Lay a Hedge with Cloud Run"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """A server for which what the systems answer is the whole web, with the shipped lists."""
    write_web(tmp_path / "web", university.answers())
    started = start(tmp_path, "--documents", str(tmp_path / "web"))
    yield started
    assert started.stop() == "", "the server complained"


@pytest.fixture
def browser(browsers: Browsers, theme: str, tmp_path: Path, server: Served) -> Iterator[Browser]:
    """A paired Chromium that reaches the two pages under their names."""
    pages = [university.university(), university.google_page()]
    with (
        served(pages, tmp_path / "sites") as sites,
        browsers.lent(theme, sites.fenced()) as started,
    ):
        started.use(server.address)
        started.keep(token=server.pair(f"chrome-extension://{started.id}"))
        yield started


@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_each_system_in_popup_and_wallet(browser: Browser, server: Served, theme: str) -> None:
    page = browser.context.new_page()
    page.goto(university.ADDRESS)
    browser.press_button(page)
    popup = browser.popup_for(page)
    rows = popup.locator(".row:enabled")
    expect(rows).to_have_count(len(SYSTEMS) + 1)
    shot(popup, f"systems-{theme}")
    closed = rows.filter(has_text="Untitled badge")
    expect(closed, "its page is in no tab yet").to_contain_text(WORDS["unknown"])
    for system in SYSTEMS:
        row = rows.filter(has_text=system.title)
        expect(row, system.why).to_contain_text(WORDS[system.verdict])
        _save(popup, row, system.verdict)
    _check_in_its_tab(browser, theme)
    _assert_wallet(browser, server, theme)


def _save(popup: Page, row: Locator, verdict: str) -> None:
    row.click()
    expect(popup.locator("article .pill").first).to_have_text(WORDS[verdict])
    popup.get_by_role("button", name="Save to wallet").click()
    expect(popup.get_by_role("button", name="Open wallet")).to_be_visible()
    popup.keyboard.press("Escape")
    expect(row).to_contain_text("In your wallet")


def _check_in_its_tab(browser: Browser, theme: str) -> None:
    """The skill badge: not fetched, then judged by what the reader's own tab shows."""
    page = browser.context.new_page()
    page.goto(university.google_page().address)
    browser.press_button(page)
    popup = browser.popup_for(page)
    row = popup.locator(".row:enabled")
    expect(row).to_contain_text(WORDS["unknown"])
    row.click()
    popup.get_by_role("button", name="Check what my tab shows").click()
    expect(popup.locator("article h1")).to_have_text(SKILL_BADGE)
    expect(popup.locator("article .pill").first).to_have_text(WORDS["verified"])
    expect(popup.locator("article")).to_contain_text("Judged by what your own tab shows")
    shot(popup, f"systems-tab-{theme}")
    popup.get_by_role("button", name="Save to wallet").click()
    expect(popup.get_by_role("button", name="Open wallet")).to_be_visible()


def _assert_wallet(browser: Browser, server: Served, theme: str) -> None:
    wallet = browser.context.new_page()
    wallet.goto(server.wallet_link)
    tiles = wallet.locator(".tile")
    expect(tiles).to_have_count(len(SYSTEMS) + 1)
    shot(wallet, f"systems-wallet-{theme}")
    saved = [(system.title, system.verdict) for system in SYSTEMS]
    for title, verdict in (*saved, (SKILL_BADGE, "verified")):
        expect(tiles.filter(has_text=title)).to_contain_text(WORDS[verdict])


@pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")  # Marionette's client, as it starts
def test_each_system_in_firefox(
    firefox_path: str,
    packages: Path,  # noqa: F811
    server: Served,
    tmp_path: Path,
) -> None:
    with (
        served([university.university()], tmp_path / "sites") as sites,
        fence(sites.fenced()) as web,
        running(firefox_path, packages / "firefox", tmp_path, web) as firefox,
    ):
        firefox.use(server.address)
        firefox.ask(f"await ({INTO_VAULT})(given[0])", {"token": server.pair(ORIGIN)})
        firefox.open(university.ADDRESS)
        firefox.click_toolbar()
        firefox.popup_for(university.ADDRESS)
        count = len(SYSTEMS) + 1
        firefox.until(lambda: len(firefox.find(".row:enabled")) == count, "not all are there")
        firefox.shot(SCREENSHOTS / "systems-firefox.png")
        rows = [row.text for row in firefox.find(".row")]
        for system in SYSTEMS:
            (row,) = [row for row in rows if system.title in row]
            assert WORDS[system.verdict] in row, system.why
