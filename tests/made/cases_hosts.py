"""Cases of platforms that host Open Badges: Moodle on a school's own site, and Badgr."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.assertions import assertion, badge_class, hosted, profile
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, Web, answered
from tests.made.issuers import HARBOUR

NAME = "Tide Tables"
_HASH = "0a1b2c3d4e5f60718293a4b5c6d7e8f901234567"
_SITE = f"{HARBOUR.home}/moodle/badges"
_MOODLE = f"{_SITE}/assertion.php?b={_HASH}&obversion=2"
_BADGR = "https://api.badgr.io/public"
_AWARD = f"{_BADGR}/assertions/Ma1deUp2Awa3rd4Iden5ti"
_IN_FORCE = {"genuine": "hosted", "current": "no_expiry"}
_MISSING = comes_out("unknown", genuine="host_unreachable", current="no_status")


def cases() -> Iterator[Case]:
    """Every case of these platforms."""
    yield from _moodle()
    yield from _badgr()
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
    yield Case("a-badge-that-badgr-does-not-know", _AWARD, _MISSING, {_AWARD: _none()})


def _hosted(own: str) -> Web:
    made = assertion(NAME, HARBOUR, id=own, badge=f"{_BADGR}/badges/Ma1deUp2Badge4Iden5tit")
    issuer = f"{_BADGR}/issuers/Ma1deUp2Issuer4Iden5ti"
    return {
        own: answered(made),
        made["badge"]: answered(badge_class(NAME, HARBOUR, id=made["badge"], issuer=issuer)),
        issuer: answered(profile(HARBOUR, id=issuer, name="Sailing Classes")),
    }


def _none() -> Answer:
    return Answer(b"<html>Not found</html>", "text/html", status=404)
