"""Many small badges at once: while this process answers for one after another, others find out
which signatures fit, from the end of the list on. What they found is known when its turn comes.

That is all that goes from process to process: texts there, and names of signatures back
(`verifier.kept`), which weigh next to nothing. Everything else about a badge is found here.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import anyio

from verifier.errors import NoCredential, TooCostly
from verifier.kept import LONGEST, Kept
from verifier.model import Document, Request
from verifier.ports import Circumstances, Workers
from verifier.verify import verify
from wallet_server.workers import warmed_up

T = TypeVar("T")

#: Of fewer, to hand them over costs more than it saves.
AT_LEAST = 100
#: Texts that are handed over at once, while twice as many are left to be done here.
CHUNK = 32
#: Others that work ahead: what is left to be found here keeps no more of them busy.
OTHERS = 2


class Ahead:
    """The items of one batch, by index; `text_of` gives an item's text, or `None` for one that is
    still to be fetched. Without a `memory`, or of less than `at_least`, each just has its turn.
    """

    def __init__(
        self,
        count: int,
        text_of: Callable[[int], bytes | None],
        workers: Workers,
        memory: Kept | None,
        at_least: int = AT_LEAST,
    ) -> None:
        spread = memory is not None and count >= at_least
        self._others = min(OTHERS, processors() - 1) if spread else 0
        self._text_of = text_of
        self._workers = workers
        self._memory = memory or Kept()
        self._left = deque(range(count))
        self._known: deque[int] = deque()
        self._elsewhere = 0
        self._news = anyio.Event()

    @asynccontextmanager
    async def begun(self, moment: datetime) -> AsyncIterator[None]:
        """Within it others work ahead, where there is a processor for them."""
        async with anyio.create_task_group() as tasks:
            for _ in range(self._others):
                tasks.start_soon(self._work, moment)
            yield
            tasks.cancel_scope.cancel()

    async def next(self) -> int | None:
        """Whose turn it is: in order, but for those of which more is known already."""
        if self._others:
            await anyio.sleep(0)  # else all had their turn before anybody came to take one
        while self._elsewhere and not self._known and not self._left:
            await self._news.wait()
        waiting = self._known or self._left
        return waiting.popleft() if waiting else None

    async def _work(self, moment: datetime) -> None:
        """Look into the last of what is left, as long as there is enough."""
        try:
            await self._workers.run(warmed_up)  # nobody waits for a process that is not there yet
            while size := min(CHUNK, len(self._left) // 3):
                await self._look_into([self._left.pop() for _ in range(size)], moment)
        except TooCostly:
            return  # a machine in trouble, where all is found here

    async def _look_into(self, chunk: list[int], moment: datetime) -> None:
        texts = [text for text in map(self._text_of, chunk) if text and len(text) <= LONGEST]
        self._elsewhere += len(chunk)
        try:
            self._memory.learn(await self._workers.run(proven, texts, moment))
        finally:
            self._elsewhere -= len(chunk)
            self._known.extend(reversed(chunk))
            self._news.set()
            self._news = anyio.Event()


def proven(texts: Sequence[bytes], moment: datetime) -> list[bytes]:
    """The names of the signatures on these that fit, as far as no web is needed to know it."""
    return asyncio.run(_proven(texts, moment))


async def _proven(texts: Sequence[bytes], moment: datetime) -> list[bytes]:
    memory, alone = Kept(), _Alone(moment)
    for text in texts:
        try:
            await verify(
                text,
                fetcher=alone,
                workers=alone,
                circumstances=Circumstances(moment),
                memory=memory,
            )
        except (NoCredential, TooCostly):
            continue
    return memory.signatures


class _Alone:
    """Neither web nor workers."""

    def __init__(self, moment: datetime) -> None:
        self._moment = moment

    async def fetch(self, request: Request) -> Document:
        """Never an answer."""
        return Document(request.url, self._moment, error="unlisted")

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """Never done: what may take long is begun where it was asked for."""
        raise TooCostly("it would take long")


def processors() -> int:
    """Those that this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
