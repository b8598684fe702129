"""What each class of Open Badges 2.0 must hold ("Open Badges Vocabulary"), as tables."""

from __future__ import annotations

import re
from collections.abc import Iterator

from verifier.parse.members import (
    Fault,
    Member,
    boolean,
    each,
    iri,
    linked,
    moment,
    nested,
    one,
    present,
    telephone,
    text,
    thing,
    typed,
    unembedded,
    web,
)

_HASH = re.compile(r"sha256\$[0-9a-fA-F]{64}|md5\$[0-9a-fA-F]{32}", re.ASCII)
_LOOKS_HASHED = re.compile(
    r"(?:sha256|md5)\$(?:[0-9a-f]{8,}|[0-9a-f]+\Z)", re.ASCII | re.IGNORECASE
)


def narrated(value: object, at: str) -> Iterator[Fault]:
    """Criteria: an object that says something, or says where it is said."""
    yield from nested(Member("id", one(iri)), Member("narrative", one(text)))(value, at)
    if isinstance(value, dict) and not present(value.get("id")) + present(value.get("narrative")):
        yield at, "must say something, or name the page that does"


def identity(value: object, at: str) -> Iterator[Fault]:
    """An IdentityObject whose `identity` is of the form that `hashed` says."""
    yield from nested(*_IDENTITY)(value, at)
    if not isinstance(value, dict):
        return
    given, hashed = next(iter(present(value.get("identity"))), None), value.get("hashed")
    if not isinstance(given, str):
        return
    if hashed is True and not _HASH.fullmatch(given):
        yield f"{at}.identity", "must be a sha256 or md5 hash, since it is said to be hashed"
    if hashed is False and _LOOKS_HASHED.match(given):
        yield f"{at}.hashed", "must be true, since the identity is a hash"


_IDENTITY = (
    Member("type", one(text), required=True),
    Member("identity", one(text), required=True),
    Member("hashed", one(boolean), required=True),
    Member("salt", one(text)),
)

_IMAGE = nested(Member("id", one(iri), required=True), Member("caption", one(text)))
_BAKED_IMAGE = nested(Member("id", one(unembedded), required=True), Member("caption", one(text)))

_EVIDENCE = nested(
    Member("id", one(iri)),
    *(Member(name, one(text)) for name in ("narrative", "name", "description")),
    *(Member(name, one(text)) for name in ("genre", "audience")),
)

#: The words for the two ways of verification; "Hosted" is what some issuers write.
HOSTED = ("hosted", "HostedBadge", "Hosted")
SIGNED = ("signed", "SignedBadge", "Signed")

ASSERTION = (
    Member("type", typed("Assertion"), required=True),
    Member("recipient", one(identity), required=True),
    Member("badge", one(linked(thing)), required=True),
    Member("issuedOn", one(moment), required=True),
    Member("expires", one(moment)),
    Member("image", one(linked(_BAKED_IMAGE, unembedded))),
    Member("evidence", each(linked(_EVIDENCE))),
    Member("narrative", one(text)),
    Member("revoked", one(boolean)),
    Member("revocationReason", one(text)),
    Member("related", each(linked(thing))),
    Member("endorsement", each(linked(thing))),
)

HOSTED_ASSERTION = (
    Member("id", one(web), required=True),
    *ASSERTION,
    Member(
        "verification", one(nested(Member("type", typed(*HOSTED), required=True))), required=True
    ),
)

SIGNED_ASSERTION = (
    Member("id", one(iri), required=True),
    *ASSERTION,
    Member(
        "verification", one(nested(Member("type", typed(*SIGNED), required=True))), required=True
    ),
)

#: "If `revoked` is true, only `revoked` and `id` are required properties."
REVOKED_ASSERTION = (Member("revoked", one(boolean)), Member("revocationReason", one(text)))

_ALIGNMENT = nested(
    Member("targetName", one(text), required=True),
    Member("targetUrl", one(iri), required=True),
    Member("targetDescription", one(text)),
    Member("targetFramework", one(text)),
    Member("targetCode", one(text)),
)

#: `type` and `id` may be left out: the link that led here tells both.
BADGE_CLASS = (
    Member("type", typed("BadgeClass")),
    Member("id", one(iri)),
    Member("name", one(text), required=True),
    Member("description", one(text), required=True),
    Member("image", one(linked(_IMAGE)), required=True),
    Member("criteria", one(linked(narrated)), required=True),
    Member("issuer", one(linked(thing)), required=True),
    Member("alignment", each(_ALIGNMENT)),
    Member("tags", each(text)),
    Member("related", each(linked(thing))),
    Member("endorsement", each(linked(thing))),
)

_SCOPE = nested(
    Member("type", each(text)),
    Member("verificationProperty", one(text)),
    Member("startsWith", each(text)),
    Member("allowedOrigins", each(text)),
)

#: `email` is required of an issuer, but neither validator of 1EdTech asks for it, and real ones
#: go without.
PROFILE = (
    Member("type", typed("Issuer", "Profile")),
    Member("id", one(iri)),
    Member("name", one(text), required=True),
    Member("url", one(iri), required=True),
    Member("email", one(text)),
    Member("telephone", one(telephone)),
    Member("description", one(text)),
    Member("image", one(linked(_IMAGE))),
    Member("verification", one(_SCOPE)),
    Member("publicKey", each(linked(thing))),
    Member("revocationList", one(iri)),
    Member("related", each(linked(thing))),
    Member("endorsement", each(linked(thing))),
)
