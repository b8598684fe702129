"""Handing one badge on: code, signature for e-mail, embedding, links, baked file."""

from __future__ import annotations

import base64

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed, NoCredential
from wallet_server.handing.badge import Badge
from wallet_server.handing.giving import baked, found, shared
from wallet_server.handing.kit import Kit, kit_for
from wallet_server.handing.places import Place
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.public import download
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
#: Letters of a link.
_LINK = 1000
_POLICY = "Content-Security-Policy"


async def show(request: Request) -> Response:
    """`GET /wallet/{id}/hand-on`: what leads to the award's own address, where it has one."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    badge = await found(services(request), request.path_params["id"])
    return await _drawn(request, badge, badge.place)


async def share(request: Request) -> Response:
    """`POST /wallet/{id}/hand-on`: the same, leading to a share: the one whose link is `at`, or,
    without, a new one.
    """
    form = await read_form(request, files=0, text=_LINK)
    at = form.get("at")
    await form.close()
    parts = services(request)
    badge = await found(parts, request.path_params["id"])
    try:
        seen, place = await shared(parts, badge, at if isinstance(at, str) else None)
    except Malformed as error:
        return await _drawn(request, badge, badge.place, 400, wrong=error.says)
    return await _drawn(request, seen, place, is_new=not at)


async def send_baked(request: Request) -> Response:
    """`GET /wallet/{id}/baked`: its picture with the badge in it, to be saved."""
    if not await may_read(request):
        raise _LOCKED
    parts = services(request)
    badge = await found(parts, request.path_params["id"])
    try:
        file = await baked(parts, badge)
    except NoCredential as error:
        return await _drawn(request, badge, badge.place, 409, wrong=error.says)
    return download(file.content, f"badge-{badge.id[:8]}.{file.ending}")


async def _drawn(
    request: Request,
    badge: Badge,
    place: Place | None,
    status: int = 200,
    *,
    wrong: str | None = None,
    is_new: bool = False,
) -> Response:
    kit = None if place is None or badge.why is not None else kit_for(badge, place)
    drawn = draw(
        "hand_on.html",
        status,
        badge=badge,
        kit=kit,
        data={} if kit is None else _data(kit),
        wrong=wrong,
        is_new=is_new,
        public=services(request).public,
        key=form_key(request),
    )
    page = with_forms(drawn)
    policy = page.headers[_POLICY].replace("img-src 'self'", "img-src 'self' data:")
    page.headers[_POLICY] = f"{policy}; script-src 'self'"
    return page


def _data(kit: Kit) -> dict[str, str]:
    """The kit's files as addresses that hold them, so that nothing is asked for again: the secret
    part of a share's address is known only while this page is drawn.
    """
    files = {
        "svg": ("image/svg+xml", kit.code.svg),
        "png": ("image/png", kit.code.png),
        "html": ("text/html;charset=utf-8", _document(kit.signature.html)),
    }
    return {
        name: f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"
        for name, (kind, content) in files.items()
    }


def _document(signature: str) -> bytes:
    """A page with the signature and nothing else, to be opened and copied from."""
    return f'<!doctype html><meta charset="utf-8"><title>Signature</title>{signature}'.encode()


ROUTES = (
    Route(f"/wallet/{CREDENTIAL}/hand-on", show, methods=["GET"]),
    Route(f"/wallet/{CREDENTIAL}/hand-on", share, methods=["POST"]),
    Route(f"/wallet/{CREDENTIAL}/baked", send_baked, methods=["GET"]),
)
