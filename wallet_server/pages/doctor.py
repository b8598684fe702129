"""The owner's public page held against the wallet: what to mend there. Whole without scripts;
nothing of the page is kept.
"""

from __future__ import annotations

from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.addresses import is_address
from verifier.errors import NoCredential
from verifier.papers.own_page import OwnPage
from wallet_server.doctor import shown
from wallet_server.doctor.looking import at_address, compare, open_page, read_page
from wallet_server.doctor.model import AS_VERDICTS, CODES
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services

#: Letters of an address.
_ADDRESS = 2000
_NOTHING = "Choose the page that you saved, or give its address."
_NO_ADDRESS = "That is no address of a page: it starts with https://."


async def show_doctor(request: Request) -> Response:
    """`GET /wallet/doctor`: the form."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return _drawn(request)


async def examine(request: Request) -> Response:
    """`POST /wallet/doctor`: the form, and what is to be mended on the page it brought."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(415, "content_type", "Send the form of this page.")
    form = await read_form(request)
    try:
        file, given = form.get("file"), form.get("address")
        content = await file.read() if isinstance(file, UploadFile) else b""
    finally:
        await form.close()
    address = given.strip()[:_ADDRESS] if isinstance(given, str) else ""
    if not content and not address:
        return _drawn(request, wrong=_NOTHING)
    if address and not is_address(address):
        return _drawn(request, wrong=_NO_ADDRESS, address=address)
    parts = services(request)
    try:
        page = await _page(parts, content, address)
    except NoCredential as error:
        return _drawn(request, wrong=error.says, address=address)
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"
    told = shown.comparison(await compare(parts, page, own))
    return _drawn(request, told=told, address=address)


async def _page(parts: Services, content: bytes, address: str) -> OwnPage:
    if not content:
        return await open_page(parts, address)
    page = await read_page(parts, content)
    return at_address(page, address) if address else page


def _drawn(
    request: Request,
    *,
    told: dict[str, Any] | None = None,
    wrong: str = "",
    address: str = "",
) -> Response:
    page = draw(
        "doctor.html",
        400 if wrong else 200,
        told=told,
        is_well=told is not None and shown.is_well(told),
        words=CODES,
        verdicts=AS_VERDICTS,
        wrong=wrong,
        address=address,
        key=form_key(request),
    )
    return with_forms(page)


ROUTES = (
    Route("/wallet/doctor", show_doctor, methods=["GET"]),
    Route("/wallet/doctor", examine, methods=["POST"]),
)
