"""Every other suite that Touchstone checks, written from the standards: what `tests.made.signing`
does for two, done here for canonical JSON, ECDSA, selective disclosure and the older `jws` proofs.

Data Integrity ECDSA Cryptosuites 1.0, sections 3.2 to 3.4; Data Integrity EdDSA Cryptosuites 1.0,
section 3.3; JSON Web Signature 2020, section 2.2. ECDSA is made deterministic (RFC 6979), so that
the cases come out the same every time.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any

import base58
import cbor2
import rfc8785
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, utils
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Struct

from tests.made.folder import Web
from tests.made.issuers import Issuer
from tests.made.signing import CREATED, JsonDocument, multikey, private_key, quads

#: Kind of key → curve, multicodec prefix, JOSE algorithm and its hash.
_CURVES: Mapping[str, tuple[ec.EllipticCurve, bytes, str, hashes.HashAlgorithm]] = {
    "P-256": (ec.SECP256R1(), b"\x80\x24", "ES256", hashes.SHA256()),
    "P-384": (ec.SECP384R1(), b"\x81\x24", "ES384", hashes.SHA384()),
    "secp256k1": (ec.SECP256K1(), b"\xe7\x01", "ES256K", hashes.SHA256()),
}


class Key(Struct, frozen=True):
    """The test key called `name`, of one kind, and the method by which a proof names it."""

    kind: str
    name: str
    method: str

    @property
    def algorithm(self) -> str:
        """Its algorithm, as JOSE calls it."""
        return "EdDSA" if self.kind == "Ed25519" else _CURVES[self.kind][2]

    @property
    def digest(self) -> str:
        """The hash that Data Integrity suites use with it (hashlib's name)."""
        return "sha384" if self.kind == "P-384" else "sha256"

    @property
    def private(self) -> Ed25519PrivateKey | ec.EllipticCurvePrivateKey:
        """The key itself: anyone can make it, so nothing it signs is worth anything."""
        if self.kind == "Ed25519":
            return private_key(self.name)
        seed = hashlib.sha256(f"touchstone test key {self.kind} {self.name}".encode()).digest()
        return ec.derive_private_key(int.from_bytes(seed[1:], "big"), _CURVES[self.kind][0])

    def sign(self, data: bytes) -> bytes:
        """The signature as JOSE writes it."""
        private = self.private
        if isinstance(private, Ed25519PrivateKey):
            return private.sign(data)
        curve, _, _, digest = _CURVES[self.kind]
        made = private.sign(data, ec.ECDSA(digest, deterministic_signing=True))
        half = (curve.key_size + 7) // 8
        return b"".join(part.to_bytes(half, "big") for part in utils.decode_dss_signature(made))

    @property
    def compressed(self) -> bytes:
        """The public key of an ECDSA key as its Multikey holds it, with the prefix of its kind."""
        point = self.private.public_key().public_bytes(Encoding.X962, PublicFormat.CompressedPoint)
        return _CURVES[self.kind][1] + point

    @property
    def multikey(self) -> str:
        """The public key as a Multikey."""
        if self.kind == "Ed25519":
            return multikey(self.name)
        return "z" + base58.b58encode(self.compressed).decode()


def key_of(issuer: Issuer, kind: str) -> Key:
    """The issuer's test key of this kind."""
    return Key(kind, issuer.domain, f"{issuer.did}#key-{kind.lower()}")


def listing(issuer: Issuer, *keys: Key) -> Web:
    """The issuer's DID document with these keys, besides the one it always has."""
    always = issuer.did_document()
    more = [
        {
            "id": key.method,
            "type": "Multikey",
            "controller": issuer.did,
            "publicKeyMultibase": key.multikey,
        }
        for key in keys
    ]
    return issuer.web(
        verificationMethod=[*always["verificationMethod"], *more],
        assertionMethod=[*always["assertionMethod"], *(key.method for key in keys)],
    )


def signed_by(
    key: Key, document: Mapping[str, Any], cryptosuite: str, **options: object
) -> JsonDocument:
    """`document` with a Data Integrity proof of an RDF (`-rdfc-`) or canonical JSON (`-jcs-`) suite
    in place of any it had; `options` replace or add to the proof's own. With `previousProof` among
    them it keeps the proofs it had, which are covered, too.
    """
    kept = document.get("proof", []) if "previousProof" in options else []
    unsigned = {name: value for name, value in document.items() if name != "proof" or kept}
    proof = _options(key, cryptosuite=cryptosuite, **options)
    if "-jcs-" in cryptosuite:
        proof = {**({"@context": document["@context"]} if "@context" in document else {}), **proof}
        forms = (rfc8785.dumps(proof), rfc8785.dumps(unsigned))
    else:
        configured = {"@context": document["@context"], **proof}
        forms = (quads(configured, key.digest), quads(unsigned, key.digest))
    data = b"".join(hashlib.new(key.digest, form).digest() for form in forms)
    value = "z" + base58.b58encode(key.sign(data)).decode()
    made = {**proof, "proofValue": value}
    return {**unsigned, "proof": [*kept, made] if kept else made}


def signed_detached(
    key: Key, document: Mapping[str, Any], suite: str, header: object = None, **options: object
) -> JsonDocument:
    """`document` with a proof of an older suite, whose `jws` leaves its payload out; `header`
    stands in place of the JWS header.
    """
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    proof = {**_options(key, **options), "type": suite}
    del proof["cryptosuite"]
    configured = {"@context": document["@context"], **proof}
    data = b"".join(hashlib.sha256(quads(part)).digest() for part in (configured, unsigned))
    head = header or {"alg": key.algorithm, "b64": False, "crit": ["b64"]}
    first = _base64url(json.dumps(head, separators=(",", ":")).encode())
    signature = _base64url(key.sign(first.encode() + b"." + data))
    return {**unsigned, "proof": {**proof, "jws": f"{first}..{signature}"}}


def disclosed(
    key: Key, document: Mapping[str, Any], mandatory: str = "", **options: object
) -> JsonDocument:
    """`document` with an `ecdsa-sd-2023` proof as its holder derives it when nothing is left out.

    Statements in which `mandatory` occurs are those that the issuer lets nobody leave out.
    """
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    proof = _options(key, cryptosuite="ecdsa-sd-2023", **options)
    own = Key("P-256", f"{key.name} for one credential", "")
    canonical = quads(unsigned).decode()
    count = canonical.count("\n")
    labels = {
        number: hmac.digest(b"touchstone", f"c14n{number}".encode(), "sha256")
        for number in range(count)
        if f"_:c14n{number} " in canonical
    }
    lines = canonical.splitlines(keepends=True)
    for number, label in labels.items():
        lines = [line.replace(f"_:c14n{number} ", f"_:u{_base64url(label)} ") for line in lines]
    lines.sort()
    kept = [index for index, line in enumerate(lines) if mandatory and mandatory in line]
    configured = hashlib.sha256(quads({"@context": document["@context"], **proof})).digest()
    always = hashlib.sha256("".join(lines[index] for index in kept).encode()).digest()
    parts = [
        key.sign(configured + own.compressed + always),
        own.compressed,
        [own.sign(line.encode()) for index, line in enumerate(lines) if index not in kept],
        labels,
        kept,
    ]
    value = "u" + _base64url(b"\xd9\x5d\x01" + cbor2.dumps(parts))
    return {**unsigned, "proof": {**proof, "proofValue": value}}


def _options(key: Key, **more: object) -> JsonDocument:
    return {
        "type": "DataIntegrityProof",
        "cryptosuite": None,
        "created": CREATED,
        "verificationMethod": key.method,
        "proofPurpose": "assertionMethod",
        **more,
    }


def _base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
