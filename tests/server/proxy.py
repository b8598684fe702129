"""A proxy in front of a server, as whoever runs one would have it: it speaks https to the world,
and http to us.
"""

from __future__ import annotations

import asyncio
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2

from tests.server.certificates import Certified


class Proxy:
    """It passes each request on with the `Host` as it came, or with `host` in its place, and with
    `adds` among its headers.
    """

    def __init__(self, behind: str, files: Certified, host: str | None, adds: bytes) -> None:
        self._behind = behind.partition("://")[2].split(":")
        self._files = files
        self._host, self._adds = host, adds
        self.port = 0

    async def serve(self) -> asyncio.Server:
        """Listen."""
        tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        tls.load_cert_chain(self._files.certificate, self._files.key)
        server = await asyncio.start_server(self._pass_on, "127.0.0.1", 0, ssl=tls)
        self.port = server.sockets[0].getsockname()[1]
        return server

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One request a connection."""
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            lines = [
                line
                for line in head[:-4].split(b"\r\n")
                if not line.lower().startswith(b"connection:")
                and not (self._host and line.lower().startswith(b"host:"))
            ]
            lines += [b"Connection: close", *filter(None, [self._adds])]
            lines += [f"Host: {self._host}".encode()] if self._host else []
            answers, asks = await asyncio.open_connection(self._behind[0], int(self._behind[1]))
            asks.write(b"\r\n".join([*lines, b"", b""]))
            sending = asyncio.create_task(_copy(reader, asks))
            await _copy(answers, writer)
            sending.cancel()
            asks.close()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


async def _copy(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while piece := await reader.read(65536):
        writer.write(piece)
        await writer.drain()


@contextmanager
def proxied(
    behind: str, files: Certified, *, host: str | None = None, adds: bytes = b""
) -> Iterator[int]:
    """The port of a proxy in front of the server at `behind`."""
    loop, proxy = asyncio.new_event_loop(), Proxy(behind, files, host, adds)
    server = loop.run_until_complete(proxy.serve())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        yield proxy.port
    finally:
        loop.call_soon_threadsafe(server.close)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        for task in asyncio.all_tasks(loop):
            task.cancel()
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()


def outsider(port: int, files: Certified, host: str) -> httpx2.Client:
    """Somebody out there, for whom `host` is behind that port."""
    return httpx2.Client(
        base_url=f"https://127.0.0.1:{port}",
        headers={"Host": host},
        trust_env=False,
        timeout=30,
        verify=files.trust,
    )
