"""Answering a challenge: badges presented under the owner's own key."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import anyio
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.own_keys import KeyLost
from wallet_server.pages.drawing import draw
from wallet_server.pages.public import download
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.presenting import requests
from wallet_server.presenting.choosing import CannotPresent
from wallet_server.presenting.offers import answer, holder_key, offers
from wallet_server.presenting.requests import Asked
from wallet_server.services import services

#: Badges that are shown to choose from; a search brings up the others.
SHOWN = 200
#: Fields of the form: as many badges as one may tick, and what else there is.
_FIELDS = SHOWN + 20
#: What an answer is saved as.
FILE = "presentation.json"


async def show_present(request: Request) -> Response:
    """`GET /wallet/present`: the form that takes a request."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return _first(request)


async def read_request(request: Request) -> Response:
    """`POST /wallet/present`: who asks and for what, and the badges to choose from."""
    form = await read_form(request, fields=_FIELDS)
    try:
        given, chosen = await _given(form), _chosen(form)
        wanted = _text(form, "find")
    finally:
        await form.close()
    try:
        asked = requests.read(given)
    except Malformed as error:
        return _first(request, 400, error.says, given)
    return await _second(request, asked, given, None, chosen, wanted=wanted)


async def give_answer(request: Request) -> Response:
    """`POST /wallet/present/answer`: the signed answer, as a file."""
    form = await read_form(request, fields=_FIELDS)
    try:
        given, chosen = _text(form, "request"), _chosen(form)
    finally:
        await form.close()
    try:
        asked = requests.read(given)
    except Malformed as error:
        return _first(request, 400, error.says, given)
    try:
        return download(await answer(services(request), asked, chosen), FILE)
    except (CannotPresent, KeyLost) as error:
        return await _second(request, asked, given, str(error), chosen)


async def show_key(request: Request) -> Response:
    """`GET /wallet/key`: the owner's key, as others know it."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    try:
        did, wrong = (await holder_key(services(request).data)).did, None
    except KeyLost as error:
        did, wrong = None, str(error)
    page = draw("key.html", 200 if did else 503, did=did, wrong=wrong, key=form_key(request))
    return with_forms(page)


def _first(
    request: Request, status: int = 200, wrong: str | None = None, given: str = ""
) -> Response:
    page = draw("present.html", status, wrong=wrong, given=given, key=form_key(request))
    return with_forms(page)


async def _second(
    request: Request,
    asked: Asked,
    given: str,
    wrong: str | None = None,
    chosen: Sequence[str] = (),
    *,
    wanted: str = "",
) -> Response:
    every = await anyio.to_thread.run_sync(partial(offers, services(request).database))
    fitting = [
        one
        for one in every
        if one.id in chosen or wanted.casefold() in f"{one.name} {one.issuer}".casefold()
    ]
    can = [one for one in fitting if one.why_not is None]
    can.sort(key=lambda one: one.id not in chosen)
    page = draw(
        "present_badges.html",
        400 if wrong else 200,
        asked=asked,
        given=given,
        wrong=wrong,
        chosen=chosen,
        find=wanted,
        offers=can[:SHOWN],
        others=[one for one in fitting if one.why_not is not None][:SHOWN],
        left=len(can) > SHOWN,
        key=form_key(request),
    )
    return with_forms(page)


async def _given(form: FormData) -> str:
    """The request: the file, or else what was pasted."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return (await file.read(2 * requests.LIMIT + 1)).decode("utf-8", "replace")
    return _text(form, "request")


def _chosen(form: FormData) -> list[str]:
    """The ids of the badges that are ticked."""
    return [one for one in form.getlist("badge") if isinstance(one, str)]


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[: 2 * requests.LIMIT + 1] if isinstance(value, str) else ""


ROUTES = (
    Route("/wallet/present", show_present, methods=["GET"]),
    Route("/wallet/present", read_request, methods=["POST"]),
    Route("/wallet/present/answer", give_answer, methods=["POST"]),
    Route("/wallet/key", show_key, methods=["GET"]),
)
