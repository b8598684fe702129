"""Taking the wallet along: a file of everything, the way back, and deleting it all."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from wallet_server.api import leaving
from wallet_server.door import RESTORE_SECONDS
from wallet_server.leaving.erasing import erase
from wallet_server.leaving.export import contents
from wallet_server.leaving.restore import Restored
from wallet_server.leaving.sealing import LENGTH
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services

#: What has to be typed before everything is deleted.
WORD = "delete"


async def show_leaving(request: Request) -> Response:
    """`GET /wallet/leave`: the three things that can be done with the whole wallet."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request, erased="erased" in request.query_params)


async def download(request: Request) -> Response:
    """`GET /wallet/leave/export`: everything as a file that anybody can read."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await leaving.export(services(request), None)


async def download_sealed(request: Request) -> Response:
    """`POST /wallet/leave/export`: the same under a passphrase, which is typed twice."""
    form = await read_form(request)
    passphrase, again = form.get("passphrase"), form.get("again")
    await form.close()
    if not isinstance(passphrase, str) or passphrase != again:
        says = "The two passphrases differ. Type the same one twice."
        return await _drawn(request, 400, wrong=says)
    try:
        return await leaving.export(services(request), passphrase)
    except Refusal as no:
        return await _drawn(request, no.status, wrong=no.says)


async def bring_back(request: Request) -> Response:
    """`POST /wallet/leave/restore`: an export is added to the wallet, all of it or nothing."""
    form = await read_form(request, seconds=RESTORE_SECONDS)
    try:
        done = await leaving.restored(request, form)
    except Refusal as no:
        return await _drawn(request, no.status, wrong=no.says)
    finally:
        await form.close()
    return await _drawn(request, restored=done)


async def erase_everything(request: Request) -> Response:
    """`POST /wallet/leave/erase`: the wallet is empty afterwards, for good."""
    form = await read_form(request)
    word = form.get("word")
    await form.close()
    if not isinstance(word, str) or word.strip().lower() != WORD:
        says = f"Nothing was deleted. Type the word “{WORD}” if you want that."
        return await _drawn(request, 400, wrong=says)
    parts = services(request)
    await anyio.to_thread.run_sync(erase, parts.database)
    parts.forget()
    return RedirectResponse("/wallet/leave?erased", 303)


async def _drawn(
    request: Request,
    status: int = 200,
    *,
    wrong: str | None = None,
    restored: Restored | None = None,
    erased: bool = False,
) -> Response:
    found = await anyio.to_thread.run_sync(contents, services(request).database)
    page = draw(
        "leave.html",
        status,
        held=found,
        wrong=wrong,
        restored=restored,
        erased=erased and not found.credentials,
        length=LENGTH,
        word=WORD,
        key=form_key(request),
    )
    return with_forms(page)


ROUTES = (
    Route("/wallet/leave", show_leaving, methods=["GET"]),
    Route("/wallet/leave/export", download, methods=["GET"]),
    Route("/wallet/leave/export", download_sealed, methods=["POST"]),
    Route("/wallet/leave/restore", bring_back, methods=["POST"]),
    Route("/wallet/leave/erase", erase_everything, methods=["POST"]),
)
