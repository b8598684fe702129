"""One request and its answer, as uvicorn keeps them; an answer that is whole goes out as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from wallet_server.marks import send_fault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task

    from uvicorn._types import ASGI3Application, ASGISendEvent, HTTPResponseStartEvent

#: In a head that uvicorn writes, since something follows from them.
_TELLING = frozenset((b"connection", b"transfer-encoding"))
_END = b"\r\n\r\n"
#: What no header holds, as uvicorn has it: with the end of a line in it, it would be two.
_CONTROL = bytes((*range(9), *range(10, 32), 127))


class Exchange(RequestResponseCycle):
    """uvicorn's, whose head waits for its body if it names how long that is: where the body comes
    in one piece, both are one write, of which each is a call of the system. Everything else is
    written as uvicorn does it.
    """

    #: A head that waits, and how many bytes of a body it names.
    _start: tuple[HTTPResponseStartEvent, int] | None = None

    def begin(self, app: ASGI3Application, loop: AbstractEventLoop, tasks: set[Task[None]]) -> None:
        """Let `app` answer, in a task that is among `tasks` until it has. uvicorn has the event
        loop tell it that, which costs half as much as the task does.
        """
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
            if len(body) == length and not message.get("more_body") and self._sent(start, body):
                return
            await super().send(start)
        await super().send(message)

    async def send_500_response(self) -> None:
        """Tell of a fault of ours in the words of every answer."""
        # uvicorn and starlette say the same of a message in other types
        await send_fault(self.scope, self.receive, self.send)  # type: ignore[arg-type]

    def _sent(self, start: HTTPResponseStartEvent, body: bytes) -> bool:
        """Whether the answer went out; it did not if there is more to it than its bytes."""
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
        self.transport.write(b"".join((STATUS_LINE[start["status"]], lines, _END, body)))
        self.message_event.set()
        self.on_response()
        return True


def _length(start: HTTPResponseStartEvent) -> int | None:
    """How long the body is that follows, if a head says so and nothing else of note."""
    named = dict(start.get("headers", ()))
    length = named.get(b"content-length")
    return int(length) if length is not None and _TELLING.isdisjoint(named) else None
