"""Cases of badges secured with SD-JWT (VC-JOSE-COSE): what is shown of them, and by whom."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.cases_tokens import NAME, THIEF, case, invalid, secured
from tests.made.credentials import badge
from tests.made.folder import Case
from tests.made.issuers import RIVERSIDE
from tests.made.sd_tokens import HOLDER_KEY, bound, digest, disclosure, shown
from tests.made.signing import JsonDocument
from tests.made.tokens import p256_jwk

LANGUAGE = disclosure("inLanguage", "en")
END = disclosure("validUntil", "2025-06-01T00:00:00Z")


def hidden(*digests: str, **more: object) -> JsonDocument:
    """The college's badge with digests beside its members."""
    made = {**badge(RIVERSIDE, NAME), "_sd": list(digests), "_sd_alg": "sha-256"}
    return {**made, "cnf": {"jwk": p256_jwk(HOLDER_KEY)}, **more}


def issued(claims: JsonDocument | None = None, **header: object) -> str:
    """The college's token, of which a language and an end can be left out."""
    signed = hidden(digest(LANGUAGE), digest(END)) if claims is None else claims
    return secured(claims=signed, besides={"typ": "vc+sd-jwt", **header})


def cases() -> Iterator[Case]:
    """Every case of a badge secured with SD-JWT."""
    whole = issued(hidden(digest(LANGUAGE)))
    yield case("a-badge-in-an-sd-jwt", shown(LANGUAGE, jwt=whole), "verified")
    partly = shown(jwt=whole)
    yield case("a-badge-in-an-sd-jwt-partly-shown", partly, "unknown", current="not_stated")
    without = shown(LANGUAGE, jwt=issued())
    yield case("a-badge-in-an-sd-jwt-without-its-end", without, "unknown", current="not_stated")
    yield case("a-badge-in-an-sd-jwt-by-its-holder", bound(shown(LANGUAGE, jwt=whole)), "verified")
    ended = shown(LANGUAGE, END, jwt=issued())
    yield case("a-badge-in-an-sd-jwt-that-shows-its-end", ended, "expired", current="expired")
    forged = disclosure("inLanguage", "fr")
    altered = shown(forged, jwt=whole)
    yield invalid("a-badge-in-an-sd-jwt-with-an-altered-part", altered, "altered")
    stolen = bound(shown(LANGUAGE, jwt=whole), THIEF)
    yield invalid("a-badge-in-an-sd-jwt-shown-by-somebody-else", stolen, "bad_signature")
