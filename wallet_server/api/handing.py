"""`/api/wallet/credentials/{id}/…`: the forms in which one badge is handed on."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed, NoCredential
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.handing.badge import Badge
from wallet_server.handing.giving import baked, found, shared
from wallet_server.handing.kit import as_object, kit_for
from wallet_server.handing.places import Place
from wallet_server.refusals import Refusal
from wallet_server.services import services


async def hand_on(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/hand-on`: the kit that leads to the award's own address;
    none where it has none, or does not hold.
    """
    badge = await found(services(request), request.path_params["id"])
    return _answer(badge, badge.place)


async def share(request: Request) -> Response:
    """`POST /api/wallet/credentials/{id}/hand-on`: the kit that leads to a share: `{"at": link}` to
    one that there is, `{}` to a new one.
    """
    body = await read_json(request)
    at = body.get("at")
    if not set(body) <= {"at"} or not (at is None or isinstance(at, str)):
        raise Refusal(400, "bad_request", "“at” is the link of a share; without it one is made.")
    parts = services(request)
    badge = await found(parts, request.path_params["id"])
    try:
        seen, place = await shared(parts, badge, at)
    except Malformed as error:
        raise Refusal(409, "share", error.says) from error
    return _answer(seen, place)


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


def _answer(badge: Badge, place: Place | None) -> Response:
    kit = None if place is None or badge.why is not None else kit_for(badge, place)
    return Response(wire.encoded(as_object(badge, kit)), media_type="application/json")


ROUTES: tuple[Route, ...] = (
    Route("/api/wallet/credentials/{id}/hand-on", hand_on, methods=["GET"]),
    Route("/api/wallet/credentials/{id}/hand-on", share, methods=["POST"]),
    Route("/api/wallet/credentials/{id}/baked", send_baked, methods=["GET"]),
)
