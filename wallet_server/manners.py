"""Manners: how much of one host is asked at once, and when a host that asked for quiet is asked
again (RFC 9110, section 10.2.3, `Retry-After`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import anyio
from msgspec import Struct, field
from msgspec.structs import replace

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.model import Document, Request
from verifier.ports import Fetcher

#: Look-ups of one host side by side.
AT_ONCE = 4
#: The longest quiet that is kept; a host that asks for more is asked again after this.
LONGEST = timedelta(hours=6)
#: Hosts of which something is remembered.
HOSTS = 4096


class _Host(Struct):
    limiter: anyio.CapacityLimiter = field(default_factory=lambda: anyio.CapacityLimiter(AT_ONCE))
    quiet: Document | None = None


class Mannerly:
    """A `Fetcher` that asks no host for more than `AT_ONCE` answers at a time, and leaves a host
    alone until the moment that it asked for: until then its last word is the answer.
    """

    def __init__(
        self, behind: Fetcher, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self._behind = behind
        self._clock = clock
        self._hosts: dict[str, _Host] = {}

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, or the host's wish to be left alone."""
        try:
            name = read_address(request.url).host
        except Malformed:
            return await self._behind.fetch(request)  # which refuses it
        host = self._host(name)
        async with host.limiter:
            if host.quiet is not None and self._wanted(host.quiet) > self._clock():
                return replace(host.quiet, url=request.url, from_cache=True)
            document = await self._behind.fetch(request)
            if document.retry_at is not None:  # said by whoever answered, after redirects
                there = read_address(document.final_url or document.url).host
                self._host(there).quiet = replace(document, content=b"")
            return document

    def _host(self, name: str) -> _Host:
        if name not in self._hosts and len(self._hosts) >= HOSTS:
            idle = [one for one, host in self._hosts.items() if not host.limiter.borrowed_tokens]
            for one in idle[: HOSTS // 2]:
                del self._hosts[one]
        return self._hosts.setdefault(name, _Host())

    def _wanted(self, document: Document) -> datetime:
        return min(document.retry_at or document.at, document.at + LONGEST)
