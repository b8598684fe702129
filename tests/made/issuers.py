"""Made-up issuers and people, all under names that are reserved for examples (RFC 2606)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tests.made.folder import Answer, Web, answered
from tests.made.signing import multikey

DID_CONTEXT = "https://www.w3.org/ns/did/v1"
MULTIKEY_CONTEXT = "https://w3id.org/security/multikey/v1"


class Issuer(Struct, frozen=True):
    """An organisation that signs with the test key of its own domain."""

    name: str
    domain: str

    @property
    def did(self) -> str:
        """Its `did:web`."""
        return f"did:web:{self.domain}"

    @property
    def method(self) -> str:
        """The verification method it signs with."""
        return f"{self.did}#key-1"

    @property
    def home(self) -> str:
        """Its address."""
        return f"https://{self.domain}"

    def did_document(self, **members: object) -> dict[str, Any]:
        """What its `did:web` resolves to; `members` replace or add to it."""
        return {
            "@context": [DID_CONTEXT, MULTIKEY_CONTEXT],
            "id": self.did,
            "verificationMethod": [
                {
                    "id": self.method,
                    "type": "Multikey",
                    "controller": self.did,
                    "publicKeyMultibase": multikey(self.domain),
                }
            ],
            "assertionMethod": [self.method],
            **members,
        }

    def web(self, **members: object) -> Web:
        """The address at which that document is."""
        return {self.did_url: answered(self.did_document(**members), "application/did+json")}

    @property
    def did_url(self) -> str:
        """Where its DID document is (did:web method, "Read")."""
        return f"{self.home}/.well-known/did.json"

    def profile(self, **members: object) -> dict[str, Any]:
        """What an Open Badges 3.0 credential of its own says of it."""
        return {"id": self.did, "type": ["Profile"], "name": self.name, **members}


RIVERSIDE = Issuer("Riverside College", "riverside-college.example")
LARKSPUR = Issuer("Larkspur Institute", "larkspur-institute.example")
HARBOUR = Issuer("Harbour Data Guild", "harbour-guild.example")
MEADOW = Issuer("Meadow Makers", "meadow-makers.example")
#: One letter from Riverside College's own domain.
IMITATOR = Issuer("Riverside College", "riverslde-college.example")
#: The same letters to the eye: the first e is Cyrillic.
TWIN = Issuer("Riverside College", "xn--rivrside-college-bgn.example")
#: The known domain, worn as a sub-domain of somebody else's.
GUEST = Issuer("Badge Office", "riverside-college.example.badge-office.example")
#: Uses the name and nothing else.
NAMESAKE = Issuer("Riverside College", "quick-badges.example")
REFUSED = Issuer("Instant Diplomas", "instant-diplomas.example")
#: An organisation on a platform that checks its issuers.
TENANT_DID = "did:web:badge-platform.example:issuers:willow-school"
PLATFORM_DOMAIN = "badge-platform.example"
#: A made-up organisation's id at Credly, a real platform: its addresses are read as they are.
CREDLY_TENANT = "11111111-2222-4333-8444-555555555501"

HOLDER = "Mira Solano"
HOLDER_EMAIL = "mira.solano@portfolio.example"
OTHER_EMAIL = "m.solano@old-workplace.example"
STRANGER = "Jonas Feld"
STRANGER_EMAIL = "jonas.feld@portfolio.example"


def issuer_list() -> dict[str, Any]:
    """The list that vouches for the known ones and refuses one (contract, section 3)."""
    known = [
        {
            "id": issuer.did,
            "also": [issuer.home],
            "name": issuer.name,
            "domains": [issuer.domain],
            "policy": "trust",
        }
        for issuer in (RIVERSIDE, LARKSPUR, HARBOUR)
    ]
    platform = {
        "id": f"https://{PLATFORM_DOMAIN}",
        "name": "Badge Platform",
        "domains": [PLATFORM_DOMAIN],
        "policy": "platform",
    }
    tenant = {"id": TENANT_DID, "name": "Willow School", "domains": [], "policy": "trust"}
    credly = {
        "id": "https://www.credly.com",
        "name": "Credly",
        "domains": ["www.credly.com", "api.credly.com"],
        "policy": "platform",
    }
    cibre = {
        "id": "did:web:cibre.example",
        "name": "Cibre",
        "called": ["CBR", "LockedOn Learning"],
        "domains": ["cibre.example"],
        "policy": "trust",
    }
    cedar = {
        "id": f"did:web:www.credly.com:api:v1:obi:v3:issuers:{CREDLY_TENANT}",
        "name": "Cedar Valley College",
        "domains": [],
        "policy": "trust",
    }
    refused = {
        "id": REFUSED.did,
        "name": REFUSED.name,
        "domains": [REFUSED.domain],
        "policy": "deny",
        "note": "Sells certificates to anyone.",
    }
    return {
        "name": "Example issuers",
        "as_of": "2026-01-01",
        "scope": None,
        "issuers": [*known, cibre, platform, tenant, credly, cedar, refused],
    }


def gone(content: bytes | None = None) -> Answer:
    """An address whose document was taken away for good."""
    return Answer(content, "application/json", 410)
