"""Bringing badges in: every format that is read, from a sample of it, over HTTP; each badge byte
for byte as it stood there, nothing lost, and what is no badge kept with the reason.
"""

import base64
import io
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import httpx2
import pytest

from tests.made import backups, cases_credly, cases_cvs, cvs
from tests.made.cases_papers import ALONE, HELD, export
from tests.made.documents import archive, packed, pdf
from tests.made.folder import as_json
from tests.made.png import international, picture
from tests.server.brought import BOAT, COLLEGE, LOCKED, LOOM, MAKERS, OLD, options
from tests.server.conftest import Served, start

PATH = "/api/wallet/import"


@pytest.fixture(scope="module")
def bringing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bringing")
    server = start(folder, *options(folder))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def owner(bringing: Served) -> Iterator[httpx2.Client]:
    with bringing.client(bringing.pair()) as client:
        yield client


@pytest.fixture(autouse=True)
def empty(owner: httpx2.Client) -> None:
    for entry in owner.get("/api/wallet/credentials").json()["credentials"]:
        owner.delete(f"/api/wallet/credentials/{entry['id']}")


def brought(client: httpx2.Client, content: bytes, passphrase: str = "") -> dict[str, Any]:
    """The summary of an import of one file."""
    files = {"files": ("what-was-brought", content)}
    answer = client.post(PATH, files=files, data={"passphrase": passphrase})
    assert answer.status_code == 200, answer.text
    summary: dict[str, Any] = answer.json()
    assert summary["finished_at"]
    return summary


def named(summary: dict[str, Any], state: str) -> list[str]:
    return sorted(one["label"] for one in summary["items"] if one["state"] == state)


TWO = ["Data Literacy", "Hand Tools"]
HOSTED = ["Boat Mending", "Loom Setting"]
PLACES = (LOOM["id"], BOAT["id"])
#: What is brought, its passphrase, which badges are kept, and how many parts are kept unread.
SAMPLES: dict[str, tuple[bytes, str, list[str], int]] = {
    "learner_credential_wallet": (
        as_json([backups.universal_wallet(COLLEGE, MAKERS)]),
        "",
        TWO,
        2,
    ),
    "learner_credential_wallet_locked": (LOCKED, backups.PASSPHRASE, TWO, 2),
    "learner_credential_wallet_tar": (backups.wallet_tar(COLLEGE, MAKERS), "", TWO, 1),
    "learncard": (backups.learncard(COLLEGE, MAKERS), "", TWO, 2),
    "learncard_locked": (
        backups.learncard(COLLEGE, MAKERS, passphrase=backups.PASSPHRASE),
        backups.PASSPHRASE,
        TWO,
        2,
    ),
    "badgr_1": (backups.badgr_1(*PLACES), "", HOSTED, 0),
    "badgr_2": (backups.badgr_2(*PLACES), "", HOSTED, 0),
    "badge_connect": (backups.badge_connect(LOOM, BOAT), "", HOSTED, 0),
    "mozilla": (
        backups.mozilla_group((LOOM["id"], LOOM), ("https://gone.example/rope.json", OLD)),
        "",
        ["Loom Setting", "Old Rope"],
        0,
    ),
    "mozilla_groups": (backups.mozilla_groups(), "", [], 1),
    "open_badge_passport": (as_json(backups.passport_list(*PLACES)), "", HOSTED, 0),
    "open_badge_passport_account": (backups.passport_account(*PLACES), "", HOSTED, 0),
    "europass": (
        backups.europass(
            {"data.json": as_json(COLLEGE), "diploma.txt": b"a scanned diploma"},
            [f"{cases_credly.AWARD}"],
        ),
        "",
        sorted(["Data Literacy", cases_credly.NAME]),
        1,
    ),
    "europass_of_before": (
        backups.skills_passport({"hand-tools.json": as_json(MAKERS)}),
        "",
        ["Hand Tools"],
        0,
    ),
    "europass_pdf": (
        pdf(packed(backups.europass({"data.json": as_json(COLLEGE)}))),
        "",
        ["Data Literacy"],
        0,
    ),
    "europass_credential": (as_json(backups.europass_credential()), "", ["Chart Reading"], 0),
    "linkedin": (
        archive({"Certifications.csv": export(HELD, ALONE), "messages.csv": b"From,To\n"}),
        "",
        [cases_credly.NAME],
        1,
    ),
    "presentation": (backups.presentation(COLLEGE, MAKERS), "", TWO, 1),
    "list": (as_json([COLLEGE, MAKERS, LOOM["id"]]), "", sorted([*TWO, "Loom Setting"]), 0),
    "open_badges_3_api": (as_json({"credential": [COLLEGE, MAKERS]}), "", TWO, 0),
    "zip": (
        archive(
            {
                "a/data.png": picture(international(as_json(COLLEGE), b"openbadgecredential")),
                "hand-tools.json": as_json(MAKERS),
                "notes.txt": b"nothing of the kind",
                "__MACOSX/._data.png": b"\0",
            }
        ),
        "",
        TWO,
        1,
    ),
    "zip_in_a_zip": (
        archive({"older.zip": archive({"hand-tools.json": as_json(MAKERS)})}),
        "",
        ["Hand Tools"],
        0,
    ),
    "pdf_of_two_badges": (pdf(packed(as_json(COLLEGE)), packed(as_json(MAKERS))), "", TWO, 0),
    "single_badge": (as_json(COLLEGE), "", ["Data Literacy"], 0),
}


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_of_every_format_is_read(name: str, owner: httpx2.Client) -> None:
    content, passphrase, kept, unread = SAMPLES[name]
    summary = brought(owner, content, passphrase)
    assert named(summary, "kept") == kept, summary
    assert summary["counts"]["unread"] == unread, summary
    assert summary["counts"]["waiting"] == summary["counts"]["failed"] == 0
    assert all(one["says"] for one in summary["items"] if one["state"] in ("unread", "left"))
    again = brought(owner, content, passphrase)
    assert named(again, "already") == kept
    assert len(owner.get("/api/wallet/credentials").json()["credentials"]) == len(kept)


def test_a_cv_is_read_award_by_award_and_is_not_kept_itself(owner: httpx2.Client) -> None:
    summary = brought(owner, cvs.docx(cases_cvs.CV))
    assert named(summary, "kept") == [
        *("Chart Reading", "Civil Engineering", "Data Literacy", "Navigator of Open Data"),
        *("Research Methods", "Tide Modelling", cases_credly.NAME, "Welding"),
    ]
    assert summary["counts"]["failed"] == summary["counts"]["unread"] == 0
    assert "was not kept" in summary["items"][-1]["says"]


def contents(client: httpx2.Client) -> dict[str, bytes]:
    """Every badge in the wallet by its name, byte for byte."""
    path = "/api/wallet/credentials"
    listed = client.get(path).json()["credentials"]
    kept = [client.get(f"{path}/{entry['id']}").json() for entry in listed]
    return {
        one["report"]["credential"]["name"]: base64.b64decode(one["credential"]) for one in kept
    }


def test_badges_are_kept_byte_for_byte_as_they_stood_in_the_backup(owner: httpx2.Client) -> None:
    spelled = json.dumps(COLLEGE, ensure_ascii=True, indent=3).replace("2025", "\\u0032025")
    backup = json.dumps(backups.universal_wallet(MAKERS), separators=(" ,", ": "))
    backup = backup.replace('"contents": [', f'"contents": [{spelled} ,')
    summary = brought(owner, backup.encode())
    assert named(summary, "kept") == TWO, summary
    kept = contents(owner)
    assert kept["Data Literacy"].decode() == spelled
    assert kept["Hand Tools"].decode() in backup


def test_each_is_kept_with_its_own_verdict(owner: httpx2.Client) -> None:
    altered = {**COLLEGE, "name": "Doctor of Data"}
    summary = brought(owner, as_json([COLLEGE, altered, MAKERS]))
    verdicts = [(one["label"], one["verdict"]) for one in summary["items"]]
    assert verdicts == [
        ("Data Literacy", "verified"),
        ("Data Literacy", "invalid"),
        ("Hand Tools", "unvouched"),
    ]


def test_a_copy_in_a_backup_stands_in_for_a_host_that_has_died(owner: httpx2.Client) -> None:
    group = backups.mozilla_group((LOOM["id"], LOOM), ("https://gone.example/rope.json", OLD))
    summary = brought(owner, group)
    verdicts = {one["label"]: one["verdict"] for one in summary["items"]}
    assert verdicts == {"Loom Setting": "verified", "Old Rope": "unknown"}
    assert json.loads(contents(owner)["Old Rope"]) == OLD


@pytest.mark.parametrize("locked", ["learner_credential_wallet_locked", "learncard_locked"])
def test_a_locked_backup_asks_for_its_passphrase(locked: str, owner: httpx2.Client) -> None:
    content = SAMPLES[locked][0]
    for passphrase, code in (("", "lock_asked"), ("a wrong one", "lock_passphrase")):
        answer = owner.post(
            PATH, files={"files": ("backup", content)}, data={"passphrase": passphrase}
        )
        assert answer.status_code == 422
        assert answer.json()["error"]["code"] == code
        assert "passphrase" in answer.json()["error"]["says"]
    assert owner.get("/api/wallet/credentials").json() == {"credentials": []}


def test_a_lock_that_asks_for_too_much_work_is_kept_unread(owner: httpx2.Client) -> None:
    asked = json.loads(LOCKED)
    asked["credentialSubject"]["jwe"]["recipients"][0]["header"]["p2c"] = 2**40
    summary = brought(owner, as_json(asked), backups.PASSPHRASE)
    assert summary["counts"]["unread"] == 1
    assert "without a passphrase" in summary["items"][0]["says"]


def test_more_locks_than_are_opened_at_once_are_kept_unread(owner: httpx2.Client) -> None:
    many = ({**COLLEGE, "name": f"Copy {number}"} for number in range(60))
    summary = brought(
        owner, backups.learncard(*many, passphrase=backups.PASSPHRASE), backups.PASSPHRASE
    )
    left = [one for one in summary["items"] if "more locked parts" in one["says"]]
    assert (len(left), {one["state"] for one in left}) == (11, {"unread"})  # of 60 and a key


@pytest.mark.parametrize(
    "name", ["learner_credential_wallet", "learner_credential_wallet_tar", "learncard"]
)
def test_no_secret_key_is_kept(name: str, owner: httpx2.Client, bringing: Served) -> None:
    summary = brought(owner, SAMPLES[name][0])
    assert any("secret key" in one["says"] for one in summary["items"] if one["state"] == "left")
    with closing(sqlite3.connect(bringing.data / "wallet.sqlite3")) as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for file in bringing.data.iterdir():
        if file.is_file():
            assert backups.SECRET.encode() not in file.read_bytes()
            assert b"0" * 64 not in file.read_bytes()


def test_a_part_that_was_changed_in_a_learncard_export_is_not_believed(
    owner: httpx2.Client,
) -> None:
    whole = backups.learncard(COLLEGE)
    changed = whole.replace(b"Data Literacy", b"Dada Literacy")
    assert changed != whole
    damaged = brought(owner, changed)  # the archive itself says so
    assert damaged["counts"]["unread"] == 1
    assert "damaged" in damaged["items"][0]["says"]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"PK\x03\x04 cut off", "damaged"),
        (b"not a badge at all", "text"),
        (b'{"contents": [', "JSON"),
        (as_json({"type": "UniversalWallet2020", "contents": "none"}), "no credential"),
        (as_json({"type": "UniversalWallet2020", "contents": [7]}), "part of the wallet"),
        (b"<?xml version='1.0'?><Candidate ><broken></Candidate>", "damaged"),
        (b"\0" * 257 + b"ustar" + b"\0" * 250, "damaged"),
    ],
)
def test_what_cannot_be_read_is_kept_as_it_came(
    content: bytes, says: str, owner: httpx2.Client
) -> None:
    summary = brought(owner, content)
    (one,) = [item for item in summary["items"] if item["state"] == "unread"]
    assert says in one["says"]
    assert summary["counts"]["kept"] == 0


def packed_zip(content: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as written:
        written.writestr("badge.json", content)
    return target.getvalue()


def nested(levels: int) -> bytes:
    content = as_json(MAKERS)
    for _ in range(levels):
        content = archive({"inner.zip": content})
    return content


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE Candidate [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    b"<Candidate >&b;</Candidate>"
)
#: What strangers may send to do harm.
HOSTILE: dict[str, Callable[[], bytes]] = {
    "archives within archives": lambda: nested(9),
    "more files than any backup": lambda: archive({f"{n}.txt": b"x" for n in range(2500)}),
    "more things than any backup": lambda: as_json([LOOM["id"], *range(2500)]),
    "nested without end": lambda: b"[" * 200_000 + b"]" * 200_000,
    "a bomb": lambda: packed_zip(b"\0" * 140 * 2**20),
    "entities": lambda: LAUGHS,
    "numbers without end": lambda: b"[" + b"9" * 100_000 + b"]",
    "half a character": lambda: b'[{"id": "\\ud800", "credentialSubject": {}}]',
    "a name that is a path": lambda: as_json([{"id": "../../etc/passwd", "proof": {}}]),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_made_to_do_harm_is_kept_unread(name: str, owner: httpx2.Client) -> None:
    summary = brought(owner, HOSTILE[name]())
    assert summary["counts"]["kept"] == 0, summary
    assert summary["counts"]["unread"] == 1, summary
    assert all(one["says"] for one in summary["items"])
    assert owner.get("/api/health").json()["status"] == "ok"


def test_an_archive_may_not_climb_out_of_its_folder(owner: httpx2.Client) -> None:
    summary = brought(owner, archive({"../../badge.json": as_json(COLLEGE)}))
    assert summary["counts"] == {**summary["counts"], "kept": 0, "unread": 1}
    assert "outside itself" in summary["items"][0]["says"]


def test_addresses_are_brought_and_a_profile_only_if_all_of_it_is_meant(
    owner: httpx2.Client,
) -> None:
    places = [LOOM["id"], "https://slow.example/badge", cases_credly.PROFILE]
    summary = owner.post(PATH, json={"urls": places}).json()
    assert {one["url"]: one["state"] for one in summary["items"]} == dict(
        zip(places, ("kept", "failed", "failed"), strict=True)
    )
    assert "Pick the award" in summary["items"][2]["says"]
    whole = owner.post(PATH, json={"urls": [cases_credly.PROFILE], "all": True}).json()
    assert named(whole, "kept") == [cases_credly.NAME]
    assert owner.get(f"/api/wallet/imports/{whole['id']}").json() == whole


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"urls": []},
        {"urls": ["ftp://somewhere.example"]},
        {"urls": [7]},
        {"urls": ["https://a.example"], "all": "yes"},
        {"bytes": "***"},
        {"credential": " "},
        {"urls": ["https://a.example"], "credential": "x"},
        {"credential": "x", "passphrase": 7},
    ],
)
def test_a_wrong_request_is_refused_with_a_sentence(
    body: dict[str, Any], owner: httpx2.Client
) -> None:
    answer = owner.post(PATH, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["says"]


def test_an_export_of_our_own_is_restored_as_a_whole(owner: httpx2.Client) -> None:
    brought(owner, as_json([COLLEGE, MAKERS]))
    export = owner.get("/api/wallet/export").content
    again = owner.post(PATH, files={"file": ("wallet.zip", export)})
    assert (again.status_code, again.json()["new"], again.json()["held"]) == (200, 0, 2)
    within = brought(owner, archive({"wallet.zip": export}))
    assert "export of a Touchstone wallet" in within["items"][0]["says"]
    asked = {"bytes": base64.b64encode(export).decode(), "name": "wallet.zip"}
    answer = owner.post(PATH, json=asked)
    assert (answer.status_code, answer.json()["held"]) == (200, 2)
    sealed = owner.post(PATH, files={"file": ("x.age", b"age-encryption.org/v1\n damaged")})
    assert sealed.status_code == 422


def test_a_large_backup_comes_in_and_a_larger_one_is_refused(owner: httpx2.Client) -> None:
    image = picture(international(as_json(COLLEGE), b"openbadgecredential"))
    filling = {f"{n}.bin": bytes([n]) * 7 * 2**20 for n in range(4)}
    summary = brought(owner, archive({"data.png": image, **filling}))
    assert summary["counts"] == {**summary["counts"], "kept": 1, "unread": 4}
    too_much = owner.post(PATH, files={"files": ("x", b"\1" * (64 * 2**20 + 1))})
    assert (too_much.status_code, too_much.json()["error"]["code"]) == (413, "too_large")


def test_an_import_that_is_not_there_is_not_found(owner: httpx2.Client) -> None:
    assert owner.get("/api/wallet/imports/nothing").status_code == 404


def test_importing_needs_a_token(bringing: Served) -> None:
    with bringing.client() as stranger:
        assert stranger.post(PATH, json={"urls": [LOOM["id"]]}).status_code == 401
