"""What the owner shares, for programs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.sharing import draft as drafts
from wallet_server.sharing.draft import Draft, Shown
from wallet_server.sharing.making import address, in_stack, share_object
from wallet_server.store import shares
from wallet_server.store.database import Database
from wallet_server.verification import now

_MEMBERS = frozenset(("badges", "stack", "name", "fields", "shown", "days", "expires_at"))


async def list_shares(request: Request) -> Response:
    """`GET /api/wallet/shares`: each that still opens, the newest first."""
    found = await anyio.to_thread.run_sync(shares.every, services(request).database, now())
    return _json({"shares": [share_object(share) for share in found]})


async def add_share(request: Request) -> Response:
    """`POST /api/wallet/shares`: 201 with its `link`, which is told this once."""
    asked, parts = await read_json(request), services(request)
    try:
        draft = await anyio.to_thread.run_sync(draft_of, parts.database, asked)
        make = partial(shares.make, parts.database, draft, now())
        share, secret = await anyio.to_thread.run_sync(make)
    except Malformed as error:
        raise Refusal(400, error.reason, error.says) from error
    link = address(parts.origin(request), secret)
    return _json({**share_object(share), "link": link, "public": parts.public is not None}, 201)


async def end_share(request: Request) -> Response:
    """`DELETE /api/wallet/shares/{id}`: nobody opens it any more."""
    identifier, database = request.path_params["id"], services(request).database
    if not await anyio.to_thread.run_sync(shares.end, database, identifier):
        raise Refusal(404, "not_found", "There is no such share.")
    return Response(status_code=204)


def draft_of(database: Database, asked: Mapping[str, Any]) -> Draft:
    """What a program asks to share. Raises `Malformed`."""
    if set(asked) - _MEMBERS:
        raise Malformed("share.member", f"A share has no “{min(set(asked) - _MEMBERS)[:40]}”.")
    stack, moment = _text(asked, "stack") or None, now()
    chosen = _texts(asked, "badges") or []
    name = _text(asked, "name")
    if stack is not None:
        called, found = in_stack(database, stack)
        name, chosen = name or called, [*chosen, *found]
    shown = asked.get("shown") or {}
    if not isinstance(shown, Mapping) or set(shown) - set(Shown.__struct_fields__):
        raise Malformed("share.shown", "“shown” is an object of “name”, “email” and “words”.")
    expires = _text(asked, "expires_at")
    days = asked.get("days", drafts.DAYS)
    return drafts.read(
        chosen,
        name=name,
        fields=_texts(asked, "fields"),
        shown=Shown(**{word: _text(shown, word) for word in Shown.__struct_fields__}),
        stack=stack,
        expires_at=drafts.at_moment(expires, moment) if expires else drafts.in_days(days, moment),
    )


def _text(asked: Mapping[str, Any], name: str) -> str:
    value = asked.get(name)
    if value is not None and not isinstance(value, str):
        raise Malformed(f"share.{name}", f"“{name}” must be a text.")
    return value or ""


def _texts(asked: Mapping[str, Any], name: str) -> list[str] | None:
    value = asked.get(name)
    if value is None:
        return None
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Malformed(f"share.{name}", f"“{name}” must be a list of texts.")
    return value


def _json(value: dict[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")


ROUTES: tuple[Route, ...] = (
    Route("/api/wallet/shares", list_shares, methods=["GET"]),
    Route("/api/wallet/shares", add_share, methods=["POST"]),
    Route("/api/wallet/shares/{id}", end_share, methods=["DELETE"]),
)
