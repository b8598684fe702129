"""Bringing badges into the wallet: files, addresses, pasted text, backups of other wallets, a
profile to pick from; how far it is; and what was kept though it could not be read.
"""

from __future__ import annotations

from collections.abc import Mapping

import anyio
from msgspec import Struct
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.providers import credly_profile, discreet
from wallet_server.bringing import look_through
from wallet_server.importing import begin, finished
from wallet_server.imports.found import Found, Item
from wallet_server.keeping import about_owner, keep
from wallet_server.pages.drawing import draw
from wallet_server.pages.session import form_key, may_read, read_form, with_forms
from wallet_server.refusals import Refusal
from wallet_server.services import Checked, Context, services
from wallet_server.store import imports, unread

#: Files of one form; bytes of its text, letters of a passphrase; awards to pick from a profile.
FILES, TEXT, PASSPHRASE, PICKS = 100, 512 * 1024, 1000, 500
#: Pasted addresses that are looked at in one go.
ADDRESSES = 500
#: What is done by then is shown at once.
_AT_ONCE_SECONDS = 2.0
_LATEST = 10
_SCRIPTS = "; script-src 'self'; connect-src 'self'"
_NOTHING = "Choose a file, or paste an address or a badge."
_NONE_PICKED = "Nothing was picked. Tick the badges that you want to keep."
_GONE = Refusal(404, "not_found", "There is no such import; only the newest are remembered.")


class _Given(Struct, frozen=True):
    """What a form brought: files with their names, addresses, and a pasted text that is neither."""

    files: tuple[tuple[str, bytes], ...]
    addresses: tuple[str, ...]
    text: str
    passphrase: str

    @property
    def label(self) -> str:
        """What the import is called."""
        if self.files:
            more = f" and {len(self.files) - 1} more" if len(self.files) > 1 else ""
            return f"{self.files[0][0]}{more}"
        return "Pasted addresses" if self.addresses else "Pasted text"


async def show_add(request: Request) -> Response:
    """`GET /wallet/add`: the form, and the newest imports."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    return await _form(request)


async def add(request: Request) -> Response:
    """`POST /wallet/add`: one address is looked at while the reader waits, all else is brought in
    from the queue; a refusal stands on the form.
    """
    given = await _read(request)
    if not given.files and not given.text and len(given.addresses) == 1:
        return await _address(request, given.addresses[0])
    try:
        found = await _found(request, given)
    except Malformed as error:
        return await _form(request, error.says, locked=True)
    if not found:
        return await _form(request, _NOTHING)
    return await _begun(request, given.label, found)


async def pick(request: Request) -> Response:
    """`POST /wallet/add/picked`: the awards that were picked from a profile."""
    form = await read_form(request, files=0, fields=PICKS + 4)
    await form.close()
    picked = [at for at in form.getlist("award") if isinstance(at, str) and is_address(at)]
    if not picked:
        return await _form(request, _NONE_PICKED)
    items = tuple(Item(discreet(at), None, at) for at in dict.fromkeys(picked))
    return await _begun(request, _text(form, "profile") or "A profile", [Found("file", items)])


async def show_import(request: Request) -> Response:
    """`GET /wallet/imports/{id}`: how far it is, and what became of each thing."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    identifier = request.path_params["id"]
    found = await anyio.to_thread.run_sync(imports.find, services(request).database, identifier)
    if found is None:
        raise _GONE
    one, things = found
    return _scripted(draw("import.html", one=one, things=things, key=form_key(request)))


async def try_again(request: Request) -> Response:
    """`POST /wallet/imports/{id}/again`: what was not reached, once more."""
    await (await read_form(request, files=0)).close()
    parts, identifier = services(request), request.path_params["id"]
    if await anyio.to_thread.run_sync(imports.again, parts.database, identifier):
        parts.brought.ring()
    return RedirectResponse(f"/wallet/imports/{identifier}", 303)


async def forget(request: Request) -> Response:
    """`POST /wallet/imports/{id}/forget`: let go of its list; what was kept stays."""
    await (await read_form(request, files=0)).close()
    database, identifier = services(request).database, request.path_params["id"]
    await anyio.to_thread.run_sync(imports.forget, database, identifier)
    return RedirectResponse("/wallet/add", 303)


async def show_unread(request: Request) -> Response:
    """`GET /wallet/unread`: what was kept as it came."""
    if not await may_read(request):
        return draw("locked.html", 403, tried=False)
    lines = await anyio.to_thread.run_sync(unread.lines, services(request).database)
    return with_forms(draw("unread.html", lines=lines, key=form_key(request)))


async def download_unread(request: Request) -> Response:
    """`GET /wallet/unread/{id}`: one of them, byte for byte, never as anything a browser shows."""
    if not await may_read(request):
        raise Refusal(403, "locked", "Open the wallet first.")
    database, identifier = services(request).database, request.path_params["id"]
    held = await anyio.to_thread.run_sync(unread.content, database, identifier)
    if held is None:
        raise Refusal(404, "not_found", "There is nothing like that here.")
    headers = {"Content-Disposition": f'attachment; filename="{_file_name(held[0])}"'}
    return Response(held[1], media_type="application/octet-stream", headers=headers)


async def delete_unread(request: Request) -> Response:
    """`POST /wallet/unread/{id}/delete`: let one of them go."""
    await (await read_form(request, files=0)).close()
    database, identifier = services(request).database, request.path_params["id"]
    await anyio.to_thread.run_sync(unread.discard, database, identifier)
    return RedirectResponse("/wallet/unread", 303)


ROUTES = (
    Route("/wallet/add", show_add, methods=["GET"]),
    Route("/wallet/add", add, methods=["POST"]),
    Route("/wallet/add/picked", pick, methods=["POST"]),
    Route("/wallet/imports/{id}", show_import, methods=["GET"]),
    Route("/wallet/imports/{id}/again", try_again, methods=["POST"]),
    Route("/wallet/imports/{id}/forget", forget, methods=["POST"]),
    Route("/wallet/unread", show_unread, methods=["GET"]),
    Route("/wallet/unread/{id}", download_unread, methods=["GET"]),
    Route("/wallet/unread/{id}/delete", delete_unread, methods=["POST"]),
)


async def _address(request: Request, address: str) -> Response:
    """The badge that one address leads to, or what it shows to pick from."""
    parts = services(request)
    own = f"{request.url.scheme}://{request.headers['host'].lower()}"
    context = await about_owner(parts, Context())
    checked = await parts.check(address, context, own=own, label=address, anew=True)
    if checked.verified.report is not None:
        kept, _ = await keep(parts, checked, checked.verified.report)
        return RedirectResponse(f"/wallet/{kept.id}", 303)
    error = checked.verified.error
    if error is not None and error.code == "not_an_award" and error.found:
        return _to_pick(request, checked, error.says, error.found)
    return await _form(request, error.says if error is not None else _NOTHING, text=address)


def _to_pick(request: Request, checked: Checked, says: str, found: tuple[str, ...]) -> Response:
    titles: Mapping[str, str] = credly_profile.titles(checked.recording.documents)
    awards = [(at, titles.get(at, "")) for at in found[:PICKS]]
    profile = checked.verified.source
    page = draw("pick.html", says=says, awards=awards, profile=profile, key=form_key(request))
    return with_forms(page)


async def _found(request: Request, given: _Given) -> list[Found]:
    """Everything in what was brought. Raises `Malformed` for what is locked."""
    workers = services(request).bench.workers
    files = list(given.files)
    if given.text:
        files.append(("What you pasted", given.text.encode("utf-8", "replace")))
    found = [
        await look_through(workers, content, name, given.passphrase) for name, content in files
    ]
    if given.addresses:
        items = tuple(Item(discreet(at), None, at) for at in given.addresses)
        found.append(Found("file", items))
    return found


async def _begun(request: Request, label: str, found: list[Found]) -> Response:
    parts = services(request)
    identifier = await begin(parts, label, found)
    await finished(parts, identifier, _AT_ONCE_SECONDS)
    return RedirectResponse(f"/wallet/imports/{identifier}", 303)


async def _read(request: Request) -> _Given:
    """The form as it was sent. Raises `Refusal`."""
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        raise Refusal(415, "content_type", "Send the form of this page.")
    form = await read_form(request, files=FILES, text=TEXT)
    try:
        files = [
            (_name(value.filename), await value.read())
            for value in form.getlist("files")
            if isinstance(value, UploadFile) and (value.filename or value.size)
        ]
    finally:
        await form.close()
    text = _text(form, "text")
    words = text.split()
    are_addresses = bool(words) and len(words) <= ADDRESSES and all(map(is_address, words))
    return _Given(
        tuple(files),
        tuple(dict.fromkeys(words)) if are_addresses else (),
        "" if are_addresses else text,
        _text(form, "passphrase")[:PASSPHRASE],
    )


async def _form(
    request: Request, wrong: str = "", *, text: str = "", locked: bool = False
) -> Response:
    database = services(request).database
    values = {
        "wrong": wrong,
        "text": text,
        "locked": locked,
        "latest": await anyio.to_thread.run_sync(imports.latest, database, _LATEST),
        "most": FILES,
        "key": form_key(request),
    }
    return _scripted(draw("add.html", 400 if wrong else 200, **values))


def _scripted(page: Response) -> Response:
    with_forms(page)
    page.headers["Content-Security-Policy"] += _SCRIPTS
    return page


def _name(name: str | None) -> str:
    return (name or "A file").encode("utf-8", "replace").decode("utf-8")[:200]


def _file_name(label: str) -> str:
    """A name that any system takes, and that tells no browser how to open it."""
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in label)
    return f"{plain[:60].strip('-') or 'unread'}.bin"


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value.strip() if isinstance(value, str) else ""
