"""Cases of Open Badges 2.0 that their issuer signed: the key is the one its own profile lists."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made import png
from tests.made.assertions import (
    badge_class,
    key_document,
    key_url,
    profile,
    signed_assertion,
)
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, Web, answered
from tests.made.issuers import HARBOUR
from tests.made.tokens import token

NAME = "Chart Reading"
LIST = f"{HARBOUR.home}/revoked"
NO_STATUS = {"current": "no_status"}


def cases() -> Iterator[Case]:
    """Every case of a signed badge before Open Badges 3.0."""
    right = token(signed_assertion(NAME), HARBOUR.domain).encode()
    fine = comes_out("verified", **NO_STATUS)
    yield Case("signed-as-a-jws", right, fine, web())
    baked = png.picture(png.international(right))
    yield Case("signed-as-a-jws-and-baked-into-a-png", baked, fine, web())
    yield from _keys(right)
    yield from _lists(right)


def web(**of_profile: object) -> Web:
    """The guild's badge class, its profile with these members besides, and its key."""
    listing = {"publicKey": key_url(), **of_profile}
    made = (badge_class(NAME), profile(**listing), key_document())
    return {document["id"]: answered(document, "application/ld+json") for document in made}


def _keys(right: bytes) -> Iterator[Case]:
    """Whose key it is: the profile must list it, and it must name the profile."""
    head, body, signature = right.decode().split(".")
    altered = f"{head}.{body}.{'A' * 8}{signature[8:]}".encode()
    bad = comes_out("invalid", genuine="bad_signature", **NO_STATUS)
    yield Case("a-jws-with-an-altered-signature", altered, bad, web())
    foreign = comes_out("invalid", genuine="key_not_issuers", **NO_STATUS)
    unlisted = web(publicKey=f"{HARBOUR.home}/keys/2")
    yield Case("a-jws-by-a-key-that-the-profile-does-not-list", right, foreign, unlisted)
    theirs = key_document(owner="https://quick-badges.example/issuer")
    owned = {**web(), key_url(): answered(theirs)}
    yield Case("a-jws-by-a-key-that-says-it-is-somebody-elses", right, foreign, owned)
    evil = "https://quick-badges.example/key"
    island = badge_class(
        NAME, id="urn:uuid:island", issuer=profile(publicKey=key_document("evil", evil))
    )
    creator = {"type": "SignedBadge", "creator": evil}
    brought = token(signed_assertion(NAME, badge=island, verification=creator), "evil").encode()
    yield Case("a-jws-that-brings-its-issuers-profile-along", brought, foreign, web())
    silent = {**web(), key_url(): Answer(error="timeout")}
    unread = comes_out("unknown", genuine="key_unreachable", **NO_STATUS)
    yield Case("a-jws-whose-key-does-not-answer", right, unread, silent)


def _lists(right: bytes) -> Iterator[Case]:
    """The issuer's own list of what it took back."""
    own = signed_assertion(NAME)["id"]
    taken = comes_out("revoked", current="revoked")
    for name, entry, expect in (
        ("names", own, taken),
        ("names-with-a-reason", {"id": own, "revocationReason": "Issued by mistake"}, taken),
        ("does-not-name", "urn:uuid:another", comes_out("verified")),
    ):
        listing = {**_LISTING, "revokedAssertions": [entry]}
        answers = {**web(revocationList=LIST), LIST: answered(listing)}
        yield Case(f"a-jws-that-its-issuers-list-{name}", right, expect, answers)
    silent = {**web(revocationList=LIST), LIST: Answer(status=500)}
    unread = comes_out("unknown", current="status_unreachable")
    yield Case("a-jws-whose-issuers-list-does-not-answer", right, unread, silent)
    other = {**_LISTING, "issuer": "https://quick-badges.example/issuer", "revokedAssertions": []}
    foreign = {**web(revocationList=LIST), LIST: answered(other)}
    forged = comes_out("unknown", current="status_forged")
    yield Case("a-jws-whose-list-is-another-issuers", right, forged, foreign)


_LISTING = {
    "@context": "https://w3id.org/openbadges/v2",
    "type": "RevocationList",
    "id": LIST,
    "issuer": f"{HARBOUR.home}/issuer",
}
