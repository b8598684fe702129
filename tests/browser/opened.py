"""A page of the wallet as whoever opened it has it, in a browser without the extension."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page

from tests.browser.conftest import PATIENCE
from tests.server.conftest import Served


@contextmanager
def opened(
    plain: Browser,
    served: Served,
    theme: str = "light",
    *,
    width: int = 1100,
    scripts: bool = False,
    path: str = "",
) -> Iterator[Page]:
    """A page of somebody who opened the wallet of `served`; with `path` of a stranger, there."""
    context = plain.new_context(
        java_script_enabled=scripts,
        bypass_csp=scripts,  # axe is put into the page
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    if not path:
        with served.client(served.pair()) as api:
            path = served.address + api.post("/api/wallet/open", json={}).json()["path"]
    page.goto(path)
    yield page
    context.close()
