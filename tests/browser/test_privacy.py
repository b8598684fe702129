"""What leaves the browser, recorded: what PRIVACY.md says, and nothing else of the page."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import EXTENSION, REPOSITORY, Browser
from tests.browser.recorder import Heard, Recorder, recorder
from tests.browser.test_view import SEEN, _at_coursera, _axe
from tests.server.conftest import Served

SECRETS = ("s3cret-query", "s3cret-fragment", "s3cret-cookie", "s3cret-words", "s3cret-field")
PERSON = """<div itemscope itemtype="https://schema.org/Person"><b itemprop="name">Mira Solano</b>
    <a itemprop="email" href="mailto:mira.solano@portfolio.example">write</a>
    <a itemprop="sameAs" href="https://portfolio.example/mira">me</a></div>"""
CLAIM = """<figure itemscope itemtype="https://schema.org/EducationalOccupationalCredential">
    <img src="/demo/badges/data-literacy.png" width="96" height="96" alt="">
    <b itemprop="name">Data Literacy</b> <i itemprop="recognizedBy">Riverside College</i>
    <time itemprop="validFrom" datetime="2025-03"></time>
    <time itemprop="expires" datetime="2035-03"></time></figure>"""
INLINE = "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' width='64' height='64'/%3E"
PAGE = f"""<!doctype html><title>s3cret-words</title><p>s3cret-words of mine</p>{PERSON}{CLAIM}
    <img src="{INLINE}" width="64" height="64" alt="s3cret-words"><input value="s3cret-field">"""

pytestmark = pytest.mark.parametrize("theme", ["light"], indirect=True)


@pytest.fixture
def record(server: Served) -> Iterator[Recorder]:
    with recorder(server.address) as started:
        started.pages["/portfolio"] = PAGE
        yield started


@pytest.fixture
def portfolio(browser: Browser, record: Recorder) -> Page:
    """A page full of what is nobody's business, with one badge that says what it claims."""
    page = browser.context.new_page()
    cookie = {"name": "session", "value": "s3cret-cookie", "url": record.address}
    browser.context.add_cookies([cookie])  # type: ignore[list-item]
    page.goto(f"{record.address}/portfolio?token=s3cret-query#s3cret-fragment")
    browser.use(record.address)
    return page


def table() -> dict[str, set[str]]:
    """Request → members, as PRIVACY.md has them."""
    rows = re.findall(
        r"^\| `([^`]+)` \|.*\| ([^|]*) \|$",
        (EXTENSION / "PRIVACY.md").read_text("utf-8"),
        re.MULTILINE,
    )
    assert len(rows) == 8
    return {request: set(re.findall("`([^`]+)`", members)) for request, members in rows}


def by_request(heard: list[Heard]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for one in heard:
        found.setdefault(f"{one.method} {one.path}", set()).update(one.members)
    return found


def test_nothing_is_sent_before_it_is_asked_for(
    browser: Browser, record: Recorder, portfolio: Page
) -> None:
    portfolio.wait_for_timeout(1000)
    assert [one for one in record.heard if one.is_ours] == []


def test_what_is_sent_is_what_the_privacy_page_says(
    browser: Browser, server: Served, record: Recorder, portfolio: Page
) -> None:
    _everything_a_person_can_do(browser, server, portfolio)
    ours = [one for one in record.heard if one.is_ours]
    sent, allowed = by_request(ours), table()
    assert sent.keys() == allowed.keys()
    assert {request: sent[request] - allowed[request] for request in sent} == {
        request: set() for request in sent
    }, "nothing is sent that the table does not name"
    of_sites = {f"items[].context.claims[].{name}" for name in ("id", "image")}
    never = {request: allowed[request] - sent[request] - of_sites for request in allowed}
    assert {name for name, missing in never.items() if missing} <= {
        "POST /api/verify",
        "POST /api/wallet/credentials",
        "POST /api/wallet/doctor",
    }, "what the table names can be sent, here or for badges and sites of another kind"
    for one in ours:
        whole = f"{one.path} {one.headers} {one.body.decode()}"
        assert [secret for secret in SECRETS if secret in whole] == []
        assert not {"cookie", "referer"} & one.headers.keys()
        tells = {name for name in one.headers if not _of_every_request(name)}
        assert tells <= {"authorization", "content-type", "cache-control", "x-touchstone-api"}
        first = one.path in ("/api/health", "/api/pair")
        assert first != ("authorization" in one.headers), one.path


def _of_every_request(name: str) -> bool:
    """Whether a browser sends the header with every request of every program."""
    return name.startswith(("sec-", "accept")) or name in {
        *("host", "connection", "user-agent", "origin", "content-length", "pragma"),
    }


def _everything_a_person_can_do(browser: Browser, server: Served, portfolio: Page) -> None:
    popup = browser.popup_for(portfolio)
    popup.get_by_role("textbox").fill(server.code)
    popup.get_by_role("textbox").press("Enter")
    expect(popup.locator(".row:enabled").first).to_contain_text("Data Literacy")
    popup.get_by_role("button", name="Look again").or_(popup.locator("#rescan")).first.click()
    popup.get_by_role("button", name="Compare with my wallet").click()
    expect(popup.get_by_role("heading", name="On this page", exact=True)).to_be_visible()
    popup.keyboard.press("Escape")
    popup.locator(".row:enabled").first.click()
    popup.get_by_role("button", name="Save to wallet").click()
    popup.get_by_role("button", name="Open wallet").click()
    browser.keep(emails=["mira.solano@portfolio.example"])
    expect(browser.options().locator("#state")).not_to_be_empty()
    _hand_over(browser, portfolio)
    page = _at_coursera(browser, (SEEN / "seen.html").read_text("utf-8"))
    popup = browser.popup_for(page)
    popup.locator(".row:enabled", has_text="Coursera").click()
    popup.get_by_role("button", name="Check what my tab shows").click()
    expect(popup.locator(".pill")).to_have_text("Verified")
    popup.get_by_role("button", name="Save to wallet").click()
    expect(popup.get_by_role("button", name="Open wallet")).to_be_visible()


def _hand_over(browser: Browser, portfolio: Page) -> None:
    panel = browser.panel_for(portfolio)
    panel.locator(".handing summary").click()
    panel.locator("#handed").fill('{"@context": [], "type": ["VerifiableCredential"]}')
    panel.get_by_role("button", name="Check", exact=True).click()
    expect(panel.locator("article")).to_be_visible()
    panel.keyboard.press("Escape")
    badge = REPOSITORY / "wallet_server/demo/badges/peer-mentor.svg"
    panel.locator("input[type=file]").set_input_files(badge)
    expect(panel.locator("article h1")).to_have_text("Peer Mentor")
    panel.get_by_role("button", name="Save to wallet").click()
    expect(panel.get_by_role("button", name="Open wallet")).to_be_visible()


def test_the_settings_lead_to_the_page_that_says_so(browser: Browser) -> None:
    page = browser.options()
    browser.keep(phrase="seven herons at low tide")
    page.get_by_role("link", name="All that leaves this browser").click()
    expect(page.locator("dl > div")).to_have_count(len(table()))
    expect(page.locator("header .phrase")).to_have_text("seven herons at low tide")
    shown = {
        codes[0]: set(codes[1:])
        for codes in page.locator("dl > div").evaluate_all(
            "(all) => all.map((one) => [...one.querySelectorAll('code')].map((c) => c.innerText))"
        )
    }
    assert shown == table()
    _axe(page)
