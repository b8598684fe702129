"""One request and its answer, as uvicorn keeps them; an answer that is whole goes out as one, and
with others that are ready.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from wallet_server.marks import send_fault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task
    from collections.abc import Callable

    from uvicorn._types import ASGI3Application, ASGISendEvent, HTTPResponseStartEvent

#: In a head that uvicorn writes, since something follows from them.
_TELLING = frozenset((b"connection", b"transfer-encoding"))
_END = b"\r\n\r\n"
#: What no header holds, as uvicorn has it: with the end of a line in it, it would be two.
_CONTROL = bytes((*range(9), *range(10, 32), 127))
#: Answers that are written together at most, which is as long as the first of them waits.
_TOGETHER = 8


class Exchange(RequestResponseCycle):
    """uvicorn's, whose head waits for its body if it names how long that is: where the body comes
    in one piece, both are one write, of which each is a call of the system. Everything else is
    written as uvicorn does it.
    """

    #: A head that waits, and how many bytes of a body it names.
    _start: tuple[HTTPResponseStartEvent, int] | None = None
    #: An answer that is ready and not written, and what comes after it.
    _whole: bytes = b""
    _then: Callable[[], None] | None = None

    def begin(
        self,
        app: ASGI3Application,
        loop: AbstractEventLoop,
        tasks: set[Task[None]],
        ready: Ready,
    ) -> None:
        """Let `app` answer, in a task that is among `tasks` until it has. uvicorn has the event
        loop tell it that, which costs half as much as the task does.
        """
        self._ready = ready
        self._task = loop.create_task(self._answer(app, tasks))
        tasks.add(self._task)

    async def _answer(self, app: ASGI3Application, tasks: set[Task[None]]) -> None:
        try:
            await self.run_asgi(app)  # which tells of all that is raised but being ended
        finally:
            tasks.discard(self._task)

    async def send(self, message: ASGISendEvent) -> None:
        """Take a part of the answer, and pass on what there is to pass on."""
        waiting, self._start = self._start, None
        if message["type"] == "http.response.start":
            length = _length(message)
            if length is not None and not self.response_started:
                self._start = message, length
                return
        elif message["type"] == "http.response.body" and waiting is not None:
            start, length = waiting
            body = message.get("body", b"")
            if len(body) == length and not message.get("more_body") and self._took(start, body):
                return
            await super().send(start)
        await super().send(message)

    async def send_500_response(self) -> None:
        """Tell of a fault of ours in the words of every answer."""
        # uvicorn and starlette say the same of a message in other types
        await send_fault(self.scope, self.receive, self.send)  # type: ignore[arg-type]

    def finish(self) -> None:
        """Write the answer if it is ready, and go on with the connection."""
        then, self._then = self._then, None
        if then is None:
            return
        self.transport.write(self._whole)
        self._whole = b""
        self.message_event.set()
        then()

    def _took(self, start: HTTPResponseStartEvent, body: bytes) -> bool:
        """Whether the answer is ready; it is not if there is more to it than its bytes."""
        if not self.keep_alive or self.flow.write_paused or self.disconnected:
            return False
        headers = (*self.default_headers, *start.get("headers", ()))
        lines = b"\r\n".join([b": ".join(header) for header in headers])
        ends = 2 * (len(headers) - 1)
        is_sound = len(lines.translate(None, _CONTROL)) == len(lines) - ends
        if not is_sound or self.scope["method"] == "HEAD":
            return False
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self._whole = b"".join((STATUS_LINE[start["status"]], lines, _END, body))
        self._then = self.on_response  # which uvicorn forgets as soon as the application returns
        self._ready.add(self, self._task.get_loop())
        return True


class Ready:
    """Answers that are ready, written one after another at the end of a turn of the event loop, or
    as soon as there are a few: to wake who waits takes the system longer than to send, and those
    after the first find it awake.
    """

    def __init__(self) -> None:
        self._waiting: list[Exchange] = []

    @classmethod
    def of(cls, loop: AbstractEventLoop) -> Ready:
        """Those of all connections of one event loop."""
        return _READY.get(loop) or _READY.setdefault(loop, cls())

    def add(self, exchange: Exchange, loop: AbstractEventLoop) -> None:
        """Have it finished soon."""
        if not self._waiting:
            loop.call_soon(self._finish)
        self._waiting.append(exchange)
        if len(self._waiting) == _TOGETHER:
            self._finish()

    def _finish(self) -> None:
        waiting, self._waiting = self._waiting, []
        for exchange in waiting:
            exchange.finish()


_READY: WeakKeyDictionary[AbstractEventLoop, Ready] = WeakKeyDictionary()


def _length(start: HTTPResponseStartEvent) -> int | None:
    """How long the body is that follows, if a head says so and nothing else of note."""
    named = dict(start.get("headers", ()))
    length = named.get(b"content-length")
    return int(length) if length is not None and _TELLING.isdisjoint(named) else None
