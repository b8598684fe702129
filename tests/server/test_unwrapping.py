"""What a link tells of its reader is kept nowhere: not in an answer, not in the wallet, not in a
log, not among the documents.
"""

import json
from pathlib import Path
from urllib.parse import quote

import httpx2
import pytest

from tests.server.conftest import options_for, start
from tests.server.made_up import GOOD, HOST, picture, write_web
from tests.server.test_command import touchstone

READER = "reader%40work.example"
AWARD = "https://badgr.com/public/assertions/Ma1deUp2Awa3rd4Iden5ti"
SCANNED = "https://eur01.safelinks.protection.outlook.com/?url={}&data=05%7C02%7C" + READER


def scanned(url: str) -> str:
    """`url` as a mail scanner hands it to a reader."""
    return SCANNED.format(quote(url, safe=""))


LINKS = (
    scanned(GOOD),
    scanned(f"{HOST}/assertions/none"),
    scanned("javascript:alert(1)"),
    scanned(f"https://www.google.com/url?q={scanned(GOOD)}"),
    scanned("x" * 3000),
    f"https://badgecheck.io/?url={quote(GOOD, safe='')}&identity__email={READER}",
    f"{AWARD}?identity__email={READER}",
    f"https://certification.adobe.com/credential/verify/01b2c3d4-0000-4000-8000-00000000ad01/{READER}",
)


def telltale(text: str) -> bool:
    """Whether the reader's address is in it, however it is written."""
    return any(mark in text for mark in ("reader@", "reader%40", "work.example", "safelinks"))


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link[:60])
def test_no_answer_names_the_reader(paired: httpx2.Client, link: str) -> None:
    for body in (
        {"url": link},
        {"credential": link},
        {"url": link, "html": "<html><p>Hello</p></html>"},
    ):
        answer = paired.post("/api/verify", json=body).text
        assert not telltale(answer.replace("eur01.safelinks.protection.outlook.com", "")), answer


def test_nothing_that_is_kept_names_the_reader(tmp_path: Path) -> None:
    write_web(tmp_path / "web")
    served = start(tmp_path, *options_for(tmp_path))
    with served.client(served.pair()) as client:
        for link in LINKS:
            client.post("/api/verify", json={"url": link})
            client.post("/api/wallet/credentials", json={"url": link})
        baked = {"file": ("badge.png", picture(scanned(GOOD).encode()))}
        assert client.post("/api/wallet/credentials", files=baked).status_code < 500
        kept = client.get("/api/wallet/credentials").text
    assert "Weaving" in kept
    assert not telltale(kept)
    printed = served.stop()
    stored = b"".join(path.read_bytes() for path in served.data.rglob("*") if path.is_file())
    # The picture itself is kept byte for byte, as it came.
    stored = stored.replace(picture(scanned(GOOD).encode()), b"")
    assert not telltale(printed + stored.decode("latin-1"))


def test_no_saved_document_names_the_reader(tmp_path: Path) -> None:
    write_web(tmp_path / "web")
    saved = tmp_path / "saved"
    options = ("--documents", "web", "--save-documents", "saved", "--json")
    ended = touchstone(tmp_path, "verify", *options, *LINKS)
    index = json.loads((saved / "urls.json").read_text("utf-8"))
    assert GOOD in index
    kept = "".join(path.read_text("utf-8") for path in saved.iterdir())
    said = ended.stdout + ended.stderr
    hosts = said.replace("eur01.safelinks.protection.outlook.com", "")
    assert not telltale(kept + hosts)
