"""The forms of an award on its page, and who the owner is, in a real browser: without scripts, on a
telephone, by keyboard, in the dark.
"""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect, sync_playwright

from tests.browser.conftest import FLAGS, REPOSITORY, shot
from tests.made.folder import as_json
from tests.server.conftest import Served, start
from tests.server.one_award import CASES, INTACT, REVOKED, options_in, whole_web

AXE = (REPOSITORY / "tests/extension/node_modules/axe-core/axe.min.js").read_text("utf-8")
PATH = "/api/wallet/credentials"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder: Path = tmp_path_factory.mktemp("award")
    server = start(folder, *options_in(folder, whole_web()))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def api(served: Served) -> Iterator[httpx2.Client]:
    with served.client(served.pair()) as client:
        yield client


@pytest.fixture(scope="module")
def badge(api: httpx2.Client) -> str:
    """A badge of which two forms are kept, and something that may be a third."""
    ids = []
    for content in (as_json(INTACT), as_json(REVOKED), CASES["nothing-signs-it"].source):
        answer = api.post(PATH, files={"file": ("badge.json", content)})
        ids.append(str(answer.json()["id"]))
    mine = {"identifiers": [{"kind": "name", "value": "Mira Solano"}]}
    assert api.put("/api/wallet/owner", json=mine).status_code == 200
    return ids[0]


@pytest.fixture(scope="module")
def chrome(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS[2:]))
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def key(chrome: Browser, served: Served, api: httpx2.Client) -> StorageState:
    """What a browser has that opened the wallet."""
    path = api.post("/api/wallet/open", json={}).json()["path"]
    context = chrome.new_context()
    context.new_page().goto(f"{served.address}{path}")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture
def plain(chrome: Browser, key: StorageState) -> Iterator[BrowserContext]:
    """A telephone whose owner lets no scripts in."""
    context = chrome.new_context(
        storage_state=key, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    chrome: Browser, key: StorageState, served: Served, badge: str, scheme: str
) -> None:
    context = chrome.new_context(
        storage_state=key,
        color_scheme="dark" if scheme == "dark" else "light",
        viewport={"width": 360, "height": 740},
        bypass_csp=True,
    )
    page = context.new_page()
    for path, name in ((f"/wallet/{badge}", "award"), ("/wallet/owner", "owner")):
        page.goto(f"{served.address}{path}")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate(OVERFLOW) <= 0
        page.evaluate(AXE)
        found = page.evaluate("axe.run()")["violations"]
        assert [(one["id"], [node["html"] for node in one["nodes"]]) for one in found] == []
        if name == "award":
            page.locator("#lineage").scroll_into_view_if_needed()
        shot(page, f"{name}-{scheme}")
    context.close()


def test_an_award_is_joined_and_parted_on_its_page(
    plain: BrowserContext, served: Served, badge: str
) -> None:
    page = plain.new_page()
    page.goto(f"{served.address}/wallet/{badge}")
    part = page.locator("section").filter(has=page.locator("#lineage"))
    expect(part.locator("#lineage")).to_have_text("One award in 2 forms")
    expect(part.get_by_text("Their issuer gave both the same id.")).to_be_visible()
    part.get_by_role("button", name="The same: Data Literacy").click()
    expect(part.locator("#lineage")).to_have_text("One award in 3 forms")
    expect(part.get_by_text("You put them together")).to_be_visible()
    last = part.get_by_role("listitem").filter(has_text="You put them together")
    last.get_by_role("button").click()
    expect(part.locator("#lineage")).to_have_text("One award in 2 forms")
    expect(part.get_by_role("button", name="The same")).to_have_count(0)


def test_the_owner_says_who_they_are(plain: BrowserContext, served: Served, badge: str) -> None:
    page = plain.new_page()
    page.goto(f"{served.address}/wallet")
    page.get_by_role("link", name="You", exact=True).click()
    page.get_by_label("What it is").select_option("email")
    page.get_by_label("Written as your badges have it").fill("mira.solano@portfolio.example")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_text("mira.solano@portfolio.example")).to_be_visible()
    page.get_by_label("Written as your badges have it").fill("no address")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("alert")).to_contain_text("is no e-mail address")
    expect(page.get_by_label("Written as your badges have it")).to_have_value("no address")
    page.get_by_role("button", name="Take away mira.solano@portfolio.example").click()
    expect(page.get_by_text("mira.solano@portfolio.example")).to_have_count(0)
    assert isinstance(page, Page)
