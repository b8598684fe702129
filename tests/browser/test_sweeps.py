"""A list looked through as a recruiter does it: handed in, sorted, filtered, opened row by row,
downloaded and forgotten; with scripts and without.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect

from tests.browser.test_adding import looked_at
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import DOWN, EMAIL, EXPIRED, GOOD, REVOKED, write_web
from wallet_server.sweeping.tables import OURS

LIST = (
    "Candidate;E-Mail;Badge\n"
    f"Ada Lovelace;{EMAIL};{GOOD}\n"
    f"Zoë Adams;;{REVOKED} {EXPIRED}\n"
    f"Ada Lovelace;{EMAIL};{GOOD}\n"
    f"Bo Long;;{DOWN}\n"
    "Cy Short;;none yet\n"
)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("sweeps")
    write_web(folder / "web")
    server = start(folder, *options_for(folder))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture
def context(plain: Browser, theme: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A browser as it is installed, 360 pixels wide where it runs no scripts."""
    with plain.new_context(
        java_script_enabled=request.param,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": 1000 if request.param else 360, "height": 900},
    ) as context:
        yield context


def rows(page: Page) -> Locator:
    """The first cells of the table."""
    return page.locator("tbody tr td:first-child")


@pytest.mark.parametrize(("theme", "context"), [("dark", True), ("light", False)], indirect=True)
def test_a_recruiter_sweeps_a_list(
    context: BrowserContext,
    served: Served,
    theme: str,
    tmp_path: Path,
    request: pytest.FixtureRequest,
) -> None:
    scripts = bool(request.node.callspec.params["context"])
    served = served.as_new()
    page = context.new_page()
    page.goto(served.wallet_link)
    page.get_by_role("link", name="Check", exact=True).click()
    page.get_by_role("link", name="A whole list?").click()
    looked_at(page, "sweeps-empty", theme, scripts)
    page.get_by_role("button", name="Sweep").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file")
    (tmp_path / "people.csv").write_text(LIST, encoding="utf-8")
    page.get_by_label("List or files").set_input_files(str(tmp_path / "people.csv"))
    page.get_by_role("button", name="Sweep").press("Enter")
    expect(page.locator("#state")).to_have_text("All 6 rows were looked through.")
    looked_at(page, "sweep", theme, scripts)
    expect(rows(page)).to_have_text(["row 2", "row 3", "row 3", "row 4", "row 5", "row 6"])

    page.get_by_role("link", name="Verdict").click()
    expect(page.locator("th[aria-sort]")).to_have_text("Verdict ▴")
    expect(page.locator("tbody .pill")).to_have_text(
        ["Revoked", "Expired", "Verified", "Verified", "No badge", "Not reached"]
    )
    page.get_by_role("link", name="Person").click()
    expect(rows(page).last).to_have_text("row 3")
    page.get_by_role("link", name="Person").click()
    expect(rows(page).first).to_have_text("row 3")
    page.get_by_role("navigation", name="Only one verdict").get_by_role(
        "link", name="Verified"
    ).click()
    expect(rows(page)).to_have_text(["row 2", "row 4"])

    page.get_by_role("link", name="row 4").click()
    expect(page.get_by_text("The same badge of the same person stands in row 2")).to_be_visible()
    expect(page.get_by_text("Zoë")).to_have_count(0)
    expect(page.locator(".result .pill")).to_contain_text("Verified")
    looked_at(page, "sweep-row", theme, scripts)
    page.get_by_role("link", name="people.csv").click()
    with page.expect_download() as downloading:
        page.get_by_role("link", name="Download as CSV").click()
    text = downloading.value.path().read_text(encoding="utf-8-sig")
    assert text.count("\n") == 7
    assert f"{OURS}verdict" in text
    page.get_by_role("button", name="Ask again what was not established").click()
    expect(page.locator("#state")).to_have_text("All 6 rows were looked through.")
    page.get_by_role("button", name="Forget all of it").click()
    expect(page.get_by_role("heading", name="Kept here")).to_have_count(0)


@pytest.mark.parametrize("context", [True], indirect=True)
@pytest.mark.parametrize("theme", ["light"], indirect=True)
def test_the_pages_are_closed_to_who_did_not_open_them(
    context: BrowserContext, served: Served
) -> None:
    page = context.new_page()
    for path in ("/sweeps", "/sweeps/x", "/sweeps/x/rows/1", "/sweeps/x/table.csv"):
        answer = page.request.get(f"{served.address}{path}")
        assert answer.status == 403, path
    assert page.request.post(f"{served.address}/sweeps", multipart={"key": ""}).status == 403
