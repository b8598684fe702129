"""Signatures of the older suites that others made, over the bytes that we say they are over."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from verifier import contexts
from verifier.keys.material import Unusable, read_key, read_multikey
from verifier.model import Credential
from verifier.proofs import covered
from verifier.proofs.algorithms import fits
from verifier.proofs.detached_jws import read_jws

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

_BLOCKCERTS = "blockcerts-cert-verifier-js"
_DRAFT = "https://www.w3.org/2018/credentials/v2"


def holds(document: Mapping[str, Any], proof: Mapping[str, Any], key: PublicKey | Unusable) -> bool:
    """Whether the proof's signature is one of the document by `key`."""
    assert not isinstance(key, Unusable)
    jws = read_jws(proof["jws"])
    credential = Credential("VC 1.1", "json", b"", document)
    data = jws.over(covered.by_rdf(credential, proof, "sha256", "jws"))
    return fits(jws.algorithm, key, jws.signature, data)


def read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_bytes())
    return document


@pytest.mark.parametrize("kind", ["ed25519", "p384"])
def test_the_community_groups_vectors(
    kind: str, material: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ed25519Signature2018, and JsonWebSignature2020 of P-384 over SHA-256; both under a draft of
    the data model's vocabulary, which nobody ever published at that address.
    """
    folder = material / "w3c-ccg-security-vocab"
    drafted = read(folder / "contexts/credentials-v2-unstable.json")
    pinned = {**contexts.load(), _DRAFT: drafted}
    monkeypatch.setattr(contexts, "load", lambda: pinned)
    document = read(folder / f"credentials/{kind}/verifiableCredential.json")
    key = read_key(read(folder / f"controllers/{kind}.json")["verificationMethod"][0])
    assert holds(document, document["proof"], key)
    assert not holds({**document, "name": "Another Card"}, document["proof"], key)
    assert not holds(document, {**document["proof"], "created": "2020-12-12T16:17:13Z"}, key)


@pytest.mark.parametrize("name", ["proof-chain-example-secp256k1", "example-non-chained-proofs"])
def test_the_secp256k1_proofs_beside_blockcerts_own(name: str, material: Path) -> None:
    document = read(material / _BLOCKCERTS / f"v3/{name}.json")
    proof = document["proof"][0]
    assert proof["type"] == "EcdsaSecp256k1Signature2019"
    key = read_multikey(proof["verificationMethod"].partition("#")[2])
    assert holds(document, proof, key)
    assert not holds({**document, "metadata": "{}"}, proof, key)


def test_a_secp256k1_proof_by_a_key_in_the_issuers_profile(material: Path) -> None:
    folder = material / _BLOCKCERTS
    document = read(folder / "v3/testnet-v3-verification-method-issuer-profile.json")
    issuer = document["issuer"]
    cases = [json.loads(line) for line in (folder / "cases.jsonl").read_text().splitlines()]
    answer = next(case["http"][issuer] for case in cases if case["id"] == "blockcerts-52")
    named = document["proof"]["verificationMethod"]
    methods = read(folder / answer["file"])["verificationMethod"]
    key = read_key(next(m for m in methods if named.endswith(m["id"])))
    assert holds(document, document["proof"], key)
    assert not holds({**document, "metadata": "{}"}, document["proof"], key)
