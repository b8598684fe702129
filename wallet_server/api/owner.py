"""Who the wallet's owner is, told and read by programs."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from verifier.model import Identity
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import owner


async def show_owner(request: Request) -> Response:
    """`GET /api/wallet/owner`: what the owner is known by."""
    return await _shown(request)


async def change_owner(request: Request) -> Response:
    """`PUT /api/wallet/owner`: `{"identifiers": [{"kind", "value"}]}`, for what there was."""
    body = await read_json(request)
    given = body.get("identifiers")
    if set(body) != {"identifiers"} or not isinstance(given, list):
        raise Refusal(
            400, "owner", "Give “identifiers”, a list of objects with “kind” and “value”."
        )
    try:
        every = [_identity(one) for one in given]
        database, now = services(request).database, datetime.now(UTC)
        await anyio.to_thread.run_sync(owner.replace, database, every, now)
    except Malformed as error:
        raise Refusal(400, "owner", error.says) from error
    return await _shown(request)


def _identity(given: object) -> Identity:
    whole = isinstance(given, dict) and set(given) == {"kind", "value"}
    if not isinstance(given, dict) or not whole or not all(_is_text(one) for one in given.values()):
        says = "Each of “identifiers” is an object with “kind” and “value”, both text."
        raise Malformed("owner.identifier", says)
    return owner.read(given["kind"], given["value"])


async def _shown(request: Request) -> Response:
    known = await anyio.to_thread.run_sync(owner.identities, services(request).database)
    value: dict[str, Any] = {
        "identifiers": [{"kind": one.kind, "value": one.value} for one in known]
    }
    return Response(wire.encoded(value), media_type="application/json")


def _is_text(value: object) -> bool:
    return isinstance(value, str)


ROUTES = (
    Route("/api/wallet/owner", show_owner, methods=["GET"]),
    Route("/api/wallet/owner", change_owner, methods=["PUT"]),
)
