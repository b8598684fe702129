"""HTTP/1.1 as uvicorn speaks it, and stricter: a head is looked at whole before it is parsed.

Half-sent ones do not hold a connection for ever. Lines end in CRLF and nothing else (RFC 9112,
section 2.2, lets a server take a bare LF, and two readers then see two requests), each stands for
itself, and what is asked for is a path here. One request is worked on at a time: what comes behind
it waits unread. Upgrades are not spoken (RFC 9110, section 7.8, leaves that to the server), so a
wish for one gets another name: the parser would take what follows it for another language. What
can't be parsed is refused in the same words as everything else.
"""

from __future__ import annotations

import asyncio
import re
from urllib.parse import unquote

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from wallet_server.door import WHOLE
from wallet_server.exchange import Exchange

HEADER_SECONDS = 10.0
#: Bytes of a head, and of what may come of a chunked body without any of its content.
HEAD_LIMIT = 16 * 1024
_END = b"\r\n\r\n"
_FIRST_LINE = re.compile(rb"(?!CONNECT )[A-Z]{1,20} /[!\"$-~]* HTTP/1\.[01]\r\n")
_UPGRADE, _UNHEARD = re.compile(rb"\r\nupgrade:", re.I), b"\r\nunheard:"
_BODY = b'{"error": {"code": "framing", "says": "This is not HTTP that can be read."}}'
_REFUSAL = b"\r\n".join(
    (
        b"HTTP/1.1 400 Bad Request",
        b"content-type: application/json",
        b"x-content-type-options: nosniff",
        b"x-touchstone: 1",
        b"connection: close",
        b"content-length: %d" % len(_BODY),
        b"",
        _BODY,
    )
)


class _Unreadable(Exception):
    """What is not HTTP that can be read."""


class PatientProtocol(HttpToolsProtocol):
    """uvicorn's protocol; a connection without a whole request head is closed after a while."""

    #: The last request and its answer; `None` before the first.
    cycle: Exchange
    #: When it is closed unless something happens, by the loop's clock; `None` during a request.
    _due: float | None = None
    #: Looks now and then whether it is due: a timer of its own for each request costs more.
    _timer: asyncio.TimerHandle | None = None
    #: Whether nothing came since the last answer.
    _is_idle: bool = False
    #: What came and was not looked at yet.
    _rest: bytes = b""
    #: Bytes of a body that are still to come; `None` while its end is in itself (chunked).
    _left: int | None = 0
    #: How many they were; less than none of a chunked body.
    _length: int = 0
    #: Bytes of a chunked body since the last that were content, and whether it has ended.
    _around: int = 0
    _is_last: bool = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start waiting for the first request."""
        super().connection_made(transport)
        self._wait(HEADER_SECONDS)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is awaited any more."""
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._rest = b""
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read on, as far as can be."""
        self._finish()
        self._rest = self._rest + data if self._rest else data
        self._read_on()

    def eof_received(self) -> None:
        """Nothing more will be asked here; asyncio closes the connection."""
        self._finish()

    def shutdown(self) -> None:
        """Close the connection, once what is being answered is."""
        self._finish()
        super().shutdown()

    def on_response_complete(self) -> None:
        """Go on with what came behind the request that was answered."""
        self.server_state.total_requests += 1
        if self.transport.is_closing():
            return
        self.flow.resume_reading()
        self._is_idle = True
        if self._rest:
            self._read_on()
        else:
            self._wait(self.timeout_keep_alive)

    def _read_on(self) -> None:
        try:
            while self._rest and not self._is_last:
                if self._left == 0:
                    if self._is_busy():
                        self.flow.pause_reading()
                        return
                    if not self._read_head():
                        return
                else:
                    self._read_body()
        except (_Unreadable, httptools.HttpParserError, httptools.HttpParserUpgrade):
            self._refuse()

    def _read_head(self) -> bool:
        """Read the next request's head; whether it is there."""
        end = self._rest.find(_END)
        head = self._rest if end < 0 else self._rest[: end + len(_END)]
        if len(head) > HEAD_LIMIT or head.count(b"\n") != head.count(b"\r\n") or head[0] <= 0x20:
            raise _Unreadable
        if end < 0:
            if self._is_idle:
                self._is_idle = False
                self._wait(HEADER_SECONDS)
            return False
        if not _FIRST_LINE.match(head) or b"\r\n " in head or b"\r\n\t" in head:
            raise _Unreadable
        self._rest = self._rest[len(head) :]
        self._due = None
        self.parser.feed_data(_UPGRADE.sub(_UNHEARD, head))
        return True

    def _read_body(self) -> None:
        """Read what has come of a body."""
        if self._left is None:
            self._read_chunks()
            return
        data, self._rest = self._rest[: self._left], self._rest[self._left :]
        self._left -= len(data)
        self.parser.feed_data(data)
        if not self._is_busy():  # nobody waits for it any more, but it is on its way
            self._wait(self.timeout_keep_alive)

    def _read_chunks(self) -> None:
        """Read what has come of a body whose end only the parser knows: it is a connection's last,
        so what stands behind it is nothing that was asked.
        """
        data, self._rest = self._rest[:HEAD_LIMIT], self._rest[HEAD_LIMIT:]
        self._around += len(data)
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserError:
            if not self._is_last:
                raise
        if self._around > HEAD_LIMIT:
            raise _Unreadable

    def on_message_begin(self) -> None:
        """A head begins; none does behind a chunked body."""
        if self._left is None:
            raise _Unreadable
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        """One line of a head, without the blanks behind it."""
        name, value = name.lower(), value.rstrip(b" \t")
        if name == b"expect" and value.lower() == b"100-continue":
            self.expect_100_continue = True
        self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        """Note how long the body is, and begin to answer."""
        version = self.parser.get_http_version()
        for name, value in self.headers:
            if name == b"content-length":
                self._left = int(value)
            elif name == b"transfer-encoding":
                if value.lower() != b"chunked" or version != "1.1":
                    raise _Unreadable
                self._left = None
        self._length = -1 if self._left is None else self._left
        self.headers = []  # where what follows a chunked body goes, which is none of its head
        raw_path, _, query = self.url.partition(b"?")
        path = raw_path.decode("ascii")
        self.scope["method"] = self.parser.get_method().decode("ascii")
        self.scope["http_version"] = version
        self.scope["path"] = unquote(path) if "%" in path else path
        self.scope["raw_path"] = raw_path
        self.scope["query_string"] = query
        keep_alive = version == "1.1" and self._left is not None and self.parser.should_keep_alive()
        self.cycle = Exchange(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=self.access_log,
            default_headers=self.server_state.default_headers,
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=keep_alive,
            on_response=self.on_response_complete,
        )
        self.cycle.begin(self.app, self.loop, self.tasks)

    def on_body(self, body: bytes) -> None:
        """A piece of a body."""
        self._around = 0
        super().on_body(body)

    def on_message_complete(self) -> None:
        """The end of a body."""
        self._is_last = self._left is None
        if len(self.cycle.body) == self._length:
            self.scope["state"][WHOLE] = bytes(self.cycle.body)
        super().on_message_complete()

    def _refuse(self) -> None:
        """Refuse and close; once an answer has begun there is only closing."""
        self._rest = b""
        if not self._is_busy() or not self.cycle.response_started:
            self.transport.write(_REFUSAL)
        if self._is_busy():
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self.transport.close()

    def _finish(self) -> None:
        """Write the last answer if that waits for the turn's end: something comes after it."""
        cycle: Exchange | None = self.cycle
        if cycle is not None:
            cycle.finish()

    def _is_busy(self) -> bool:
        """Whether a request is being answered."""
        cycle: Exchange | None = self.cycle
        return cycle is not None and not cycle.response_complete

    def _wait(self, seconds: float) -> None:
        """Give what comes next that long."""
        self._due = self.loop.time() + seconds
        if self._timer is not None and self._timer.when() > self._due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer = self.loop.call_at(self._due, self._look)

    def _look(self) -> None:
        """Close the connection if it is due, or look again."""
        now = self.loop.time()
        due = self._due or now + HEADER_SECONDS
        if due > now:
            self._timer = self.loop.call_at(due, self._look)
            return
        self._timer = None
        if not self.transport.is_closing():
            self.transport.close()
