"""The wallet looked through in a real browser, as a learner does: without scripts, on a telephone,
by keyboard, in the dark, and on paper.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, StorageState, expect

from tests.browser.conftest import REPOSITORY, shot
from tests.server.shelf import Shelf, shelf
from tests.server.stores import Store

AXE = (REPOSITORY / "tests/extension/node_modules/axe-core/axe.min.js").read_text("utf-8")
DRAWN = "[...document.images].every((one) => one.complete && one.naturalWidth > 0)"
OTHERS = ("stacks", "skills", "changes", "add", "unread", "owner", "leave")
DEMO = ("data-literacy.png", "peer-mentor.svg", "navigator-of-open-data.png", "project-manager.png")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    """A wallet with the shelf's badges and a few of the demo's."""
    with shelf(Store(tmp_path_factory.mktemp("shelf") / "data")) as found:
        for name in DEMO:
            address = f"{found.served.address}/demo/badges/{name}"
            saved = found.api.post("/api/wallet/credentials", json={"url": address})
            assert saved.status_code == 201, saved.text
            found.ids[name] = saved.json()["id"]
        yield found


@pytest.fixture(scope="module")
def key(plain: Browser, kept: Shelf) -> StorageState:
    """What a browser has that opened the wallet."""
    path = kept.api.post("/api/wallet/open", json={}).json()["path"]
    context = plain.new_context()
    context.new_page().goto(f"{kept.served.address}{path}")
    state = context.storage_state()
    context.close()
    return state


@pytest.fixture(params=["light", "dark"])
def seen(request: pytest.FixtureRequest, plain: Browser, key: StorageState) -> Iterator[Page]:
    """A page with scripts, in each theme, for what looks into it."""
    context = plain.new_context(
        storage_state=key,
        color_scheme="dark" if request.param == "dark" else "light",
        bypass_csp=True,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def bare(plain: Browser, key: StorageState) -> Iterator[BrowserContext]:
    """A telephone without scripts."""
    context = plain.new_context(
        storage_state=key, java_script_enabled=False, viewport={"width": 360, "height": 740}
    )
    yield context
    context.close()


def places(kept: Shelf) -> dict[str, str]:
    """Every page of the wallet, also where there is nothing to show."""
    return {
        "gallery": "/wallet",
        "found": "/wallet?q=weav&verdict=verified",
        "nothing": "/wallet?q=zebra",
        "timeline": "/wallet/timeline",
        "badge": f"/wallet/{kept.ids['weaving']}",
        "forged": f"/wallet/{kept.ids['project-manager.png']}",
        **{name: f"/wallet/{name}" for name in OTHERS},
    }


def test_axe_finds_nothing(seen: Page, kept: Shelf) -> None:
    theme = (
        "dark" if seen.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
    )
    for name, path in places(kept).items():
        seen.goto(f"{kept.served.address}{path}")
        seen.wait_for_function(DRAWN)
        shot(seen, f"wallet-{name}-{theme}")
        seen.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        seen.evaluate(AXE)
        found = seen.evaluate("axe.run()")
        wrong = [
            (rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found["violations"]
        ]
        assert wrong == [], name


def test_nothing_is_wider_than_a_telephone(plain: Browser, key: StorageState, kept: Shelf) -> None:
    context = plain.new_context(
        storage_state=key, viewport={"width": 360, "height": 740}, bypass_csp=True
    )
    page = context.new_page()
    for name, path in places(kept).items():
        page.goto(f"{kept.served.address}{path}")
        page.wait_for_function(DRAWN)
        shot(page, f"wallet-{name}-360")
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
    context.close()


def test_a_learner_finds_a_badge_writes_on_it_and_lets_it_go(
    bare: BrowserContext, kept: Shelf
) -> None:
    page = bare.new_page()
    page.goto(f"{kept.served.address}/wallet")
    expect(page.get_by_role("heading", name="Your wallet")).to_be_visible()
    tiles = page.locator(".tile")
    expect(tiles).to_have_count(7)
    page.get_by_role("link", name="Revoked 1").click()
    expect(tiles).to_have_count(1)
    page.get_by_role("link", name="All 7").click()
    page.get_by_role("searchbox", name="Search").fill("peer ment")
    page.get_by_role("button", name="Show").click()
    expect(tiles).to_have_count(1)
    page.get_by_role("link", name="Peer Mentor").click()
    expect(page.get_by_role("heading", name="Peer Mentor", level=1)).to_be_visible()
    page.get_by_label("Tags").fill("mentoring, to show")
    page.get_by_label("Note").fill("Two terms with first-year students")
    page.get_by_role("button", name="Keep tags and note").click()
    expect(page.get_by_label("Note")).to_have_value("Two terms with first-year students")
    page.get_by_role("link", name="Badges", exact=True).click()
    page.get_by_label("Tag").select_option("mentoring")
    page.get_by_role("button", name="Show").click()
    expect(tiles).to_have_count(1)
    page.get_by_role("link", name="Clear").click()
    page.get_by_role("searchbox", name="Search").fill("first-year")
    page.get_by_role("searchbox", name="Search").press("Enter")
    tiles.get_by_role("link").click()
    page.get_by_text("Delete this badge from the wallet").click()
    page.get_by_role("button", name="Delete it for good").click()
    expect(page.get_by_text("6 badges, newest first")).to_be_visible()


def test_the_filters_stay_in_view_and_every_picture_is_drawn(seen: Page, kept: Shelf) -> None:
    seen.set_viewport_size({"width": 400, "height": 500})
    seen.goto(f"{kept.served.address}/wallet")
    seen.mouse.wheel(0, 600)
    seen.wait_for_function("scrollY > 300")
    expect(seen.get_by_role("searchbox", name="Search")).to_be_in_viewport()
    seen.evaluate("document.querySelectorAll('img').forEach((one) => (one.loading = 'eager'))")
    seen.wait_for_function(DRAWN)
    assert seen.locator(".tile img").count() >= 5


def test_everything_is_reached_by_keyboard(seen: Page, kept: Shelf) -> None:
    seen.goto(f"{kept.served.address}/wallet")
    seen.get_by_role("searchbox", name="Search").focus()
    names = []
    for _ in range(16):
        seen.keyboard.press("Tab")
        names.append(seen.evaluate("document.activeElement.innerText.trim().split('\\n')[0]"))
    assert "Show" in names
    assert any(name.startswith("All") for name in names)
    assert any("Project Manager" in name for name in names), names


def test_a_badge_prints_on_one_sheet(plain: Browser, key: StorageState, kept: Shelf) -> None:
    context = plain.new_context(storage_state=key)
    page = context.new_page()
    page.goto(f"{kept.served.address}/wallet/{kept.ids['data-literacy.png']}")
    assert page.pdf(format="A4").count(b"/Type /Page\n") == 1
    context.close()
