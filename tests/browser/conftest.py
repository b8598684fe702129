"""A real Chromium with the extension in it, and a real server, as a person would have them."""

import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from msgspec import Struct, field
from playwright.sync_api import Browser as PlainBrowser
from playwright.sync_api import BrowserContext, Page, Playwright, Worker, expect, sync_playwright

from tests.browser.fence import Fence, fence
from tests.server.conftest import ANEW, Served, start

REPOSITORY = Path(__file__).parent.parent.parent
EXTENSION = REPOSITORY / "extension"
SCREENSHOTS = REPOSITORY / "build" / "screenshots"
#: Milliseconds after which what should be seen is not coming, on the busiest of machines.
PATIENCE = 60_000
expect.set_options(timeout=PATIENCE)

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

#: Takes from the extension's own storage and permissions all that it was given since it came.
EMPTY = """async () => {
    const done = (asked) => new Promise((settled, failed) => {
        [asked.onsuccess, asked.onerror] = [settled, () => failed(asked.error)];
    });
    for (const { name } of await indexedDB.databases()) {
        const opened = indexedDB.open(name);  // to delete it waits for whoever has it open
        await done(opened);
        for (const store of opened.result.objectStoreNames)
            await done(opened.result.transaction(store, "readwrite").objectStore(store).clear());
        opened.result.close();
    }
    await Promise.all([chrome.storage.local.clear(), chrome.storage.session.clear()]);
    const from = new Set(chrome.runtime.getManifest().host_permissions);
    const origins = (await chrome.permissions.getAll()).origins.filter((one) => !from.has(one));
    if (origins.length > 0) await chrome.permissions.remove({ origins });
}"""

#: The look-up rule is the fence: whatever is not on this machine has no address.
FLAGS = (
    f"--disable-extensions-except={EXTENSION}",
    f"--load-extension={EXTENSION}",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    *("--disable-quic", "--no-first-run"),
)


class Browser(Struct):
    """Chromium, the extension's worker, and how to open what a click on the toolbar opens."""

    context: BrowserContext
    worker: Worker
    web: Fence | None = None

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

    def press_button(self, page: Page, times: int = 2) -> None:
        """Press the toolbar's button over `page`, by which the extension may look into it: more
        than once, where nobody waits for what it finds, since the permission can come later.

        What opens there closes with the test's next step; the permission stays with the tab.
        """
        page.bring_to_front()
        browser = self.context.browser
        assert browser
        session = browser.new_browser_cdp_session()
        tabs = session.send("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]
        (target,) = [tab["targetId"] for tab in tabs if tab["url"] == page.url]
        for _ in range(times):
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
        tab = self.tab_of(page)  # which brings that to the front
        face = self.context.new_page()  # in front of it, as a popup is: behind, it is seldom drawn
        face.set_viewport_size({"width": width, "height": height})
        face.goto(f"chrome-extension://{self.id}/{path}?tab={tab}")
        return face

    def options(self) -> Page:
        """The settings."""
        page = self.context.new_page()
        page.goto(f"chrome-extension://{self.id}/options/options.html")
        return page

    def as_new(self) -> None:
        """Close everything, and start the extension again as if it had just been installed."""
        blank, ours = self.context.new_page(), self.context.new_page()
        for page in self.context.pages:
            if page not in (blank, ours):
                page.close()
        self.context.clear_cookies()
        self.context.clear_permissions()
        ours.goto(f"chrome-extension://{self.id}/manifest.json")  # which wakes no worker
        ours.evaluate(EMPTY)
        before = self.context.service_workers
        ours.evaluate("setTimeout(() => chrome.runtime.reload())")

        def fresh() -> list[Worker]:
            return [one for one in self.context.service_workers if one not in before]

        until(
            blank,
            lambda: bool(fresh()) and self.context.pages == [blank],
            "the extension did not start again",
        )
        (self.worker,) = fresh()

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
        names: list[str] = []

        def are_there() -> bool:
            page.bring_to_front()  # a popup that was slow to open may stand before it by now
            names[:] = self._marks_now(page)
            return len(names) == count

        # they are drawn with the page's next frames
        until(page, are_there, lambda: f"there are {len(names)} marks and not {count}: {names}")
        return names

    def _marks_now(self, page: Page) -> list[str]:
        session = self.context.new_cdp_session(page)
        tree = session.send("Accessibility.getFullAXTree")
        session.detach()
        return [name for node in tree["nodes"] if (name := _mark(node))]


def until(page: Page, holds: Callable[[], bool], says: str | Callable[[], str]) -> None:
    """Wait until it `holds`, as `expect` waits for what is in a page; fail with what it `says` if
    it never does.
    """
    end = time.monotonic() + PATIENCE / 1000
    while not holds():
        if time.monotonic() > end:
            pytest.fail(says if isinstance(says, str) else says())
        page.wait_for_timeout(50)


def _mark(node: dict[str, Any]) -> str | None:
    name = node.get("name", {}).get("value", "")
    is_button = node.get("role", {}).get("value") == "button"
    return name if is_button and name.startswith("Touchstone: ") else None


def shot(page: Page, name: str) -> None:
    """Keep a screenshot for people to look at."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    page.wait_for_load_state()  # its stylesheet, too
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


_driver: list[Playwright] = []


@contextmanager
def driver() -> Iterator[Playwright]:
    """Playwright; the one that is there already if there is one, since it bears none beside it."""
    if _driver:
        yield _driver[0]
        return
    with sync_playwright() as playwright:
        _driver.append(playwright)
        try:
            yield playwright
        finally:
            _driver.clear()


@contextmanager
def launched(
    chromium: str, theme: str, profile: Path, web: Fence | None = None, language: str = "en"
) -> Iterator[Browser]:
    """A Chromium in `language` with the extension in it, while the context lasts; `web` is all it
    can reach.
    """
    named = ("--ignore-certificate-errors", f"--proxy-server=127.0.0.1:{web.port}") if web else ()
    with driver() as playwright:
        context = playwright.chromium.launch_persistent_context(
            profile,
            executable_path=chromium,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": 1000, "height": 900},
            chromium_sandbox=os.getuid() != 0,  # Chromium refuses its sandbox to root
            args=[*FLAGS, *named],
            env={**os.environ, "LANGUAGE": language},
        )
        context.set_default_timeout(PATIENCE)
        known = context.service_workers
        worker = known[0] if known else context.wait_for_event("serviceworker")
        yield Browser(context, worker, web)
        context.close()


class Browsers(Struct):
    """Chromiums with the extension, lent to one test after another, each time as newly installed.

    Those for a web of their own reach that one alone; `_idle` are those that nobody has.
    """

    chromium: str
    profiles: pytest.TempPathFactory
    running: ExitStack
    _idle: dict[tuple[str, bool], Browser] = field(default_factory=dict)

    @contextmanager
    def lent(self, theme: str, web: Mapping[str, int] | None = None) -> Iterator[Browser]:
        """One; where `web` is given, it is all that can be reached: host and port, and which port
        of this machine stands for it. One that did not come back well is never lent again.
        """
        kind = (theme, web is not None)
        browser = self._idle.pop(kind, None) or self._started(*kind)
        if browser.web is not None:
            browser.web.lead(web or {})
        yield browser
        browser.as_new()
        self._idle[kind] = browser

    def _started(self, theme: str, has_web: bool) -> Browser:
        web = self.running.enter_context(fence({})) if has_web else None
        profile = self.profiles.mktemp("profile")
        browser = self.running.enter_context(launched(self.chromium, theme, profile, web))
        page = browser.context.pages[0]
        page.goto("chrome://extensions/")  # without it, what was loaded from a folder stays away
        page.evaluate("chrome.developerPrivate.updateProfileConfiguration({inDeveloperMode: true})")
        page.goto("about:blank")
        return browser


@pytest.fixture(scope="module")
def browsers(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    """Those for the tests of one file: Playwright must be gone before tests that are asynchronous
    themselves.
    """
    with driver(), ExitStack() as running:
        yield Browsers(chromium, tmp_path_factory, running)


@pytest.fixture(scope="module")
def plain(chromium: str) -> Iterator[PlainBrowser]:
    """A Chromium as it is installed, for the tests of one file: each has a context of its own."""
    with driver() as playwright:
        started = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS[2:]))
        yield started
        started.close()


@pytest.fixture
def browser(browsers: Browsers, theme: str) -> Iterator[Browser]:
    """A Chromium with nothing in its profile but the extension."""
    with browsers.lent(theme) as found:
        yield found


@pytest.fixture(scope="session")
def running_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server as `make run` starts it, for all tests to use in turn."""
    served = start(tmp_path_factory.mktemp("running"), python=ANEW)
    yield served
    assert served.stop() == "", "the server complained"


@pytest.fixture
def server(running_server: Served) -> Iterator[Served]:
    """A server with an empty wallet, with which nobody is paired."""
    before = running_server.complaints()
    yield running_server.as_new()
    assert running_server.complaints() == before, "the server complained"
