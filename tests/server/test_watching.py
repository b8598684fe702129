"""The wallet watches: what issuers do is found, told once, and what a kept copy proves stays."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from tests.made.credentials import badge, by, entry, published
from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.made.signing import multikey
from tests.server.conftest import Served
from tests.server.made_up import BADGE, GOOD, HOST, ISSUER, assertion
from tests.server.watched import Watched, watched
from tests.server.web import answer

__all__ = ["watched"]  # a fixture that lives in a file of its own


def signed(**more: object) -> bytes:
    """A badge of an issuer that signs, with a status list."""
    return as_json(by(MEADOW, badge(MEADOW, "Data Literacy", **more)))


WITH_LIST = {"credentialStatus": entry(MEADOW)}


def meadow(owner: Watched, *marked: int) -> None:
    owner.host({**MEADOW.web(), **published(MEADOW, marked)})


def test_nothing_changes_while_nothing_happens(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        for _ in range(3):
            watched.later(days=2)
            (found,) = watched.check()
            assert found["verdict"] == "verified"
            assert found["changes"] == []
            assert watched.run().exit_code == 0
        assert watched.events() == []

    watched.live(steps)


def test_what_is_taken_back_and_given_back_is_told_once_each(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.say(assertion("1", revoked=True, revocationReason="issued in error"))
        done = watched.run()
        assert done.exit_code == 1
        found = json.loads(done.stdout)
        assert found["verdict"] == "revoked"
        (change,) = found["changes"]
        assert change["code"] == "revoked"
        assert "issued in error" in change["says"]
        assert watched.codes() == []
        watched.say(assertion("1"))
        assert watched.codes() == ["reinstated"]
        assert [one.code for one in watched.events()] == ["reinstated", "revoked"]

    watched.live(steps)


def test_an_address_that_says_gone_for_good_has_taken_it_back(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.web.replies["/assertions/1"] = answer(b"", "410 Gone")
        assert watched.codes() == ["revoked"]

    watched.live(steps)


def test_a_signed_badge_is_found_revoked_in_its_list(watched: Watched) -> None:
    def steps() -> None:
        meadow(watched)
        watched.keep(signed(**WITH_LIST))
        meadow(watched, 4242)
        assert watched.codes() == ["revoked"]
        meadow(watched)
        assert watched.codes() == ["reinstated"]

    watched.live(steps)


def test_an_issuer_that_dies_is_told_after_a_day_and_its_copy_still_proves(
    watched: Watched,
) -> None:
    def steps() -> None:
        identifier = watched.keep(GOOD)
        assert watched.from_copy(identifier) is None
        saved = watched.now
        watched.later(days=2)
        assert watched.codes() == []
        watched.die()
        watched.later(days=1)
        first_missed = watched.now
        (found,) = watched.check()
        assert found["verdict"] == "unknown"
        assert found["changes"] == []  # a bad night is no news
        copy = watched.from_copy(identifier)
        assert copy is not None
        assert copy.is_gone
        assert abs(copy.at - saved) < timedelta(seconds=10)
        assert copy.since == first_missed
        assert copy.confirmed_at == saved + timedelta(days=2)
        assert copy.report.verdict == "verified"
        watched.later(days=1, hours=1)
        assert watched.codes() == ["gone"]
        (gone,) = watched.events()
        assert "badges.example.edu did not answer since" in gone.says
        for _ in range(3):
            watched.later(days=40)
            assert watched.codes() == []
        for document in (assertion("1"), BADGE, ISSUER):
            watched.say(document)
        assert watched.codes() == ["back"]
        assert watched.from_copy(identifier) is None

    watched.live(steps)


def test_what_was_taken_back_in_silence_is_told_when_the_issuer_answers(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.die()
        watched.check()
        for document in (assertion("1", revoked=True), BADGE, ISSUER):
            watched.say(document)
        assert watched.codes() == ["revoked"]

    watched.live(steps)


def test_a_key_that_is_exchanged_is_told_and_the_copy_proves_what_it_proved(
    watched: Watched,
) -> None:
    def steps() -> None:
        meadow(watched)
        identifier = watched.keep(signed())
        method = MEADOW.did_document()["verificationMethod"][0]
        other = {**method, "publicKeyMultibase": multikey("another key")}
        watched.host(MEADOW.web(verificationMethod=[other]))
        (found,) = watched.check()
        assert [one["code"] for one in found["changes"]] == ["key_changed"]
        copy = watched.from_copy(identifier)
        assert copy is not None
        assert not copy.is_gone
        assert copy.report.checks[0].code == "signature"

    watched.live(steps)


def test_a_key_that_is_listed_no_longer_is_told(watched: Watched) -> None:
    def steps() -> None:
        meadow(watched)
        watched.keep(signed())
        watched.host(MEADOW.web(verificationMethod=[], assertionMethod=[]))
        assert watched.codes() == ["key_changed"]

    watched.live(steps)


@pytest.mark.parametrize(
    ("changed", "code", "says"),
    [
        ({"criteria": {"narrative": "Pay ten euros."}}, "criteria_changed", "Pay ten euros."),
        ({"name": "Weaving, master class"}, "title_changed", "Weaving, master class"),
        ({"description": "Something else."}, "details_changed", "its description"),
    ],
)
def test_an_award_that_is_rewritten_is_told(
    watched: Watched, changed: dict[str, Any], code: str, says: str
) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.say({**BADGE, **changed})
        (found,) = watched.check()
        (change,) = found["changes"]
        assert change["code"] == code
        assert says in change["says"]
        assert watched.codes() == []

    watched.live(steps)


def test_an_issuer_that_calls_itself_something_else_is_told(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.say({**ISSUER, "name": "Example University"})
        assert watched.codes() == ["issuer_changed"]

    watched.live(steps)


def test_an_end_is_told_thirty_and_seven_days_before_and_when_it_comes(watched: Watched) -> None:
    ends = watched.now + timedelta(days=40)
    dated = assertion("1", expires=ends.isoformat())

    def steps() -> None:
        watched.say(dated)
        watched.keep(GOOD)
        assert watched.codes() == []
        told = []
        while watched.now < ends + timedelta(days=3):
            watched.later(hours=12)
            told += [(code, ends - watched.now) for code in watched.codes("--due")]
        assert [code for code, _ in told] == ["expires_soon", "expires_soon", "expired"]
        spans = [left / timedelta(days=1) for _, left in told]
        assert 29 < spans[0] <= 30
        assert 6 < spans[1] <= 7
        assert -0.6 < spans[2] < 0
        assert "in 30 days" in watched.events()[-1].says

    watched.live(steps)


def test_an_end_that_is_put_off_is_told(watched: Watched) -> None:
    def steps() -> None:
        watched.say(assertion("1", expires="2025-06-01T00:00:00Z"))
        watched.keep(GOOD)
        watched.say(assertion("1", expires="2099-06-01T00:00:00Z"))
        assert watched.codes() == ["renewed"]
        watched.say(assertion("1", expires="2098-06-01T00:00:00Z"))
        assert watched.codes() == ["shortened"]

    watched.live(steps)


def test_another_badge_at_the_same_address_is_not_taken_for_it(watched: Watched) -> None:
    def steps() -> None:
        identifier = watched.keep(GOOD)
        other = as_json(assertion("7"))
        watched.web.replies["/assertions/1"] = answer(other, Content_Type="application/ld+json")
        (found,) = watched.check()
        assert found["id"] == identifier
        assert found["verdict"] in ("invalid", "unknown")

    watched.live(steps)


def test_a_page_that_takes_an_address_over_proves_nothing(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        parked = answer(b"<!doctype html><title>Buy this domain</title>", Content_Type="text/html")
        watched.web.replies = dict.fromkeys(watched.web.replies, parked)
        (found,) = watched.check()
        assert found["verdict"] == "unknown"

    watched.live(steps)


# --- manners ---


def test_nothing_is_asked_again_within_a_day(watched: Watched) -> None:
    def steps() -> None:
        for number in range(20):
            watched.say(assertion(f"n{number}"))
            watched.keep(f"{HOST}/assertions/n{number}")
        before = len(watched.web.requests)
        watched.later(hours=23, minutes=59)
        assert watched.check("--due") == []
        assert len(watched.web.requests) == before
        due = []
        for _ in range(30):
            watched.later(minutes=10)
            due.append(len(watched.check("--due")))
        assert sum(due) == 20
        assert max(due) < 10, "they are spread"

    watched.live(steps)


def test_silence_is_asked_about_less_and_less(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.die()
        asked = []
        for day in range(120):
            watched.later(days=1, hours=3)
            if watched.check("--due"):
                asked.append(day)
        assert asked[:4] == [0, 1, 3, 7]
        assert 6 <= len(asked) <= 10

    watched.live(steps)


def test_a_host_that_asks_for_quiet_gets_it_and_its_badges_stay_as_they_were(
    watched: Watched,
) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.later(days=2)
        quiet = format_datetime(watched.now + timedelta(hours=3), usegmt=True)
        busy = answer(b"", "429 Too Many Requests", Retry_After=quiet)
        watched.web.replies = dict.fromkeys(watched.web.replies, busy)
        (found,) = watched.check("--due")
        assert found["postponed"] is not None
        assert found["verdict"] == "verified"
        assert watched.check("--due") == []
        assert watched.events() == []

    watched.live(steps)


# --- a run that dies ---


def test_a_run_that_is_killed_half_way_goes_on_where_it_stopped(
    fresh: Callable[[], Served], tmp_path: Path
) -> None:
    server = fresh()
    with server.client(server.pair()) as client:
        for number in range(5):
            body = {"credential": json.dumps(assertion(f"n{number}"))}
            assert client.post("/api/wallet/credentials", json=body).status_code == 201
    server.stop()
    revoked = {f"n{number}": assertion(f"n{number}", revoked=True) for number in range(5)}
    publish(tmp_path / "web", revoked)
    command = [*(sys.executable, "-m", "wallet_server", "wallet", "check", "--json")]
    command += ["--documents", str(tmp_path / "web"), "--data", str(tmp_path / "data")]
    first = subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )
    assert first.stdout is not None
    done = [json.loads(first.stdout.readline())["id"] for _ in range(2)]
    first.kill()
    first.communicate()
    second = subprocess.run([*command, "--due"], capture_output=True, text=True)
    rest = [json.loads(line)["id"] for line in second.stdout.splitlines()]
    assert len(set(done + rest)) == 5, "nothing is left out"
    assert len(done + rest) == 5, "nothing is looked at twice"
    third = subprocess.run([*command, "--due"], capture_output=True, text=True)
    assert (third.returncode, third.stdout) == (0, "")
    again = fresh()
    with again.client(again.pair()) as client:
        told = client.get("/api/wallet/changes").json()["changes"]
    assert [one["code"] for one in told] == ["revoked"] * 5
    assert len({one["credential"] for one in told}) == 5


def publish(folder: Path, documents: dict[str, dict[str, Any]]) -> None:
    """Put documents into the folder that is the web, each at its own id."""
    index = json.loads((folder / "urls.json").read_text())
    for name, document in documents.items():
        (folder / f"{name}.json").write_text(json.dumps(document))
        index[document["id"]] = {"file": f"{name}.json", "content_type": "application/ld+json"}
    (folder / "urls.json").write_text(json.dumps(index))


def test_moments_are_kept_in_utc(watched: Watched) -> None:
    def steps() -> None:
        watched.keep(GOOD)
        watched.say(assertion("1", revoked=True))
        watched.check()
        assert datetime.fromisoformat(watched.events()[0].at).tzinfo == UTC

    watched.live(steps)
