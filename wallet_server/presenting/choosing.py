"""Which of the wallet's credentials can be presented, and as what they go into a presentation (VC
Data Model 2.0, section 4.13): as they are, or in an envelope.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from msgspec import Struct

from verifier import parse
from verifier.errors import Malformed, NoCredential
from verifier.json_gate import read_object
from verifier.model import Document, Payload, Request
from verifier.parse import compact
from verifier.ports import Workers
from verifier.read import read
from verifier.report import Verdict
from wallet_server.store.wallet import Kept

#: Standards of which a credential is one of the W3C's, and so may stand in a presentation.
STANDARDS = frozenset(("OB 3.0", "CLR 2.0", "VC 1.1", "VC 2.0", "Blockcerts 3"))
#: What would spoil everything that is presented with it.
_SPOILS = frozenset((Verdict.INVALID, Verdict.IMPOSTOR))
_CONTEXT = "https://www.w3.org/ns/credentials/v2"
_BY_LINK = "It can be handed on by its link or as a file."


class CannotPresent(Exception):
    """A credential that is not presented; the text says why, and what can be done instead."""


class Presentable(Struct, frozen=True):
    """A credential that is, as the JSON object that stands for it."""

    name: str
    document: Mapping[str, Any]


def why_not(report: Mapping[str, Any]) -> str | None:
    """Why what a report is on can't be presented, as far as the report tells; `None` if it can."""
    standard = report["credential"]["standard"]
    if Verdict(report["verdict"]) in _SPOILS:
        return "It is not genuine, and would spoil everything that is presented with it."
    if standard == "VP":
        return "It is a presentation already, made for somebody else."
    if standard == "SD-JWT VC":
        return "An SD-JWT is presented with the key it was issued to, in a form of its own."
    if standard not in STANDARDS:
        return f"Badges of its kind ({standard}) are not made to be presented. {_BY_LINK}"
    return None


async def presentable(kept: Kept, workers: Workers) -> Presentable:
    """What stands for a credential of the wallet in a presentation. Raises `CannotPresent`."""
    no = why_not(kept.report)
    if no is not None:
        raise CannotPresent(no)
    try:
        reading = await read(kept.content, fetcher=_Offline(), workers=workers)
        if not isinstance(reading.found, Payload):
            raise CannotPresent(f"It is read off a page, and no credential. {_BY_LINK}")
        document = await workers.run(_document, reading.found)
    except (NoCredential, Malformed) as error:
        if isinstance(error, NoCredential) and error.code == "unreachable":
            raise CannotPresent(
                "Its file only leads to an address. Bring that address into your wallet, and "
                "present what comes of it."
            ) from error
        raise CannotPresent(f"It can't be read any more as it once was. {error.says}") from error
    return Presentable(kept.report["credential"]["name"] or "A badge without a name", document)


def _document(payload: Payload) -> dict[str, Any]:
    """Pure. Raises `CannotPresent`, `NoCredential` and `Malformed`."""
    credential = parse.parse(payload, {})
    form = compact.form_of(credential.content)
    if form == "JWT":
        return {
            "@context": _CONTEXT,
            "id": f"data:application/vc+jwt,{credential.content.decode('ascii').strip()}",
            "type": "EnvelopedVerifiableCredential",
        }
    if form is not None:
        says = "An SD-JWT is presented with the key it was issued to, in a form of its own."
        raise CannotPresent(says)
    document = read_object(credential.content)
    if "proof" not in document:
        raise CannotPresent("Nothing signs it, so presenting it would prove nothing.")
    return document


class _Offline:
    """A `Fetcher` with no web behind it: what the wallet holds is all there is."""

    async def fetch(self, request: Request) -> Document:
        """Nothing was found."""
        return Document(url=request.url, at=datetime.now(UTC), error="unlisted")
