"""An export as whoever leaves takes it along: one file, under a passphrase if they want one."""

from __future__ import annotations

import io
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO, cast

import anyio
from msgspec import Struct

from verifier.errors import Malformed
from wallet_server.leaving.export import Contents, export
from wallet_server.leaving.sealing import LIMIT, MAGIC, is_sealed, open_sealed, seal
from wallet_server.leaving.unpacking import is_export
from wallet_server.store.database import Database

NAME, SEALED_NAME = "touchstone-wallet.zip", "touchstone-wallet.zip.age"


class Taken(Struct, frozen=True):
    """An export at its start, and what is in it; its file is nowhere else and goes when closed."""

    file: BinaryIO
    size: int
    exported: Contents
    name: str


async def take(database: Database, room: Path, passphrase: str | None) -> Taken:
    """Export the wallet, with `room` as the folder on whose disk the file lies meanwhile.

    Raises `Malformed` (`passphrase.short`, `sealed.…`, `export.full`).
    """
    try:
        file, exported = await anyio.to_thread.run_sync(_packed, database, room)
        if passphrase is None:
            return Taken(file, _size(file), exported, NAME)
        with file:
            content = await anyio.to_thread.run_sync(file.read, LIMIT + 1)
        sealed = await seal(content, passphrase)
    except OSError as error:
        says = f"The export could not be written: {error.strerror}. Make room on the disk of {room}"
        raise Malformed("export.full", f"{says}, and try again.") from error
    return Taken(io.BytesIO(sealed), len(sealed), exported, SEALED_NAME)


async def opened(file: BinaryIO, passphrase: str | None) -> BinaryIO:
    """The archive in an export: `file` itself, or what the passphrase opens.

    Raises `Malformed` (`passphrase.missing`, `passphrase.wrong`, `sealed.…`).
    """
    start = await anyio.to_thread.run_sync(file.read, len(MAGIC))
    file.seek(0)
    if not is_sealed(start):
        return file
    if not passphrase:
        says = "This export is encrypted. Give the passphrase it was made with."
        raise Malformed("passphrase.missing", says)
    content = await anyio.to_thread.run_sync(file.read, LIMIT + 2**21)
    return io.BytesIO(await open_sealed(content, passphrase))


def is_backup(file: BinaryIO) -> bool:
    """Whether `file`, read from its start, is an export of a wallet, or one under a passphrase."""
    start = file.read(len(MAGIC))
    file.seek(0)
    if is_sealed(start):
        return True
    found = is_export(file)
    file.seek(0)
    return found


def _packed(database: Database, room: Path) -> tuple[BinaryIO, Contents]:
    file = cast("BinaryIO", TemporaryFile(dir=room))  # noqa: SIM115 - it is the caller's to close
    try:
        exported = export(database, file)
    except BaseException:
        with suppress(OSError):
            file.close()
        raise
    file.seek(0)
    return file, exported


def _size(file: BinaryIO) -> int:
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    return size
