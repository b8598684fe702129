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
    by statement (`selective`). `algorithms` are the only ones allowed, by the kind of the key.
    """

    form: Literal["rdfc", "jcs", "selective"]
    algorithms: Mapping[str, str]

    def hash_of(self, algorithm: str) -> str:
        """The hash (hashlib's name) that goes with `algorithm`."""
        return _HASHES.get(algorithm, "sha256")


_EDDSA = {"Ed25519": "EdDSA"}
_ECDSA = {"P-256": "ES256", "P-384": "ES384"}
#: A proof's type and cryptosuite → its suite.
SUITES: Mapping[tuple[str, str | None], Suite] = {
    ("DataIntegrityProof", "eddsa-rdfc-2022"): Suite("rdfc", _EDDSA),
    ("DataIntegrityProof", "eddsa-jcs-2022"): Suite("jcs", _EDDSA),
    ("DataIntegrityProof", "ecdsa-rdfc-2019"): Suite("rdfc", _ECDSA),
    ("DataIntegrityProof", "ecdsa-jcs-2019"): Suite("jcs", _ECDSA),
    ("DataIntegrityProof", "ecdsa-sd-2023"): Suite("selective", {"P-256": "ES256"}),
    ("Ed25519Signature2020", None): Suite("rdfc", _EDDSA),
}


def suite_of(proof: JsonObject) -> Suite | None:
    """The suite that a proof object names, `None` for one that is not in the table."""
    kind, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    if not isinstance(kind, str) or not isinstance(cryptosuite, str | None):
        return None
    return SUITES.get((kind, cryptosuite))
