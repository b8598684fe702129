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

from tests.browser.conftest import INTO_VAULT, write_documents
from tests.browser.fence import fence
from tests.browser.firefox import ORIGIN, Firefox, running
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

CHANGED, GROWING, DECOYS = linkedin.changed(1), portfolio.portfolio(7), decoys.page(1)
PAGES = [*PROFILES, *LETTERS, *PROJECTS, *PORTFOLIOS, CHANGED, GROWING, DECOYS, large.page()]
STATE = """
    const [{ id }] = await browser.tabs.query({ active: true });
    return (await browser.storage.session.get(`page:${id}`))[`page:${id}`];
"""

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="module")
def firefox(
    firefox_path: str,
    packages: Path,  # noqa: F811
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Firefox]:
    """One Firefox for all, that can reach these pages and nothing else."""
    folder = tmp_path_factory.mktemp("firefox")
    with (
        served(PAGES, folder / "sites") as sites,
        fence(sites.fenced()) as web,
        running(firefox_path, packages / "firefox", folder, web) as started,
    ):
        yield started


@contextmanager
def at(firefox: Firefox, made: MadePage) -> Iterator[str]:
    """The page in a tab of its own, in front of everything; the handle of a page of ours."""
    firefox.show(firefox.marionette.window_handles[0])
    firefox.use("http://127.0.0.1:9")  # no server: what was found is kept all the same
    ours = str(firefox.marionette.current_window_handle)
    firefox.open(made.address)
    yield ours
    firefox.marionette.close()
    firefox.show(ours)
    firefox.marionette.close()


def state(firefox: Firefox, ours: str) -> dict[str, Any] | None:
    """What the extension keeps of the tab in front, which stays there."""
    page = firefox.marionette.current_window_handle
    firefox.marionette.switch_to_window(ours, focus=False)
    kept = firefox.ask(STATE)
    firefox.marionette.switch_to_window(page, focus=False)
    assert kept is None or isinstance(kept, dict)
    return kept


def look_at(firefox: Firefox, ours: str) -> dict[str, Any]:
    """What it keeps once its button was pressed there: the press alone lets it into the page."""
    assert state(firefox, ours) is None
    firefox.click_toolbar()
    end = time.monotonic() + 20
    while time.monotonic() < end:
        kept = state(firefox, ours)
        if kept and kept["phase"] == "done":
            firefox.click_toolbar()  # which closes what the first press opened
            return kept
        time.sleep(0.05)
    pytest.fail(f"it was not looked through: {kept}")


@pytest.mark.parametrize(
    "pages",
    [PROFILES, LETTERS, PROJECTS, PORTFOLIOS],
    ids=["linkedin", "mail", "github", "portfolio"],
)
def test_every_planted_badge_is_found(firefox: Firefox, pages: list[MadePage]) -> None:
    for made in pages:
        with at(firefox, made) as ours:
            kept = look_at(firefox, ours)
            assert "changed" not in kept
            assert_read(kept, made)


def test_the_site_as_it_is_not_known_says_so(firefox: Firefox) -> None:
    with at(firefox, CHANGED) as ours:
        kept = look_at(firefox, ours)
        assert (kept["changed"], kept["items"]) == ("LinkedIn", [])


def test_linkedins_page_is_left_untouched(firefox: Firefox) -> None:
    with at(firefox, PROFILES[0]) as ours:
        before = firefox.ask("return document.documentElement.outerHTML")
        look_at(firefox, ours)
        assert firefox.ask("return document.documentElement.outerHTML") == before


def test_what_comes_late(firefox: Firefox) -> None:
    chance = Chance(8)
    awards = [f"https://www.credly.com/badges/{chance.uuid()}" for _ in range(4)]
    expected = set(planted(GROWING)) | set(awards)
    with at(firefox, GROWING) as ours:
        look_at(firefox, ours)
        firefox.ask(f"({portfolio.LATE})(given[0])", awards)
        firefox.until(
            lambda: set(found(state(firefox, ours) or {"items": []})) >= expected,
            "what came late was not found",
        )
        assert set(found(state(firefox, ours) or {})) == expected


def test_a_large_page(firefox: Firefox) -> None:
    with at(firefox, large.page()) as ours:
        assert len(look_at(firefox, ours)["items"]) == 500


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Served]:
    """A server whose web is the decoys' pictures."""
    answers = {
        f"https://{DECOYS.host}{path}": (path[1:], content, kind)
        for path, (kind, content) in DECOYS.files.items()
    }
    write_documents(tmp_path / "web", answers)
    started = start(tmp_path / "server", "--documents", str(tmp_path / "web"))
    yield started
    assert started.stop() == "", "the server complained"


def test_forty_decoys_get_no_mark(firefox: Firefox, server: Served) -> None:
    """A server looks into the pictures, since any may be baked; nothing else is asked about."""
    with at(firefox, DECOYS) as ours:
        kept = {"address": server.address, "token": server.pair(ORIGIN)}
        page = firefox.marionette.current_window_handle
        firefox.marionette.switch_to_window(ours, focus=False)
        firefox.ask(f"await ({INTO_VAULT})(given[0])", kept)
        firefox.marionette.switch_to_window(page, focus=False)
        seen = look_at(firefox, ours)
        assert seen["trouble"] is None
        assert [item for item in seen["items"] if item["kind"] != "image"] == []
        assert len(seen["items"]) >= 4
        assert {item["state"] for item in seen["items"]} == {"nothing"}
        assert firefox.ask("return document.documentElement.children.length") == 2, "no marks"
