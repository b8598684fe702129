"""What the owner shares: each share, and making and ending one."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any

import anyio
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.picturing import pictured
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services
from wallet_server.sharing import draft as drafts
from wallet_server.sharing.draft import BADGES, Draft, Shown
from wallet_server.sharing.fields import EVERY, FIELDS
from wallet_server.sharing.making import ONLY_HERE, address, in_stack
from wallet_server.stacks.everything import everything
from wallet_server.store import listing, shares
from wallet_server.store.database import Database
from wallet_server.store.listing import Wanted
from wallet_server.verification import now

PATH = "/wallet/shares"
#: How long a share may live, as the form offers it: days, or for good.
LIVES = (("1", "a day"), ("7", "a week"), ("30", "30 days"), ("365", "a year"), ("", "for good"))
#: Badges that are offered at once; a search brings up the others.
OFFERED = 24
_FIELDS = BADGES + len(FIELDS) + 12


async def show_shares(request: Request) -> Response:
    """`GET /wallet/shares`: each share, the newest first."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _listed(request)


async def begin_share(request: Request) -> Response:
    """`GET /wallet/shares/new`: choose badges (`badge`, as often as need be, or all of a `stack`),
    and what of them is shown.
    """
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    asked = request.query_params
    stack, chosen = asked.get("stack") or None, asked.getlist("badge")[:BADGES]
    if stack is None:
        return await _form(request, chosen, None)
    try:
        in_it = partial(in_stack, services(request).database, stack)
        called, found = await anyio.to_thread.run_sync(in_it)
    except Malformed as error:
        return await _form(request, [], None, status=400, wrong=error.says)
    too_many = (
        f"A share holds {BADGES} badges. Of the {len(found)} in the stack, the first are chosen."
    )
    wrong = too_many if len(found) > BADGES else None
    return await _form(request, found[:BADGES], stack, wrong=wrong, given={"name": called})


async def make_share(request: Request) -> Response:
    """`POST /wallet/shares/make`: a new one; its link is shown this once."""

    async def made(draft: Draft) -> Response:
        parts = services(request)
        make = partial(shares.make, parts.database, draft, now())
        share, secret = await anyio.to_thread.run_sync(make)
        return await _listed(request, made=share.id, link=address(parts.origin(request), secret))

    return await drafted(request, made)


async def drafted(request: Request, does: Callable[[Draft], Awaitable[Response]]) -> Response:
    """What `does` makes of the share that the form asks for; the form again, saying what is wrong,
    where it asks for none or `does` raises `Malformed`.
    """
    form = await read_form(request, files=0, fields=_FIELDS)
    chosen = [one for one in form.getlist("badge") if str(one) == one]
    given = {name: _text(form, name) for name in ("name", "stack", "days", "who", "email", "words")}
    fields = [str(one) for one in form.getlist("field")]
    await form.close()
    try:
        return await does(_draft(chosen, fields, given))
    except Malformed as error:
        stack = given["stack"] or None
        return await _form(
            request, chosen, stack, status=400, wrong=error.says, given=given, fields=fields
        )


async def end_share(request: Request) -> Response:
    """`POST /wallet/shares/end`: nobody opens it any more, from now on."""
    form = await read_form(request)
    which = _text(form, "which")
    await form.close()
    await anyio.to_thread.run_sync(shares.end, services(request).database, which)
    return RedirectResponse(PATH, 303)


def _draft(chosen: Sequence[str], fields: Sequence[str], given: dict[str, str]) -> Draft:
    days = given["days"]
    if days and not (days.isascii() and days.isdigit() and len(days) < 6):
        raise Malformed("share.days", "Choose how long it shall be there.")
    return drafts.read(
        chosen,
        name=given["name"],
        fields=fields,
        shown=Shown(given["who"], given["email"], given["words"]),
        stack=given["stack"] or None,
        expires_at=drafts.in_days(int(days) if days else None, now()),
    )


async def _listed(
    request: Request, *, made: str | None = None, link: str | None = None
) -> Response:
    parts = services(request)
    found = await anyio.to_thread.run_sync(shares.every, parts.database, now())
    names = await anyio.to_thread.run_sync(_names, parts.database, found)
    page = draw(
        "shares.html",
        shares=found,
        names=names,
        made=made,
        link=link,
        says=None if parts.public else ONLY_HERE,
        fields=FIELDS,
        key=form_key(request),
    )
    return with_forms(page)


def _names(database: Database, found: Sequence[shares.Share]) -> dict[str, list[str | None]]:
    """Of each share, the names of its badges."""
    return {one.id: [badge.name for badge in shares.badges(database, one)] for one in found}


async def _form(
    request: Request,
    chosen: Sequence[str],
    stack: str | None,
    *,
    status: int = 200,
    wrong: str | None = None,
    given: dict[str, str] | None = None,
    fields: Sequence[str] | None = None,
) -> Response:
    find = " ".join(request.query_params.get("find", "")[:100].split())
    parts = services(request)
    offered = await anyio.to_thread.run_sync(_offered, parts, chosen, find)
    cards = [*offered["chosen"], *offered["others"]]
    blank = {"name": "", "days": str(drafts.DAYS), "who": "", "email": "", "words": ""}
    page = draw(
        "share_new.html",
        status,
        **offered,
        faces=await pictured(parts, [card.number for card in cards]),
        find=find,
        stack=stack,
        wrong=wrong,
        given={**blank, **(given or {})},
        every=FIELDS,
        fields=EVERY if fields is None else fields,
        lives=LIVES,
        most=BADGES,
        limits={"name": drafts.NAME, "words": drafts.WORDS, "who": drafts.IDENTIFIER},
        key=form_key(request),
    )
    return with_forms(page)


def _offered(parts: Services, chosen: Sequence[str], find: str) -> dict[str, Any]:
    """The badges that are chosen, others to choose from, and the stacks."""
    held = listing.led_by(parts.database, chosen)
    page = listing.page(parts.database, Wanted(words=find), size=OFFERED)
    known = {card.number for card in held}
    return {
        "chosen": held,
        "others": [card for card in page.cards if card.number not in known],
        "stacks": everything(parts.database).stacks,
        "total": page.count,
        "are_more": page.are_more,
    }


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    if not isinstance(value, str):
        return ""
    if len(value) > drafts.WORDS * 4:
        raise Refusal(400, "too_long", "That is more than any share needs.")
    return value.strip()


ROUTES: tuple[Route, ...] = (
    Route(PATH, show_shares, methods=["GET"]),
    Route(f"{PATH}/new", begin_share, methods=["GET"]),
    Route(f"{PATH}/make", make_share, methods=["POST"]),
    Route(f"{PATH}/end", end_share, methods=["POST"]),
)
