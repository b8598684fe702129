"""`touchstone wallet share … --file`: the same as a file, with no share made of it."""

from __future__ import annotations

from pathlib import Path

import anyio
import click

from verifier.errors import Malformed
from wallet_server.commands.wallet.opening import opened, settings_for
from wallet_server.files.giving import KINDS, File, file_of
from wallet_server.files.making import Given
from wallet_server.opening import opening
from wallet_server.plain_text import plain
from wallet_server.settings import Settings
from wallet_server.store.database import Database


def write(given: Given, path: Path, data: Path | None) -> int:
    """Look at each badge anew and write the file; 0 once it is whole."""
    kind = path.suffix.lower().removeprefix(".")
    if kind not in KINDS:
        raise click.UsageError(f"“{path}” must end in .html (a page) or .pdf (paper).")
    if path.exists():
        raise click.ClickException(f"“{path}” is there already. Choose a new name, or move it.")
    with opened(data) as database:
        try:
            file = anyio.run(_made, settings_for(data), database, given, kind)
        except Malformed as error:
            raise click.ClickException(plain(error.says, 400)) from error
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(file.content)
        part.replace(path)
    except OSError as error:
        raise click.ClickException(f"“{path}” can't be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)
    click.echo(f"Written: {path}, {len(file.content):,} bytes.")
    return 0


async def _made(settings: Settings, database: Database, given: Given, kind: str) -> File:
    async with opening(settings, database)() as parts:
        return await file_of(parts, given, kind)
