"""Badges as files to hand on: one page (HTML) that needs no server, or paper (PDF)."""

from __future__ import annotations

from functools import partial

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.files.giving import KINDS, File, file_of
from wallet_server.files.making import Given
from wallet_server.handing.codes import code
from wallet_server.handing.places import own_place
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.public import download, picture
from wallet_server.pages.session import may_read
from wallet_server.pages.shares import PATH, drafted
from wallet_server.refusals import NOTHING, Refusal
from wallet_server.services import services
from wallet_server.sharing import draft as drafts
from wallet_server.sharing.draft import Draft
from wallet_server.store import shares, wallet
from wallet_server.verification import now

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
_NOTHING = Refusal(404, *NOTHING)
_NO_SHARE = Refusal(404, "not_found", "There is no such share.")
#: What the paths of files end with.
NAMES = tuple(f"badges.{kind}" for kind in KINDS)


async def send_badge(request: Request) -> Response:
    """`GET /wallet/{id}/badges.html` and `badges.pdf`: one badge, all of it, about nobody."""
    if not await may_read(request):
        raise _LOCKED
    return await sent(request, drafts.read([request.path_params["id"]], expires_at=None))


async def send_share(request: Request) -> Response:
    """`GET /wallet/shares/{id}/badges.html` and `badges.pdf`: what a share shows."""
    if not await may_read(request):
        raise _LOCKED
    return await sent(request, await share_of(request))


async def send_draft(request: Request) -> Response:
    """`POST /wallet/shares/badges.html` and `badges.pdf`: what a share would show, with no share
    made of it.
    """

    async def made(draft: Draft) -> Response:
        return _saved(await file_of(services(request), draft, _kind(request)))

    return await drafted(request, made)


async def send_code(request: Request) -> Response:
    """`GET /wallet/{id}/code.svg`: the QR code that leads to a badge's own address, for its page
    as it is printed.
    """
    if not await may_read(request):
        raise _LOCKED
    find, identifier = wallet.find, request.path_params["id"]
    kept = await anyio.to_thread.run_sync(find, services(request).database, identifier)
    place = None if kept is None else own_place(kept.report)
    if place is None:
        raise _NOTHING
    return picture(code(place.address).svg, "image/svg+xml")


async def share_of(request: Request) -> Given:
    """The owner's share of that id. Raises `Refusal`."""
    find = partial(shares.of_owner, services(request).database, request.path_params["id"], now())
    found = await anyio.to_thread.run_sync(find)
    if found is None:
        raise _NO_SHARE
    return found


async def sent(request: Request, given: Given) -> Response:
    """The file to be saved. Raises `Refusal`, saying why there is none."""
    try:
        return _saved(await file_of(services(request), given, _kind(request)))
    except Malformed as error:
        status = 404 if error.reason == "file.gone" else 409
        raise Refusal(status, error.reason, error.says) from error


def _kind(request: Request) -> str:
    return request.url.path.rpartition(".")[2]


def _saved(file: File) -> Response:
    return download(file.content, file.name)


ROUTES: tuple[Route, ...] = (
    Route(f"/wallet/{CREDENTIAL}/code.svg", send_code, methods=["GET"]),
    *(Route(f"/wallet/{CREDENTIAL}/{name}", send_badge, methods=["GET"]) for name in NAMES),
    *(Route(f"{PATH}/{name}", send_draft, methods=["POST"]) for name in NAMES),
    *(Route(f"{PATH}/{{id}}/{name}", send_share, methods=["GET"]) for name in NAMES),
)
