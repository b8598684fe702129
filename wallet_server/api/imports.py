"""Bringing badges into the wallet over HTTP: files, backups of other wallets, addresses."""

from __future__ import annotations

import base64
import binascii
from typing import Any

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.providers import discreet
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.bringing import awards_at, look_through
from wallet_server.door import with_deadline
from wallet_server.importing import begin, finished, summary
from wallet_server.imports.found import Found, Item
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import imports

FILES, ADDRESSES, TEXT = 100, 500, 1000
#: How long an answer waits for the work; what is not done by then goes on by itself.
SECONDS = 600.0
#: Files with their names, addresses, the passphrase, and whether all awards of a profile are meant.
_Given = tuple[list[tuple[str, bytes]], list[str], str, bool]
_MEMBERS = ("urls", "credential", "bytes")
_SOURCE = "Give one of “urls”, a list of addresses, “credential”, a text, and “bytes”, in base64."


async def bring(request: Request) -> Response:
    """`POST /api/wallet/import`: everything in one or more files, or behind addresses; the summary
    once all of it was looked at. 422 for a backup whose passphrase is missing or wrong.
    """
    parts = services(request)
    files, addresses, passphrase, takes_all = await _read(request)
    try:
        found = [
            await look_through(parts.bench.workers, content, name, passphrase)
            for name, content in files
        ]
    except Malformed as error:
        raise Refusal(422, error.reason.replace(".", "_"), error.says) from error
    for address in addresses:
        items = await awards_at(parts, address) if takes_all else (_item(address),)
        found.append(Found("file", items))
    label = files[0][0] if files else "Addresses"
    identifier = await begin(parts, label, found)
    await finished(parts, identifier, SECONDS)
    return await _summary(request, identifier)


async def progress(request: Request) -> Response:
    """`GET /api/wallet/imports/{id}`: the same summary, as far as it is."""
    return await _summary(request, request.path_params["id"])


ROUTES = (
    Route("/api/wallet/import", bring, methods=["POST"]),
    Route("/api/wallet/imports/{id}", progress, methods=["GET"]),
)


async def _summary(request: Request, identifier: str) -> Response:
    database = services(request).database
    found = await anyio.to_thread.run_sync(imports.find, database, identifier)
    if found is None:
        raise Refusal(404, "not_found", "There is no such import.")
    one, things = found
    return Response(wire.encoded(summary(one, things)), media_type="application/json")


async def _read(request: Request) -> _Given:
    """What a request brings. Raises `Refusal`."""
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await _read_upload(request)
    body = await read_json(request)
    given = [member for member in _MEMBERS if body.get(member) is not None]
    passphrase = _short(body, "passphrase")
    if len(given) != 1:
        raise Refusal(400, "source", _SOURCE)
    if given[0] == "urls":
        takes_all = body.get("all", False)
        if not isinstance(takes_all, bool):
            raise Refusal(400, "all", "“all” must be true or false.")
        return [], _addresses(body["urls"]), passphrase, takes_all
    name = _short(body, "name") or "What was brought"
    return [(name, _bytes(given[0], body[given[0]]))], [], passphrase, False


async def _read_upload(request: Request) -> _Given:
    """A form with files and, if need be, the passphrase. Raises `Refusal`."""
    try:
        form = await with_deadline(request.form(max_files=FILES, max_fields=4))
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        files = [
            (_name(value.filename), await value.read())
            for _, value in form.multi_items()
            if isinstance(value, UploadFile)
        ]
    finally:
        await form.close()
    if not files:
        raise Refusal(400, "source", "The form must bring a file.")
    passphrase = form.get("passphrase")
    return files, [], passphrase[:TEXT] if isinstance(passphrase, str) else "", False


def _item(address: str) -> Item:
    return Item(discreet(address), None, address)


def _name(name: str | None) -> str:
    return (name or "A file").encode("utf-8", "replace").decode("utf-8")[:200]


def _addresses(value: object) -> list[str]:
    listed = value if isinstance(value, list) else []
    texts = [one.strip() for one in listed if isinstance(one, str)]
    if not 1 <= len(texts) <= ADDRESSES or len(texts) != len(listed):
        raise Refusal(400, "source", f"“urls” is a list of 1 to {ADDRESSES} addresses.")
    if not all(map(is_address, texts)):
        raise Refusal(400, "source", "Each of “urls” must be an http or https address.")
    return list(dict.fromkeys(texts))


def _bytes(member: str, value: object) -> bytes:
    if not isinstance(value, str) or not value.strip():
        raise Refusal(400, "source", f"“{member}” must be a text that is not empty.")
    if member == "credential":
        return value.encode("utf-8")
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refusal(400, "source", "“bytes” is not base64.") from error


def _short(body: dict[str, Any], member: str) -> str:
    value = body.get(member)
    if value is not None and (not isinstance(value, str) or len(value) > TEXT):
        raise Refusal(400, member, f"“{member}” must be a short text.")
    return value or ""
