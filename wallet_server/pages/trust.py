"""The owner's issuer lists: which there are, in which order, and forms to change them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from verifier.errors import Malformed
from verifier.ports import Fetcher
from wallet_server.cache import Anew
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services
from wallet_server.trust import fetching, keeping
from wallet_server.trust.folder import OWN, Held, held
from wallet_server.verification import now


async def show_trust(request: Request) -> Response:
    """`GET /trust`: every list in the order in which it is asked."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return _drawn(request)


async def change_trust(request: Request) -> Response:
    """`POST /trust/{does}`: one change, then the page again; a refusal stands on it."""
    does = _CHANGES.get(request.path_params["does"])
    if does is None:
        raise Refusal(404, "not_found", "There is nothing here.")
    form = await read_form(request)
    try:
        await does(services(request), form)
    except Malformed as error:
        return _drawn(request, 400, error.says)
    except OSError as error:
        return _drawn(request, 500, f"“{error.filename}” can't be written: {error.strerror}.")
    finally:
        await form.close()
    return RedirectResponse("/trust", 303)


def _drawn(request: Request, status: int = 200, wrong: str | None = None) -> Response:
    lists = services(request).lists
    found: tuple[Held, ...] = ()
    try:
        found = held(lists.folder)
    except Malformed as error:
        wrong = error.says
    own = next((one.read for one in found if one.kept.file == OWN), None)
    page = draw(
        "trust.html",
        status,
        wrong=wrong,
        lists=[(one, one.trouble(now())) for one in found],
        own=own.issuers if own else (),
        given=lists.given,
        shipped=lists.shipped,
        key=form_key(request),
    )
    return with_forms(page)


async def _add(parts: Services, form: FormData) -> None:
    asked = await fetching.add_address(
        parts.lists.folder, _text(form, "address"), _web(parts), now()
    )
    if asked.error is not None:
        says = f"{asked.url} is kept, but could not be read: {asked.error}."
        raise Malformed("trust.unread", says)


async def _upload(parts: Services, form: FormData) -> None:
    file = form.get("file")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Malformed("trust.file", "Choose a file first: an issuer list in JSON.")
    keeping.add(parts.lists.folder, await file.read())


async def _judge(parts: Services, form: FormData) -> None:
    policy = _text(form, "policy")
    if policy not in ("trust", "deny"):
        raise Malformed("trust.policy", "Choose whether to allow or to refuse the issuer.")
    name, note = _text(form, "name"), _text(form, "note")
    issuer = _text(form, "issuer")
    keeping.judge(parts.lists.folder, issuer, policy, now(), name=name, note=note)


async def _move(parts: Services, form: FormData) -> None:
    place = _text(form, "place")
    if not place.isascii() or not place.isdigit():
        raise Malformed("trust.place", "The place in the order is a number.")
    keeping.move(parts.lists.folder, _text(form, "which"), int(place[:6]))


async def _remove(parts: Services, form: FormData) -> None:
    keeping.remove(parts.lists.folder, _text(form, "which"))


async def _refresh(parts: Services, form: FormData) -> None:
    await fetching.refresh(parts.lists.folder, _web(parts), now())


_CHANGES: Mapping[str, Callable[[Services, FormData], Awaitable[None]]] = {
    "add": _add,
    "upload": _upload,
    "issuer": _judge,
    "move": _move,
    "remove": _remove,
    "refresh": _refresh,
}


def _web(parts: Services) -> Fetcher:
    """The server's door to the web, past what is held from before."""
    return Anew(parts.cache) if parts.cache is not None else parts.bench.fetcher


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip()[:2000] if isinstance(value, str) else ""
