"""A source that needs nothing but itself, such as a signed file with its issuer's key in it.

It is answered without an event loop, the web or another process, which take longer to start than
it does.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from verifier.gather import Waits
from verifier.model import Document, Request
from verifier.ports import Circumstances
from wallet_server.verification import Bench, Verified

T = TypeVar("T")


class _Nowhere:
    """Neither web nor workers: who asks for them has to wait elsewhere."""

    async def fetch(self, request: Request) -> Document:
        """Raises `Waits`."""
        raise Waits

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Raises `Waits`."""
        raise Waits


def at_once(content: bytes, label: str, circumstances: Circumstances) -> Verified | None:
    """What becomes of it; `None` where it takes the web or a worker."""
    bench = Bench(_Nowhere(), _Nowhere())
    running = bench.verify(content, label=label, circumstances=circumstances)
    try:
        running.send(None)
    except StopIteration as done:
        result: Verified = done.value
        return result
    except Waits:
        return None
    running.close()
    return None
