"""What reading comes to, and what it is lent."""

from __future__ import annotations

from msgspec import Struct

from verifier.errors import NoCredential
from verifier.model import Credential, Document, Documents, Payload
from verifier.ports import Fetcher, Workers

_TOO_COSTLY = (
    "Reading this document would take more work than any CV needs, so it was stopped. Ask its "
    "holder for the badges themselves."
)
#: What is found in a document that takes too much work.
COST = ("document.cost",)


class Reading(Struct, frozen=True):
    """What a source holds: a credential still to be parsed, or one that a platform's file has read.

    `documents` had to be fetched for it; `provider` is the platform whose address it came from.
    """

    source: str
    found: Payload | Credential
    documents: Documents
    provider: str | None = None


class Lent(Struct, frozen=True):
    """What the host lends for one source, and how that is called."""

    fetcher: Fetcher
    workers: Workers
    name: str
    seen: Document | None = None


def too_costly() -> NoCredential:
    """Why a document is not read."""
    return NoCredential("too_large", _TOO_COSTLY, COST)
