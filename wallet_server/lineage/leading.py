"""Which of an award's credentials leads its card: the card says what that one says, and no more.

The verdict of a card is always the whole verdict of one credential, so that being one of several
lifts and lowers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from verifier.report import Assurance, Verdict

#: What an issuer took back stays taken back, whatever copies of it can't tell.
_TAKEN_BACK = (Verdict.REVOKED, Verdict.SUSPENDED)
#: Then bad news before good: a copy that hides its end does not outlive one that tells it.
_NEWS = (
    *(Verdict.NOT_THEIRS, Verdict.EXPIRED, Verdict.NOT_YET_VALID, Verdict.OVERSTATED),
    *(Verdict.VERIFIED, Verdict.HOLDER_UNPROVEN, Verdict.UNVOUCHED),
)
#: What its issuer's host says today comes before what was once signed.
_FRESH = (Assurance.HOSTED, Assurance.ISSUER_PAGE, Assurance.SIGNATURE, Assurance.NONE)


@dataclass(frozen=True)
class Form:
    """A credential of an award: what its newest check found, when it was issued (RFC 3339), and
    when the wallet first had it.
    """

    id: str
    verdict: Verdict
    assurance: Assurance
    issued: str | None
    saved_at: str


def leading(forms: Iterable[Form]) -> Form:
    """The form that leads. Raises `ValueError` for none.

    In turn: taken back; what the issuer's host or platform says now; what was signed; what can't be
    told; and last what is nobody's award. What was signed on an earlier day than another form is
    replaced by that (Open Badges 3.0, section 10).
    """
    known = sorted(forms, key=lambda one: (one.saved_at, one.id))
    proven = [one for one in known if one.verdict in (*_TAKEN_BACK, *_NEWS)]
    newest = max((_day(one) for one in proven), default="")
    counting = [one for one in proven if not (_is_signed(one) and "" < _day(one) < newest)]
    return min(counting or known, key=_rank)


def _rank(form: Form) -> tuple[int, int, int]:
    if form.verdict in _TAKEN_BACK:
        return 0, _TAKEN_BACK.index(form.verdict), 0
    if form.verdict in _NEWS:
        fresh = _FRESH.index(form.assurance)
        return (2 if _is_signed(form) else 1), _NEWS.index(form.verdict), fresh
    return (3 if form.verdict is Verdict.UNKNOWN else 4), 0, 0


def _day(form: Form) -> str:
    return (form.issued or "")[:10]


def _is_signed(form: Form) -> bool:
    return form.assurance is Assurance.SIGNATURE
