"""The same extension in a real Firefox: paired, scanning when asked, showing what Chromium does."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import EXTENSION, INTO_VAULT, SCREENSHOTS
from tests.browser.firefox import ORIGIN, Firefox, running
from tests.browser.hostile import FROM_VAULT, IN_CONTENT, MESSAGES, is_nothing
from tests.server.conftest import Served

PHRASE, EMAIL = "seven herons at low tide", "mira.solano@portfolio.example"
BADGES = 14  # on the demo page, the linked one included

# Marionette's client tries the port of a starting Firefox and lets go of each try unclosed.
pytestmark = pytest.mark.filterwarnings("ignore:unclosed:ResourceWarning")


@pytest.fixture(scope="session")
def packages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Both packages, written from the tree."""
    folder = tmp_path_factory.mktemp("packages")
    subprocess.run([sys.executable, str(EXTENSION / "package.py"), str(folder)], check=True)
    return folder


@pytest.fixture
def firefox(firefox_path: str, packages: Path, tmp_path: Path) -> Iterator[Firefox]:
    """A Firefox with nothing in its profile but the extension."""
    with running(firefox_path, packages / "firefox", tmp_path) as started:
        yield started


def test_the_demo_page_is_paired_scanned_and_told(firefox: Firefox, server: Served) -> None:
    firefox.use(server.address)
    firefox.open(f"{server.address}/demo")
    firefox.popup_for(f"{server.address}/demo")
    firefox.until(lambda: len(firefox.find("form input")) == 1, "no code was asked for")
    firefox.find("form input")[0].send_keys(server.code)
    firefox.find("form button")[0].click()
    firefox.until(lambda: len(firefox.find(".row")) == BADGES, "the badges are not all there")
    firefox.shot(SCREENSHOTS / "firefox-popup.png")
    told = " ".join(element.text for element in firefox.find(".row"))
    messages = json.loads((EXTENSION / "_locales/en/messages.json").read_text("utf-8"))
    words = [
        one["message"] for key, one in messages.items() if re.fullmatch(r"verdict_[a-z_]+", key)
    ]
    assert [word for word in words if word not in told] == []
    assert len(words) == 12


def test_a_taken_over_content_script_gets_nothing_here_either(
    firefox: Firefox, server: Served
) -> None:
    """Content scripts may read `storage.local` here, so nothing of the owner's lies there."""
    secrets = {"token": server.pair(ORIGIN), "phrase": PHRASE, "emails": [EMAIL]}
    firefox.use(server.address)
    firefox.ask(f"await ({INTO_VAULT})(given[0])", secrets)
    page = f"{server.address}/"
    firefox.open(page)
    firefox.popup_for(page)
    firefox.until(lambda: len(firefox.find("header .phrase svg")) == 1, "no phrase is shown")
    assert PHRASE in firefox.find("header .phrase")[0].text
    got = firefox.ask(
        f"""const tabs = await browser.tabs.query({{}});
        const tabId = tabs.find(({{ url }}) => url === given[0]).id;
        const [{{ result }}] = await browser.scripting.executeScript({{
            target: {{ tabId }}, func: {IN_CONTENT}, args: [given[1], given[2]] }});
        return result;""",
        page,
        list(MESSAGES),
        1,
    )
    assert len(got) > len(MESSAGES)
    for secret in (secrets["token"], PHRASE, EMAIL):
        assert [name for name, gave in got.items() if str(secret) in gave] == []
    answered = {name: gave for name, gave in got.items() if not is_nothing(gave)}
    assert answered == {}
    assert firefox.ask("return browser.storage.local.get(null)") == {}
    assert firefox.ask(f"return await ({FROM_VAULT})()") == [
        server.address,
        [EMAIL],
        PHRASE,
        secrets["token"],
    ]
