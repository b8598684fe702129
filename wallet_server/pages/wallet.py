"""The link that opens the owner's pages in a browser, once."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallet_server.pages.drawing import draw
from wallet_server.pages.session import remember
from wallet_server.services import services
from wallet_server.store import access
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
