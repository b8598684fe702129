"""Which of an award's credentials leads its card: the card says what that one says, and no more.

The verdict of a card is always the whole verdict of one credential, so that being one of several
lifts and lowers nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from verifier.model import Identity
from verifier.report import Assurance, Verdict
from wallet_server.lineage.facts import Facts
from wallet_server.lineage.same import established

#: What an issuer took back stays taken back, whatever copies of it can't tell.
_TAKEN_BACK = (Verdict.REVOKED, Verdict.SUSPENDED)
#: Then bad news before good: a copy that hides its end does not outlive one that tells it.
_NEWS = (
    *(Verdict.NOT_THEIRS, Verdict.EXPIRED, Verdict.NOT_YET_VALID, Verdict.OVERSTATED),
    *(Verdict.VERIFIED, Verdict.HOLDER_UNPROVEN, Verdict.UNVOUCHED),
)
_PROVEN = frozenset((*_TAKEN_BACK, *_NEWS))
#: What its issuer's host says today comes before what was once signed.
_FRESH = (Assurance.HOSTED, Assurance.ISSUER_PAGE, Assurance.SIGNATURE, Assurance.NONE)


class Form(Struct, frozen=True):
    """A credential of an award: what its newest check found, whether anybody vouches for its
    issuer, when it was issued (RFC 3339), when the wallet first had it, and by what its award is
    known.
    """

    id: str
    verdict: Verdict
    assurance: Assurance
    issued: str | None
    saved_at: str
    vouched: bool = False
    facts: Facts | None = None


def leading(forms: Iterable[Form], owner: Sequence[Identity] = ()) -> Form:
    """The form that leads, of those that are established to be one award with each other: whatever
    its owner put with them besides can be somebody else's, whose bad news is none of theirs. Raises
    `ValueError` for none.

    In turn: taken back; what the issuer's host or platform says now; what was signed; what can't be
    told; and last what is nobody's award. What was signed on an earlier day than another form is
    replaced by that (Open Badges 3.0, section 10).
    """
    known = sorted(forms, key=lambda one: (one.saved_at, one.id))
    own = min(_tied(known, owner), key=_standing)
    proven = [one for one in own if one.verdict in _PROVEN]
    newest = max((_day(one) for one in proven), default="")
    counting = [one for one in proven if not (_is_signed(one) and "" < _day(one) < newest)]
    return min(counting or own, key=_rank)


def _tied(forms: Sequence[Form], owner: Sequence[Identity]) -> list[list[Form]]:
    """Forms with those that they are established to be one award with, the first of each first."""
    groups: list[list[Form]] = []
    for form in forms:
        tied = [group for group in groups if any(_is_same(form, one, owner) for one in group)]
        joined = sorted((form, *(one for group in tied for one in group)), key=forms.index)
        groups = [*(group for group in groups if group not in tied), joined]
    return groups


def _is_same(one: Form, other: Form, owner: Sequence[Identity]) -> bool:
    if one.facts is None or other.facts is None:
        return False
    return established(one.facts, other.facts, owner) is not None


def _standing(group: Sequence[Form]) -> tuple[bool, bool, str, str]:
    """Vouched for before proven before anything else, and what was there first before the rest."""
    first = group[0]
    is_vouched = any(one.vouched for one in group)
    is_proven = any(one.verdict in _PROVEN for one in group)
    return not is_vouched, not is_proven, first.saved_at, first.id


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
