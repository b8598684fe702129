"""The proof on a receipt: Data Integrity with the cryptosuite `eddsa-jcs-2022` (Data Integrity
EdDSA Cryptosuites 1.0, section 3.3), by an Ed25519 key that its `did:key` spells out.

Section numbers in the comments are of that standard.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Protocol

import base58
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.jcs import canonical
from verifier.keys.numbers import Unusable, ed25519
from wallet_server.wire import moment

JsonObject = Mapping[str, Any]

_PREFIX = b"\xed\x01"  # multicodec of an Ed25519 public key
_SIGNATURE = 64
_TYPE, _SUITE, _PURPOSE = "DataIntegrityProof", "eddsa-jcs-2022", "assertionMethod"
_NO_KEY = "it names no Ed25519 key as did:key."
_MEMBERS = {"type", "cryptosuite", "created", "verificationMethod", "proofPurpose", "proofValue"}


class Signer(Protocol):
    """Whose signature it is."""

    @property
    def method(self) -> str:
        """The `verificationMethod`: a did:key with its fragment."""
        ...

    def sign(self, message: bytes) -> bytes:
        """The 64 bytes of the signature (RFC 8032)."""
        ...


def sign(document: JsonObject, signer: Signer, now: datetime) -> dict[str, Any]:
    """`document` with a proof on it, made at `now`. Raises `Malformed` for what has no canonical
    form.
    """
    options = {
        "type": _TYPE,
        "cryptosuite": _SUITE,
        "created": moment(now),
        "verificationMethod": signer.method,
        "proofPurpose": _PURPOSE,
    }
    value = signer.sign(_hashed(document, options))
    proof = {**options, "proofValue": "z" + base58.b58encode(value).decode()}
    return {**document, "proof": proof}


def check_signature(document: JsonObject) -> str:
    """The `did:key` that signed `document`, all of it as it stands. Whose that is, it can't tell.

    Raises `Malformed`: `receipt.proof` for a proof of another kind, and `receipt.altered` where the
    signature does not fit what stands there.
    """
    proof = document.get("proof")
    if not isinstance(proof, dict) or set(proof) != _MEMBERS:
        raise _no_proof("it has no single proof with the members that one has.")
    if (proof["type"], proof["cryptosuite"], proof["proofPurpose"]) != (_TYPE, _SUITE, _PURPOSE):
        raise _no_proof(f"only {_SUITE} proofs, made as an assertion, are checked.")
    did, key = _key(proof["verificationMethod"])
    try:
        value = read_multibase(proof["proofValue"], longest=120)
    except Malformed as error:
        raise _no_proof("its value is no multibase text.") from error
    if len(value) != _SIGNATURE or not str(proof["proofValue"]).startswith("z"):
        raise _no_proof("its value is no Ed25519 signature in base58btc.")
    unsecured = {name: value for name, value in document.items() if name != "proof"}
    options = {name: value for name, value in proof.items() if name != "proofValue"}
    try:
        key.verify(value, _hashed(unsecured, options))
    except InvalidSignature as error:
        says = "The receipt was altered after it was signed: its signature does not fit."
        raise Malformed("receipt.altered", says) from error
    return did


def _hashed(document: JsonObject, options: JsonObject) -> bytes:
    """What is signed: 3.3.4 (Hashing) over 3.3.3 (Transformation) and 3.3.5 (Proof Configuration).
    A receipt has no `@context`, so neither has its proof's configuration.
    """
    configuration, transformed = canonical(options), canonical(document)
    return hashlib.sha256(configuration).digest() + hashlib.sha256(transformed).digest()


def _key(method: object) -> tuple[str, Ed25519PublicKey]:
    """The DID and the key of a `verificationMethod`. Raises `Malformed` (`receipt.proof`)."""
    if isinstance(method, str):
        did, _, fragment = method.partition("#")
        if did == f"did:key:{fragment}" and fragment.startswith("z"):
            try:
                decoded = read_multibase(fragment, longest=60)
                key = ed25519(decoded[len(_PREFIX) :])
            except (ValueError, Malformed) as error:
                raise _no_proof(_NO_KEY) from error
            if isinstance(key, Unusable):
                raise _no_proof(f"its key is {key.says.partition(' is ')[2]}")
            if decoded.startswith(_PREFIX):
                return did, key
    raise _no_proof(_NO_KEY)


def _no_proof(why: str) -> Malformed:
    return Malformed("receipt.proof", f"The receipt's proof can't be checked: {why}")
