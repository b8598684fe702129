"""A receipt → the report that follows from what it holds, and what differs from the one signed.

Nothing is asked but the receipt: no network, no clock, no list of this installation's. So a replay
tells whether the signer's findings follow from the signer's documents. Whether those are what the
web said that day is the signer's word, and what they would be worth today is no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from verifier.model import Document, Request
from verifier.ports import Workers
from verifier.trust import shipped
from wallet_server import wire
from wallet_server.receipts.differences import Difference, differences
from wallet_server.receipts.reading import Receipt
from wallet_server.verification import Bench


@dataclass(frozen=True)
class Replayed:
    """What came of it. `found` is the report derived again, or the error in its place."""

    receipt: Receipt
    found: Mapping[str, Any]
    differs: tuple[Difference, ...]

    @property
    def is_same(self) -> bool:
        """Whether exactly what was signed follows."""
        return not self.differs

    @property
    def answers_same(self) -> bool:
        """Whether the verdict and all five answers follow, however they are worded."""
        return "error" not in self.found and not any(one.of_answers for one in self.differs)

    def as_object(self) -> dict[str, Any]:
        """For JSON: who signed, what differs, and what follows."""
        signed = self.receipt.signed
        return {
            "by": self.receipt.by,
            "made": signed["made"],
            "same": self.is_same,
            "answers_same": self.answers_same,
            "differs": [one.as_object() for one in self.differs],
            "lists": lists_of(self.receipt),
            "report": self.found,
        }


class Answers:
    """A `Fetcher` that knows the answers of one receipt and no others."""

    def __init__(self, documents: Mapping[Request, Document], at: datetime) -> None:
        self._documents = documents
        self._at = at

    async def fetch(self, request: Request) -> Document:
        """The answer that was signed; one that was not is not listed."""
        found = self._documents.get(request)
        return found or Document(url=request.url, at=self._at, error="unlisted")


async def replay(receipt: Receipt, workers: Workers) -> Replayed:
    """Derive the report of `receipt` again."""
    grounds = receipt.grounds
    at = grounds.circumstances
    bench = Bench(Answers(grounds.documents, at.now), workers, at.trust)
    verified = await bench.verify(
        grounds.source, label=grounds.label, circumstances=at, seen=grounds.seen
    )
    found: dict[str, Any] = json.loads(wire.encoded(verified.as_object()))
    return Replayed(receipt, found, differences(receipt.report, found))


def lists_of(receipt: Receipt) -> list[dict[str, Any]]:
    """The issuer lists that counted, in order, and whether each is, to the byte, one that comes
    with this Touchstone (`shipped`): any other is its signer's own.
    """
    own = {hashlib.sha256(one.content).hexdigest() for one in shipped()}
    return [{**one, "shipped": one["sha256"] in own} for one in receipt.signed["lists"]]
