"""The page of the issuer lists in a real browser: without scripts its forms reach the server."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shot
from tests.server.conftest import Served

pytestmark = pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)


@pytest.fixture
def page(plain: Browser, theme: str, server: Served) -> Iterator[Page]:
    """The page, without scripts, in a browser that opened the wallet."""
    with plain.new_context(
        java_script_enabled=False,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 900, "height": 1200},
    ) as context:
        opened = context.new_page()
        opened.goto(server.wallet_link)
        opened.get_by_role("link", name="Issuer lists").click()
        yield opened


def test_an_issuer_is_allowed_and_then_let_go(page: Page, theme: str) -> None:
    form = page.locator("form").filter(has=page.locator("[name=issuer]")).first
    form.locator("[name=issuer]").fill("did:web:meadow.example")
    form.locator("[name=name]").fill("Meadow School")
    form.get_by_role("radio").first.check()
    form.get_by_role("button").click()
    expect(page.get_by_text("Meadow School")).to_be_visible()
    shot(page, f"trust-{theme}")
