"""Signed receipts of checks: taking one, and having one replayed."""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.public import download
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.receipts.making import Draft
from wallet_server.receipts.offered import Offer
from wallet_server.receipts.web import (
    of_challenge,
    of_wallet,
    on_paper,
    own_did,
    replayed,
    signed_file,
)
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
_GONE = Refusal(
    404,
    "not_found",
    "This check is not held any more: a receipt can be had for an hour. Check the badge again.",
)


async def show_receipts(request: Request) -> Response:
    """`GET /receipts`: whose key signs, and the form that replays a receipt."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _page(request)


async def replay_file(request: Request) -> Response:
    """`POST /receipts`: what follows from the receipts in a file."""
    form = await read_form(request)
    try:
        file = form.get("file")
        content = await file.read() if isinstance(file, UploadFile) else b""
    finally:
        await form.close()
    if not content:
        return await _page(request, 400, wrong="Choose a receipt first.")
    try:
        found = await replayed(services(request), content)
    except Malformed as error:
        return await _page(request, 422, wrong=f"Refused. {error.says}")
    shown = [one.as_object() | {"name": one.name} for one in found]
    return await _page(request, found=shown)


async def take_wallets(request: Request) -> Response:
    """`POST /wallet/{id}/receipt`: check a badge of the wallet anew, about nobody, and
    offer a receipt of that.
    """
    await (await read_form(request)).close()
    parts = services(request)
    name = parts.offered.put(await of_wallet(parts, request.path_params["id"]))
    return RedirectResponse(f"/receipts/{name}", 303)


async def show_offer(request: Request) -> Response:
    """`GET /receipts/{name}`: a check of which a receipt may be had."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    offer, name = _offer(services(request), request), request.path_params["name"]
    return draw("receipt.html", name=name, report=wire.report_object(offer.report))


async def save_json(request: Request) -> Response:
    """`GET /receipts/{name}.json`: the receipt, signed now."""
    if not await may_read(request):
        raise _LOCKED
    return await _json(request, _offer(services(request), request))


async def save_pdf(request: Request) -> Response:
    """`GET /receipts/{name}.pdf`: the same on paper."""
    if not await may_read(request):
        raise _LOCKED
    return await _pdf(request, _offer(services(request), request))


async def save_answers_json(request: Request) -> Response:
    """`GET /receipts/asked/{id}.json`: the receipt of an answered challenge, signed now."""
    return await _json(request, await _answered(request))


async def save_answers_pdf(request: Request) -> Response:
    """`GET /receipts/asked/{id}.pdf`: the same on paper."""
    return await _pdf(request, await _answered(request))


async def _answered(request: Request) -> Draft:
    """What was kept when the challenge was answered. Raises `Refusal`."""
    if not await may_read(request):
        raise _LOCKED
    return await of_challenge(services(request), request.path_params["id"])


def _offer(parts: Services, request: Request) -> Offer:
    found = parts.offered.find(request.path_params["name"])
    if found is None:
        raise _GONE
    return found


async def _json(request: Request, draft: Draft | Offer) -> Response:
    file = await signed_file(services(request), [draft])
    return download(file.content, "receipt.json")


async def _pdf(request: Request, draft: Draft | Offer) -> Response:
    parts = services(request)
    return download(await on_paper(parts, await signed_file(parts, [draft])), "receipt.pdf")


async def _page(request: Request, status: int = 200, **shown: Any) -> Response:  # noqa: ANN401 - for the template
    own = await own_did(services(request))
    page = draw("receipts.html", status, key=form_key(request), own=own, **shown)
    return with_forms(page)


_NAME = "/receipts/{name:str}"
ROUTES: tuple[Route, ...] = (
    Route("/receipts", show_receipts, methods=["GET"]),
    Route("/receipts", replay_file, methods=["POST"]),
    Route(f"/wallet/{CREDENTIAL}/receipt", take_wallets, methods=["POST"]),
    Route("/receipts/asked/{id:str}.json", save_answers_json),
    Route("/receipts/asked/{id:str}.pdf", save_answers_pdf),
    Route(f"{_NAME}.json", save_json),
    Route(f"{_NAME}.pdf", save_pdf),
    Route(_NAME, show_offer),
)
