"""A page and a taken-over content script get nothing: no token, phrase, address, wallet or tab."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browser
from tests.browser.hostile import FROM_VAULT, IN_CONTENT, IN_PAGE, MESSAGES, is_no, is_nothing
from tests.browser.recorder import Recorder, recorder
from tests.server.conftest import Served

PHRASE, EMAIL = "seven herons at low tide", "mira.solano@portfolio.example"
BADGE = """<!doctype html><title>A badge</title>
    <img src="/demo/badges/data-literacy.png" width="96" height="96" alt="">"""
pytestmark = pytest.mark.parametrize("theme", ["light"], indirect=True)


@pytest.fixture
def record(server: Served) -> Iterator[Recorder]:
    with recorder(server.address) as started:
        started.pages["/page"] = "<!doctype html><title>Any page</title><p>Words"
        started.pages["/badge"] = BADGE
        yield started


@pytest.fixture
def token(browser: Browser, server: Served, record: Recorder) -> str:
    """Of an extension that is paired, with a phrase and an address."""
    token = server.pair(f"chrome-extension://{browser.id}")
    browser.keep(address=record.address, token=token, phrase=PHRASE, emails=[EMAIL])
    return token


@pytest.fixture
def page(browser: Browser, record: Recorder, token: str) -> Page:
    page = browser.context.new_page()
    page.goto(f"{record.address}/page")
    return page


def test_a_taken_over_content_script_gets_nothing(
    browser: Browser, record: Recorder, token: str, page: Page
) -> None:
    other = browser.context.new_page()
    other.goto(f"{record.address}/page?other")
    there, here = browser.tab_of(other), browser.tab_of(page)
    run = f"""([tabId, ...given]) => chrome.scripting.executeScript({{
        target: {{ tabId }}, func: {IN_CONTENT}, args: given }}).then(([{{ result }}]) => result)"""
    tabs = len(browser.context.pages)
    before = browser.worker.evaluate(FROM_VAULT)
    got = browser.worker.evaluate(run, [here, list(MESSAGES), there])
    assert len(got) > len(MESSAGES)
    for secret in (token, PHRASE, EMAIL, record.address, "other"):
        assert [name for name, gave in got.items() if secret in gave] == []
    answered = [name for name, gave in got.items() if not is_nothing(gave)]
    assert answered == []
    assert browser.worker.evaluate(FROM_VAULT) == before
    assert len(browser.context.pages) == tabs
    assert [one.path for one in record.heard if one.is_ours] == []


def test_the_same_script_in_a_page_of_ours_would_get_it_all(browser: Browser, token: str) -> None:
    """So that silence, above, is a refusal and not a broken question."""
    got = browser.options().evaluate(
        f"(messages) => ({IN_CONTENT})(messages, -1, 30_000)", ["owner.read", "server.state"]
    )
    assert PHRASE in got["message owner.read"]
    assert '"paired":true' in got["message server.state"]
    assert token in got["database"]


def test_a_page_gets_nothing(browser: Browser, record: Recorder, token: str, page: Page) -> None:
    home = f"chrome-extension://{browser.id}/"
    before = browser.worker.evaluate(FROM_VAULT)
    told = page.evaluate(IN_PAGE, [list(MESSAGES), home, browser.id])
    for secret in (token, PHRASE, EMAIL):
        assert secret not in str(told)
    assert told["others"] == []
    assert told["globals"] == []
    assert {name: gave for name, gave in told["got"].items() if not is_no(gave)} == {}
    assert browser.worker.evaluate(FROM_VAULT) == before
    assert [one.path for one in record.heard if one.is_ours] == []


def test_nothing_of_it_lies_where_content_scripts_may_look(browser: Browser, token: str) -> None:
    stored = browser.worker.evaluate("chrome.storage.local.get(null)")
    assert stored == {}


def test_the_phrase_stands_on_top_of_our_own_pages(
    browser: Browser, token: str, page: Page
) -> None:
    for face in (browser.popup_for(page), browser.panel_for(page), browser.options()):
        sign = face.locator("header .phrase")
        expect(sign).to_have_text(PHRASE)
        expect(sign.locator("svg .tone")).to_have_count(4)
    assert PHRASE not in page.content()


def test_a_phrase_is_chosen_where_a_browser_is_paired(
    browser: Browser, server: Served, record: Recorder
) -> None:
    browser.keep(address=record.address)
    page = browser.context.new_page()
    page.goto(f"{record.address}/page")
    popup = browser.popup_for(page)
    offered = popup.locator(".offer .phrase")
    expect(offered.locator("bdi")).not_to_be_empty()
    first = offered.inner_text()
    popup.get_by_role("button", name="Another").click()
    expect(offered).not_to_have_text(first)
    second = offered.inner_text()
    assert len(second.strip("“”").split()) == 3
    popup.get_by_role("textbox").fill("ZZZZ-ZZZZ")
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator(".wrong")).not_to_be_empty()
    assert offered.inner_text() == second
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator("form")).to_have_count(0)
    expect(popup.locator("header .phrase")).to_have_text(second.strip("“”"))
    assert second.strip("“”") in [
        value for value in browser.worker.evaluate(FROM_VAULT) if isinstance(value, str)
    ]
    expect(browser.panel_for(page).locator("header .phrase")).to_have_text(second.strip("“”"))
    options = browser.options()
    options.locator("#phrase").fill("my own words")
    options.get_by_role("button", name="Save phrase").click()
    expect(options.locator("header .phrase")).to_have_text("my own words")


def test_an_ended_extension_asks_for_a_code_again(
    browser: Browser, server: Served, record: Recorder, token: str
) -> None:
    """The owner's page, its form sent by a real browser; the extension learns of it at once."""
    page = browser.context.new_page()
    page.goto(f"{record.address}/badge")
    popup = browser.popup_for(page)
    expect(popup.locator(".row:enabled")).to_have_count(1)
    owner = browser.context.new_page()
    owner.goto(server.wallet_link)
    owner.get_by_role("link", name="Programs").click()
    expect(owner.locator("li", has_text="Chromium")).to_have_count(1)
    owner.get_by_role("button", name="Show a pairing code").click()
    code = owner.locator(".code").inner_text()
    owner.get_by_role("button", name="End Chromium").click()
    expect(owner.get_by_text("None is paired.")).to_be_visible()
    expect(browser.options().locator("[data-state=unpaired]")).to_be_visible()
    page.reload()
    popup.locator("#rescan").click()
    expect(popup.locator("[data-state=unpaired]")).to_be_visible()
    popup.get_by_role("textbox").fill(code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator(".row:enabled")).to_have_count(1)
    expect(browser.options().locator("[data-state=unpaired]")).to_have_count(0)
    owner.goto(f"{server.address}/programs")
    expect(owner.locator("li", has_text="Chromium")).to_have_count(1)
