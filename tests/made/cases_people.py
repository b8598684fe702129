"""Cases for `recipient` and `claim`: is it about this person, and does the page agree with it?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from tests.made.cases_genuine import COLLEGE_WEB, NAME
from tests.made.credentials import badge, by, entry, hashed_email, plain_name
from tests.made.expected import comes_out
from tests.made.folder import Case, as_json
from tests.made.issuers import (
    HOLDER,
    HOLDER_EMAIL,
    OTHER_EMAIL,
    RIVERSIDE,
    STRANGER,
    STRANGER_EMAIL,
)
from tests.made.signing import JsonDocument, did_key

HOLDER_DID = did_key("holder")
PROFILE = "https://portfolio.example/mira"


def cases() -> Iterator[Case]:
    """Every case of these two questions."""
    yield from _matching()
    yield from _not_matching()
    yield from _claims()


def case_for(
    name: str,
    verdict: str,
    code: str,
    person: Mapping[str, Any],
    *identifiers: JsonDocument,
    subject: str | None = None,
) -> Case:
    """A good badge for whom `identifiers` and `subject` name, asked about as `person`."""
    document = badge(
        RIVERSIDE, NAME, *identifiers, subject=subject, credentialStatus=entry(RIVERSIDE)
    )
    source = as_json(by(RIVERSIDE, document))
    return Case(name, source, comes_out(verdict, recipient=code), COLLEGE_WEB, person=person)


def identity(kind: str, value: str) -> JsonDocument:
    """An identifier of this kind that anyone can read."""
    return {"type": "IdentityObject", "identityHash": value, "identityType": kind, "hashed": False}


def _matching() -> Iterator[Case]:
    mine = {"emails": [HOLDER_EMAIL], "exact": True}
    yield case_for("her-hashed-e-mail-address", "verified", "email_match", mine, hashed_email())
    others = [hashed_email(f"{number}@portfolio.example") for number in range(100)]
    yield case_for(
        *("her-address-and-a-hundred-others", "holder_unproven", "cannot_tell", mine),
        *(*others, hashed_email()),
    )
    plain = identity("emailAddress", HOLDER_EMAIL)
    yield case_for("her-e-mail-address", "verified", "email_match", mine, plain)
    as_name = plain_name(HOLDER_EMAIL)
    yield case_for("her-e-mail-address-for-a-name", "verified", "email_match", mine, as_name)
    named = {"names": ["SOLANO, Mira"], "exact": True}
    yield case_for(
        "her-name-written-otherwise", "verified", "name_match", named, plain_name(HOLDER)
    )
    dids = {"dids": [HOLDER_DID], "exact": True}
    yield case_for("her-did", "verified", "did_match", dids, subject=HOLDER_DID)
    profiles = {"profiles": [PROFILE], "exact": True}
    yield case_for("her-profile", "verified", "profile_match", profiles, subject=PROFILE)
    several = {"emails": [HOLDER_EMAIL, OTHER_EMAIL], "names": [HOLDER], "exact": False}
    yield case_for(
        "one-of-her-addresses-seen-on-a-page",
        "verified",
        "email_match",
        several,
        hashed_email(OTHER_EMAIL),
    )


def _not_matching() -> Iterator[Case]:
    stated = {"emails": [HOLDER_EMAIL], "exact": True}
    theirs = hashed_email(STRANGER_EMAIL)
    yield case_for("stated-another-e-mail-address", "not_theirs", "someone_else", stated, theirs)
    seen = {"emails": [HOLDER_EMAIL], "names": [HOLDER], "exact": False}
    yield case_for("another-full-name", "not_theirs", "someone_else", seen, plain_name(STRANGER))
    yield case_for(
        "a-name-that-shares-a-part",
        "holder_unproven",
        "name_differs",
        seen,
        plain_name("Mira Solano-Feld"),
    )
    yield case_for(
        "another-address-than-seen-on-the-page", "holder_unproven", "other_address", seen, theirs
    )
    only_name = {"names": [HOLDER], "exact": True}
    yield case_for(
        "only-a-hash-and-nothing-to-try",
        "holder_unproven",
        "cannot_tell",
        only_name,
        hashed_email(),
    )
    yield case_for("it-names-nobody", "holder_unproven", "nobody_named", stated)
    twisted = hashed_email(HOLDER_EMAIL.upper())
    yield case_for("the-hash-of-another-spelling", "not_theirs", "someone_else", stated, twisted)


def _claims() -> Iterator[Case]:
    document = badge(RIVERSIDE, "Cloud Architecture Associate", credentialStatus=entry(RIVERSIDE))
    source = as_json(by(RIVERSIDE, document))

    def case(name: str, verdict: str, code: str, **said: str) -> Case:
        expect = comes_out(verdict, claim=code)
        return Case(name, source, expect, COLLEGE_WEB, claims=(said,))

    right = "Cloud Architecture Associate"
    yield case("the-page-says-the-same", "verified", "agrees", title=right, issued="2025-03")
    yield case(
        "the-page-names-a-higher-rank",
        "overstated",
        "differs",
        title="Cloud Architecture Professional",
    )
    yield case("the-page-names-another-year", "overstated", "differs", title=right, issued="2024")
    yield case("the-page-names-something-else", "overstated", "differs", title="Pastry Making")
    yield case("the-page-says-something-near-it", "verified", "cannot_tell", title="Cloud Building")
