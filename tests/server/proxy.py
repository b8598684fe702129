"""A proxy in front of a server, as whoever runs one would have it: it speaks https to the world,
and http to us.
"""

from __future__ import annotations

import re
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import StreamRequestHandler, ThreadingTCPServer

import httpx2

from tests.server.certificates import Certified


@contextmanager
def proxied(
    behind: str, files: Certified, *, host: str | None = None, adds: bytes = b""
) -> Iterator[int]:
    """The port of a proxy in front of the server at `behind`, which passes each request on with the
    `Host` as it came, or with `host` in its place, and with `adds` among its headers.
    """
    name, _, port = behind.partition("://")[2].partition(":")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(files.certificate, files.key)

    class PassOn(StreamRequestHandler):
        """One request a connection."""

        def setup(self) -> None:
            self.request = tls.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def handle(self) -> None:
            lines = []
            while line := self.rfile.readline().rstrip(b"\r\n"):
                lines.append(line)
            head = b"\n".join(lines).lower()
            length = re.search(rb"\ncontent-length: (\d+)", head)
            body = self.rfile.read(int(length[1]) if length else 0)
            gone = (b"connection:", *([b"host:"] if host else []))
            kept = [line for line in lines if not line.lower().startswith(gone)]
            more = [f"Host: {host}".encode()] if host else []
            with socket.create_connection((name, int(port))) as inside:
                whole = [*kept, *more, *([adds] if adds else []), b"Connection: close", b"", body]
                inside.sendall(b"\r\n".join(whole))
                while piece := inside.recv(65536):
                    self.wfile.write(piece)

    class Listener(ThreadingTCPServer):
        daemon_threads = False

        def handle_error(self, request: object, client_address: object) -> None:
            """Whoever went away is gone."""

    with Listener(("127.0.0.1", 0), PassOn) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        try:
            yield int(server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def outsider(port: int, files: Certified, host: str) -> httpx2.Client:
    """Somebody out there, for whom `host` is behind that port."""
    return httpx2.Client(
        base_url=f"https://127.0.0.1:{port}",
        headers={"Host": host},
        trust_env=False,
        timeout=30,
        verify=files.trust,
    )
