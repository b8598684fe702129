"""The wallet: verified before stored, kept as received, deleted with all that belongs to it."""

from __future__ import annotations

import base64
from typing import Any

import anyio
from msgspec.structs import asdict, replace
from starlette.requests import Request
from starlette.responses import Response

from wallet_server import wire
from wallet_server.api.asked import is_anew, read_one
from wallet_server.keeping import about_owner, keep
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import access, pictures, wallet
from wallet_server.verification import now

_GONE = Refusal(404, "not_found", "There is no such credential in the wallet.")


async def list_credentials(request: Request) -> Response:
    """`GET /api/wallet/credentials`: a line each, newest first."""
    entries = await anyio.to_thread.run_sync(wallet.entries, services(request).database)
    return _json({"credentials": [asdict(entry) for entry in entries]})


async def add_credential(request: Request) -> Response:
    """`POST /api/wallet/credentials`: 201 for a new one, 200 for one that is there already, 422 for
    what holds no credential.
    """
    parts = services(request)
    asked = await read_one(request)
    asked = replace(asked, context=await about_owner(parts, asked.context))
    checked = await asked.check(parts, request, anew=is_anew(request))
    report = checked.verified.report
    if report is None:
        return _json(checked.verified.as_object(), 422)
    kept, is_new = await keep(parts, checked, report)
    return _json(_whole(kept), 201 if is_new else 200)


async def get_credential(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}`: everything about one, its bytes in base64."""
    identifier = request.path_params["id"]
    kept = await anyio.to_thread.run_sync(wallet.find, services(request).database, identifier)
    if kept is None:
        raise _GONE
    return _json(_whole(kept))


async def delete_credential(request: Request) -> Response:
    """`DELETE /api/wallet/credentials/{id}`: it, its checks and its documents."""
    identifier, parts = request.path_params["id"], services(request)
    if not await anyio.to_thread.run_sync(wallet.discard, parts.database, identifier):
        raise _GONE
    parts.forget()
    return Response(status_code=204)


async def forget_pictures(request: Request) -> Response:
    """`DELETE /api/wallet/pictures`: how the pictures of badges outside the wallet looked."""
    await anyio.to_thread.run_sync(pictures.forget, services(request).database)
    return Response(status_code=204)


async def open_wallet(request: Request) -> Response:
    """`POST /api/wallet/open`: a path that opens the wallet's pages in a browser, once."""
    ticket = await anyio.to_thread.run_sync(access.new_ticket, services(request).database, now())
    return _json({"path": f"/wallet/open/{ticket}"})


def _whole(kept: wallet.Kept) -> dict[str, Any]:
    return {
        "id": kept.id,
        "saved_at": kept.saved_at,
        "source": kept.source,
        "media_type": kept.media_type,
        "credential": base64.b64encode(kept.content).decode("ascii"),
        "report": kept.report,
    }


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")
