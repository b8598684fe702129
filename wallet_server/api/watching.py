"""The wallet's badges checked again, and what happened to them, for programs."""

from __future__ import annotations

from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_server import wire
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import events, wallet, watching
from wallet_server.verification import now
from wallet_server.watch.asked import number
from wallet_server.watch.looking import look_again
from wallet_server.watch.runner import watch


async def check_again(request: Request) -> Response:
    """`POST /api/wallet/credentials/{id}/check`: look at one now, past what is held from before."""
    parts, identifier = services(request), request.path_params["id"]
    kept = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    if kept is None:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.")
    looked = await look_again(parts, kept, now(), anew=True)
    after = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    return _json(
        {
            "id": kept.id,
            "report": (after or kept).report,
            "checked_at": (after or kept).checked_at,
            "postponed": wire.moment(looked.postponed),
            "why": looked.why,
            "changes": [
                {"code": one.code, "says": one.says, "detail": dict(one.detail)}
                for one in looked.changes
            ],
        }
    )


async def list_changes(request: Request) -> Response:
    """`GET /api/wallet/changes?before=`: the newest changes, or those before one, newest first."""
    before = request.query_params.get("before")
    start = None if before is None else number(before)
    database = services(request).database
    found = await anyio.to_thread.run_sync(lambda: events.page(database, before=start))
    older = found[-1].number if len(found) == events.PAGE else None
    return _json({"changes": [events.as_object(one) for one in found], "older": older})


async def check_all(request: Request) -> Response:
    """`POST /api/wallet/check`: let everything be due; the watch goes through it."""
    database = services(request).database
    count = await anyio.to_thread.run_sync(watching.ask_again, database, now())
    watch(request).wake()
    return _json({"due": count}, 202)


ROUTES = (
    Route("/api/wallet/credentials/{id}/check", check_again, methods=["POST"]),
    Route("/api/wallet/changes", list_changes, methods=["GET"]),
    Route("/api/wallet/check", check_all, methods=["POST"]),
)


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")
