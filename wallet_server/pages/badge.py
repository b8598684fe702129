"""The page of one badge: its answers, what it shows, its history, its bytes, and what its owner
wrote on it.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any

import anyio
from msgspec import Struct
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import TooCostly
from wallet_server.copies import from_copy
from wallet_server.evidence import MOST, Tried, tried
from wallet_server.handing.places import own_place
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL, NUMBER
from wallet_server.pages.lineage import lineage_on_page
from wallet_server.pages.public import download
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.picturing import pictured
from wallet_server.raw_text import raw
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services
from wallet_server.shows import shows
from wallet_server.store import checks, events, notes, wallet, whole
from wallet_server.store.checks import Finding
from wallet_server.store.schema import HERE
from wallet_server.verification import now
from wallet_server.watch.changes import is_seen_in_a_tab
from wallet_server.watch.codes import EVENTS
from wallet_server.wire import moment

_LOCKED = Refusal(403, "locked", "Open the wallet first.")
_GONE = Refusal(404, "not_found", "There is no such credential in the wallet.")


class Opened(Struct, frozen=True):
    """Everything that the page of one badge shows. `shown` is the newest check made here, or what a
    backup tells where none was; `is_told` then.
    """

    kept: wallet.Kept
    shown: Finding
    history: list[Finding]
    received: tuple[whole.Copy, ...]
    events: list[events.Event]
    note: str
    tags: tuple[str, ...]
    raw: str | None
    face: str | None

    @property
    def is_told(self) -> bool:
        """Whether nothing of it was checked here yet."""
        return self.shown.origin != HERE

    @property
    def verdict(self) -> str:
        """The verdict that counts: what only a backup tells is not established."""
        return "unknown" if self.is_told else self.shown.verdict


async def show_badge(request: Request) -> Response:
    """`GET /wallet/{id}`: one badge."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request, await _opened(request))


async def change_badge(request: Request) -> Response:
    """`POST /wallet/{id}/…`: `note` (with its tags), `evidence` (try its addresses), `delete`
    (the whole badge) or `delete-form` (this one credential of it).
    """
    form = await read_form(request)
    try:
        return await _CHANGES[request.url.path.rsplit("/", 1)[1]](request, form)
    finally:
        await form.close()


async def send_copy(request: Request) -> Response:
    """`GET /wallet/{id}/copies/{number}`: the bytes of one form as received, to be saved."""
    if not await may_read(request):
        raise _LOCKED
    database, of = services(request).database, request.path_params
    found = await anyio.to_thread.run_sync(whole.content, database, of["id"], of["number"])
    if found is None:
        raise _GONE
    return download(found[0], _file_name(of["id"], found[1]))


async def _opened(request: Request) -> Opened:
    parts, identifier = services(request), request.path_params["id"]
    kept = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    if kept is None:
        raise _GONE
    read = await anyio.to_thread.run_sync(_read, parts, kept)
    faces = await pictured(parts, [kept.card])
    try:
        text = await parts.bench.workers.run(raw, kept.content)
    except TooCostly:
        text = None
    return Opened(kept=kept, raw=text, face=faces.get(kept.card), **read)


def _read(parts: Services, kept: wallet.Kept) -> dict[str, Any]:
    history = checks.history(parts.database, kept.id)
    written = notes.find(parts.database, kept.card)
    if not history or written is None:
        raise _GONE  # it was deleted in this very moment
    return {
        "history": history,
        "shown": checks.telling(history),
        "received": whole.received(parts.database, kept.id),
        "events": events.of_credential(parts.database, kept.id),
        "note": written[0],
        "tags": written[1],
    }


async def _drawn(
    request: Request,
    opened: Opened,
    status: int = 200,
    *,
    wrong: str | None = None,
    opening: tuple[Tried, ...] = (),
    note: str | None = None,
    tags: str | None = None,
) -> Response:
    page = draw(
        "badge.html",
        status,
        opened=opened,
        copy=await from_copy(services(request), opened.kept.id),
        kinds=EVENTS,
        lineage=await lineage_on_page(request, opened.kept.id),
        place=own_place(opened.kept.report),
        in_a_tab=is_seen_in_a_tab(opened.kept.report),
        report=opened.kept.report,
        shows=shows(opened.kept.report),
        wrong=wrong,
        opening=opening,
        tried_at=moment(now()),
        most=MOST,
        note=opened.note if note is None else note,
        tags=", ".join(opened.tags) if tags is None else tags,
        limits={"note": notes.NOTE, "tags": notes.TAGS * (notes.TAG + 2)},
        key=form_key(request),
    )
    return with_forms(page)


async def _note(request: Request, form: FormData) -> Response:
    opened = await _opened(request)
    note, tags = _text(form, "note", notes.NOTE * 4), _text(form, "tags", notes.NOTE)
    write = partial(notes.write, note=note, named=tags.split(","))
    try:
        await anyio.to_thread.run_sync(write, services(request).database, opened.kept.card)
    except notes.TooMuch as error:
        return await _drawn(request, opened, 400, wrong=str(error), note=note, tags=tags)
    return RedirectResponse(f"/wallet/{opened.kept.id}#yours", 303)


async def _evidence(request: Request, form: FormData) -> Response:
    opened = await _opened(request)
    evidence = next(line for line in shows(opened.kept.report) if line.code == "evidence")
    opening = await tried(evidence.links, services(request).bench.fetcher)
    return await _drawn(request, opened, opening=opening)


async def _delete(request: Request, form: FormData) -> Response:
    parts, kept = services(request), await _kept(request)
    every = await anyio.to_thread.run_sync(whole.forms, parts.database, kept.card)
    identifiers = [one.id for one in every]
    await anyio.to_thread.run_sync(wallet.discard, parts.database, *identifiers)
    parts.forget()
    return RedirectResponse("/wallet", 303)


async def _delete_form(request: Request, form: FormData) -> Response:
    parts, kept = services(request), await _kept(request)
    every = await anyio.to_thread.run_sync(whole.forms, parts.database, kept.card)
    await anyio.to_thread.run_sync(wallet.discard, parts.database, kept.id)
    parts.forget()
    left = next((one.id for one in every if one.id != kept.id), None)
    return RedirectResponse(f"/wallet/{left}" if left else "/wallet", 303)


_CHANGES: Mapping[str, Callable[[Request, FormData], Awaitable[Response]]] = {
    "note": _note,
    "evidence": _evidence,
    "delete": _delete,
    "delete-form": _delete_form,
}


async def _kept(request: Request) -> wallet.Kept:
    find, identifier = wallet.find, request.path_params["id"]
    kept = await anyio.to_thread.run_sync(find, services(request).database, identifier)
    if kept is None:
        raise _GONE
    return kept


def _text(form: FormData, name: str, limit: int) -> str:
    value = form.get(name)
    return value[:limit] if isinstance(value, str) else ""


def _file_name(identifier: str, media_type: str) -> str:
    endings = {"image/png": "png", "image/svg+xml": "svg", "application/json": "json"}
    return f"badge-{identifier[:8]}.{endings.get(media_type, 'bin')}"


ROUTES = (
    Route(f"/wallet/{CREDENTIAL}/copies/{NUMBER}", send_copy),
    *(Route(f"/wallet/{CREDENTIAL}/{does}", change_badge, methods=["POST"]) for does in _CHANGES),
    Route(f"/wallet/{CREDENTIAL}", show_badge),
)
