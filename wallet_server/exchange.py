"""One request and its answer, as uvicorn keeps them; an answer that is whole goes out as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from wallet_server.marks import send_fault

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent, HTTPResponseStartEvent

#: In a head that uvicorn writes, since something follows from them.
_TELLING = frozenset((b"connection", b"transfer-encoding"))
_END = b"\r\n\r\n"


class Exchange(RequestResponseCycle):
    """uvicorn's, whose head waits for its body if it names how long that is: where the body comes
    in one piece, both are one write, of which each is a call of the system. Everything else is
    written as uvicorn does it.
    """

    _start: HTTPResponseStartEvent | None = None

    async def send(self, message: ASGISendEvent) -> None:
        """Take a part of the answer, and pass on what there is to pass on."""
        start, self._start = self._start, None
        if message["type"] == "http.response.start":
            if not self.response_started and _length(message) is not None:
                self._start = message
                return
        elif message["type"] == "http.response.body" and start is not None:
            body = message.get("body", b"")
            whole = b"" if message.get("more_body") else self._whole(start, body)
            if whole:
                self._answer(whole)
                return
            await super().send(start)
        await super().send(message)

    async def send_500_response(self) -> None:
        """Tell of a fault of ours in the words of every answer."""
        # uvicorn and starlette say the same of a message in other types
        await send_fault(self.scope, self.receive, self.send)  # type: ignore[arg-type]

    def _whole(self, start: HTTPResponseStartEvent, body: bytes) -> bytes:
        """The answer as it goes out, if there is nothing more to it; else empty."""
        if not self.keep_alive or self.flow.write_paused or self.scope["method"] == "HEAD":
            return b""
        headers = (*self.default_headers, *start.get("headers", ()))
        lines = b"\r\n".join([b": ".join(header) for header in headers])
        # a value with the end of a line in it would be another header
        ends = len(headers) - 1
        if not lines.count(b"\r") == lines.count(b"\n") == ends or b"\0" in lines:
            return b""
        if len(body) != _length(start):
            return b""
        return b"".join((STATUS_LINE[start["status"]], lines, _END, body))

    def _answer(self, whole: bytes) -> None:
        if self.disconnected:
            return
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.write(whole)
        self.message_event.set()
        self.on_response()


def _length(start: HTTPResponseStartEvent) -> int | None:
    """How long the body is that follows, if a head says so and nothing else of note."""
    named = dict(start.get("headers", ()))
    length = named.get(b"content-length")
    return int(length) if length is not None and _TELLING.isdisjoint(named) else None
