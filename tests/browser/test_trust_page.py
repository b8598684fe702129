"""The page of the issuer lists in a real browser: without scripts its forms reach the server."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, shot
from tests.server.conftest import Served, start

pytestmark = pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    """A server with no lists but the shipped ones."""
    served = start(tmp_path / "server")
    yield served
    assert served.stop() == "", "the server complained"


@pytest.fixture
def page(chromium: str, theme: str, served: Served) -> Iterator[Page]:
    """The page, without scripts, in a browser that opened the wallet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS[2:]))
        context = browser.new_context(
            java_script_enabled=False,
            color_scheme="dark" if theme == "dark" else "light",
            viewport={"width": 900, "height": 1200},
        )
        opened = context.new_page()
        opened.goto(served.wallet_link)
        opened.get_by_role("link", name="Issuer lists").click()
        yield opened
        browser.close()


def test_an_issuer_is_allowed_and_then_let_go(page: Page, theme: str) -> None:
    form = page.locator("form").filter(has=page.locator("[name=issuer]")).first
    form.locator("[name=issuer]").fill("did:web:meadow.example")
    form.locator("[name=name]").fill("Meadow School")
    form.get_by_role("radio").first.check()
    form.get_by_role("button").click()
    expect(page.get_by_text("Meadow School")).to_be_visible()
    shot(page, f"trust-{theme}")
