"""Pairing: the code in the terminal becomes a token, once the server has proved it knows it."""

from __future__ import annotations

import re

import anyio
import click
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from wallet_server.api.asked import read_json
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import access
from wallet_server.verification import now

_NONCE = re.compile(r"[A-Za-z0-9_-]{16,128}")
_REFUSALS = {
    "wrong_code": (403, "That is not the code that the server shows."),
    "code_expired": (410, "The code has run out. `touchstone pair` shows a new one."),
    "too_many_tries": (429, "Too many tries with this code. `touchstone pair` shows a new one."),
}


async def pair(request: Request) -> Response:
    """`POST /api/pair`: with a nonce alone the server's proof, with the code a token."""
    body = await read_json(request)
    database = services(request).database
    try:
        if "code" not in body:
            nonce = body.get("nonce")
            if not isinstance(nonce, str) or not _NONCE.fullmatch(nonce):
                raise Refusal(400, "nonce", "“nonce” is 16 random bytes or more in base64url.")
            answer = await anyio.to_thread.run_sync(access.prove, database, nonce, now())
            return JSONResponse(answer)
        code = body["code"]
        if not isinstance(code, str) or len(code) > 64:
            raise Refusal(400, "code", "“code” is the code that the server shows.")
        origin = request.headers.get("origin")
        token = await anyio.to_thread.run_sync(access.redeem, database, code, origin, now())
    except access.NoPairing as error:
        status, says = _REFUSALS[error.code]
        if error.code == "too_many_tries":
            click.echo("Too many tries with the pairing code. `touchstone pair` makes a new one.")
        raise Refusal(status, error.code, says) from error
    return JSONResponse({"token": token})


async def paired(_request: Request) -> Response:
    """`GET /api/paired`: that the token counts, which the door found before this runs."""
    return JSONResponse({"paired": True})
