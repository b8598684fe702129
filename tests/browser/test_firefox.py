"""The same extension in a real Firefox: paired, scanning when asked, showing what Chromium does."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.browser.conftest import EXTENSION, SCREENSHOTS
from tests.browser.firefox import Firefox, running
from tests.server.conftest import Served, start

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
def server(tmp_path: Path) -> Iterator[Served]:
    """A server with an empty wallet."""
    served = start(tmp_path / "server")
    yield served
    assert served.stop() == "", "the server complained"


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
