"""A share as its visitor sees it, under an address that nobody can guess."""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Hashable, Sequence
from functools import wraps

import anyio
from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import TooCostly
from verifier.ports import Person
from wallet_server import wire
from wallet_server.door import with_deadline
from wallet_server.handing.codes import code
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import PLACE
from wallet_server.pages.public import download, picture
from wallet_server.pages.visiting import (
    PAGE_WAITS,
    PROGRAM_WAITS,
    Nothing,
    Visit,
    nothing,
    opened,
    public,
    stacked,
    visits,
    with_form,
)
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services
from wallet_server.sharing import carding, recheck
from wallet_server.sharing.answers import about
from wallet_server.sharing.card import as_png, drawn
from wallet_server.sharing.shown import shown, shows_all
from wallet_server.stacks import words
from wallet_server.store import shares, thumbnails, wallet
from wallet_server.store.shares import Share
from wallet_server.thumbnails import Thumbnail
from wallet_server.verification import now

#: Letters of what a visitor writes about the person they have in mind.
FIELD = 200
_Answers = Callable[[Request], Awaitable[Response]]


def _of_a_share(does: _Answers) -> _Answers:
    """`does`, and the same answer wherever there is nothing."""

    @wraps(does)
    async def answered(request: Request) -> Response:
        try:
            return public(await does(request))
        except Nothing:
            return nothing()

    return answered


@_of_a_share
async def show_share(request: Request) -> Response:
    """`GET /s/{secret}`, and `…/badge`, an address that says what is there: the badges with their
    answers, or with `…/{place}` one of them; while some are not there yet, a page that loads itself
    again.
    """
    share, parts = await opened(request), services(request)
    place = request.path_params.get("place")
    found = await visits(parts, share, patience=PAGE_WAITS, place=place)
    if not found:
        raise Nothing
    share = await opened(request)  # it may have ended meanwhile
    is_first = share.visited_at != wire.moment(now())  # of this second: to count costs a write
    if is_first and all(one.report for one in found):
        await anyio.to_thread.run_sync(shares.visited, parts.database, share.id, now())
    return await _drawn(request, share, found)


@_of_a_share
async def ask_about(request: Request) -> Response:
    """`POST /s/{secret}/person`: the same, held against whom the visitor has in mind. Nothing of
    them is kept.
    """
    share, parts = await opened(request), services(request)
    if "recipient" not in share.fields:
        raise Nothing
    name, email = await _person(request)
    found = await visits(parts, share, patience=PROGRAM_WAITS)
    if not (name or email):
        return await _drawn(request, share, found)
    names, emails = ((one,) if one else () for one in (name, email))
    person = Person(names=names, emails=emails, exact=True)
    held = []
    for one in found:
        report = None if one.found is None else await about(parts, one.found, person)
        told = None if report is None else shown(report, share.fields)
        held.append(Visit(one.badge, one.found, told))
    share = await opened(request)
    return await _drawn(request, share, held, asked=" · ".join((*names, *emails)))


@_of_a_share
async def send_card(request: Request) -> Response:
    """`GET /s/{secret}/card.png`: the picture by which other sites show the link."""
    share, parts = await opened(request), services(request)
    found = await visits(parts, share, patience=PROGRAM_WAITS)
    card = carding.card(share, [(one.name, one.report) for one in found])
    content = await _made(parts, card, drawn, card)
    await opened(request)
    return _picture(content)


@_of_a_share
async def send_code(request: Request) -> Response:
    """`GET /s/{secret}/code.svg`: the QR code that leads here, for the page as it is printed."""
    await opened(request)
    link = f"{services(request).origin(request)}/s/{request.path_params['secret']}"
    return picture(code(link).svg, "image/svg+xml")


@_of_a_share
async def send_part(request: Request) -> Response:
    """`GET /s/{secret}/{place}/…`: of one badge its `picture.png`, its `report.json`, and where
    nothing is left off, `badge` as received and `recheck.zip` with all it rests on.
    """
    share, asked = await opened(request), request.path_params
    sends = _PARTS.get(asked["part"])
    if sends is None:
        raise Nothing
    answer = await sends(request, share, asked["place"])
    await opened(request)
    return answer


async def _send_picture(request: Request, share: Share, place: int) -> Response:
    found = await _thumbnail(request, share, place)
    if found is None or found.is_as_it_came:
        raise Nothing
    key = hashlib.sha256(found.content).digest()
    return _picture(await _made(services(request), key, as_png, found.content))


async def _send_drawing(request: Request, share: Share, place: int) -> Response:
    """A drawing is given as it came, and may be the badge itself: with all of it, or not at all."""
    found = await _thumbnail(request, share, place)
    if found is None or not found.is_as_it_came or not shows_all(share.fields):
        raise Nothing
    policy = "default-src 'none'; style-src 'unsafe-inline'; sandbox; frame-ancestors 'none'"
    headers = {"Content-Security-Policy": policy}
    return Response(found.content, media_type="image/svg+xml", headers=headers)


async def _send_report(request: Request, share: Share, place: int) -> Response:
    found = await _one(request, share, place)
    return Response(wire.encoded(found.report or {}), media_type="application/json")


async def _send_badge(request: Request, share: Share, place: int) -> Response:
    kept = await _kept(request, share, place)
    answer = download(kept.content, recheck.file_name(kept.media_type))
    answer.headers["Content-Type"] = kept.media_type
    return answer


async def _send_recheck(request: Request, share: Share, place: int) -> Response:
    kept, one = await _kept(request, share, place), await _one(request, share, place)
    if one.found is None or one.report is None:
        raise Nothing
    content = await anyio.to_thread.run_sync(
        recheck.archive,
        kept.content,
        kept.media_type,
        one.report,
        one.found.source,
        one.found.documents,
        limiter=services(request).visitors.packing,
    )
    return download(content, "recheck.zip")


_PARTS: dict[str, Callable[[Request, Share, int], Awaitable[Response]]] = {
    "picture.png": _send_picture,
    "picture.svg": _send_drawing,
    "report.json": _send_report,
    "badge": _send_badge,
    "recheck.zip": _send_recheck,
}


async def _kept(request: Request, share: Share, place: int) -> wallet.Kept:
    """A badge that may be given as it is. Raises `Nothing` where a part of it is left off."""
    if not shows_all(share.fields):
        raise Nothing
    every = await anyio.to_thread.run_sync(shares.badges, services(request).database, share)
    badge = next((one for one in every if one.place == place), None)
    if badge is None:
        raise Nothing
    find, database = wallet.find, services(request).database
    kept = await anyio.to_thread.run_sync(find, database, badge.id)
    if kept is None:
        raise Nothing
    return kept


async def _one(request: Request, share: Share, place: int) -> Visit:
    """What is found of one badge. Raises `Refusal` where that takes too long."""
    found = await visits(services(request), share, patience=PROGRAM_WAITS, place=place)
    if not found:
        raise Nothing
    if found[0].report is None:
        raise Refusal(503, "busy", "It is still being checked. Ask again in a moment.")
    return found[0]


async def _thumbnail(request: Request, share: Share, place: int) -> Thumbnail | None:
    if "picture" not in share.fields:
        return None
    parts = services(request)
    every = await anyio.to_thread.run_sync(shares.badges, parts.database, share)
    badge = next((one for one in every if one.place == place), None)
    faces = await carding.faces(parts, [badge] if badge else [])
    if badge is None or badge.place not in faces:
        return None
    face = faces[badge.place]
    found = await anyio.to_thread.run_sync(thumbnails.find, parts.database, face)
    is_anothers = face != badge.id and found is not None and found.is_as_it_came
    return None if is_anothers else found


async def _made(
    parts: Services, key: Hashable, draw_it: Callable[..., bytes], *given: object
) -> bytes:
    """A picture, drawn in a worker once for all who ask for it. Raises `Refusal`."""

    async def make() -> bytes:
        return await parts.bench.workers.run(draw_it, *given)

    busy = Refusal(503, "busy", "The picture could not be drawn now. Ask again.")
    try:
        made = await parts.visitors.drawn.get(key, make, patience=PROGRAM_WAITS)
    except TooCostly as error:
        raise busy from error
    if made is None:
        raise busy
    return made


def _picture(content: bytes) -> Response:
    """A picture that other sites may show."""
    headers = {"Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-cache"}
    return Response(content, media_type="image/png", headers=headers)


async def _person(request: Request) -> tuple[str, str]:
    try:
        reading = request.form(max_files=0, max_fields=4, max_part_size=4 * FIELD)
        form = await with_deadline(reading)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    return _field(form, "name"), _field(form, "email")


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:FIELD] if isinstance(value, str) else ""


async def _drawn(
    request: Request, share: Share, found: Sequence[Visit], *, asked: str | None = None
) -> Response:
    parts = services(request)
    here, place = f"/s/{request.path_params['secret']}", request.path_params.get("place")
    images = await carding.images(parts, share, [one.badge for one in found])
    page = draw(
        "shared.html",
        share=share,
        visits=found,
        asked=asked,
        whole=shows_all(share.fields),
        images=images,
        here=here,
        link=f"{parts.origin(request)}{here}",
        title=carding.title(share, [one.name for one in found]),
        summary=carding.summary([one.report for one in found]),
        waiting=sum(one.report is None for one in found),
        words=words,
        path=here if place is None else f"{here}/{place}",
        **await stacked(parts, share, found if place is None else ()),
    )
    return with_form(page)


_SHARE = "/s/{secret}"
ROUTES: tuple[Route, ...] = (
    Route(_SHARE, show_share, methods=["GET"]),
    Route(f"{_SHARE}/badge", show_share, methods=["GET"]),
    Route(f"{_SHARE}/{PLACE}", show_share, methods=["GET"]),
    Route(f"{_SHARE}/person", ask_about, methods=["POST"]),
    Route(f"{_SHARE}/card.png", send_card, methods=["GET"]),
    Route(f"{_SHARE}/code.svg", send_code, methods=["GET"]),
    Route(f"{_SHARE}/{PLACE}/{{part}}", send_part, methods=["GET"]),
)
