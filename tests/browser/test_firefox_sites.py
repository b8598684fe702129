"""Made pages of every site in a real Firefox: a press of the toolbar's button finds each planted
badge, and nothing else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct

from tests.browser.conftest import INTO_VAULT, write_documents
from tests.browser.fence import fence
from tests.browser.firefox import GECKO_ID, ORIGIN, Firefox, running
from tests.browser.hostile import FROM_VAULT, IN_PAGE, MESSAGES, is_no
from tests.browser.test_firefox import packages  # noqa: F401 a fixture
from tests.browser.test_sites import (
    LETTERS,
    PORTFOLIOS,
    PROFILES,
    PROJECTS,
    assert_read,
    found,
    planted,
)
from tests.pages import decoys, large, linkedin, portfolio
from tests.pages.page import Chance, MadePage
from tests.pages.serve import served
from tests.server.conftest import Served, start

#: Every layout and every language; all of them together are looked through in Chromium.
ACROSS = [
    PROFILES[len(linkedin.LANGUAGES) * (seed % len(linkedin.LAYOUTS)) + seed]
    for seed in range(len(linkedin.LANGUAGES))
]
CHANGED, GROWING, DECOYS = linkedin.changed(1), portfolio.portfolio(7), decoys.page(1)
AWAY = "http://127.0.0.1:9"  # no server: what was found is kept all the same
PHRASE, EMAIL = "seven herons at low tide", "mira.solano@portfolio.example"
BADGES = 14  # on the demo page, the linked one included
PAGES = [*PROFILES, *LETTERS, *PROJECTS, *PORTFOLIOS, CHANGED, GROWING, DECOYS, large.page()]
STATE = """
    const [{ id }] = await browser.tabs.query({ active: true });
    return (await browser.storage.session.get(`page:${id}`))[`page:${id}`];
"""
CHILDREN = "return document.documentElement.children.length"
FOCUSED = (
    """return (await browser.storage.session.getKeys()).filter((name) => /^focus:/.test(name))"""
)
READ_MARKS = """
    const host = document.documentElement.lastElementChild;
    const attributes = [...host.attributes].map(({ name, value }) => `${name}=${value}`);
    return [attributes, host.shadowRoot, host.textContent, [...host.children]];
"""
PRESS_MARKS = """
    const host = document.documentElement.lastElementChild;
    const box = document.querySelector("main img").getBoundingClientRect();
    const [clientX, clientY] = [box.right - 2, box.top + 2];
    const where = { bubbles: true, composed: true, clientX, clientY };
    for (const one of [host, document.elementFromPoint(clientX, clientY)]) {
        one.click();
        for (const type of ["mousedown", "mouseup", "click"])
            one.dispatchEvent(new MouseEvent(type, where));
        for (const type of ["keydown", "keyup"])
            one.dispatchEvent(new KeyboardEvent(type, { ...where, key: "Enter" }));
    }
"""
REMOVE_MARKS = "document.documentElement.children[2]?.remove()"
#: Waits for the look at what is rare, which is had after the first answer.
LOOKED = """
    const [{ id: tabId }] = await browser.tabs.query({ active: true });
    const func = async () => {
        await new Promise((done) => setTimeout(done, 0));
        await Touchstone.work.run(function* () {});
    };
    await browser.scripting.executeScript({ target: { tabId }, func });
"""

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


class Visit(Struct):
    """A Firefox, and in it a page of ours that is asked about the tab in front of it."""

    firefox: Firefox
    ours: str

    @contextmanager
    def at(self, address: str) -> Iterator[None]:
        """The page in a tab of its own, in front of everything."""
        self.firefox.open(address)
        try:
            yield
        finally:
            self.firefox.marionette.close()
            self.firefox.show(self.ours)

    def ask(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 whatever the script gives
        """What a page of ours gets, while the tab in front stays there."""
        page = self.firefox.marionette.current_window_handle
        self.firefox.marionette.switch_to_window(self.ours, focus=False)
        value = self.firefox.ask(script, *arguments)
        self.firefox.marionette.switch_to_window(page, focus=False)
        return value

    def keep(self, **values: object) -> None:
        """Put `values` where the extension keeps what no page may read."""
        self.ask(f"await ({INTO_VAULT})(given[0])", values)

    def look(self, least: int = 0) -> dict[str, Any]:
        """What is kept of the tab in front, `least` badges or more, once the button was pressed
        there: the press alone lets the extension in.
        """
        assert self.ask(STATE) is None, "nobody asked yet"
        for seconds in (4, 4, 4, 60):  # a press closes a popup that is still there
            self.firefox.click_toolbar()
            if self._kept(0, seconds):
                break
        self.ask(LOOKED)
        kept = self._kept(least, 60)
        self.firefox.close_popup()
        assert kept, f"it was not looked through: {self.ask(STATE)}"
        return kept

    def _kept(self, least: int, seconds: float) -> dict[str, Any] | None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            kept = self.ask(STATE)
            if kept and kept["phase"] == "done" and len(kept["items"]) >= least:
                assert isinstance(kept, dict)
                return kept
            time.sleep(0.05)
        return None


@pytest.fixture(scope="module")
def visit(
    firefox_path: str,
    packages: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Visit]:
    """One Firefox for all, that can reach these pages and nothing else."""
    folder = tmp_path_factory.mktemp("firefox")
    with (
        served(PAGES, folder / "sites") as sites,
        fence(sites.fenced()) as web,
        running(firefox_path, packages / "firefox", folder, web) as firefox,
    ):
        firefox.use(AWAY)
        yield Visit(firefox, str(firefox.marionette.current_window_handle))


@pytest.mark.parametrize(
    "pages",
    [ACROSS, LETTERS, PROJECTS, PORTFOLIOS],
    ids=["linkedin", "mail", "github", "portfolio"],
)
def test_every_planted_badge_is_found(visit: Visit, pages: list[MadePage]) -> None:
    for made in pages:
        with visit.at(made.address):
            kept = visit.look(len(made.planted))
            assert "changed" not in kept
            assert_read(kept, made)


def test_a_site_that_has_changed_is_said_to_have(visit: Visit) -> None:
    with visit.at(CHANGED.address):
        kept = visit.look()
        assert (kept["changed"], kept["items"]) == ("LinkedIn", [])


def test_linkedins_page_is_left_untouched(visit: Visit) -> None:
    with visit.at(PROFILES[0].address):
        before = visit.firefox.ask("return document.documentElement.outerHTML")
        visit.look()
        assert visit.firefox.ask("return document.documentElement.outerHTML") == before


def test_what_comes_late(visit: Visit) -> None:
    chance = Chance(8)
    awards = [f"https://www.credly.com/badges/{chance.uuid()}" for _ in range(4)]
    expected = set(planted(GROWING)) | set(awards)
    with visit.at(GROWING.address):
        visit.look(len(GROWING.planted))
        visit.firefox.ask(f"({portfolio.LATE})(given[0])", awards)
        visit.firefox.until(
            lambda: set(found(visit.ask(STATE))) >= expected, "what came late was not found"
        )
        assert set(found(visit.ask(STATE))) == expected


def test_a_large_page(visit: Visit) -> None:
    with visit.at(large.ADDRESS):
        assert len(visit.look(500)["items"]) == 500


@pytest.fixture
def server(visit: Visit, tmp_path: Path) -> Iterator[Served]:
    """A server that is paired, and whose web is the decoys' pictures."""
    answers = {
        f"https://{DECOYS.host}{path}": (path[1:], content, kind)
        for path, (kind, content) in DECOYS.files.items()
    }
    write_documents(tmp_path / "web", answers)
    started = start(tmp_path / "server", "--documents", str(tmp_path / "web"))
    token = started.pair(ORIGIN)
    visit.keep(address=started.address, token=token, phrase=PHRASE, emails=[EMAIL])
    yield started
    visit.keep(address=AWAY)
    assert started.stop() == "", "the server complained"


def test_decoys_get_no_mark(visit: Visit, server: Served) -> None:
    """The server looks into the pictures, since any may be baked; about nothing else is asked."""
    with visit.at(DECOYS.address):
        kept = visit.look(4)
        assert kept["trouble"] is None
        assert [item["url"] for item in kept["items"] if item["kind"] != "image"] == []
        assert {item["state"] for item in kept["items"]} == {"dropped"}
        assert visit.firefox.ask(CHILDREN) == 2, "head and body, and no marks"


def test_a_hostile_page(visit: Visit, server: Served) -> None:
    """Its scripts read nothing, press nothing, and take no more than the marks."""
    page = visit.firefox
    with visit.at(f"{server.address}/demo"):
        before = visit.ask(f"return ({FROM_VAULT})()")
        visit.look(BADGES)

        def shown() -> int:
            return [item["state"] for item in visit.ask(STATE)["items"]].count("shown")

        page.until(lambda: shown() == BADGES, "not all of them are shown")
        kept = visit.ask(STATE)
        page.until(lambda: page.ask(CHILDREN) == 3, "there are no marks")

        told = page.ask(f"return ({IN_PAGE})(given)", list(MESSAGES), f"{ORIGIN}/", GECKO_ID)
        assert [secret for secret in before if str(secret) in str(told)] == []
        assert (told["others"], told["globals"]) == ([], [])
        assert {name: gave for name, gave in told["got"].items() if not is_no(gave)} == {}
        assert page.ask(READ_MARKS) == [["popover=manual"], None, "", []]

        page.ask(PRESS_MARKS)
        time.sleep(0.5)
        assert visit.ask(FOCUSED) == []
        _press_mark(page)
        page.until(lambda: visit.ask(FOCUSED) != [], "a person's press opens it")

        page.ask(REMOVE_MARKS)
        page.until(lambda: page.ask(CHILDREN) == 3, "they did not come back")
        for _ in range(13):
            page.ask(REMOVE_MARKS)
            time.sleep(0.05)
        assert page.ask(CHILDREN) == 2, "they are given up"
        assert visit.ask(STATE) == kept
        assert visit.ask(f"return ({FROM_VAULT})()") == before


def _press_mark(firefox: Firefox) -> None:
    x, y = firefox.ask(
        """const box = document.querySelector("main img").getBoundingClientRect();
        return [Math.round(box.right) - 2, Math.round(box.top) + 2]"""
    )
    mouse = firefox.marionette.actions.sequence("pointer", "mouse", {"pointerType": "mouse"})
    mouse.pointer_move(x, y).pointer_down(0).pointer_up(0).perform()
