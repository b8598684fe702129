"""`/api/wallet/credentials/{id}/…`: the forms in which one badge is handed on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import NoCredential
from wallet_server import wire
from wallet_server.handing.giving import baked, found
from wallet_server.handing.kit import as_object, kit_for
from wallet_server.refusals import Refusal
from wallet_server.services import services


async def hand_on(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/hand-on`: the kit that leads to the award's own address;
    none where it has none, or does not hold.
    """
    badge = await found(services(request), request.path_params["id"])
    kit = None if badge.place is None or badge.why is not None else kit_for(badge, badge.place)
    return Response(wire.encoded(as_object(badge, kit)), media_type="application/json")


async def send_baked(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/baked`: its picture with the badge in it."""
    parts = services(request)
    badge = await found(parts, request.path_params["id"])
    try:
        file = await baked(parts, badge)
    except NoCredential as error:
        raise Refusal(409, "no_file", error.says) from error
    name = f"badge-{badge.id[:8]}.{file.ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file.content, media_type="application/octet-stream", headers=headers)


ROUTES: tuple[Route, ...] = (
    Route("/api/wallet/credentials/{id}/hand-on", hand_on, methods=["GET"]),
    Route("/api/wallet/credentials/{id}/baked", send_baked, methods=["GET"]),
)
