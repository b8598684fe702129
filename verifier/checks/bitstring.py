"""Status lists that are credentials themselves: each is judged by its own proof before its bit is
believed.

Bitstring Status List 1.0, section 3.2 (Validate Algorithm); StatusList2021, section 4.2, and
RevocationList2020, section 4.2, are the same. Whoever signed the list is named, and need not be the
badge's issuer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from verifier import kept, status_lists
from verifier.checks import genuine
from verifier.checks.reading import KEPT, LIST_SIZE, Reading, clear, named, unreadable
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
)
from verifier.parse import compact, credentials
from verifier.report import Outcome

#: For each type of entry, the types of its list and of what the list is about.
TYPES = {
    "BitstringStatusListEntry": ("BitstringStatusListCredential", "BitstringStatusList"),
    "StatusList2021Entry": ("StatusList2021Credential", "StatusList2021"),
    "RevocationList2020Status": ("RevocationList2020Credential", "RevocationList2020"),
}
#: What kinds without a `statusPurpose` are for.
_OF_TYPE = {"RevocationList2020Status": "revocation"}
#: What a set bit means; `refresh` only says that a newer copy can be had.
_PURPOSES: Mapping[str, tuple[str | None, str]] = {
    "revocation": ("revoked", "The issuer took this back."),
    "suspension": ("suspended", "The issuer has suspended this for now."),
    "refresh": (None, "The issuer has a newer copy of this."),
}
#: What an unproven list comes to; any other doubt about it is `status_forged`.
_DOUBTS = {
    **dict.fromkeys(
        ("key_unreachable", "host_unreachable"),
        ("status_unreachable", "The keys behind its status list could not be fetched."),
    ),
    **dict.fromkeys(
        ("unsupported_proof", "context"),
        ("status_unsupported", "Touchstone can't check who signed its status list yet."),
    ),
    "unsigned": ("status_forged", "Nobody signed its status list."),
    "issuer_unproven": (
        "status_forged",
        "Nothing ties the signature on its status list to whom the list names.",
    ),
}


def needs(document: Document, documents: Documents) -> Iterable[Request]:
    """What the proofs of the list in `document` are checked against."""
    try:
        return genuine.needs(_parsed(document), documents)
    except (Malformed, NoCredential):
        return ()


def read(
    entry: Status, credential: Credential, document: Document, documents: Documents, now: datetime
) -> Reading:
    """What the list in `document` says of `credential`, if the list may be believed."""
    # Steps 1 to 4: the list, and its proofs.
    try:
        listed = _parsed(document)
        with kept.about(document.content):
            judged = genuine.check(listed, documents, now)
    except (Malformed, NoCredential) as error:
        return unreadable(error, document)
    except TooCostly as error:
        says = f"The status list takes too much work to check. {error}"
        return Reading("status_unsupported", says, document.at, {"reason": "list.too_costly"})
    detail = named(listed.issuer.id, credential)
    if judged.outcome is not Outcome.PASSED:
        unlike = ("status_forged", "The status list is not what its issuer signed.")
        code, says = _DOUBTS.get(judged.code, unlike)
        detail["reason"] = f"list.{judged.code}"
        return Reading(code, f"{says} ({judged.says})", document.at, detail)
    doubt = _doubt(entry, listed, now)
    if doubt is not None:
        detail["reason"] = doubt[0]
        return Reading("status_forged", doubt[1], document.at, detail)
    # Steps 5 to 10: the value.
    try:
        value = status_lists.read_value(entry.options, _subject(listed))
        found, meaning = _meaning(entry, value.number)
    except Malformed as error:
        detail["reason"] = error.reason
        return Reading("status_unsupported", error.says, document.at, detail)
    if value.short:
        detail["note"] = f"The list has {value.length} entries, fewer than the standard's smallest."
    if found is not None:
        return Reading(found, meaning, document.at, detail)
    if meaning:
        detail["note"] = meaning
    return clear(document, now, detail, _time_to_live(_subject(listed)))


def _meaning(entry: Status, number: int) -> tuple[str | None, str]:
    """What a value means by the entry's purpose: a code, or `None` where it stands against nothing,
    and a sentence.

    A message may mean anything, so that only the value 0, which the standard calls valid, is taken
    for good. Raises `Malformed` (`status.purpose`, `status.size` or `status.message`).
    """
    purpose = _purpose(entry)
    if purpose == "message":
        message = status_lists.read_message(entry.options, number)[:200]
        says = f"Its issuer says of its status: “{message}”."
        return ("status_unsupported" if number else None), says
    meaning = _PURPOSES.get(purpose) if isinstance(purpose, str) else None
    if meaning is None:
        says = f"Touchstone can't weigh a status of the purpose “{str(purpose)[:40]}” yet."
        raise Malformed("status.purpose", says)
    if entry.options.get("statusSize", 1) != 1:
        raise Malformed("status.size", f"A status for {purpose} takes one bit, this one more.")
    return meaning if number else (None, "")


def _purpose(entry: Status) -> object:
    return _OF_TYPE.get(entry.type, entry.options.get("statusPurpose"))


def _doubt(entry: Status, listed: Credential, now: datetime) -> tuple[str, str] | None:
    """Why a well-signed list is still not the one the entry means, or `None`."""
    if listed.valid_from is not None and listed.valid_from > now + SKEW:
        says = f"The status list is valid from {written(listed.valid_from)} on, not yet."
        return "list.not_yet_valid", says
    if listed.expires is not None and listed.expires < now - SKEW:
        return "list.expired", f"The status list ran out on {written(listed.expires)}."
    of_list, of_subject = TYPES[entry.type]
    subject = _subject(listed)
    if of_list not in listed.types or of_subject not in as_list(subject.get("type")):
        return "list.type", "What its status entry points to is signed, but is no such status list."
    if entry.type in _OF_TYPE:
        return None
    if entry.options.get("statusPurpose") not in as_list(subject.get("statusPurpose")):
        return "list.purpose", "The status list has another purpose than its status entry says."
    return None


def _parsed(document: Document) -> Credential:
    """The list as the credential it should be. Raises `Malformed` or `NoCredential`."""
    payload = Payload(document.url, document.content, "json", document.final_url or document.url)
    with kept.about(document.content):
        name = kept.of(payload, "list")
        known = kept.credential(name)
        if known is None:
            known = credentials.parse(payload, _listing(document.content.strip()), {})
            kept.keep_credential(name, known)
    return known


def _listing(content: bytes) -> JsonObject:
    listing = (
        compact.unwrap(content, limit=LIST_SIZE)
        if compact.is_compact(content)
        else read_object(content, limit=LIST_SIZE)
    )
    if not credentials.recognises(listing):
        raise Malformed("status.list", "What answered is no signed status list.")
    return listing


def _subject(listed: Credential) -> JsonObject:
    subjects = as_list(listed.document.get("credentialSubject"))
    return subjects[0] if len(subjects) == 1 and isinstance(subjects[0], Mapping) else {}


def _time_to_live(subject: JsonObject) -> timedelta:
    """Section 2.2: `ttl` in milliseconds."""
    value = subject.get("ttl")
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value >= 0:
        return timedelta(seconds=min(KEPT.total_seconds(), value / 1000))
    return KEPT
