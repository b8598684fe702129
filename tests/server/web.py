"""A web of our own for tests: a listener on loopback that the fetcher reaches by public addresses.

Names resolve to a documentation-free public address, and the socket that would go there is turned
to the listener: so every rule about addresses stays in force.
"""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import httpcore2
from msgspec import Struct, field

from wallet_server.fetcher import Resolve, WebFetcher

PUBLIC = "93.184.216.34"
Reply = Callable[[asyncio.StreamWriter], Awaitable[None]]


class FakeWeb(Struct):
    """Answers by address; keeps each request as it came, and which addresses were dialled."""

    replies: dict[str, bytes | Reply] = field(default_factory=dict)
    names: dict[str, list[str]] = field(default_factory=dict)
    requests: list[bytes] = field(default_factory=list)
    dialled: list[tuple[str, int]] = field(default_factory=list)
    port: int = 0

    async def resolve(self, host: str, port: int) -> list[str]:
        return self.names.get(host, [PUBLIC])

    async def connect(self, address: str, port: int) -> httpcore2.AsyncNetworkStream:
        self.dialled.append((address, port))
        return await httpcore2.AnyIOBackend().connect_tcp("127.0.0.1", self.port)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                self.requests.append(head)
                path = head.split(b" ")[1].decode("ascii")
                reply = self.replies.get(path, answer(b"", "404 Not Found"))
                if isinstance(reply, bytes):
                    writer.write(reply)
                    await writer.drain()
                else:
                    await reply(writer)
                if not isinstance(reply, bytes) or b"Connection: close" in reply:
                    break
        except (asyncio.IncompleteReadError, ConnectionError, ssl.SSLError):
            pass
        finally:
            writer.close()


def answer(body: bytes, status: str = "200 OK", **headers: str) -> bytes:
    """A whole answer; `content_type` and other headers are given with underscores."""
    given = {"Content_Length": str(len(body)), **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items()]
    return "\r\n".join([f"HTTP/1.1 {status}", *lines, "", ""]).encode("ascii") + body


@asynccontextmanager
async def fake_web(
    web: FakeWeb,
    *,
    tls: ssl.SSLContext | None = None,
    trust: ssl.SSLContext | None = None,
    resolve: Resolve | None = None,
    seconds: float = 10.0,
) -> AsyncIterator[WebFetcher]:
    """A fetcher for which `web` is the whole web; `tls` is the listener's side of TLS, `trust` the
    fetcher's, `resolve` stands for the web's own names.
    """
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0, ssl=tls)
    web.port = server.sockets[0].getsockname()[1]
    try:
        fetcher = WebFetcher(
            resolve=resolve or web.resolve, connect=web.connect, tls=trust, seconds=seconds
        )
        async with fetcher:
            yield fetcher
    finally:
        server.close()
