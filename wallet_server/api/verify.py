"""Verifying one thing, or many as each is ready."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wallet_server import many, met_pictures
from wallet_server.api.asked import Asked, is_anew, read_batch, read_one
from wallet_server.services import services

#: So many of a batch are done before anybody else has a turn, and their lines go together.
TURN = 8


async def verify(request: Request) -> Response:
    """`POST /api/verify`: a report, or an error in its place."""
    parts = services(request)
    asked = await read_one(request)
    checked = await asked.check(parts, request, anew=is_anew(request))
    await met_pictures.remember(parts, checked)
    verified = await met_pictures.hint(parts, checked)
    return Response(verified.answered(), media_type="application/json")


async def verify_batch(request: Request) -> Response:
    """`POST /api/verify/batch`: a report a line, in the order in which they are ready."""
    return ReadyLines(request, await read_batch(request))


class ReadyLines(Response):
    """NDJSON, each line sent when its verification ends; a client that leaves ends the rest."""

    media_type = "application/x-ndjson"

    def __init__(self, request: Request, items: list[Asked]) -> None:
        super().__init__()
        self._request = request
        self._items = items
        self._parts = services(request)
        self._anew = is_anew(request)
        self._beside = met_pictures.Beside(len(items))
        self._lines = _Lines(len(items))
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(head)
        long = self._items if len(self._items) >= many.AT_LEAST else []
        shares = many.shares([n for n, item in enumerate(long) if _is_for_others(item)])
        others = {index for share in shares for index in share}
        async with anyio.create_task_group() as watching:
            watching.start_soon(_until_gone, receive, watching.cancel_scope)
            # asyncio's own tasks: to begin one of anyio's takes four times as long
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._lines.sent(send))
                sent = asyncio.Semaphore(0)
                for share in shares:
                    tasks.create_task(self._hand_over(share, sent.release, tasks))
                with anyio.move_on_after(many.HANDING_OVER):
                    for _ in shares:
                        await sent.acquire()
                here = [n for n in range(len(self._items)) if n not in others]
                tasks.create_task(_Turns(here, self._check, tasks).take())
            watching.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    async def _check(self, index: int) -> None:
        """Verify the item of that index, and add its line."""
        checked = await self._items[index].check(self._parts, self._request, anew=self._anew)
        await met_pictures.remember(self._parts, checked)
        verified = await self._beside.hint(self._parts, checked)
        self._lines.add(verified.answered(index=index) + b"\n")

    async def _hand_over(
        self, share: Sequence[int], sent: Callable[[], None], tasks: asyncio.TaskGroup
    ) -> None:
        """Add the lines that another process makes of a share, and verify the rest of it here."""
        items = {index: self._items[index] for index in share}
        around = {id(one.context): one.context.around((), {}) for one in items.values()}
        texts = [
            many.Text(index, one.source, one.label, around[id(one.context)])
            for index, one in items.items()
            if isinstance(one.source, bytes)
        ]
        lists, workers = self._parts.lists.this_turn(), self._parts.bench.workers
        for index, line in await many.told(texts, lists, workers, sent):
            del items[index]
            self._beside.one_is_done()
            self._lines.add(line)
        await _Turns(list(items), self._check, tasks).take()


class _Turns:
    """Items that each have their turn. One task takes them one after the other as long as none has
    to wait; while one waits, another task goes on with those behind it.
    """

    def __init__(
        self,
        items: Sequence[int],
        check: Callable[[int], Awaitable[None]],
        tasks: asyncio.TaskGroup,
    ) -> None:
        self._left = iter(enumerate(items, 1))
        self._check = check
        self._tasks = tasks
        self._is_somebody_ready = False

    async def take(self) -> None:
        """Take all that nobody else takes."""
        self._is_somebody_ready = False
        for number, index in self._left:
            if not self._is_somebody_ready:
                self._is_somebody_ready = True
                self._tasks.create_task(self.take())
            await self._check(index)
            if number % TURN == 0:
                await asyncio.sleep(0)


class _Lines:
    """Lines on their way to who asked: those that are ready at the same time go together."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._ready: list[bytes] = []
        self._are_some = asyncio.Event()

    def add(self, line: bytes) -> None:
        """One that is ready."""
        self._ready.append(line)
        self._are_some.set()

    async def sent(self, send: Send) -> None:
        """Send each of them once it is ready."""
        while self._left:
            await self._are_some.wait()
            self._are_some.clear()
            ready, self._ready = self._ready, []
            self._left -= len(ready)
            body = b"".join(ready)
            await send({"type": "http.response.body", "body": body, "more_body": True})


def _is_for_others(item: Asked) -> bool:
    return item.context.trusts and many.is_small(item.source)


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
