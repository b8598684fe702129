"""The table of proof suites: which key may make a proof, by which algorithm, over which form.

The proof names its suite and nothing else: what a suite is comes from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from verifier.model import JsonObject

#: Hash functions within a suite, by algorithm: P-384 goes with SHA-384 everywhere, in the
#: canonicalisation too (Data Integrity ECDSA Cryptosuites 1.0, section 3.2).
_HASHES = {"ES384": "sha384"}


@dataclass(frozen=True)
class Suite:
    """One way of making a proof.

    `form` is how the document becomes bytes: RDF canonicalisation, canonical JSON, or RDF statement
    by statement (`selective`). `value` is the member that holds the signature. `algorithms` are the
    only ones allowed, by the kind of the key. `digest` is the hash of both halves of what is
    signed, where it does not follow from the algorithm.
    """

    form: Literal["rdfc", "jcs", "selective"]
    value: Literal["proofValue", "jws"]
    algorithms: Mapping[str, str]
    digest: str | None = None

    def hash_of(self, algorithm: str) -> str:
        """The hash (hashlib's name) that goes with `algorithm`."""
        return self.digest or _HASHES.get(algorithm, "sha256")


_EDDSA = {"Ed25519": "EdDSA"}
_ECDSA = {"P-256": "ES256", "P-384": "ES384"}
#: JSON Web Signature 2020, section 2.2: the key's algorithm, and SHA-256 of the canonical form.
_JWS_2020 = {**_EDDSA, **_ECDSA, "secp256k1": "ES256K", "RSA": "PS256"}

#: A proof's type and cryptosuite → its suite.
SUITES: Mapping[tuple[str, str | None], Suite] = {
    ("DataIntegrityProof", "eddsa-rdfc-2022"): Suite("rdfc", "proofValue", _EDDSA),
    ("DataIntegrityProof", "eddsa-jcs-2022"): Suite("jcs", "proofValue", _EDDSA),
    ("DataIntegrityProof", "ecdsa-rdfc-2019"): Suite("rdfc", "proofValue", _ECDSA),
    ("DataIntegrityProof", "ecdsa-jcs-2019"): Suite("jcs", "proofValue", _ECDSA),
    ("DataIntegrityProof", "ecdsa-sd-2023"): Suite("selective", "proofValue", {"P-256": "ES256"}),
    ("Ed25519Signature2020", None): Suite("rdfc", "proofValue", _EDDSA),
    ("Ed25519Signature2018", None): Suite("rdfc", "jws", _EDDSA),
    ("JsonWebSignature2020", None): Suite("rdfc", "jws", _JWS_2020, "sha256"),
    ("EcdsaSecp256k1Signature2019", None): Suite("rdfc", "jws", {"secp256k1": "ES256K"}),
    ("RsaSignature2018", None): Suite("rdfc", "jws", {"RSA": "PS256"}),
}


def suite_of(proof: JsonObject) -> Suite | None:
    """The suite that a proof object names, `None` for one that is not in the table."""
    kind, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    if not isinstance(kind, str) or not isinstance(cryptosuite, str | None):
        return None
    return SUITES.get((kind, cryptosuite))
