"""What the database said a moment ago, so that of many requests at once one asks it."""

from __future__ import annotations

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, TypeVar

import anyio

from wallet_server.store.database import Database

T = TypeVar("T")

#: How long an answer counts that nothing in this process has changed since: that long another
#: process may have changed it.
SECONDS = 1.0
#: Answers that are kept.
ROOM = 256


@dataclass(frozen=True)
class _Answer:
    value: Any
    changes: int
    until: float


class Lately:
    """Answers by their question; whatever is written to the database ends all of them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._kept: dict[Hashable, _Answer] = {}

    async def ask(self, question: Hashable, function: Callable[..., T], *arguments: object) -> T:
        """The result of `function(database, *arguments)`, now or a moment ago; `None` is asked for
        again each time. Raises what it raises.
        """
        known = self._kept.get(question)
        if known and known.changes == self._database.changes and known.until > time.monotonic():
            value: T = known.value
            return value
        changes = self._database.changes
        value = await anyio.to_thread.run_sync(function, self._database, *arguments)
        if len(self._kept) >= ROOM:
            self._kept.clear()
        if value is not None:
            self._kept[question] = _Answer(value, changes, time.monotonic() + SECONDS)
        return value
