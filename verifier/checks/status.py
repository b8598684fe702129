"""One status entry: fetch its list's name, decide whether the list may be believed, read the entry.

The anchor of a list is its address inside the signed credential. A list that is itself a credential
is judged by its own proof; whoever signed it is named, and need not be the badge's issuer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from verifier import status_lists
from verifier.addresses import is_address
from verifier.checks import genuine
from verifier.dates import SKEW, written
from verifier.errors import Malformed, NoCredential, TooCostly
from verifier.json_gate import read_object
from verifier.model import (
    Credential,
    Document,
    Documents,
    JsonObject,
    Payload,
    Request,
    Status,
    as_list,
    first_text,
)
from verifier.parse import credentials
from verifier.report import Outcome

#: How long an answer that was kept stands for a new one, unless the list asks for less.
KEPT = timedelta(hours=24)
LIST_SIZE = 2 * 1024 * 1024


@dataclass(frozen=True)
class Reading:
    """What one status entry came to. `code` is a code of the question `current`, or `None`: read
    and clear.

    `at` is the moment of the answer it rests on.
    """

    code: str | None
    says: str
    at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def needs(entry: Status, documents: Documents) -> Iterator[Request]:
    """The entry's list, and what the list's own proofs are checked against."""
    address = _address(entry)
    if address is None:
        return
    yield Request(address)
    document = documents.get(Request(address))
    if entry.type in _BITSTRINGS and document is not None and document.answered:
        try:
            yield from genuine.needs(_parsed(document), documents)
        except (Malformed, NoCredential):
            return


def read(entry: Status, credential: Credential, documents: Documents, now: datetime) -> Reading:
    """What `entry` says of `credential` now."""
    if entry.type not in _ADDRESSES:
        return Reading(
            "status_unsupported",
            f"Touchstone can't read a status of the kind “{entry.type[:60]}” yet.",
        )
    address = _address(entry)
    if address is None:
        return Reading(
            "status_unsupported", "Its status entry does not say at which address its list is."
        )
    document = documents.get(Request(address))
    optional = entry.type == "OB2RevocationList" and entry.options.get("hosted") is True
    if document is None or not document.answered:
        reading = Reading(
            "status_unreachable",
            f"The list of taken-back badges at {_host(address)} did not answer.",
        )
    else:
        reading = _read(entry, credential, document, documents, now)
    detail = {"url": address, "type": entry.type, **reading.detail}
    if optional and reading.code not in (None, "revoked"):
        # The hosted answer itself is the status; the issuer's list beside it could only have added
        # to it.
        return Reading(None, reading.says, reading.at, {**detail, "note": reading.says})
    return Reading(reading.code, reading.says, reading.at, detail)


def _read(
    entry: Status, credential: Credential, document: Document, documents: Documents, now: datetime
) -> Reading:
    if entry.type in _BITSTRINGS:
        return _read_bitstring(entry, credential, document, documents, now)
    try:
        listing = read_object(document.content, limit=LIST_SIZE)
        if entry.type == "1EdTechRevocationList":
            if credential.id is None:
                return Reading(
                    "status_unsupported", "The badge has no id to look up in its list.", document.at
                )
            found = status_lists.read_1edtech(listing, credential.id)
        else:
            identifier, uid = (first_text([entry.options.get(member)]) for member in ("id", "uid"))
            found = status_lists.read_open_badges_2(listing, identifier or credential.id, uid)
    except Malformed as error:
        return _unreadable(error, document)
    issuer = _id_of(listing.get("issuer"))
    detail = _named(issuer, credential)
    if found is not None:
        return Reading("revoked", taken_back(found.reason), document.at, detail)
    if entry.type == "OB2RevocationList" and detail:
        # Open Badges 2.0: a revocation list names the issuer it belongs to.
        return Reading(
            "status_forged",
            "Its list of taken-back badges belongs to another issuer.",
            document.at,
            detail,
        )
    return _kept(document, now, KEPT) or Reading(None, "", document.at, detail)


def _read_bitstring(
    entry: Status, credential: Credential, document: Document, documents: Documents, now: datetime
) -> Reading:
    """Bitstring Status List, section 3.2 (Validate Algorithm), in its order; StatusList2021,
    section 4.2, is the same.
    """
    # Steps 1 to 4: fetch the list and verify its proofs.
    try:
        listed = _parsed(document)
        judged = genuine.check(listed, documents, now)
    except (Malformed, NoCredential) as error:
        return _unreadable(error, document)
    except TooCostly as error:
        return Reading(
            "status_unsupported",
            f"The status list takes too much work to check. {error}",
            document.at,
        )
    detail = _named(listed.issuer.id, credential)
    if judged.outcome is not Outcome.PASSED:
        code, says = _DOUBTS.get(
            judged.code, ("status_forged", "The status list is not what its issuer signed.")
        )
        return Reading(
            code,
            f"{says} ({judged.says})",
            document.at,
            {**detail, "reason": f"list.{judged.code}"},
        )
    doubt = _doubt(entry, listed, now)
    if doubt is not None:
        return Reading("status_forged", doubt[1], document.at, {**detail, "reason": doubt[0]})
    subject = _subject(listed)
    # Steps 5 to 10: the bit.
    purpose = entry.options.get("statusPurpose")
    meaning = _PURPOSES.get(purpose) if isinstance(purpose, str) else None
    if meaning is None:
        says = f"Touchstone can't weigh a status of the purpose “{str(purpose)[:40]}” yet."
        return Reading(
            "status_unsupported", says, document.at, {**detail, "reason": "status.purpose"}
        )
    try:
        bit = status_lists.read_bit(entry.options, subject)
    except Malformed as error:
        return Reading(
            "status_unsupported", error.says, document.at, {**detail, "reason": error.reason}
        )
    if bit.short:
        detail["note"] = f"The list has {bit.length} entries, fewer than the standard's smallest."
    if bit.is_set:
        return Reading(meaning[0], meaning[1], document.at, detail)
    return _kept(document, now, _time_to_live(subject)) or Reading(None, "", document.at, detail)


def _doubt(entry: Status, listed: Credential, now: datetime) -> tuple[str, str] | None:
    """Why a well-signed list is still not the one the credential means, or `None`."""
    if listed.valid_from is not None and listed.valid_from > now + SKEW:
        return (
            "list.not_yet_valid",
            f"The status list is valid from {written(listed.valid_from)} on, not yet.",
        )
    if listed.expires is not None and listed.expires < now - SKEW:
        return "list.expired", f"The status list ran out on {written(listed.expires)}."
    of_list, of_subject = _BITSTRINGS[entry.type]
    subject = _subject(listed)
    if of_list not in listed.types or of_subject not in as_list(subject.get("type")):
        return (
            "list.type",
            "What its status entry points to is signed, but is no status list of its kind.",
        )
    if entry.options.get("statusPurpose") not in as_list(subject.get("statusPurpose")):
        return (
            "list.purpose",
            "The status list was made for another purpose than its status entry says.",
        )
    return None


def read_hosted(credential: Credential, documents: Documents, now: datetime) -> Reading | None:
    """The award's own address as its status: it answered, and did not say that the award was taken
    back.
    """
    if not any(proof.form == "hosted" for proof in credential.proofs):
        return None
    known = (
        documents.get(Request(address)) for address in (credential.url, credential.id) if address
    )
    document = next((held for held in known if held is not None), None)
    if any(problem.code == "host_unreachable" for problem in credential.problems):
        return Reading("status_unreachable", "The badge's own address did not answer.")
    if document is None:
        return Reading(None, "")
    return _kept(document, now, KEPT) or Reading(None, "", document.at)


def taken_back(reason: str | None) -> str:
    """The sentence for a revoked badge."""
    return (
        f"The issuer took this back: “{reason[:200]}”." if reason else "The issuer took this back."
    )


def _parsed(document: Document) -> Credential:
    """The list as the credential it should be. Raises `Malformed` or `NoCredential`."""
    content = document.content.strip()
    listing = (
        credentials.unwrap(content)
        if credentials.is_compact(content)
        else read_object(content, limit=LIST_SIZE)
    )
    if not credentials.recognises(listing):
        raise Malformed("status.list", "What answered is no signed status list.")
    payload = Payload(document.url, document.content, "json", document.final_url or document.url)
    return credentials.parse(payload, listing, {})


def _subject(listed: Credential) -> JsonObject:
    subjects = as_list(listed.document.get("credentialSubject"))
    return subjects[0] if len(subjects) == 1 and isinstance(subjects[0], Mapping) else {}


def _address(entry: Status) -> str | None:
    value = entry.options.get(_ADDRESSES.get(entry.type, ""))
    return value.partition("#")[0] if isinstance(value, str) and is_address(value) else None


def _host(address: str) -> str:
    return address.split("/")[2]


def _id_of(issuer: object) -> str | None:
    return first_text([issuer.get("id") if isinstance(issuer, Mapping) else issuer])


def _named(issuer: str | None, credential: Credential) -> dict[str, Any]:
    """A list by somebody else counts and is named."""
    return {"issuer": issuer} if issuer is not None and issuer != credential.issuer.id else {}


def _unreadable(error: Malformed | NoCredential, document: Document) -> Reading:
    says = f"What answered in place of the list of taken-back badges can't be read. {error.says}"
    return Reading(
        "status_unreachable", says, document.at, {"reason": getattr(error, "reason", "status.list")}
    )


def _kept(document: Document, now: datetime, limit: timedelta) -> Reading | None:
    """A kept answer that has outlived its time: what it said then is told, and counts no more."""
    if not document.from_cache or now - document.at <= limit:
        return None
    says = f"On {written(document.at)} it was in force; since then its status could not be read."
    return Reading("stale", says, document.at)


def _time_to_live(subject: JsonObject) -> timedelta:
    """Bitstring Status List, section 2.2: `ttl` in milliseconds."""
    value = subject.get("ttl")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return min(KEPT, timedelta(milliseconds=min(value, KEPT.total_seconds() * 1000)))
    return KEPT


_BITSTRINGS = {
    "BitstringStatusListEntry": ("BitstringStatusListCredential", "BitstringStatusList"),
    "StatusList2021Entry": ("StatusList2021Credential", "StatusList2021"),
}
#: The member that holds a list's address, for every kind of status we can read.
_ADDRESSES = {
    **dict.fromkeys(_BITSTRINGS, "statusListCredential"),
    "1EdTechRevocationList": "id",
    "OB2RevocationList": "url",
}
#: What a set bit means; `refresh` only says that a newer copy can be had.
_PURPOSES: Mapping[str, tuple[str | None, str]] = {
    "revocation": ("revoked", "The issuer took this back."),
    "suspension": ("suspended", "The issuer has suspended this for now."),
    "refresh": (None, "The issuer has a newer copy of this."),
}
#: What an unproven list comes to; where nothing is said, it is `status_forged`.
_DOUBTS = {
    **dict.fromkeys(
        ("key_unreachable", "host_unreachable", "ledger_unreachable"),
        ("status_unreachable", "The keys behind its status list could not be fetched."),
    ),
    **dict.fromkeys(
        ("unsupported_proof", "context", "too_costly"),
        ("status_unsupported", "Touchstone can't check who signed its status list yet."),
    ),
    "unsigned": ("status_forged", "Nobody signed its status list."),
}
