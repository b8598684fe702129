"""Open Badges 3.0 credentials and the status lists they point to, unsigned."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable

from tests.made.deflate import gzip_packed
from tests.made.folder import Web, answered
from tests.made.issuers import HOLDER_EMAIL, Issuer
from tests.made.signing import CREDENTIALS_1, CREDENTIALS_2, SUITE_2020, JsonDocument, signed

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
REVOCATION_LIST_2020 = "https://w3id.org/vc-revocation-list-2020/v1"
STATUS_LIST_2021 = "https://w3id.org/vc/status-list/2021/v1"
SALT = "harbour-seal"
#: The smallest list that the standards allow, in entries.
ENTRIES = 131_072


def hashed_email(address: str = HOLDER_EMAIL, salt: str = SALT) -> JsonDocument:
    """An identifier that tells only those who can guess it."""
    digest = hashlib.sha256(f"{address}{salt}".encode()).hexdigest()
    return {
        "type": "IdentityObject",
        "identityHash": f"sha256${digest}",
        "identityType": "emailAddress",
        "hashed": True,
        "salt": salt,
    }


def plain_name(name: str) -> JsonDocument:
    """An identifier that anyone can read."""
    return {
        "type": "IdentityObject",
        "identityHash": name,
        "identityType": "name",
        "hashed": False,
    }


def badge(
    issuer: Issuer,
    name: str,
    /,
    *identifiers: JsonDocument,
    subject: object = None,
    **more: object,
) -> JsonDocument:
    """An Open Badges 3.0 credential over the data model 2.0; `more` replaces or adds members."""
    slug = name.lower().replace(" ", "-")
    about: JsonDocument = {"type": ["AchievementSubject"]}
    if subject is not None:
        about = {"id": subject, **about}
    if identifiers:
        about["identifier"] = list(identifiers)
    about["achievement"] = {
        "id": f"{issuer.home}/achievements/{slug}",
        "type": ["Achievement"],
        "name": name,
        "description": f"What {issuer.name} gives out for {name}.",
        "criteria": {"narrative": "Finish every unit and present the result to a small panel."},
    }
    return {
        "@context": [CREDENTIALS_2, OPEN_BADGES],
        "id": f"{issuer.home}/credentials/{slug}",
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": name,
        "issuer": issuer.profile(),
        "validFrom": "2025-03-14T09:00:00Z",
        "credentialSubject": about,
        **more,
    }


def badge_2020(
    issuer: Issuer, name: str, /, *identifiers: JsonDocument, **more: object
) -> JsonDocument:
    """The same over the data model 1.1, with the context that `Ed25519Signature2020` needs."""
    made = badge(issuer, name, *identifiers)
    issued = made.pop("validFrom")
    contexts = [CREDENTIALS_1, OPEN_BADGES, SUITE_2020, STATUS_LIST_2021]
    return {**made, "@context": contexts, "issuanceDate": issued, **more}


def entry(
    issuer: Issuer, index: int = 4242, purpose: str = "revocation", **more: object
) -> JsonDocument:
    """A `BitstringStatusListEntry` in the issuer's list for `purpose`."""
    listed = list_url(issuer, purpose)
    return {
        "id": f"{listed}#{index}",
        "type": "BitstringStatusListEntry",
        "statusPurpose": purpose,
        "statusListIndex": str(index),
        "statusListCredential": listed,
        **more,
    }


def entry_2021(issuer: Issuer, index: int = 4242, purpose: str = "revocation") -> JsonDocument:
    """A `StatusList2021Entry` in the same list."""
    return {**entry(issuer, index, purpose), "type": "StatusList2021Entry"}


def list_url(issuer: Issuer, purpose: str = "revocation") -> str:
    """Where the issuer keeps its list for `purpose`."""
    return f"{issuer.home}/status/{purpose}"


def encoded(marked: Iterable[int] = (), entries: int = ENTRIES) -> bytes:
    """A bit string with the bits in `marked` set, packed; bit 0 is the left-most."""
    bits = bytearray(entries // 8)
    for index in marked:
        bits[index // 8] |= 0x80 >> index % 8
    return gzip_packed(bytes(bits))


def status_list(
    issuer: Issuer, marked: Iterable[int] = (), purpose: str = "revocation", /, **more: object
) -> JsonDocument:
    """A `BitstringStatusListCredential`, unsigned; `more` replaces or adds members."""
    url = list_url(issuer, purpose)
    text = base64.urlsafe_b64encode(encoded(marked)).decode().rstrip("=")
    return {
        "@context": [CREDENTIALS_2],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer.did,
        "validFrom": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": f"u{text}",
        },
        **more,
    }


def status_list_2021(
    issuer: Issuer, marked: Iterable[int] = (), purpose: str = "revocation"
) -> JsonDocument:
    """A `StatusList2021Credential`, unsigned."""
    made = status_list(issuer, marked, purpose)
    subject = made["credentialSubject"]
    del made["validFrom"]
    return {
        **made,
        "@context": [CREDENTIALS_1, STATUS_LIST_2021, SUITE_2020],
        "type": ["VerifiableCredential", "StatusList2021Credential"],
        "issuanceDate": "2025-01-01T00:00:00Z",
        "credentialSubject": {
            **subject,
            "type": "StatusList2021",
            "encodedList": subject["encodedList"][1:],
        },
    }


def status_list_2020(issuer: Issuer, marked: Iterable[int] = ()) -> JsonDocument:
    """A `RevocationList2020Credential`, unsigned."""
    made = status_list_2021(issuer, marked)
    subject = made["credentialSubject"]
    return {
        **made,
        "@context": [CREDENTIALS_1, REVOCATION_LIST_2020, SUITE_2020],
        "type": ["VerifiableCredential", "RevocationList2020Credential"],
        "credentialSubject": {
            "id": subject["id"],
            "type": "RevocationList2020",
            "encodedList": subject["encodedList"],
        },
    }


def published(issuer: Issuer, marked: Iterable[int] = (), purpose: str = "revocation") -> Web:
    """The issuer's list for `purpose`, signed and at its address."""
    made = signed(status_list(issuer, marked, purpose), issuer.domain, issuer.method)
    return {list_url(issuer, purpose): answered(made, "application/vc+ld+json")}


def by(issuer: Issuer, document: JsonDocument) -> JsonDocument:
    """`document`, signed with `eddsa-rdfc-2022` by the key in the issuer's DID document."""
    return signed(document, issuer.domain, issuer.method)
