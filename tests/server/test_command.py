"""The command `touchstone`: what it prints, in which order, and its exit status."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.server.made_up import DOWN, EMAIL, EXPIRED, GOOD, HOST, REVOKED, picture, write_web
from tests.server.owner import run
from wallet_server.commands.selftest import CASES as SHIPPED

USAGE = 2


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("command")
    write_web(folder / "web")
    (folder / "good.png").write_bytes(picture(GOOD.encode()))
    (folder / "large.png").write_bytes(picture(GOOD.encode(), size=5_000_000))
    (folder / "plain.png").write_bytes(picture())
    (folder / "cut.png").write_bytes(picture(GOOD.encode())[:60])
    (folder / "two.png").write_bytes(picture(GOOD.encode(), REVOKED.encode()))
    (folder / "empty.png").write_bytes(b"")
    (folder / "folder").mkdir()
    return folder


def touchstone(web: Path, *arguments: str, stdin: bytes = b"", check: int | None = None) -> Result:
    done = run(*arguments, folder=web, stdin=stdin, environment={"COLUMNS": "100"})
    if check is not None:
        assert done.exit_code == check, done.output
    return done


def process(
    web: Path, *arguments: str, stdin: bytes = b"", **environment: str
) -> subprocess.CompletedProcess[bytes]:
    """The command as a shell starts it, which costs a second: for what only a process can show."""
    root = Path(__file__).parent.parent.parent
    given = {**os.environ, "PYTHONPATH": str(root), "PYTHONWARNINGS": "error", **environment}
    command = [sys.executable, "-m", "wallet_server", *arguments]
    ended = subprocess.run(command, input=stdin, capture_output=True, cwd=web, env=given)
    assert b"Traceback" not in ended.stderr, ended.stderr.decode()
    return ended


def verify(web: Path, *arguments: str, check: int, stdin: bytes = b"") -> list[dict[str, Any]]:
    known = ("--documents", "web", "--trust", "trust.json", "--no-default-trust")
    ended = touchstone(web, "verify", "--json", *known, *arguments, check=check, stdin=stdin)
    return [json.loads(line) for line in ended.stdout.splitlines()]


def word(report: dict[str, Any]) -> str:
    return str(report.get("verdict") or report["error"]["code"])


@pytest.mark.parametrize(
    ("sources", "options", "words", "status"),
    [
        (["good.png"], [], ["verified"], 0),
        (["large.png"], [], ["verified"], 0),
        ([GOOD], [], ["verified"], 0),
        (["good.png", GOOD, "good.png"], ["--jobs", "1"], ["verified"] * 3, 0),
        ([REVOKED], [], ["revoked"], 1),
        ([REVOKED, GOOD], ["--accept", "revoked"], ["revoked", "verified"], 0),
        ([EXPIRED, REVOKED], ["--accept", "revoked"], ["expired", "revoked"], 1),
        (
            [EXPIRED, REVOKED],
            ["--accept", "revoked", "--accept", "expired"],
            ["expired", "revoked"],
            0,
        ),
        (["plain.png"], [], ["not_a_badge"], 3),
        (["cut.png"], [], ["malformed"], 3),
        (["two.png"], [], ["ambiguous"], 3),
        (["empty.png"], [], ["not_a_badge"], 3),
        (["folder"], [], ["not_a_badge"], 3),
        ([f"{HOST}/page"], [], ["not_a_badge"], 3),
        ([f"{HOST}/badges/weaving"], [], ["not_an_award"], 3),
        (["missing.png"], [], ["unreachable"], 1),
        ([DOWN], [], ["unreachable"], 1),
        (["plain.png", GOOD], [], ["not_a_badge", "verified"], 3),
        (["plain.png", REVOKED], [], ["not_a_badge", "revoked"], 1),
        ([DOWN, "plain.png", GOOD], [], ["unreachable", "not_a_badge", "verified"], 1),
    ],
)
def test_reports_come_in_order_and_the_status_follows_from_them(
    web: Path, sources: list[str], options: list[str], words: list[str], status: int
) -> None:
    reports = verify(web, *sources, *options, check=status)
    assert [word(report) for report in reports] == words
    assert [report["source"] for report in reports] == sources
    for report in reports:
        assert report["version"] == 1
        if "error" in report:
            assert set(report["error"]) == {"code", "says", "found"}
            assert report["error"]["says"].endswith(".")


@pytest.mark.parametrize(
    ("arguments", "status"),
    [
        (["verify", "-"], 0),
        (["verify", REVOKED], 1),
        (["verify"], USAGE),
        (["verify", "cut.png"], 3),
    ],
)
def test_a_shell_gets_the_status(web: Path, arguments: list[str], status: int) -> None:
    known = ("--documents", "web", "--trust", "trust.json")
    ended = process(web, *arguments, *known, stdin=picture(GOOD.encode()))
    assert ended.returncode == status
    assert (b"Verified" in ended.stdout) is (status == 0)


def test_standard_input_is_a_source(web: Path) -> None:
    (report,) = verify(web, "-", stdin=picture(GOOD.encode()), check=0)
    assert (report["source"], report["verdict"]) == ("-", "verified")
    (nothing,) = verify(web, "-", check=3)
    assert "empty" in nothing["error"]["says"]


@pytest.mark.parametrize(
    ("options", "status", "verdict", "code"),
    [
        ([], 0, "verified", "not_asked"),
        (["--email", EMAIL], 0, "verified", "email_match"),
        (["--email", "bob@example.org", "--email", EMAIL], 0, "verified", "email_match"),
        (["--email", "bob@example.org"], 1, "not_theirs", "someone_else"),
        (["--did", "did:key:zExample"], 1, "holder_unproven", "cannot_tell"),
    ],
)
def test_the_person_is_stated_by_options(
    web: Path, options: list[str], status: int, verdict: str, code: str
) -> None:
    (report,) = verify(web, GOOD, *options, check=status)
    assert (report["verdict"], report["checks"][3]["code"]) == (verdict, code)


def test_dates_are_judged_as_of_a_moment(web: Path) -> None:
    (report,) = verify(web, EXPIRED, "--at", "2025-05-15T12:00:00Z", check=0)
    assert report["checked_at"] == "2025-05-15T12:00:00Z"


def test_the_lists_are_the_readers_own(web: Path) -> None:
    arguments = ("verify", "--json", "--documents", "web", GOOD)
    without = json.loads(touchstone(web, *arguments, "--no-default-trust", check=1).stdout)
    assert without["verdict"] == "unvouched"
    with_both = json.loads(touchstone(web, *arguments, "--trust", "trust.json", check=0).stdout)
    assert with_both["credential"]["issuer"]["vouched_by"] == ["Colleges we know"]


def test_what_was_fetched_can_be_saved_and_judged_again(web: Path, tmp_path: Path) -> None:
    kept = str(tmp_path / "kept")
    (first,) = verify(web, GOOD, "--save-documents", kept, check=0)
    arguments = ("verify", "--json", "--documents", kept, "--trust", "trust.json", GOOD)
    again = json.loads(touchstone(web, *arguments, check=0).stdout)
    assert again["contacted"] == first["contacted"]
    verify(web, REVOKED, "--save-documents", kept, check=1)
    assert json.loads(touchstone(web, *arguments, check=0).stdout)["verdict"] == "verified"


@pytest.mark.parametrize(
    "arguments",
    [
        ["verify"],
        ["verify", GOOD, "--at", "yesterday"],
        ["verify", GOOD, "--at", "2026-01-01"],
        ["verify", GOOD, "--accept", "fine"],
        ["verify", GOOD, "--jobs", "0"],
        ["verify", GOOD, "--documents", "missing"],
        ["verify", GOOD, "--documents", "folder"],
        ["verify", GOOD, "--trust", "missing.json"],
        ["verify", GOOD, "--trust", "good.png"],
        ["verify", GOOD, "--nonsense"],
        ["nonsense"],
        ["unbake"],
    ],
)
def test_wrong_usage_is_told_and_has_its_own_status(web: Path, arguments: list[str]) -> None:
    ended = touchstone(web, *arguments, check=USAGE)
    assert ended.stdout == ""
    assert "Error: " in ended.stderr


def test_a_person_gets_a_card_for_one_and_a_table_for_many(web: Path) -> None:
    known = ("--documents", "web", "--trust", "trust.json")
    card = touchstone(web, "verify", *known, GOOD, check=0).stdout
    for text in ("Verified", "Weaving, first year", "Example College", "Genuine?", "As the page"):
        assert text in card
    assert "Contacted: badges.example.edu" in card
    assert "\x1b" not in card
    table = touchstone(web, "verify", *known, GOOD, REVOKED, "plain.png", check=1).stdout
    positions = [table.index(text) for text in ("Verified", "Revoked", "No badge")]
    assert positions == sorted(positions)


def test_a_terminal_without_our_signs_still_gets_the_words(web: Path) -> None:
    arguments = ("verify", "--documents", "web", "--trust", "trust.json", GOOD)
    ended = process(web, *arguments, PYTHONIOENCODING="ascii")
    assert ended.returncode == 0
    assert b"Verified" in ended.stdout


def test_a_badges_words_do_nothing_to_the_terminal(web: Path) -> None:
    hostile = "\x1b[2J\x1b]0;owned\x07\u202eevil\r\nVerified"
    name = "\x1b[31m.png"
    ended = touchstone(web, "verify", name, hostile, check=1)
    assert "\x1b" not in ended.stdout
    assert "\u202e" not in ended.stdout
    in_json = touchstone(web, "verify", "--json", name, check=1).stdout
    assert "\x1b" not in in_json
    assert json.loads(in_json)["source"] == name


def test_unbake_gives_the_credential_byte_for_byte(web: Path) -> None:
    text = b'{ "id" : "x",\r\n "odd": "\\u00e9 \xc3\xa9"  }\n'
    (web / "baked.png").write_bytes(picture(text))
    assert touchstone(web, "unbake", "baked.png", check=0).stdout_bytes == text
    assert touchstone(web, "unbake", "-", stdin=picture(text), check=0).stdout_bytes == text
    for file, status in (("plain.png", 3), ("two.png", 3), ("empty.png", 3), ("missing.png", 1)):
        ended = touchstone(web, "unbake", file, check=status)
        assert (ended.stdout, ended.stderr.strip()[-1:]) == ("", ".")


def test_the_self_test_scores_every_shipped_case(web: Path) -> None:
    ended = process(web, "selftest")
    assert (ended.returncode, ended.stderr) == (0, b"")
    right, _, total, *_ = ended.stdout.decode().split()
    assert right == total
    assert int(total) == len(list(SHIPPED.glob("*/case.json"))) >= 100
