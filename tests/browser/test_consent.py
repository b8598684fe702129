"""What runs where, and who said so: decoys, one site at a time, marks where terms forbid them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.browser.conftest import Browser, Browsers, until, write_documents
from tests.browser.test_sites import STATE, found, look_at, planted, visiting
from tests.pages import decoys, linkedin
from tests.pages.page import Chance, MadePage, Planted
from tests.pages.serve import served
from tests.server.conftest import start

OPTIONS = "chrome-extension://{}/options/options.html"


def test_forty_decoys_get_no_mark(browsers: Browsers, tmp_path: Path) -> None:
    """A server looks at their pictures as well, since any picture may hold a badge."""
    made = decoys.page(1)
    answers = {
        f"https://{made.host}{path}": (path.strip("/"), body, kind)
        for path, (kind, body) in made.files.items()
    }
    write_documents(tmp_path / "web", answers)
    server = start(tmp_path / "server", "--documents", str(tmp_path / "web"))
    with (
        served([made], tmp_path / "sites") as sites,
        browsers.lent("light", sites.fenced()) as browser,
    ):
        token = server.pair(f"chrome-extension://{browser.id}")
        browser.keep(address=server.address, token=token)
        page = browser.context.new_page()
        page.set_viewport_size({"width": 1000, "height": 4000})
        look_at(browser, made, page)
        page.wait_for_timeout(1500)
        state = _state(browser, page, lambda kept: kept["phase"] == "done" and bool(kept["items"]))
        assert state["trouble"] is None
        assert {item["kind"] for item in state["items"]} == {"image"}, (
            "no link is taken for a badge"
        )
        assert [item for item in state["items"] if item["state"] == "shown"] == []
        assert browser.marks(page, 0) == []
    assert server.stop() == ""


def _badge_at(host: str, seed: int) -> MadePage:
    award = f"https://www.credly.com/badges/{Chance(seed).uuid()}"
    return MadePage(
        f"https://{host}/", f'<!doctype html><a href="{award}">a</a>', (Planted(award),)
    )


def _allow(browser: Browser, origin: str) -> None:
    """Let `origin` be looked through, as a click in the view and the browser's question do."""
    extensions = browser.context.new_page()
    extensions.goto("chrome://extensions/")
    asked = "([id, origin]) => chrome.developerPrivate.addHostPermission(id, origin)"
    extensions.evaluate(asked, [browser.id, origin])
    extensions.goto(OPTIONS.format(browser.id))
    session = browser.context.new_cdp_session(extensions)
    request = f"chrome.permissions.request({{ origins: ['{origin}'] }})"
    given = {
        "expression": request,
        "userGesture": True,
        "awaitPromise": True,
        "returnByValue": True,
    }
    assert session.send("Runtime.evaluate", given)["result"]["value"] is True
    extensions.close()


def _registered(browser: Browser, matches: list[str]) -> None:
    listed = (
        "chrome.scripting.getRegisteredContentScripts().then((all) => all.map((s) => s.matches))"
    )
    until(
        browser.context.pages[0],
        lambda: browser.worker.evaluate(listed) == ([matches] if matches else []),
        lambda: f"{browser.worker.evaluate(listed)} is registered, not {matches}",
    )


def _now(browser: Browser, page: Page) -> dict[str, Any] | None:
    state = browser.worker.evaluate(STATE, browser.tab_of(page))
    assert state is None or isinstance(state, dict)
    return state


def _later(browser: Browser, page: Page) -> dict[str, Any] | None:
    """What is kept of the page's tab when there was time enough for what must not happen."""
    page.wait_for_timeout(1200)
    return _now(browser, page)


def _state(browser: Browser, page: Page, holds: Callable[[dict[str, Any]], bool]) -> dict[str, Any]:
    """What is kept of the page's tab, once it `holds` of that."""

    def is_so() -> bool:
        kept = _now(browser, page)
        return kept is not None and holds(kept)

    until(page, is_so, lambda: f"what is kept is {_now(browser, page)}")
    return _now(browser, page) or {}


def test_one_site_is_looked_through_when_its_reader_says_so(
    browsers: Browsers, tmp_path: Path
) -> None:
    wanted, other = _badge_at("wanted.made-up.example", 1), _badge_at("other.made-up.example", 2)
    with visiting(browsers, tmp_path, [wanted, other]) as browser:
        page = browser.context.new_page()
        page.goto(wanted.address)
        assert _later(browser, page) is None, "nobody asked for anything"
        _allow(browser, "https://wanted.made-up.example/*")
        _registered(browser, ["https://wanted.made-up.example/*"])
        page.goto(wanted.address)
        state = _state(browser, page, lambda kept: bool(kept["items"]))
        assert set(found(state)) == set(planted(wanted))
        page.goto(other.address)
        later = _later(browser, page)
        assert later is not None
        assert later["host"] == wanted.host, "of the other nothing is known"

        options = browser.context.new_page()
        options.goto(OPTIONS.format(browser.id))
        options.evaluate(
            "chrome.permissions.remove({ origins: ['https://wanted.made-up.example/*'] })"
        )
        _registered(browser, [])
        page.bring_to_front()
        page.goto(wanted.address)
        assert _later(browser, page) is None, "taken back"


def test_marks_on_linkedin_are_asked_for(browsers: Browsers, tmp_path: Path) -> None:
    made = linkedin.profile(1, linkedin.LAYOUTS[0], linkedin.LANGUAGES[0])
    drawn = {
        "name": "Touchstone: Verified — x",
        "word": "Verified",
        "light": "#000",
        "dark": "#fff",
    }
    draw = """async ([tab, drawing]) => {
        const page = (await chrome.storage.session.get(`page:${tab}`))[`page:${tab}`];
        for (const { key } of page.items)
            await chrome.tabs.sendMessage(tab, { type: "page.mark", key, drawing });
    }"""
    with visiting(browsers, tmp_path, [made]) as browser:
        page = browser.context.new_page()
        page.set_viewport_size({"width": 1000, "height": 3000})
        look_at(browser, made, page)
        asked = [browser.tab_of(page), {**drawn, "shape": []}]
        browser.worker.evaluate(draw, asked)
        assert browser.marks(page, 0) == []
        assert page.evaluate("document.documentElement.children.length") == 2

        options = browser.context.new_page()
        options.goto(OPTIONS.format(browser.id))
        options.evaluate(
            "chrome.runtime.sendMessage({ type: 'site.marks', site: 'linkedin', wanted: true })"
        )
        options.close()
        look_at(browser, made, page)
        browser.worker.evaluate(draw, [browser.tab_of(page), asked[1]])
        assert len(browser.marks(page, 4)) == 4


def test_a_profile_that_follows_another_starts_empty(browsers: Browsers, tmp_path: Path) -> None:
    """In the same document, as sites of one page do: nobody asked about the second one."""
    first = linkedin.profile(1, linkedin.LAYOUTS[1], linkedin.LANGUAGES[0])
    second = linkedin.profile(2, linkedin.LAYOUTS[1], linkedin.LANGUAGES[1], name="Tom Muster")
    with visiting(browsers, tmp_path, [first, second]) as browser:
        page = browser.context.new_page()
        assert set(found(look_at(browser, first, page))) == set(planted(first))
        body = second.html.partition("<body>")[2].partition("</body>")[0]
        page.evaluate(
            """([path, html]) => {
                history.pushState({}, "", path);
                document.body.innerHTML = html;
            }""",
            ["/in/mira-solano-2/", body],
        )
        until(page, lambda: _now(browser, page) is None, "what was found was the first one's")
        browser.press_button(page)
        state = _state(
            browser,
            page,
            lambda kept: kept["phase"] == "done" and len(kept["items"]) >= len(second.planted),
        )
        assert set(found(state)) == set(planted(second))
        names = {tuple(item["context"]["names"]) for item in found(state).values()}
        assert names == {("Tom Muster",)}
        expect(page.locator("body")).to_be_visible()
