"""A check with its grounds → a signed receipt, and a file of receipts.

What is signed names the badge, the lists and the answers of the web by their SHA-256; the bytes
themselves lie beside, each once in a file, however many receipts rest on them.
"""

from __future__ import annotations

import base64
import hashlib
import json
import platform
import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from importlib.metadata import version
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict, replace

from verifier.errors import Malformed
from verifier.model import Document, Request
from verifier.ports import Circumstances, Sighting, TrustRegistry
from verifier.providers import discreet
from verifier.report import Report
from wallet_server import wire
from wallet_server.receipts.limits import ASKED, BODIES, DOCUMENTS, IN_ALL, LISTS, RECEIPTS, TEXT
from wallet_server.receipts.lists import handed_on
from wallet_server.receipts.signing import Signer, sign
from wallet_server.verification import Grounds
from wallet_server.version import VERSION

TYPE, FORMAT = "TouchstoneReceipt", 1
#: Whose doing a verdict is, too.
_LIBRARIES = ("cryptography", "PyLD", "rfc8785", "beautifulsoup4", "lxml", "pypdf", "pillow")


class Draft(Struct, frozen=True):
    """A receipt that is not signed yet, and by SHA-256 (hex) the bytes that it names."""

    document: Mapping[str, Any]
    bodies: Mapping[str, bytes]


class Made(Struct, frozen=True):
    """A signed receipt, and by SHA-256 (hex) the bytes that it names."""

    signed: Mapping[str, Any]
    bodies: Mapping[str, bytes]


def make(report: Report, grounds: Grounds, signer: Signer, now: datetime) -> Made:
    """The receipt of `report`, which followed from `grounds`, signed at `now`. Raises `Malformed`
    as `draft` does.
    """
    return signed(draft(report, grounds), signer, now)


def signed(draft: Draft, signer: Signer, now: datetime) -> Made:
    """The receipt, signed at `now`. Raises `Malformed` for what has no canonical form."""
    made = {**draft.document["made"], "at": wire.moment(now)}
    return Made(sign({**draft.document, "made": made}, signer, now), draft.bodies)


def draft(report: Report, grounds: Grounds) -> Draft:
    """A receipt of `report`, which followed from `grounds`. A file is called by its name alone, and
    an address without what it tells of its reader.

    Raises `Malformed` (`receipt.size`) where it rests on more than a receipt holds.
    """
    bodies: dict[str, bytes] = {}

    def held(content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        bodies[digest] = content
        return digest

    source, name = grounds.source, _name(grounds)
    at = grounds.circumstances
    if len(grounds.documents) > DOCUMENTS or len(at.trust) > LISTS or _asks_much(at):
        raise _too_much()
    document = {
        "type": TYPE,
        "version": FORMAT,
        "badge": _badge(grounds.received),
        "source": {
            "label": name,
            "as": "address" if isinstance(source, str) else "file",
            "sha256": held(_source(grounds)),
        },
        "asked": {**_asked(at), "seen": None if grounds.seen is None else held(grounds.seen)},
        "report": wire.report_object(_renamed(report, grounds.label, name)),
        "lists": [
            _listed(one, held(handed_on(one, report)) if one.readable else None) for one in at.trust
        ],
        "documents": [
            _document(request, one, held(one.content)) for request, one in grounds.documents.items()
        ],
        "sightings": _sightings(at),
        "made": _versions(),
    }
    return Draft(json.loads(wire.encoded(document)), bodies)  # as whoever reads it will see it


def stored(draft: Draft) -> bytes:
    """The draft as JSON, to be signed later."""
    return json.dumps({"document": draft.document, "bodies": _encoded(draft.bodies)}).encode()


def restored(content: bytes) -> Draft:
    """The draft that `stored` gave."""
    held = json.loads(content)
    bodies = {digest: base64.b64decode(text) for digest, text in held["bodies"].items()}
    return Draft(held["document"], bodies)


def written(receipts: Iterable[Made]) -> bytes:
    """A file of receipts, in the order given; JSON in ASCII, in which `<` is never written as
    itself, so that it can stand in a page. Raises `Malformed` (`receipt.size`).
    """
    made = tuple(receipts)
    bodies = {digest: content for one in made for digest, content in one.bodies.items()}
    if not 1 <= len(made) <= RECEIPTS or len(bodies) > BODIES:
        raise _too_much()
    text = json.dumps(
        {
            "version": FORMAT,
            "receipts": [one.signed for one in made],
            "bodies": _encoded(bodies),
        },
        indent=1,
    )
    content = text.replace("<", "\\u003c").encode("ascii") + b"\n"
    if len(content) > IN_ALL:
        raise _too_much()
    return content


def _name(grounds: Grounds) -> str:
    """What the source is called: a file without the folders in which its reader keeps it."""
    label = grounds.label
    parts = [one for one in re.split(r"[\\/]", label) if one]
    return label if isinstance(grounds.source, str) else (parts or ["file"])[-1]


def _asks_much(at: Circumstances) -> bool:
    """Whether whom and what it was held against is more than any asker has."""
    person = {} if at.person is None else asdict(at.person)
    kinds = [values for values in person.values() if isinstance(values, tuple)]
    texts = [text for values in kinds for text in values]
    texts += [text for claim in at.claims for text in asdict(claim).values() if text is not None]
    texts += [text for text in (at.challenge, at.domain) if text is not None]
    many = max(map(len, (at.claims, *kinds)))
    return many > ASKED or any(len(text) > TEXT for text in texts)


def _renamed(report: Report, label: str, name: str) -> Report:
    """`report`, and those in it, with the source `label` called `name`."""
    source = report.source
    return replace(
        report,
        source=name + source[len(label) :] if source.startswith(label) else source,
        bundle=tuple(_renamed(one, label, name) for one in report.bundle),
        endorsements=tuple(_renamed(one, label, name) for one in report.endorsements),
    )


def _source(grounds: Grounds) -> bytes:
    """What was handed in; of an address without what it tells of its reader, unless it is the one
    that their tab shows: there it is a part of what was found.
    """
    source = grounds.source
    if isinstance(source, bytes):
        return source
    address = source.strip() if grounds.seen is not None else discreet(source.strip())
    return address.encode("utf-8", "replace")


def _asked(at: Circumstances) -> dict[str, Any]:
    return {
        "at": wire.moment(at.now),
        "person": None if at.person is None else asdict(at.person),
        "claims": [asdict(claim) for claim in at.claims],
        "challenge": at.challenge,
        "domain": at.domain,
    }


def _versions() -> dict[str, Any]:
    """Of all that the verdict is a doing of."""
    return {
        "touchstone": VERSION,
        "python": platform.python_version(),
        "libraries": {name: version(name) for name in _LIBRARIES},
    }


def _encoded(bodies: Mapping[str, bytes]) -> dict[str, str]:
    return {digest: base64.b64encode(content).decode() for digest, content in bodies.items()}


def _badge(received: bytes | None) -> dict[str, Any] | None:
    """The bytes as received, by their hash; `None` where the source gave none itself."""
    if received is None:
        return None
    return {"sha256": hashlib.sha256(received).hexdigest(), "size": len(received)}


def _listed(registry: TrustRegistry, digest: str | None) -> dict[str, Any]:
    return {
        "name": registry.name,
        "as_of": registry.as_of,
        "readable": registry.readable,
        "sha256": digest,
    }


def _document(request: Request, document: Document, digest: str) -> dict[str, Any]:
    return {
        "url": request.url,
        "accept": request.accept,
        "at": wire.moment(document.at),
        "status": document.status,
        "content_type": document.content_type,
        "final_url": document.final_url,
        "error": document.error,
        "from_cache": document.from_cache,
        "sha256": digest,
    }


def _sightings(circumstances: Circumstances) -> dict[str, list[dict[str, Any]]]:
    return {
        issuer: [_sighting(one) for one in met] for issuer, met in circumstances.sightings.items()
    }


def _sighting(one: Sighting) -> dict[str, Any]:
    return {**asdict(one), "first_seen": wire.moment(one.first_seen)}


def _too_much() -> Malformed:
    says = (
        f"This rests on more than a receipt holds ({RECEIPTS} badges, {DOCUMENTS} answers of the "
        f"web for each, {IN_ALL // 2**20} MiB in all). Make receipts of fewer badges at a time."
    )
    return Malformed("receipt.size", says)
