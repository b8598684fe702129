"""The whole wallet over HTTP: taken along, and brought back."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import BinaryIO

import anyio
from msgspec.structs import asdict
from starlette.datastructures import FormData, UploadFile
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.api.asked import read_json
from wallet_server.door import RESTORE_SECONDS, with_deadline
from wallet_server.leaving.restore import Restored, restore
from wallet_server.leaving.taking import Taken, take
from wallet_server.refusals import Refusal
from wallet_server.services import Services, services
from wallet_server.watch.runner import watch

_PIECE = 2**18


async def export_plainly(request: Request) -> Response:
    """`GET /api/wallet/export`: everything, as `docs/wallet.md` has it."""
    return await export(services(request), None)


async def export_sealed(request: Request) -> Response:
    """`POST /api/wallet/export`: the same under a `passphrase`."""
    passphrase = (await read_json(request)).get("passphrase")
    if not isinstance(passphrase, str):
        raise Refusal(400, "passphrase.missing", "Give a “passphrase”, or ask with GET for none.")
    return await export(services(request), passphrase)


async def restore_upload(request: Request) -> Response:
    """`POST /api/wallet/restore`: an export, and its `passphrase` if it has one."""
    try:
        reading = request.form(max_files=1, max_fields=2)
        form = await with_deadline(reading, RESTORE_SECONDS)
    except ClientDisconnect as error:
        raise Refusal(400, "cut_off", "The request ended before it was complete.") from error
    try:
        done = await restored(request, form)
    finally:
        await form.close()
    return Response(wire.encoded(asdict(done)), media_type="application/json")


async def export(parts: Services, passphrase: str | None) -> Response:
    """An export to be kept as a file. Raises `Refusal`."""
    try:
        taken = await take(parts.database, parts.data, passphrase)
    except Malformed as error:
        raise _refusal(error) from error
    headers = {
        "Content-Disposition": f'attachment; filename="{taken.name}"',
        "Content-Length": str(taken.size),
        "X-Touchstone-Waiting": str(taken.exported.waiting),
    }
    kind = "application/zip" if passphrase is None else "application/octet-stream"
    return StreamingResponse(_pieces(taken), headers=headers, media_type=kind)


async def restored(request: Request, form: FormData) -> Restored:
    """What came of the export in a form's `file`, under its `passphrase`. Raises `Refusal`."""
    file, passphrase = form.get("file"), form.get("passphrase")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Refusal(400, "source", "Choose the file of an export first.")
    given = passphrase if isinstance(passphrase, str) and passphrase else None
    return await bring_back(request, file.file, given)


async def bring_back(request: Request, file: BinaryIO, passphrase: str | None) -> Restored:
    """What came of an export; all that is new of it is looked at next. Raises `Refusal`."""
    parts, moment = services(request), datetime.now(UTC)
    try:
        done = await restore(parts.database, file, parts.bench.workers, moment, passphrase)
    except Malformed as error:
        raise _refusal(error) from error
    watch(request).wake()
    return done


def _refusal(error: Malformed) -> Refusal:
    status = 507 if error.reason.endswith(".full") else 422
    return Refusal(status, error.reason, error.says)


async def _pieces(taken: Taken) -> AsyncIterator[bytes]:
    file: BinaryIO = taken.file
    try:
        while piece := await anyio.to_thread.run_sync(file.read, _PIECE):
            yield piece
    finally:
        file.close()


ROUTES = (
    Route("/api/wallet/export", export_plainly, methods=["GET"]),
    Route("/api/wallet/export", export_sealed, methods=["POST"]),
    Route("/api/wallet/restore", restore_upload, methods=["POST"]),
)
