"""One verification as the host runs it: the verifier, lent the web, workers and a deadline."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import NoCredential, TooCostly
from verifier.kept import Kept
from verifier.model import Document, Request
from verifier.ports import Circumstances, Fetcher, Sighting, Workers
from verifier.providers import discreet
from verifier.report import Report
from verifier.verify import verify
from wallet_server import wire
from wallet_server.recording import Recording

T = TypeVar("T")

#: All look-ups of one verification together; what is not there by then is a timeout, not an error.
SECONDS = 20.0
#: What one verification may use of the workers, however many credentials its source holds; a piece
#: of work that had to be stopped counts for more than it took.
WORK_SECONDS, STOPPED_SECONDS = 10.0, 2.5


class Grounds(Struct, frozen=True):
    """All that a report follows from, so that it can be made again: what was handed in, what was
    asked and by what it was judged, and every answer of the web. The circumstances' sightings are
    those that were looked at. `received` are the bytes handed in, or that the address gave out.
    """

    source: bytes | str
    label: str
    circumstances: Circumstances
    documents: Mapping[Request, Document]
    received: bytes | None
    seen: bytes | None = None


class Verified(Struct, frozen=True):
    """What became of a source: a report with its grounds, or the reason why there is none."""

    source: str
    report: Report | None = None
    error: NoCredential | None = None
    grounds: Grounds | None = None

    def as_object(self) -> dict[str, object]:
        """The contract's JSON object: a report, or an error in its place."""
        if self.report is not None:
            return wire.report_object(self.report)
        if self.error is None:
            raise ValueError("neither a report nor an error")
        return wire.error_object(self.source, self.error)

    def answered(self, **beside: object) -> bytes:
        """The same as JSON in UTF-8, with what stands `beside` its members."""
        if self.report is not None:
            return wire.answered(self.report, **beside)
        return wire.brief({**self.as_object(), **beside})


class Hurried:
    """A `Fetcher` for one verification: it stops waiting when the time for all look-ups is up."""

    def __init__(self, behind: Fetcher, seconds: float = SECONDS) -> None:
        self._behind = behind
        self._until = time.monotonic() + seconds

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, or the error `timeout`."""
        import anyio  # here: what needs no web needs no event loop

        with anyio.move_on_after(max(0.0, self._until - time.monotonic())):
            return await self._behind.fetch(request)
        return Document(url=request.url, at=now(), error="timeout")


class Spending:
    """`Workers` for one verification: once its share is used up, nothing more of it is worked on,
    so that a hundred costly credentials in one source cost hardly more than one.
    """

    def __init__(self, behind: Workers, seconds: float = WORK_SECONDS) -> None:
        self._behind = behind
        self._left = seconds

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result from behind. Raises `TooCostly` as it does, and when the share is used up."""
        if self._left <= 0:
            raise TooCostly("everything that one source may cost was spent")
        try:
            timed: tuple[float, T] = await self._behind.run(_timed, function, arguments)
        except TooCostly:
            self._left -= STOPPED_SECONDS
            raise
        self._left -= timed[0]
        return timed[1]


def _timed(function: Callable[..., T], arguments: tuple[object, ...]) -> tuple[float, T]:
    """The processor's seconds that the result took, and the result."""
    started = time.process_time()
    result = function(*arguments)
    return time.process_time() - started, result


class Noted(Mapping[str, tuple[Sighting, ...]]):
    """Sightings, of which those that are looked at are kept in `used`."""

    def __init__(self, behind: Mapping[str, tuple[Sighting, ...]]) -> None:
        self._behind = behind
        self.used: dict[str, tuple[Sighting, ...]] = {}

    def __getitem__(self, issuer: str) -> tuple[Sighting, ...]:
        """What was met of `issuer`, which is kept as looked at."""
        found = self.used[issuer] = self._behind[issuer]
        return found

    def __iter__(self) -> Iterator[str]:
        """Whom anything was met of."""
        return iter(self._behind)

    def __len__(self) -> int:
        """How many these are."""
        return len(self._behind)


class Bench(Struct, frozen=True):
    """What every verification of this process shares; without a `memory` each begins anew."""

    fetcher: Fetcher
    workers: Workers
    memory: Kept | None = None

    async def verify(
        self,
        source: bytes | str,
        *,
        label: str,
        circumstances: Circumstances,
        seen: bytes | None = None,
    ) -> Verified:
        """Verify one source; where it holds no single credential the error says why.

        `seen` is what the reader's own tab shows at the address that `source` is. An address is
        named without what it tells of its reader or its holder.
        """
        label = discreet(label)
        asked, sightings = Recording(Hurried(self.fetcher)), Noted(circumstances.sightings)
        try:
            report = await verify(
                source,
                fetcher=asked,
                workers=Spending(self.workers),
                circumstances=replace(circumstances, sightings=sightings),
                label=label,
                seen=seen,
                memory=self.memory,
            )
        except NoCredential as error:
            return Verified(label, error=error)
        rests = replace(circumstances, sightings=sightings.used)
        received = asked.given(source)
        return Verified(
            label, report, grounds=Grounds(source, label, rests, asked.documents, received, seen)
        )

    def with_fetcher(self, fetcher: Fetcher) -> Bench:
        """The same bench with another door to the web."""
        return replace(self, fetcher=fetcher)

    def anew(self, fetcher: Fetcher) -> Bench:
        """The same bench with another door to the web, and nothing known from before."""
        return replace(self, fetcher=fetcher, memory=None)


def now() -> datetime:
    """This moment, to the second, in UTC."""
    return datetime.fromtimestamp(int(time.time()), UTC)
