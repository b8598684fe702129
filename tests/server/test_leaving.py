"""Taking the wallet along over HTTP: everything is in the export, and all of it comes back."""

import html
import json
import re
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import httpx2
import pytest

from tests.server.conftest import Served, options_for, start
from tests.server.exports import exported, files_of, kept, packed, restore, rows_of, sha256
from tests.server.made_up import DOWN, EXPIRED, GOOD, REVOKED, assertion, picture, write_web
from tests.server.postgres import Server
from tests.server.stores import Store
from wallet_server.store.schema import metadata

PATH = "/api/wallet/credentials"
PASSPHRASE = "seven looms and a kettle"  # noqa: S105 - made up
PNG = picture(GOOD.encode())


@pytest.fixture(scope="module", autouse=True)
def filled(paired: httpx2.Client) -> None:
    for url in (REVOKED, EXPIRED, DOWN):
        paired.post(PATH, json={"url": url})
    assert paired.post(PATH, files={"file": ("weaving.png", PNG)}).status_code == 201
    assert paired.post(PATH, json={"url": GOOD}).status_code == 200  # another copy of the same


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory, postgres_server: Server) -> Iterator[Served]:
    """Another machine, on which there is no wallet yet; its wallet is to be in a PostgreSQL."""
    folder = tmp_path_factory.mktemp("other")
    write_web(folder / "web")
    server = start(
        folder, *options_for(folder), store=Store(folder / "data", postgres_server.database())
    )
    yield server
    assert server.stop() == ""


@pytest.fixture
def there(other: Served) -> Iterator[httpx2.Client]:
    """A client of the other machine, its wallet empty."""
    with other.client(other.pair()) as client:
        for entry in client.get(PATH).json()["credentials"]:
            assert client.delete(f"{PATH}/{entry['id']}").status_code == 204
        yield client


def test_two_exports_of_one_wallet_are_the_same_bytes(paired: httpx2.Client) -> None:
    first = exported(paired)
    assert exported(paired) == first
    with zipfile.ZipFile(BytesIO(first)) as archive:
        assert archive.testzip() is None
        for entry in archive.infolist():
            assert entry.compress_type == zipfile.ZIP_STORED
            assert entry.date_time == (1980, 1, 1, 0, 0, 0)
            assert entry.external_attr >> 16 == 0o100600
        listed = json.loads(archive.read("manifest.json"))
        assert (listed["format"], listed["version"]) == ("touchstone-wallet", 1)
        assert set(listed["files"]) == set(archive.namelist()) - {"manifest.json"}
        for name, said in listed["files"].items():
            content = archive.read(name)
            assert said == {"size": len(content), "sha256": sha256(content)}


def test_badges_are_in_it_byte_for_byte_and_named_for_people(paired: httpx2.Client) -> None:
    files = files_of(exported(paired))
    assert PNG in files.values()
    assert json.dumps(assertion("1")).encode() in files.values()
    names = [name for name in files if name.startswith("credentials/")]
    assert any(
        re.fullmatch(r"credentials/weaving-first-year-[0-9a-f]{32}\.png", name) for name in names
    )
    kinds = [kind for kind, _ in rows_of(files)]
    assert (kinds.count("card"), kinds.count("copy")) == (3, 4)


def test_what_is_unpacked_can_be_checked_again_without_a_network(
    paired: httpx2.Client, served: Served, tmp_path: Path
) -> None:
    with zipfile.ZipFile(BytesIO(exported(paired))) as archive:
        archive.extractall(tmp_path)
    sources = sorted(str(path) for path in (tmp_path / "credentials").iterdir())
    trust = str(served.data.parent / "trust.json")
    command = [sys.executable, "-m", "wallet_server", "verify", "--json", *sources]
    known = ["--documents", str(tmp_path / "documents"), "--trust", trust, "--no-default-trust"]
    ended = subprocess.run([*command, *known], capture_output=True, text=True)
    again = [json.loads(line) for line in ended.stdout.splitlines()]
    assert sorted(report["verdict"] for report in again) == [
        *("expired", "revoked", "verified", "verified")
    ]


def test_it_comes_back_and_is_checked_anew(paired: httpx2.Client, there: httpx2.Client) -> None:
    export = exported(paired)
    answer = restore(there, export)
    assert answer.status_code == 200, answer.text
    assert answer.json() == {"new": 3, "held": 0, "unread": 0}
    assert verdicts(there, ["expired", "revoked", "verified"])
    assert kept(exported(there)) == kept(export)
    assert restore(there, export).json() == {"new": 0, "held": 3, "unread": 0}
    assert restore(paired, export).json() == {"new": 0, "held": 3, "unread": 0}
    assert exported(paired) == export
    assert kept(exported(there)) == kept(export)


def verdicts(client: httpx2.Client, wanted: list[str]) -> bool:
    """Whether the wallet's badges come to have these verdicts."""
    for _ in range(300):
        entries = client.get(PATH).json()["credentials"]
        if sorted(entry["verdict"] for entry in entries) == wanted:
            return True
        time.sleep(0.2)
    return False


def test_packed_again_by_somebody_else_it_comes_back_too(
    paired: httpx2.Client, there: httpx2.Client
) -> None:
    export = exported(paired)
    with zipfile.ZipFile(BytesIO(export)) as archive:
        manifest = archive.read("manifest.json")
    again = packed(
        {**files_of(export), "__MACOSX/._x": b"junk", ".DS_Store": b"junk"},
        manifest,
        method=zipfile.ZIP_DEFLATED,
    )
    assert len(again) < len(export)
    assert restore(there, again).json()["new"] == 3
    assert kept(exported(there)) == kept(export)


def test_an_import_of_an_export_restores_it(paired: httpx2.Client, there: httpx2.Client) -> None:
    export = exported(paired)
    answer = there.post("/api/wallet/import", files={"file": ("wallet.zip", export)})
    assert answer.json() == {"new": 3, "held": 0, "unread": 0}
    assert kept(exported(there)) == kept(export)


def test_what_was_checked_here_stays_so(paired: httpx2.Client, there: httpx2.Client) -> None:
    saved = there.post(PATH, json={"url": GOOD}).json()["id"]
    assert restore(there, exported(paired)).json() == {"new": 2, "held": 1, "unread": 0}
    assert there.get(f"{PATH}/{saved}").json()["report"]["verdict"] == "verified"


def test_under_a_passphrase_only_the_passphrase_opens_it(
    paired: httpx2.Client, there: httpx2.Client
) -> None:
    export = exported(paired)
    sealed = paired.post("/api/wallet/export", json={"passphrase": PASSPHRASE})
    assert sealed.headers["content-disposition"].endswith('"touchstone-wallet.zip.age"')
    assert b"Weaving" not in sealed.content
    refusals = {
        "passphrase.missing": {},
        "passphrase.wrong": {"passphrase": PASSPHRASE.upper()},
    }
    for code, fields in refusals.items():
        answer = restore(there, sealed.content, **fields)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert there.get(PATH).json()["credentials"] == []
    assert restore(there, sealed.content, passphrase=PASSPHRASE).json()["new"] == 3
    assert kept(exported(there)) == kept(export)


@pytest.mark.parametrize("passphrase", ["", "short", 12345678, None])
def test_no_passphrase_that_is_none_is_taken(paired: httpx2.Client, passphrase: object) -> None:
    answer = paired.post("/api/wallet/export", json={"passphrase": passphrase})
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]["code"].startswith("passphrase.")


def test_the_whole_wallet_is_for_whom_it_was_paired_with(served: Served) -> None:
    with served.client() as stranger:
        assert stranger.get("/api/wallet/export").status_code == 401
        assert stranger.post("/api/wallet/export", json={}).status_code == 401
        assert restore(stranger, b"").status_code == 401
        for path in ("/wallet/leave", "/wallet/leave/export"):
            assert stranger.get(path).status_code == 403
        for path in ("export", "restore", "erase"):
            form = {"word": (None, "delete"), "key": (None, "0" * 64)}
            assert stranger.post(f"/wallet/leave/{path}", files=form).status_code == 403


@pytest.fixture
def browser(served: Served) -> Iterator[httpx2.Client]:
    with served.client() as client:
        link = re.search(r"https?://\S+/wallet/open/\S+", served.printed_again())
        assert link
        assert client.get(link[0]).status_code == 303
        yield client


def sent(
    browser: httpx2.Client, does: str, key: str | None = None, **fields: object
) -> httpx2.Response:
    """A form of the page, as a browser sends it."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get("/wallet/leave").text)
    assert found
    parts = [
        (name, value if isinstance(value, tuple) else (None, str(value)))
        for name, value in {**fields, "key": key or found[1]}.items()
    ]
    origin = {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    return browser.post(f"/wallet/leave/{does}", files=parts, headers=origin)


def text_of(page: httpx2.Response) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page.text)).split())


def test_the_page_gives_it_out_and_takes_it_back(
    browser: httpx2.Client, paired: httpx2.Client
) -> None:
    page = text_of(browser.get("/wallet/leave"))
    assert "3 badges, 3 credentials" in page
    plain = browser.get("/wallet/leave/export")
    assert plain.content == exported(paired)
    assert plain.headers["content-disposition"].startswith("attachment")
    sealed = sent(browser, "export", passphrase=PASSPHRASE, again=PASSPHRASE)
    differ = sent(browser, "export", passphrase=PASSPHRASE, again="something else")
    assert (differ.status_code, "passphrases differ" in text_of(differ)) == (400, True)
    file = ("wallet.zip.age", sealed.content, "application/octet-stream")
    lost = sent(browser, "restore", file=file)
    assert (lost.status_code, "export is encrypted" in text_of(lost)) == (422, True)
    back = sent(browser, "restore", file=file, passphrase=PASSPHRASE)
    assert "Restored. 0 credentials are new, 3 were here already" in text_of(back)


def test_forms_of_others_do_nothing(browser: httpx2.Client, paired: httpx2.Client) -> None:
    for does in ("export", "restore", "erase"):
        fields = {"word": "delete", "passphrase": PASSPHRASE, "again": PASSPHRASE}
        assert sent(browser, does, "0" * 64, **fields).status_code == 403
    unsure = sent(browser, "erase", word="yes")
    assert (unsure.status_code, "Nothing was deleted" in text_of(unsure)) == (400, True)
    assert len(paired.get(PATH).json()["credentials"]) == 3


#: Tables of which nothing is in an export: what is made anew, what is this installation's own, and
#: what is not in the wallet yet.
_LEFT_OUT = {
    *("thumbnails", "pictures", "tallies", "blocks"),
    *("tokens", "pairing_codes", "sightings"),
    *("imports", "import_items"),
    *("shares", "share_badges", "challenges"),
    *("sweeps", "sweep_rows", "sweep_lines"),
}


def test_no_table_is_forgotten() -> None:
    exported_tables = {
        *("cards", "tags", "credentials", "copies", "lineage", "checks", "documents", "blobs"),
        *("events", "unread", "owner", "pathways"),
    }
    every = set(metadata.tables)
    assert exported_tables | _LEFT_OUT == every, "say what an export has of the new table"
