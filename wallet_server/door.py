"""The door: what every request passes before any route runs.

In this order: the host it asks for, its framing, the interface version it speaks, where a browser
says it comes from, its token, the type and the size of what it brings. Pages of the web reach this
port too (any page can send to 127.0.0.1), so nothing here trusts a request for being local.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from wallet_server import outside
from wallet_server.marks import API_VERSION, PREFLIGHT, mark, marked
from wallet_server.outside import Outside, host_name
from wallet_server.refusals import (
    DETAILED,
    NOTHING,
    RAISED,
    UNREACHED,
    Refusal,
    refuse_raised,
    send_refusal,
)
from wallet_server.store.database import Database
from wallet_server.store.errors import OutOfReach
from wallet_server.store.grants import Grants
from wallet_server.verification import now

T = TypeVar("T")
Answer = Callable[[Request], Awaitable[Response]]
#: The largest body: a batch of pictures in base64. Pairing takes a few words, and the VC API, which
#: asks for no token, one credential and its options.
BODY_LIMIT, PAIRING_LIMIT, VC_API_LIMIT = 24 * 2**20, 4096, 5 * 2**20
#: A whole wallet, which may be brought back here; it may take longer to come in.
RESTORE_LIMIT, RESTORE_SECONDS = 512 * 2**20, 120.0
RESTORES = ("/api/wallet/restore", "/api/wallet/import", "/wallet/leave/restore")
#: A backup of another wallet with its pictures, or a list of people with their files.
BRINGS, BRING_LIMIT = ("/wallet/add", "/sweeps", "/api/sweeps"), 66 * 2**20
#: The head of a request: bytes of its address, how many headers, bytes of them.
ADDRESS_LIMIT, HEADERS, HEADERS_LIMIT = 8192, 100, 32768
#: In the state of a request whose body had come before anybody asked for it: that body.
WHOLE = "touchstone.body"
#: A body that has not come by then is not coming.
BODY_SECONDS = 10.0
PAIR = "/api/pair"
OPEN = frozenset(("/api/health", "/api/openapi.json", PAIR))
WRITES = frozenset(("POST", "PUT", "PATCH", "DELETE"))
_EXTENSION = re.compile(r"(?:chrome|moz)-extension://[a-z0-9-]{16,64}")
_TYPES = ("application/json", "multipart/form-data")


class Door:
    """The application around everything else; `allowed_hosts` are names without a port, `vc_api`
    the paths at which the W3C's VC API is open, where refusals are told in its words too. `public`
    is the origin under which a proxy lets others in, to what is public and nothing else. `straight`
    are routes by the path to which they are posted: they are asked for so often that they are
    answered here, as the application would, without its layers.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        database: Database,
        allowed_hosts: tuple[str, ...],
        vc_api: tuple[str, ...] = (),
        public: str | None = None,
        straight: Mapping[str, Answer] | None = None,
    ) -> None:
        self._app = app
        self._straight = straight or {}
        self._grants = Grants(database)
        self._hosts = frozenset(allowed_hosts)
        self._outside = Outside(public)
        self._limits = {
            PAIR: PAIRING_LIMIT,
            **dict.fromkeys(vc_api, VC_API_LIMIT),
            **dict.fromkeys(RESTORES, RESTORE_LIMIT),
            **dict.fromkeys(BRINGS, BRING_LIMIT),
        }
        self._detailed = frozenset(vc_api)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request in, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":  # a web socket: there are none here
            await send({"type": "websocket.close", "code": 1008})
            return
        scope[DETAILED] = scope["path"] in self._detailed
        headers = _headers(scope)
        paired = None
        try:
            self._check_host(scope, headers)
            _check_framing(scope, headers)
            paired = await self._paired(headers) if "origin" in headers else None
            if scope["method"] == "OPTIONS" and paired:
                allowed = Response(status_code=204, headers=PREFLIGHT)
                await allowed(scope, receive, marked(send, paired))
                return
            _check_version(headers)
            _check_origin(scope, headers, is_paired=paired is not None)
            await self._check_token(scope, headers)
            _check_type(scope, headers)
            limit = self._limit(scope, headers)
            if "transfer-encoding" in headers:  # its length is told by its end
                receive = _bounded(receive, limit)
        except Refusal as no:
            await send_refusal(scope, receive, marked(send, paired), no.status, no.code, no.says)
            return
        except OutOfReach as error:
            says = str(error)
            await send_refusal(scope, receive, marked(send, paired), 503, UNREACHED, says)
            return
        answer = self._straight.get(scope["path"]) if scope["method"] == "POST" else None
        if answer is None:
            await self._app(scope, receive, marked(send, paired))
            return
        scope["app"] = self._app
        request = Request(scope, receive, send)
        try:
            response = await answer(request)
        except RAISED as error:
            response = await refuse_raised(request, error)
        mark(response.raw_headers, paired)
        await response(scope, receive, send)

    def _check_host(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Against a name that some web page had rebound to this machine; and what comes from
        outside gets to what is public alone, whatever host its proxy names.
        """
        is_one = [name for name, _ in scope["headers"]].count(b"host") == 1
        name = host_name(headers["host"].lower()) if is_one else ""
        if self._outside.asks(name, headers):
            scope[outside.ORIGIN] = self._outside.origin
            scope["scheme"] = str(self._outside.origin).partition(":")[0]
            if not scope["path"].startswith(outside.PUBLIC):
                raise Refusal(404, *NOTHING)
            return
        if name not in self._hosts:
            says = "This server does not answer to that host name. Ask for 127.0.0.1."
            raise Refusal(400, "host", says)

    def _limit(self, scope: Scope, headers: Mapping[str, str]) -> int:
        """How much the request may bring. Raises `Refusal` where it says that it brings more."""
        limit = self._limits.get(scope["path"], BODY_LIMIT)
        if limit > BODY_LIMIT and media_type(headers) != _TYPES[1]:  # JSON is held in memory
            limit = BODY_LIMIT
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length[:20]) > limit:
            raise _too_large(limit)
        return limit

    async def _paired(self, headers: Mapping[str, str]) -> str | None:
        """The origin that the request comes from, if that is a paired extension."""
        origin = headers["origin"]
        if not _EXTENSION.fullmatch(origin):
            return None
        return origin if origin in await self._grants.paired_origins() else None

    async def _check_token(self, scope: Scope, headers: Mapping[str, str]) -> None:
        """Every address of the interface but the few open ones takes a token of its origin."""
        if not _takes_token(scope):
            return
        scheme, _, token = headers.get("authorization", "").partition(" ")
        grant = None
        if scheme.lower() == "bearer" and token:
            grant = await self._grants.use(token.strip(), now())
        if grant is None or grant.kind != "extension":
            says = "This needs a token. Pair the extension with the code from `touchstone pair`."
            raise Refusal(401, "token", says)
        if headers.get("origin", grant.origin) != grant.origin:
            raise Refusal(403, "origin", "This token was given to another program.")


def _headers(scope: Scope) -> dict[str, str]:
    """The headers of a request; of those that have a name in common the first."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        found.setdefault(name.decode("latin-1"), value.decode("latin-1"))
    return found


def _check_framing(scope: Scope, headers: Mapping[str, str]) -> None:
    """A request of one length, with a head of a reasonable size."""
    if "content-length" in headers and "transfer-encoding" in headers:
        raise Refusal(400, "framing", "A request has one length, not two.")
    if len(scope["raw_path"]) + len(scope["query_string"]) > ADDRESS_LIMIT:
        raise Refusal(414, "framing", "The address is longer than any of this server's.")
    lines = scope["headers"]
    if len(lines) > HEADERS or sum([len(value) for _, value in lines]) > HEADERS_LIMIT:
        raise Refusal(431, "framing", "The request has more headers than any browser sends.")


def _check_version(headers: Mapping[str, str]) -> None:
    asked = headers.get("x-touchstone-api", API_VERSION).strip()
    if asked != API_VERSION:
        says = f"This server speaks version {API_VERSION}. Update whichever of the two is older."
        raise Refusal(412, "version", says)


def _check_origin(scope: Scope, headers: Mapping[str, str], *, is_paired: bool) -> None:
    """Web pages get nothing; a paired extension, and a visitor's own navigation to a page, pass."""
    if is_paired:
        return
    origin = headers.get("origin")
    # one that was paired and no longer is brings its old token, and is told so by the next check
    if origin is not None and _EXTENSION.fullmatch(origin):
        shows_token = _takes_token(scope) and "authorization" in headers
        if scope["path"] == PAIR or shows_token:
            return
    # a page that lets nobody know where its visitors come from does not let us know either
    unsaid = scope["path"].startswith(outside.HANDED_ON) and origin == "null"
    is_own = origin is None or origin.lower() == own_origin(scope, headers)
    if not is_own and not unsaid:
        raise Refusal(403, "origin", "Web pages and unpaired extensions may not ask this server.")
    came = headers.get("sec-fetch-site", "none")
    if came in ("none", "same-origin"):
        return
    follows_link = (
        scope["method"] in ("GET", "HEAD")
        and headers.get("sec-fetch-mode") == "navigate"
        and headers.get("sec-fetch-dest") == "document"
        and not scope["path"].startswith("/api/")
    )
    if not follows_link and not outside.is_embedded(scope, headers):
        raise Refusal(403, "origin", "Other sites may not load from this server.")


def _takes_token(scope: Scope) -> bool:
    return scope["path"].startswith("/api/") and scope["path"] not in OPEN


def own_origin(scope: Scope, headers: Mapping[str, str]) -> str:
    """The origin of this server, as the request addresses it."""
    public = scope.get(outside.ORIGIN)
    return str(public) if public else f"{scope['scheme']}://{headers['host'].lower()}"


def _check_type(scope: Scope, headers: Mapping[str, str]) -> None:
    """JSON or a form with files, which no web page can send here without asking first."""
    length = headers.get("content-length", "0")
    brings = length.strip() != "0" or "transfer-encoding" in headers
    if scope["method"] not in WRITES or (scope["method"] == "DELETE" and not brings):
        return
    if media_type(headers) not in _TYPES:
        says = "Send JSON with Content-Type: application/json, or a file as multipart/form-data."
        raise Refusal(415, "content_type", says)


def media_type(headers: Mapping[str, str]) -> str:
    """What the body is said to be, without parameters; empty if nothing is said."""
    return headers.get("content-type", "").split(";", 1)[0].strip().lower()


def _bounded(receive: Receive, limit: int) -> Receive:
    """`receive`, which raises `Refusal` once the body is too large."""
    read = 0

    async def bounded() -> Message:
        nonlocal read
        message = await receive()
        if message["type"] == "http.request":
            read += len(message.get("body", b""))
            if read > limit:
                raise _too_large(limit)
        return message

    return bounded


def _too_large(limit: int) -> Refusal:
    return Refusal(413, "too_large", f"The request is over {limit // 1024} KiB.")


async def read_body(request: Request) -> bytes:
    """The body of a request. Raises `Refusal`, and `ClientDisconnect` if it never ends."""
    whole: bytes | None = request.scope.get("state", {}).get(WHOLE)
    return await with_deadline(request.body()) if whole is None else whole


async def with_deadline(reading: Awaitable[T], seconds: float = BODY_SECONDS) -> T:
    """The result of reading a body, which has a moment to come in. Raises `Refusal`."""
    try:
        async with asyncio.timeout(seconds):
            return await reading
    except TimeoutError as error:
        raise Refusal(408, "slow", "The request did not arrive in time. Send it again.") from error
