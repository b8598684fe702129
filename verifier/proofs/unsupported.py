"""Proofs that Touchstone recognises and can't check: said plainly, never held against the badge."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verifier.model import Credential, Documents, Proof, Request
from verifier.report import Check, Question


def needs(credential: Credential, proof: Proof, documents: Documents) -> Iterable[Request]:
    """Nothing: there is no use in fetching what can't be used."""
    return ()


def check(credential: Credential, proof: Proof, documents: Documents, now: datetime) -> Check:
    """`unsupported_proof`, naming the proof's type and cryptosuite."""
    name = proof.cryptosuite or proof.type
    return Check(
        Question.GENUINE,
        "unsupported_proof",
        f"Touchstone can't check “{name[:60]}” proofs yet.",
        "This is for us to mend; until then ask the issuer to confirm the badge.",
        {"signature": "unchecked", "type": proof.type, "cryptosuite": proof.cryptosuite},
    )
