"""European Digital Credentials for Learning (Europass): recognised, read, and said to be so. Their
seal (JAdES, ETSI TS 119 182-1) is not checked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from verifier.dates import read_moment
from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import (
    Credential,
    Documents,
    Issuer,
    JsonObject,
    Payload,
    Proof,
    Request,
    as_list,
    first_text,
)
from verifier.parse import achievement
from verifier.parse.credential_rules import BADGE_TYPES, is_of, types_of
from verifier.parse.learning import text_of

_TYPE = "EuropeanDigitalCredential"


def recognises(document: JsonObject) -> bool:
    """Whether `document` is a European Digital Credential and no Open Badge besides."""
    inner = _credential(document)
    return is_of(inner, _TYPE) and BADGE_TYPES.isdisjoint(types_of(inner))


def needs(payload: Payload, document: JsonObject, documents: Documents) -> Iterable[Request]:
    """Nothing: it is whole in itself."""
    return ()


def parse(payload: Payload, document: JsonObject, documents: Documents) -> Credential:
    """The credential as far as Touchstone knows its words; its seal is an unsupported proof."""
    inner = _credential(document)
    subject = next(
        (item for item in as_list(inner.get("credentialSubject")) if isinstance(item, dict)), {}
    )
    issuer = inner.get("issuer")
    issuer = issuer if isinstance(issuer, dict) else {"id": issuer}
    shown = inner.get("displayParameter")
    title = text_of(shown.get("title")) if isinstance(shown, dict) else None
    told = achievement.read(inner, subject, "Europass")
    starts = [*_moments(inner, "validFrom", "issuanceDate", "issued")]
    return Credential(
        standard="Europass",
        container=payload.container,
        content=payload.content,
        document=inner,
        url=payload.url,
        id=first_text([inner.get("id")]),
        types=types_of(inner),
        issuer=Issuer(
            id=first_text([issuer.get("id")]),
            name=text_of(issuer.get("legalName")) or text_of(issuer.get("name")),
        ),
        issued=starts[0] if starts else None,
        valid_from=max(starts, default=None),
        expires=min(_moments(inner, "validUntil", "expirationDate"), default=None),
        proofs=tuple(_seals(document, inner)),
        **{**told, "name": title or told["name"]},
    )


def _credential(document: JsonObject) -> JsonObject:
    """The credential itself: bare, as Europass hands out drafts (within `credential`), or in the
    payload of its seal.
    """
    if isinstance(document.get("payload"), str) and "credentialSubject" not in document:
        try:
            return read_object(read_base64url(document["payload"]))
        except Malformed:
            return {}
    inner = document.get("credential")
    return inner if isinstance(inner, dict) and "type" not in document else document


def _seals(document: JsonObject, inner: JsonObject) -> Iterator[Proof]:
    if inner is not document and any(name in document for name in ("signatures", "signature")):
        yield Proof("unsupported", "JAdES")
    for proof in as_list(inner.get("proof")):
        yield Proof("unsupported", next(iter(types_of(proof)), "proof"))


def _moments(document: JsonObject, *members: str) -> Iterator[datetime]:
    for member in members:
        try:
            yield read_moment(document.get(member))
        except Malformed:
            continue
