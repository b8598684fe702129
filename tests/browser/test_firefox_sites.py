"""Every adapter in a real Firefox: each planted badge is found by a click on the toolbar, and nothing
else.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

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

CHANGED, LATER = linkedin.changed(1), portfolio.portfolio(7)
PAGES = [*PROFILES, *LETTERS, *PROJECTS, *PORTFOLIOS, CHANGED, LATER, decoys.page(1), large.page()]
STATE = """
    const [tab] = await browser.tabs.query({ active: true });
    const name = `page:${tab.id}`;
    return (await browser.storage.session.get(name))[name];
"""

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@dataclass
class Visit:
    """A Firefox with one tab for the pages, and behind it one of ours that is asked about it."""

    firefox: Firefox
    ours: str
    tab: str

    def go(self, made: MadePage) -> None:
        """Load the page; nobody has asked for anything there."""
        self.firefox.show(self.tab)
        self.firefox.marionette.navigate(made.address)

    def state(self) -> dict[str, Any] | None:
        """What the extension keeps of the page."""
        self.firefox.marionette.switch_to_window(self.ours, focus=False)
        state = self.firefox.ask(STATE)
        self.firefox.marionette.switch_to_window(self.tab, focus=False)
        assert state is None or isinstance(state, dict)
        return state

    def look_at(self, made: MadePage) -> dict[str, Any]:
        """What the extension keeps of the page, once its button was pressed there."""
        self.go(made)
        assert self.state() is None
        self.firefox.click_toolbar()
        end = time.monotonic() + 10
        while time.monotonic() < end:
            state = self.state()
            if state and state["phase"] == "done":
                self.firefox.click_toolbar()
                return state
            time.sleep(0.05)
        pytest.fail(f"{made.address} was not looked through")


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
        firefox.use("http://127.0.0.1:9")  # no server: what was found is kept all the same
        ours = str(firefox.marionette.current_window_handle)
        yield Visit(firefox, ours, firefox.open("about:blank"))


@pytest.mark.parametrize("made", PROFILES[:2], ids=lambda made: made.address)
def test_try(visit: Visit, made: MadePage) -> None:
    t=time.monotonic()
    state = visit.look_at(made)
    print(time.monotonic()-t, state.get("trouble"), len(state["items"]))
    assert_read(state, made)
