"""Fetch what is needed until nothing more is: the one loop between naming needs and checking."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

from verifier.model import Document, Documents, Request
from verifier.ports import Fetcher

#: Look-ups one verification may make in all (a credential could name hundreds).
LIMIT = 12


async def gather(
    needs: Callable[[Documents], Iterable[Request]], fetcher: Fetcher, documents: Documents
) -> Documents:
    """Ask `needs` what is missing, fetch it side by side, and ask again with the answers until it
    names nothing new.

    Beyond `LIMIT` look-ups the rest is answered with the error `limit`, which checks read as
    unreachable.
    """
    held = dict(documents)
    while missing := [request for request in dict.fromkeys(needs(held)) if request not in held]:
        allowed = max(0, LIMIT - len(held))
        answers = await asyncio.gather(*(fetcher.fetch(request) for request in missing[:allowed]))
        held.update(zip(missing, answers, strict=False))
        if len(missing) > allowed:
            at = max(document.at for document in held.values())
            for request in missing[allowed:]:
                held[request] = Document(url=request.url, at=at, error="limit")
    return held


class Shared:
    """A `Fetcher` for everything in one source: what was fetched is not fetched again, and beyond
    `LIMIT_IN_ALL` addresses the answer is the error `limit`.
    """

    LIMIT_IN_ALL = 60

    def __init__(self, behind: Fetcher, now: datetime) -> None:
        self._behind = behind
        self._now = now
        self._held: dict[Request, Document] = {}

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, once for each request."""
        if request not in self._held:
            if len(self._held) >= self.LIMIT_IN_ALL:
                return Document(url=request.url, at=self._now, error="limit")
            self._held[request] = await self._behind.fetch(request)
        return self._held[request]
