"""Which credentials of the wallet are one award, and the owner's word on it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.lineage.shown import with_looks
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import lineage

_WORDS = {"same_as": lineage.join, "not_same_as": lineage.dismiss}


async def show_lineage(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/lineage`: the forms of its award, and suggestions."""
    return await _shown(request)


async def change_lineage(request: Request) -> Response:
    """`POST /api/wallet/credentials/{id}/lineage`: `{"same_as": id}` or `{"not_same_as": id}`."""
    body = await read_json(request)
    if len(body) != 1 or not set(body) <= set(_WORDS) or not _is_text(*body.values()):
        says = "Give one of “same_as” and “not_same_as”, the id of another credential."
        raise Refusal(400, "lineage", says)
    ((word, other),) = body.items()
    database, identifier = services(request).database, request.path_params["id"]
    await said(partial(_WORDS[word], database, identifier, other))
    return await _shown(request)


async def part_lineage(request: Request) -> Response:
    """`DELETE /api/wallet/credentials/{id}/lineage`: it is another award than what it is with."""
    database, identifier = services(request).database, request.path_params["id"]
    await said(partial(lineage.part, database, identifier))
    return await _shown(request)


async def said(does: Callable[[], None]) -> None:
    """Do what the owner said of a lineage. Raises `Refusal` where that can't be."""
    try:
        await anyio.to_thread.run_sync(does)
    except LookupError as error:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.") from error
    except Malformed as error:
        raise Refusal(409, error.reason.rpartition(".")[2], error.says) from error


async def _shown(request: Request) -> Response:
    parts, identifier = services(request), request.path_params["id"]
    try:
        found = await with_looks(parts.database, identifier, parts.bench.workers)
    except LookupError as error:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.") from error
    return Response(wire.encoded(found), media_type="application/json")


def _is_text(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


_PATH = "/api/wallet/credentials/{id}/lineage"
ROUTES = (
    Route(_PATH, show_lineage, methods=["GET"]),
    Route(_PATH, change_lineage, methods=["POST"]),
    Route(_PATH, part_lineage, methods=["DELETE"]),
)
