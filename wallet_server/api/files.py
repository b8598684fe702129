"""Badges as files to hand on, for programs."""

from __future__ import annotations

from functools import partial

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.api.asked import read_json
from wallet_server.api.shares import draft_of
from wallet_server.pages.files import NAMES, sent, share_of
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.sharing import draft as drafts


async def send_badge(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/badges.html` and `badges.pdf`: one badge, all of it."""
    return await sent(request, drafts.read([request.path_params["id"]], expires_at=None))


async def send_share(request: Request) -> Response:
    """`GET /api/wallet/shares/{id}/badges.html` and `badges.pdf`: what a share shows."""
    return await sent(request, await share_of(request))


async def send_draft(request: Request) -> Response:
    """`POST /api/wallet/shares/badges.html` and `badges.pdf`: what the share that is asked for
    would show, with no share made of it.
    """
    asked = await read_json(request)
    read = partial(draft_of, services(request).database, asked)
    try:
        draft = await anyio.to_thread.run_sync(read)
    except Malformed as error:
        raise Refusal(400, error.reason, error.says) from error
    return await sent(request, draft)


_BADGE, _SHARES = "/api/wallet/credentials/{id}", "/api/wallet/shares"
ROUTES: tuple[Route, ...] = (
    *(Route(f"{_BADGE}/{name}", send_badge, methods=["GET"]) for name in NAMES),
    *(Route(f"{_SHARES}/{name}", send_draft, methods=["POST"]) for name in NAMES),
    *(Route(f"{_SHARES}/{{id}}/{name}", send_share, methods=["GET"]) for name in NAMES),
)
