"""The wallet's pages, for the browser that opened them with a link."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallet_server.pages.drawing import draw
from wallet_server.pages.public import picture
from wallet_server.pages.session import may_read, remember
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import access, wallet
from wallet_server.verification import now


async def open_wallet(request: Request) -> Response:
    """`GET /wallet/open/{ticket}`: remember this browser for half a day."""
    database, ticket = services(request).database, request.path_params["ticket"]
    token = await anyio.to_thread.run_sync(access.open_pages, database, ticket, now())
    if token is None:
        return draw("locked.html", 403, tried=True)
    response = RedirectResponse("/wallet", 303)
    remember(request, response, token)
    return response


async def wallet_list(request: Request) -> Response:
    """`GET /wallet`: everything in it, pictures first."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    entries = await anyio.to_thread.run_sync(wallet.entries, services(request).database)
    return draw("wallet.html", entries=entries, pictures=wallet.PICTURES)


async def wallet_badge(request: Request) -> Response:
    """`GET /wallet/{id}`: one badge, its five answers and what it says."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    kept = await _kept(request)
    return draw("badge.html", kept=kept, report=kept.report, pictures=wallet.PICTURES)


async def wallet_picture(request: Request) -> Response:
    """`GET /wallet/{id}/picture`: the picture it came baked into."""
    if not await may_read(request):
        raise Refusal(403, "locked", "Open the wallet first.")
    database, identifier = services(request).database, request.path_params["id"]
    found = await anyio.to_thread.run_sync(wallet.picture, database, identifier)
    if found is None:
        raise Refusal(404, "not_found", "It came without a picture.")
    return picture(*found)


async def _kept(request: Request) -> wallet.Kept:
    identifier = request.path_params["id"]
    kept = await anyio.to_thread.run_sync(wallet.find, services(request).database, identifier)
    if kept is None:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.")
    return kept
