"""Every step of the W3C's vectors, not only the last: forms, hashes, and chains taken apart."""

import hashlib
import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest

from tests.conformance.case import Case
from tests.conformance.run import run
from verifier import jcs
from verifier.model import Credential
from verifier.proofs import covered

#: Folder, the ending of its files' names, and the hash that goes with the key.
VECTORS = (
    ("w3c-vc-di-eddsa/eddsa-rdfc-2022", "DataInt", "sha256"),
    ("w3c-vc-di-eddsa/Ed25519Signature2020", "EdSig", "sha256"),
    ("w3c-vc-di-eddsa/eddsa-jcs-2022", "JCS", "sha256"),
    ("w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p256", "ECDSAP256", "sha256"),
    ("w3c-vc-di-ecdsa/ecdsa-rdfc-2019-p384", "ECDSAP384", "sha384"),
    ("w3c-vc-di-ecdsa/ecdsa-jcs-2019-p256", "JCSECDSAP256", "sha256"),
    ("w3c-vc-di-ecdsa/ecdsa-jcs-2019-p384", "JCSECDSAP384", "sha384"),
)
_CHAIN = "w3c-vc-di-eddsa/proof-set-chain/signedProofChain2.json"


@pytest.mark.parametrize(("folder", "ending", "digest"), VECTORS)
def test_every_step_is_the_standards(folder: str, ending: str, digest: str, material: Path) -> None:
    def step(name: str) -> str:
        return (material / folder / f"{name}{ending}.txt").read_text(encoding="utf-8")

    document = json.loads((material / folder / f"signed{ending}.json").read_bytes())
    proof = document["proof"]
    credential = Credential("VC 2.0", "json", b"", document)
    if "JCS" in ending:
        configured = jcs.canonical({k: v for k, v in proof.items() if k != "proofValue"}).decode()
        transformed = jcs.canonical({k: v for k, v in document.items() if k != "proof"}).decode()
        hashed = covered.by_json(credential, proof, digest)
    else:
        configured, transformed = covered.canonical_forms(credential, proof, digest)
        hashed = covered.by_rdf(credential, proof, digest)
    assert transformed.strip() == step("canonDoc").strip()
    assert configured.strip() == step("proofCanon").strip()
    assert hashlib.new(digest, transformed.encode()).hexdigest() == step("docHash").strip()
    assert hashlib.new(digest, configured.encode()).hexdigest() == step("proofHash").strip()
    assert hashed.hex() == step("combinedHash").strip()


def chain(material: Path) -> dict[str, Any]:
    """Four proofs: two side by side, one over both, one over that."""
    read: dict[str, Any] = json.loads((material / _CHAIN).read_bytes())
    return read


def judged(document: dict[str, Any]) -> tuple[str | None, str | None, str | None]:
    outcome = run(Case("", "", json.dumps(document).encode(), "a.json", {}, Path(), ""))
    return outcome.verdict, outcome.code, outcome.signature


def test_a_whole_chain_is_good(material: Path) -> None:
    assert judged(chain(material)) == ("unknown", "issuer_unproven", "good")


def _missing(proofs: list[dict[str, Any]]) -> None:
    del proofs[0]


def _same_id(proofs: list[dict[str, Any]]) -> None:
    proofs[1]["id"] = proofs[0]["id"]


def _circle(proofs: list[dict[str, Any]]) -> None:
    proofs[0]["previousProof"] = proofs[2]["id"]


def _swapped(proofs: list[dict[str, Any]]) -> None:
    proofs[2]["previousProof"], proofs[3]["previousProof"] = proofs[0]["id"], proofs[1]["id"]


def _left_out(proofs: list[dict[str, Any]]) -> None:
    del proofs[2]["previousProof"]


def _no_id(proofs: list[dict[str, Any]]) -> None:
    proofs[3]["previousProof"] = [7]


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_missing, "structure"),
        (_same_id, "structure"),
        (_circle, "structure"),
        (_swapped, "bad_signature"),
        (_left_out, "bad_signature"),
        (_no_id, "structure"),
    ],
)
def test_a_broken_chain_fails(spoil: Any, code: str, material: Path) -> None:  # noqa: ANN401
    document = deepcopy(chain(material))
    spoil(document["proof"])
    verdict, found, _ = judged(document)
    assert (verdict, found) == ("invalid", code)


def test_a_selective_proof_holds_each_statement_it_shows(material: Path) -> None:
    path = material / "1edtech-public-validator/ob30/sd/derivedcredential.json"
    document = json.loads(path.read_bytes())
    assert judged(document) == ("unknown", "issuer_unproven", "good")
    for spoil in ("name", "description"):
        other = deepcopy(document)
        other["credentialSubject"]["achievement"][spoil] += "!"
        assert judged(other) == ("invalid", "bad_signature", "bad")
    less = deepcopy(document)
    del less["credentialSubject"]["id"]
    assert judged(less)[0] == "invalid"
