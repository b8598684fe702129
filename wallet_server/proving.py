"""Many small badges at once: while this process answers for one after another, others look into
those at the end of the list. What they find (`verifier.kept`) is known when their turn comes.

So each report is still made here, by what holds here and now; what takes longest was done before.
"""

from __future__ import annotations

import asyncio
import os
from collections import OrderedDict
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import TypeVar

import anyio

from verifier.errors import NoCredential, TooCostly
from verifier.kept import LONGEST, Finding, Kept
from verifier.model import Document, Request
from verifier.ports import Circumstances, Workers
from verifier.providers import discreet
from verifier.verify import verify

T = TypeVar("T")
Given = tuple[str, bytes]

#: Of fewer, to hand them over costs more than it saves.
AT_LEAST = 100
#: Texts that are handed over at once, while twice as many are left to be done here.
CHUNK = 32
#: Those of which more is known that may wait for their turn.
MOST = 2 * CHUNK
#: Others that work ahead: what is left to be found here keeps no more of them busy.
OTHERS = 3


class Ahead:
    """The items of one batch, by index. `given` tells of those of `texts` what they are called and
    their bytes, or `None`. Without a `memory`, or of less texts than `at_least`, each item just has
    its turn.
    """

    def __init__(
        self,
        count: int,
        texts: Sequence[int],
        given: Callable[[int], Given | None],
        workers: Workers,
        memory: Kept | None,
        at_least: int = AT_LEAST,
    ) -> None:
        spread = memory is not None and len(texts) >= at_least
        self._others = min(OTHERS, processors() - 1) if spread else 0
        self._given = given
        self._workers = workers
        self._memory = Kept() if memory is None else memory
        self._left = OrderedDict.fromkeys(range(count))
        self._texts = list(texts)
        self._elsewhere = 0
        self._told, self._known = anyio.create_memory_object_stream[int](MOST)

    @asynccontextmanager
    async def begun(self, moment: datetime) -> AsyncIterator[None]:
        """Within it others work ahead, where there is a processor for them."""
        with self._told, self._known:
            async with anyio.create_task_group() as tasks:
                for _ in range(self._others):
                    tasks.start_soon(self._work, moment)
                yield
                tasks.cancel_scope.cancel()

    async def next(self) -> int | None:
        """Whose turn it is, if anybody's: in order, but for those of which more is known."""
        if self._others:
            await anyio.sleep(0)  # else all had their turn before anybody came to take one
        if self._elsewhere and (not self._left or self._known.statistics().current_buffer_used):
            index = await self._known.receive()
            self._elsewhere -= 1
            return index
        return self._left.popitem(last=False)[0] if self._left else None

    async def _work(self, moment: datetime) -> None:
        """Look into the last of what is left, as long as there is enough."""
        try:
            # nobody waits for a process that is not there yet
            await self._workers.run(found, (), moment)
            while chunk := self._taken(min(CHUNK, len(self._left) // 3)):
                await self._look_into(chunk, moment)
        except TooCostly:
            return  # a machine in trouble, where all is found here

    def _taken(self, size: int) -> list[int]:
        """So many of the last texts whose turn has not come, which it will not before more is known
        of them.
        """
        chunk: list[int] = []
        while len(chunk) < size and self._texts:
            index = self._texts.pop()
            if index in self._left:
                del self._left[index]
                chunk.append(index)
        return chunk

    async def _look_into(self, chunk: list[int], moment: datetime) -> None:
        items = [item for item in map(self._given, chunk) if item and len(item[1]) <= LONGEST]
        self._elsewhere += len(chunk)
        try:
            self._memory.learn(await self._workers.run(found, items, moment))
        finally:
            for index in reversed(chunk):
                await self._told.send(index)


def found(items: Sequence[Given], moment: datetime) -> list[Finding]:
    """What is found of these, as far as no web is needed for it."""
    return asyncio.run(_found(items, moment))


async def _found(items: Sequence[Given], moment: datetime) -> list[Finding]:
    memory, alone = Kept(once=True), _Alone(moment)
    for label, content in items:
        try:
            await verify(
                content,
                label=discreet(label),
                fetcher=alone,
                workers=alone,
                circumstances=Circumstances(moment),
                memory=memory,
            )
        except (NoCredential, TooCostly):
            continue
    return memory.findings


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
