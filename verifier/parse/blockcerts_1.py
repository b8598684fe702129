"""Blockcerts 1.1 and 1.2: a certificate of its own making, before it came to be an Open Badge.

1.2 wraps the certificate as `document` beside its Chainpoint `receipt`; 1.1 has neither, and does
not say where in the ledger it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.model import (
    Credential,
    Documents,
    Issuer,
    JsonObject,
    Payload,
    Problem,
    Proof,
    Recipient,
    Request,
    Status,
    Text,
    as_list,
    first_text,
)
from verifier.parse import identities
from verifier.parse.members import Member, iri, one, problems, text, thing
from verifier.parse.open_badges_1 import read_date

_DOCUMENT = (
    Member("assertion", one(thing), required=True),
    Member("certificate", one(thing), required=True),
    Member("recipient", one(thing), required=True),
    Member("verify", one(thing), required=True),
)
_ASSERTION = (
    Member("id", one(iri), required=True),
    Member("uid", one(text), required=True),
    Member("issuedOn", one(text), required=True),
)
_CERTIFICATE = (
    Member("description", one(text), required=True),
    Member("issuer", one(thing), required=True),
)
_TITLES = {"1.1": "title", "1.2": "name"}
_ISSUER = (Member("id", one(iri), required=True), Member("name", one(text), required=True))
_RECIPIENT = (
    Member("type", one(text), required=True),
    Member("identity", one(text), required=True),
)


def recognises(document: JsonObject) -> bool:
    """Whether this is a certificate of 1.1, or one of 1.2 in its wrapping."""
    inner = document.get("document")
    if isinstance(inner, dict):
        return "certificate" in inner or "BlockchainCertificate" in as_list(document.get("type"))
    return "assertion" in document and "certificate" in document and "recipient" in document


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing: all of it is in the file."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """The credential as the file tells it; breaches of structure go to `problems`."""
    wrapped = isinstance(document.get("document"), dict)
    inner = _object(document.get("document")) if wrapped else document
    certificate, assertion = _object(inner.get("certificate")), _object(inner.get("assertion"))
    issuer, recipient = _object(certificate.get("issuer")), _object(inner.get("recipient"))
    version = "1.2" if wrapped else "1.1"
    hashed = {"@context": document.get("@context"), **inner} if wrapped else inner
    issued = _date(assertion.get("issuedOn"))
    proof = _proof(document, inner, version)
    ways_back = {
        **{"id": assertion.get("id"), "uid": assertion.get("uid")},
        **{"issuer": issuer, "key": recipient.get("revocationKey")},
    }
    return Credential(
        standard="Blockcerts 1",
        container=payload.container,
        content=payload.content,
        document=hashed,
        kind="certificate",
        url=payload.url,
        id=first_text([assertion.get("id")]),
        types=("BlockchainCertificate",),
        name=first_text([certificate.get(_TITLES[version])]),
        description=first_text([certificate.get("description")]),
        issuer=_issuer(issuer),
        recipient=_recipient(recipient),
        issued=issued,
        valid_from=issued,
        expires=_date(assertion.get("expires"), end=True),
        criteria=Text(url=_address(certificate.get("criteria"))),
        evidence=tuple(
            Text(url=item) for item in as_list(assertion.get("evidence")) if is_address(item)
        ),
        image=_picture(certificate.get("image")),
        proofs=() if proof is None else (proof,),
        statuses=(Status("BlockcertsRevocation", ways_back),),
        problems=tuple(_problems(inner, version)),
    )


def _proof(document: JsonObject, inner: JsonObject, version: str) -> Proof | None:
    """The receipt. What 1.1 carries is the issuer's signature over its `uid`, and over no word
    more.
    """
    if version == "1.2":
        return Proof("merkle", "ChainpointSHA256v2", options=_object(document.get("receipt")))
    return Proof("unsupported", "Blockcerts 1.1") if inner.get("signature") else None


def _problems(inner: JsonObject, version: str) -> Iterator[Problem]:
    """Blockcerts 1.2, "certificate-document", "assertion", "certificate", "issuer"; 1.1 likewise,
    with a `title` for the `name`.
    """
    yield from problems(inner, _DOCUMENT, "document", "blockcerts1")
    certificate, assertion = _object(inner.get("certificate")), _object(inner.get("assertion"))
    yield from problems(assertion, _ASSERTION, "assertion", "blockcerts1")
    title = Member(_TITLES[version], one(text), required=True)
    yield from problems(certificate, (title, *_CERTIFICATE), "certificate", "blockcerts1")
    yield from problems(_object(certificate.get("issuer")), _ISSUER, "issuer", "blockcerts1")
    yield from problems(_object(inner.get("recipient")), _RECIPIENT, "recipient", "blockcerts1")
    for member in ("issuedOn", "expires"):
        if assertion.get(member) is not None and _date(assertion[member]) is None:
            says = f"The assertion's “{member}” is no date."
            yield Problem("structure", f"blockcerts1.assertion.{member}", says)


def _issuer(issuer: JsonObject) -> Issuer:
    return Issuer(
        id=first_text([issuer.get("id")]),
        name=first_text([issuer.get("name")]),
        url=_address(issuer.get("url")),
        email=first_text([issuer.get("email")]),
        image=_picture(issuer.get("image")),
    )


def _recipient(recipient: JsonObject) -> Recipient:
    parts = [first_text([recipient.get(part)]) for part in ("givenName", "familyName")]
    name = " ".join(part for part in parts if part) or None
    keys = tuple(identities.plain_members(recipient, ["publicKey"]))
    value = first_text([recipient.get("identity")])
    if value is None:
        return Recipient(keys, name)
    kind = first_text([recipient.get("type")]) or "email"
    hashed = recipient.get("hashed") is True
    salt = first_text([recipient.get("salt")])
    return Recipient((identities.identity(kind, value, hashed=hashed, salt=salt), *keys), name)


def _date(value: object, *, end: bool = False) -> datetime | None:
    try:
        return read_date(value, end=end)
    except Malformed:
        return None


def _picture(value: object) -> str | None:
    if isinstance(value, str) and value.startswith("data:image/"):
        return value
    return _address(value)


def _address(value: object) -> str | None:
    return value if isinstance(value, str) and is_address(value) else None


def _object(value: object) -> JsonObject:
    return value if isinstance(value, dict) else {}
