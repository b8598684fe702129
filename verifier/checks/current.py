"""Current: is it in force now?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from verifier.checks import status
from verifier.checks.reading import Reading
from verifier.dates import SKEW, written
from verifier.model import Credential, Documents, Request
from verifier.ports import Circumstances
from verifier.report import Check, Question, worst


def needs(credential: Credential, documents: Documents) -> Iterable[Request]:
    """The status lists the credential names, and what their own proofs are checked against."""
    for entry in credential.statuses:
        yield from status.needs(entry, credential, documents)


def check(
    credential: Credential, documents: Documents, circumstances: Circumstances, genuine: Check
) -> Check:
    """Dates and every status, the worst first (contract, section 1). What `genuine` found that the
    holder does not show may be an end, or a status that says no.

    `detail.as_of` is the moment of the oldest answer about status that this rests on, `None` where
    none was read.
    """
    now = circumstances.now
    readings = [
        reading
        for entry in credential.statuses
        for reading in status.readings(entry, credential, documents, now)
    ]
    hosted = status.read_hosted(credential, documents, now)
    readings += [hosted] if hosted is not None else []
    detail: dict[str, Any] = {
        "as_of": min((reading.at for reading in readings if reading.at is not None), default=None),
        "lists": [dict(reading.detail) for reading in readings if reading.detail],
    }
    found = [*_taken_back(credential), *_standing(credential), *_dates(credential, now)]
    found += _withheld(genuine)
    found += [
        _finding(reading.code, reading.says) for reading in readings if reading.code is not None
    ]
    answer = worst(found) if found else _in_force(credential, readings)
    return Check(answer.question, answer.code, answer.says, answer.fix, {**detail, **answer.detail})


def _withheld(genuine: Check) -> Iterator[Check]:
    """A holder who may choose what to show does not show when it ends, or whether it counts."""
    hidden = genuine.detail.get("hidden")
    if hidden:
        says = f"Its holder does not show all of it: {' and '.join(hidden)} may be among the rest."
        yield _finding("not_stated", says)


def _taken_back(credential: Credential) -> Iterator[Check]:
    """The award's own address says so itself."""
    if credential.revocation is not None:
        yield _finding("revoked", status.taken_back(credential.revocation.reason))


def _standing(credential: Credential) -> Iterator[Check]:
    """What the platform that shows it knows against it."""
    if credential.standing is not None and credential.standing.code is not None:
        yield _finding(credential.standing.code, credential.standing.says)


def _dates(credential: Credential, now: datetime) -> Iterator[Check]:
    """VC Data Model 2.0, section 4.9, with five minutes for clocks that differ.

    A certification whose issuer left the platform may have been renewed elsewhere, so an end date
    that is not kept up ends nothing.
    """
    if credential.valid_from is not None and credential.valid_from > now + SKEW:
        yield _finding(
            "not_yet_valid", f"It is valid from {written(credential.valid_from)} on, not yet."
        )
    kept_up = credential.standing is None or credential.standing.code != "moved"
    if kept_up and credential.expires is not None and credential.expires < now - SKEW:
        yield _finding("expired", f"It expired on {written(credential.expires)}.")


_NO_STATUS = "It has no end date, and its issuer left no way to take it back."
_UNREAD = "Nothing from its issuer could be read, so nothing tells whether it is in force."


def _is_unread(credential: Credential) -> bool:
    """Whether nothing of it is known from its issuer or their platform."""
    return credential.standard == "page" and not credential.proofs


def _in_force(credential: Credential, readings: list[Reading]) -> Check:
    ends = credential.expires
    stated = credential.standing is not None
    if not readings and ends is None and not stated:
        return Check(
            Question.CURRENT,
            "no_status",
            _UNREAD if _is_unread(credential) else _NO_STATUS,
            None,
        )
    if ends is None:
        return Check(Question.CURRENT, "no_expiry", "In force; it does not expire.", None)
    how = "" if readings or stated else " Its issuer left no way to take it back before."
    return Check(Question.CURRENT, "in_force", f"In force until {written(ends)}.{how}", None)


def _finding(code: str, says: str) -> Check:
    return Check(Question.CURRENT, code, says, _FIXES[code])


_FIXES = {
    "revoked": "Only the issuer can say why; ask the holder or the issuer.",
    "suspended": "Only the issuer can lift this; ask the holder or the issuer.",
    "not_yet_valid": "Nothing to mend: look again when it has begun.",
    "expired": "The holder can ask the issuer to renew it.",
    "status_forged": "The issuer can mend this by publishing a signed list that is in date.",
    "status_unreachable": "Try again later; if it stays so, ask the issuer whether it holds.",
    "status_unsupported": "This is for us to learn; until then ask the issuer whether it holds.",
    "moved": "Ask the holder for the link of it where its issuer keeps it now.",
    "not_stated": "Ask the holder for a link or a file that says when it ends.",
    "stale": "Try again when the issuer's address answers.",
}
