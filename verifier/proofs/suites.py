"""The table of proof suites: which key may make a proof, by which algorithm, over which form.

The proof names its suite and nothing else: what a suite is comes from here.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import NoneType
from typing import Literal

from msgspec import Struct

from verifier.model import JsonObject

#: Hash functions within a suite, by algorithm: P-384 goes with SHA-384 everywhere, in the
#: canonicalisation too (Data Integrity ECDSA Cryptosuites 1.0, section 3.2).
_HASHES = {"ES384": "sha384"}


class Suite(Struct, frozen=True):
    """One way of making a proof.

    `form` is how the document becomes bytes: RDF canonicalisation, canonical JSON, or RDF statement
    by statement (`selective`). `algorithms` are the only ones allowed, by the kind of the key.
    `value` is the member that holds the signature. `digest` is the hash (hashlib's name) of both
    halves of what is signed, where it does not follow from the algorithm.
    """

    form: Literal["rdfc", "jcs", "selective"]
    algorithms: Mapping[str, tuple[str, ...]]
    value: Literal["proofValue", "jws"] = "proofValue"
    digest: str | None = None

    def algorithm_of(self, kind: str, named: str | None) -> str | None:
        """The algorithm by which a key of `kind` makes this proof, `None` if none.

        A JWS names its algorithm: it must be an allowed one, and so decides only between two of
        RSA.
        """
        allowed = self.algorithms.get(kind, ())
        if named is not None:
            return named if named in allowed else None
        return allowed[0] if allowed else None

    def hash_of(self, algorithm: str) -> str:
        """The hash (hashlib's name) that goes with `algorithm`."""
        return self.digest or _HASHES.get(algorithm, "sha256")


_EDDSA = {"Ed25519": ("EdDSA",)}
_ECDSA = {"P-256": ("ES256",), "P-384": ("ES384",)}
_KOBLITZ = {"secp256k1": ("ES256K",)}
#: JSON Web Signature 2020, section 2.2: the key's own algorithm, over SHA-256 whatever it is.
_JWS_2020 = {
    **_EDDSA,
    **_ECDSA,
    "P-521": ("ES512",),
    **_KOBLITZ,
    "RSA": ("PS256", "RS256"),
}

#: A proof's type and cryptosuite → its suite. RsaSignature2018 is not here: the data model's own
#: vocabulary misspells its terms, so that programs differ in what such a proof signs.
SUITES: Mapping[tuple[str, str | None], Suite] = {
    ("DataIntegrityProof", "eddsa-rdfc-2022"): Suite("rdfc", _EDDSA),
    ("DataIntegrityProof", "eddsa-jcs-2022"): Suite("jcs", _EDDSA),
    ("DataIntegrityProof", "ecdsa-rdfc-2019"): Suite("rdfc", _ECDSA),
    ("DataIntegrityProof", "ecdsa-jcs-2019"): Suite("jcs", _ECDSA),
    ("DataIntegrityProof", "ecdsa-sd-2023"): Suite("selective", {"P-256": ("ES256",)}),
    ("Ed25519Signature2020", None): Suite("rdfc", _EDDSA),
    ("Ed25519Signature2018", None): Suite("rdfc", _EDDSA, "jws"),
    ("EcdsaSecp256k1Signature2019", None): Suite("rdfc", _KOBLITZ, "jws"),
    ("JsonWebSignature2020", None): Suite("rdfc", _JWS_2020, "jws", "sha256"),
}


def suite_of(proof: JsonObject) -> Suite | None:
    """The suite that a proof object names, `None` for one that is not in the table.

    The first drafts of the older suites had no `jws`, and signed other bytes: those can't be
    checked either.
    """
    kind, cryptosuite = proof.get("type"), proof.get("cryptosuite")
    if isinstance(kind, list) and len(kind) == 1:
        kind = kind[0]
    if not isinstance(kind, str) or not isinstance(cryptosuite, (str, NoneType)):
        return None
    suite = SUITES.get((kind, cryptosuite))
    return None if suite is not None and suite.value == "jws" and "jws" not in proof else suite
