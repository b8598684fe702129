"""Whether the evidence of a badge still opens: asked only when its owner wants to know, since it
tells those hosts that somebody looks. An answer says that something is there, not what it shows.
"""

from __future__ import annotations

from collections.abc import Sequence

import anyio
from msgspec import Struct

from verifier.model import Document, Request
from verifier.ports import Fetcher

#: Addresses that are tried, and seconds that all of them have.
MOST, SECONDS = 12, 15.0
_ACCEPT = "text/html, */*;q=0.5"
_GONE = (404, 410)


class Tried(Struct, frozen=True):
    """What became of one address: `opens` is `None` where it could not be told."""

    url: str
    opens: bool | None
    says: str


async def tried(urls: Sequence[str], fetcher: Fetcher) -> tuple[Tried, ...]:
    """Ask for each of the first `MOST` addresses, in the order given."""
    asked = tuple(dict.fromkeys(urls))[:MOST]
    found: dict[str, Tried] = {}

    async def one(url: str) -> None:
        found[url] = _told(url, await fetcher.fetch(Request(url, _ACCEPT)))

    with anyio.move_on_after(SECONDS):
        async with anyio.create_task_group() as tasks:
            for url in asked:
                tasks.start_soon(one, url)
    late = "did not answer in time"
    return tuple(found.get(url) or Tried(url, None, late) for url in asked)


def _told(url: str, document: Document) -> Tried:
    if document.answered or document.error == "too_large":
        return Tried(url, True, "answers")
    if document.status in _GONE:
        return Tried(url, False, f"is gone (it answers {document.status})")
    if document.status is not None:
        return Tried(url, None, f"does not open for us (it answers {document.status})")
    return Tried(url, None, f"did not open ({_WHY.get(document.error or '', 'no answer')})")


_WHY = {
    "timeout": "no answer in time",
    "refused": "no connection",
    "dns": "no such host",
    "tls": "no safe connection",
    "address": "not a public address",
    "closed": "it lets no program in",
}
