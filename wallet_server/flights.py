"""Work that several askers share: each thing is done once at a time, whoever gives up waiting, and
what came of it is good for a while.
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Hashable
from functools import partial
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class Flights(Generic[T]):
    """What is being done, and what came of it in the last `seconds`; at most `room` of that is
    held, as `weigh` counts it. `clock` counts seconds and never goes back.
    """

    def __init__(
        self,
        seconds: float,
        *,
        room: int,
        weigh: Callable[[T], int],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._seconds = seconds
        self._room = room
        self._weigh = weigh
        self._clock = clock
        self._held: OrderedDict[Hashable, tuple[float, T]] = OrderedDict()
        self._weight = 0
        self._flying: dict[Hashable, asyncio.Task[T]] = {}

    async def get(
        self, key: Hashable, make: Callable[[], Coroutine[Any, Any, T]], *, patience: float
    ) -> T | None:
        """What is known of `key`, else what `make` comes to; `None` where that takes longer than
        `patience` seconds: it goes on, for whoever asks next. Raises what `make` does.
        """
        self._let_go()
        if key in self._held:
            return self._held[key][1]
        task = self._flying.get(key)
        if task is None:
            task = self._flying[key] = asyncio.create_task(make())
            task.add_done_callback(partial(self._landed, key))
        done, _ = await asyncio.wait({task}, timeout=patience)
        return task.result() if done else None

    def forget(self) -> None:
        """Hold nothing of what was done before."""
        self._held.clear()
        self._weight = 0

    def _let_go(self) -> None:
        """Drop what is over: the oldest stand first."""
        over = self._clock() - self._seconds
        while self._held:
            oldest, (at, _) = next(iter(self._held.items()))
            if at > over:
                return
            self._drop(oldest)

    def _landed(self, key: Hashable, task: asyncio.Task[T]) -> None:
        del self._flying[key]
        if task.cancelled() or task.exception() is not None:
            return  # whoever waits is told; the next one who asks tries again
        self._drop(key)
        self._held[key] = (self._clock(), task.result())
        self._weight += self._weigh(task.result())
        while self._weight > self._room and len(self._held) > 1:
            self._drop(next(iter(self._held)))

    def _drop(self, key: Hashable) -> None:
        if key in self._held:
            self._weight -= self._weigh(self._held.pop(key)[1])
