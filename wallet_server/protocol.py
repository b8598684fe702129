"""HTTP/1.1 as uvicorn speaks it, with three things more: half-sent headers do not hold a connection
for ever, a head's lines end in CRLF and nothing else (RFC 9112, section 2.2, lets a server take a
bare LF, and two readers then see two requests), and what can't be parsed is refused in the same
words as everything else.
"""

from __future__ import annotations

import asyncio
import re

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

HEADER_SECONDS = 10.0
_BARE_LF = re.compile(rb"(?<!\r)\n")
_BODY = b'{"error": {"code": "framing", "says": "This is not HTTP that can be read."}}'


class PatientProtocol(H11Protocol):
    """uvicorn's protocol; a connection without a whole request head is closed after a while."""

    _head_timer: asyncio.TimerHandle | None = None
    _seen: bytes = b""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start waiting for the first request."""
        super().connection_made(transport)
        self._await_head()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        self._stop_waiting()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, unless a line of the head ends in a bare LF."""
        text, start = self._seen + data, len(self._seen)
        self._seen = text[-3:]  # a line's end, and the head's, may be cut in two
        if self.conn.their_state is h11.IDLE:
            head = text.partition(b"\r\n\r\n")[0]
            if _BARE_LF.search(text, start, max(start, len(head))):
                self.send_400_response("")
                return
        super().data_received(data)

    def handle_events(self) -> None:
        """Read on; between two requests the wait starts anew."""
        super().handle_events()
        if self.conn.their_state is not h11.IDLE:
            self._stop_waiting()
        elif self._head_timer is None:
            self._await_head()

    def send_400_response(self, msg: str) -> None:
        """Refuse and close; once an answer has begun there is only closing."""
        if self.conn.our_state not in (h11.IDLE, h11.SEND_RESPONSE):
            self.transport.close()
            return
        headers: list[tuple[bytes, bytes]] = [
            (b"content-type", b"application/json"),
            (b"x-content-type-options", b"nosniff"),
            (b"x-touchstone", b"1"),
            (b"connection", b"close"),
            (b"content-length", str(len(_BODY)).encode("ascii")),
        ]
        reason = b"Bad Request"
        response = h11.Response(status_code=400, headers=headers, reason=reason)
        for event in (response, h11.Data(data=_BODY), h11.EndOfMessage()):
            self.transport.write(self.conn.send(event) or b"")
        self.transport.close()

    def _await_head(self) -> None:
        self._head_timer = self.loop.call_later(HEADER_SECONDS, self._give_up)

    def _stop_waiting(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _give_up(self) -> None:
        self._head_timer = None
        if not self.transport.is_closing():
            self.transport.close()
