"""Report → problem details (RFC 9457), in the words of the W3C's standards.

Their types: Verifiable Credentials Data Model 2.0, section 7.2; VC Data Integrity 1.0, section 4.7;
Bitstring Status List 1.0, section 3.5; VCALM 1.0 (the VC API), section 3.8. The last draws the line
between an error, which is about cryptography or the data model, and a warning, which is about
status and validity periods and leaves what is verified verified.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from verifier.errors import NoCredential
from verifier.report import Check, Question, Report

Problem = dict[str, Any]

_DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
_SECURITY = "https://w3id.org/security#"
_STATUS_LIST = "https://www.w3.org/ns/credentials/status-list#"
#: Where no standard names a problem: our own code for it.
_OWN = "urn:touchstone:"

PARSING = f"{_DATA_MODEL}PARSING_ERROR"
MALFORMED = f"{_DATA_MODEL}MALFORMED_VALUE_ERROR"
CRYPTOGRAPHY = f"{_DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR"
UNVERIFIED = f"{_SECURITY}PROOF_VERIFICATION_ERROR"
CHALLENGE = f"{_SECURITY}INVALID_CHALLENGE_ERROR"
DOMAIN = f"{_SECURITY}INVALID_DOMAIN_ERROR"
UNKNOWN_OPTION = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"

#: A code of the contract → the type of the problem. What could not be checked was not tampered
#: with, so it is never called that.
_TYPES = {
    Question.GENUINE: {
        **dict.fromkeys(("bad_signature", "altered", "dropped_terms"), CRYPTOGRAPHY),
        **dict.fromkeys(("id_mismatch", "out_of_scope"), CRYPTOGRAPHY),
        "structure": MALFORMED,
        "unsigned": PARSING,
        "bad_challenge": CHALLENGE,
        "key_not_issuers": f"{_SECURITY}INVALID_VERIFICATION_METHOD",
        "key_not_listed": f"{_SECURITY}INVALID_VERIFICATION_METHOD",
    },
    Question.CURRENT: {
        **dict.fromkeys(("status_unreachable", "stale"), f"{_STATUS_LIST}STATUS_RETRIEVAL_ERROR"),
        **dict.fromkeys(
            ("status_forged", "status_unsupported"), f"{_STATUS_LIST}STATUS_VERIFICATION_ERROR"
        ),
    },
}
_OF_THE_DATES = frozenset(("expired", "not_yet_valid"))
_HARMLESS = frozenset(("in_force", "no_expiry", "no_status"))


def problem(kind: str, detail: str, status: int = 400, **more: object) -> Problem:
    """A problem of the type `kind`; `status` is that of the answer it is in."""
    title = kind.removeprefix(_OWN).rpartition("#")[2]
    return {"type": kind, "title": title, "status": status, "detail": detail, **more}


def unreadable(error: NoCredential) -> Problem:
    """Why there was no credential to verify."""
    if error.code == "too_large":
        return problem(PARSING, error.says, 413)
    return problem(PARSING if error.code == "malformed" else MALFORMED, error.says)


def of_proofs(report: Report) -> Iterator[Problem]:
    """Errors: everything that keeps the signature from counting; nothing if it does."""
    genuine = report.checks[0]
    if genuine.code != "signature":
        yield from _problems(genuine, _TYPES[Question.GENUINE], UNVERIFIED)


def of_other_proofs(report: Report) -> Iterator[Problem]:
    """Proofs that could not be checked beside one that holds."""
    genuine = report.checks[0]
    if genuine.code == "signature":
        found = _problems(genuine, _TYPES[Question.GENUINE], UNVERIFIED)
        yield from (one for one in found if one["code"] != genuine.code)


def of_status(report: Report, *, dates: bool) -> Iterator[Problem]:
    """What is wrong with the status, or (`dates`) with the validity period."""
    current = report.checks[1]
    for found in _problems(current, _TYPES[Question.CURRENT], None):
        if found["code"] not in _HARMLESS and (found["code"] in _OF_THE_DATES) is dates:
            yield found


def _problems(check: Check, types: dict[str, str], otherwise: str | None) -> Iterator[Problem]:
    """One for each finding that `check` names."""
    findings = [(check.code, check.says)]
    findings += [(also["code"], also["says"]) for also in check.detail.get("also", ())]
    for code, says in findings:
        kind = types.get(code, otherwise or f"{_OWN}{code}")
        if code == "bad_challenge" and "domain" in str(check.detail.get("reason")):
            kind = DOMAIN
        yield problem(kind, says, code=code)
