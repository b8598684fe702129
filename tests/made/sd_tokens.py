"""SD-JWT VC with test keys: disclosures, digests and the holder's own token, by RFC 9901."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from tests.made.issuers import RIVERSIDE
from tests.made.tokens import as_compact_json, base64url, p256_jwk, token

VCT = "https://riverside-college.example/types/course"
ISSUED, SHOWN = 1_741_944_600, 1_764_000_000
HOLDER_KEY = "mira"


def disclosure(*parts: object) -> str:
    """A disclosure of a claim (its name and value) or of an element (its value)."""
    salt = hashlib.sha256(as_compact_json(parts)).digest()[:12]
    return base64url(as_compact_json([base64url(salt), *parts]))


def digest(text: str, algorithm: str = "sha256") -> str:
    """What stands for it in the issuer's token."""
    return base64url(hashlib.new(algorithm, text.encode()).digest())


NAME = disclosure("given_name", "Mira")
CITY = disclosure("city", "Larkspur")
ADDRESS = disclosure("address", {"_sd": [digest(CITY)], "country": "EX"})
COURSE = disclosure("Tides")
ALL = (NAME, ADDRESS, CITY, COURSE)


def claims(**more: object) -> dict[str, Any]:
    """What the college signs; members that are `None` in `more` are left out."""
    made: dict[str, Any] = {
        "iss": RIVERSIDE.did,
        "iat": ISSUED,
        "vct": VCT,
        "cnf": {"jwk": p256_jwk(HOLDER_KEY)},
        "_sd_alg": "sha-256",
        "_sd": [digest(NAME), digest(ADDRESS), digest("a decoy")],
        "courses": ["Charts", {"...": digest(COURSE)}, {"...": digest("another decoy")}],
        **more,
    }
    return {name: value for name, value in made.items() if value is not None}


def issued(payload: Mapping[str, object] | None = None, **header: object) -> str:
    """The college's token."""
    head = {"typ": "dc+sd-jwt", "kid": "#key-1", **header}
    signed = claims() if payload is None else payload
    return token(signed, RIVERSIDE.domain, "EdDSA", **head)


def shown(*disclosures: str, jwt: str | None = None) -> str:
    """That with disclosures after it."""
    return "~".join((issued() if jwt is None else jwt, *disclosures, ""))


def bound(text: str, key: str = HOLDER_KEY, typ: str = "kb+jwt", **more: object) -> str:
    """`text`, shown by its holder."""
    made = {"iat": SHOWN, "aud": "careers.example", "nonce": "spring-tide-41"}
    made |= {"sd_hash": digest(text), **more}
    return f"{text}{token(made, key, 'ES256', typ=typ)}"
