"""`/api/sweeps`: looking through a list of people and badges."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import anyio
from starlette.datastructures import UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.api.imports import content_of
from wallet_server.door import with_deadline
from wallet_server.refusals import Refusal
from wallet_server.services import services
from wallet_server.store import sweep_lines, sweeps
from wallet_server.store.sweeps import Sweep
from wallet_server.sweeping.bringing import bring
from wallet_server.sweeping.progress import seconds_left
from wallet_server.sweeping.sheets import summary
from wallet_server.sweeping.web import FILES, SECONDS, changed, table
from wallet_server.verification import now

_GONE = Refusal(404, "not_found", "There is no such sweep.")
_COLUMNS = "“columns” says what columns are, as an object from a column's name to its kind."
_MEMBERS = ("text", "bytes")


async def show_all(request: Request) -> Response:
    """`GET /api/sweeps`: each that is kept, the newest first."""
    every = await anyio.to_thread.run_sync(sweeps.every, services(request).database)
    return _answer({"sweeps": [summary(one) for one in every]})


async def begin(request: Request) -> Response:
    """`POST /api/sweeps`: files, or a list as text; 201 with how it was read. It goes on by
    itself. 422 for a list that can't be read.
    """
    files, named = await _given(request)
    read = [(name, lambda content=content: content) for name, content in files]
    parts = services(request)
    try:
        identifier = await bring(parts, files[0][0], read, named)
    except Malformed as error:
        raise Refusal(422, error.reason.replace(".", "_"), error.says) from error
    return await _shown(request, identifier, 201)


async def show(request: Request) -> Response:
    """`GET /api/sweeps/{id}`: how far it is, and how many badges there are of each verdict."""
    return await _shown(request, request.path_params["id"])


async def as_csv(request: Request) -> Response:
    """`GET /api/sweeps/{id}/table.csv`: the list with what was found, no cell of it a formula."""
    return table(services(request).database, await _one(request), "csv")


async def as_json(request: Request) -> Response:
    """`GET /api/sweeps/{id}/table.json`: every row with its whole report."""
    return table(services(request).database, await _one(request), "json")


async def change(request: Request) -> Response:
    """`POST /api/sweeps/{id}/stop`, `/on` and `/again`: it as it is then."""
    identifier, does = request.path_params["id"], request.url.path.rpartition("/")[2]
    parts = services(request)
    if not await anyio.to_thread.run_sync(changed, parts.database, identifier, does):
        raise _GONE
    parts.swept.ring()
    return await _shown(request, identifier)


async def forget(request: Request) -> Response:
    """`DELETE /api/sweeps/{id}`: let go of the list, whom it names, and what was found."""
    forgetting, parts = sweeps.forget, services(request)
    if not await anyio.to_thread.run_sync(forgetting, parts.database, request.path_params["id"]):
        raise _GONE
    parts.forget()
    return Response(status_code=204)


ROUTES = (
    Route("/api/sweeps", show_all, methods=["GET"]),
    Route("/api/sweeps", begin, methods=["POST"]),
    Route("/api/sweeps/{id}", show, methods=["GET"]),
    Route("/api/sweeps/{id}", forget, methods=["DELETE"]),
    Route("/api/sweeps/{id}/table.csv", as_csv, methods=["GET"]),
    Route("/api/sweeps/{id}/table.json", as_json, methods=["GET"]),
    Route("/api/sweeps/{id}/stop", change, methods=["POST"]),
    Route("/api/sweeps/{id}/on", change, methods=["POST"]),
    Route("/api/sweeps/{id}/again", change, methods=["POST"]),
)


async def _shown(request: Request, identifier: str, status: int = 200) -> Response:
    one, database = await _one(request, identifier), services(request).database
    counts = await anyio.to_thread.run_sync(sweep_lines.counts, database, one.id)
    left = await anyio.to_thread.run_sync(seconds_left, database, one, now())
    return _answer({**summary(one), "counts": counts, "seconds_left": left}, status)


async def _one(request: Request, identifier: str | None = None) -> Sweep:
    which = identifier or request.path_params["id"]
    one = await anyio.to_thread.run_sync(sweeps.find, services(request).database, which)
    if one is None:
        raise _GONE
    return one


def _answer(value: Mapping[str, Any], status: int = 200) -> Response:
    return Response(wire.encoded(value), status, media_type="application/json")


async def _given(request: Request) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    """The files with their names, and what their columns are. Raises `Refusal`."""
    if request.headers.get("content-type", "").lower().startswith("multipart/form-data"):
        return await _uploaded(request)
    body = await read_json(request)
    members = [member for member in _MEMBERS if body.get(member) is not None]
    name = body.get("name", "list.csv")
    if len(members) != 1 or not isinstance(name, str) or not 1 <= len(name) <= 200:
        raise Refusal(400, "source", "Give “text” or “bytes” (base64), and perhaps a “name”.")
    content = content_of(members[0], body[members[0]])
    return [(name, content)], _columns(body.get("columns"))


async def _uploaded(request: Request) -> tuple[list[tuple[str, bytes]], dict[str, str]]:
    try:
        form = await with_deadline(request.form(max_files=FILES, max_fields=4), SECONDS)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        files = [file for _, file in form.multi_items() if isinstance(file, UploadFile)]
        held = [((file.filename or "A file")[:200], await file.read()) for file in files]
        text = form.get("columns")
    finally:
        await form.close()
    if not held:
        raise Refusal(400, "source", "The form must bring a file.")
    try:
        columns = json.loads(text) if isinstance(text, str) else None
    except (ValueError, RecursionError) as error:
        raise Refusal(400, "columns", _COLUMNS) from error
    return [
        (name.encode("utf-8", "replace").decode(), content) for name, content in held
    ], _columns(columns)


def _columns(value: object) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, dict) or len(value) > 50:
        raise Refusal(400, "columns", _COLUMNS)
    if not all(isinstance(kind, str) and len(name) <= 200 for name, kind in value.items()):
        raise Refusal(400, "columns", _COLUMNS)
    return {str(name): str(kind) for name, kind in value.items()}
