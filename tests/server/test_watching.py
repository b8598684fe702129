"""The wallet watches: what issuers do is found, told once, and what a kept copy proves stays."""

import json
from datetime import timedelta
from email.utils import format_datetime
from hashlib import sha256
from typing import Any

import pytest
from sqlalchemy import update

from tests.made.credentials import badge, by, entry, published
from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.made.signing import did_key, did_key_method, multikey
from tests.made.signing import signed as sign
from tests.server.made_up import BADGE, GOOD, HOST, ISSUER, assertion, picture
from tests.server.stores import BOTH
from tests.server.watched import Watched, hang_up, watched
from tests.server.web import answer
from wallet_server.commands.selftest import CASES
from wallet_server.store import listing, watching
from wallet_server.store.ends import ends
from wallet_server.store.listing import Wanted
from wallet_server.store.schema import checks
from wallet_server.wire import moment

__all__ = ["watched"]  # a fixture that lives in a file of its own


def signed(**more: object) -> bytes:
    """A badge of an issuer that signs."""
    return as_json(by(MEADOW, badge(MEADOW, "Data Literacy", **more)))


def meadow(owner: Watched, *marked: int) -> None:
    owner.host({**MEADOW.web(), **published(MEADOW, marked)})


def test_nothing_is_told_while_nothing_happens(watched: Watched) -> None:
    async def steps() -> None:
        identifier = await watched.keep(GOOD)
        for _ in range(3):
            watched.later(days=2)
            assert await watched.codes() == []
            assert watched.verdict(identifier) == "verified"

    watched.live(steps)
    assert watched.events() == []


@BOTH
def test_what_is_taken_back_and_given_back_is_told_once_each(watched: Watched) -> None:
    async def steps() -> None:
        identifier = await watched.keep(GOOD)
        watched.say(assertion("1", revoked=True, revocationReason="issued in error"))
        assert await watched.codes() == ["revoked"]
        assert watched.verdict(identifier) == "revoked"
        assert "issued in error" in watched.events()[0].says
        assert await watched.codes() == []
        watched.say(assertion("1"))
        assert await watched.codes() == ["reinstated"]
        assert [one.code for one in watched.events()] == ["reinstated", "revoked"]
        watched.web.replies["/assertions/1"] = answer(b"", "410 Gone")
        assert await watched.codes() == ["revoked"]
        assert watched.events()[0].name == BADGE["name"]
        meadow(watched)
        await watched.keep(signed(credentialStatus=entry(MEADOW)))
        meadow(watched, 4242)
        assert await watched.codes() == ["revoked"]
        meadow(watched)
        assert await watched.codes() == ["reinstated"]

    watched.live(steps)


def test_an_issuer_that_dies_is_told_after_a_day_and_its_copy_still_proves(
    watched: Watched,
) -> None:
    async def steps() -> None:
        identifier = await watched.keep(GOOD)
        assert await watched.from_copy(identifier) is None
        saved = watched.now
        watched.later(days=2)
        assert await watched.codes() == []
        watched.die()
        watched.later(days=1)
        first_missed = watched.now
        assert await watched.codes() == []  # a bad night is no news
        assert watched.verdict(identifier) == "unknown"
        said = watched.report(identifier)["credential"]
        assert (said["name"], said["as_of"]) == (BADGE["name"], moment(saved + timedelta(days=2)))
        assert said["criteria"]["text"] == "Weave one metre of plain cloth."
        assert said["issuer"]["proven"] is None
        copy = await watched.from_copy(identifier)
        assert copy is not None
        assert copy.is_gone
        assert copy.since == first_missed
        assert abs(copy.at - saved) < timedelta(minutes=1)
        assert copy.confirmed_at == saved + timedelta(days=2)
        assert copy.report.verdict == "verified"
        watched.later(days=1, hours=1)
        assert await watched.codes() == ["gone"]
        (gone,) = watched.events()
        assert "badges.example.edu has not answered since" in gone.says
        for _ in range(3):
            watched.later(days=40)
            assert await watched.codes() == []
        watched.say(assertion("1"), BADGE, ISSUER)
        assert await watched.codes() == ["back"]
        assert "as_of" not in watched.report(identifier)["credential"]
        assert await watched.from_copy(identifier) is None

    watched.live(steps)


def test_what_was_taken_back_in_silence_is_told_when_the_issuer_answers(watched: Watched) -> None:
    async def steps() -> None:
        await watched.keep(GOOD)
        watched.die()
        assert await watched.codes() == []
        watched.say(assertion("1", revoked=True), BADGE, ISSUER)
        assert await watched.codes() == ["revoked"]

    watched.live(steps)


def test_a_badge_saved_while_its_issuer_was_away_is_told_once_it_is_checked(
    watched: Watched,
) -> None:
    async def steps() -> None:
        watched.die()
        identifier = await watched.keep(as_json(assertion("1")))
        assert watched.verdict(identifier) == "unknown"
        watched.say(assertion("1"), BADGE, ISSUER)
        assert await watched.codes() == ["established"]
        assert watched.verdict(identifier) == "verified"

    watched.live(steps)


def test_a_key_that_is_exchanged_is_told_and_the_copy_proves_what_it_proved(
    watched: Watched,
) -> None:
    async def steps() -> None:
        meadow(watched)
        identifier = await watched.keep(signed())
        method = MEADOW.did_document()["verificationMethod"][0]
        other = {**method, "publicKeyMultibase": multikey("another key")}
        watched.host(MEADOW.web(verificationMethod=[other]))
        assert await watched.codes() == ["key_changed"]
        copy = await watched.from_copy(identifier)
        assert copy is not None
        assert not copy.is_gone
        assert copy.report.checks[0].code == "signature"
        meadow(watched)
        assert await watched.codes() == ["established"]
        watched.host(MEADOW.web(verificationMethod=[], assertionMethod=[]))
        assert await watched.codes() == ["key_changed"]

    watched.live(steps)


def test_what_is_rewritten_is_told_once_each(watched: Watched) -> None:
    rewritten: list[tuple[dict[str, Any], str, str]] = [
        ({**BADGE, "criteria": {"narrative": "Pay ten euros."}}, "criteria_changed", "Pay ten"),
        ({**BADGE, "name": "Weaving, master class"}, "title_changed", "Weaving, master class"),
        ({**BADGE, "description": "Something else."}, "details_changed", "its description"),
        ({**ISSUER, "name": "Example University"}, "issuer_changed", "Example University"),
        (assertion("1", expires="2099-01-01T00:00:00Z"), "shortened", "1 January 2099"),
    ]

    async def steps() -> None:
        await watched.keep(GOOD)
        for document, code, says in rewritten:
            watched.say(document)
            assert await watched.codes() == [code]
            assert says in watched.events()[0].says
            assert await watched.codes() == []
            watched.say(assertion("1"), BADGE, ISSUER)
            back = "renewed" if code == "shortened" else code
            assert await watched.codes() == [back]

    watched.live(steps)


def test_an_end_is_told_thirty_and_seven_days_before_and_when_it_comes(watched: Watched) -> None:
    ends = watched.now + timedelta(days=32)

    async def steps() -> None:
        watched.say(assertion("1", expires=ends.isoformat()))
        await watched.keep(GOOD)
        told = []
        while watched.now < ends + timedelta(days=8):
            watched.now = watching.first_due(watched.database) or ends
            for _, looked in await watched.drain():
                told += [(change.code, ends - watched.now) for change in looked.changes]
        assert [code for code, _ in told] == ["expires_soon", "expires_soon", "expired"]
        spans = [left / timedelta(days=1) for _, left in told]
        assert spans[:2] == [30, 7]
        assert -0.01 < spans[2] < 0
        assert "in 30 days" in watched.events()[-1].says

    watched.live(steps)


def test_an_end_in_the_last_year_there_is_is_none(watched: Watched) -> None:
    async def steps() -> None:
        for number, end in enumerate(("9999-12-31T23:59:59Z", "9999-01-01T00:00:00Z"), 7):
            watched.say(assertion(str(number), expires=end))
            identifier = await watched.keep(f"{HOST}/assertions/{number}")
            assert watched.verdict(identifier) == "verified"
        assert await watched.codes() == []
        assert ends(watched.database, watched.now) == []

    watched.live(steps)


def test_what_takes_its_address_over_is_not_taken_for_it(watched: Watched) -> None:
    async def steps() -> None:
        identifier = await watched.keep(GOOD)
        other = as_json(assertion("7"))
        watched.web.replies["/assertions/1"] = answer(other, Content_Type="application/ld+json")
        await watched.codes()
        assert watched.verdict(identifier) in ("invalid", "unknown")
        parked = answer(b"<!doctype html><title>Buy this domain</title>", Content_Type="text/html")
        watched.web.replies = dict.fromkeys(watched.web.replies, parked)
        await watched.codes()
        assert watched.verdict(identifier) == "unknown"

    watched.live(steps)


def test_what_an_address_gives_out_by_now_takes_nothing_from_a_badge_that_proves_itself(
    watched: Watched,
) -> None:
    """Whoever has the address by now, or wrote it into an export, put something else there."""
    thief = {"id": did_key("sails"), "type": ["Profile"]}

    async def steps() -> None:
        meadow(watched)
        for name in ("picture", "file"):
            at = f"https://pages.example/{name}"
            own = signed(id=f"{MEADOW.home}/{name}", credentialStatus=entry(MEADOW))
            theirs = {**json.loads(own), "issuer": thief}
            del theirs["proof"]
            stolen = as_json(sign(theirs, "sails", did_key_method("sails")))
            watched.web.replies[f"/{name}"] = answer(own, Content_Type="text/plain")
            identifier = await watched.keep(picture(at.encode()) if name == "picture" else at)
            assert await watched.keep(own) == identifier
            before = watched.report(identifier)["headline"]
            for other in (own.replace(b"Literacy", b"Illiteracy"), stolen, b"<!doctype html>"):
                watched.web.replies[f"/{name}"] = answer(other, Content_Type="text/plain")
                assert await watched.codes() == []
                assert watched.report(identifier)["headline"] == before
        meadow(watched, 4242)
        assert await watched.codes() == ["revoked"] * 2

    watched.live(steps)


# --- manners ---


def test_nothing_is_asked_again_within_a_day_and_then_not_all_at_once(watched: Watched) -> None:
    async def steps() -> None:
        for number in range(20):
            watched.say(assertion(f"n{number}"))
            await watched.keep(f"{HOST}/assertions/n{number}")
        before = len(watched.web.requests)
        watched.later(hours=23, minutes=59)
        assert await watched.drain() == []
        assert len(watched.web.requests) == before
        due = []
        for _ in range(10):
            watched.later(minutes=30)
            due.append(len(await watched.drain()))
        assert sum(due) == 20
        assert sum(one > 0 for one in due) > 2, "they are spread"

    watched.live(steps)


def test_silence_is_asked_about_less_and_less(watched: Watched) -> None:
    async def steps() -> None:
        await watched.keep(GOOD)
        watched.die()
        asked = []
        for _ in range(8):
            first = watching.first_due(watched.database)
            assert first is not None
            asked.append((first - watched.now) / timedelta(days=1))
            watched.now = first
            await watched.drain()
        assert all(one >= 1 for one in asked)
        assert asked[2:6] == sorted(asked[2:6])
        assert asked[5] > 6
        assert 30 <= asked[-1] <= 33

    watched.live(steps)


def test_a_host_that_asks_for_quiet_gets_it_and_its_badges_stay_as_they_were(
    watched: Watched,
) -> None:
    async def steps() -> None:
        identifier = await watched.keep(GOOD)
        watched.later(days=2)
        until = watched.now + timedelta(hours=3)
        quiet = format_datetime(until, usegmt=True)
        busy = answer(b"", "429 Too Many Requests", Retry_After=quiet)
        watched.web.replies = dict.fromkeys(watched.web.replies, busy)
        ((_, looked),) = await watched.drain()
        assert watched.verdict(identifier) == "verified"
        assert looked.postponed == until == watching.first_due(watched.database)
        assert await watched.drain() == []
        assert watched.events() == []
        watched.later(days=2)  # it has been silent for longer than a finding may stand
        assert len(await watched.drain()) == 1
        assert watched.verdict(identifier) == "unknown"

    watched.live(steps)


def test_quiet_of_one_host_does_not_hide_what_another_took_back(watched: Watched) -> None:
    elsewhere = "https://messages.example/status/suspension"
    beside = entry(MEADOW, purpose="suspension", statusListCredential=elsewhere)

    async def steps() -> None:
        meadow(watched)
        watched.host(published(MEADOW, purpose="suspension"))
        identifier = await watched.keep(signed(credentialStatus=[entry(MEADOW), beside]))
        before = watched.verdict(identifier)
        watched.later(days=2)
        until = format_datetime(watched.now + timedelta(hours=6), usegmt=True)
        busy = answer(b"", "429 Too Many Requests", Retry_After=until)
        watched.web.replies["/status/suspension"] = busy
        ((_, looked),) = await watched.drain()
        assert looked.why is not None
        assert watched.verdict(identifier) == before
        watched.later(hours=7)
        until = format_datetime(watched.now + timedelta(hours=6), usegmt=True)
        busy = answer(b"", "429 Too Many Requests", Retry_After=until)
        watched.web.replies["/status/suspension"] = busy
        meadow(watched, 4242)
        ((_, looked),) = await watched.drain()
        assert watched.verdict(identifier) == "revoked"
        assert [one.code for one in looked.changes] == ["revoked"]

    watched.live(steps)


def test_a_badge_whose_finding_is_damaged_does_not_stop_the_watch(
    watched: Watched, caplog: pytest.LogCaptureFixture
) -> None:
    async def steps() -> None:
        damaged = await watched.keep(GOOD)
        watched.say(assertion("2"))
        other = await watched.keep(f"{HOST}/assertions/2")
        with watched.database.writing() as connection:
            broken = update(checks).where(checks.c.credential_id == damaged)
            connection.execute(broken.values(report='{"contacted": []}'))
        watched.say(assertion("2", revoked=True))
        assert await watched.codes() == ["revoked"]
        assert watched.verdict(other) == "revoked"
        assert "could not be looked at again" in caplog.text
        assert await watched.drain() == [], "it waits its turn"

    watched.live(steps)


def test_what_only_the_owners_tab_can_show_stays_as_they_saw_it(watched: Watched) -> None:
    case = CASES / "a-linkedin-certificate-in-the-readers-tab"
    address = json.loads((case / "case.json").read_bytes())["input"]

    async def steps() -> None:
        identifier = await watched.keep(address, (case / "seen.html").read_bytes())
        before = watched.report(identifier)
        for _ in range(3):
            watched.later(days=8)
            ((_, looked),) = await watched.drain()
            assert looked.why is not None
        assert watched.report(identifier) == before
        assert watched.events() == []

    watched.live(steps)


def test_a_catalogue_that_does_not_answer_changes_nothing(watched: Watched) -> None:
    case = CASES / "a-microsoft-trophy-on-its-holders-list"
    web = json.loads((case / "documents" / "urls.json").read_bytes())

    def say(url: str) -> None:
        content = (case / "documents" / web[url]["file"]).read_bytes()
        path = "/" + url.split("/", 3)[3]
        watched.web.replies[path] = answer(content, Content_Type=web[url]["content_type"])

    async def steps() -> None:
        for url in web:
            say(url)
        identifier = await watched.keep(json.loads((case / "case.json").read_bytes())["input"])
        for path in [path for path in watched.web.replies if "catalog" in path]:
            watched.web.replies[path] = hang_up
        made_of = watched.report(identifier)["credential"]["made_of"]
        assert made_of
        assert await watched.codes() == []
        assert watched.report(identifier)["credential"]["made_of"] == made_of
        for url in web:
            say(url)
        assert await watched.codes() == []

    watched.live(steps)


@BOTH
def test_an_issuer_with_a_very_long_name_is_kept(watched: Watched) -> None:
    noise = "".join(sha256(bytes([number])).hexdigest() for number in range(99))

    async def steps() -> None:
        watched.say({**ISSUER, "name": noise})
        identifier = await watched.keep(GOOD)
        assert watched.verdict(identifier) == "verified"
        (card,) = listing.page(watched.database, Wanted()).cards
        assert (card.issuer or "").startswith(noise[:400])
        assert listing.page(watched.database, Wanted(issuer=card.issuer or "")).count == 1

    watched.live(steps)
