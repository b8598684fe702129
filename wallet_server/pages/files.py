"""Badges as files to hand on: one page (HTML) that needs no server, or paper (PDF)."""

from __future__ import annotations

from functools import partial

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.files.giving import File, file_of
from wallet_server.files.making import Given
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.public import download
from wallet_server.pages.session import may_read
from wallet_server.pages.shares import PATH, drafted
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.sharing import draft as drafts
from wallet_server.sharing.draft import Draft
from wallet_server.store import shares
from wallet_server.verification import now

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
_NO_SHARE = Refusal(404, "not_found", "There is no such share.")
_SHARE = "{share:str}"
_KIND = "badges.{kind}"


async def send_badge(request: Request) -> Response:
    """`GET /wallet/{id}/badges.html` and `badges.pdf`: one badge, all of it, about nobody."""
    if not await may_read(request):
        raise _LOCKED
    return await sent(request, drafts.read([request.path_params["id"]], expires_at=None))


async def send_share(request: Request) -> Response:
    """`GET /wallet/shares/{share}/badges.html` and `badges.pdf`: what a share shows."""
    if not await may_read(request):
        raise _LOCKED
    return await sent(request, await share_of(request))


async def send_draft(request: Request) -> Response:
    """`POST /wallet/shares/badges.html` and `badges.pdf`: what a share would show, with no share
    made of it.
    """

    async def made(draft: Draft) -> Response:
        return _saved(await file_of(services(request), draft, request.path_params["kind"]))

    _checked(request)
    return await drafted(request, made)


async def share_of(request: Request) -> Given:
    """The owner's share of that id. Raises `Refusal`."""
    find = partial(shares.of_owner, services(request).database, request.path_params["share"], now())
    found = await anyio.to_thread.run_sync(find)
    if found is None:
        raise _NO_SHARE
    return found


async def sent(request: Request, given: Given) -> Response:
    """The file to be saved. Raises `Refusal`, saying why there is none."""
    _checked(request)
    try:
        return _saved(await file_of(services(request), given, request.path_params["kind"]))
    except Malformed as error:
        status = 404 if error.reason == "file.gone" else 409
        raise Refusal(status, error.reason, error.says) from error


def _checked(request: Request) -> None:
    if request.path_params["kind"] not in ("html", "pdf"):
        raise Refusal(404, "not_found", "There is nothing here.")


def _saved(file: File) -> Response:
    return download(file.content, file.name)


ROUTES: tuple[Route, ...] = (
    Route(f"/wallet/{CREDENTIAL}/{_KIND}", send_badge, methods=["GET"]),
    Route(f"{PATH}/{_SHARE}/{_KIND}", send_share, methods=["GET"]),
    Route(f"{PATH}/{_KIND}", send_draft, methods=["POST"]),
)
