"""The wallet's changes and ends for programs: whoever knows the address may read, nobody else."""

from __future__ import annotations

import hashlib
from datetime import datetime
from uuid import UUID

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import events, feeds
from wallet_server.store.ends import ends
from wallet_server.verification import now
from wallet_server.watch import atom

_NONE = Refusal(404, "not_found", "There is no such feed; its owner may have ended it.")


async def changes_feed(request: Request) -> Response:
    """`GET /feeds/{secret}/changes.atom`: the newest changes."""
    identifier = await _opened(request)
    newest = await anyio.to_thread.run_sync(events.page, services(request).database)
    own = f"{_origin(request)}{request.url.path}"
    content = atom.feed(newest, identifier=identifier, origin=_origin(request), own=own)
    return _answer(request, content, atom.MEDIA_TYPE)


async def ends_calendar(request: Request) -> Response:
    """`GET /feeds/{secret}/ends.ics`: a day for each badge that ends."""
    from wallet_server.watch import calendar  # not before a calendar is read: it loads slowly

    identifier = await _opened(request)
    found = await anyio.to_thread.run_sync(ends, services(request).database, now())
    content = calendar.calendar(found, identifier=identifier, origin=_origin(request))
    return _answer(request, content, f"{calendar.MEDIA_TYPE}; charset=utf-8")


ROUTES = (
    Route("/feeds/{secret}/changes.atom", changes_feed),
    Route("/feeds/{secret}/ends.ics", ends_calendar),
)


async def _opened(request: Request) -> UUID:
    """The feed's own identifier, which tells nothing of its secret. Raises `Refusal`."""
    moment: datetime = now()
    secret, database = request.path_params["secret"], services(request).database
    feed = await anyio.to_thread.run_sync(feeds.find, database, secret, moment)
    if feed is None:
        raise _NONE
    return UUID(bytes=hashlib.sha256(f"feed {feed.id}".encode()).digest()[:16], version=5)


def _answer(request: Request, content: bytes, media_type: str) -> Response:
    """The content, or nothing where the program has it already (RFC 9110, section 13.1.2)."""
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    return Response(content, media_type=media_type, headers=headers)


def _origin(request: Request) -> str:
    return f"{request.url.scheme}://{request.url.netloc}"
