"""What a status list says of one credential: a bit of a bitstring, or an entry of a list of revoked
ids.

Bitstring Status List 1.0 (sections 3.2 and 4), StatusList2021, RevocationList2020, 1EdTech
Revocation List 1.0, Open Badges 2.0 (RevocationList) and the plain map of Open Badges 1.x. Whether
the list itself may be believed is not decided here.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping

from msgspec import Struct

from verifier.addresses import read_address
from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.model import JsonObject, as_list, first_text

#: What a bitstring may inflate to; the standard's smallest is 16 KiB.
INFLATED = 2 * 1024 * 1024
SHORTEST = 16 * 1024
#: Bits of one entry: 256 messages.
WIDEST = 8

_INDEX = re.compile(r"0|[1-9][0-9]{0,9}")
#: Where the index stands in kinds of entries that call it otherwise.
_INDEXES = {"RevocationList2020Status": "revocationListIndex"}
_STATUS = re.compile(r"0x[0-9A-Fa-f]{1,2}")


class Value(Struct, frozen=True):
    """The bits of one entry as a number, and how many bits the list has; a list shorter than the
    standard allows is read and noted.
    """

    number: int
    length: int

    @property
    def short(self) -> bool:
        """Whether the list is too short to hide in (Bitstring Status List, section 5.1: 131,072
        entries).
        """
        return self.length < SHORTEST * 8


class Entry(Struct, frozen=True):
    """One revoked credential in a list of ids."""

    reason: str | None = None


def read_value(entry: JsonObject, subject: JsonObject) -> Value:
    """The value of `entry` in the list that is `subject` (section 3.2, Validate Algorithm, from
    step 6 on).

    Raises `Malformed`: `status.range` for an index that is none or lies beyond the end,
    `status.size` for entries of a width that is none, `status.encoding` or `status.bomb` for a list
    that can't be unpacked.
    """
    size = entry.get("statusSize", 1)
    if not isinstance(size, int) or isinstance(size, bool) or not 1 <= size <= WIDEST:
        raise Malformed("status.size", "The badge's statusSize is not a width that can be read.")
    start = _index(entry.get(_INDEXES.get(str(entry.get("type")), "statusListIndex"))) * size
    bits = _inflated(subject.get("encodedList"))
    if start + size > len(bits) * 8:
        raise Malformed("status.range", f"The status list ends before entry {start // size}.")
    # Section 4: the first bit is the left-most.
    number = 0
    for at in range(start, start + size):
        number = number << 1 | bits[at // 8] >> (7 - at % 8) & 1
    return Value(number, len(bits) * 8)


def read_message(entry: JsonObject, number: int) -> str:
    """What the issuer lets `number` mean (section 2.1, `statusMessage`).

    Raises `Malformed` (`status.message`) unless every value that the entry can have is given one
    meaning.
    """
    told: dict[int, str] = {}
    entries = as_list(entry.get("statusMessage"))
    for item in entries:
        status = item.get("status") if isinstance(item, Mapping) else None
        message = item.get("message") if isinstance(item, Mapping) else None
        if isinstance(status, str) and _STATUS.fullmatch(status) and isinstance(message, str):
            told[int(status, 16)] = message
    size = entry.get("statusSize", 1)
    if len(entries) != len(told) or set(told) != set(range(2**size)):
        raise Malformed("status.message", "The badge does not tell what its statuses mean.")
    return told[number]


def _index(value: object) -> int:
    """A whole number in decimal, as text; some issuers write it as a number, which is read the
    same.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _INDEX.fullmatch(text):
        raise Malformed("status.range", "The badge's statusListIndex is not a plain whole number.")
    return int(text)


def _inflated(encoded: object) -> bytes:
    """Section 4.2: base64url of a gzip stream, behind the multibase letter `u` since the standard's
    last draft.
    """
    if not isinstance(encoded, str) or len(encoded) > INFLATED:
        raise Malformed("status.encoding", "The status list holds no encodedList.")
    text = encoded.removeprefix("u").rstrip("=").replace("+", "-").replace("/", "_")
    try:
        packed = read_base64url(text)
        stream = zlib.decompressobj(wbits=31)
        bits = stream.decompress(packed, INFLATED)
    except (Malformed, zlib.error) as error:
        raise Malformed(
            "status.encoding", "The status list's encodedList can't be unpacked."
        ) from error
    if stream.unconsumed_tail or stream.unused_data or not stream.eof:
        reason = "status.bomb" if stream.unconsumed_tail else "status.encoding"
        raise Malformed(reason, "The status list's encodedList does not end where it should.")
    if _is_packed(bits):
        raise Malformed("status.encoding", "The status list's encodedList is packed twice.")
    return bits


def _is_packed(bits: bytes) -> bool:
    """Whether a whole gzip stream, its checksum right, stands where the bits should."""
    stream = zlib.decompressobj(wbits=31)
    try:
        while not stream.eof and bits:
            stream.decompress(bits, SHORTEST)
            bits = stream.unconsumed_tail
    except zlib.error:
        return False
    return stream.eof


def read_1edtech(listing: JsonObject, credential: str) -> Entry | None:
    """The entry of `credential` in a 1EdTech revocation list (section 2.1: in the list, and
    `revoked` true or left out).

    Raises `Malformed` (`status.list`) for JSON that is no such list.
    """
    entries = listing.get("revokedCredentials", listing.get("revokedCredential"))
    if not isinstance(entries, list) and not (
        entries is None and isinstance(listing.get("issuer"), str)
    ):
        raise Malformed("status.list", "What answered is no list of revoked credentials.")
    for entry in as_list(entries):
        if isinstance(entry, str) and _same(entry, credential):
            return Entry()
        if (
            isinstance(entry, Mapping)
            and _same(entry.get("id"), credential)
            and entry.get("revoked", True)
        ):
            return Entry(first_text([entry.get("revocationReason")]))
    return None


def read_open_badges_2(
    listing: JsonObject, identifier: str | None, uid: str | None
) -> Entry | None:
    """The entry of an assertion in its issuer's revocation list, by `id` or `uid` (Open Badges 2.0,
    RevocationList).

    Raises `Malformed` (`status.list`) for JSON that is no such list.
    """
    if "revokedAssertions" not in listing and "RevocationList" not in as_list(listing.get("type")):
        return _read_map(listing, uid)
    entries = listing.get("revokedAssertions")
    if not isinstance(entries, (list, str, Mapping, type(None))):
        raise Malformed("status.list", "What answered is no list of revoked badges.")
    for entry in as_list(entries):
        told = entry if isinstance(entry, Mapping) else {"id": entry, "uid": entry}
        if _same(told.get("id"), identifier) or (
            uid is not None and uid in (told.get("uid"), told.get("id"))
        ):
            return Entry(first_text([told.get("revocationReason")]))
    return None


def _read_map(listing: JsonObject, uid: str | None) -> Entry | None:
    """Open Badges 1.x: an object from `uid` to the reason, or to a bare “true”."""
    told = listing.values()
    if not all(isinstance(why, str) or why is True for why in told) or "@context" in listing:
        raise Malformed("status.list", "What answered is no list of revoked badges.")
    return Entry(first_text([listing[uid]])) if uid is not None and uid in listing else None


def _same(listed: object, identifier: str | None) -> bool:
    """Whether two ids mean the same credential: to the letter, or as addresses, where the host's
    case and a slash at the end make no difference.
    """
    if not isinstance(listed, str) or identifier is None:
        return False
    if listed == identifier:
        return True
    try:
        one, other = read_address(listed).url, read_address(identifier).url
    except Malformed:
        return False
    return (
        one.rstrip("/") == other.rstrip("/")
        and listed.partition("#")[2] == identifier.partition("#")[2]
    )
