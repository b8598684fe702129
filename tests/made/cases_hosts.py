"""Cases of platforms that host badges: Moodle on a school's own site, Badgr, and Accredible."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import replace

from tests.made.assertions import assertion, badge_class, hosted, profile
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, Web, answered
from tests.made.issuers import HARBOUR

NAME = "Tide Tables"
_HASH = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
_SITE = f"{HARBOUR.home}/moodle/badges"
_MOODLE = f"{_SITE}/assertion.php?b={_HASH}&obversion=2"
_BADGR = "https://api.badgr.io/public"
_AWARD = f"{_BADGR}/assertions/Ma1deUp2Awa3rd4Iden5ti"
_UUID = "01b2c3d4-0000-4000-8000-00000000ac01"
_CREDENTIAL = f"https://www.credential.net/{_UUID}"
_ANSWER = f"https://api.accredible.com/v1/credential-net/credentials/{_UUID}"
_IN_FORCE = {"genuine": "hosted", "current": "no_expiry"}
_MOVED = "badges.parchment.com"
_MISSING = comes_out("unknown", genuine="host_unreachable", current="no_status")

_PLATFORM = {
    "id": "https://www.accredible.com",
    "name": "Accredible",
    "domains": ["accredible.com"],
    "policy": "platform",
}


def cases() -> Iterator[Case]:
    """Every case of these platforms."""
    yield from _moodle()
    yield from _badgr()
    yield from _accredible()
    passport = "https://openbadgepassport.com/app/badge/info/123456/pic/embed"
    unread = comes_out("unknown", genuine="page_unreadable", current="no_status")
    yield Case("a-page-at-open-badge-passport", passport, unread)


def _moodle() -> Iterator[Case]:
    link = f"{_SITE}/badge.php?hash={_HASH}"
    web = hosted(assertion(NAME, HARBOUR, id=_MOODLE), NAME)
    verified = comes_out("verified", **_IN_FORCE)
    yield Case("a-badge-page-of-a-schools-moodle", link, verified, web)
    yield Case("an-assertion-of-a-schools-moodle", _MOODLE, verified, web)
    gone = Answer(b'{"revoked": true}', status=410)
    revoked = comes_out("revoked", genuine="hosted", current="revoked", issuer="not_listed")
    yield Case("a-badge-that-a-schools-moodle-took-back", link, revoked, {_MOODLE: gone})
    yield Case("a-badge-that-a-schools-moodle-does-not-know", link, _MISSING, {_MOODLE: _none()})


def _badgr() -> Iterator[Case]:
    mailed = f"{_AWARD}?identity__email=learner%40example.org"
    own = f"{_AWARD}?v=2_0"
    stranger = comes_out("unvouched", **_IN_FORCE, issuer="not_listed")
    yield Case("a-badge-at-badgr", mailed, stranger, {_AWARD: _hosted(own)[own], **_hosted(own)})
    taken = answered(
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": own,
            "revoked": True,
            "revocationReason": "Issued in error",
        }
    )
    revoked = comes_out("revoked", genuine="hosted", current="revoked", issuer="not_listed")
    yield Case(
        "a-badge-that-badgr-answers-as-revoked", _AWARD, revoked, {_AWARD: taken, own: taken}
    )
    old, new = _AWARD.replace("api.badgr.io", "badgr.com"), _AWARD.replace("api.badgr.io", _MOVED)
    moved = {old: Answer(error="dns"), new: _hosted(new)[new], **_hosted(new)}
    yield Case("a-badge-at-a-dead-host-of-badgrs", old, stranger, moved)
    dead = {old: Answer(error="dns"), new: Answer(error="timeout")}
    yield Case("a-badge-at-dead-hosts-of-badgrs", old, _MISSING, dead)
    yield Case("a-badge-that-badgr-does-not-know", _AWARD, _MISSING, {_AWARD: _none()})


def _hosted(own: str) -> Web:
    home = own.partition("/assertions/")[0]
    made = assertion(NAME, HARBOUR, id=own, badge=f"{home}/badges/Ma1deUp2Badge4Iden5tit")
    issuer = f"{home}/issuers/Ma1deUp2Issuer4Iden5ti"
    return {
        own: answered(made),
        made["badge"]: answered(badge_class(NAME, HARBOUR, id=made["badge"], issuer=issuer)),
        issuer: answered(profile(HARBOUR, id=issuer, name="Sailing Classes")),
    }


def _none() -> Answer:
    return Answer(b"<html>Not found</html>", "text/html", status=404)


def _accredible() -> Iterator[Case]:
    stranger = {"genuine": "issuer_page", "issuer": "not_listed"}
    fine = comes_out("unvouched", **stranger, current="no_expiry")
    unread = comes_out("unknown", genuine="page_unreadable", current="no_status")
    for name, expected, more in (
        ("a-credential-at-accredible", fine, {}),
        (
            "a-credential-that-accredible-took-back",
            comes_out("revoked", **stranger, current="revoked"),
            {"revoked_at": "2025-08-01T00:00:00Z"},
        ),
        (
            "a-credential-at-accredible-that-ended",
            comes_out("expired", **stranger, current="expired"),
            {"expired_on": "2025-06-01"},
        ),
        (
            "a-credential-of-which-accredible-does-not-say-if-it-holds",
            comes_out("unknown", **stranger, current="not_stated"),
            {"revoked_at": ...},
        ),
        ("a-private-credential-at-accredible", unread, {"private": True}),
        (
            "a-credential-at-accredible-with-an-end-that-cannot-be-read",
            comes_out("unknown", **stranger, current="not_stated"),
            {"expired_on": "in the spring"},
        ),
        ("an-answer-of-accredibles-about-another-award", unread, {"uuid": "01b2", "id": 2}),
    ):
        yield Case(name, _CREDENTIAL, expected, {_ANSWER: _credential(more)})
    for name, at, expected in (
        ("hours", "2026-02-28T13:00:00Z", fine),
        ("a-month", "2026-01-30T12:00:00Z", comes_out("unknown", **stranger, current="stale")),
    ):
        kept = {_ANSWER: replace(_credential({}), at=at)}
        name = f"a-credential-at-accredible-as-it-was-kept-for-{name}"
        yield Case(name, _CREDENTIAL, expected, kept, at="2026-03-01T12:00:00Z", kept=True)
    listed = {"name": "Platforms", "as_of": "2026-01-01", "issuers": [_PLATFORM]}
    claimed = comes_out("unknown", **{**stranger, "issuer": "claims_known_name"})
    for name, called, expected in (
        ("by-somebody-under-its-listed-domain", "Downland Crafts", fine),
        ("by-somebody-who-takes-its-name", "Accredible", claimed),
    ):
        web = {_ANSWER: _credential({"issuer": {"id": 7001, "name": called}})}
        yield Case(
            f"a-credential-at-accredible-{name}", _CREDENTIAL, expected, web, lists=(listed,)
        )
    white = _CREDENTIAL.replace("www.credential.net", "achieve.snowflake.com")
    yield Case(
        "a-credential-under-an-organisations-own-name", white, fine, {_ANSWER: _credential({})}
    )
    own = f"https://diplomas.downland.example/{_UUID}"
    drawn = (
        b'<!DOCTYPE html><script src="https://assets.accredible.com/app.js"></script><body></body>'
    )
    label = {own: Answer(drawn, "text/html"), _ANSWER: _credential({"url": own})}
    yield Case("a-credential-under-a-name-nobody-listed", own, fine, label)
    for name, said in (
        ("a-page-drawn-around-somebodys-credential", {"url": white}),
        ("a-page-drawn-around-a-credential-that-names-no-place", {}),
    ):
        yield Case(name, own, unread, {**label, _ANSWER: _credential(said)})
    other = {own: Answer(drawn.replace(b"accredible", b"assets-of"), "text/html")}
    yield Case("a-page-that-is-none-of-accredibles", own, refused("not_a_badge"), other)
    wall = Answer(b"<!DOCTYPE html><html><title>Just a moment</title><body></body>", "text/html")
    yield Case("a-bot-check-at-accredible", _CREDENTIAL, unread, {_ANSWER: wall})
    yield Case(
        "a-credential-that-accredible-does-not-know", _CREDENTIAL, _MISSING, {_ANSWER: _none()}
    )


def _credential(more: Mapping[str, object]) -> Answer:
    data: dict[str, object] = {
        "id": 12345678,
        "uuid": _UUID,
        "name": "Hedge Laying",
        "description": "Layers a hedge through a winter.",
        "issued_on": "2025-05-02",
        "expired_on": None,
        "private": False,
        "revoked_at": None,
        "learning_outcomes": ["Billhooks"],
        "issuer": {"id": 7001, "name": "Downland Crafts", "url": "https://downland.example/"},
        "recipient": {"name": "Mira Solano"},
        **more,
    }
    return answered({"data": {name: value for name, value in data.items() if value is not ...}})
