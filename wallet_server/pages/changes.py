"""What happened to the wallet's badges, and how else its owner hears of it: a page, forms to look
again now, and to give programs an address of their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import anyio
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import events, feeds, wallet, watching
from wallet_server.verification import now
from wallet_server.watch.asked import number
from wallet_server.watch.codes import EVENTS
from wallet_server.watch.looking import look_again
from wallet_server.watch.runner import watch

PATH = "/wallet/changes"


async def show_changes(request: Request) -> Response:
    """`GET /wallet/changes`: the newest changes, or those before the one of the number `before`."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request)


async def change_changes(request: Request) -> Response:
    """`POST /wallet/changes/{does}`: what its owner saw, another look at everything, and addresses
    for programs, made and ended.
    """
    does, database = request.path_params["does"], services(request).database
    if does not in ("seen", "look", "make", "end"):
        raise Refusal(404, "not_found", "There is nothing here.")
    form = await read_form(request)
    given = {name: _text(form, name) for name in ("up_to", "name", "which")}
    await form.close()
    if does == "make":
        secret = await anyio.to_thread.run_sync(feeds.make, database, given["name"], now())
        wrong = None if secret else f"There are {feeds.MOST} already; end one first."
        return await _drawn(request, secret=secret, wrong=wrong)
    if does == "end":
        await anyio.to_thread.run_sync(feeds.end, database, given["which"])
    elif does == "seen":
        await anyio.to_thread.run_sync(events.mark_seen, database, number(given["up_to"]), now())
    else:
        await anyio.to_thread.run_sync(watching.ask_again, database, now())
        watch(request).wake()
    return RedirectResponse(PATH, 303)


async def look_at_one(request: Request) -> Response:
    """`POST /wallet/{id}/look`: check one badge now, then its page again."""
    form = await read_form(request)
    await form.close()
    parts, identifier = services(request), request.path_params["id"]
    kept = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    if kept is None:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.")
    await look_again(parts, kept, now(), anew=True)
    return RedirectResponse(f"/wallet/{kept.id}", 303)


ROUTES = (
    Route(PATH, show_changes, methods=["GET"]),
    Route("/wallet/changes/{does}", change_changes, methods=["POST"]),
    Route(f"/wallet/{CREDENTIAL}/look", look_at_one, methods=["POST"]),
)


async def _drawn(
    request: Request, *, secret: str | None = None, wrong: str | None = None
) -> Response:
    before = request.query_params.get("before")
    found = await anyio.to_thread.run_sync(
        _read, request, None if before is None else number(before)
    )
    mail = watch(request).post
    page = draw(
        "changes.html",
        400 if wrong else 200,
        **found,
        is_first=before is None,
        kinds=EVENTS,
        origin=f"{request.url.scheme}://{request.url.netloc}",
        secret=secret,
        wrong=wrong,
        mailbox=mail.mailbox,
        trouble=mail.trouble,
        key=form_key(request),
    )
    return with_forms(page)


def _read(request: Request, before: int | None) -> Mapping[str, Any]:
    database = services(request).database
    listed = events.page(database, before=before)
    return {
        "events": listed,
        "older": listed[-1].number if len(listed) == events.PAGE else None,
        "unseen": events.unseen(database),
        "watched": watching.count(database),
        "due": watching.count_due(database, now()),
        "next": watching.first_due(database),
        "feeds": feeds.feeds(database),
    }


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:200] if isinstance(value, str) else ""
