"""The wallet as pictures: every card, found again by what it says, its verdict, issuer, kind or
tag; and the same cards along the time in which they were earned.
"""

from __future__ import annotations

from urllib.parse import urlencode

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from wallet_server import asked_cards
from wallet_server.looks import VERDICTS
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.public import picture
from wallet_server.pages.session import may_read, with_forms
from wallet_server.picturing import pictured
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import listing, thumbnails, timeline, wallet
from wallet_server.verification import now

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
_NO_PICTURE = Refusal(404, "not_found", "It came without a picture.")


async def show_gallery(request: Request) -> Response:
    """`GET /wallet`: a page of cards, pictures first, and what to filter them by."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    parts, asked = services(request), request.query_params
    wanted = asked_cards.read(asked)
    choices = await anyio.to_thread.run_sync(listing.choices, parts.database)
    page = await anyio.to_thread.run_sync(
        lambda: listing.page(
            parts.database, wanted, before=asked.get("before"), after=asked.get("after")
        )
    )
    faces = await pictured(parts, [card.number for card in page.cards])
    counts = dict(choices.verdicts)
    drawn = draw(
        "wallet.html",
        wanted=wanted,
        choices=choices,
        verdicts=[(one.value, counts[one.value]) for one in VERDICTS if one.value in counts],
        total=sum(counts.values()),
        page=page,
        faces=faces,
        address=asked_cards.address,
    )
    return with_forms(drawn)


async def show_timeline(request: Request) -> Response:
    """`GET /wallet/timeline`: when each was earned, the newest year first, and what ends next."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    parts, before = services(request), request.query_params.get("before")
    found = await anyio.to_thread.run_sync(timeline.page, parts.database, before)
    ending: tuple[listing.Card, ...] = ()
    if before is None:
        ending = await anyio.to_thread.run_sync(timeline.ending, parts.database, now())
    shown = [*ending, *(card for _, cards in found.years for card in cards)]
    faces = await pictured(parts, [card.number for card in shown])
    older = f"/wallet/timeline?{urlencode({'before': found.older})}" if found.older else None
    return draw(
        "timeline.html", found=found, ending=ending, faces=faces, older=older, is_first=not before
    )


async def thumbnail(request: Request) -> Response:
    """`GET /wallet/{id}/thumbnail`: its picture made small."""
    if not await may_read(request):
        raise _LOCKED
    database, identifier = services(request).database, request.path_params["id"]
    found = await anyio.to_thread.run_sync(thumbnails.find, database, identifier)
    if found is None:
        raise _NO_PICTURE
    return picture(found.content, found.media_type)


async def whole_picture(request: Request) -> Response:
    """`GET /wallet/{id}/picture`: the picture it came baked into."""
    if not await may_read(request):
        raise _LOCKED
    database, identifier = services(request).database, request.path_params["id"]
    found = await anyio.to_thread.run_sync(wallet.picture, database, identifier)
    if found is None:
        raise _NO_PICTURE
    return picture(*found)


ROUTES = (
    Route("/wallet", show_gallery),
    Route("/wallet/timeline", show_timeline),
    Route(f"/wallet/{CREDENTIAL}/thumbnail", thumbnail),
    Route(f"/wallet/{CREDENTIAL}/picture", whole_picture),
)
