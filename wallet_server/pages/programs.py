"""The programs that may ask this server: which there are, and forms to end them or pair another."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, page_token, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import access
from wallet_server.store.programs import programs, revoke
from wallet_server.verification import now


async def show_programs(request: Request) -> Response:
    """`GET /programs`: every paired program, the newest first."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _drawn(request)


async def change_programs(request: Request) -> Response:
    """`POST /programs/{does}`: `end` one, `end-all`, or `pair` another by a fresh code."""
    does, database = request.path_params["does"], services(request).database
    if does not in ("end", "end-all", "pair"):
        raise Refusal(404, "not_found", "There is nothing here.")
    form = await read_form(request)
    which = form.get("which")
    await form.close()
    if does == "pair":
        code = await anyio.to_thread.run_sync(access.new_code, database, now())
        return await _drawn(request, code=code)
    if does == "end" and not isinstance(which, str):
        raise Refusal(400, "which", "“which” says which program to end.")
    one = which if isinstance(which, str) and does == "end" else None
    await anyio.to_thread.run_sync(revoke, database, one, page_token(request), now())
    return RedirectResponse("/programs", 303)


async def _drawn(request: Request, code: str | None = None) -> Response:
    found = await anyio.to_thread.run_sync(programs, services(request).database)
    minutes = int(access.CODE_LIFE.total_seconds()) // 60
    page = draw("programs.html", programs=found, key=form_key(request), code=code, minutes=minutes)
    return with_forms(page)
