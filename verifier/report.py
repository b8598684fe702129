"""The report: five questions, four outcomes, twelve verdicts (contract, section 1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any

from msgspec import Struct, field
from msgspec.structs import force_setattr

from verifier.model import Credential, Document


class Outcome(StrEnum):
    """What became of a question. Only `PASSED` counts in a badge's favour."""

    PASSED = "passed"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ABSENT = "absent"


#: The same without looking them up in the class, which takes longer than to compare them.
PASSED, FAILED, UNKNOWN, ABSENT = Outcome


class Question(StrEnum):
    """The five questions, in the order in which they are always answered."""

    GENUINE = "genuine"
    CURRENT = "current"
    ISSUER = "issuer"
    RECIPIENT = "recipient"
    CLAIM = "claim"


class Verdict(StrEnum):
    """One word from the five answers."""

    INVALID = "invalid"
    UNKNOWN = "unknown"
    REVOKED = "revoked"
    IMPOSTOR = "impostor"
    NOT_THEIRS = "not_theirs"
    SUSPENDED = "suspended"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    OVERSTATED = "overstated"
    VERIFIED = "verified"
    HOLDER_UNPROVEN = "holder_unproven"
    UNVOUCHED = "unvouched"


class Assurance(StrEnum):
    """What the answer to `genuine` rests on."""

    SIGNATURE = "signature"
    HOSTED = "hosted"
    ISSUER_PAGE = "issuer_page"
    NONE = "none"


#: Every code an answer can have, worst first within a question: where a question has several
#: findings the first of these is its code and the others go to `detail.also`.
CODES: Mapping[Question, Mapping[str, Outcome]] = {
    Question.GENUINE: {
        "bad_signature": Outcome.FAILED,
        "altered": Outcome.FAILED,
        "id_mismatch": Outcome.FAILED,
        "out_of_scope": Outcome.FAILED,
        "dropped_terms": Outcome.FAILED,
        "structure": Outcome.FAILED,
        "bad_challenge": Outcome.FAILED,
        "key_not_issuers": Outcome.FAILED,
        "issuer_unproven": Outcome.UNKNOWN,
        "key_not_listed": Outcome.UNKNOWN,
        "key_unreachable": Outcome.UNKNOWN,
        "host_unreachable": Outcome.UNKNOWN,
        "ledger_unreachable": Outcome.UNKNOWN,
        "unsupported_proof": Outcome.UNKNOWN,
        "context": Outcome.UNKNOWN,
        "too_costly": Outcome.UNKNOWN,
        "page_unreadable": Outcome.UNKNOWN,
        "page_only": Outcome.UNKNOWN,
        "picture_only": Outcome.UNKNOWN,
        "unsigned": Outcome.ABSENT,
        "signature": Outcome.PASSED,
        "hosted": Outcome.PASSED,
        "issuer_page": Outcome.PASSED,
    },
    Question.CURRENT: {
        "revoked": Outcome.FAILED,
        "suspended": Outcome.FAILED,
        "not_yet_valid": Outcome.FAILED,
        "expired": Outcome.FAILED,
        "status_forged": Outcome.UNKNOWN,
        "status_unreachable": Outcome.UNKNOWN,
        "status_unsupported": Outcome.UNKNOWN,
        "stale": Outcome.UNKNOWN,
        "not_stated": Outcome.UNKNOWN,
        "moved": Outcome.UNKNOWN,
        "no_status": Outcome.ABSENT,
        "in_force": Outcome.PASSED,
        "no_expiry": Outcome.PASSED,
    },
    Question.ISSUER: {
        "denied": Outcome.FAILED,
        "lookalike": Outcome.FAILED,
        "insecure": Outcome.UNKNOWN,
        "claims_known_name": Outcome.UNKNOWN,
        "registry_unread": Outcome.UNKNOWN,
        "not_listed": Outcome.ABSENT,
        "platform_vouched": Outcome.PASSED,
        "vouched": Outcome.PASSED,
    },
    Question.RECIPIENT: {
        "someone_else": Outcome.FAILED,
        "name_differs": Outcome.UNKNOWN,
        "other_address": Outcome.UNKNOWN,
        "cannot_tell": Outcome.UNKNOWN,
        "not_asked": Outcome.ABSENT,
        "nobody_named": Outcome.ABSENT,
        "email_match": Outcome.PASSED,
        "name_match": Outcome.PASSED,
        "did_match": Outcome.PASSED,
        "profile_match": Outcome.PASSED,
    },
    Question.CLAIM: {
        "differs": Outcome.FAILED,
        "cannot_tell": Outcome.UNKNOWN,
        "nothing_claimed": Outcome.ABSENT,
        "agrees": Outcome.PASSED,
    },
}


class Check(Struct, frozen=True):
    """The answer to one question.

    `code` fixes the outcome, whatever else is given for it; a code the contract does not list for
    the question is a `ValueError`. `fix` says who can mend it and how, and is given whenever the
    outcome is neither passed nor a harmless absence.
    """

    question: Question
    code: str
    says: str
    fix: str | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)
    outcome: Outcome = UNKNOWN

    def __post_init__(self) -> None:
        """Refuse codes that the contract does not know for this question."""
        outcome = CODES[self.question].get(self.code)
        if outcome is None:
            raise ValueError(f"{self.code!r} is not a code of {self.question.value!r}")
        force_setattr(self, "outcome", outcome)

    def told(self, detail: Mapping[str, Any]) -> Check:
        """The same answer, with `detail` besides."""
        more = {**self.detail, **detail}
        return Check(self.question, self.code, self.says, self.fix, more)


def worst(checks: Sequence[Check]) -> Check:
    """The worst of several findings on one question, by the order of `CODES`; the rest go to its
    `detail.also`.

    Raises `ValueError` for no findings: nothing to check never passes.
    """
    if not checks:
        raise ValueError("there are no findings to choose from")
    if len(checks) == 1:
        return checks[0]
    order = list(CODES[checks[0].question])
    ranked = sorted(checks, key=lambda check: order.index(check.code))
    also = [{"code": check.code, "says": check.says} for check in ranked[1:]]
    first = ranked[0]
    return Check(first.question, first.code, first.says, first.fix, {**first.detail, "also": also})


def verdict_of(checks: Sequence[Check]) -> Verdict:
    """The verdict for five answers: the first row of the contract's table that fits."""
    genuine, current, issuer, recipient, claim = checks
    if genuine.outcome is FAILED:
        return Verdict.INVALID
    if genuine.outcome is not PASSED:
        return Verdict.UNKNOWN
    if current.code == "revoked":
        return Verdict.REVOKED
    if issuer.outcome is FAILED:
        return Verdict.IMPOSTOR
    if recipient.outcome is FAILED:
        return Verdict.NOT_THEIRS
    if current.outcome is FAILED:
        return Verdict(current.code)
    if current.outcome is UNKNOWN or issuer.code == "claims_known_name":
        return Verdict.UNKNOWN
    if claim.outcome is FAILED:
        return Verdict.OVERSTATED
    if issuer.outcome is PASSED:
        matched = recipient.outcome is PASSED or recipient.code == "not_asked"
        return Verdict.VERIFIED if matched else Verdict.HOLDER_UNPROVEN
    return Verdict.UNVOUCHED


_ASSURANCE = {
    "signature": Assurance.SIGNATURE,
    "hosted": Assurance.HOSTED,
    "issuer_page": Assurance.ISSUER_PAGE,
}


class Report(Struct, frozen=True):
    """Everything there is to say about one credential, and what it rests on.

    `checks` are the five answers in order; `vouched_by` names the lists that know the issuer;
    `proven` is the domain or DID that the proof ties the credential to, `None` unless `genuine`
    passed. `bundle` and `endorsements` are whole reports on the credentials in it.
    """

    source: str
    credential: Credential
    checks: tuple[Check, Check, Check, Check, Check]
    headline: str
    checked_at: datetime
    proven: str | None = None
    vouched_by: tuple[str, ...] = ()
    contacted: tuple[Document, ...] = ()
    status_as_of: datetime | None = None
    bundle: tuple[Report, ...] = ()
    endorsements: tuple[Report, ...] = ()

    @property
    def verdict(self) -> Verdict:
        """The one word."""
        return verdict_of(self.checks)

    @property
    def assurance(self) -> Assurance:
        """What `genuine` rests on; `NONE` unless it passed."""
        return _ASSURANCE.get(self.checks[0].code, Assurance.NONE)
