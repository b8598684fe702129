"""Test keys and the two Ed25519 proofs, written from the standards with pyld and cryptography.

Data Integrity EdDSA Cryptosuites v1.0, section 3.2 (`eddsa-rdfc-2022`), and the suite
`Ed25519Signature2020` that came before it: both sign the SHA-256 of the proof's options and that of
the document.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from typing import Any

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from pyld import jsonld  # type: ignore[import-untyped]  # it ships none
from pyld.canon import URDNA2015  # type: ignore[import-untyped]

from verifier import contexts

JsonDocument = dict[str, Any]

CREDENTIALS_1 = "https://www.w3.org/2018/credentials/v1"
CREDENTIALS_2 = "https://www.w3.org/ns/credentials/v2"
SUITE_2020 = "https://w3id.org/security/suites/ed25519-2020/v1"
CREATED = "2025-03-14T09:30:00Z"
_ED25519 = b"\xed\x01"  # multicodec prefix of an Ed25519 public key


def private_key(name: str) -> Ed25519PrivateKey:
    """The test key called `name`: anyone can make it, so nothing it signs is worth anything."""
    return Ed25519PrivateKey.from_private_bytes(
        hashlib.sha256(f"touchstone test key {name}".encode()).digest()
    )


def multikey(name: str) -> str:
    """The public key called `name` as a Multikey (`z6Mk…`)."""
    raw = private_key(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)
    return "z" + base58.b58encode(_ED25519 + raw).decode()


def did_key(name: str) -> str:
    """The `did:key` of the key called `name`."""
    return f"did:key:{multikey(name)}"


def did_key_method(name: str) -> str:
    """The one verification method of that `did:key`."""
    return f"{did_key(name)}#{multikey(name)}"


def signed(
    document: Mapping[str, Any], key: str, method: str | None = None, **options: object
) -> JsonDocument:
    """`document` with an `eddsa-rdfc-2022` proof; `options` replace or add to the proof's own."""
    proof = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-rdfc-2022",
        "created": CREATED,
        "verificationMethod": method or did_key_method(key),
        "proofPurpose": "assertionMethod",
        **options,
    }
    return _with_proof(document, key, proof)


def signed_2020(
    document: Mapping[str, Any], key: str, method: str | None = None, **options: object
) -> JsonDocument:
    """`document` with an `Ed25519Signature2020` proof."""
    proof = {
        "type": "Ed25519Signature2020",
        "created": CREATED,
        "verificationMethod": method or did_key_method(key),
        "proofPurpose": "assertionMethod",
        **options,
    }
    return _with_proof(document, key, proof)


def _with_proof(document: Mapping[str, Any], key: str, proof: Mapping[str, object]) -> JsonDocument:
    unsigned = {name: value for name, value in document.items() if name != "proof"}
    configured = {"@context": document["@context"], **proof}
    digest = hashlib.sha256(quads(configured)).digest() + hashlib.sha256(quads(unsigned)).digest()
    signature = base58.b58encode(private_key(key).sign(digest)).decode()
    return {**unsigned, "proof": {**proof, "proofValue": f"z{signature}"}}


def quads(document: Mapping[str, Any], digest: str = "sha256") -> bytes:
    """The canonical N-Quads of `document` by pyld, under the pinned contexts, its unnamed parts put
    in order by `digest` (hashlib's name).
    """
    dataset = jsonld.to_rdf(deepcopy(dict(document)), {"base": None, "documentLoader": _load})
    quads: str = _Canonicaliser(digest).main(dataset, {"format": "application/n-quads"})
    return quads.encode()


class _Canonicaliser(URDNA2015):  # type: ignore[misc]  # pyld ships no types
    """pyld's own, with another hash: RDFC-1.0 with SHA-384 goes with P-384 keys."""

    def __init__(self, digest: str) -> None:
        super().__init__()
        self.digest = digest

    def create_hash(self) -> object:
        return hashlib.new(self.digest)


def _load(url: str, _options: object) -> dict[str, Any]:
    return _loaded(url)


@cache
def _loaded(url: str) -> dict[str, Any]:
    """What pyld's loader answers; tagged `static`, it is processed once."""
    return {
        "contextUrl": None,
        "documentUrl": url,
        "contentType": "application/ld+json",
        "tag": "static",
        # The one term of a vocabulary of JSON-LD 1.0 that 1.1 refuses to read.
        "document": _plain(contexts.load()[url], without="image:signature"),
    }


def _plain(value: object, without: str) -> Any:  # noqa: ANN401 any JSON
    """Pinned contexts may be read-only; pyld wants them plain."""
    if isinstance(value, Mapping):
        return {key: _plain(item, without) for key, item in value.items() if key != without}
    return [_plain(item, without) for item in value] if isinstance(value, (list, tuple)) else value
