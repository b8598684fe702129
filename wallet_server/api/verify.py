"""Verifying one thing, or many as each is ready."""

from __future__ import annotations

import asyncio

import anyio
from anyio.lowlevel import checkpoint
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from wallet_server import met_pictures
from wallet_server.api.asked import Asked, is_anew, read_batch, read_one
from wallet_server.proving import Ahead, Given
from wallet_server.services import Services, services
from wallet_server.verification import now

#: How many of a batch are begun before anybody else has a turn: work on most of them ends as it
#: begins, and the lines of these go together.
TURN = 8


async def verify(request: Request) -> Response:
    """`POST /api/verify`: a report, or an error in its place."""
    parts = services(request)
    asked = await read_one(request)
    checked = await asked.check(parts, request)
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
        del self.headers["content-length"]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer."""
        head = {"type": "http.response.start", "status": 200, "headers": self.raw_headers}
        await send(head)
        lines = _Lines(send, len(self._items))
        parts = services(self._request)
        beside = met_pictures.Beside(len(self._items))
        ahead = self._ahead(parts)

        async def one(index: int, item: Asked) -> None:
            checked = await item.check(parts, self._request)
            await met_pictures.remember(parts, checked)
            verified = await beside.hint(parts, checked)
            lines.add(verified.answered(index=index) + b"\n")

        async with anyio.create_task_group() as watching:
            watching.start_soon(_until_gone, receive, watching.cancel_scope)
            # asyncio's own tasks: to begin one of anyio's takes four times as long
            async with ahead.begun(now()), asyncio.TaskGroup() as tasks:
                tasks.create_task(lines.sent())
                begun = 0
                while (index := await ahead.next()) is not None:
                    tasks.create_task(one(index, self._items[index]))
                    begun += 1
                    if begun % TURN == 0:
                        await checkpoint()
            watching.cancel_scope.cancel()
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _ahead(self, parts: Services) -> Ahead:
        """What others may find out meanwhile; nothing, where all is to be found anew."""
        memory = None if is_anew(self._request) else parts.bench.memory
        texts = [n for n, item in enumerate(self._items) if isinstance(item.source, bytes)]

        def given(index: int) -> Given | None:
            item = self._items[index]
            return (item.label, item.source) if isinstance(item.source, bytes) else None

        return Ahead(len(self._items), texts, given, parts.bench.workers, memory)


class _Lines:
    """Lines on their way to who asked: those that are ready at the same time go together."""

    def __init__(self, send: Send, count: int) -> None:
        self._send = send
        self._left = count
        self._ready: list[bytes] = []
        self._some = anyio.Event()

    def add(self, line: bytes) -> None:
        """One that is ready."""
        self._ready.append(line)
        self._some.set()

    async def sent(self) -> None:
        """Send each of them once it is ready."""
        while self._left:
            await self._some.wait()
            ready, self._ready, self._some = self._ready, [], anyio.Event()
            self._left -= len(ready)
            body = b"".join(ready)
            await self._send({"type": "http.response.body", "body": body, "more_body": True})


async def _until_gone(receive: Receive, scope: anyio.CancelScope) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    scope.cancel()
