"""A real Chromium with the extension in it, and a real server, as a person would have them."""

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, Worker, sync_playwright

from tests.browser.fence import Fence

REPOSITORY = Path(__file__).parent.parent.parent
EXTENSION = REPOSITORY / "extension"
SCREENSHOTS = REPOSITORY / "build" / "screenshots"

#: What `background/vault.js` does, for tests that start with something in it.
INTO_VAULT = """(values) => new Promise((done, failed) => {
    const opened = indexedDB.open("touchstone", 1);
    opened.onupgradeneeded = () => opened.result.createObjectStore("kept");
    opened.onerror = () => failed(opened.error);
    opened.onsuccess = () => {
        const transaction = opened.result.transaction("kept", "readwrite");
        const store = transaction.objectStore("kept");
        for (const [name, value] of Object.entries(values)) store.put(value, name);
        transaction.oncomplete = () => { opened.result.close(); done(null); };
        transaction.onabort = () => failed(transaction.error);
    };
})"""

#: The look-up rule is the fence: whatever is not on this machine has no address.
FLAGS = (
    f"--disable-extensions-except={EXTENSION}",
    f"--load-extension={EXTENSION}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-quic", "--no-first-run"),
)


@dataclass
class Browser:
    """Chromium, the extension's worker, and how to open what a click on the toolbar opens."""

    context: BrowserContext
    worker: Worker

    @property
    def id(self) -> str:
        """The extension's id."""
        return self.worker.url.split("/")[2]

    def tab_of(self, page: Page) -> int:
        """The number by which the extension knows `page`'s tab."""
        find = """async (url) =>
            (await chrome.tabs.query({})).filter((tab) => tab.url === url)[0]?.id
                ?? (await chrome.tabs.query({ active: true }))[0].id"""
        page.bring_to_front()
        found = self.worker.evaluate(find, page.url)
        assert isinstance(found, int)
        return found

    def press_button(self, page: Page) -> None:
        """Press the toolbar's button over `page`, by which the extension may look into it.

        What opens there closes with the test's next step; the permission stays with the tab.
        """
        page.bring_to_front()
        browser = self.context.browser
        assert browser
        session = browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        (target,) = [tab["targetId"] for tab in tabs if tab["url"] == page.url]
        for _ in range(2):  # the permission can come later than the click
            session.send("Extensions.triggerAction", {"id": self.id, "targetId": target})
            page.wait_for_timeout(300)
        session.detach()

    def popup_for(self, page: Page) -> Page:
        """The toolbar popup over `page`, in a tab of its own so that it stays open."""
        return self._face("popup/popup.html", page, width=420, height=600)

    def panel_for(self, page: Page, width: int = 360) -> Page:
        """The side panel's page about `page`'s tab, in a tab of its own."""
        return self._face("panel/panel.html", page, width=width, height=800)

    def _face(self, path: str, page: Page, *, width: int, height: int) -> Page:
        face = self.context.new_page()
        face.set_viewport_size({"width": width, "height": height})
        face.goto(f"chrome-extension://{self.id}/{path}?tab={self.tab_of(page)}")
        return face

    def options(self) -> Page:
        """The settings."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.id}/options/options.html")
        return page

    def use(self, address: str) -> None:
        """Point the extension at the server under test."""
        self.keep(address=address)

    def keep(self, **values: object) -> None:
        """Put `values` where the extension keeps what no page may read."""
        self.worker.evaluate(f"(values) => ({INTO_VAULT})(values)", values)

    def marks(self, page: Page, count: int) -> list[str]:
        """The accessible names of the marks on `page`, once there are `count` of them.

        They stand in a closed shadow root, where only assistive technology can read them.
        """
        page.bring_to_front()
        names = self._marks_now(page)
        for _ in range(100):  # they are drawn with the page's next frames
            if len(names) == count:
                return names
            page.wait_for_timeout(100)
            names = self._marks_now(page)
        pytest.fail(f"there are {len(names)} marks and not {count}: {names}")

    def _marks_now(self, page: Page) -> list[str]:
        session = self.context.new_cdp_session(page)
        tree = session.send("Accessibility.getFullAXTree")
        session.detach()
        return [name for node in tree["nodes"] if (name := _mark(node))]


def _mark(node: dict[str, Any]) -> str | None:
    name = node.get("name", {}).get("value", "")
    is_button = node.get("role", {}).get("value") == "button"
    return name if is_button and name.startswith("Touchstone: ") else None


def shot(page: Page, name: str) -> None:
    """Keep a screenshot for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")


def write_documents(folder: Path, answers: dict[str, tuple[str, bytes, str]]) -> None:
    """A documents folder: address → (file name, its bytes, its content type)."""
    folder.mkdir(parents=True, exist_ok=True)
    listed = {}
    for url, (name, content, kind) in answers.items():
        (folder / name).write_bytes(content)
        listed[url] = {"file": name, "status": 200, "content_type": kind}
    (folder / "urls.json").write_text(json.dumps(listed), encoding="utf-8")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest) -> str:
    """Both themes."""
    return str(request.param)


@pytest.fixture
def browser(chromium: str, theme: str, tmp_path: Path) -> Iterator[Browser]:
    """A Chromium with nothing in its profile but the extension."""
    with launched(chromium, theme, tmp_path / "profile") as found:
        yield found


@contextmanager
def launched(
    chromium: str, theme: str, profile: Path, web: Fence | None = None, language: str = "en"
) -> Iterator[Browser]:
    """A Chromium in `language` with the extension in it, while the context lasts; `web` is all it
    can reach.
    """
    named = ("--ignore-certificate-errors", f"--proxy-server=127.0.0.1:{web.port}") if web else ()
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": 1000, "height": 900},
            chromium_sandbox=os.getuid() != 0,  # Chromium refuses its sandbox to root
            args=[*FLAGS, *named],
            env={**os.environ, "LANGUAGE": language},
        )
        known = context.service_workers
        worker = known[0] if known else context.wait_for_event("serviceworker")
        yield Browser(context, worker)
        context.close()
