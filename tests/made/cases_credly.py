"""Cases of awards at Credly: made-up organisations and people, in the shapes that it serves."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from tests.made import png
from tests.made.credentials import OPEN_BADGES
from tests.made.expected import comes_out, refused
from tests.made.folder import Answer, Case, Web, answered, as_json
from tests.made.issuers import CREDLY_TENANT, HOLDER, HOLDER_EMAIL, gone
from tests.made.signing import CREDENTIALS_2, multikey, signed

NAME = "Water Quality Sampling"
HOME = "https://www.credly.com"
ONE = "11111111-2222-4333-8444-555555555511"
CLASS = "11111111-2222-4333-8444-555555555521"
PICTURE = "11111111-2222-4333-8444-555555555531"
OTHER_PICTURE = "11111111-2222-4333-8444-555555555532"
STRANGER = "11111111-2222-4333-8444-555555555502"
#: Microsoft's own id there: what it left behind is known by it.
MICROSOFT = "1392f199-abe0-4698-92b5-834610af6baf"
AWARD = f"{HOME}/badges/{ONE}"
ASSERTION = f"https://api.credly.com/v1/obi/v2/badge_assertions/{ONE}"
PROFILE = f"{HOME}/users/mira-solano"
OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
HASH = "sha256$" + hashlib.sha256(HOLDER_EMAIL.encode()).hexdigest()
DID = f"did:web:www.credly.com:api:v1:obi:v3:issuers:{CREDLY_TENANT}"


def cases() -> Iterator[Case]:
    """Every case of this platform."""
    yield from _links()
    yield from _in_the_way()
    yield from _moved()
    yield from _no_awards()
    yield from _files()


def _right(verdict: str = "verified", **codes: str) -> dict[str, Any]:
    return comes_out(verdict, **{"genuine": "hosted", "issuer": "platform_vouched"} | codes)


def award_web(
    organisation: str = CREDLY_TENANT,
    issuer: str = "Cedar Valley College",
    name: str = NAME,
    **more: object,
) -> Web:
    """An award and its class as Credly serves them: an id that is not the address it is asked at,
    a hash without salt, and the issuer within the class.
    """
    home = "https://api.credly.com/api/v1/obi/v2"
    place = f"{home}/issuers/{organisation}/badge_classes/{CLASS}"
    assertion = {
        "@context": OPEN_BADGES_2,
        "type": "Assertion",
        "id": f"{home}/badge_assertions/{ONE}",
        "issuedOn": "2025-05-02T10:00:00.000Z",
        "recipient": {"type": "email", "hashed": True, "identity": HASH},
        "verification": {"type": "hosted"},
        "badge": place,
        **more,
    }
    badge = {
        "@context": OPEN_BADGES_2,
        "type": "BadgeClass",
        "id": place,
        "name": name,
        "description": "Takes samples in the field and keeps a log that others can follow.",
        "image": {"id": f"https://images.credly.com/images/{PICTURE}/image.png"},
        "tags": ["Field work"],
        "criteria": {"id": f"{HOME}/org/cedar-valley-college/badge/water-quality-sampling"},
        "issuer": {
            "type": "Issuer",
            "id": f"{home}/issuers/{organisation}",
            "name": issuer,
            "url": f"{HOME}/org/cedar-valley-college",
        },
    }
    return {ASSERTION: answered(assertion), place: answered(badge)}


def _page(title: str) -> Answer:
    head = f'<title>Credly</title><meta property="og:title" content="{title}">'
    return Answer(f"<!doctype html><html><head>{head}</head></html>".encode(), "text/html")


def _links() -> Iterator[Case]:
    web = award_web()
    yield Case("an-award-at-credly", f"{AWARD}/public_url", _right(), web)
    wrapped = f"https://eur01.safelinks.protection.outlook.com/?url={AWARD}&data=05%7Creader"
    yield Case("an-award-at-credly-behind-a-mail-scanner", wrapped, _right(), web)
    old = AWARD.replace("credly", "youracclaim")
    yield Case("an-award-at-credly-by-its-old-address", old, _right(), web)
    mine = {"emails": [HOLDER_EMAIL]}
    expect = _right(recipient="email_match")
    yield Case("an-award-at-credly-for-her-address", AWARD, expect, web, person=mine)
    titled = {**web, AWARD: _page(f"{NAME} was issued by Cedar Valley College to {HOLDER}.")}
    named = {"names": [HOLDER]}
    expect = _right(recipient="name_match")
    yield Case("an-award-at-credly-whose-title-names-her", AWARD, expect, titled, person=named)
    tricked = f"{NAME} was issued by Cedar Valley College to X was issued by Y to {HOLDER}."
    expect = _right("holder_unproven", recipient="cannot_tell")
    web = {**web, AWARD: _page(tricked)}
    yield Case("an-award-at-credly-with-a-name-that-is-a-trick", AWARD, expect, web, person=named)
    ended = award_web(expires="2025-06-01T00:00:00.000Z")
    yield Case(
        "an-award-at-credly-that-has-expired", AWARD, _right("expired", current="expired"), ended
    )
    taken = {ASSERTION: gone(b'{"revoked": true}')}
    expect = _right("revoked", current="revoked", issuer="not_listed")
    yield Case("an-award-at-credly-that-was-taken-back", AWARD, expect, taken)
    stranger = award_web(STRANGER)
    expect = _right("unknown", issuer="claims_known_name")
    yield Case("an-award-at-credly-by-a-namesake", AWARD, expect, stranger)
    for name, picture, verdict, code in (
        ("its-own-picture", PICTURE, "verified", "agrees"),
        ("the-picture-of-another-badge", OTHER_PICTURE, "overstated", "differs"),
    ):
        shown = {"image": f"https://images.credly.com/size/110x110/images/{picture}/image.png"}
        expect = _right(verdict, claim=code)
        yield Case(f"an-award-at-credly-beside-{name}", AWARD, expect, award_web(), claims=(shown,))


def _in_the_way() -> Iterator[Case]:
    def unknown(code: str) -> dict[str, Any]:
        return comes_out("unknown", genuine=code, current="no_status")

    check = b"<!doctype html><title>Just a moment...</title><p>Checking your browser"
    for name, answer, code in (
        ("that-is-private-or-was-never-there", Answer(None, status=404), "host_unreachable"),
        ("behind-a-bot-check", Answer(check, "text/html"), "page_unreadable"),
        ("that-turns-us-away", Answer(None, status=403), "page_unreadable"),
        ("that-does-not-answer", Answer(error="timeout"), "host_unreachable"),
    ):
        yield Case(f"an-award-at-credly-{name}", AWARD, unknown(code), {ASSERTION: answer})
    picture = f"https://images.credly.com/images/{PICTURE}/image.png"
    yield Case("a-picture-at-credly", picture, unknown("picture_only"))


def _moved() -> Iterator[Case]:
    ended = "2024-06-01T00:00:00.000Z"
    for name, called, verdict, code in (
        ("certification", "Microsoft Certified: Tide Analyst Associate", "unknown", "moved"),
        ("event", "Tide Analyst Hackathon", "expired", "expired"),
    ):
        web = award_web(MICROSOFT, "Microsoft", called, expires=ended)
        expect = _right(verdict, current=code, issuer="not_listed")
        yield Case(f"a-microsoft-{name}-left-at-credly", AWARD, expect, web)


def _no_awards() -> Iterator[Case]:
    badges = f"{PROFILE}/badges.json?page=1&page_size=48"
    listed = {"data": [{"id": ONE, "public": True}], "metadata": {"total_count": 1}}
    nobodys = refused("not_an_award")
    yield Case("a-profile-at-credly", PROFILE, nobodys, {badges: answered(listed)})
    link = f'<a href="/badges/{ONE}/public_url">{NAME}</a>'.encode()
    yield Case("a-profile-at-credly-in-the-readers-tab", PROFILE, nobodys, seen=link)
    yield Case("a-class-at-credly", f"{HOME}/org/cedar-valley-college/badge/sampling", nobodys)
    short = f"{HOME}/go/AbC12xYz"
    leads = {short: Answer(redirect=AWARD), AWARD: Answer(None, status=403)}
    yield Case("a-short-link-at-credly", short, _right(), {**award_web(), **leads})


def _files() -> Iterator[Case]:
    """What an earner downloads: its `name` is the holder's, and the key is Credly's."""
    ids = f"{HOME}/api/v1/obi/v3"
    document = {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": f"{ids}/open_badge_credentials/{ONE}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": HOLDER,
        "issuer": {"id": DID, "type": ["Profile"], "name": "Cedar Valley College"},
        "validFrom": "2025-05-02T10:00:00Z",
        "credentialSubject": {
            "type": ["AchievementSubject"],
            "identifier": [
                {
                    "type": "IdentityObject",
                    "hashed": True,
                    "identityHash": HASH,
                    "identityType": "emailAddress",
                }
            ],
            "achievement": {
                "id": f"{ids}/issuers/{CREDLY_TENANT}/achievements/{CLASS}",
                "type": ["Achievement"],
                "name": NAME,
                "description": "Takes samples in the field.",
                "criteria": {"narrative": "Samples three rivers."},
            },
        },
    }
    credential = as_json(signed(document, "credly", f"{DID}#key-0"))
    baked = png.picture(png.international(credential, b"openbadgecredential"))
    yield Case("a-file-from-credly-whose-key-cannot-be-had", baked, _right(), award_web())
    unproven = comes_out("unknown", genuine="key_unreachable", current="no_status")
    yield Case("a-file-from-credly-that-nothing-confirms", baked, unproven)
    other = award_web(recipient={"type": "email", "hashed": True, "identity": "sha256$" + "0" * 64})
    yield Case("a-file-from-credly-beside-somebody-elses-award", baked, unproven, other)
    taken = {ASSERTION: gone(b'{"revoked": true}')}
    expect = _right("revoked", current="revoked", issuer="not_listed")
    yield Case("a-file-from-credly-taken-back", baked, expect, taken)
    named = {"names": [HOLDER]}
    key = _key_document()
    expect = comes_out(
        "verified", current="no_status", issuer="platform_vouched", recipient="name_match"
    )
    yield Case("a-file-from-credly", baked, expect, key, person=named)


def _key_document() -> Web:
    method = f"{DID}#key-0"
    document = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": DID,
        "verificationMethod": [
            {
                "id": method,
                "type": "Multikey",
                "controller": DID,
                "publicKeyMultibase": multikey("credly"),
            }
        ],
        "assertionMethod": [method],
    }
    at = f"{HOME}/api/v1/obi/v3/issuers/{CREDLY_TENANT}/did.json"
    return {at: answered(document)}
