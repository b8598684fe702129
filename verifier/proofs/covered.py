"""What a proof's signature is over: the document and the proof's own options, each hashed.

Verifiable Credential Data Integrity 1.0, section 4.4; Data Integrity EdDSA Cryptosuites 1.0 and
Data Integrity ECDSA Cryptosuites 1.0, sections 3.2 (RDF) and 3.3 (JSON): Transformation, Proof
Configuration, Hashing. The suites of 2018 to 2020 do the same as the RDF ones.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from verifier import jsonld
from verifier.errors import Malformed
from verifier.model import Credential, JsonObject, as_list
from verifier.proofs import chains, configuration

_OF_STATUS: jsonld.Shape = {
    **{member: {} for member in ("statusPurpose", "statusListIndex", "statusListCredential")},
    **{member: {} for member in ("revocationListIndex", "revocationListCredential", "statusSize")},
    "statusMessage": {"status": {}, "message": {}},
}
#: What is read by name from a credential, and so must stand in the graph where it stands in the
#: text.
READ: jsonld.Shape = {
    "issuer": {},
    "validFrom": {},
    "validUntil": {},
    "issuanceDate": {},
    "expirationDate": {},
    "credentialStatus": _OF_STATUS,
    "credentialSubject": {"achievement": {}, "identifier": {}, "encodedList": {}},
}
#: A record holds whole credentials about the same person, so its subject's members rightly stand in
#: many places.
_READ_IN_RECORDS: jsonld.Shape = {**READ, "credentialSubject": {}}
#: A presentation: who presents, and what.
_READ_IN_PRESENTATIONS: jsonld.Shape = {"holder": {}, "verifiableCredential": {}}
#: Blockcerts before 3.0, where some members have another name in the graph.
_READ_IN_BLOCKCERTS_1: jsonld.Shape = {
    "assertion": {"expires|expiration": {}, "issuedOn|issueDate": {}, "uid": {}},
    "certificate": {"issuer": {}, "name": {}},
    "recipient": {"identity|identityHash": {}, "revocationKey": {}},
}
_READ_IN_BLOCKCERTS_2: jsonld.Shape = {
    "badge": {"issuer": {}, "name": {}},
    "recipient": {"identity|identityHash": {}},
    "recipientProfile": {"name": {}},
    "expires|expiration": {},
    "issuedOn|issueDate": {},
}
#: What is read where it is not `READ`, by the standard.
SHAPES: Mapping[str, jsonld.Shape] = {
    "CLR 2.0": _READ_IN_RECORDS,
    "VP": _READ_IN_PRESENTATIONS,
    "Blockcerts 1": _READ_IN_BLOCKCERTS_1,
    "Blockcerts 2": _READ_IN_BLOCKCERTS_2,
}


def shape_of(credential: Credential) -> jsonld.Shape:
    """What is read by name from a credential of its standard, level by level."""
    return SHAPES.get(credential.standard, READ)


def by_rdf(
    credential: Credential, proof: JsonObject, digest: str, value: str = "proofValue"
) -> bytes:
    """The hashes of both canonical graphs, that of the options first.

    Raises what `canonical_forms` raises.
    """
    options, document = canonical_forms(credential, proof, digest, value)
    return _hashed(options.encode(), document.encode(), digest)


def canonical_forms(
    credential: Credential, proof: JsonObject, digest: str, value: str = "proofValue"
) -> tuple[str, str]:
    """The canonical graphs of the proof's options and of the document it covers.

    `value` is the member with the signature, which alone is not signed. `digest` also hashes within
    the canonicalisation. Raises `jsonld.Rejected`, `TooCostly`, and `Malformed` (`proof.chain`).
    """
    unsecured = _unsecured(credential.document, proof)
    transformed = jsonld.canonical(unsecured, shape_of(credential), algorithm=digest)
    # Proof configuration: the options less the value, under the document's own @context.
    options = _options(proof, value)
    options["@context"] = credential.document.get("@context")
    try:
        return configuration.canonical(options, algorithm=digest), transformed
    except jsonld.Rejected as error:
        if value != "jws" or error.code != "dropped_terms":
            raise
        # Under the drafts some signers read a proof by the security vocabulary, whatever the
        # document's own; where that matters, nobody can tell what was signed.
        raise jsonld.Rejected(
            "unsupported_proof",
            "proof.vocabulary",
            "The vocabularies of the badge don't define all of its proof, and programs of its time "
            "differ in how they read such a one.",
        ) from error


def by_json(credential: Credential, proof: JsonObject, digest: str) -> bytes:
    """The hashes of both canonical texts, that of the options first.

    Raises `Malformed` (`proof.chain`, `proof.context`, or a reason of the JSON gate).
    """
    from verifier import jcs  # here: most proofs are over RDF

    unsecured, options = _unsecured(credential.document, proof), _options(proof, "proofValue")
    context = options.get("@context")
    if context is not None:
        # Section 3.3.2, Verify Proof: the document may only add to what the proof was made under.
        own, given = as_list(unsecured.get("@context")), as_list(context)
        if own[: len(given)] != given:
            raise Malformed(
                "proof.context", "The badge's vocabularies are not those that it was signed under."
            )
        unsecured["@context"] = context
    return _hashed(jcs.canonical(options), jcs.canonical(unsecured), digest)


def _unsecured(document: JsonObject, proof: JsonObject) -> dict[str, Any]:
    """The document without its proofs, but for those that `proof` builds on (sections 4.4, 4.5)."""
    unsecured = dict(document)
    unsecured.pop("proof", None)
    earlier = chains.previous(proof, document)
    if earlier:
        unsecured["proof"] = earlier
    return unsecured


def _options(proof: JsonObject, value: str) -> dict[str, Any]:
    options = dict(proof)
    options.pop(value, None)
    return options


def _hashed(options: bytes, document: bytes, digest: str) -> bytes:
    hashed = getattr(hashlib, digest)
    return bytes(hashed(options).digest() + hashed(document).digest())
