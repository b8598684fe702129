"""The page on which a recruiter drops files: CVs, mails, badges. Whole without scripts; with them
each file's result stands there as soon as it is ready.

It is for the browser that opened the wallet: checking asks the web, so nobody else may. A form sent
from another site carries neither the cookie (`SameSite=Strict`) nor our origin, and the door
refuses it.
"""

from __future__ import annotations

from typing import Any

import anyio
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from verifier.ports import Person
from wallet_server.looks import ERRORS
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.receipts.offered import Offer
from wallet_server.refusals import Refusal
from wallet_server.services import Context, Services, services

#: Files of one form, and letters of its fields.
FILES, TEXT, FIELD = 20, 512 * 1024, 200
#: This page's script, and what it sends to this server.
_SCRIPTS = "; script-src 'self'; connect-src 'self'"


class _Source(Struct, frozen=True):
    """One thing to check and what it is called."""

    label: str
    content: bytes | str


class _Form(Struct, frozen=True):
    """What was handed in, and whom it should be about."""

    sources: tuple[_Source, ...]
    text: str
    name: str
    email: str

    @property
    def context(self) -> Context:
        """The person, as the reader stated them."""
        names, emails = ((one,) if one else () for one in (self.name, self.email))
        person = Person(names=names, emails=emails, exact=True) if names or emails else None
        return Context(person)


async def show_check(request: Request) -> Response:
    """`GET /check`: the form."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return _page(request, _Form((), "", "", ""), [])


async def check_files(request: Request) -> Response:
    """`POST /check`: the form, and a result for each file and for what was pasted."""
    given = await _read(request)
    results: list[dict[str, Any]] = [{} for _ in given.sources]
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"

    async def one(index: int, source: _Source) -> None:
        results[index] = await _checked(services(request), source, given.context, own)

    async with anyio.create_task_group() as tasks:
        for index, source in enumerate(given.sources):
            tasks.start_soon(one, index, source)
    return _page(request, given, results, nothing=not given.sources)


async def _checked(parts: Services, source: _Source, context: Context, own: str) -> dict[str, Any]:
    checked = await parts.check(source.content, context, own=own, label=source.label, anew=False)
    offer = Offer.of(checked.verified)
    receipt = None if offer is None else parts.offered.put(offer)
    return {**checked.verified.as_object(), "receipt": receipt}


async def _read(request: Request) -> _Form:
    """The form as it was sent. Raises `Refusal`."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(415, "content_type", "Send the form of this page.")
    form = await read_form(request, files=FILES, text=TEXT)
    try:
        sources = [
            _Source(_label(value.filename), await value.read())
            for value in form.getlist("files")
            if isinstance(value, UploadFile) and (value.filename or value.size)
        ]
    finally:
        await form.close()
    text = _field(form, "text", TEXT)
    if text:
        is_address = text.lower().startswith(("http://", "https://")) and len(text.split()) == 1
        content: bytes | str = text if is_address else text.encode("utf-8", "replace")
        sources.append(_Source(text if is_address else "What you pasted", content))
    return _Form(tuple(sources), text, _field(form, "name", FIELD), _field(form, "email", FIELD))


def _field(form: FormData, name: str, limit: int) -> str:
    value = form.get(name)
    return value.strip()[:limit] if isinstance(value, str) else ""


def _label(name: str | None) -> str:
    return (name or "A file").encode("utf-8", "replace").decode("utf-8")[:200]


def _page(
    request: Request, given: _Form, results: list[dict[str, Any]], *, nothing: bool = False
) -> Response:
    response = draw(
        "check.html",
        given=given,
        results=results,
        nothing=nothing,
        most=FILES,
        errors=ERRORS,
        key=form_key(request),
    )
    with_forms(response)
    response.headers["Content-Security-Policy"] += _SCRIPTS
    return response
