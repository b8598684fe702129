"""Bringing badges in: every format that is read, from a sample of it, over HTTP; each badge byte
for byte as it stood there, nothing lost, and what is no badge kept with the reason.
"""

import base64
import json
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.made import backups, cases_credly
from tests.made.assertions import assertion, hosted
from tests.made.cases_genuine import COLLEGE_WEB, good
from tests.made.cases_papers import ALONE, DEAD, HELD, export
from tests.made.credentials import badge, by
from tests.made.documents import archive, packed, pdf
from tests.made.folder import answered, as_json, write_web
from tests.made.issuers import HARBOUR, MEADOW, RIVERSIDE, issuer_list
from tests.made.png import international, picture
from tests.server.conftest import Served, start

PATH = "/api/wallet/import"
COLLEGE = by(RIVERSIDE, good())
MAKERS = by(MEADOW, badge(MEADOW, "Hand Tools"))
LOOM, BOAT = assertion("Loom Setting"), assertion("Boat Mending")
#: An assertion of 2012 (OB 0.5), which names no place of its own, at a host that has died.
OLD = {
    "recipient": "mira.solano@portfolio.example",
    "issued_on": "2012-03-01",
    "badge": {
        "version": "0.5.0",
        "name": "Old Rope",
        "image": "https://gone.example/rope.png",
        "description": "Splices a rope.",
        "criteria": "https://gone.example/rope",
        "issuer": {"origin": "https://gone.example", "name": "Rope Walk"},
    },
}
WEB = {
    **COLLEGE_WEB,
    **MEADOW.web(),
    **hosted(LOOM, "Loom Setting", HARBOUR),
    **hosted(BOAT, "Boat Mending", HARBOUR),
    **cases_credly.award_web(),
}
LOCKED = backups.locked_wallet(as_json([backups.universal_wallet(COLLEGE, MAKERS)]))


@pytest.fixture(scope="module")
def bringing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("bringing")
    server = start(folder, *options(folder))
    yield server
    assert server.stop() == "", "the server complained"


def options(folder: Path) -> tuple[str, ...]:
    write_web(folder / "web", WEB)
    (folder / "trust.json").write_bytes(as_json(issuer_list()))
    web = ("--documents", str(folder / "web"), "--trust", str(folder / "trust.json"))
    return (*web, "--no-default-trust")


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
