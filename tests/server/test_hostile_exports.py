"""Exports that are damaged, made up or meant to harm: refused whole, with a sentence, and the
wallet is what it was; what can't be told from an honest one gains its maker nothing.
"""

import json
import os
import resource
import signal
import struct
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any

import httpx2
import pyrage
import pytest

from tests.made.credentials import badge
from tests.made.issuers import RIVERSIDE
from tests.made.signing import did_key, did_key_method, signed
from tests.server.conftest import Served
from tests.server.exports import (
    Files,
    changed,
    exported,
    files_of,
    kept,
    manifest_of,
    packed,
    restore,
    rows_of,
    sha256,
    with_rows,
)
from tests.server.made_up import EXPIRED, GOOD, assertion, picture

PATH = "/api/wallet/credentials"
PASSPHRASE = "seven looms and a kettle"  # noqa: S105 - made up


@pytest.fixture(scope="module")
def export(paired: httpx2.Client) -> bytes:
    """A wallet with a picture and an address in it; what is restored below goes into the same."""
    paired.post(PATH, files={"file": ("weaving.png", picture(GOOD.encode()))})
    paired.post(PATH, json={"url": EXPIRED})
    return exported(paired)


@pytest.fixture
def empty(paired: httpx2.Client, export: bytes) -> httpx2.Client:
    """The wallet without anything in it."""
    for entry in paired.get(PATH).json()["credentials"]:
        assert paired.delete(f"{PATH}/{entry['id']}").status_code == 204
    return paired


def refused(client: httpx2.Client, content: bytes, code: str) -> None:
    before = exported(client)
    answer = restore(client, content)
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) == (422, code), error
    assert error["says"].endswith(".")
    assert exported(client) == before


@pytest.mark.parametrize("share", [0.0, 0.01, 0.5, 0.9, 0.999])
def test_a_cut_off_export_is_refused(empty: httpx2.Client, export: bytes, share: float) -> None:
    code = "backup.other" if share == 0 else "backup.damaged"
    refused(empty, export[: int(len(export) * share)] or b"PK", code)


def test_one_changed_byte_anywhere_is_refused_or_changes_nothing(
    empty: httpx2.Client, export: bytes
) -> None:
    step = len(export) // 60
    for at in range(7, len(export), step):
        spoilt = bytearray(export)
        spoilt[at] ^= 0x21
        answer = restore(empty, bytes(spoilt))
        if answer.status_code == 200:  # a part of the archive that says nothing
            assert kept(exported(empty)) == kept(export)
            for entry in empty.get(PATH).json()["credentials"]:
                empty.delete(f"{PATH}/{entry['id']}")
        else:
            assert answer.status_code == 422
            assert empty.get(PATH).json()["credentials"] == []


def lying(files: Files, **said: object) -> bytes:
    """The manifest with the first credential's entry changed."""
    listed = json.loads(manifest_of(files))
    name = next(name for name in files if name.startswith("credentials/"))
    listed["files"][name] |= said
    return json.dumps(listed).encode()


def named(files: Files, name: str) -> bytes:
    """The archive with a file whose name means to climb out, in archive and manifest."""
    return packed({**files, name: b"#!/bin/sh"})


def twice(files: Files) -> bytes:
    """The archive with two files of one name."""
    written = BytesIO(packed(files))
    with zipfile.ZipFile(written, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("wallet.jsonl", b"")
    return written.getvalue()


def bomb(files: Files) -> bytes:
    """A few kilobytes that would be forty megabytes, as its manifest truly says."""
    return packed({**files, "unread/" + "0" * 64: bytes(40 * 2**20)}, method=zipfile.ZIP_DEFLATED)


def hidden_bomb(files: Files) -> bytes:
    """The same, of which the manifest says that it is small."""
    large = {**files, "wallet.jsonl": files["wallet.jsonl"] + b" " * (64 * 2**20)}
    return packed(large, manifest_of(files), method=zipfile.ZIP_DEFLATED)


def crowded(files: Files) -> bytes:
    """An archive that says it has more files than a wallet can."""
    content = bytearray(packed(files))
    struct.pack_into("<L", content, content.rindex(b"PK\x05\x06") + 12, 2**31)
    return bytes(content)


def with_password(files: Files) -> bytes:
    """An archive whose files say that a password is needed."""
    content = bytearray(packed(files))
    at = -1
    for mark, offset in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        while (at := content.find(mark, at + 1)) >= 0:
            content[at + offset] |= 1
    return bytes(content)


def long_manifest(files: Files) -> bytes:
    """A few kilobytes that a reader of JSON would turn into gigabytes."""
    return packed(files, b'{"files": [' + b"[]," * 10**7, method=zipfile.ZIP_DEFLATED)


def long_row(files: Files) -> bytes:
    """The same in a row."""
    row = b'{"card": {"note": [' + b"[]," * 10**7
    noise = {f"unread/{n:064x}": os.urandom(2**20) for n in range(3)}  # so that it may be that long
    return packed({**files, **noise, "wallet.jsonl": row}, method=zipfile.ZIP_DEFLATED)


_NEWER = partial(manifest_of, version=2)


@pytest.mark.parametrize(
    ("make", "code"),
    [
        (lambda files: b"", "backup.other"),
        (lambda files: picture(GOOD.encode()), "backup.other"),
        (lambda files: packed(files, b"{}"), "backup.manifest"),
        (lambda files: packed(files, b"[" * 60_000), "backup.json"),
        (lambda files: packed(files, b'{"format": NaN}'), "backup.json"),
        (lambda files: packed(files, manifest_of(files, format="other")), "backup.manifest"),
        (lambda files: packed(files, _NEWER(files)), "backup.newer"),
        (lambda files: packed(files, manifest_of(files, version="1")), "backup.manifest"),
        (
            lambda files: packed(files, b'{"format": "touchstone-wallet", "version": 1}'),
            "backup.manifest",
        ),
        (lambda files: packed({f"wallet/{n}": c for n, c in files.items()}), "backup.entry"),
        (lambda files: packed({}, manifest_of(files)), "backup.missing"),
        (lambda files: packed(files, lying(files, sha256="0" * 64)), "backup.missing"),
        (lambda files: packed(files, lying(files, size=1)), "backup.sha256"),
        (lambda files: packed(files, lying(files, size=-1)), "backup.entry"),
        (lambda files: packed(files, lying(files, size=10**12)), "backup.entry"),
        (lambda files: packed(files, lying(files, size=True)), "backup.entry"),
        (lambda files: named(files, "../../etc/cron.d/x"), "backup.entry"),
        (lambda files: named(files, "/etc/passwd"), "backup.entry"),
        (lambda files: named(files, "credentials/../../x.png"), "backup.entry"),
        (lambda files: named(files, "credentials\\x.png"), "backup.entry"),
        (lambda files: named(files, "C:x.png"), "backup.entry"),
        (lambda files: named(files, "credentials/x.png\0.json"), "backup.entry"),
        (twice, "backup.twice"),
        (bomb, "backup.size"),
        (hidden_bomb, "backup.sha256"),
        (crowded, "backup.size"),
        (long_manifest, "backup.size"),
        (long_row, "backup.row"),
        (with_password, "backup.locked"),
        (lambda files: packed(files, method=zipfile.ZIP_BZIP2), "backup.method"),
    ],
)
def test_an_archive_that_is_no_honest_export_is_refused(
    empty: httpx2.Client, export: bytes, make: Callable[[Files], bytes], code: str
) -> None:
    refused(empty, make(files_of(export)), code)


Change = Callable[[str, dict[str, Any]], None]


def setting(which: str, **said: object) -> Change:
    """Sets members of every row of one kind."""

    def change(kind: str, values: dict[str, Any]) -> None:
        if kind == which:
            values |= said

    return change


def report_with(**said: object) -> Change:
    """Sets members of every report."""

    def change(kind: str, values: dict[str, Any]) -> None:
        if kind == "check":
            values["report"] |= said

    return change


def credential_with(**said: object) -> Change:
    """Sets members of what every report says of its credential."""

    def change(kind: str, values: dict[str, Any]) -> None:
        if kind == "check":
            values["report"]["credential"] |= said

    return change


def without(which: str, member: str) -> Change:
    """Leaves a member out of every row of one kind."""

    def change(kind: str, values: dict[str, Any]) -> None:
        if kind == which:
            del values[member]

    return change


@pytest.mark.parametrize(
    "change",
    [
        without("credential", "id"),
        setting("credential", id="../../../x"),
        setting("credential", id="0" * 31),
        setting("credential", sha256="F" * 64),
        setting("credential", saved_at="yesterday"),
        setting("credential", saved_at="2026-13-41T25:61:61Z"),
        setting("credential", saved_at="2026-01-01T00:00:00+05:00"),
        setting("credential", apart="x"),
        setting("credential", apart=["0" * 64]),
        setting("card", note=None),
        setting("card", note="half a \ud800"),
        setting("card", tags=["x" * 61]),
        setting("card", tags=["x"] * 1001),
        setting("copy", source=["https://example.edu"]),
        setting("copy", file="credentials/none.png"),
        setting("copy", file="../../../etc/passwd"),
        setting("copy", sha256="0" * 64),
        setting("document", sha256="0" * 64),
        setting("document", status="200"),
        setting("document", status=7),
        setting("document", url=None),
        report_with(verdict="splendid"),
        report_with(checks=[]),
        report_with(checks=None),
        report_with(credential={}),
        report_with(bundle=[{}]),
        report_with(bundle="x"),
        report_with(checked_at=0),
        credential_with(issued="long ago"),
        credential_with(expires="2026-99-99T00:00:00Z"),
        credential_with(issuer="Harvard"),
        credential_with(evidence=["x"]),
        credential_with(endorsements=[{}]),
    ],
)
def test_a_row_that_no_wallet_writes_is_refused(
    empty: httpx2.Client, export: bytes, change: Change
) -> None:
    before = exported(empty)
    answer = restore(empty, changed(export, change))
    error = answer.json()["error"]
    assert (answer.status_code, error["code"]) in [(422, "backup.row"), (422, "backup.missing")]
    assert exported(empty) == before


def test_reports_within_reports_without_end_are_refused(
    empty: httpx2.Client, export: bytes
) -> None:
    def nested(kind: str, values: dict[str, Any]) -> None:
        if kind == "check":
            for _ in range(12):
                values["report"] = {**values["report"], "bundle": [values["report"]]}

    refused(empty, changed(export, nested), "backup.row")


@pytest.mark.parametrize(
    "rows",
    [
        [("credential", {})],
        [("nonsense", {})],
        [("card", [])],
        [("card", {"note": "", "tags": []}), ("check", {})],
        [("card", {"note": "", "tags": []}), ("card", {"note": "", "tags": []}), ("copy", {})],
    ],
)
def test_rows_in_disorder_are_refused(
    empty: httpx2.Client, export: bytes, rows: list[tuple[str, Any]]
) -> None:
    refused(empty, packed(with_rows(files_of(export), rows)), "backup.row")
    kept = rows_of(files_of(export))
    moved = [row for row in kept if row[0] != "credential"]
    refused(empty, packed(with_rows(files_of(export), moved)), "backup.row")
    without_copies = [row for row in kept if row[0] != "copy"]
    refused(empty, packed(with_rows(files_of(export), without_copies)), "backup.row")


@pytest.mark.parametrize("text", [b"{", b'{"card": {}} trailing', b"\xff\xfe", b"[]", b"{}", b"1"])
def test_lines_that_are_no_rows_are_refused(
    empty: httpx2.Client, export: bytes, text: bytes
) -> None:
    files = {**files_of(export), "wallet.jsonl": text + b"\n"}
    answer = restore(empty, packed(files))
    assert answer.json()["error"]["code"] in ("backup.json", "backup.row")
    assert empty.get(PATH).json()["credentials"] == []


def test_a_forged_report_verifies_nothing(empty: httpx2.Client, export: bytes) -> None:
    def forged(kind: str, values: dict[str, Any]) -> None:
        if kind != "check":
            return
        report = values["report"]
        report["verdict"], report["headline"] = "verified", "Harvard issued this."
        report["credential"]["issuer"] |= {"proven": "harvard.edu", "vouched_by": ["Everybody"]}
        for check in report["checks"]:
            check |= {"outcome": "passed", "code": "signature", "says": "All is well."}

    answer = restore(empty, changed(export, forged))
    assert answer.json()["new"] == 2
    for entry in empty.get(PATH).json()["credentials"]:
        assert entry["issuer"] in (None, "Example College")  # as found here, or not yet
        whole = json.dumps(empty.get(f"{PATH}/{entry['id']}").json()["report"])
        assert "arvard" not in whole.replace("harvard.edu/", "")
        assert "All is well" not in whole


def test_an_export_cannot_put_one_badge_in_the_place_of_another(
    empty: httpx2.Client, export: bytes
) -> None:
    """A made-up credential that is said to be the well-known one, which is then saved for real."""
    false = json.dumps(assertion("99", narrative="not this one")).encode()
    files = files_of(export)
    rows = rows_of(files)
    for kind, values in rows:
        if kind == "copy":
            name = f"credentials/x-{len(files)}.json"
            files[name] = false
            values |= {"file": name, "sha256": sha256(false), "media_type": "application/json"}
    assert restore(empty, packed(with_rows(files, rows))).status_code == 200
    held = {entry["id"] for entry in empty.get(PATH).json()["credentials"]}
    saved = empty.post(PATH, json={"url": GOOD})
    assert saved.status_code == 201
    assert saved.json()["id"] not in held
    assert saved.json()["report"]["verdict"] == "verified"


def test_nothing_is_served_as_a_page(empty: httpx2.Client, export: bytes) -> None:
    answer = restore(empty, changed(export, setting("copy", media_type="text/html")))
    assert answer.status_code == 200
    for entry in empty.get(PATH).json()["credentials"]:
        assert entry["media_type"] == "application/octet-stream"


def test_words_of_strangers_do_no_harm(empty: httpx2.Client, export: bytes, served: Served) -> None:
    hostile = "<script>alert(1)</script>\u202e\0\x1b[2J {{ 7*7 }}"

    def change(kind: str, values: dict[str, Any]) -> None:
        if kind == "card":
            values |= {"note": hostile, "tags": [hostile]}
        if kind == "check":
            values["report"]["credential"] |= {"name": hostile, "description": "half \ud800 a"}
        if kind == "copy":
            values["source"] = hostile

    assert restore(empty, changed(export, change)).status_code == 200
    again = exported(empty)
    assert restore(empty, again).json()["new"] == 0
    assert kept(exported(empty)) == kept(again)
    with served.client() as browser:
        link = served.printed_again().split()[-1]
        assert browser.get(link).status_code == 303
        for page in ("/wallet", "/wallet/leave"):
            answer = browser.get(page)
            assert answer.status_code == 200
            assert "<script>alert" not in answer.text
        for entry in empty.get(PATH).json()["credentials"]:
            assert browser.get(f"/wallet/{entry['id']}").status_code == 200


@pytest.mark.parametrize("named", ["x", "", "https:", "https://[", "mailto:ada@example.org"])
def test_what_no_host_is_stops_neither_the_watch_nor_a_page(
    empty: httpx2.Client, export: bytes, served: Served, named: str
) -> None:
    asked = {"url": named, "at": "2026-01-01T00:00:00Z", "status": 200}
    hostile = changed(export, report_with(contacted=[asked]))
    assert restore(empty, hostile).status_code == 200
    due = empty.post("/api/wallet/check", headers={"Content-Type": "application/json"})
    assert due.status_code == 202
    with served.client() as browser:
        assert browser.get(served.printed_again().split()[-1]).status_code == 303
        for entry in empty.get(PATH).json()["credentials"]:
            assert browser.get(f"/wallet/{entry['id']}").status_code == 200
    waited = 0
    while any(entry["issuer"] is None for entry in empty.get(PATH).json()["credentials"]):
        time.sleep(0.2)
        waited += 1
        assert waited < 300, "nothing restored is looked at"


def test_no_export_hides_what_is_not_genuine_behind_another(empty: httpx2.Client) -> None:
    made = badge(RIVERSIDE, "Sails", issuer={"id": did_key("sails"), "type": ["Profile"]})
    made = signed(made, "sails", did_key_method("sails"))
    false = json.dumps({**made, "validFrom": "2020-01-01T00:00:00Z"}).encode()
    refused = empty.post(PATH, files={"file": ("false.json", false)}).json()
    assert refused["report"]["verdict"] == "invalid"
    saved = empty.post(PATH, json={"url": GOOD}).json()["id"]
    files = files_of(exported(empty))
    rows = rows_of(files)
    groups: list[list[tuple[str, Any]]] = []
    for row in rows:
        if row[0] == "card":
            groups.append([])
        groups[-1].append(row)
    first = next(n for n, some in enumerate(groups) if some[1][1]["id"] == refused["id"])
    one, other = groups[first], groups[1 - first]
    for kind, values in other:
        if kind == "credential":
            values["saved_at"] = "1971-01-01T00:00:00Z"
    assert empty.delete(f"{PATH}/{saved}").status_code == 204
    assert restore(empty, packed(with_rows(files, [*one, *other[1:]]))).status_code == 200
    found = empty.get("/api/wallet/cards").json()["cards"]
    assert sorted(one["verdict"] for one in found) == ["invalid", "unknown"]


def test_what_is_no_address_is_no_link(empty: httpx2.Client, export: bytes) -> None:
    """Taken for a record, of which the export tells what it lists: saved pictures have no policy
    that would keep a script of theirs from running.
    """
    script = "javascript:alert(1)"
    listed = [
        {"id": one, "name": one, "kind": "other", "url": script, "earned": earned}
        for one, earned in (("part", None), ("whole", None), ("won", "2026-01-01T00:00:00Z"))
    ]
    ties = [{"type": "isPartOf", "source": one, "target": "whole"} for one in ("part", "won")]
    record = credential_with(kind="record", listed=listed, associations=ties)
    assert restore(empty, changed(export, record)).status_code == 200
    found = empty.get("/api/wallet/stacks").json()["stacks"]
    assert "whole" in {one["name"] for one in found}
    for one in found:
        whole = empty.get(f"/api/wallet/stacks/{one['id']}").text
        assert script not in whole + empty.get(f"/api/wallet/stacks/{one['id']}/picture").text


def test_a_number_without_end_is_refused(empty: httpx2.Client, export: bytes) -> None:
    files = files_of(export)
    detail = {"expires": "2026-01-01T00:00:00Z", "days": 12345678}
    event = {"at": "2026-01-01T00:00:00Z", "code": "expires_soon", "says": "x", "detail": detail}
    rows = rows_of(files)
    at = next(n for n, (kind, _) in enumerate(rows) if kind == "check")
    rows.insert(at, ("event", {**event, "seen_at": None, "sent_at": None}))
    written = with_rows(files, rows)
    written["wallet.jsonl"] = written["wallet.jsonl"].replace(b"12345678", b"1e999")
    refused(empty, packed(written), "backup.json")


def test_what_age_can_not_open_is_told(empty: httpx2.Client, export: bytes) -> None:
    sealed = pyrage.passphrase.encrypt(export, PASSPHRASE)
    work = sealed.split(b"\n", 2)[1].rsplit(b" ", 1)[1]
    key = pyrage.x25519.Identity.generate().to_public()
    spoilt = {
        "sealed.damaged": sealed[:-7],
        "sealed.work": sealed.replace(b" " + work + b"\n", b" 40\n", 1),
        "sealed.kind": pyrage.encrypt(export, [key]),
        "backup.other": pyrage.encrypt(export, [key], armored=True),
    }
    for code, content in spoilt.items():
        answer = restore(empty, content, passphrase=PASSPHRASE)
        assert (answer.status_code, answer.json()["error"]["code"]) == (422, code)
    assert empty.get(PATH).json()["credentials"] == []


def test_a_form_without_a_file_is_told(empty: httpx2.Client) -> None:
    answer = empty.post("/api/wallet/restore", files={"other": (None, "x")})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "source")


def little_room() -> None:
    """No file may grow beyond this, as on a disk that is full."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (700_000, 700_000))


def test_a_full_disk_leaves_the_wallet_as_it_was(export: bytes, tmp_path: Path) -> None:
    noise = {f"unread/{sha256(bytes([n]) * 200_000)}": bytes([n]) * 200_000 for n in range(8)}
    files = {**files_of(export), **noise}
    found = [
        ("unread", {
            "id": f"{n:032x}", "sha256": sha256(content), "file": name, "label": "x", "why": "x",
            "received_at": "2026-01-01T00:00:00Z",
        })
        for n, (name, content) in enumerate(noise.items())
    ]  # fmt: skip
    path = tmp_path / "wallet.zip"
    path.write_bytes(packed(with_rows(files, [*found, *rows_of(files_of(export))])))

    def touchstone(*arguments: str, tight: bool = False) -> subprocess.CompletedProcess[bytes]:
        command = [sys.executable, "-m", "wallet_server", "wallet", *arguments]
        environment = {**os.environ, "TOUCHSTONE_DATA": str(tmp_path / "data")}
        limit = little_room if tight else None
        ended = subprocess.run(command, capture_output=True, env=environment, preexec_fn=limit)
        assert b"Traceback" not in ended.stderr, ended.stderr.decode()
        return ended

    full = touchstone("restore", str(path), tight=True)
    assert (full.returncode, b"Nothing was restored" in full.stderr) == (1, True), full.stderr
    assert b"2 new, 0 were here already, 8 unread" in touchstone("restore", str(path)).stdout
    no_room = touchstone("export", str(tmp_path / "out.zip"), tight=True)
    assert (no_room.returncode, b"could not be written" in no_room.stderr) == (1, True)
    assert not (tmp_path / "out.zip").exists()
    assert not list(tmp_path.glob("*.part"))
