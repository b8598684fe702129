"""A real Firefox with the extension's package in it, driven over Marionette."""

from __future__ import annotations

import gc
import json
import socket
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from marionette_driver import By, errors
from marionette_driver.addons import Addons
from marionette_driver.marionette import Marionette
from msgspec import Struct

from tests.browser.conftest import INTO_VAULT
from tests.browser.fence import Fence

GECKO_ID = "touchstone@touchstone.invalid"
#: Firefox makes up a new one for each profile unless it is told one.
UUID = "0d6ea4c1-5f4f-4f6e-9a3a-2b1c4d5e6f70"
ORIGIN = f"moz-extension://{UUID}"
_QUIET = {
    "app.normandy.enabled": False,
    "browser.backup.enabled": False,
    "browser.search.update": False,
    "extensions.webextensions.uuids": json.dumps({GECKO_ID: UUID}),
    # asked from a click, an optional permission is granted without the window nobody could press
    "extensions.webextOptionalPermissionPrompts": False,
}
_CLICK = """
const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
const { extension } = WebExtensionPolicy.getByID(arguments[0]);
ExtensionParent.apiManager.global.browserActionFor(extension).triggerAction(window);
"""


class Firefox(Struct):
    """Firefox, and how to open what a click on the toolbar opens."""

    marionette: Marionette

    def open(self, address: str) -> str:
        """A new tab at `address`; its handle."""
        handle = self.marionette.open(type="tab", focus=True)["handle"]
        self.marionette.switch_to_window(handle)
        self.marionette.navigate(address)
        return str(handle)

    def show(self, handle: str) -> None:
        """Go to the tab `handle`."""
        self.marionette.switch_to_window(handle)

    def ask(self, script: str, *arguments: object) -> Any:  # noqa: ANN401 whatever the script gives
        """The JSON value of the asynchronous function body `script`, run in the current page."""
        wrapped = f"""
            const done = arguments[arguments.length - 1];
            (async (...given) => {{ {script} }})(...[...arguments].slice(0, -1))
                .then((value) => done(JSON.stringify({{ value: value ?? null }})),
                      (problem) => done(JSON.stringify({{ problem: String(problem) }})));
        """
        answer = json.loads(
            self.marionette.execute_async_script(wrapped, list(arguments), sandbox=None)
        )
        assert "problem" not in answer, answer["problem"]
        return answer["value"]

    def use(self, address: str) -> None:
        """Point the extension at the server under test."""
        self.open(f"{ORIGIN}/options/options.html")
        self.ask(f"await ({INTO_VAULT})({{ address: given[0] }})", address)

    def popup_for(self, address: str) -> str:
        """The toolbar popup over the tab at `address`, in a tab of its own where it stays open."""
        self.open(f"{ORIGIN}/options/options.html")
        tabs = self.ask("return (await browser.tabs.query({})).map(({ id, url }) => [id, url])")
        number = next(number for number, url in tabs if url == address)
        self.marionette.navigate(f"{ORIGIN}/popup/popup.html?tab={number}")
        return str(self.marionette.current_window_handle)

    def click_toolbar(self) -> None:
        """Press the extension's toolbar button, as a person would."""
        with self.marionette.using_context("chrome"):
            self.marionette.execute_script(_CLICK, [GECKO_ID])

    def close_popup(self) -> None:
        """Close whatever a press of the toolbar's button opened."""
        with self.marionette.using_context("chrome"):
            self.marionette.execute_script(
                "for (const panel of document.querySelectorAll('panel')) panel.hidePopup();"
            )

    def find(self, selector: str) -> list[Any]:
        """The elements of the current page that fit."""
        return list(self.marionette.find_elements(By.CSS_SELECTOR, selector))

    def until(self, holds: Callable[[], bool], says: str, seconds: float = 60) -> None:
        """Wait until `holds`; fail with `says` if it never does."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                if holds():
                    return
            except (errors.StaleElementException, errors.NoSuchElementException):
                pass  # it is being drawn anew
            time.sleep(0.1)
        pytest.fail(says)

    def shot(self, path: Path) -> None:
        """Keep a screenshot for people to look at."""
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(self.marionette.screenshot(format="binary"))


@contextmanager
def running(
    binary: str,
    package: Path,
    folder: Path,
    web: Fence | None = None,
    prefs: Mapping[str, object] | None = None,
) -> Iterator[Firefox]:
    """A Firefox with nothing in its profile but `package`; its log lies in `folder`."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    proxy = {} if web is None else _through(web)
    marionette = Marionette(
        bin=binary,
        headless=True,
        startup_timeout=180,  # on the busiest of machines
        port=port,
        gecko_log=str(folder / "firefox.log"),
        prefs={**_QUIET, **proxy, **(prefs or {})},
    )
    try:
        marionette.start_session({"acceptInsecureCerts": True})
        Addons(marionette).install(str(package), temp=True)
        yield Firefox(marionette)
    finally:
        marionette.quit()
        marionette.cleanup()
        marionette.instance = None
        gc.collect()  # its profile removes itself then, and not when Python is half gone


def _through(web: Fence) -> dict[str, Any]:
    return {
        "network.proxy.type": 1,
        "network.proxy.http": "127.0.0.1",
        "network.proxy.http_port": web.port,
        "network.proxy.ssl": "127.0.0.1",
        "network.proxy.ssl_port": web.port,
        "network.proxy.no_proxies_on": "127.0.0.1, localhost",
    }
