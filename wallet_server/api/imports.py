"""Bringing badges into the wallet over HTTP: files, backups of other wallets, addresses."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO

import anyio
from msgspec import Struct
from msgspec.structs import asdict
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.providers import discreet
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.api.leaving import bring_back
from wallet_server.bringing import awards_at, look_through
from wallet_server.door import RESTORE_SECONDS, with_deadline
from wallet_server.importing import begin, finished, summary
from wallet_server.imports.found import LIMIT, Found, Item
from wallet_server.leaving.taking import is_backup
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import imports

FILES, ADDRESSES, TEXT = 100, 500, 1000
#: How long an answer waits for the work; what is not done by then goes on by itself.
SECONDS = 600.0
_MEMBERS = ("urls", "credential", "bytes")
_SOURCE = "Give one of “urls”, a list of addresses, “credential”, a text, and “bytes”, in base64."


class _Given(Struct, frozen=True):
    """Files with their names, addresses, the passphrase, and whether all awards of a profile are
    meant.
    """

    files: Sequence[tuple[str, bytes]] = ()
    addresses: Sequence[str] = ()
    passphrase: str = ""
    takes_all: bool = False


async def bring(request: Request) -> Response:
    """`POST /api/wallet/import`: everything in one or more files, or behind addresses; the summary
    once all of it was looked at. An export of a wallet of our own is restored as a whole. 422 for
    a backup whose passphrase is missing or wrong.
    """
    if not request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        given = _read_json(await read_json(request))
        if len(given.files) == 1 and is_backup(BytesIO(given.files[0][1])):
            return await _restored(request, BytesIO(given.files[0][1]), given.passphrase)
        return await _brought(request, given)
    form = await _form(request)
    try:
        files = [file for _, file in form.multi_items() if isinstance(file, UploadFile)]
        passphrase = form.get("passphrase")
        words = passphrase[:TEXT] if isinstance(passphrase, str) else ""
        if not files:
            raise Refusal(400, "source", "The form must bring a file.")
        if len(files) == 1 and await anyio.to_thread.run_sync(is_backup, files[0].file):
            return await _restored(request, files[0].file, words)
        if sum(file.size or 0 for file in files) > LIMIT:
            says = f"Together these files are over {LIMIT // 2**20} MiB. Bring them in parts."
            raise Refusal(413, "too_large", says)
        contents = [(_name(file.filename), await file.read()) for file in files]
    finally:
        await form.close()
    return await _brought(request, _Given(files=contents, passphrase=words))


async def progress(request: Request) -> Response:
    """`GET /api/wallet/imports/{id}`: the same summary, as far as it is."""
    return await _summary(request, request.path_params["id"])


ROUTES = (
    Route("/api/wallet/import", bring, methods=["POST"]),
    Route("/api/wallet/imports/{id}", progress, methods=["GET"]),
)


async def _brought(request: Request, given: _Given) -> Response:
    parts = services(request)
    try:
        found = [
            await look_through(parts.bench.workers, content, name, given.passphrase)
            for name, content in given.files
        ]
    except Malformed as error:
        raise Refusal(422, error.reason.replace(".", "_"), error.says) from error
    for address in given.addresses:
        items = await awards_at(parts, address) if given.takes_all else (_item(address),)
        found.append(Found("file", items))
    label = given.files[0][0] if given.files else "Addresses"
    identifier = await begin(parts, label, found)
    await finished(parts, identifier, SECONDS)
    return await _summary(request, identifier)


async def _restored(request: Request, file: BinaryIO, passphrase: str) -> Response:
    done = await bring_back(request, file, passphrase or None)
    return Response(wire.encoded(asdict(done)), media_type="application/json")


async def _summary(request: Request, identifier: str) -> Response:
    database = services(request).database
    found = await anyio.to_thread.run_sync(imports.find, database, identifier)
    if found is None:
        raise Refusal(404, "not_found", "There is no such import.")
    one, things = found
    return Response(wire.encoded(summary(one, things)), media_type="application/json")


async def _form(request: Request) -> FormData:
    try:
        reading = request.form(max_files=FILES, max_fields=4)
        return await with_deadline(reading, RESTORE_SECONDS)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error


def _read_json(body: dict[str, Any]) -> _Given:
    """What a JSON object asks for. Raises `Refusal`."""
    members = [member for member in _MEMBERS if body.get(member) is not None]
    passphrase, takes_all = _short(body, "passphrase"), body.get("all", False)
    if len(members) != 1:
        raise Refusal(400, "source", _SOURCE)
    if not isinstance(takes_all, bool):
        raise Refusal(400, "all", "“all” must be true or false.")
    if members[0] == "urls":
        return _Given(addresses=_addresses(body["urls"]), takes_all=takes_all)
    name = _short(body, "name") or "What was brought"
    content = content_of(members[0], body[members[0]])
    return _Given(files=[(name, content)], passphrase=passphrase)


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


def content_of(member: str, value: object) -> bytes:
    """What a member of a JSON body holds: base64 in `bytes`, else text. Raises `Refusal`."""
    if not isinstance(value, str) or not value.strip():
        raise Refusal(400, "source", f"“{member}” must be a text that is not empty.")
    if member != "bytes":
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
