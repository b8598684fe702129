"""Every adapter on pages made for it: it finds every badge that was planted, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Browser, Browsers, shot, until
from tests.pages import github, linkedin, mail, portfolio
from tests.pages.page import Chance, MadePage, Planted
from tests.pages.serve import served
from verifier.providers import find

LAST_TAB = "() => chrome.tabs.query({}).then((tabs) => Math.max(...tabs.map(({ id }) => id)))"
LATER = 300  # ms
STATE = "(tab) => chrome.storage.session.get(`page:${tab}`).then((all) => all[`page:${tab}`])"


@contextmanager
def visiting(browsers: Browsers, folder: Path, pages: list[MadePage]) -> Iterator[Browser]:
    """A Chromium that can reach these pages and nothing else."""
    with (
        served(pages, folder / "sites") as sites,
        browsers.lent("light", sites.fenced()) as browser,
    ):
        browser.use("http://127.0.0.1:9")  # no server: what was found is kept all the same
        yield browser


def look_at(browser: Browser, made: MadePage, page: Page | None = None) -> dict[str, Any]:
    """What the extension keeps of the page, once its button was pressed there."""
    page = page or browser.context.new_page()
    # until the button's press arrives, what stands there is of the page before
    before = browser.worker.evaluate(STATE, browser.tab_of(page)) or {}
    page.goto(made.address)
    browser.press_button(page, times=1)
    tab = browser.tab_of(page)
    state = None
    for turn in range(400):
        state = browser.worker.evaluate(STATE, tab)
        is_this = state is not None and state.get("documentId") != before.get("documentId")
        is_done = is_this and state["phase"] == "done"
        if is_done and len(state["items"]) >= len(made.planted):
            page.wait_for_timeout(LATER)  # what is rare comes after the rest, and must not be more
            return dict(browser.worker.evaluate(STATE, tab))
        if turn % 30 == 29:  # the popup closed before it could ask, or asked before it might
            browser.press_button(page, times=1)
        page.wait_for_timeout(100)
    if state is not None:
        return dict(state)
    pytest.fail(f"{made.address} was not looked through: {state}")


def one(url: str) -> str:
    """What all addresses of an award have in common."""
    match = find(url)
    return match.canonical if match else url


def found(state: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The items by award."""
    return {one(item["url"]): item for item in state["items"]}


def planted(made: MadePage) -> dict[str, Planted]:
    """The badges by award."""
    return {one(badge.award): badge for badge in made.planted}


def assert_read(state: dict[str, Any], made: MadePage) -> None:
    """All that was planted, and nothing else, each with its person and its claim."""
    items, badges = found(state), planted(made)
    assert set(items) == set(badges)
    assert len(state["items"]) == len(badges)
    for award, badge in badges.items():
        context = items[award]["context"] or {}
        assert tuple(context.get("names", ())) == badge.names, award
        assert tuple(context.get("emails", ())) == badge.emails, award
        claims = [claim for claim in context.get("claims", []) if set(claim) != {"image"}]
        assert claims == ([dict(badge.claim)] if badge.claim else []), award


#: Every layout in every language.
PROFILES = [
    linkedin.profile(100 * number + seed, layout, words)
    for number, layout in enumerate(linkedin.LAYOUTS)
    for seed, words in enumerate(linkedin.LANGUAGES)
]
LETTERS = [make(seed) for make in (mail.gmail, mail.outlook) for seed in range(3)]
PROJECTS = [github.profile(1), github.project(3)]
PORTFOLIOS = [portfolio.portfolio(seed) for seed in range(3)]


def test_linkedin(browsers: Browsers, tmp_path: Path) -> None:
    with visiting(browsers, tmp_path, [*PROFILES, linkedin.changed(1)]) as browser:
        page = browser.context.new_page()
        for made in PROFILES:
            state = look_at(browser, made, page)
            assert state["site"] == "linkedin"
            assert "changed" not in state
            assert_read(state, made)
            assert page.evaluate("document.documentElement.children.length") == 2, "left untouched"
        state = look_at(browser, linkedin.changed(1), page)
        assert state["changed"] == "LinkedIn"
        assert state["items"] == []


@pytest.mark.parametrize(
    "pages", [LETTERS, PROJECTS, PORTFOLIOS], ids=["mail", "github", "portfolio"]
)
def test_other_sites(browsers: Browsers, tmp_path: Path, pages: list[MadePage]) -> None:
    with visiting(browsers, tmp_path, pages) as browser:
        for made in pages:
            assert_read(look_at(browser, made), made)


def test_what_comes_late(browsers: Browsers, tmp_path: Path) -> None:
    made = portfolio.portfolio(7)
    chance = Chance(8)
    awards = [f"https://www.credly.com/badges/{chance.uuid()}" for _ in range(4)]
    with visiting(browsers, tmp_path, [made]) as browser:
        page = browser.context.new_page()
        look_at(browser, made, page)
        page.evaluate(portfolio.LATE, awards)

        def seen() -> set[str]:
            return set(found(browser.worker.evaluate(STATE, browser.tab_of(page))))

        until(page, lambda: set(awards) <= seen(), "what came late was not found")
        assert seen() == set(planted(made)) | set(awards)


def test_a_site_is_allowed_for_good_and_marks_are_chosen(
    browsers: Browsers, tmp_path: Path
) -> None:
    made = linkedin.profile(1, linkedin.LAYOUTS[0], linkedin.LANGUAGES[0])
    with visiting(browsers, tmp_path, [made]) as browser:
        page = browser.context.new_page()
        look_at(browser, made, page)
        popup = browser.popup_for(page)
        popup.get_by_text("pages: off").click()
        expect(popup.get_by_text("terms forbid programs")).to_be_visible()
        shot(popup, "site-light")
        popup.get_by_role("button", name="Draw marks all the same").click()
        expect(popup.get_by_text("pages: on")).to_be_visible()

        # What a person's yes to the browser's own question does: nobody can press it here.
        settings = browser.context.new_page()
        settings.goto("chrome://extensions/")
        grant = "([id, site]) => chrome.developerPrivate.addHostPermission(id, site)"
        settings.evaluate(grant, [browser.id, f"https://{made.host}/*"])
        settings.close()
        popup.get_by_role("button", name=f"Always look through {made.host}").click()
        expect(popup.get_by_text(f"looks through every page of {made.host}")).to_be_visible()
        other = browser.context.new_page()
        other.goto(made.address)

        def state() -> dict[str, Any] | None:
            kept = browser.worker.evaluate(STATE, browser.worker.evaluate(LAST_TAB))
            return None if kept is None else dict(kept)

        def is_read() -> bool:
            kept = state() or {"phase": "", "items": []}
            return kept["phase"] == "done" and len(kept["items"]) >= len(made.planted)

        until(other, is_read, lambda: f"it was not looked through: {state()}")
        assert_read(state() or {}, made)

        popup.bring_to_front()
        popup.get_by_role("button", name="Stop doing so").click()
        expect(popup.get_by_role("button", name="Stop doing so")).to_be_hidden()
        held = "(origins) => chrome.permissions.contains({ origins })"
        assert browser.worker.evaluate(held, [f"https://{made.host}/*"]) is False
