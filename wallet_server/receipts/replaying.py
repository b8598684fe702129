"""A receipt → the report that follows from what it holds, and what differs from the one signed.

Nothing is asked but the receipt: no network, no clock, no list of this installation's. So a replay
tells whether the signer's findings follow from the signer's documents. Whether those are what the
web said that day is the signer's word, and what they would be worth today is no part of it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

import anyio
from msgspec import Struct

from verifier.errors import TooCostly
from verifier.model import Document, Request
from verifier.ports import Workers
from verifier.trust import shipped
from wallet_server import wire
from wallet_server.receipts.differences import Difference, differences, same_answers
from wallet_server.receipts.limits import CPU_SECONDS, FILE_SECONDS, WALL_SECONDS
from wallet_server.receipts.reading import Receipt
from wallet_server.verification import Bench
from wallet_server.workers import ProcessWorkers

T = TypeVar("T")


class Replayed(Struct, frozen=True):
    """What came of it. `found` is the report derived again, or the error in its place;
    `answers_same` whether the verdict and all answers follow, however they are worded.
    """

    receipt: Receipt
    found: Mapping[str, Any]
    differs: tuple[Difference, ...]
    answers_same: bool

    @property
    def name(self) -> str:
        """What the badge is called, or else its source."""
        called = self.found["credential"]["name"] if "credential" in self.found else None
        return called or self.receipt.grounds.label

    @property
    def is_same(self) -> bool:
        """Whether exactly what was signed follows."""
        return not self.differs

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


def workers() -> ProcessWorkers:
    """Those that a file of receipts is read and replayed in: it may hold lists and badges by which
    that takes longer than any check.
    """
    return ProcessWorkers(wall_seconds=WALL_SECONDS, cpu_seconds=CPU_SECONDS)


async def replay(receipt: Receipt, workers: Workers) -> Replayed:
    """Derive the report of `receipt` again. Raises `TooCostly`."""
    return Replayed(receipt, *await workers.run(derive, receipt))


async def replay_all(receipts: Iterable[Receipt], workers: Workers) -> list[Replayed]:
    """The same of each receipt of a file, in its order. Raises `TooCostly`, also where they take
    too long together.
    """
    with anyio.move_on_after(FILE_SECONDS):
        return [await replay(one, workers) for one in receipts]
    raise TooCostly(f"stopped after {FILE_SECONDS:g} seconds")


def derive(receipt: Receipt) -> tuple[dict[str, Any], tuple[Difference, ...], bool]:
    """What follows from `receipt`, what of it differs, and whether the answers are the same. All of
    it is work on what strangers sent, the issuer lists too: run it in a worker.
    """
    grounds = receipt.grounds
    at = grounds.circumstances
    bench = Bench(Answers(grounds.documents, at.now), Here())
    verify = partial(bench.verify, label=grounds.label, circumstances=at, seen=grounds.seen)
    verified = anyio.run(verify, grounds.source)
    found: dict[str, Any] = json.loads(wire.encoded(verified.as_object()))
    signed = receipt.report
    return found, differences(signed, found), same_answers(signed, found)


class Here:
    """`Workers` in a process that is a worker already, and can be stopped as a whole."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result, worked out here. Raises `TooCostly` for what needs too much memory."""
        try:
            return function(*arguments)
        except (MemoryError, RecursionError) as error:
            raise TooCostly("it needed more memory than it may have") from error


def lists_of(receipt: Receipt) -> list[dict[str, Any]]:
    """The issuer lists that counted, in order, and whether each is, to the byte, one that comes
    with this Touchstone (`shipped`): any other is its signer's own.
    """
    own = {hashlib.sha256(one.content).hexdigest() for one in shipped()}
    return [
        {"name": one.name, "as_of": one.as_of, "readable": one.readable, **_which(one.content, own)}
        for one in receipt.grounds.circumstances.trust
    ]


def _which(content: bytes, own: set[str]) -> dict[str, Any]:
    digest = hashlib.sha256(content).hexdigest() if content else None
    return {"sha256": digest, "shipped": digest in own}
