"""Data Integrity proofs: the cryptosuite `eddsa-rdfc-2022` and, for older badges,
`Ed25519Signature2020`.

Verifiable Credential Data Integrity 1.0, section 4.4 (Verify Proof), with Data Integrity EdDSA
Cryptosuites 1.0, sections 3.2 and 3.5 for how the two suites transform and hash. Section numbers in
the comments are of these two, DI and EdDSA.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier import jsonld, keys
from verifier.dates import SKEW, read_moment, written
from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.model import Credential, Documents, JsonObject, Proof, Request
from verifier.report import Check, Question

#: No Ed25519 signature is longer in base58; anything longer is not decoded.
PROOF_VALUE_LENGTH = 100

#: Members of a proof that we know the meaning of. Any other could change what the proof says.
_MEMBERS = frozenset(
    (
        *("id", "type", "cryptosuite", "created", "expires", "domain", "challenge", "nonce"),
        *("proofPurpose", "verificationMethod", "proofValue", "@context"),
    )
)
_OF_STATUS: jsonld.Shape = {"statusPurpose": {}, "statusListIndex": {}, "statusListCredential": {}}
#: What is read by name from a credential, and so must stand in the graph where it stands in the
#: text.
_READ: jsonld.Shape = {
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
_READ_IN_RECORDS: jsonld.Shape = {**_READ, "credentialSubject": {}}


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """The documents that tell whose key signed."""
    return keys.needs(proof.options.get("verificationMethod"), credential.issuer.id)


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """What this proof says of the credential.

    Raises `TooCostly` for a credential whose canonical form takes too much work.
    """
    options = proof.options
    detail = {
        "verificationMethod": options.get("verificationMethod"),
        "cryptosuite": proof.cryptosuite or proof.type,
        "created": options.get("created"),
    }
    signature = _signature(options)
    if signature is None:
        says = "The proof's proofValue is no Ed25519 signature: 64 bytes in base58btc."
        return _answer("bad_signature", says, detail, "bad", "proof.value")
    try:
        times = _times(options)
        _purpose(options)
    except Malformed as error:
        return _answer("structure", error.says, detail, "unchecked", error.reason)
    found = keys.find(
        options.get("verificationMethod"),
        credential.issuer.id,
        documents,
        now,
        times.get("created"),
    )
    if found.key is None:
        return _answer(
            found.code or "key_unreachable", found.says, detail, "unchecked", found.reason
        )
    try:
        good = _fits(found.key, signature, credential, options)
    except jsonld.Rejected as error:
        # DI 4.4: a document that can't be transformed whole does not verify; an unknown vocabulary
        # says nothing either way.
        return _answer(
            error.code,
            error.says,
            detail,
            "unchecked" if error.code == "context" else "bad",
            error.reason,
        )
    if not good:
        return _answer(
            "bad_signature",
            "Altered after it was signed: the signature no longer fits.",
            detail,
            "bad",
        )
    if found.code is not None:
        return _answer(found.code, found.says, detail, "good", found.reason)
    unknown = sorted(set(options) - _MEMBERS)
    if unknown:
        says = f"The signature fits, but Touchstone can't weigh its member “{unknown[0][:40]}”."
        return _answer("unsupported_proof", says, detail, "good", "proof.member")
    late = _out_of_time(times, now)
    if late is not None:
        return _answer("bad_signature", late, detail, "good", "proof.time")
    return _answer("signature", "The issuer's signature fits every word of it.", detail, "good")


def _fits(
    key: Ed25519PublicKey, signature: bytes, credential: Credential, options: JsonObject
) -> bool:
    """EdDSA 3.2.2, 3.5.2: transform, configure, hash, verify."""
    document = credential.document
    # DI 4.4, step 4: the unsecured document is the document without its proof.
    unsecured = {member: value for member, value in document.items() if member != "proof"}
    # EdDSA 3.2.3 (3.5.3), transformation: RDFC-1.0 over the unsecured document.
    read = _READ_IN_RECORDS if credential.standard == "CLR 2.0" else _READ
    transformed = jsonld.canonical(unsecured, read)
    # EdDSA 3.2.5 (3.5.5), proof configuration: the options less proofValue, under the document's
    # own @context.
    configuration: dict[str, Any] = {
        member: value for member, value in options.items() if member != "proofValue"
    }
    configuration["@context"] = document.get("@context")
    configured = jsonld.canonical(configuration)
    # EdDSA 3.2.4 (3.5.4), hashing: the hash of the configuration comes first.
    data = (
        hashlib.sha256(configured.encode()).digest() + hashlib.sha256(transformed.encode()).digest()
    )
    # EdDSA 3.2.7 (3.5.7), proof verification, by RFC 8032.
    try:
        key.verify(signature, data)
    except InvalidSignature:
        return False
    return True


def _signature(options: JsonObject) -> bytes | None:
    """`proofValue`: multibase base58btc of exactly 64 bytes (EdDSA 3.2.1, 3.5.1); `None` for
    anything else.
    """
    value = options.get("proofValue")
    if not isinstance(value, str) or not value.startswith("z") or len(value) > PROOF_VALUE_LENGTH:
        return None
    try:
        signature = read_multibase(value)
    except Malformed:
        return None
    return signature if len(signature) == 64 else None


def _purpose(options: JsonObject) -> None:
    """DI 4.4, steps 2 and 3; a badge is an assertion."""
    if options.get("proofPurpose") != "assertionMethod":
        raise Malformed(
            "proof.purpose",
            "The proof was not made to assert anything: its proofPurpose is another.",
        )
    if not isinstance(options.get("type"), str) or not isinstance(
        options.get("verificationMethod"), str
    ):
        raise Malformed("proof.method", "The proof does not name its verificationMethod.")


def _times(options: JsonObject) -> dict[str, datetime]:
    return {
        member: read_moment(options[member])
        for member in ("created", "expires")
        if options.get(member) is not None
    }


def _out_of_time(times: Mapping[str, datetime], now: datetime) -> str | None:
    """DI 2.1, `created` and `expires`: a proof counts neither before it was made nor after it
    ended.
    """
    created, expires = times.get("created"), times.get("expires")
    if created is not None and created > now + SKEW:
        return f"The signature is dated {written(created)}, which has not come yet."
    if expires is not None and expires < now - SKEW:
        return f"The signature counted until {written(expires)} and no longer."
    return None


def _answer(
    code: str, says: str, detail: Mapping[str, Any], signature: str, reason: str | None = None
) -> Check:
    finer = {"reason": reason} if reason else {}
    fix = (
        None
        if code == "signature"
        else _FIXES.get(code, "Only the issuer can mend this, by issuing the badge anew.")
    )
    return Check(Question.GENUINE, code, says, fix, {**detail, "signature": signature, **finer})


_FIXES = {
    "bad_signature": "Ask the holder for the file as the issuer gave it, or ask the issuer.",
    "key_unreachable": "Try again later; if it stays so, ask the issuer to publish its keys.",
    "key_not_listed": "Ask the issuer whether this badge is theirs; they can list the key again.",
    "issuer_unproven": "The issuer can mend this by publishing its keys at its own address.",
    "key_not_issuers": "Ask the issuer whether this badge is theirs.",
    "context": "Touchstone only reads vocabularies it has pinned; ask us to add this one.",
    "unsupported_proof": "This is for us to mend; until then ask the issuer to confirm the badge.",
}
