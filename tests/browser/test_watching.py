"""What changed, in a real browser: in both themes with axe, and on a small screen without scripts,
as a learner would walk through it.
"""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import anyio
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser.conftest import FLAGS, shot
from tests.browser.test_view import _axe
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import BADGE, HOST, assertion, write_web
from tests.server.test_watching_doors import publish, settings_for
from wallet_server.opening import opening
from wallet_server.services import Context
from wallet_server.store import access, wallet
from wallet_server.store.database import Database
from wallet_server.verification import now
from wallet_server.watch.looking import look_again

LOOM = f"{HOST}/badges/loom"


def seeded(folder: Path) -> None:
    """A month of one learner's: an award taken back, one whose issuer went away, one that ends."""
    start = datetime.now(UTC).replace(microsecond=0) - timedelta(days=30)
    ends = (start + timedelta(days=50)).isoformat().replace("+00:00", "Z")
    write_web(folder / "web")
    loom = {**BADGE, "id": LOOM, "name": "Loom maintenance"}
    kept = [
        assertion("weaving"),
        assertion("loom", badge=LOOM),
        assertion("dyeing", badge=f"{HOST}/badges/dyeing", expires=ends),
    ]
    dyeing = {**BADGE, "id": f"{HOST}/badges/dyeing", "name": "Natural dyeing"}
    publish(folder / "web", *kept, loom, dyeing)
    _look(folder, start, [one["id"] for one in kept])
    publish(folder / "web", assertion("weaving", revoked=True, revocationReason="issued in error"))
    index = json.loads((folder / "web" / "urls.json").read_text())
    index[kept[1]["id"]] = index[LOOM] = {"error": "timeout"}
    (folder / "web" / "urls.json").write_text(json.dumps(index))
    for days in (22, 23.5, 29):
        _look(folder, start + timedelta(days=days))


def _look(folder: Path, moment: datetime, addresses: list[str] | None = None) -> None:
    """Save what is at the addresses; without any, look at everything again."""
    settings = settings_for(folder)

    async def look() -> None:
        with closing(Database(settings.database)) as database:
            async with opening(settings, database)() as parts:
                for url in addresses or ():
                    one = await parts.check(url, Context(), own="", label=url, anew=False)
                    assert one.verified.report is not None
                    given = (one.content, one.verified.report, one.recording.documents)
                    wallet.keep(database, *given, moment)
                for entry in wallet.entries(database) if addresses is None else ():
                    kept = wallet.find(database, entry.id)
                    assert kept is not None
                    await look_again(parts, kept, moment)

    anyio.run(look)


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("watched")
    seeded(folder)
    server = start(folder, *options_for(folder))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def chrome(chromium: str, served: Served) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS[2:]))
        yield browser
        browser.close()


@contextmanager
def opened(
    chrome: Browser, served: Served, theme: str, width: int, *, scripts: bool
) -> Iterator[Page]:
    """The changes of somebody who opened the wallet; scripts are axe's alone."""
    context = chrome.new_context(
        java_script_enabled=scripts,
        bypass_csp=scripts,
        color_scheme="dark" if theme == "dark" else "light",
        viewport={"width": width, "height": 900},
        reduced_motion="reduce",
    )
    with closing(Database(served.data / "wallet.sqlite3")) as database:
        ticket = access.new_ticket(database, now())
    page = context.new_page()
    page.goto(f"{served.address}/wallet/open/{ticket}")
    page.goto(f"{served.address}/wallet/changes")
    yield page
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_changed_is_read_and_followed_to_the_copy(
    chrome: Browser, served: Served, theme: str
) -> None:
    with opened(chrome, served, theme, 1100, scripts=True) as page:
        events = page.get_by_role("main").get_by_role("listitem")
        expect(events.filter(has_text="Loom maintenance")).to_contain_text("has not answered since")
        expect(events.filter(has_text="Natural dyeing")).to_contain_text("It expires in")
        expect(events.filter(has_text="Weaving")).to_contain_text("“issued in error”")
        _axe(page)
        shot(page, f"changes-{theme}")
        page.get_by_role("link", name="Loom maintenance").click()
        copy = page.get_by_role("region", name="What your copy still proves")
        expect(copy).to_contain_text("Gone since")
        expect(copy).to_contain_text("; verified on")
        expect(page.get_by_text("Not established").first).to_be_visible()
        _axe(page)
        shot(page, f"gone-{theme}")
        page.get_by_role("button", name="Check again").click()
        expect(copy).to_contain_text("Gone since")


def test_everything_is_done_without_scripts_on_a_small_screen(
    chrome: Browser, served: Served
) -> None:
    with opened(chrome, served, "light", 360, scripts=False) as page:
        page.get_by_role("button", name="I have seen these").click()
        expect(page.get_by_text("new", exact=True)).to_have_count(0)
        page.get_by_label("What it is for").fill("Calendar on my phone")
        page.get_by_role("button", name="Make an address").click()
        expect(page.get_by_role("status")).to_contain_text("/ends.ics")
        page.wait_for_load_state()  # with its stylesheet, that is
        box = page.locator("html").bounding_box()
        assert box is not None
        assert box["width"] <= 360
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        page.screenshot(path="build/screenshots/changes-360.png", full_page=True)
        page.get_by_role("button", name="End Calendar on my phone").click()
        expect(page.get_by_text("Calendar on my phone")).to_have_count(0)
        page.get_by_role("button", name="Check everything again").click()
        expect(page.get_by_text("are looked at again in time")).to_be_visible()
