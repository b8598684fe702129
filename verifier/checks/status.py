"""One status entry: where its list is, and what the list says of the credential.

The anchor of a list is its address inside the signed credential.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from msgspec.structs import replace

from verifier import status_lists
from verifier.addresses import is_address
from verifier.checks import bitstring, blockcerts
from verifier.checks.reading import LIST_SIZE, Reading, clear, named, taken_back, unreadable
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Credential, Document, Documents, Request, Status, first_text
from verifier.proofs import hosted, page

#: The member that holds a list's address, for every kind of status we can read.
_ADDRESSES = {
    **dict.fromkeys(bitstring.TYPES, "statusListCredential"),
    "RevocationList2020Status": "revocationListCredential",
    "1EdTechRevocationList": "id",
    "OB2RevocationList": "url",
}


def needs(entry: Status, credential: Credential, documents: Documents) -> Iterator[Request]:
    """The entry's list, and what the list's own proofs are checked against."""
    if entry.type == blockcerts.TYPE:
        yield from blockcerts.needs(entry, credential, documents)
        entry = blockcerts.listed(entry, credential, documents) or entry
    address = _address(entry)
    if address is None:
        return
    request = Request(address)
    yield request
    document = documents.get(request)
    if entry.type in bitstring.TYPES and document is not None and document.answered:
        yield from bitstring.needs(document, documents)


def one_for_each_list(entries: Iterable[Status]) -> Iterator[Status]:
    """Of entries with a bit each in the same list, the first: the others need nothing more."""
    met: set[str] = set()
    for entry in entries:
        address = _address(entry) if entry.type in bitstring.TYPES else None
        if address is None or address not in met:
            yield entry
        if address is not None:
            met.add(address)


def readings(
    entry: Status, credential: Credential, documents: Documents, now: datetime
) -> Iterator[Reading]:
    """All that `entry` leads to: one list, but for Blockcerts, which may have none, or coins."""
    if entry.type != blockcerts.TYPE:
        yield read(entry, credential, documents, now)
        return
    listed = blockcerts.listed(entry, credential, documents)
    if listed is not None:
        yield read(listed, credential, documents, now)
    yield from blockcerts.readings(entry, credential, documents, now)


def read(entry: Status, credential: Credential, documents: Documents, now: datetime) -> Reading:
    """What `entry` says of `credential` now."""
    if entry.type not in _ADDRESSES:
        says = f"Touchstone can't read a status of the kind “{entry.type[:60]}” yet."
        return Reading("status_unsupported", says, None, {"type": entry.type[:60]})
    address = _address(entry)
    if address is None:
        says = "Its status entry does not say at which address its list is."
        return Reading("status_unsupported", says, None, {"type": entry.type})
    document = documents.get(Request(address))
    if document is None or not document.answered:
        host = address.split("/")[2]
        says = f"The list of taken-back badges at {host} did not answer."
        reading = Reading("status_unreachable", says)
    elif entry.type in bitstring.TYPES:
        reading = bitstring.read(entry, credential, document, documents, now)
    else:
        reading = _read_ids(entry, credential, document, now)
    reading = replace(reading, detail={"url": address, "type": entry.type, **reading.detail})
    if entry.options.get("hosted") is True and reading.code not in (None, "revoked"):
        # The hosted answer itself is the status; the issuer's list could only have added to it.
        return replace(reading, code=None, at=None, detail={**reading.detail, "note": reading.says})
    return reading


def _read_ids(entry: Status, credential: Credential, document: Document, now: datetime) -> Reading:
    """A list of taken-back ids, unsigned: it is believed because it was fetched where the signed
    badge, or its issuer's own profile, says.
    """
    try:
        listing = read_object(document.content, limit=LIST_SIZE)
        if entry.type == "OB2RevocationList":
            identifier, uid = (first_text([entry.options.get(member)]) for member in ("id", "uid"))
            found = status_lists.read_open_badges_2(listing, identifier or credential.id, uid)
        elif credential.id is None:
            says = "The badge has no id to look up in its list."
            return Reading("status_unsupported", says, document.at)
        else:
            found = status_lists.read_1edtech(listing, credential.id)
    except Malformed as error:
        return unreadable(error, document)
    issuer = listing.get("issuer")
    name = first_text([issuer.get("id") if isinstance(issuer, Mapping) else issuer])
    detail = named(name, credential)
    if found is not None:
        return Reading("revoked", taken_back(found.reason), document.at, detail)
    if entry.type == "OB2RevocationList" and detail and not entry.options.get("named"):
        # Open Badges 2.0: a revocation list names the issuer whose badges it lists.
        says = "Its list of taken-back badges belongs to another issuer."
        return Reading("status_forged", says, document.at, detail)
    return clear(document, now, detail)


def read_hosted(credential: Credential, documents: Documents, now: datetime) -> Reading | None:
    """The award's own address as its status: it answered, and did not say that the award was taken
    back. `None` for an award that no address confirms, or whose address took it back.

    A platform's page tells no more of its status than `credential.standing` does, so it is `None`
    too, unless it was kept for so long that what it told counts no more.
    """
    forms = {proof.form for proof in credential.proofs if proof.options.get("seen") is not True}
    if credential.revocation is None and "hosted" in forms:
        document = hosted.confirming(credential, documents)
        if document is not None:
            return clear(document, now, {})
        return Reading("status_unreachable", "The badge's own address did not answer.")
    shown = page.confirming(credential, documents) if "page" in forms else None
    kept = None if shown is None else clear(shown, now, {})
    return kept if kept is not None and kept.code is not None else None


def _address(entry: Status) -> str | None:
    value = entry.options.get(_ADDRESSES.get(entry.type, ""))
    return value.partition("#")[0] if isinstance(value, str) and is_address(value) else None
