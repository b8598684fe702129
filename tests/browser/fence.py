"""The browser's only way out: a proxy that leads the named hosts to a server on this machine.

Firefox has no rule for look-ups as Chromium has, so its requests go through here. Whatever is not
named gets no connection, and is kept for a test to look at.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from socketserver import StreamRequestHandler, ThreadingTCPServer

_REFUSED = b"HTTP/1.1 502 Not named\r\nConnection: close\r\n\r\n"


class Fence(ThreadingTCPServer):
    """`hosts` says which port of this machine stands for which `host:port` of the web."""

    daemon_threads = True

    def __init__(self, hosts: Mapping[str, int]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.hosts = dict(hosts)
        self.refused: list[str] = []
        self.open: set[socket.socket] = set()

    def lead(self, hosts: Mapping[str, int]) -> None:
        """Lead to these from now on. Connections from before are ended: browsers have spare ones
        at hand, and the next page would come from a server that is no longer meant.
        """
        self.hosts = dict(hosts)
        for connection in tuple(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

    @property
    def port(self) -> int:
        """Where the browser finds it."""
        return int(self.server_address[1])


class _Handler(StreamRequestHandler):
    server: Fence

    def handle(self) -> None:
        """RFC 9110, section 9.3.6: CONNECT host:port, then bytes both ways."""
        self.server.open.add(self.connection)
        with suppress(OSError):  # somebody hung up
            self._led()
        self.server.open.discard(self.connection)

    def _led(self) -> None:
        method, _, rest = self.rfile.readline(4096).decode("latin-1").partition(" ")
        target = rest.split(" ")[0]
        while self.rfile.readline(4096) not in (b"\r\n", b"\n", b""):
            pass
        if not method:
            return  # a spare connection that nobody used
        port = self.server.hosts.get(target) if method == "CONNECT" else None
        if port is None:
            self.server.refused.append(target)
            self.wfile.write(_REFUSED)
            return
        with socket.create_connection(("127.0.0.1", port)) as there:
            self.wfile.write(b"HTTP/1.1 200 Connected\r\n\r\n")
            back = threading.Thread(target=_pass_on, args=(there, self.connection), daemon=True)
            back.start()
            _pass_on(self.connection, there)
            back.join(timeout=5)


def _pass_on(one: socket.socket, other: socket.socket) -> None:
    try:
        while data := one.recv(65536):
            other.sendall(data)
        other.shutdown(socket.SHUT_WR)
    except OSError:
        return  # either side has gone: so has the connection


@contextmanager
def fence(hosts: Mapping[str, int]) -> Iterator[Fence]:
    """A running fence."""
    with Fence(hosts) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()
