"""The wallet's cards for programs: listed by the same filters as on the page, and labelled."""

from __future__ import annotations

from functools import partial
from typing import Any

import anyio
from msgspec.structs import asdict
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_server import asked_cards, wire
from wallet_server.api.asked import read_json
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.shows import shows
from wallet_server.store import checks, listing, notes, wallet, whole
from wallet_server.store.database import Database

_GONE = Refusal(404, "not_found", "There is no such credential in the wallet.")


async def list_cards(request: Request) -> Response:
    """`GET /api/wallet/cards`: a page of them, newest first."""
    asked, database = request.query_params, services(request).database
    wanted, size = asked_cards.read(asked), _size(asked.get("size", ""))
    get = partial(listing.page, database, wanted, before=asked.get("before"), size=size)
    page = await anyio.to_thread.run_sync(partial(get, is_exact=True))
    return _json(
        {
            "cards": [asdict(card) for card in page.cards],
            "count": page.count,
            "older": page.older,
        }
    )


async def tell(request: Request) -> Response:
    """`GET /api/wallet/credentials/{id}/about`: its card, what it shows, and its history."""
    database, kept = services(request).database, await _kept(request)
    return _json(await anyio.to_thread.run_sync(_about, database, kept))


async def label(request: Request) -> Response:
    """`POST /api/wallet/credentials/{id}/about`: put `tags` and `note` in place of its card's."""
    database, kept = services(request).database, await _kept(request)
    given = await read_json(request)
    note, named = given.get("note"), given.get("tags")
    if not (note is None or isinstance(note, str)) or not _is_texts(named):
        raise Refusal(400, "bad_request", "“note” is text, and “tags” a list of texts.")
    write = partial(notes.write, database, kept.card, note=note, named=named)
    try:
        is_there = await anyio.to_thread.run_sync(write)
    except notes.TooMuch as error:
        raise Refusal(400, "bad_request", str(error)) from error
    if not is_there:
        raise _GONE
    return _json(await anyio.to_thread.run_sync(_about, database, kept))


def _about(database: Database, kept: wallet.Kept) -> dict[str, Any]:
    written = notes.find(database, kept.card)
    history = checks.history(database, kept.id)
    if written is None or not history:
        raise _GONE  # it was deleted in this very moment
    return {
        "id": kept.id,
        "note": written[0],
        "tags": list(written[1]),
        "forms": [asdict(form) for form in whole.forms(database, kept.card)],
        "received": [asdict(copy) for copy in whole.received(database, kept.id)],
        "shows": [asdict(line) for line in shows(kept.report)],
        "history": [
            {
                "at": one.at,
                "confirmed_at": one.confirmed_at,
                "verdict": one.verdict,
                "headline": one.report["headline"],
                "origin": one.origin,
            }
            for one in history
        ],
    }


async def _kept(request: Request) -> wallet.Kept:
    find, identifier = wallet.find, request.path_params["id"]
    kept = await anyio.to_thread.run_sync(find, services(request).database, identifier)
    if kept is None:
        raise _GONE
    return kept


def _is_texts(value: object) -> bool:
    return value is None or (isinstance(value, list) and all(isinstance(one, str) for one in value))


def _size(given: str) -> int:
    if not given:
        return listing.SIZE
    if not given.isascii() or not given.isdigit() or not 1 <= int(given[:6]) <= listing.MOST:
        raise Refusal(400, "bad_request", f"“size” is a number from 1 to {listing.MOST}.")
    return int(given)


def _json(value: dict[str, Any]) -> Response:
    return Response(wire.encoded(value), media_type="application/json")


ROUTES = (
    Route("/api/wallet/cards", list_cards, methods=["GET"]),
    Route("/api/wallet/credentials/{id}/about", tell, methods=["GET"]),
    Route("/api/wallet/credentials/{id}/about", label, methods=["POST"]),
)
