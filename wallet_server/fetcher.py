"""The only door to the web: it reaches public addresses and nothing else, and tells nothing.

What a name resolves to is checked at the moment of dialling, every address of the answer, and the
very address that was checked is dialled; a name that changes its answer in between gains nothing.
Each redirect is a new request that passes the same gate. A request carries no cookie, no referrer,
no language, and the same agent for everybody.
"""

from __future__ import annotations

import socket
import ssl
import zlib
from collections.abc import Awaitable, Callable, Iterable
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from types import TracebackType
from typing import Any
from urllib.parse import urljoin

import anyio
import httpcore2
from msgspec import Struct
from msgspec.structs import replace

from verifier.addresses import Address, read_address
from verifier.errors import Malformed
from verifier.model import Document, Request
from verifier.providers import is_closed
from wallet_server.public_addresses import is_public_address, is_public_name, literal
from wallet_server.version import VERSION

USER_AGENT = f"Touchstone/{VERSION} (badge verifier)"
PORTS = frozenset((80, 443))
REDIRECTS = 3
DAY = 24 * 3600
SECONDS = 10.0
LOOKUP_SECONDS = 3.0
#: Connections at once: dead hosts hold one each until the deadline.
CONNECTIONS = 256
#: Names that are looked up side by side. The system's resolver can't be hurried, and a name whose
#: servers keep silent holds a thread of its own for as long as it takes.
LOOKUPS = 128
#: Addresses of one name that are looked at, and of those the ones that are tried.
ANSWERS, TRIES = 64, 3
MEBIBYTE = 2**20
LIMIT, IMAGE_LIMIT = MEBIBYTE, 5 * MEBIBYTE
IMAGES = ("image/png", "image/svg+xml")

Resolve = Callable[[str, int], Awaitable[list[str]]]
Connect = Callable[[str, int], Awaitable[httpcore2.AsyncNetworkStream]]


class NotFetched(Exception):
    """A look-up that ended without an answer; `error` is a word of `Document.error`."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


class SystemResolver:
    """The addresses that this machine's resolver gives, asked in threads that are nobody else's:
    the event loop's own are so few that a handful of dead names would silence all others.
    """

    def __init__(self) -> None:
        self._threads = anyio.CapacityLimiter(LOOKUPS)

    async def __call__(self, host: str, port: int) -> list[str]:
        """Every address of `host`; who stops waiting leaves the thread behind."""
        return await anyio.to_thread.run_sync(
            _resolve, host, port, limiter=self._threads, abandon_on_cancel=True
        )


def _resolve(host: str, port: int) -> list[str]:
    answers = socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)
    return [str(answer[4][0]) for answer in answers]


async def connect_by_system(address: str, port: int) -> httpcore2.AsyncNetworkStream:
    """A TCP connection to an IP address."""
    return await httpcore2.AnyIOBackend().connect_tcp(address, port, timeout=SECONDS)


class ClosedInTime(httpcore2.AsyncNetworkStream):
    """A connection that is closed when its deadline passes within the TLS handshake, too: httpcore2
    forgets it then, and a host that takes connections and says nothing would pile them up here.
    """

    def __init__(self, stream: httpcore2.AsyncNetworkStream) -> None:
        self._stream = stream

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """As the stream does."""
        return await self._stream.read(max_bytes, timeout)

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """As the stream does."""
        await self._stream.write(buffer, timeout)

    async def aclose(self) -> None:
        """As the stream does."""
        await self._stream.aclose()

    async def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """As the stream does, and closed by whoever stops waiting."""
        try:
            return await self._stream.start_tls(ssl_context, server_hostname, timeout)
        except anyio.get_cancelled_exc_class():
            with anyio.CancelScope(shield=True):
                await self._stream.aclose()
            raise

    def get_extra_info(self, info: str) -> Any:  # noqa: ANN401 as httpcore2 has it
        """As the stream does."""
        return self._stream.get_extra_info(info)


class PublicWeb(httpcore2.AsyncNetworkBackend):
    """Dials a name only where each of its addresses is public, and dials the address it checked."""

    def __init__(self, resolve: Resolve, connect: Connect) -> None:
        self._resolve = resolve
        self._connect = connect

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to `host`, of which TLS and HTTP still see the name. Raises `NotFetched`."""
        if port not in PORTS:
            raise NotFetched("address")
        addresses = [host] if literal(host) is not None else await self._look_up(host, port)
        if not addresses or not all(is_public_address(address) for address in addresses):
            raise NotFetched("address" if addresses else "dns")
        for address in addresses[:TRIES]:
            try:
                return ClosedInTime(await self._connect(address, port))
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout, OSError):
                continue
        raise NotFetched("refused")

    async def _look_up(self, host: str, port: int) -> list[str]:
        if not is_public_name(host):
            raise NotFetched("address")
        try:
            with anyio.fail_after(LOOKUP_SECONDS):
                addresses = list(dict.fromkeys(await self._resolve(host, port)))
        except TimeoutError as error:
            raise NotFetched("dns") from error
        except (OSError, UnicodeError) as error:
            raise NotFetched("dns") from error
        if len(addresses) > ANSWERS:
            raise NotFetched("dns")
        return addresses


class _Answer(Struct, frozen=True):
    """What came back from one address, before any redirect is followed."""

    status: int
    content_type: str | None
    content: bytes
    location: str | None
    retry_at: datetime | None = None


class WebFetcher:
    """Answers look-ups from the public web. Used as an asynchronous context manager.

    `resolve` and `connect` stand for the machine's resolver and sockets, `tls` for its
    certificates.
    """

    def __init__(
        self,
        *,
        resolve: Resolve | None = None,
        connect: Connect = connect_by_system,
        tls: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._seconds = seconds
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=tls,
            max_connections=CONNECTIONS,
            keepalive_expiry=5.0,
            network_backend=PublicWeb(resolve or SystemResolver(), connect),
        )

    async def __aenter__(self) -> WebFetcher:
        await self._pool.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        await self._pool.__aexit__(kind, error, trace)

    async def fetch(self, request: Request) -> Document:
        """Answer `request`, redirects followed; a failure is a `Document` with `error` set."""
        at = datetime.now(UTC).replace(microsecond=0)
        failed = Document(url=request.url, at=at)
        try:
            with anyio.fail_after(self._seconds):
                return await self._follow(request, at)
        except NotFetched as error:
            return replace(failed, error=error.error)
        except (TimeoutError, httpcore2.TimeoutException):
            return replace(failed, error="timeout")
        except httpcore2.ConnectError as error:
            cause = error.__cause__ or error.__context__  # httpcore2 hides the cause, but keeps it
            return replace(failed, error="tls" if isinstance(cause, ssl.SSLError) else "refused")
        except (httpcore2.NetworkError, httpcore2.ProtocolError):
            return replace(failed, error="refused")

    async def _follow(self, request: Request, at: datetime) -> Document:
        try:
            address = read_address(request.url)
        except Malformed as error:
            raise NotFetched("address") from error
        for _ in range(REDIRECTS + 1):
            answer = await self._ask(address, request.accept)
            if answer.location is None:
                return Document(
                    url=request.url,
                    at=at,
                    status=answer.status,
                    content_type=answer.content_type,
                    content=answer.content,
                    final_url=address.url,
                    retry_at=answer.retry_at,
                )
            address = redirected(address, answer.location)
            if is_closed(address.url):
                return Document(request.url, at, final_url=address.url, error="closed")
        raise NotFetched("redirect")

    async def _ask(self, address: Address, accept: str) -> _Answer:
        if address.port not in PORTS:
            raise NotFetched("address")
        headers = [
            (b"Host", address.url.split("/", 3)[2].encode("ascii")),
            (b"User-Agent", USER_AGENT.encode("ascii")),
            (b"Accept", accept.encode("latin-1")),
            (b"Accept-Encoding", b"identity"),
        ]
        async with self._pool.stream("GET", _wire_url(address), headers=headers) as response:
            told = {
                name.decode("latin-1").lower(): value.decode("latin-1")
                for name, value in response.headers
            }
            if response.status in (301, 302, 303, 307, 308) and "location" in told:
                return _Answer(response.status, None, b"", told["location"])
            content_type = told.get("content-type")
            content = await _read(response, told, content_type)
            retry_at = _retry_at(response.status, told.get("retry-after"))
            return _Answer(response.status, content_type, content, None, retry_at)


def _retry_at(status: int, wanted: str | None) -> datetime | None:
    """When a host that turns visitors away wants to be asked again: seconds, or an HTTP date."""
    if status not in (429, 503) or not wanted:
        return None
    now = datetime.now(UTC).replace(microsecond=0)
    if wanted.isascii() and wanted.isdigit():
        return now + timedelta(seconds=min(int(wanted[:9]), DAY))
    try:
        moment = parsedate_to_datetime(wanted)
        return moment.astimezone(UTC) if moment.tzinfo is not None else None
    except (ValueError, OverflowError):
        return None


def redirected(address: Address, location: str) -> Address:
    """Where a redirect leads. Raises `NotFetched` for no web address, or a step down to http."""
    try:
        target = read_address(urljoin(address.url, location))
    except (Malformed, ValueError) as error:
        raise NotFetched("redirect") from error
    if address.scheme == "https" and target.scheme != "https":
        raise NotFetched("redirect")
    return target


def _wire_url(address: Address) -> httpcore2.URL:
    target = address.path if address.query is None else f"{address.path}?{address.query}"
    try:
        return httpcore2.URL(
            scheme=address.scheme.encode("ascii"),
            host=address.host.encode("ascii"),
            port=address.port,
            target=target.encode("ascii"),
        )
    except UnicodeEncodeError as error:  # RFC 3986 knows ASCII only
        raise NotFetched("address") from error


async def _read(
    response: httpcore2.Response, told: dict[str, str], content_type: str | None
) -> bytes:
    """The body, inflated where the server packed it though asked not to. Raises `NotFetched`."""
    media_type = (content_type or "").split(";", 1)[0].strip().lower()
    limit = IMAGE_LIMIT if media_type in IMAGES else LIMIT
    length = told.get("content-length", "")
    if length.isdigit() and int(length) > limit:
        raise NotFetched("too_large")
    encoding = told.get("content-encoding", "identity").strip().lower()
    if encoding not in ("identity", "", "gzip", "x-gzip", "deflate"):
        raise NotFetched("refused")
    inflate = zlib.decompressobj(wbits=47) if encoding not in ("identity", "") else None
    body = bytearray()
    async for chunk in response.aiter_stream():
        body += chunk if inflate is None else _inflated(inflate, chunk, limit + 1 - len(body))
        if len(body) > limit:
            raise NotFetched("too_large")
    if inflate is not None and not inflate.eof:
        raise NotFetched("refused")
    return bytes(body)


def _inflated(inflate: zlib._Decompress, chunk: bytes, limit: int) -> bytes:
    try:
        return inflate.decompress(chunk, limit)
    except zlib.error as error:
        raise NotFetched("refused") from error
