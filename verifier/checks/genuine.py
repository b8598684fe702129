"""Genuine: did the issuer really say this, unaltered?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from verifier.model import Credential, Documents, Problem, Request
from verifier.proofs.forms import form
from verifier.report import FAILED, PASSED, Check, Question, worst


def needs(credential: Credential, documents: Documents) -> Iterable[Request]:
    """What the credential's proofs are checked against."""
    return [
        request
        for proof in credential.proofs
        for request in form(proof.form).needs(credential, proof, documents)
    ]


def check(credential: Credential, documents: Documents, now: datetime) -> Check:
    """Hold every proof against the credential (contract, section 1, "More than one").

    A failed proof fails; otherwise one good proof by the issuer passes, and proofs that could not
    be checked are named in `detail.also`. A problem in the credential's structure outweighs any
    proof. No proof at all is `unsigned`.
    """
    proofs = [
        form(proof.form).check(credential, proof, documents, now) for proof in credential.proofs
    ]
    if len(proofs) == 1 and not credential.problems:
        (only,) = proofs
        if only.outcome is not PASSED:
            return _with_signature(only, proofs)
        if only.fix is None:  # it asks nothing of anybody
            return only
    found = [_problem(problem) for problem in credential.problems]
    if not proofs and not found:
        return Check(
            Question.GENUINE,
            "unsigned",
            "Nothing signs this and nobody hosts it: anyone could have written it.",
            "Ask the holder for the signed file or the address where the issuer shows it.",
            {"signature": "unchecked"},
        )
    passed = [proof for proof in proofs if proof.outcome is PASSED]
    failed = [check for check in (*found, *proofs) if check.outcome is FAILED]
    if failed or not passed or found:
        return _with_signature(worst(_decisive(found, proofs, passed)), proofs)
    others = [proof for proof in proofs if proof.outcome is not PASSED]
    best = passed[0]
    also = [{"code": proof.code, "says": proof.says} for proof in others]
    return Check(
        best.question,
        best.code,
        best.says,
        None,
        {**best.detail, **({"also": also} if also else {})},
    )


def _decisive(found: list[Check], proofs: list[Check], passed: list[Check]) -> list[Check]:
    """Everything that weighs against a pass; a pass itself never hides a finding."""
    return found + [proof for proof in proofs if proof not in passed]


def _with_signature(check: Check, proofs: list[Check]) -> Check:
    """`detail.signature` tells what the signature itself did, whatever outweighs it."""
    seen = [proof.detail.get("signature") for proof in proofs]
    signature = "bad" if "bad" in seen else "good" if "good" in seen else "unchecked"
    if check.detail.get("signature") == signature:
        return check
    return Check(
        check.question, check.code, check.says, check.fix, {**check.detail, "signature": signature}
    )


def _problem(problem: Problem) -> Check:
    return Check(
        Question.GENUINE,
        problem.code,
        problem.says,
        _FIXES.get(problem.code, "Only the issuer can mend this, by issuing the badge anew."),
        {"reason": problem.reason},
    )


_FIXES = {
    "host_unreachable": "Try again later; if it stays so, ask the issuer.",
    "page_unreadable": (
        "Open the page yourself and check it from your own tab, or ask the holder for the badge "
        "file."
    ),
    "page_only": "Ask the holder for the link of the award itself, or for the badge file.",
    "picture_only": "Ask the holder for the link of the award itself, or for the badge file.",
    "context": "Touchstone only reads vocabularies it has pinned; ask us to add this one.",
}
