"""One request and its answer, as uvicorn keeps them; an answer that is whole goes out as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

from wallet_server.marks import send_fault

if TYPE_CHECKING:
    from uvicorn._types import ASGISendEvent, HTTPResponseStartEvent

#: In a head that uvicorn writes, since something follows from them.
_TELLING = frozenset((b"connection", b"transfer-encoding"))


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
            if _names_length(message) and not self.response_started:
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
        lines = [STATUS_LINE[start["status"]]]
        length = -1
        for name, value in headers:
            if name in _TELLING:
                return b""
            if name == b"content-length":
                length = int(value)
            lines += (name, b": ", value, b"\r\n")
        head = b"".join(lines)
        # a value with the end of a line in it would be another header
        ends = len(headers) + 1
        is_sound = head.count(b"\r") == head.count(b"\n") == ends and b"\0" not in head
        return b"".join((head, b"\r\n", body)) if is_sound and length == len(body) else b""

    def _answer(self, whole: bytes) -> None:
        if self.disconnected:
            return
        self.response_started = self.response_complete = True
        self.waiting_for_100_continue = False
        self.transport.write(whole)
        self.message_event.set()
        self.on_response()


def _names_length(start: HTTPResponseStartEvent) -> bool:
    return any(name == b"content-length" for name, _ in start.get("headers", ()))
