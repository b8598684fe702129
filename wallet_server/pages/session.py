"""Who may see the owner's pages, and whose forms count.

A link that is good once gives a browser its cookie. Only requests from this server's own pages or a
visitor's own navigation carry it (`SameSite=Strict`), and a change is made only for a form that
the browser says comes from this server's page, and that holds the key which this server drew into
it: another program's page on this machine can't read it.
"""

from __future__ import annotations

import hashlib
import hmac

import anyio
from starlette.datastructures import FormData
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from wallet_server.door import BODY_SECONDS, own_origin, with_deadline
from wallet_server.marks import SECURITY_HEADERS
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import access
from wallet_server.verification import now

_PAGES = ("/wallet", "/trust", "/check", "/programs", "/asking", "/receipts", "/sweeps")
#: The pages that are the owner's, each with the name of its cookie: sent to them and nowhere else.
COOKIES = {path: f"touchstone_{path[1:]}" for path in _PAGES}
_FIELDS, _TEXT = 12, 2**20
_POLICY = "Content-Security-Policy"
#: A page with forms sends them to this server alone, and says to it alone where they come from:
#: with `no-referrer` a browser calls the origin of a form `null`.
_WITH_FORMS = {
    "Referrer-Policy": "same-origin",
    _POLICY: SECURITY_HEADERS[_POLICY].replace("form-action 'none'", "form-action 'self'"),
}


def remember(request: Request, response: Response, token: str) -> None:
    """Let this browser in for half a day."""
    age = int(access.PAGE_LIFE.total_seconds())
    for path, cookie in COOKIES.items():
        response.set_cookie(
            cookie,
            token,
            max_age=age,
            path=path,
            secure=request.url.scheme == "https",
            httponly=True,
            samesite="strict",
        )


async def may_read(request: Request) -> bool:
    """Whether the browser opened the pages with a link."""
    token = page_token(request)
    if not token:
        return False
    find, database = access.find_grant, services(request).database
    grant = await anyio.to_thread.run_sync(find, database, token, now())
    return grant is not None and grant.kind == "page"


def form_key(request: Request) -> str:
    """What every form of this browser's pages must bring back."""
    token = page_token(request)
    return hmac.new(token.encode(), b"touchstone form", hashlib.sha256).hexdigest()


def page_token(request: Request) -> str:
    """What this browser was given for the page it asks for; empty if nothing."""
    first = request.url.path.split("/")[1]
    return request.cookies.get(COOKIES.get(f"/{first}", ""), "")


def with_forms(page: Response) -> Response:
    """`page`, which may send forms; no other page here sends any."""
    page.headers.update(_WITH_FORMS)
    return page


async def read_form(
    request: Request,
    *,
    files: int = 1,
    text: int = _TEXT,
    fields: int = _FIELDS,
    seconds: float = BODY_SECONDS,
) -> FormData:
    """The fields of a form that this server drew for this browser: at most so many `files` and
    other `fields`, and bytes of `text` in a field, all there within `seconds`. Raises `Refusal`.
    """
    if not await may_read(request):
        raise Refusal(403, "locked", "Open the wallet first.")
    if not _from_own_page(request):
        raise Refusal(403, "origin", "This form is not from a page of this server.")
    try:
        reading = request.form(max_files=files, max_fields=fields, max_part_size=text)
        form = await with_deadline(reading, seconds)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    given = form.get("key")
    if not isinstance(given, str) or not hmac.compare_digest(
        given.encode("utf-8", "replace"), form_key(request).encode()
    ):
        raise Refusal(403, "form", "This form is not from an open page. Load the page again.")
    return form


def _from_own_page(request: Request) -> bool:
    """By what the browser says, which says at least one of the two with every form."""
    origin, came = request.headers.get("origin"), request.headers.get("sec-fetch-site")
    if origin is not None and origin.lower() != own_origin(request.scope, request.headers):
        return False
    return came == "same-origin" or (came is None and origin is not None)
