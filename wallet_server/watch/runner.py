"""The watch: whatever is due is looked at again, one badge of a host after another and a few hosts
side by side, as long as the server runs.

The queue is the wallet itself (`credentials.next_check_at`), and each look ends in one transaction:
a run that is killed goes on where it stopped.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta

import anyio
from starlette.requests import Request

from wallet_server.faults import unless_faulty
from wallet_server.services import Services
from wallet_server.store import wallet, watching
from wallet_server.store.errors import OutOfReach
from wallet_server.store.watching import Due
from wallet_server.verification import now
from wallet_server.watch.looking import Looked, look_again
from wallet_server.watch.mail import Post
from wallet_server.watch.schedule import DAY

#: Hosts that are asked side by side, and how long each is left alone between two badges.
HOSTS, PAUSE = 4, 2.0
#: The longest that the watch sleeps (others put things into the queue), and how long after a
#: database that could not be used.
SLEEP, AGAIN = 60.0, 60.0
_FAULT = "Touchstone failed at this, which is a fault of ours; the terminal shows what happened."

Tell = Callable[[wallet.Kept, Looked], Awaitable[None]]


class Watch:
    """Looks at what is due, and has what changed mailed by `post`. `clock` says which moment it is;
    `pause` is the quiet between two badges of one host, in seconds.
    """

    def __init__(
        self,
        parts: Services,
        post: Post,
        *,
        clock: Callable[[], datetime] | None = None,
        pause: float | None = None,
    ) -> None:
        self.post = post
        self._parts = parts
        self._clock = clock or now
        self._pause = PAUSE if pause is None else pause
        self._woken = anyio.Event()

    def wake(self) -> None:
        """Something is due sooner than it was."""
        self._woken.set()

    async def run(self) -> None:
        """Look and mail until cancelled."""
        while True:
            seconds = AGAIN
            try:
                await self.drain()
                await self.post.deliver(self._parts.database, self._clock())
                seconds = await self._until_due()
            except* OutOfReach:
                pass  # busy, away, or the disk is full: what is due stays due
            with anyio.move_on_after(seconds):
                await self._woken.wait()
            self._woken = anyio.Event()

    async def drain(self, tell: Tell | None = None) -> int:
        """Look at everything that is due, until nothing is; how many badges that were."""
        count = 0
        while True:
            database, moment = self._parts.database, self._clock()
            due = await anyio.to_thread.run_sync(watching.due, database, moment)
            if not due:
                return count
            await self._look_at(due, tell)
            count += len(due)

    async def _look_at(self, due: Iterable[Due], tell: Tell | None) -> None:
        by_host: dict[str, list[str]] = {}
        for one in due:
            by_host.setdefault(one.host or one.id, []).append(one.id)
        limiter = anyio.CapacityLimiter(HOSTS)
        async with anyio.create_task_group() as tasks:
            for identifiers in by_host.values():
                tasks.start_soon(self._look_at_host, identifiers, limiter, tell)

    async def _look_at_host(
        self, identifiers: list[str], limiter: anyio.CapacityLimiter, tell: Tell | None
    ) -> None:
        async with limiter:
            for place, identifier in enumerate(identifiers):
                if place:
                    await anyio.sleep(self._pause)
                await self._look(identifier, tell)

    async def _look(self, identifier: str, tell: Tell | None) -> None:
        find, database = wallet.find, self._parts.database
        kept = await anyio.to_thread.run_sync(find, database, identifier)
        later = self._clock() + DAY
        if kept is None:  # deleted meanwhile, or nothing was ever found of it
            await anyio.to_thread.run_sync(watching.postpone, database, identifier, later)
            return
        looking = look_again(self._parts, kept, self._clock())
        looked = await unless_faulty(looking, "A badge could not be looked at again")
        if looked is None:  # a fault of ours, which must not meet the other badges
            looked = Looked(postponed=later, why=_FAULT)
            await anyio.to_thread.run_sync(watching.postpone, database, identifier, later)
        if tell is not None:
            await tell(kept, looked)

    async def _until_due(self) -> float:
        first = await anyio.to_thread.run_sync(watching.first_due, self._parts.database)
        left = timedelta(seconds=SLEEP) if first is None else first - self._clock()
        return min(max(left.total_seconds(), 1.0), SLEEP)


def watch(request: Request) -> Watch:
    """The server's watch, for a route."""
    found: Watch = request.app.state.watch
    return found
