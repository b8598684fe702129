"""One turn of the event loop, which brings many requests at once where there are many."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

T = TypeVar("T")


class OnceATurn(Generic[T]):
    """What `ask` tells, asked once for all that one turn of the event loop brings: each of them
    came after what was changed before the turn, and none can tell it from what is changed within.
    """

    def __init__(self, ask: Callable[[], T]) -> None:
        self._ask = ask
        self._told: T | None = None

    def __call__(self) -> T:
        """What it tells. Only within an event loop."""
        told = self._told
        if told is None:
            import asyncio  # here: a command that needs no event loop need not wait for it

            told = self._told = self._ask()
            asyncio.get_running_loop().call_soon(self._forget)
        return told

    def _forget(self) -> None:
        self._told = None
