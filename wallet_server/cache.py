"""What was fetched before, shared between verifications: at most one fetch an address and day.

Kept in memory, bounded in bytes; several askers for one address wait for one fetch. A failure is
remembered for five minutes, so that a dead host is not asked again by every badge that names it.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

import anyio
from msgspec import Struct, field
from msgspec.structs import replace

from verifier.model import Document, Request
from verifier.ports import Fetcher

KEPT_SECONDS = 24 * 3600.0
FAILURE_KEPT_SECONDS = 300.0
BYTES = 64 * 2**20
#: What an entry weighs besides its body, so that many empty answers are bounded too.
ENTRY_BYTES = 2048


class _Lookup(Struct):
    """One address being asked for: those who wait for the answer share the lock."""

    lock: anyio.Lock = field(default_factory=anyio.Lock)
    waiting: int = 0


class CachedFetcher:
    """A `Fetcher` that asks the one behind it only for what it does not hold.

    `clock` counts seconds and never goes back, whatever the machine's time of day does.
    """

    def __init__(
        self,
        behind: Fetcher,
        *,
        clock: Callable[[], float] = time.monotonic,
        capacity: int = BYTES,
    ) -> None:
        self._behind = behind
        self._clock = clock
        self._capacity = capacity
        self._held: OrderedDict[Request, tuple[float, Document]] = OrderedDict()
        self._bytes = 0
        self._lookups: dict[Request, _Lookup] = {}

    async def fetch(self, request: Request) -> Document:
        """Answer from what is held, marked `from_cache`, or from behind."""
        return await self._fetch(request, self._clock() - KEPT_SECONDS)

    async def fetch_anew(self, request: Request) -> Document:
        """Answer from behind, unless it was asked since this call began."""
        return await self._fetch(request, self._clock())

    def forget(self) -> None:
        """Hold nothing of what was fetched before."""
        self._held.clear()
        self._bytes = 0

    async def _fetch(self, request: Request, since: float) -> Document:
        lookup = self._lookups.setdefault(request, _Lookup())
        lookup.waiting += 1
        try:
            async with lookup.lock:
                held = self._fresh(request, since)
                if held is not None:
                    return replace(held, from_cache=True)
                document = await self._behind.fetch(request)
                self._keep(request, document)
                return document
        finally:
            lookup.waiting -= 1
            if not lookup.waiting:
                self._lookups.pop(request, None)

    def _fresh(self, request: Request, since: float) -> Document | None:
        if request not in self._held:
            return None
        at, document = self._held[request]
        if at < since or self._clock() - at > _lifetime(document):
            return None
        self._held.move_to_end(request)
        return document

    def _keep(self, request: Request, document: Document) -> None:
        if request in self._held:
            self._bytes -= _weight(self._held.pop(request)[1])
        self._held[request] = (self._clock(), document)
        self._bytes += _weight(document)
        while self._bytes > self._capacity:
            _, (_, oldest) = self._held.popitem(last=False)
            self._bytes -= _weight(oldest)


class Anew:
    """A `Fetcher` for "check again": asks behind a cache once for each address, and renews it."""

    def __init__(self, cache: CachedFetcher) -> None:
        self._cache = cache

    async def fetch(self, request: Request) -> Document:
        """Answer from the web as it is now."""
        return await self._cache.fetch_anew(request)


def _lifetime(document: Document) -> float:
    """How long an answer is believed; 410 is an answer: the issuer took the credential back."""
    return KEPT_SECONDS if document.answered or document.status == 410 else FAILURE_KEPT_SECONDS


def _weight(document: Document) -> int:
    return len(document.content) + ENTRY_BYTES
