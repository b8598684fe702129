"""The page on which files are checked, as a recruiter uses it: with scripts and without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import shot
from tests.made import cases_cvs, cvs
from tests.server.conftest import Served
from tests.server.whole_web import started

WORDS = ("Verified", "Expired", "Revoked", "Page says more", "Not established")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for which what everybody in the CV answers is the whole web."""
    with started(tmp_path_factory.mktemp("check"), cases_cvs.web()) as server:
        yield server


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A CV with badges and a mail without any."""
    folder = tmp_path_factory.mktemp("files")
    cv, mail = folder / "cv.pdf", folder / "mail.eml"
    cv.write_bytes(cvs.pdf(cases_cvs.CV))
    mail.write_bytes(cvs.eml((cvs.Line("Good morning."),), sender="Joan Hill <j@company.example>"))
    return cv, mail


@pytest.fixture(params=[True, False], ids=["scripts", "no scripts"])
def context(plain: Browser, theme: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser as it is installed, 360 pixels wide where it runs no scripts."""
    width = 1000 if request.param else 360
    with plain.new_context(
        java_script_enabled=request.param,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 900},
    ) as context:
        yield context


def opened(context: BrowserContext, served: Served) -> Page:
    """The page, in a browser that opened the wallet."""
    with served.client(served.pair()) as client:
        path = client.post("/api/wallet/open", json={}).json()["path"]
    page = context.new_page()
    page.goto(f"{served.address}{path}")
    page.get_by_role("link", name="Check").click()
    expect(page.get_by_role("heading", name="Check files")).to_be_visible()
    return page


def _width(page: Page) -> int:
    size = page.viewport_size
    return 0 if size is None else size["width"]


def test_files_are_chosen_and_each_badge_opens_to_its_answers(
    context: BrowserContext, served: Served, files: tuple[Path, Path], theme: str
) -> None:
    served.new_code()
    page = opened(context, served)
    name = f"check-{theme}-{_width(page)}"
    shot(page, f"{name}-empty")
    page.get_by_label("Choose files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Check").press("Enter")
    expect(page.locator(".file")).to_have_count(2)
    found = page.locator(".file").first
    for word in WORDS:
        expect(found.locator(".result > summary .pill", has_text=word).first).to_be_visible()
    expect(page.locator(".file").nth(1)).to_contain_text("No badge is in this message")
    overstated = found.locator(".result", has_text="Page says more")
    overstated.locator("> summary").press("Enter")
    expect(overstated.get_by_text("Expert Chart Reading", exact=True)).to_be_visible()
    expect(overstated.get_by_text("As the page says?")).to_be_visible()
    wide = page.locator("html").bounding_box()
    assert wide is not None
    assert wide["width"] <= _width(page)
    page.screenshot(path=f"build/screenshots/{name}.png", full_page=True)


def test_nothing_chosen_says_so(context: BrowserContext, served: Served) -> None:
    served.new_code()
    page = opened(context, served)
    page.get_by_role("button", name="Check").click()
    expect(page.get_by_role("status")).to_have_text("Nothing was chosen or pasted.")


def test_an_address_is_pasted(context: BrowserContext, served: Served) -> None:
    served.new_code()
    page = opened(context, served)
    page.get_by_label("Or paste an address").fill(cases_cvs.SAMPLING.address or "")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".result")).to_contain_text("Water Quality Sampling")
    page.get_by_label("Or paste an address").fill("")
