"""Blockcerts 2.0 and 2.1: Open Badges 2.0 whose proof stands in a ledger (Blockcerts 2.0 schema).

Everything is in the file: badge class and issuer stand in the assertion, the issuer's profile only
tells whose the ledger's entry is.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from msgspec.structs import replace

from verifier.errors import Malformed
from verifier.model import (
    Credential,
    Documents,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Request,
    Status,
    as_list,
    first_text,
)
from verifier.parse import open_badges_2
from verifier.parse.members import Member, each, iri, linked, nested, one, problems, text, thing
from verifier.parse.open_badges_1 import read_date
from verifier.parse.open_badges_2_chain import Chain, Link, State
from verifier.parse.open_badges_2_rules import identity

_ASSERTION = (
    Member("id", one(iri), required=True),
    Member("recipient", one(identity), required=True),
    Member("badge", one(thing), required=True),
    Member("issuedOn", one(text), required=True),
    Member("verification", one(nested(Member("type", each(text), required=True))), required=True),
)
_BADGE = (
    Member("id", one(iri), required=True),
    Member("name", one(text), required=True),
    Member("description", one(text), required=True),
    Member("issuer", one(thing), required=True),
    Member("criteria", one(linked(thing))),
)
_ISSUER = (
    Member("id", one(iri), required=True),
    Member("name", one(text), required=True),
)


def recognises(document: JsonObject) -> bool:
    """Whether this is an assertion with a Merkle proof, or made to have one."""
    if "badge" not in document:
        return False
    contexts = [item for item in as_list(document.get("@context")) if isinstance(item, str)]
    types = (
        *_types(document.get("signature")),
        *_types(document.get("verification")),
        *as_list(document.get("type")),
    )
    merkle = any(isinstance(kind, str) and kind.startswith("MerkleProof") for kind in types)
    return merkle or any("blockcerts" in item for item in contexts)


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing: all of it is in the file."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """The credential as the file tells it; breaches of structure go to `problems`."""
    badge = _object(document.get("badge"))
    issuer = _object(badge.get("issuer"))
    address = first_text([issuer.get("id")])
    chain = Chain(
        "OB 2.0",
        document,
        Link(State.EMBEDDED, document),
        Link(State.EMBEDDED, badge),
        Link(State.EMBEDDED, issuer, address),
    )
    credential = open_badges_2.read(payload, chain)
    profile = document.get("recipientProfile") or _object(document.get("recipient")).get(
        "recipientProfile"
    )
    return replace(
        credential,
        standard="Blockcerts 2",
        kind="certificate",
        issued=_date(document.get("issuedOn")),
        valid_from=_date(document.get("issuedOn")),
        expires=_date(document.get("expires"), end=True),
        recipient=open_badges_2.with_profile(credential.recipient, profile),
        proofs=(Proof("merkle", "MerkleProof2017", options=_object(document.get("signature"))),),
        statuses=(Status("BlockcertsRevocation", {"id": credential.id, "issuer": issuer}),),
        problems=(
            *problems(document, _ASSERTION, "assertion"),
            *problems(badge, _BADGE, "badge"),
            *problems(issuer, _ISSUER, "issuer"),
            *_dates(document),
        ),
    )


def _dates(document: JsonObject) -> Iterable[Problem]:
    for member in ("issuedOn", "expires"):
        if document.get(member) is not None and _date(document[member]) is None:
            says = f"The assertion's “{member}” is no date."
            yield Problem("structure", f"ob2.assertion.{member}", says)


def _date(value: object, *, end: bool = False) -> datetime | None:
    try:
        return read_date(value, end=end)
    except Malformed:
        return None


def _types(value: object) -> list[object]:
    return [kind for item in as_list(value) for kind in as_list(_object(item).get("type"))]


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}
