"""Adding badges on the wallet's pages, as a browser without scripts does it: files, addresses, a
profile to pick from, how far it is, what is kept unread; and a server that is killed half-way.
"""

import json
import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.made import backups, cases_credly
from tests.made.assertions import assertion
from tests.made.documents import archive
from tests.made.folder import as_json
from tests.server.brought import COLLEGE, LOCKED, LOOM, MAKERS, options
from tests.server.conftest import Served, start


@pytest.fixture(scope="module")
def adding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("adding")
    server = start(folder, *options(folder))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def browser(adding: Served) -> Iterator[httpx2.Client]:
    with adding.client() as client:
        assert client.get(adding.wallet_link).status_code == 303
        yield client


def sent(
    browser: httpx2.Client,
    path: str = "/wallet/add",
    page: str = "/wallet/add",
    files: dict[str, bytes] | None = None,
    **fields: object,
) -> httpx2.Response:
    """A form as the browser sends it from `page`; where it leads to."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get(page).text)
    assert found
    parts = [("files", (name, content)) for name, content in (files or {}).items()]
    page_after = browser.post(
        path,
        files=parts or [("files", ("", b""))],
        data={"key": found[1], **fields},
        headers={"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"},
        follow_redirects=True,
    )
    while 'data-finished="no"' in page_after.text:  # a reader without scripts looks again
        page_after = browser.get(page_after.url.path)
    return page_after


def test_the_form_is_for_who_opened_the_wallet(adding: Served) -> None:
    with adding.client() as stranger:
        for path in ("/wallet/add", "/wallet/unread", "/wallet/imports/x", "/wallet/unread/x"):
            assert stranger.get(path).status_code == 403


def test_a_backup_is_brought_in_and_told_thing_by_thing(browser: httpx2.Client) -> None:
    backup = as_json([backups.universal_wallet(COLLEGE, MAKERS)])
    page = sent(browser, files={"Wallet Backup.json": backup})
    assert page.url.path.startswith("/wallet/imports/")
    assert "Wallet Backup.json (a backup of Learner Credential Wallet)" in page.text
    assert "2 badges kept; 2 parts kept unread." in page.text
    for words in ("Data Literacy", "Verified", "Hand Tools", "DID document", "Not kept"):
        assert words in page.text
    link = re.search(r'<a href="(/wallet/[0-9a-f]{32})"><bdi>Data Literacy', page.text)
    assert link
    assert browser.get(link[1]).status_code == 200
    again = sent(browser, files={"Wallet Backup.json": backup})
    assert "0 badges kept, 2 there already; 2 parts kept unread." in again.text
    assert "Wallet Backup.json" in browser.get("/wallet/add").text


def test_a_locked_backup_opens_with_its_passphrase(browser: httpx2.Client) -> None:
    asked = sent(browser, files={"locked.json": LOCKED})
    assert asked.status_code == 400
    assert "is under a passphrase" in asked.text
    assert re.search(r"<details open>\s*<summary>The backup is under a passphrase", asked.text)
    opened = sent(browser, files={"locked.json": LOCKED}, passphrase=backups.PASSPHRASE)
    assert "Data Literacy" in opened.text
    assert backups.PASSPHRASE not in opened.text


def test_one_address_leads_straight_to_its_badge(browser: httpx2.Client) -> None:
    page = sent(browser, text=f" {LOOM['id']} ")
    assert re.fullmatch(r"/wallet/[0-9a-f]{32}", page.url.path)
    assert "Loom Setting" in page.text
    refused = sent(browser, text="https://slow.example/badge")
    assert refused.status_code == 400
    assert "slow.example" in refused.text


def test_a_badge_of_the_demo_is_kept_by_its_address(browser: httpx2.Client) -> None:
    page = sent(browser, text=f"{browser.base_url}/demo/badges/data-literacy.png")
    assert re.fullmatch(r"/wallet/[0-9a-f]{32}", page.url.path), page.text


def test_several_addresses_and_a_pasted_badge_are_brought_in(browser: httpx2.Client) -> None:
    page = sent(browser, text=f"{LOOM['id']}\nhttps://slow.example/badge")
    assert "Not reached" in page.text
    assert "Try again what was not reached" in page.text
    tried = sent(browser, f"{page.url.path}/again", page.url.path)
    assert tried.url.path == page.url.path
    pasted = sent(browser, text=json.dumps(MAKERS))
    assert "Hand Tools" in pasted.text


def test_nothing_chosen_is_told(browser: httpx2.Client) -> None:
    page = sent(browser)
    assert page.status_code == 400
    assert "Choose a file" in page.text


def test_awards_are_picked_from_a_profile(browser: httpx2.Client) -> None:
    page = sent(browser, text=cases_credly.PROFILE)
    assert (page.status_code, "Pick your badges" in page.text) == (200, True)
    (award,) = re.findall(r'name="award" value="([^"]+)"', page.text)
    picked = sent(
        browser, "/wallet/add/picked", award=award, profile="https://www.credly.com/users/mira"
    )
    assert cases_credly.NAME in picked.text
    none = sent(browser, "/wallet/add/picked")
    assert none.status_code == 400
    assert "Nothing was picked" in none.text


def test_what_is_kept_unread_can_be_taken_out_and_let_go(browser: httpx2.Client) -> None:
    strange = "<b>strange</b> \u202e.txt"
    sent(browser, files={strange: b"a letter of praise"})
    page = browser.get("/wallet/unread").text
    assert "<b>strange" not in page
    assert "a letter of praise" not in page
    link = re.search(
        r'<a href="(/wallet/unread/([0-9a-f]{32}))" aria-label="Download [^"]*str', page
    )
    assert link
    taken = browser.get(link[1])
    assert taken.content == b"a letter of praise"
    assert taken.headers["content-type"] == "application/octet-stream"
    assert taken.headers["content-disposition"].startswith("attachment; ")
    gone = sent(browser, f"{link[1]}/delete", "/wallet/unread")
    assert link[2] not in gone.text
    assert browser.get(link[1]).status_code == 404


def test_of_two_things_called_alike_the_other_stays_on_the_list(browser: httpx2.Client) -> None:
    twins = archive({"a/twin.txt": b"one", "b/twin.txt": b"another"})
    listed = sent(browser, files={"twins.zip": twins})
    pattern = re.compile(r'href="(/wallet/unread/[0-9a-f]{32})" aria-label="Download [^"]*twin')
    links = pattern.findall(browser.get("/wallet/unread").text)
    assert len(links) == 2
    for link in links:
        assert "twin.txt" in browser.get(listed.url.path).text
        sent(browser, f"{link}/delete", "/wallet/unread")
    assert "twin.txt" not in browser.get(listed.url.path).text


def test_no_change_without_the_form_of_this_page(browser: httpx2.Client) -> None:
    origin = {"Origin": str(browser.base_url).rstrip("/")}
    for path in ("/wallet/add", "/wallet/add/picked", "/wallet/unread/x/delete"):
        answer = browser.post(path, files={"key": (None, "0" * 64)}, headers=origin)
        assert answer.status_code == 403


def test_deleting_leaves_nothing_of_what_was_brought(
    adding: Served, browser: httpx2.Client
) -> None:
    marker = "Zanzibar-4711"
    badge = assertion("Loom Setting", narrative=marker)
    page = sent(browser, files={f"{marker}.txt": marker.encode()})
    sent(browser, f"{page.url.path}/forget", page.url.path)
    sent(browser, files={"badge.json": as_json([badge])})
    link = re.search(
        rf'<a href="(/wallet/unread/[0-9a-f]+)" aria-label="Download {marker}',
        browser.get("/wallet/unread").text,
    )
    assert link
    sent(browser, f"{link[1]}/delete", "/wallet/unread")
    with adding.client(adding.pair()) as client:
        for entry in client.get("/api/wallet/credentials").json()["credentials"]:
            client.delete(f"/api/wallet/credentials/{entry['id']}")
    adding.store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in adding.data.iterdir():
        if file.is_file():
            assert marker.encode() not in file.read_bytes()
