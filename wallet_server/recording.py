"""What a verification rested on, kept: for the wallet, or to be saved (`saving`)."""

from __future__ import annotations

from verifier.model import Document, Request
from verifier.ports import Fetcher


class Recording:
    """A `Fetcher` that passes each look-up on and keeps the answer in `documents`."""

    def __init__(self, behind: Fetcher) -> None:
        self._behind = behind
        self.documents: dict[Request, Document] = {}

    async def fetch(self, request: Request) -> Document:
        """The answer from behind, which is also kept."""
        document = self.documents[request] = await self._behind.fetch(request)
        return document

    def given(self, source: bytes | str) -> bytes | None:
        """The bytes of a file, or what the address gave out; `None` where it gave nothing."""
        if isinstance(source, bytes):
            return source
        at = source.strip()
        answers = (one for request, one in self.documents.items() if request.url == at)
        return next((one.content for one in answers if one.answered), None)
