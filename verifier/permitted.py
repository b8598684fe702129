"""What may be fetched: not what the terms of a platform keep programs from."""

from __future__ import annotations

from datetime import datetime

from verifier.model import Document, Request
from verifier.ports import Fetcher
from verifier.providers import is_closed


class Permitted:
    """A `Fetcher` that answers for closed hosts with the error `closed`, and never asks them."""

    def __init__(self, behind: Fetcher, now: datetime) -> None:
        self._behind = behind
        self._now = now

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, where a program may ask."""
        if is_closed(request.url):
            return Document(url=request.url, at=self._now, error="closed")
        return await self._behind.fetch(request)
