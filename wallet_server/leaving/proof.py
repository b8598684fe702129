"""The proof that nothing is lost: export, restore into an empty wallet, export again, compare."""

from __future__ import annotations

import hashlib
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio
from msgspec import Struct

from verifier.ports import Workers
from wallet_server.leaving.export import Contents, export
from wallet_server.leaving.restore import restore
from wallet_server.store.database import Database


class Proof(Struct, frozen=True):
    """Both exports: what went into the first, how many bytes each has, and their SHA-256."""

    exported: Contents
    sizes: tuple[int, int]
    digests: tuple[str, str]

    @property
    def holds(self) -> bool:
        """Whether the two are the same, byte for byte."""
        return self.sizes[0] == self.sizes[1] and self.digests[0] == self.digests[1]


async def prove(database: Database, room: Path, workers: Workers, now: datetime) -> Proof:
    """Make the round trip of a wallet in a folder below `room`, which is gone afterwards.

    Raises `Malformed` where the export can't be restored.
    """
    with TemporaryDirectory(prefix="proving-", dir=room) as folder:
        first, second = Path(folder, "first.zip"), Path(folder, "second.zip")
        exported = await anyio.to_thread.run_sync(_export_to, database, first)
        empty = await anyio.to_thread.run_sync(Database, Path(folder, "wallet.sqlite3"))
        try:
            with first.open("rb") as file:
                await restore(empty, file, workers, now)
            await anyio.to_thread.run_sync(_export_to, empty, second)
        finally:
            empty.close()
        return Proof(
            exported,
            (first.stat().st_size, second.stat().st_size),
            (_digest_of(first), _digest_of(second)),
        )


def _export_to(database: Database, path: Path) -> Contents:
    with path.open("xb") as file:
        return export(database, file)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
