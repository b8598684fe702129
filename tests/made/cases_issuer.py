"""Cases for the question `issuer`: who issued it, and does anyone we trust vouch for them?"""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from tests.made.assertions import assertion, hosted
from tests.made.credentials import badge, by
from tests.made.expected import comes_out
from tests.made.folder import Answer, Case, answered, as_json
from tests.made.issuers import (
    GUEST,
    IMITATOR,
    MEADOW,
    NAMESAKE,
    PLATFORM_DOMAIN,
    REFUSED,
    TENANT_DID,
    TWIN,
    Issuer,
)
from tests.made.signing import multikey, signed

NAME = "Data Literacy"


def cases() -> Iterator[Case]:
    """Every case of this question."""
    yield _of(MEADOW, "an-issuer-on-no-list", "unvouched", "not_listed")
    yield replace(
        _of(MEADOW, "an-issuer-and-a-list-that-could-not-be-read", "unvouched", "registry_unread"),
        unread="A list that is down",
    )
    yield replace(
        _of(MEADOW, "an-issuer-and-no-lists-at-all", "unvouched", "not_listed"), trust=False
    )
    yield _of(REFUSED, "an-issuer-that-a-list-refuses", "impostor", "denied")
    yield _of(IMITATOR, "a-domain-one-letter-from-a-known-one", "impostor", "lookalike")
    yield _of(TWIN, "a-domain-that-looks-the-same", "impostor", "lookalike")
    yield _of(GUEST, "a-known-domain-as-a-sub-domain", "impostor", "lookalike")
    yield _of(NAMESAKE, "a-known-name-and-another-domain", "unknown", "claims_known_name")
    yield _through_a_platform()
    yield from _insecure()


def _of(issuer: Issuer, name: str, verdict: str, code: str) -> Case:
    """A good badge by `issuer`, which cannot take it back."""
    document = by(issuer, badge(issuer, NAME))
    expect = comes_out(verdict, current="no_status", issuer=code)
    return Case(name, as_json(document), expect, issuer.web())


def _through_a_platform() -> Case:
    """The platform signs for the school, under an id of the school's on its own domain."""
    method = f"{TENANT_DID}#key-1"
    did_document = {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": TENANT_DID,
        "verificationMethod": [
            {
                "id": method,
                "type": "Multikey",
                "controller": TENANT_DID,
                "publicKeyMultibase": multikey("tenant"),
            }
        ],
        "assertionMethod": [method],
    }
    school = {"id": TENANT_DID, "type": ["Profile"], "name": "Willow School"}
    document = badge(Issuer("Willow School", PLATFORM_DOMAIN), NAME, issuer=school)
    return Case(
        "a-known-school-on-a-platform-that-checks",
        as_json(signed(document, "tenant", method)),
        comes_out("verified", current="no_status", issuer="platform_vouched"),
        {f"https://{PLATFORM_DOMAIN}/issuers/willow-school/did.json": answered(did_document)},
    )


def _insecure() -> Iterator[Case]:
    """Hosted over plain http: whoever sits on the wire could have answered instead."""
    made = assertion("Chart Reading", MEADOW)
    web = hosted(made, "Chart Reading", MEADOW)
    plain = {
        url.replace("https://", "http://"): Answer(
            answer.content.replace(b"https://meadow", b"http://meadow"), answer.content_type
        )
        for url, answer in web.items()
        if answer.content is not None
    }
    expect = comes_out("unvouched", genuine="hosted", issuer="insecure")
    address = made["id"].replace("https://", "http://")
    yield Case("hosted-over-plain-http", address, expect, plain)
