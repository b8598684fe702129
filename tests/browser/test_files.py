"""Badges handed on as files, as a learner saves them and as a recruiter opens them from disk: with
no server, no network and no scripts.
"""

import io
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, expect
from pypdf import PdfReader

from tests.browser.conftest import shot
from tests.browser.test_view import _axe
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import GOOD, picture, write_web
from verifier.containers import qr

DEMO = {
    "data-literacy.png": "Verified",
    "workshop-safety.png": "Intact, issuer not known",
    "tide-modelling.png": "Expired",
    "laboratory-assistant.png": "Suspended",
    "navigator-of-open-data.png": "Revoked",
    "sustainable-design.png": "Not yet valid",
    "machine-learning.png": "Imitation",
    "project-manager.png": "Not genuine",
    "community-garden.svg": "Not established",
}
HELD = picture(GOOD.encode())


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Served, list[str]]]:
    """A wallet with a badge that has its own address, and some of the demo's; their ids."""
    folder = tmp_path_factory.mktemp("files")
    write_web(folder / "web")
    served = start(folder, *options_for(folder))
    with served.client(served.pair()) as client:
        path = "/api/wallet/credentials"
        saved = [client.post(path, files={"file": ("a.png", HELD)})]
        for name in DEMO:
            address = f"{served.address}/demo/badges/{name}"
            saved.append(client.post(path, json={"url": address}))
    yield served, [answer.json()["id"] for answer in saved]
    assert served.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def file(
    plain: Browser, kept: tuple[Served, list[str]], tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The page that the learner saves, by the wallet's own buttons."""
    served, ids = kept
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.wallet_link)
    page.goto(f"{served.address}/wallet/shares/new?{'&'.join(f'badge={one}' for one in ids)}")
    page.get_by_label("What to call it").fill("Looms and data")
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save as a page (HTML)").click()
    path = tmp_path_factory.mktemp("received") / saved.value.suggested_filename
    saved.value.save_as(path)
    context.close()
    return path


@pytest.fixture
def recruiter(plain: Browser) -> Iterator[BrowserContext]:
    """A browser that reaches nothing, and runs no script of a page."""
    context = plain.new_context(offline=True, java_script_enabled=False)
    yield context
    context.close()


def test_the_file_shows_the_same_from_disk_and_asks_nobody(
    recruiter: BrowserContext, file: Path
) -> None:
    asked: list[str] = []
    complaints: list[str] = []
    recruiter.on("request", lambda request: asked.append(request.url[:40]))
    page = recruiter.new_page()
    page.on("console", lambda message: complaints.append(message.text))
    page.goto(file.as_uri())
    title = f"{1 + len(DEMO)} badges: Looms and data"
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    for number, word in enumerate(["Verified", *DEMO.values()], 1):
        article = page.locator(f"#badge-{number}")
        expect(article.locator("header .pill")).to_have_text(word)
        expect(article.locator("header")).to_contain_text("Checked")
        expect(article.locator(".answers").first.locator("> details")).to_have_count(5)
    with page.expect_download() as saved:
        page.locator("#badge-1").get_by_role("link", name="Save this badge").click()
    assert saved.value.path().read_bytes() == HELD
    assert (saved.value.suggested_filename, complaints) == ("badge-1.png", [])
    assert [url for url in asked if not url.startswith("data:")] == [file.as_uri()[:40]]


def test_it_prints_a_sheet_a_badge_with_a_code_that_leads_to_it(
    recruiter: BrowserContext, file: Path
) -> None:
    page = recruiter.new_page()
    page.goto(file.as_uri())
    sheets = PdfReader(io.BytesIO(page.pdf(format="A4"))).pages
    assert len(sheets) == 1 + len(DEMO)
    printed = unicodedata.normalize("NFKC", sheets[0].extract_text())
    assert "still confirms this badge" in printed  # what is folded on the screen
    page.emulate_media(media="print")
    assert qr.read(page.locator(".on-paper").first.screenshot()) == (GOOD.encode(),)


@pytest.mark.parametrize("theme", ["light", "dark"], indirect=True)
def test_axe_finds_nothing_and_it_fits_a_telephone(plain: Browser, file: Path, theme: str) -> None:
    context = plain.new_context(
        viewport={"width": 360, "height": 740},
        color_scheme="dark" if theme == "dark" else "light",
        bypass_csp=True,
    )
    page = context.new_page()
    page.goto(file.as_uri())
    _axe(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.set_viewport_size({"width": 900, "height": 1100})
    shot(page, f"handed-on-{theme}")
    context.close()


def test_a_badge_is_printed_from_its_page_or_saved_as_paper(
    plain: Browser, kept: tuple[Served, list[str]]
) -> None:
    served, ids = kept
    context = plain.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served.printed_again().split()[-1])
    page.goto(f"{served.address}/wallet/{ids[0]}")
    assert len(PdfReader(io.BytesIO(page.pdf(format="A4"))).pages) == 1
    page.emulate_media(media="print")
    assert qr.read(page.locator(".on-paper").screenshot()) == (GOOD.encode(),)
    page.emulate_media(media="screen")
    page.get_by_role("link", name="Hand it on").click()
    with page.expect_download() as saved:
        page.get_by_role("link", name="The same on paper").click()
    text = PdfReader(saved.value.path()).pages[0].extract_text()
    assert "Weaving, first year" in text
    context.close()
