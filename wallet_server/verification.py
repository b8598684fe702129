"""One verification as the host runs it: the verifier, lent the web, workers and a deadline."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime

import anyio

from verifier.errors import NoCredential
from verifier.model import Document, Request
from verifier.ports import Circumstances, Fetcher, TrustRegistry, Workers
from verifier.report import Report
from verifier.verify import verify
from wallet_server import wire

#: All look-ups of one verification together; what is not there by then is a timeout, not an error.
SECONDS = 20.0


@dataclass(frozen=True)
class Verified:
    """What became of a source: a report, or the reason why there is none."""

    source: str
    report: Report | None = None
    error: NoCredential | None = None

    def as_object(self) -> dict[str, object]:
        """The contract's JSON object: a report, or an error in its place."""
        if self.report is not None:
            return wire.report_object(self.report)
        if self.error is None:
            raise ValueError("neither a report nor an error")
        return wire.error_object(self.source, self.error)


class Hurried:
    """A `Fetcher` for one verification: it stops waiting when the time for all look-ups is up."""

    def __init__(self, behind: Fetcher, seconds: float = SECONDS) -> None:
        self._behind = behind
        self._until = time.monotonic() + seconds

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, or the error `timeout`."""
        with anyio.move_on_after(max(0.0, self._until - time.monotonic())):
            return await self._behind.fetch(request)
        return Document(url=request.url, at=now(), error="timeout")


@dataclass(frozen=True)
class Bench:
    """What every verification of this process shares."""

    fetcher: Fetcher
    workers: Workers
    trust: tuple[TrustRegistry, ...]

    async def verify(
        self, source: bytes | str, *, label: str, circumstances: Circumstances
    ) -> Verified:
        """Verify one source; where it holds no single credential the error says why."""
        try:
            report = await verify(
                source,
                fetcher=Hurried(self.fetcher),
                workers=self.workers,
                circumstances=circumstances,
                label=label,
            )
        except NoCredential as error:
            return Verified(label, error=error)
        return Verified(label, report=report)

    def with_fetcher(self, fetcher: Fetcher) -> Bench:
        """The same bench with another door to the web."""
        return replace(self, fetcher=fetcher)


def now() -> datetime:
    """This moment, to the second, in UTC."""
    return datetime.now(UTC).replace(microsecond=0)
