"""How the extension behaves in a page and towards its server: consent, marks, strangers."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browser, until
from tests.server.conftest import Served

BADGES = 14  # on the demo page, the linked one included
TITLES_IN_PANELS = """chrome.extension.getViews()
    .filter((view) => view.location.pathname === "/panel/panel.html")
    .map((view) => view.document.querySelector("h1")?.textContent)"""
#: Whether what stands at a point of the page is the layer of the marks.
IN_FRONT = "([x, y]) => document.elementFromPoint(x, y) === document.documentElement.children[2]"

pytestmark = pytest.mark.parametrize("theme", ["light"], indirect=True)


@pytest.fixture
def demo(browser: Browser, server: Served) -> Page:
    """The demo page, before anybody asked for anything."""
    page = browser.context.new_page()
    page.goto(f"{server.address}/demo")
    browser.use(server.address)
    return page


@pytest.fixture
def checked(browser: Browser, server: Served, demo: Page) -> Page:
    """The demo page with its marks."""
    popup = browser.popup_for(demo)
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator(".row")).to_have_count(BADGES)
    popup.close()
    browser.marks(demo, BADGES)
    return demo


def _click_mark_of(page: Page, picture: int) -> None:
    box = page.locator("main img").nth(picture).bounding_box()
    assert box
    at = (box["x"] + box["width"] - 2, box["y"] + 2)
    until(page, lambda: page.evaluate(IN_FRONT, at) is True, "no mark is drawn on the picture")
    page.mouse.click(*at)


def _titles_in_panels(browser: Browser, page: Page, expected: str) -> None:
    """The panel is no tab that the test could hold, so a page of ours asks."""
    watcher = browser.context.pages[0]
    until(
        page,
        lambda: watcher.evaluate(TITLES_IN_PANELS) == [expected],
        lambda: f"no panel says {expected}: {watcher.evaluate(TITLES_IN_PANELS)}",
    )


def _watch_panels(browser: Browser, page: Page) -> None:
    browser.context.pages[0].goto(f"chrome-extension://{browser.id}/options/options.html")
    browser.marks(page, BADGES)


def test_nothing_runs_before_it_is_asked_for(browser: Browser, demo: Page) -> None:
    demo.wait_for_timeout(500)
    assert demo.evaluate("document.documentElement.children.length") == 2
    assert browser.worker.evaluate("chrome.storage.session.getKeys()") == []


def test_the_page_is_not_changed(browser: Browser, server: Served, demo: Page) -> None:
    before = demo.evaluate("document.body.outerHTML")
    popup = browser.popup_for(demo)
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator(".row")).to_have_count(BADGES)
    browser.marks(demo, BADGES)
    assert demo.evaluate("document.body.outerHTML") == before
    assert demo.evaluate("document.documentElement.children.length") == 3, "one host for all marks"
    assert demo.evaluate("document.documentElement.lastElementChild.shadowRoot") is None


def test_a_mark_opens_its_badge_in_the_panel(browser: Browser, checked: Page) -> None:
    _watch_panels(browser, checked)
    _click_mark_of(checked, 1)
    _titles_in_panels(browser, checked, "Peer Mentor")


def test_what_was_found_outlives_the_worker(browser: Browser, checked: Page) -> None:
    _watch_panels(browser, checked)
    session = browser.context.new_cdp_session(checked)
    session.send("ServiceWorker.enable")
    session.send("ServiceWorker.stopAllWorkers")
    _click_mark_of(checked, 0)
    _titles_in_panels(browser, checked, "Data Literacy")


def test_the_count_is_on_the_toolbar(browser: Browser, checked: Page) -> None:
    count = "(tabId) => chrome.action.getBadgeText({ tabId })"
    tab = browser.tab_of(checked)

    def shown() -> str:
        return str(browser.worker.evaluate(count, tab))

    until(checked, lambda: shown() == str(BADGES), lambda: f"the toolbar shows “{shown()}”")
    checked.reload()
    until(checked, lambda: shown() == "", lambda: f"the toolbar still shows “{shown()}”")


def test_a_badge_that_the_page_adds_later_is_marked(browser: Browser, checked: Page) -> None:
    checked.set_viewport_size({"width": 1000, "height": 2400})  # marks stand where they are seen
    checked.evaluate(
        """() => {
            const copy = document.querySelector("main img").cloneNode();
            const link = document.querySelector('a[href$=".json"]').cloneNode(true);
            document.querySelector("main").append(copy, link);
        }"""
    )
    browser.marks(checked, BADGES + 2)


def test_a_click_by_the_page_itself_opens_nothing(browser: Browser, checked: Page) -> None:
    _watch_panels(browser, checked)
    checked.evaluate("document.documentElement.lastElementChild.click()")
    checked.wait_for_timeout(500)
    assert browser.context.pages[0].evaluate(TITLES_IN_PANELS) == []


def test_a_server_that_is_away_is_said_to_be_away(
    browser: Browser, server: Served, demo: Page
) -> None:
    browser.use("http://127.0.0.1:9")
    popup = browser.popup_for(demo)
    expect(popup.locator("[data-state=away]")).to_contain_text("make run")
    browser.use(server.address)
    popup.get_by_role("button", name="Try again").click()
    expect(popup.get_by_role("textbox")).to_be_focused()


def test_another_program_on_the_port_gets_no_token(browser: Browser, demo: Page) -> None:
    heard: list[dict[str, str]] = []

    class Stranger(SimpleHTTPRequestHandler):
        """Answers everything with a page, and remembers what it was told."""

        def do_GET(self) -> None:
            """Answer."""
            heard.append(dict(self.headers))
            super().do_GET()

        def log_message(self, format: str, *arguments: Any) -> None:  # noqa: ANN401 its base's
            """Keep the test's output to the test."""

    stranger = ThreadingHTTPServer(("127.0.0.1", 0), partial(Stranger, directory="."))
    threading.Thread(target=stranger.serve_forever, daemon=True).start()
    browser.use(f"http://127.0.0.1:{stranger.server_port}")
    browser.keep(**{"token": "secret"})
    popup = browser.popup_for(demo)
    expect(popup.locator("[data-state=other_program]")).to_be_visible()
    stranger.shutdown()
    stranger.server_close()
    assert heard
    assert not any("secret" in value for headers in heard for value in headers.values())


def test_a_page_of_the_browser_cannot_be_checked(browser: Browser, server: Served) -> None:
    browser.use(server.address)
    page = browser.context.new_page()
    page.goto("chrome://version")
    tab = browser.worker.evaluate("async () => (await chrome.tabs.query({ active: true }))[0].id")
    popup = browser.context.new_page()
    popup.goto(f"chrome-extension://{browser.id}/popup/popup.html?tab={tab}")
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator("[data-state=no_scan]")).to_be_visible()


def test_the_popup_scrolls_only_inside(browser: Browser, checked: Page) -> None:
    popup = browser.popup_for(checked)
    expect(popup.locator(".row")).to_have_count(BADGES)
    assert popup.evaluate("document.documentElement.scrollHeight") <= 600
    popup.locator(".row").first.click()
    expect(popup.locator("details[data-question]")).to_have_count(5)
    assert popup.evaluate("document.documentElement.scrollHeight") <= 600
    popup.keyboard.press("Escape")
    expect(popup.locator(".row").first).to_be_focused()
    popup.keyboard.press("ArrowDown")
    expect(popup.locator(".row").nth(1)).to_be_focused()
