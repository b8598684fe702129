"""Taking the wallet along as a learner does, in a real browser: download, delete, bring it back."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import shot
from tests.browser.test_view import _axe
from tests.server.conftest import Served, options_for, start
from tests.server.exports import kept
from tests.server.made_up import EXPIRED, GOOD, picture, write_web

PASSPHRASE = "seven looms and a kettle"  # noqa: S105 - made up


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("leaving")
    write_web(folder / "web")
    served = start(folder, *options_for(folder))
    with served.client(served.pair()) as client:
        client.post("/api/wallet/credentials", files={"file": ("a.png", picture(GOOD.encode()))})
        client.post("/api/wallet/credentials", json={"url": EXPIRED})
    yield served
    assert served.stop() == "", "the server complained"


def opened(plain: Browser, served: Served, **options: Any) -> Page:  # noqa: ANN401 as playwright's
    """The page, reached from the wallet."""
    page = plain.new_context(**options).new_page()
    page.goto(served.printed_again().split()[-1])
    page.get_by_role("link", name="Take it with you").click()
    page.wait_for_load_state()
    return page


@pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_and_it_fits_a_telephone(
    plain: Browser, served: Served, theme: str
) -> None:
    size = {"width": 360, "height": 740}
    scheme = "dark" if theme == "dark" else "light"
    page = opened(plain, served, viewport=size, color_scheme=scheme)
    page.get_by_text("Encrypt it with a passphrase").click()
    _axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= size["width"]
    page.set_viewport_size({"width": 900, "height": 1100})
    shot(page, f"leave-{theme}")
    page.context.close()


def test_a_wallet_is_downloaded_deleted_and_brought_back(
    plain: Browser, served: Served, tmp_path: Path
) -> None:
    """Without any script."""
    page = opened(plain, served, java_script_enabled=False)
    expect(page.get_by_text("2 badges, 2 credentials")).to_be_visible()
    with page.expect_download() as whole:
        page.get_by_role("link", name="Download", exact=True).click()
    whole.value.save_as(tmp_path / whole.value.suggested_filename)
    assert whole.value.suggested_filename == "touchstone-wallet.zip"
    page.get_by_text("Encrypt it with a passphrase").click()
    page.get_by_label("Passphrase", exact=True).fill(PASSPHRASE)
    page.get_by_label("The same again").fill(PASSPHRASE)
    with page.expect_download() as sealed:
        page.get_by_role("button", name="Download encrypted").click()
    sealed.value.save_as(tmp_path / sealed.value.suggested_filename)

    page.get_by_label("Type “delete”").fill("delete")
    page.get_by_role("button", name="Delete everything").click()
    expect(page.get_by_role("status")).to_contain_text("Your wallet is empty")
    page.get_by_role("link", name="Badges").click()
    expect(page.get_by_text("There is nothing in it yet.")).to_be_visible()

    page.get_by_role("link", name="Take it with you").click()
    page.get_by_label("The file").set_input_files(tmp_path / "touchstone-wallet.zip.age")
    page.get_by_label("Its passphrase").fill("something else")
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("alert")).to_contain_text("The passphrase does not open this file")
    page.get_by_label("The file").set_input_files(tmp_path / "touchstone-wallet.zip.age")
    page.get_by_label("Its passphrase").fill(PASSPHRASE)
    page.get_by_role("button", name="Restore").click()
    expect(page.get_by_role("status")).to_contain_text("2 credentials are new")
    with page.expect_download() as again:
        page.get_by_role("link", name="Download", exact=True).click()
    again.value.save_as(tmp_path / "again.zip")
    first = (tmp_path / "touchstone-wallet.zip").read_bytes()
    assert kept((tmp_path / "again.zip").read_bytes()) == kept(first)
    page.context.close()
