"""The forms on a badge's page by which its owner says what is one award and what is not."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import anyio
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server.lineage.shown import with_looks
from wallet_server.pages.drawing import draw
from wallet_server.pages.ids import CREDENTIAL
from wallet_server.pages.session import read_form
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import lineage
from wallet_server.store.database import Database

Change = Callable[[Database, str, FormData], None]


async def lineage_on_page(request: Request, credential_id: str) -> dict[str, Any]:
    """What `lineage.html` draws, on the page of this credential. Raises `Refusal`."""
    parts = services(request)
    try:
        return await with_looks(parts.database, credential_id, parts.bench.workers)
    except LookupError as error:
        raise Refusal(404, "not_found", "There is no such credential in the wallet.") from error


async def change_lineage(request: Request) -> Response:
    """`POST /wallet/{id}/…`: `join` with `other`, `apart` from it, or `part`: give it a card of its
    own.
    """
    does = _CHANGES[request.url.path.rsplit("/", 1)[1]]
    form = await read_form(request)
    database, identifier = services(request).database, request.path_params["id"]
    try:
        await anyio.to_thread.run_sync(partial(does, database, identifier, form))
    except LookupError:
        says = "No badge of your wallet has that address. Copy it from the badge's page."
        return draw("lineage_wrong.html", 404, wrong=says, back="/wallet")
    except Malformed as error:
        return draw("lineage_wrong.html", 409, wrong=error.says, back=f"/wallet/{identifier}")
    finally:
        await form.close()
    return RedirectResponse(f"/wallet/{identifier}#lineage", 303)


def _join(database: Database, identifier: str, form: FormData) -> None:
    lineage.join(database, identifier, _other(form))


def _apart(database: Database, identifier: str, form: FormData) -> None:
    lineage.dismiss(database, identifier, _other(form))


def _part(database: Database, _: str, form: FormData) -> None:
    lineage.part(database, _other(form))


_CHANGES: Mapping[str, Change] = {"join": _join, "apart": _apart, "part": _part}


def _other(form: FormData) -> str:
    """The other credential, by its id or by the address of its page."""
    value = form.get("other")
    text = value.strip()[:2000] if isinstance(value, str) else ""
    try:
        return urlsplit(text).path.removeprefix("/wallet/").partition("/")[0]
    except ValueError:
        return ""


ROUTES = (
    Route(f"/wallet/{CREDENTIAL}/join", change_lineage, methods=["POST"]),
    Route(f"/wallet/{CREDENTIAL}/apart", change_lineage, methods=["POST"]),
    Route(f"/wallet/{CREDENTIAL}/part", change_lineage, methods=["POST"]),
)
