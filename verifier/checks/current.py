"""Current: is it in force now?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from verifier.checks.reading import Reading, taken_back
from verifier.dates import SKEW, written
from verifier.model import Credential, Documents, Request
from verifier.ports import Circumstances
from verifier.report import Check, Question, worst

Detail = dict[str, Any]


def needs(credential: Credential, documents: Documents) -> Iterable[Request]:
    """The status lists the credential names, and what their own proofs are checked against."""
    if not credential.statuses:
        return ()
    # here: lists of every kind, and many a badge is on none
    from verifier.checks.status import needs as needed
    from verifier.checks.status import one_for_each_list

    return [
        request
        for entry in one_for_each_list(credential.statuses)
        for request in needed(entry, credential, documents)
    ]


def check(
    credential: Credential, documents: Documents, circumstances: Circumstances, genuine: Check
) -> Check:
    """Dates and every status, the worst first (contract, section 1). What `genuine` found that the
    holder does not show may be an end, or a status that says no.

    `detail.as_of` is the moment of the oldest answer about status that this rests on, `None` where
    none was read.
    """
    now = circumstances.now
    readings = _readings(credential, documents, now)
    found = _found(credential, genuine, readings, now)
    if not found:
        return _in_force(credential, readings)
    answer = worst(found)
    return replace(answer, detail={**_rests_on(readings), **answer.detail})


#: Forms of proof whose own address tells how it stands.
_SHOWN = frozenset(("hosted", "page"))


def _readings(credential: Credential, documents: Documents, now: datetime) -> list[Reading]:
    shown = not _SHOWN.isdisjoint([one.form for one in credential.proofs])
    if not shown and not credential.statuses:
        return []
    from verifier.checks.status import read_hosted, readings

    found: list[Reading] = []
    for entry in credential.statuses:
        found += readings(entry, credential, documents, now)
    hosted = read_hosted(credential, documents, now) if shown else None
    return found if hosted is None else [*found, hosted]


def _rests_on(readings: list[Reading]) -> Detail:
    """For `detail`: the oldest moment, and what each list was."""
    if not readings:
        return {"as_of": None, "lists": []}
    moments = [reading.at for reading in readings if reading.at is not None]
    return {
        "as_of": min(moments) if moments else None,
        "lists": [dict(reading.detail) for reading in readings if reading.detail],
    }


def _found(
    credential: Credential, genuine: Check, readings: list[Reading], now: datetime
) -> list[Check]:
    """All that weighs against it: the award's own address says that it was taken back, the platform
    that shows it knows something, its dates, what its holder does not show, and its statuses.
    """
    found = []
    if credential.revocation is not None:
        found.append(_finding("revoked", taken_back(credential.revocation.reason)))
    standing = credential.standing
    if standing is not None and standing.code is not None:
        found.append(_finding(standing.code, standing.says))
    found += _dates(credential, now)
    if hidden := genuine.detail.get("hidden"):
        says = f"Its holder does not show all of it: {' and '.join(hidden)} may be among the rest."
        found.append(_finding("not_stated", says))
    for one in readings:
        if one.code is not None:
            found.append(_finding(one.code, one.says))
    return found


def _dates(credential: Credential, now: datetime) -> list[Check]:
    """VC Data Model 2.0, section 4.9, with five minutes for clocks that differ.

    A certification whose issuer left the platform may have been renewed elsewhere, so an end date
    that is not kept up ends nothing.
    """
    begins, ends = credential.valid_from, credential.expires
    found = []
    if begins is not None and begins > now + SKEW:
        says = f"It is valid from {written(begins)} on, not yet."
        found.append(_finding("not_yet_valid", says))
    kept_up = credential.standing is None or credential.standing.code != "moved"
    if kept_up and ends is not None and ends < now - SKEW:
        found.append(_finding("expired", f"It expired on {written(ends)}."))
    return found


def _of_no_status(says: str) -> Check:
    return Check(Question.CURRENT, "no_status", says, None, _rests_on([]))


_NO_STATUS = _of_no_status("It has no end date, and its issuer left no way to take it back.")
_UNREAD = _of_no_status(
    "Nothing from its issuer could be read, so nothing tells whether it is in force."
)


def _is_unread(credential: Credential) -> bool:
    """Whether nothing of it is known from its issuer or their platform."""
    return credential.standard == "page" and not credential.proofs


def _in_force(credential: Credential, readings: list[Reading]) -> Check:
    ends = credential.expires
    stated = credential.standing is not None
    if not readings and ends is None and not stated:
        return _UNREAD if _is_unread(credential) else _NO_STATUS
    detail = _rests_on(readings)
    if ends is None:
        return Check(Question.CURRENT, "no_expiry", "In force; it does not expire.", None, detail)
    how = "" if readings or stated else " Its issuer left no way to take it back before."
    says = f"In force until {written(ends)}.{how}"
    return Check(Question.CURRENT, "in_force", says, None, detail)


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
