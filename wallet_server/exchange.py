"""One request and its answer, as uvicorn keeps them; an answer that is whole goes out as one, at
the end of the event loop's turn: to wake who waits for it takes the system longer than to send, and
of those who are answered one after another the first alone has to be woken.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from wallet_server.marks import send_fault

if TYPE_CHECKING:
    from asyncio import AbstractEventLoop, Task
    from collections.abc import Callable

    from uvicorn._types import (
        ASGI3Application,
        ASGIReceiveCallable,
        ASGISendCallable,
        ASGISendEvent,
        HTTPResponseStartEvent,
        Scope,
    )

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
    #: An answer that is ready and not written, and what comes after it.
    _whole: tuple[bytes, Callable[[], None]] | None = None

    def begin(self, app: ASGI3Application, loop: AbstractEventLoop, tasks: set[Task[None]]) -> None:
        """Let `app` answer, in a task that is among `tasks` until it has. uvicorn has the event
        loop tell it that, which costs half as much as the task does.
        """
        self._app, self._loop = app, loop
        self._task = loop.create_task(self._answer(tasks))
        tasks.add(self._task)

    async def _answer(self, tasks: set[Task[None]]) -> None:
        try:
            await self.run_asgi(self._run)  # which tells of all that is raised but being ended
        finally:
            tasks.discard(self._task)

    async def _run(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        try:
            await self._app(scope, receive, send)
        except BaseException:
            self.finish()  # since uvicorn closes the connection
            raise

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
        whole, self._whole = self._whole, None
        if whole is None:
            return
        answer, then = whole
        self.transport.write(answer)
        self.message_event.set()
        then()

    def _took(self, start: HTTPResponseStartEvent, body: bytes) -> bool:
        """Whether the answer is ready; it is not if there is more to it than its bytes."""
        if not self.keep_alive or self.flow.write_paused or self.transport.is_closing():
            return False
        headers = (*self.default_headers, *start.get("headers", ()))
        lines = b"\r\n".join([b": ".join(header) for header in headers])
        ends = 2 * (len(headers) - 1)
        is_sound = len(lines.translate(None, _CONTROL)) == len(lines) - ends
        if not is_sound or self.scope["method"] == "HEAD":
            return False
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        answer = b"".join((STATUS_LINE[start["status"]], lines, _END, body))
        self._whole = answer, self.on_response  # which uvicorn forgets with the application's end
        self._loop.call_soon(self.finish)
        return True


def _length(start: HTTPResponseStartEvent) -> int | None:
    """How long the body is that follows, if a head says so and nothing else of note."""
    named = dict(start.get("headers", ()))
    length = named.get(b"content-length")
    return int(length) if length is not None and _TELLING.isdisjoint(named) else None
