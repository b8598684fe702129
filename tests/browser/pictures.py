"""Pictures of the extension's own pages, for people to look at: `python -m tests.browser.pictures`.

Writes `build/pictures/*.png`, or into the folder that is named.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import REPOSITORY, Browser, launched
from tests.browser.find_browser import CHROMIUM, find
from tests.server.conftest import Served, start

#: Rows of the demo page that are pictured opened: a name for the file, the badge's title.
OPENED = {
    "verified": "Data Literacy",
    "overstated": "Cloud Architecture Associate",
    "impostor": "Machine Learning",
    "unknown": "Community Garden",
}


def main(folder: Path) -> None:
    """Picture popup, panel and options in both themes."""
    folder.mkdir(parents=True, exist_ok=True)
    chromium = find(CHROMIUM)
    for theme in ("light", "dark"):
        with tempfile.TemporaryDirectory() as scratch:
            served = start(Path(scratch) / "server")
            with launched(chromium, theme, Path(scratch) / "profile") as browser:
                _picture(browser, served, folder, theme)
            served.stop()


def _picture(browser: Browser, served: Served, folder: Path, theme: str) -> None:
    def keep(page: Page, name: str) -> None:
        page.bring_to_front()
        page.screenshot(path=folder / f"{name}-{theme}.png", animations="disabled")

    page = browser.context.new_page()
    page.goto(f"{served.address}/demo")
    browser.use(served.address)
    _own(browser)
    popup = browser.popup_for(page)
    field = popup.get_by_role("textbox")
    expect(field).to_be_visible()
    keep(popup, "pairing")
    field.fill(served.code)
    field.press("Enter")
    expect(popup.locator(".own").first).to_be_visible()
    keep(popup, "popup")
    for name, title in OPENED.items():
        _open(popup, title)
        keep(popup, f"popup-{name}")
        popup.locator("#back").click()
    panel = browser.panel_for(page)
    expect(panel.locator(".row").first).to_be_visible()
    keep(panel, "panel")
    panel.locator(".handing summary").click()
    panel.locator("#handed").fill("Nothing in it is an address.")
    panel.get_by_role("button", name="Check", exact=True).click()
    expect(panel.locator("article")).to_be_visible()
    panel.keyboard.press("Escape")
    keep(panel, "panel-handing")
    _open(panel, OPENED["overstated"])
    panel.set_viewport_size({"width": 360, "height": 1700})
    keep(panel, "panel-opened")
    settings = browser.options()
    expect(settings.locator("#emails li")).to_have_count(1)
    settings.set_viewport_size({"width": 800, "height": 1180})
    keep(settings, "options")
    strange = browser.context.new_page()
    strange.goto(f"{served.address}/")
    keep(browser.panel_for(strange), "panel-not-looked-through")
    browser.use("http://127.0.0.1:9")
    keep(_away(browser, page), "popup-away")


def _own(browser: Browser) -> None:
    told = {"emails": ["mira.solano@portfolio.example"], "phrase": "seven herons at low tide"}
    browser.keep(**told)


def _open(face: Page, title: str) -> None:
    face.locator(".row", has_text=title).first.click()
    expect(face.locator("details[data-question]")).to_have_count(5)


def _away(browser: Browser, page: Page) -> Page:
    browser.worker.evaluate("() => chrome.storage.session.clear()")
    popup = browser.popup_for(page)
    expect(popup.locator("[data-state=away]")).to_be_visible()
    return popup


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else REPOSITORY / "build" / "pictures")
