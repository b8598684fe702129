"""Asking somebody to present badges: challenges, what came of them, and the page that takes
answers, which is open to whoever has its link.
"""

from __future__ import annotations

import anyio
import segno
from markupsafe import Markup
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.door import read_body, with_deadline
from wallet_server.pages.drawing import draw
from wallet_server.pages.public import download
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.presenting import answers, challenging, requests
from wallet_server.presenting.challenging import Made, request_of
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import challenges
from wallet_server.store.challenges import Challenge
from wallet_server.verification import now

_GONE = Refusal(404, "not_found", "There is no such challenge: it was deleted.")
_FIELDS = ("reason", "name", "email", "domain", "days")
#: What pages say that are open to whoever has their address.
_PUBLIC = {"X-Robots-Tag": "noindex, nofollow"}


async def show_asking(request: Request) -> Response:
    """`GET /asking`: every challenge, and the form for another."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _listed(request)


async def ask(request: Request) -> Response:
    """`POST /asking`: a new challenge, with its link, which is shown this once."""
    form = await read_form(request)
    given = {name: _text(form, name) for name in _FIELDS}
    await form.close()
    parts, origin = services(request), services(request).origin(request)
    asks = {name: given[name] for name in ("reason", "name", "email")}
    make = (parts.database, origin, given["domain"], asks, _days(given["days"]))
    try:
        made = await anyio.to_thread.run_sync(challenging.make, *make)
    except Malformed as error:
        return await _listed(request, 400, error.says, given)
    page = draw("asking_made.html", made=made, code=_code(made), here=parts.public is None)
    page.headers["Referrer-Policy"] = "no-referrer"
    return page


async def show_answer(request: Request) -> Response:
    """`GET /asking/{id}`: what came of a challenge, or the form for an answer that came by mail."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return _one(request, await _found(request))


async def take_answer(request: Request) -> Response:
    """`POST /asking/{id}/answer`: an answer that came another way than by the link."""
    form = await read_form(request, text=answers.LIMIT + 1)
    found = await _found(request)
    try:
        content = await _answer(form)
    finally:
        await form.close()
    try:
        if not found.is_open(now()):
            raise Malformed("answer.over", "It was answered already, or its time is up.")
        await answers.take(services(request), found, content, own=_own(request))
    except Malformed as error:
        return _one(request, found, 400, error.says)
    return RedirectResponse(f"/asking/{found.id}", 303)


async def check_again(request: Request) -> Response:
    """`POST /asking/{id}/check`: what is found of the answer now."""
    await (await read_form(request)).close()
    found = await _found(request)
    try:
        await answers.look_again(services(request), found, own=_own(request))
    except Malformed as error:
        return _one(request, found, 400, error.says)
    return RedirectResponse(f"/asking/{found.id}", 303)


async def forget(request: Request) -> Response:
    """`POST /asking/{id}/delete`: the challenge and what came of it, for good."""
    await (await read_form(request)).close()
    identifier, parts = request.path_params["id"], services(request)
    await anyio.to_thread.run_sync(challenges.forget, parts.database, identifier)
    parts.forget()
    return RedirectResponse("/asking", 303)


async def save_request(request: Request) -> Response:
    """`GET /asking/{id}/request.json`: what to send to the holder."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return download(wire.encoded(request_of(await _found(request))), "request.json")


async def save_answer(request: Request) -> Response:
    """`GET /asking/{id}/presentation.json`: what came, byte for byte."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    found = await _found(request)
    if found.answer is None:
        raise _GONE
    return download(found.answer, "presentation.json")


async def show_public(request: Request) -> Response:
    """`GET /ask/{secret}`: what is asked, and the form that takes the answer."""
    return _public(request, await _opened(request))


async def public_request(request: Request) -> Response:
    """`GET /ask/{secret}/request.json`: the request, for the holder's wallet."""
    found = await _opened(request)
    if found is None:
        return _over(request)
    content = wire.encoded(request_of(found, _link(request)))
    answer = download(content, "request.json")
    answer.headers.update(_PUBLIC)
    return answer


async def answer(request: Request) -> Response:
    """`POST /ask/{secret}`: the answer, as a form brings it, or as JSON by a program, which gets
    `{}` back; to `{}` it gets the request (an exchange of VCALM 1.0, section 3.6).
    """
    found = await _opened(request)
    if found is None:
        return _over(request)
    is_form = request.headers.get("content-type", "").lower().startswith("multipart/form-data")
    content = await (_from_form(request) if is_form else _from_program(request))
    if not is_form and content.strip() in (b"", b"{}"):
        told = {"verifiablePresentationRequest": request_of(found, _link(request))}
        return JSONResponse(told, headers=_PUBLIC)
    secret = request.path_params["secret"]
    try:
        taken = await answers.answer_to(services(request), secret, content, own=_own(request))
    except Malformed as error:
        if not is_form:
            raise Refusal(422, error.reason, error.says) from error
        return _public(request, await _opened(request), 400, error.says)
    if taken is None:
        return _over(request)
    if not is_form:
        return JSONResponse({}, headers=_PUBLIC)
    page = draw("ask_done.html", domain=taken.domain)
    page.headers.update(_PUBLIC)
    return page


async def _from_form(request: Request) -> bytes:
    """What a form of the public page brings. Raises `Refusal`."""
    try:
        reading = request.form(max_files=1, max_fields=2, max_part_size=answers.LIMIT + 1)
        form = await with_deadline(reading)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        return await _answer(form)
    finally:
        await form.close()


async def _from_program(request: Request) -> bytes:
    """What a program sends. Raises `Refusal`."""
    try:
        return await read_body(request)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error


async def _answer(form: FormData) -> bytes:
    """The answer in a form: the file, or else what was pasted."""
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        return await file.read(answers.LIMIT + 1)
    return _text(form, "answer").encode("utf-8", "replace")


async def _listed(
    request: Request,
    status: int = 200,
    wrong: str | None = None,
    given: dict[str, str] | None = None,
) -> Response:
    every = await anyio.to_thread.run_sync(challenges.every, services(request).database)
    page = draw(
        "asking.html",
        status,
        every=every,
        now=now(),
        wrong=wrong,
        given=given or dict.fromkeys(_FIELDS, ""),
        usual=services(request).origin(request).partition("://")[2],
        key=form_key(request),
    )
    return with_forms(page)


def _one(
    request: Request, found: Challenge, status: int = 200, wrong: str | None = None
) -> Response:
    page = draw(
        "asked.html",
        status,
        found=found,
        is_open=found.is_open(now()),
        wrong=wrong,
        key=form_key(request),
    )
    return with_forms(page)


def _public(
    request: Request, found: Challenge | None, status: int = 200, wrong: str | None = None
) -> Response:
    if found is None:
        return _over(request)
    link = _link(request)
    whole = requests.linked(link, request_of(found))
    page = with_forms(draw("ask.html", status, found=found, link=whole, wrong=wrong))
    page.headers.update(_PUBLIC)
    return page


def _over(request: Request) -> Response:
    """What there is at an address that takes no answer: the same whether it never did, or does no
    more.
    """
    page = draw("ask_over.html", 404)
    page.headers.update(_PUBLIC)
    return page


async def _found(request: Request) -> Challenge:
    """The challenge that a path names. Raises `Refusal`."""
    identifier, database = request.path_params["id"], services(request).database
    found = await anyio.to_thread.run_sync(challenges.find, database, identifier)
    if found is None:
        raise _GONE
    return found


async def _opened(request: Request) -> Challenge | None:
    """The challenge that the secret of a path lets answer."""
    secret, database = request.path_params["secret"], services(request).database
    return await anyio.to_thread.run_sync(challenges.opened, database, secret, now())


def _code(made: Made) -> Markup | None:
    """The link as a QR code, without the request in it where a code can't hold that: its page tells
    it. It is drawn of our own link alone, whose letters need no escaping.
    """
    if made.link is None:
        return None
    try:
        code = segno.make(made.link, error="l", micro=False)
    except segno.DataOverflowError:
        code = segno.make(made.link.partition("#")[0], error="l", micro=False)
    return Markup(code.svg_inline(scale=4, light="#fff", omitsize=True, title="The link"))  # noqa: S704


def _link(request: Request) -> str:
    return f"{services(request).origin(request)}/ask/{request.path_params['secret']}"


def _own(request: Request) -> str:
    return f"{request.url.scheme}://{request.headers['host'].lower()}"


def _days(said: str) -> int:
    """How long a form says; what is no number of days counts as none."""
    if not said:
        return challenging.USUAL
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 0


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""


_ONE = "/asking/{id:str}"
ROUTES = (
    Route("/asking", show_asking, methods=["GET"]),
    Route("/asking", ask, methods=["POST"]),
    Route(_ONE, show_answer, methods=["GET"]),
    Route(f"{_ONE}/answer", take_answer, methods=["POST"]),
    Route(f"{_ONE}/check", check_again, methods=["POST"]),
    Route(f"{_ONE}/delete", forget, methods=["POST"]),
    Route(f"{_ONE}/request.json", save_request, methods=["GET"]),
    Route(f"{_ONE}/presentation.json", save_answer, methods=["GET"]),
    Route("/ask/{secret}", show_public, methods=["GET"]),
    Route("/ask/{secret}", answer, methods=["POST"]),
    Route("/ask/{secret}/request.json", public_request, methods=["GET"]),
)
