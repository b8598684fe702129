"""The work on lists that are looked through: in the background, from the queue in the database.

Every host has a lane of its own, in which one thing is checked after another with a pause between,
and lanes take turns: a host that keeps its visitors waiting holds up its own lane alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

import anyio
from anyio.abc import TaskGroup

from verifier.report import Report
from wallet_server import wire
from wallet_server.faults import unless_faulty
from wallet_server.services import Services
from wallet_server.store import sweep_rows
from wallet_server.store.errors import OutOfReach
from wallet_server.store.sweep_rows import Waiting
from wallet_server.sweeping.lines import FAULT
from wallet_server.verification import now

T = TypeVar("T")

#: Rows that are checked side by side, over all hosts.
AT_ONCE = 12
#: Threads in which the database is asked; it takes one writer at a time.
THREADS = 2
#: The quiet between two things of one host, in seconds, where it was asked for something.
PAUSE = 1.0
#: After the disk was full or the database busy.
AGAIN_SECONDS = 10.0
_FAULT = (
    "Touchstone failed at this row. That is a fault of ours; the terminal shows what happened. The "
    "rest of the list was not touched by it."
)


async def sweeping(parts: Services) -> None:
    """Look through whatever waits, for as long as the server runs."""
    while True:
        try:
            await Lanes(parts).run()
        except* OutOfReach:  # what waits, waits on
            await anyio.sleep(AGAIN_SECONDS)


async def work_off(
    parts: Services, identifier: str, told: Callable[[], None] = lambda: None
) -> None:
    """Look through what waits of one sweep; `told` after each row."""
    await Lanes(parts, identifier, told).run()


class Lanes:
    """The lanes of every host for which something waits, of one sweep or of all that go on."""

    def __init__(
        self,
        parts: Services,
        identifier: str | None = None,
        told: Callable[[], None] = lambda: None,
    ) -> None:
        self._parts = parts
        self._identifier = identifier
        self._told = told
        self._limiter = anyio.CapacityLimiter(AT_ONCE)
        self._threads = anyio.CapacityLimiter(THREADS)
        self._open: set[str] = set()

    async def run(self) -> None:
        """Until nothing waits of the one sweep; for all of them until cancelled."""
        async with anyio.create_task_group() as tasks:
            while True:
                ring = self._parts.swept.next_ring()
                await self._open_lanes(tasks)
                if self._identifier is not None and not self._open:
                    return
                await ring.wait()

    async def _open_lanes(self, tasks: TaskGroup) -> None:
        for host in await self._stored(sweep_rows.hosts_waiting, self._identifier):
            if host not in self._open:
                self._open.add(host)
                tasks.start_soon(self._lane, host)

    async def _lane(self, host: str) -> None:
        try:
            asked = False
            while True:
                if asked:
                    await anyio.sleep(PAUSE)
                async with self._limiter:
                    waiting = await self._stored(sweep_rows.next_waiting, host, self._identifier)
                    if waiting is None:
                        return
                    asked = await self._settle(waiting)
                self._told()
        finally:
            # whoever rings between the last look and this is heard: all hosts are looked for anew
            self._open.discard(host)
            self._parts.swept.ring()

    async def _settle(self, waiting: Waiting) -> bool:
        """Check one row and note what was found; whether its host was asked for anything."""
        source = waiting.source if waiting.content is None else waiting.content
        checking = self._parts.check(
            source, waiting.asked.context, own="", label=waiting.source, anew=False
        )
        checked = await unless_faulty(checking, "A row of a sweep could not be checked")
        report: dict[str, Any]
        if checked is None:
            error = {"code": FAULT, "says": _FAULT, "found": []}
            report = {"version": wire.VERSION, "source": waiting.source, "error": error}
            asked = False
        else:
            text = wire.line(checked.verified.as_object())
            report = json.loads(text)  # moments and sets as JSON has them
            asked = self._parts.cache is not None and _was_asked(checked.verified.report)
        await self._stored(sweep_rows.settle, waiting, report, wire.line(report), now())
        return asked

    async def _stored(self, function: Callable[..., T], *arguments: object) -> T:
        """What the database answers, asked from few threads: each holds a connection's memory."""
        asked = partial(function, self._parts.database, *arguments)
        return await anyio.to_thread.run_sync(asked, limiter=self._threads)


def _was_asked(report: Report | None) -> bool:
    """Whether somebody was asked; where nothing came of it, it may have been so."""
    if report is None:
        return True
    inner = any(_was_asked(one) for one in report.bundle)
    return inner or any(not document.from_cache for document in report.contacted)
