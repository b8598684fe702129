"""`/api/receipts`: a check with a signed receipt, and a receipt replayed."""

from __future__ import annotations

from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import is_anew, read_one
from wallet_server.door import read_body, with_deadline
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
from wallet_server.services import services

_PAPER = "application/pdf"


async def make(request: Request) -> Response:
    """`POST /api/receipts`: verify as `/api/verify` does, and answer with the file of a receipt; as
    PDF for who accepts that.
    """
    parts = services(request)
    verified = (
        await (await read_one(request)).check(parts, request, anew=is_anew(request))
    ).verified
    if verified.error is not None:
        raise Refusal(422, verified.error.code, verified.error.says)
    if verified.report is None or verified.grounds is None:
        raise ValueError("a check without its grounds")
    return await _given(request, Offer(verified.report, verified.grounds))


async def of_wallets(request: Request) -> Response:
    """`POST /api/wallet/credentials/{id}/receipt`: check one of the wallet's anew, about nobody."""
    return await _given(request, await of_wallet(services(request), request.path_params["id"]))


async def of_challenges(request: Request) -> Response:
    """`GET /api/challenges/{id}/receipt`: of what was found when it was answered."""
    return await _given(request, await of_challenge(services(request), request.path_params["id"]))


async def _given(request: Request, draft: Draft | Offer) -> Response:
    parts = services(request)
    file = await signed_file(parts, [draft])
    if _PAPER in request.headers.get("accept", ""):
        return Response(await on_paper(parts, file), media_type=_PAPER)
    return Response(file.content, media_type="application/json")


async def replay(request: Request) -> Response:
    """`POST /api/receipts/replay`: what follows from the receipts in a file, and what differs."""
    parts = services(request)
    try:
        found = await replayed(parts, await _file(request))
    except Malformed as error:
        raise Refusal(422, error.reason, error.says) from error
    own = await own_did(parts)
    answer = {
        "own": own,
        "receipts": [{**one.as_object(), "own": one.receipt.by == own} for one in found],
    }
    return Response(wire.encoded(answer), media_type="application/json")


async def _file(request: Request) -> bytes:
    """The file: uploaded, or as the body itself. Raises `Refusal`."""
    try:
        if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
            return await read_body(request)
        form = await with_deadline(request.form(max_files=1, max_fields=1))
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        files = [value for value in form.values() if isinstance(value, UploadFile)]
        if len(files) != 1:
            raise Refusal(400, "source", "The form must bring one file.")
        return await files[0].read()
    finally:
        await form.close()


ROUTES: tuple[Route, ...] = (
    Route("/api/receipts", make, methods=["POST"]),
    Route("/api/receipts/replay", replay, methods=["POST"]),
    Route("/api/wallet/credentials/{id}/receipt", of_wallets, methods=["POST"]),
    Route("/api/challenges/{id}/receipt", of_challenges, methods=["GET"]),
)
