"""The trusted face: popup and panel over a page, what is handed over, what a tab is evidence of."""

import json
import os
import signal
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import REPOSITORY, Browser, until
from tests.browser.strangers import other_version
from tests.server.conftest import Served

AXE = REPOSITORY / "tests/extension/node_modules/axe-core/axe.min.js"
DEMO = REPOSITORY / "wallet_server/demo"
BADGES = 14  # on the demo page, the linked one included
MINE = "mira.solano@portfolio.example"
SEEN = REPOSITORY / "wallet_server/selftest/a-coursera-page-in-the-readers-tab"
#: What the panel beside the page shows: the kind of its state, how many rows.
IN_PANELS = """chrome.extension.getViews()
    .filter((view) => view.location.pathname === "/panel/panel.html")
    .map(({ document }) => [
        document.querySelector("[data-state]")?.dataset.state ?? "",
        document.querySelectorAll(".row").length,
    ])"""

light = pytest.mark.parametrize("theme", ["light"], indirect=True)


@pytest.fixture
def demo(browser: Browser, server: Served) -> Page:
    """The demo page, in a browser that is paired and where nobody asked for anything yet."""
    page = browser.context.new_page()
    page.goto(f"{server.address}/demo")
    browser.use(server.address)
    origin = f"chrome-extension://{browser.id}"
    token = server.pair(origin)
    browser.keep(token=token)
    return page


@pytest.fixture
def popup(browser: Browser, demo: Page) -> Page:
    """The popup over the demo page, with all that was found."""
    popup = browser.popup_for(demo)
    expect(popup.locator(".row:enabled")).to_have_count(BADGES)
    return popup


def _open(face: Page, title: str) -> None:
    face.locator(".row", has_text=title).first.click()
    expect(face.locator("details[data-question]")).to_have_count(5)


# --- the panel follows, and looks at nothing ---


@light
def test_the_panel_follows_the_tab_without_looking_at_it(
    browser: Browser, server: Served, demo: Page, popup: Page
) -> None:
    watcher = browser.context.pages[0]
    watcher.goto(f"chrome-extension://{browser.id}/options/options.html")
    demo.bring_to_front()
    popup.locator("#beside").click()
    demo.bring_to_front()
    _in_panel(watcher, demo, ["", BADGES])
    other = browser.context.new_page()
    other.goto(f"{server.address}/demo")
    _in_panel(watcher, other, ["unlooked", 0])
    other.wait_for_timeout(500)
    stored = browser.worker.evaluate("chrome.storage.session.getKeys()")
    looked_at = [key for key in stored if key.startswith("page:")]
    assert len(looked_at) == 1, "only the page that somebody asked about was looked at"
    demo.bring_to_front()
    _in_panel(watcher, demo, ["", BADGES])


def _in_panel(watcher: Page, page: Page, expected: list[Any]) -> None:
    until(
        page,
        lambda: watcher.evaluate(IN_PANELS) == [expected],
        lambda: f"the panel shows {watcher.evaluate(IN_PANELS)} and not {expected}",
    )


@light
def test_a_page_that_was_left_takes_its_verdicts_along(
    browser: Browser, server: Served, demo: Page, popup: Page
) -> None:
    panel = browser.panel_for(demo)
    expect(panel.locator(".row")).to_have_count(BADGES)
    expect(panel.locator(".whose")).to_contain_text("Mira Solano")
    _open(panel, "Data Literacy")
    demo.evaluate("location.hash = 'elsewhere'")
    panel.wait_for_timeout(300)
    expect(panel.locator("h1")).to_have_text("Data Literacy")
    demo.evaluate("history.pushState(null, '', '/demo?of=another')")
    expect(panel.locator("[data-state=unlooked]")).to_be_visible()
    panel.get_by_role("button", name="Look through this page", exact=True).click()
    expect(panel.locator(".row")).to_have_count(BADGES)
    demo.goto(f"{server.address}/")
    expect(panel.locator("[data-state=unlooked]")).to_be_visible()
    expect(panel.locator(".row")).to_have_count(0)


# --- a badge opened ---


@light
def test_a_badge_opened_has_everything_it_rests_on(
    browser: Browser, demo: Page, popup: Page
) -> None:
    _open(popup, "Cloud Architecture Associate")
    article = popup.locator("article")
    for heading in ("What it says", "What the page says, and what the badge says"):
        expect(article.get_by_role("heading", name=heading)).to_be_visible()
    line = article.locator("table.claim tbody tr").first
    expect(line.locator("td").nth(0)).to_have_text("Cloud Architecture Professional")
    expect(line.locator("td").nth(1)).to_have_text("Cloud Architecture Associate")
    expect(article).to_contain_text("riverside-college.example")
    popup.context.grant_permissions(["clipboard-read", "clipboard-write"])
    popup.get_by_role("button", name="Copy as text").click()
    read = "navigator.clipboard.readText()"
    first = "Cloud Architecture Associate: Page says more\n"
    until(popup, lambda: popup.evaluate(read).startswith(first), "it was not copied")
    copied = popup.evaluate(read)
    assert "the page says “Cloud Architecture Professional”" in copied


# --- what the tab shows, as evidence ---


def _at_coursera(browser: Browser, html: str) -> Page:
    """A tab at the platform's address, with the toolbar button pressed there."""
    page = browser.context.new_page()
    address = json.loads((SEEN / "case.json").read_text("utf-8"))["input"]

    def answer(route: Route) -> None:
        route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

    page.route("https://www.coursera.org/**", answer)
    page.goto(address)
    browser.press_button(page)
    return page


@light
def test_a_certificates_page_is_checked_as_the_tab_shows_it(browser: Browser, demo: Page) -> None:
    page = _at_coursera(browser, (SEEN / "seen.html").read_text("utf-8"))
    popup = browser.popup_for(page)
    row = popup.locator(".row:enabled")
    expect(row).to_contain_text("Not established")
    row.click()
    popup.get_by_role("button", name="Check what my tab shows").click()
    expect(popup.locator(".pill")).to_have_text("Verified")
    expect(popup.locator("article")).to_contain_text("Judged by what your own tab shows")
    popup.get_by_role("button", name="Save to wallet").click()
    expect(popup.get_by_role("button", name="Open wallet")).to_be_visible()


@light
def test_a_page_that_moves_while_it_is_read_proves_nothing(browser: Browser, demo: Page) -> None:
    """The document is read in between: an address that differs then is no evidence for either."""
    html = (SEEN / "seen.html").read_text("utf-8")
    page = _at_coursera(browser, html)
    popup = browser.popup_for(page)
    popup.locator(".row:enabled").click()
    browser.worker.evaluate(
        """() => {
            const get = chrome.tabs.get.bind(chrome.tabs);
            let asked = 0;
            const moved = async (id) => {
                const tab = await get(id);
                return asked++ > 0 ? { ...tab, url: "https://evil.example/" } : tab;
            };
            chrome.tabs.get = moved;
            if (globalThis.browser) browser.tabs.get = moved;
        }"""
    )
    popup.get_by_role("button", name="Check what my tab shows").click()
    expect(popup.locator(".actions .said")).to_contain_text("went to another address")
    expect(popup.locator(".pill")).to_have_text("Not established")


@light
def test_a_page_too_large_to_be_read_says_so(browser: Browser, demo: Page) -> None:
    page = _at_coursera(browser, f"<p>{'x' * (4 * 2**20)}</p>")
    popup = browser.popup_for(page)
    popup.locator(".row:enabled").click()
    popup.get_by_role("button", name="Check what my tab shows").click()
    expect(popup.locator(".actions .said")).to_contain_text("over 4 MiB")


# --- this one is yours ---


@light
def test_a_badge_of_the_owners_is_offered_and_changes_no_verdict(
    browser: Browser, server: Served, demo: Page
) -> None:
    """On a stranger's page the owner's badge is the stranger's claim: not theirs, and yours."""
    browser.keep(emails=[MINE])
    badge = f"{server.address}/demo/badges/peer-mentor.svg"
    cloud = f"{server.address}/demo/badges/data-literacy.png"
    html = f"""<title>Jonas</title><div class="h-card"><p class="p-name">Jonas Feld</p>
        <img src="{badge}" width="90" height="90">
        <img src="{cloud}" width="90" height="90"></div>"""
    demo.route("**/strange", lambda route: route.fulfill(content_type="text/html", body=html))
    demo.goto(f"{server.address}/strange")
    popup = browser.popup_for(demo)
    mine = popup.locator(".row", has_text="Data Literacy")
    expect(mine).to_contain_text("Issued to you")
    expect(mine).to_contain_text("Holder not confirmed")
    expect(popup.locator(".row", has_text="Peer Mentor")).not_to_contain_text("Issued to you")
    expect(popup.locator("[data-state=yours]")).to_contain_text("1 badge here was issued to you")
    names = browser.marks(demo, 2)
    assert not any("yours" in name.lower() or "issued to you" in name.lower() for name in names)
    popup.bring_to_front()
    popup.locator("[data-state=yours]").get_by_role("button").click()
    expect(mine).to_contain_text("In your wallet")
    expect(popup.locator("[data-state=yours]")).to_have_count(0)


# --- handed over ---


@light
def test_text_files_and_drops_are_checked(browser: Browser, server: Served, demo: Page) -> None:
    panel = browser.panel_for(demo)
    panel.locator(".handing summary").click()
    panel.locator("#handed").fill(f"Look: {server.address}/demo/badges/data-literacy.png")
    panel.get_by_role("button", name="Check", exact=True).click()
    expect(panel.locator("article h1")).to_have_text("Data Literacy")
    panel.keyboard.press("Escape")
    panel.locator("input[type=file]").set_input_files(DEMO / "badges/peer-mentor.svg")
    expect(panel.locator("article h1")).to_have_text("Peer Mentor")
    panel.get_by_role("button", name="Save to wallet").click()
    expect(panel.get_by_role("button", name="Open wallet")).to_be_visible()
    panel.keyboard.press("Escape")
    panel.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "only words");
            document.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true }));
        }"""
    )
    expect(panel.locator("article")).to_contain_text("neither an address nor a credential")
    panel.keyboard.press("Escape")
    rows = panel.locator(".handed .row")
    expect(rows).to_have_count(3)
    panel.get_by_role("button", name="Clear").click()
    expect(rows).to_have_count(0)
    stored = browser.worker.evaluate("chrome.storage.session.getKeys()")
    assert not [key for key in stored if key.startswith("source:")]


@light
def test_the_menus_entries_check_picture_link_and_selection(
    browser: Browser, server: Served, demo: Page
) -> None:
    panel = browser.panel_for(demo)
    badge = f"{server.address}/demo/badges/data-literacy.png"
    wrapped = f"https://www.google.com/url?q={server.address}/demo/badges/peer-mentor.svg"
    for clicked, title in (
        ({"menuItemId": "image", "srcUrl": badge}, "Data Literacy"),
        ({"menuItemId": "link", "linkUrl": wrapped}, "Peer Mentor"),
        ({"menuItemId": "selection", "selectionText": f"see {badge}"}, "Data Literacy"),
    ):
        browser.worker.evaluate(
            "([info]) => chrome.contextMenus.onClicked.dispatch(info, { windowId: -1 })", [clicked]
        )
        expect(panel.locator("article h1")).to_have_text(title)
        panel.keyboard.press("Escape")


# --- the server, and the worker ---


@light
def test_a_worker_stopped_in_the_middle_goes_on(
    browser: Browser, server: Served, demo: Page
) -> None:
    """The server is held still, so that nothing can be answered before the worker is stopped."""
    popup = browser.popup_for(demo)
    expect(popup.locator(".row:enabled")).to_have_count(BADGES)
    expect(popup.locator(".top").first).not_to_contain_text("of 15 checked")
    os.kill(server.process.pid, signal.SIGSTOP)
    try:
        popup.evaluate(
            """(tabId) => {
                const asked = { type: "page.again", tabId, key: null };
                void chrome.runtime.sendMessage(asked).catch(() => {});
            }""",
            browser.tab_of(demo),
        )
        expect(popup.locator(".top").first).to_contain_text("0 of 15 checked")
        session = browser.context.new_cdp_session(popup)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")
        popup.wait_for_timeout(500)
    finally:
        os.kill(server.process.pid, signal.SIGCONT)
    expect(popup.locator(".row:enabled")).to_have_count(BADGES)
    expect(popup.get_by_role("heading", level=1)).to_have_text(f"{BADGES} badges on this page")


@light
@pytest.mark.parametrize(
    ("speaks", "state"), [([0, 0], "server_older"), ([2, 3], "server_newer"), (None, "unsupported")]
)
def test_a_server_of_another_version_says_which_is_older(
    browser: Browser, demo: Page, speaks: list[int] | None, state: str
) -> None:
    with other_version(speaks) as address:
        browser.use(address)
        popup = browser.popup_for(demo)
        expect(popup.locator(f"[data-state={state}]")).to_contain_text(address)


# --- everybody ---


def test_axe_finds_nothing(browser: Browser, demo: Page, popup: Page) -> None:
    _axe(popup)
    _open(popup, "Cloud Architecture Associate")
    popup.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    _axe(popup)
    panel = browser.panel_for(demo)
    panel.locator(".handing summary").click()
    _axe(panel)
    browser.keep(emails=[MINE])
    _axe(browser.options())
    empty = browser.context.new_page()
    _axe(browser.panel_for(empty))


def _axe(page: Page) -> None:
    page.wait_for_load_state()  # its stylesheet, too
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate("axe.run()")
    wrong = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]]
    assert wrong == []


@light
def test_everything_can_be_reached_by_keyboard(browser: Browser, demo: Page, popup: Page) -> None:
    popup.locator("#rescan").focus()
    for _ in range(3):
        popup.keyboard.press("Tab")
    expect(popup.locator(".row").first).to_be_focused()
    popup.keyboard.press("End")
    expect(popup.locator(".row").last).to_be_focused()
    popup.keyboard.press("Home")
    popup.keyboard.press("Enter")
    expect(popup.locator("article h1")).to_be_focused()
    reached = set()
    for _ in range(40):
        popup.keyboard.press("Tab")
        reached.add(popup.evaluate("document.activeElement?.textContent?.trim().slice(0, 20)"))
    for wanted in ("Save to wallet", "Check again", "Copy as text"):
        assert wanted in reached, reached
    assert popup.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none"
    popup.keyboard.press("Escape")
    expect(popup.locator(".row").first).to_be_focused()


@light
def test_forced_colours_keep_shape_and_word(browser: Browser, demo: Page, popup: Page) -> None:
    popup.emulate_media(forced_colors="active")
    word = popup.locator(".word").first
    expect(word).to_be_visible()
    box = word.locator("svg").bounding_box()
    assert box
    assert box["width"] == 18
    _axe(popup)
