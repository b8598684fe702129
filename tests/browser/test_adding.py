"""Adding badges as a learner does it: files chosen or dropped, a backup of another wallet, a
profile to pick from, and what could not be read; with scripts and without.
"""

import base64
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.test_view import _axe, light
from tests.made import backups, cases_credly
from tests.made.folder import as_json
from tests.server.brought import COLLEGE, LOOM, MAKERS, options
from tests.server.conftest import Served, start


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("adding")
    served = start(folder, *options(folder))
    yield served
    assert served.stop() == ""


@pytest.fixture
def adding(running: Served) -> Served:
    return running.as_new()


@pytest.fixture
def scripts(request: pytest.FixtureRequest) -> bool:
    """Whether the browser runs any."""
    return bool(request.param)


@pytest.fixture
def context(plain: Browser, theme: str, scripts: bool) -> Iterator[BrowserContext]:
    """A browser as it is installed, 360 pixels wide where it runs no scripts."""
    with plain.new_context(
        java_script_enabled=scripts,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 1000 if scripts else 360, "height": 900},
    ) as context:
        yield context


def looked_at(page: Page, name: str, theme: str, scripts: bool) -> None:
    """A picture of the page, which fits into the window, and in which axe finds nothing."""
    page.wait_for_load_state()  # its stylesheet, too
    size, box = page.viewport_size, page.locator("html").bounding_box()
    assert size is not None
    assert box is not None
    assert box["width"] <= size["width"]
    page.screenshot(path=f"build/screenshots/{name}-{theme}-{size['width']}.png", full_page=True)
    if scripts:
        _axe(page)


@pytest.mark.parametrize(
    ("theme", "scripts"), [("light", True), ("dark", True), ("light", False)], indirect=True
)
def test_badges_are_added(
    context: BrowserContext, adding: Served, theme: str, scripts: bool, tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(adding.wallet_link)
    page.get_by_role("link", name="Add", exact=True).click()
    looked_at(page, "adding", theme, scripts)
    backup = tmp_path / "Wallet Backup.json"
    backup.write_bytes(as_json([backups.universal_wallet(COLLEGE, MAKERS)]))
    page.get_by_label("Choose files").set_input_files(str(backup))
    page.get_by_role("button", name="Add", exact=True).press("Enter")
    _until_finished(page, scripts)
    expect(page.locator("#state")).to_have_text("2 badges kept; 2 parts kept unread.")
    looked_at(page, "adding-backup", theme, scripts)
    page.get_by_role("link", name="Data Literacy").click()
    expect(page.get_by_role("heading", name="Data Literacy")).to_be_visible()

    page.get_by_role("link", name="Add", exact=True).click()
    page.get_by_label("Or paste addresses").fill(cases_credly.PROFILE)
    page.get_by_role("button", name="Add", exact=True).click()
    expect(page.get_by_role("heading", name="Pick your badges")).to_be_visible()
    looked_at(page, "adding-profile", theme, scripts)
    page.get_by_role("button", name="Keep what is ticked").click()
    _until_finished(page, scripts)
    expect(page.locator("#state")).to_have_text("1 badge kept.")

    page.get_by_role("link", name="Add more").click()
    page.get_by_role("link", name="kept unread").click()
    expect(page.get_by_role("heading", name="The wallet's DID document")).to_be_visible()
    looked_at(page, "adding-unread", theme, scripts)
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download The wallet's profile “Default”").click()
    assert b'"profileName": "Default"' in taken.value.path().read_bytes()
    page.get_by_role("button", name="Delete The wallet's profile").click()
    expect(page.get_by_role("button", name="Delete")).to_have_count(1)


@light
@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_a_dropped_file_is_added(context: BrowserContext, adding: Served) -> None:
    page = context.new_page()
    page.goto(adding.wallet_link)
    page.get_by_role("link", name="Add", exact=True).click()
    expect(page.get_by_text("Or drop them here.")).to_be_visible()  # by the page's script
    page.evaluate(
        """([name, content]) => {
          const file = new File([atob(content)], name, { type: "application/json" });
          const dropped = new DataTransfer();
          dropped.items.add(file);
          const zone = document.querySelector("#drop");
          zone.dispatchEvent(new DragEvent("drop", { dataTransfer: dropped, bubbles: true }));
        }""",
        ["loom.json", base64.b64encode(as_json(LOOM)).decode()],
    )
    expect(page.locator("#state")).to_have_text("1 badge kept.")
    expect(page.get_by_role("link", name="Loom Setting")).to_be_visible()


def _until_finished(page: Page, scripts: bool) -> None:
    """Without scripts a reader looks again by the page's own link."""
    expect(page.locator("#import")).to_be_visible()
    if scripts:
        expect(page.locator("#import[data-finished=yes]")).to_be_visible()
    while page.locator("#import[data-finished=no]").count():
        page.get_by_role("link", name="Look how far it is").click()
        expect(page.locator("#import")).to_be_visible()
