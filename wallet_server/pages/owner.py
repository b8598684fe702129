"""The page on which the wallet's owner says who they are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from functools import partial

import anyio
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from verifier.model import Identity
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import owner
from wallet_server.store.database import Database

#: Kinds in words, in the order of `owner.KINDS`.
WORDS = {
    "email": "E-mail address",
    "name": "Name",
    "url": "Profile or web page",
    "did": "DID",
    "telephone": "Telephone",
    "id": "Another number, as KIND=NUMBER",
}


async def show_owner(request: Request) -> Response:
    """`GET /wallet/owner`: what the owner is known by, and forms to change it."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request)


async def change_owner(request: Request) -> Response:
    """`POST /wallet/owner/{does}`: one change, then the page again; a refusal stands on it."""
    does = _CHANGES.get(request.path_params["does"])
    if does is None:
        raise Refusal(404, "not_found", "There is nothing here.")
    form = await read_form(request)
    kind, value = _text(form, "kind"), _text(form, "value")
    try:
        change = partial(does, services(request).database, kind, value)
        await anyio.to_thread.run_sync(change)
    except Malformed as error:
        return await _drawn(request, 400, error.says, (kind, value))
    finally:
        await form.close()
    return RedirectResponse("/wallet/owner", 303)


async def _drawn(
    request: Request,
    status: int = 200,
    wrong: str | None = None,
    given: tuple[str, str] = ("email", ""),
) -> Response:
    known = await anyio.to_thread.run_sync(owner.identities, services(request).database)
    page = draw(
        "owner.html",
        status,
        known=known,
        words=WORDS,
        wrong=wrong,
        given=given,
        length=owner.LENGTH,
        key=form_key(request),
    )
    return with_forms(page)


def _add(database: Database, kind: str, value: str) -> None:
    owner.add(database, owner.read(kind, value), datetime.now(UTC))


def _remove(database: Database, kind: str, value: str) -> None:
    if not owner.remove(database, Identity(kind, value), datetime.now(UTC)):
        raise Malformed("owner.unknown", "That was taken away already.")


_CHANGES: Mapping[str, Callable[[Database, str, str], None]] = {"add": _add, "remove": _remove}


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:2000] if isinstance(value, str) else ""


ROUTES = (
    Route("/wallet/owner", show_owner, methods=["GET"]),
    Route("/wallet/owner/{does}", change_owner, methods=["POST"]),
)
