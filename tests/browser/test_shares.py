"""Shares in a real browser, as a learner makes them and as a visitor meets them: without scripts,
on a telephone, in both themes.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, StorageState, expect

from tests.browser.conftest import shot
from tests.browser.test_wallet_gallery import AXE, DRAWN
from tests.made import stacking
from tests.made.folder import as_json
from tests.server.conftest import Served
from tests.server.whole_web import started
from verifier.containers import qr

TABLES = "Tide Tables"


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose wallet holds a record, and badges that count towards another."""
    with started(tmp_path_factory.mktemp("shares"), stacking.college_web()) as server:
        with server.client(server.pair()) as api:
            for one in (stacking.record(), *stacking.college_badges().values()):
                asked = {"credential": as_json(one).decode()}
                assert api.post("/api/wallet/credentials", json=asked).status_code == 201
        yield server


@pytest.fixture(scope="module")
def key(plain: Browser, served: Served) -> StorageState:
    """What a browser has that opened the wallet."""
    with served.client(served.pair()) as api:
        path = api.post("/api/wallet/open", json={}).json()["path"]
    context = plain.new_context()
    context.new_page().goto(f"{served.address}{path}")
    state = context.storage_state()
    context.close()
    return state


def share(served: Served, **asked: object) -> str:
    """The link of a share of a stack, or of a badge of that name."""
    with served.client(served.pair()) as api:
        if "named" in asked:
            listed = api.get("/api/wallet/cards", params={"q": str(asked.pop("named"))}).json()
            asked["badges"] = [listed["cards"][0]["lead"]]
        elif "stack" in asked:
            stacks = api.get("/api/wallet/stacks").json()["stacks"]
            asked["stack"] = next(one["id"] for one in stacks if one["name"] == asked["stack"])
        answer = api.post("/api/wallet/shares", json=asked)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["link"])


def a_stack(served: Served) -> str:
    with served.client(served.pair()) as api:
        return str(api.get("/api/wallet/stacks").json()["stacks"][0]["name"])


@pytest.fixture(scope="module")
def places(served: Served) -> dict[str, str]:
    """Every page of shares, those of their owner first."""
    stack = a_stack(served)
    shared = {
        "one": share(served, named=TABLES, shown={"name": "Mira Solano", "words": "For you"}),
        "stack": share(served, stack=stack),
        "none": f"{served.address}/s/none",
    }
    with served.client(served.pair()) as api:
        cards = api.get("/api/wallet/cards").json()["cards"]
    owned = {"list": "", "chosen": f"/new?badge={cards[0]['lead']}"}
    own = {name: f"{served.address}/wallet/shares{path}" for name, path in owned.items()}
    return own | shared


def test_axe_finds_nothing_and_nothing_is_wider_than_a_telephone(
    plain: Browser, key: StorageState, places: dict[str, str]
) -> None:
    context = plain.new_context(
        storage_state=key, bypass_csp=True, viewport={"width": 360, "height": 740}
    )
    page = context.new_page()
    for name, address in places.items():
        page.goto(address)
        page.wait_for_function(DRAWN)
        page.evaluate(AXE)
        page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, name
        for theme in ("light", "dark"):
            page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
            shot(page, f"share-{name}-{theme}")
            found = page.evaluate("axe.run()")["violations"]
            wrong = [(rule["id"], [node["html"] for node in rule["nodes"]]) for rule in found]
            assert wrong == [], name
    context.close()


def _make(page: Page, served: Served) -> str:
    """A share of one badge, made as a learner does without scripts; its link."""
    page.goto(f"{served.address}/wallet/shares")
    page.get_by_role("link", name="Share badges").click()
    page.get_by_label("Find badges").fill("tide")
    page.get_by_role("button", name="Choose, or find").click()
    page.get_by_role("checkbox", name=TABLES).check()
    page.get_by_role("button", name="Choose these").click()
    expect(page.get_by_role("list", name="Chosen").get_by_role("checkbox")).to_be_checked()
    page.get_by_role("checkbox", name="when it was issued").uncheck()
    page.get_by_label("A word with it").fill("Ask me about the moon")
    page.get_by_label("How long it is there").select_option("a week")
    page.get_by_role("button", name="Make the link").click()
    expect(page.get_by_text("it is shown this once")).to_be_visible()
    link = page.locator(".link").get_attribute("href")
    assert link
    return link


def test_a_learner_shares_a_badge_and_ends_it_again(
    plain: Browser, key: StorageState, served: Served
) -> None:
    learner = plain.new_context(storage_state=key, java_script_enabled=False)
    visitor = plain.new_context(java_script_enabled=False)
    page, theirs = learner.new_page(), visitor.new_page()
    link = _make(page, served)
    theirs.goto(link)
    expect(theirs.get_by_role("heading", name=TABLES, level=1)).to_be_visible()
    expect(theirs.get_by_text("Ask me about the moon")).to_be_visible()
    expect(theirs.get_by_text("Genuine?")).to_be_visible()
    expect(theirs.get_by_text("Parts of the badges are left off here")).to_be_visible()
    expect(theirs.get_by_role("term").filter(has_text="Issued")).to_have_count(0)
    theirs.get_by_label("Name").fill("Somebody Else")
    theirs.get_by_role("button", name="Check").click()
    expect(theirs.get_by_text("Held against")).to_be_visible()
    theirs.get_by_role("link", name="Show it as before").click()
    expect(theirs).to_have_url(link)
    page.goto(f"{served.address}/wallet/shares")
    assert link not in page.content()
    ours = page.get_by_role("listitem").filter(has_text="Left off: when it was issued")
    ours.get_by_role("button", name="End").click()
    expect(ours).to_have_count(0)
    gone = theirs.goto(link)
    assert gone is not None
    assert gone.status == 404
    expect(theirs.get_by_role("heading", name="There is nothing here")).to_be_visible()
    learner.close()
    visitor.close()


def test_a_stack_is_shared_with_how_it_adds_up(
    plain: Browser, key: StorageState, served: Served
) -> None:
    learner = plain.new_context(storage_state=key, java_script_enabled=False)
    visitor = plain.new_context(java_script_enabled=False, viewport={"width": 1100, "height": 900})
    page, theirs = learner.new_page(), visitor.new_page()
    page.goto(f"{served.address}/wallet/stacks")
    name = a_stack(served)
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile("/wallet/stacks/."))
    counted = page.locator(".lead").inner_text()
    page.get_by_role("link", name="Share it").click()
    page.get_by_role("button", name="Make the link").click()
    theirs.goto(str(page.locator(".link").get_attribute("href")))
    expect(theirs.get_by_text(f"{counted}, by the answers below")).to_be_visible()
    picture = theirs.get_by_role("group", name="is made up, from left to right")
    leads = [one.get_attribute("href") or "" for one in picture.get_by_role("link").all()]
    assert any(one.startswith("#badge-") for one in leads)
    assert not any("/wallet" in one for one in leads)
    assert "/wallet/" not in theirs.content().replace("/static/wallet-", "")
    shot(theirs, "share-stack")
    learner.close()
    visitor.close()


def test_a_stack_is_handed_on_as_a_file_and_a_share_is_printed_with_its_code(
    plain: Browser, served: Served, tmp_path: Path
) -> None:
    link = share(served, stack=a_stack(served))
    with served.client(served.pair()) as api:
        made = next(one for one in api.get("/api/wallet/shares").json()["shares"] if one["stack"])
        saved = api.get(f"/api/wallet/shares/{made['id']}/badges.html")
    assert saved.status_code == 200, saved.text
    (tmp_path / "badges.html").write_bytes(saved.content)
    complaints: list[str] = []
    page = plain.new_page(java_script_enabled=False)
    page.on("console", lambda message: complaints.append(message.text))
    page.goto((tmp_path / "badges.html").as_uri())
    expect(page.get_by_role("region", name="Picture of the stack")).to_be_visible()
    page.locator("svg.stack a[href='#badge-1']").first.click()
    expect(page).to_have_url(re.compile("#badge-1$"))
    assert complaints == []
    page.goto(link)
    page.emulate_media(media="print")
    assert qr.read(page.locator(".on-paper").screenshot()) == (link.encode(),)
    page.close()
