"""Whom a badge names, and whom the reader asks about, stays between the two: the hash and what was
typed go into no look-up, log, memory, report, saved document or complaint.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.made.cases_genuine import COLLEGE_WEB
from tests.made.credentials import SALT, badge, by, entry, hashed_email
from tests.made.folder import Case, as_json, write, write_case
from tests.made.issuers import RIVERSIDE, issuer_list
from tests.server.conftest import start

ADDRESS = "a.marked.address@portfolio.example"
OTHER, NAME = "another.marked.address@elsewhere.example", "Marked Nameholder"
NUMBER, PHONE = "studentId=MARKED-4711", "+14155550123"
STATED = {"emails": [OTHER, ADDRESS], "names": [NAME], "ids": [NUMBER], "telephones": [PHONE]}
HASH = hashlib.sha256(f"{ADDRESS}{SALT}".encode()).hexdigest()
SECRETS = (ADDRESS, OTHER, NAME, NUMBER, PHONE, HASH, HASH.upper(), SALT)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A badge that names its recipient by a hash, the web it needs, and the reader's list."""
    made = by(
        RIVERSIDE,
        badge(RIVERSIDE, "Tides", hashed_email(ADDRESS), credentialStatus=entry(RIVERSIDE)),
    )
    write_case(tmp_path, Case("hashed", as_json(made), {}, COLLEGE_WEB))
    write(tmp_path, "trust.json", as_json(issuer_list()))
    return tmp_path / "hashed"


def told(text: str | bytes) -> set[str]:
    """Which of the secrets stand in `text`, plainly or as an address escapes them."""
    plain = text if isinstance(text, bytes) else text.encode()
    escaped = {secret: secret.replace("@", "%40").replace("+", "%2B") for secret in SECRETS}
    return {one for one in SECRETS if one.encode() in plain or escaped[one].encode() in plain}


def kept_under(folder: Path) -> bytes:
    """Everything in the files below a folder, and what they are called."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    assert files
    return b"\n".join(str(path).encode() + path.read_bytes() for path in files)


def touchstone(case: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    stated = ("--email", OTHER, "--email", ADDRESS, "--name", NAME, "--id", NUMBER)
    web = ("--documents", str(case / "documents"), "--trust", str(case.parent / "trust.json"))
    return subprocess.run(
        [sys.executable, "-m", "wallet_server", "verify", *arguments, *stated, *web],
        capture_output=True,
        text=True,
        check=False,
        cwd=case,
    )


def test_what_is_told_can_be_found() -> None:
    assert told(json.dumps(hashed_email(ADDRESS))) == {HASH, SALT}
    assert told(f"https://a.example/?who={ADDRESS.replace('@', '%40')}") == {ADDRESS}


def test_the_command_keeps_it(case: Path) -> None:
    kept = case.parent / "kept"
    done = touchstone(case, "input.json", "--json", "--save-documents", str(kept))
    report = json.loads(done.stdout)
    assert {check["code"] for check in report["checks"]} >= {"email_match"}, done.stderr
    assert report["contacted"]
    assert told(done.stdout) == told(done.stderr) == told(kept_under(kept)) == set()
    page = touchstone(case, "input.json")
    assert page.stdout
    assert told(page.stdout) == told(page.stderr) == set()


def test_complaints_do_not_repeat_it(case: Path) -> None:
    for arguments in (
        ("input.json", "--at", "yesterday"),
        ("missing.json",),
        ("https://nowhere.example/badge", "--json"),
        ("input.json", "--save-documents", "input.json/under"),
    ):
        done = touchstone(case, *arguments)
        assert done.returncode
        assert told(done.stdout) == told(done.stderr) == set()


def test_the_server_keeps_it(case: Path) -> None:
    folder = case.parent
    options = ("--documents", str(case / "documents"), "--trust", str(folder / "trust.json"))
    server = start(folder, *options)
    content = (case / "input.json").read_text("utf-8")
    try:
        with server.client(server.pair()) as client:
            one = {"credential": content, "context": STATED}
            answers = [
                client.post("/api/verify", json=one),
                client.post("/api/verify", json={**one, "context": {**STATED, "exact": True}}),
                client.post("/api/verify/batch", json={"items": [one, one]}),
                client.post("/api/verify", json={"url": "https://nowhere.example/", **_context()}),
                client.post(
                    "/api/verify", json={"credential": content, "context": {"emails": ADDRESS}}
                ),
                client.post("/api/verify", json={**one, "url": ADDRESS}),
                client.post(
                    "/api/verify", content=content.encode(), headers={"Content-Type": "x/y"}
                ),
                client.get("/api/nothing", params={"who": ADDRESS}),
                client.post(
                    "/api/verify",
                    files={"file": ("a.json", content)},
                    data={"context": json.dumps(STATED)},
                ),
            ]
    finally:
        complained = server.stop()
    assert "email_match" in answers[0].text
    assert [answer.status_code for answer in answers[:4]] == [200] * 4
    assert {answer.status_code for answer in answers[4:8]} <= {400, 404, 415, 422}
    assert [told(answer.text) for answer in answers] == [set()] * len(answers)
    assert told(complained) == told(server.printed) == told(kept_under(server.data)) == set()


def _context() -> dict[str, object]:
    return {"context": STATED}
