"""Open Badges 2.0: an assertion, its badge class and its issuer's profile, hosted."""

from __future__ import annotations

import hashlib
from typing import Any

from tests.made.folder import Web, answered
from tests.made.issuers import HARBOUR, HOLDER_EMAIL, Issuer
from tests.made.tokens import rsa_pem

OPEN_BADGES_2 = "https://w3id.org/openbadges/v2"
SALT = "brine"
JSON_LD = "application/ld+json"


def assertion(
    name: str, issuer: Issuer = HARBOUR, email: str = HOLDER_EMAIL, /, **more: object
) -> dict[str, Any]:
    """An assertion of the badge called `name`; `more` replaces or adds members."""
    digest = hashlib.sha256(f"{email}{SALT}".encode()).hexdigest()
    return {
        "@context": OPEN_BADGES_2,
        "type": "Assertion",
        "id": assertion_url(name, issuer),
        "recipient": {
            "type": "email",
            "hashed": True,
            "salt": SALT,
            "identity": f"sha256${digest}",
        },
        "issuedOn": "2024-05-02T10:00:00Z",
        "verification": {"type": "HostedBadge"},
        "badge": f"{issuer.home}/badges/{_slug(name)}",
        **more,
    }


def assertion_url(name: str, issuer: Issuer = HARBOUR) -> str:
    """Where that assertion is."""
    return f"{issuer.home}/assertions/{_slug(name)}"


def badge_class(name: str, issuer: Issuer = HARBOUR, /, **more: object) -> dict[str, Any]:
    """The badge class called `name`."""
    return {
        "@context": OPEN_BADGES_2,
        "type": "BadgeClass",
        "id": f"{issuer.home}/badges/{_slug(name)}",
        "name": name,
        "description": f"What {issuer.name} gives out for {name}.",
        "image": f"{issuer.home}/badges/{_slug(name)}.png",
        "criteria": {"narrative": "Work a full season and pass the guild's examination."},
        "issuer": f"{issuer.home}/issuer",
        **more,
    }


def profile(issuer: Issuer = HARBOUR, /, **more: object) -> dict[str, Any]:
    """The issuer's profile."""
    return {
        "@context": OPEN_BADGES_2,
        "type": "Issuer",
        "id": f"{issuer.home}/issuer",
        "name": issuer.name,
        "url": issuer.home,
        "email": f"badges@{issuer.domain}",
        **more,
    }


def hosted(made: dict[str, Any], name: str, issuer: Issuer = HARBOUR, **of_issuer: object) -> Web:
    """The assertion `made` at its own address, and what it leads to."""
    return {
        made["id"]: answered(made, JSON_LD),
        made["badge"]: answered(badge_class(name, issuer), JSON_LD),
        f"{issuer.home}/issuer": answered(profile(issuer, **of_issuer), JSON_LD),
    }


def signed_assertion(name: str, issuer: Issuer = HARBOUR, /, **more: object) -> dict[str, Any]:
    """An assertion of that badge which its issuer signs: nothing hosts it."""
    made = {
        **assertion(name, issuer),
        "id": "urn:uuid:bf8d3c3d-fe60-487c-87a3-06440d0d0163",
        "verification": {"type": "SignedBadge", "creator": key_url(issuer)},
        **more,
    }
    return {member: value for member, value in made.items() if value is not None}


def key_url(issuer: Issuer = HARBOUR) -> str:
    """Where the issuer's key is."""
    return f"{issuer.home}/keys/1"


def key_document(
    key: str | None = None, name: str | None = None, issuer: Issuer = HARBOUR, /, **more: object
) -> dict[str, Any]:
    """The issuer's key as a CryptographicKey, or the test key called `key`, at the address `name`.
    Members that are `None` in `more` are left out.
    """
    made = {
        "@context": OPEN_BADGES_2,
        "type": "CryptographicKey",
        "id": name or key_url(issuer),
        "owner": f"{issuer.home}/issuer",
        "publicKeyPem": rsa_pem(key or issuer.domain),
        **more,
    }
    return {member: value for member, value in made.items() if value is not None}


def _slug(name: str) -> str:
    return name.lower().replace(" ", "-")
