"""A file of receipts → receipts whose signatures fit and whose bytes are what was signed.

Such a file comes from anybody, so that nothing of it is used before it is held against its hash,
and everything has a limit. Reading is work without an end of its own: run it in a worker.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct
from msgspec.structs import fields, replace

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import Claim, Document, Request
from verifier.ports import Circumstances, Person, Sighting
from verifier.providers import discreet
from verifier.trust import IssuerList, read_list, unread
from wallet_server.documents import ERRORS
from wallet_server.receipts.limits import (
    ASKED,
    BODIES,
    DEPTH,
    DOCUMENTS,
    IN_ALL,
    LISTS,
    RECEIPTS,
    TEXT,
)
from wallet_server.receipts.making import FORMAT, TYPE
from wallet_server.receipts.signing import check_signature
from wallet_server.verification import Grounds

JsonObject = Mapping[str, Any]
#: Errors of a look-up that only a receipt tells of, beside those of a documents folder.
_ERRORS = frozenset((*ERRORS, "unlisted", "closed", "limit"))


class Receipt(Struct, frozen=True):
    """One that is as it was signed: by whom (a did:key), what was found, and what it follows
    from.
    """

    by: str
    signed: JsonObject
    grounds: Grounds

    @property
    def report(self) -> JsonObject:
        """The report that was signed."""
        found: JsonObject = self.signed["report"]
        return found


def read(content: bytes) -> tuple[Receipt, ...]:
    """The receipts of a file, in its order: at least one.

    Raises `Malformed`: `receipt.none` for what is no file of receipts, `receipt.version` for one of
    a later format, `receipt.proof`, `receipt.altered` (a signature or a hash does not fit),
    `receipt.structure`, `receipt.size`, or a reason of the JSON gate.
    """
    file = read_object(content, limit=IN_ALL, in_all=IN_ALL, depth=DEPTH)
    signed, held = file.get("receipts"), file.get("bodies")
    if not isinstance(signed, list) or not isinstance(held, dict) or not signed:
        raise Malformed("receipt.none", "This is no file of receipts that Touchstone wrote.")
    if file.get("version") != FORMAT:
        says = "The file was written by a later version of Touchstone; use that one to replay it."
        raise Malformed("receipt.version", says)
    if set(file) != {"version", "receipts", "bodies"}:
        raise Malformed("receipt.structure", "The file holds more than receipts and their bytes.")
    if len(signed) > RECEIPTS or len(held) > BODIES:
        says = f"A file holds at most {RECEIPTS} receipts and {BODIES} bodies."
        raise Malformed("receipt.size", says)
    bodies = _Bodies(held)
    receipts = tuple(_receipt(one, bodies) for one in signed)
    bodies.refuse_unsigned()
    return receipts


class _Bodies:
    """The bytes beside the receipts, given out by their SHA-256, which they are held against."""

    def __init__(self, held: JsonObject) -> None:
        self._held = held
        self._read: dict[str, bytes] = {}

    def of(self, digest: object) -> bytes:
        """Those of that hash. Raises `Malformed`."""
        if not isinstance(digest, str):
            raise _structure("a SHA-256 is missing")
        if digest not in self._read:
            self._read[digest] = self._decoded(digest)
        return self._read[digest]

    def refuse_unsigned(self) -> None:
        """Raise `Malformed` where some were never asked for: nobody signed those."""
        if len(self._read) != len(self._held):
            raise _altered("bytes were put beside it that no receipt names")

    def _decoded(self, digest: str) -> bytes:
        text = self._held.get(digest)
        if text is None:
            raise _altered(f"the bytes of SHA-256 {digest[:64]} are missing")
        try:
            content = base64.b64decode(text, validate=True)
        except (TypeError, ValueError, binascii.Error) as error:
            raise _structure("its bytes are no base64") from error
        if hashlib.sha256(content).hexdigest() != digest:
            raise _altered(f"the bytes under SHA-256 {digest[:64]} are others")
        return content


def _receipt(signed: object, bodies: _Bodies) -> Receipt:
    if not isinstance(signed, dict):
        raise _structure("a receipt is no object")
    by = check_signature(signed)  # first of all: from here on it is its signer's own word
    if signed.get("type") != TYPE or signed.get("version") != FORMAT:
        says = "The receipt was made by a later version of Touchstone; use that one to replay it."
        raise Malformed("receipt.version", says)
    report = _object(signed, "report")
    if not isinstance(report.get("checks"), list) or not isinstance(report.get("verdict"), str):
        raise _structure("its report is none")
    made = _object(signed, "made")
    try:
        read_moment(made["at"])
        _text(made["touchstone"])
        grounds = _grounds(signed, bodies)
    except (KeyError, TypeError, ValueError) as error:
        raise _structure("a member is missing, or of another kind") from error
    badge = signed.get("badge")
    if badge is not None and not isinstance(badge, dict):
        raise _structure("“badge” is no object")
    return Receipt(by, signed, replace(grounds, received=_received(badge, grounds, bodies)))


def _received(badge: JsonObject | None, grounds: Grounds, bodies: _Bodies) -> bytes | None:
    """The bytes of the badge, which are among those that the report rests on."""
    if badge is None:
        return None
    content = bodies.of(badge.get("sha256"))
    among = [grounds.source, *(one.content for one in grounds.documents.values())]
    if content not in among or badge.get("size") != len(content):
        raise _structure("its badge is not what the report rests on")
    return content


def _grounds(signed: JsonObject, bodies: _Bodies) -> Grounds:
    """What the report follows from. Raises `Malformed`, and `KeyError`, `TypeError` or
    `ValueError` for a member that is none.
    """
    source, asked = _object(signed, "source"), _object(signed, "asked")
    content = bodies.of(source["sha256"])
    given: bytes | str = content
    if source["as"] == "address":
        given = content.decode("utf-8")
    elif source["as"] != "file":
        raise _structure("its source is neither a file nor an address")
    lists = _several(signed["lists"], LISTS)
    circumstances = Circumstances(
        now=read_moment(asked["at"]),
        person=None if asked["person"] is None else _person(asked["person"]),
        claims=tuple(_claim(one) for one in _several(asked["claims"], ASKED)),
        challenge=_short(asked["challenge"]),
        domain=_short(asked["domain"]),
        trust=tuple(_listed(one, bodies) for one in lists),
        sightings={
            issuer: tuple(_sighting(one) for one in _several(met, DOCUMENTS))
            for issuer, met in _object(signed, "sightings").items()
        },
    )
    answers = _several(signed["documents"], DOCUMENTS)
    documents = dict(_document(one, bodies) for one in answers)
    if len(documents) < len(answers):
        raise _structure("it holds two answers to one question")
    seen = None if asked["seen"] is None else bodies.of(asked["seen"])
    return Grounds(given, _label(source["label"], given), circumstances, documents, None, seen)


def _label(label: object, given: bytes | str) -> str:
    """What the source is called, which must not be an address that it did not come from."""
    if not isinstance(label, str):
        raise TypeError("not a text")
    is_its_own = isinstance(given, str) and label == discreet(given)
    if not is_its_own and re.search(r"[\\/]", label):
        raise _structure("its source is called by an address that is not where it came from")
    return label


def _listed(entry: JsonObject, bodies: _Bodies) -> IssuerList:
    """A list as it counted; one without a date of its own had that of the day it was fetched."""
    if not entry["readable"]:
        return unread(str(entry["name"]))
    found = read_list(bodies.of(entry["sha256"]))
    if found.name != entry["name"] or found.as_of not in (None, entry["as_of"]):
        raise _structure("a list calls itself otherwise than the receipt does")
    return replace(found, as_of=_text(entry["as_of"]))


def _document(entry: JsonObject, bodies: _Bodies) -> tuple[Request, Document]:
    error, status = _text(entry["error"]), entry["status"]
    if error is not None and error not in _ERRORS:
        raise _structure("a look-up failed in a way that there is not")
    if status is not None and (not isinstance(status, int) or isinstance(status, bool)):
        raise _structure("a status is no number")
    document = Document(
        url=str(entry["url"]),
        at=read_moment(entry["at"]),
        status=status,
        content_type=_text(entry["content_type"]),
        content=bodies.of(entry["sha256"]),
        final_url=_text(entry["final_url"]),
        error=error,
        from_cache=entry["from_cache"] is True,
    )
    return Request(document.url, str(entry["accept"])), document


def _person(stated: JsonObject) -> Person:
    lists = {
        one.name: tuple(_short(value) or "" for value in _several(stated[one.name], ASKED, str))
        for one in fields(Person)
        if one.name != "exact"
    }
    return Person(**lists, exact=stated["exact"] is True)


def _claim(stated: JsonObject) -> Claim:
    return Claim(**{one.name: _short(stated[one.name]) for one in fields(Claim)})


def _sighting(one: JsonObject) -> Sighting:
    first_seen: datetime = read_moment(one["first_seen"])
    return Sighting(str(one["kind"]), str(one["value"]), first_seen, _text(one["method"]))


def _several(value: object, most: int, kind: type = dict) -> list[Any]:
    """A list of at most so many, all of one kind. Raises `Malformed`."""
    if not isinstance(value, list) or not all(isinstance(one, kind) for one in value):
        raise _structure("a list is none")
    if len(value) > most:
        raise Malformed("receipt.size", f"A list in the receipt is longer than {most}.")
    return value


def _object(value: JsonObject, member: str) -> dict[str, Any]:
    found = value.get(member)
    if not isinstance(found, dict):
        raise _structure(f"“{member}” is missing")
    return found


def _text(value: object) -> str | None:
    if value is not None and not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _short(value: object) -> str | None:
    """A text that somebody asked with. Raises `Malformed`, and `TypeError` for another thing."""
    text = _text(value)
    if text is not None and len(text) > TEXT:
        raise Malformed("receipt.size", f"What was asked holds a text over {TEXT} letters.")
    return text


def _structure(why: str) -> Malformed:
    says = f"The receipt is signed, but not as Touchstone writes one: {why}."
    return Malformed("receipt.structure", says)


def _altered(why: str) -> Malformed:
    return Malformed("receipt.altered", f"The receipt was altered after it was signed: {why}.")
