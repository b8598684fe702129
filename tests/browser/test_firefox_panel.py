"""The panel's page in a real Firefox: handing over, offers, and the reading of one document."""

from pathlib import Path

import pytest

from tests.browser.conftest import INTO_VAULT
from tests.browser.firefox import ORIGIN, Firefox
from tests.browser.test_firefox import firefox, packages  # noqa: F401 fixtures
from tests.server.conftest import Served

pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


def test_what_is_handed_over_is_checked_and_saved(
    firefox: Firefox,  # noqa: F811
    server: Served,
    tmp_path: Path,
) -> None:
    firefox.use(server.address)
    firefox.ask(f"await ({INTO_VAULT})(given[0])", {"token": server.pair(ORIGIN)})
    firefox.open(f"{ORIGIN}/panel/panel.html?tab=-1")
    firefox.until(lambda: bool(firefox.find("[data-state=unlooked]")), "the panel looked unasked")
    firefox.find(".handing summary")[0].click()
    firefox.find("#handed")[0].send_keys(f"see {server.address}/demo/badges/data-literacy.png")
    firefox.find(".handing button[type=submit]")[0].click()
    firefox.until(
        lambda: [one.text for one in firefox.find("article h1")] == ["Data Literacy"],
        "what was handed over was not checked",
    )
    firefox.find(".actions .primary")[0].click()
    firefox.until(
        lambda: firefox.find(".actions .said")[0].text == "Saved to your wallet.", "it was not kept"
    )
    firefox.shot(tmp_path / "panel.png")


def test_one_document_is_read_by_its_id(
    firefox: Firefox,  # noqa: F811
    server: Served,
) -> None:
    """Else what a tab shows could be read of whatever the tab went to meanwhile."""
    firefox.use(server.address)
    address = f"{server.address}/demo"
    firefox.open(address)
    firefox.open(f"{ORIGIN}/options/options.html")
    read = """
        const [tab] = (await browser.tabs.query({})).filter(({ url }) => url === given[0]);
        const func = () => location.href;
        const whole = await browser.scripting.executeScript({ target: { tabId: tab.id }, func });
        const documentIds = [whole[0].documentId];
        const target = { tabId: tab.id, documentIds };
        const one = await browser.scripting.executeScript({ target, func });
        const none = await browser.scripting
            .executeScript({ target: { tabId: tab.id, documentIds: ["gone"] }, func })
            .then((result) => result.length, () => 0);
        return [one[0].result, none];
    """
    assert firefox.ask(read, address) == [address, 0]
