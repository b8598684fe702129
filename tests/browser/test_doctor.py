"""The profile doctor as a learner meets it: the extension over the LinkedIn sample page, and the
server's own page with a saved one; with scripts and without.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Browsers, shot
from tests.browser.test_adding import looked_at
from tests.browser.test_sites import look_at
from tests.browser.test_view import _axe
from tests.made import own_page
from tests.made.assertions import assertion_url
from tests.made.cases_credly import AWARD
from tests.made.folder import as_json
from tests.made.issuers import HOLDER, HOLDER_EMAIL
from tests.pages.linkedin import LANGUAGES, LAYOUTS
from tests.pages.serve import served as serving
from tests.server.conftest import Served
from tests.server.whole_web import started

#: What the extension sees: what has no link is not to be told from any other line.
SEEN = {entry.title: code for entry, code in own_page.ENTRIES.items() if entry.award}


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the learner's wallet."""
    owner = [{"kind": "name", "value": HOLDER}, {"kind": "email", "value": HOLDER_EMAIL}]
    text = {"credential": as_json(own_page.LITERACY).decode()}
    with started(tmp_path_factory.mktemp("doctor"), own_page.web()) as server:
        with server.client(server.pair()) as api:
            api.put("/api/wallet/owner", json={"identifiers": owner}).raise_for_status()
            for asked in (*({"url": at} for at in own_page.KEPT), text):
                api.post("/api/wallet/credentials", json=asked).raise_for_status()
        yield server


def entry(page: Page, title: str) -> str:
    """What is said of one entry."""
    line = page.locator("li[data-code]", has=page.get_by_role("heading", name=title))
    return f"{line.get_attribute('data-code')} {line.inner_text()}"


def test_the_tab_is_held_against_the_wallet(
    browsers: Browsers, running: Served, tmp_path: Path
) -> None:
    made = replace(own_page.profiled(LAYOUTS[1], LANGUAGES[0]), planted=())
    with (
        serving([made], tmp_path / "sites") as sites,
        browsers.lent("light", sites.fenced()) as browser,
    ):
        browser.keep(
            address=running.address, token=running.pair(f"chrome-extension://{browser.id}")
        )
        page = browser.context.new_page()
        look_at(browser, made, page)
        popup = browser.popup_for(page)
        popup.get_by_role("button", name="Compare with my wallet").click()
        expect(popup.get_by_role("heading", name="What to mend")).to_be_focused()
        found = popup.locator("li[data-code]").evaluate_all(
            "(all) => all.map((e) => [e.querySelector('h3').innerText, e.dataset.code])"
        )
        assert dict(found) == SEEN
        assert "says “Expert Chart Reading”" in entry(popup, "Expert Chart Reading")
        assert AWARD in entry(popup, own_page.SAMPLING)
        expect(popup.get_by_role("heading", name="Missing on this page")).to_be_visible()
        expect(popup.get_by_role("link", name=assertion_url("Weather Signals"))).to_be_visible()
        shot(popup, "doctor-extension")
        _axe(popup)
        popup.keyboard.press("Escape")
        expect(popup.get_by_role("button", name="Compare with my wallet")).to_be_focused()
        assert page.evaluate("document.documentElement.children.length") == 2, "left untouched"


@pytest.mark.parametrize(("theme", "scripts"), [("dark", True), ("light", False)], ids=str)
def test_a_saved_page_is_held_against_the_wallet(
    plain: Browser, running: Served, tmp_path: Path, theme: str, scripts: bool
) -> None:
    saved = tmp_path / "profile.html"
    saved.write_bytes(own_page.page())
    link = running.printed_again().split("opens it")[0].split()[-1]
    with plain.new_context(
        java_script_enabled=scripts,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 1000 if scripts else 360, "height": 900},
    ) as context:
        page = context.new_page()
        page.goto(link)
        page.goto(f"{running.address}/wallet/doctor")
        page.get_by_label("The page as you saved it").set_input_files(str(saved))
        page.get_by_role("button", name="Compare with my wallet").click()
        expect(page.get_by_role("heading", name="What to mend")).to_be_visible()
        page.wait_for_load_state()
        found = page.locator("li[data-code]").evaluate_all(
            "(all) => all.map((e) => e.dataset.code)"
        )
        assert sorted(found) == sorted(own_page.ENTRIES.values())
        assert "change “Name” to “Chart Reading”" in entry(page, "Expert Chart Reading")
        looked_at(page, "doctor", theme, scripts)
        if scripts:
            page.get_by_role("button", name="Keep it in your wallet: Sea Rescue").click()
            expect(page.get_by_role("heading", name="Sea Rescue")).to_be_visible()
            with running.client(running.pair()) as api:
                api.delete(f"/api/wallet/credentials/{page.url.rpartition('/')[2]}")
