"""The one sentence above the five answers: who, what, when, and never more than was proven."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from verifier.dates import written
from verifier.model import Credential
from verifier.report import ABSENT, PASSED, UNKNOWN, Check, Verdict


class Actor(Struct, frozen=True):
    """How the issuer may be named: `proven` is a fact, `known` what a trusted list calls them."""

    proven: str | None
    known: str | None = None
    platform: str | None = None

    @property
    def name(self) -> str:
        """The name for a sentence: a list's where there is one, else what was proven."""
        if self.known and self.platform:
            return f"{self.known}, through {self.platform},"
        return self.known or self.proven or "The issuer"


#: Verdicts of a presentation about which there is nothing to say but who presents it.
_PRESENTED = (Verdict.VERIFIED, Verdict.HOLDER_UNPROVEN, Verdict.UNVOUCHED)
_HOLD = frozenset(_PRESENTED)
_COUNTED = {
    Verdict.INVALID: ("is not genuine", "are not genuine"),
    Verdict.UNKNOWN: ("could not be checked", "could not be checked"),
    Verdict.REVOKED: ("is revoked", "are revoked"),
    Verdict.IMPOSTOR: ("is an impostor's", "are impostors'"),
    Verdict.NOT_THEIRS: ("is somebody else's", "are somebody else's"),
    Verdict.SUSPENDED: ("is suspended", "are suspended"),
    Verdict.NOT_YET_VALID: ("is not yet valid", "are not yet valid"),
    Verdict.EXPIRED: ("has expired", "have expired"),
    Verdict.OVERSTATED: ("is less than is claimed", "are less than is claimed"),
}


#: What is left open about some of those that hold.
_OPEN = {
    Verdict.HOLDER_UNPROVEN: ("is not confirmed to be theirs", "are not confirmed to be theirs"),
    Verdict.UNVOUCHED: ("is by an issuer nobody vouches for", "are by issuers nobody vouches for"),
}


def counted(sentence: str, verdicts: Sequence[Verdict]) -> str:
    """`sentence`, and what became of the credentials in a bundle: “11 hold, 1 is revoked.”"""
    if not verdicts:
        return sentence
    hold = sum(verdict in _HOLD for verdict in verdicts)
    parts = [f"{hold} {'holds' if hold == 1 else 'hold'}"] if hold else []
    told = f"{sentence} {', '.join([*parts, *_numbers(_COUNTED, verdicts)])}."
    left = list(_numbers(_OPEN, verdicts))
    return f"{told} Of those that hold, {' and '.join(left)}." if left else told


def _numbers(
    words: Mapping[Verdict, tuple[str, str]], verdicts: Sequence[Verdict]
) -> Iterator[str]:
    for verdict, (one, several) in words.items():
        number = verdicts.count(verdict)
        if number:
            yield f"{number} {one if number == 1 else several}"


def headline(
    verdict: Verdict, checks: tuple[Check, ...], credential: Credential, actor: Actor
) -> str:
    """One sentence or two for `verdict`, naming the actor and the date."""
    genuine, current, issuer, recipient, claim = checks
    if credential.standard == "VP" and verdict in _PRESENTED:
        return f"Presented by {actor.name.rstrip(',')}. {genuine.says}"
    match verdict:  # the commonest first
        case Verdict.UNVOUCHED:
            return _unvouched(credential, current, issuer, actor)
        case Verdict.VERIFIED:
            holder = " Its holder matches." if recipient.outcome is PASSED else ""
            return f"{actor.name} issued this. {_term(credential, current)}{holder}"
        case Verdict.INVALID:
            return genuine.says
        case Verdict.UNKNOWN:
            return _unknown(genuine, current, issuer)
        case Verdict.IMPOSTOR:
            return issuer.says
        case Verdict.OVERSTATED:
            return f"Genuine, but {_lower(claim.says)}"
        case Verdict.NOT_THEIRS:
            return "Genuine, but issued to somebody other than the person asked about."
        case Verdict.REVOKED | Verdict.SUSPENDED | Verdict.NOT_YET_VALID | Verdict.EXPIRED:
            return _lapsed(verdict, current, credential, actor)
        case Verdict.HOLDER_UNPROVEN:
            whose = "Whether to the person asked about could not be checked."
            return f"{_issued(current, actor)} {whose}"


def _unknown(genuine: Check, current: Check, issuer: Check) -> str:
    if genuine.outcome is not PASSED:
        return genuine.says
    return current.says if current.outcome is UNKNOWN else issuer.says


def _lapsed(verdict: Verdict, current: Check, credential: Credential, actor: Actor) -> str:
    if verdict is Verdict.EXPIRED and credential.expires is not None:
        return f"Issued by {actor.name.rstrip(',')}; expired on {written(credential.expires)}."
    start = credential.valid_from or credential.issued
    if verdict is Verdict.NOT_YET_VALID and start is not None:
        return f"Genuine; valid from {written(start)}."
    return current.says


def _term(credential: Credential, current: Check) -> str:
    if current.outcome is ABSENT:
        return "It has no end date."
    if credential.expires is None:
        return "In force; it does not expire."
    return f"In force until {written(credential.expires)}."


def _issued(current: Check, actor: Actor) -> str:
    """That it has no end and nobody could take it back is not that it is in force."""
    if current.outcome is PASSED:
        return f"{actor.name} issued this and it is in force."
    return f"{actor.name} issued this. It has no end date."


def _unvouched(credential: Credential, current: Check, issuer: Check, actor: Actor) -> str:
    called = credential.issuer.name
    calls = f" It calls itself “{called[:80]}”." if called else ""
    start = _issued(current, actor)
    if issuer.code == "not_listed" and "reason" not in issuer.detail:
        return f"{start} None of your lists knows that issuer.{calls}"
    return f"{start} {issuer.says}"


def _lower(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]
