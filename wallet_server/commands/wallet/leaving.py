"""`touchstone wallet export | restore | prove | erase`: the whole wallet, out and in again."""

from __future__ import annotations

import os
import shutil
import sys
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import anyio
import click

from verifier.errors import Malformed
from wallet_server.commands.wallet.opening import opened, room
from wallet_server.leaving.erasing import erase
from wallet_server.leaving.export import Contents
from wallet_server.leaving.layout import LIMIT_IN_ALL
from wallet_server.leaving.proof import prove
from wallet_server.leaving.restore import restore
from wallet_server.leaving.sealing import MAGIC, is_sealed
from wallet_server.leaving.taking import Taken, take
from wallet_server.workers import ProcessWorkers

_STREAM = "-"


def export_to(
    target: str, *, encrypt: bool, passphrase_file: Path | None, data: Path | None
) -> int:
    """Write everything in the wallet to `target`, a new file or `-`; 0 once it is whole."""
    path = None if target == _STREAM else Path(target)
    if path is not None and path.exists():
        raise click.ClickException(f"“{path}” is there already. Choose a new name, or move it.")
    passphrase = _read_passphrase(passphrase_file) if passphrase_file else None
    if encrypt and passphrase is None:
        passphrase = click.prompt("Passphrase", hide_input=True, confirmation_prompt=True, err=True)
    with opened(data) as database:
        try:
            taken = anyio.run(take, database, room(data), passphrase)
        except Malformed as error:
            raise click.ClickException(error.says) from error
    with taken.file:
        _write(taken, path)
    click.echo(f"Exported {_described(taken.exported)}.", err=True)
    if taken.exported.waiting:
        says = f"{taken.exported.waiting} things of an import under way are not in it."
        click.echo(f"{says} Export again when it is done.", err=True)
    return 0


def restore_from(source: str, *, passphrase_file: Path | None, data: Path | None) -> int:
    """Add everything in the export `source`, a file or `-`, to the wallet; 0 once it is there."""
    with opened(data) as database, _source(source) as file:
        passphrase = _read_passphrase(passphrase_file) if passphrase_file else None
        if passphrase is None and is_sealed(file.read(len(MAGIC))):
            passphrase = click.prompt("Passphrase", hide_input=True, err=True)
        file.seek(0)
        workers, now = ProcessWorkers(), datetime.now(UTC)
        try:
            done = anyio.run(restore, database, file, workers, now, passphrase)
        except Malformed as error:
            raise click.ClickException(error.says) from error
    click.echo(f"Restored {done.new} new, {done.held} were here already, {done.unread} unread.")
    return 0


def prove_trip(data: Path | None) -> int:
    """Make the round trip and print what came of it; 0 where nothing is lost."""
    with opened(data) as database:
        try:
            proof = anyio.run(prove, database, room(data), ProcessWorkers(), datetime.now(UTC))
        except Malformed as error:
            raise click.ClickException(error.says) from error
        except OSError as error:
            says = f"There is no room to try it in “{room(data)}”: {error.strerror}."
            raise click.ClickException(says) from error
    click.echo(f"Exported {_described(proof.exported)}: {proof.sizes[0]:,} bytes.")
    click.echo("Restored into an empty wallet, and exported again.")
    click.echo(f"  first   {proof.digests[0]}\n  second  {proof.digests[1]}")
    if proof.holds:
        click.echo("The two are the same, byte for byte: nothing is lost.")
        return 0
    click.echo("They differ. That is a fault of ours: please report it, and keep your wallet.")
    return 1


def erase_all(*, is_sure: bool, data: Path | None) -> int:
    """Delete everything in the wallet, for good."""
    if not is_sure:
        word = click.prompt(
            "Everything in the wallet will be gone. Type “delete” to go on", err=True
        )
        if word.strip().lower() != "delete":
            click.echo("Nothing was deleted.", err=True)
            return 1
    with opened(data) as database:
        erase(database)
    click.echo("The wallet is empty. A server that runs may hold answers of issuers in memory;")
    click.echo("it forgets them within a day, or when it is stopped.")
    return 0


def _described(held: Contents) -> str:
    return (
        f"{held.cards} badges, {held.credentials} credentials, {held.checks} checks, "
        f"{held.unread} unread"
    )


def _read_passphrase(file: Path) -> str:
    """The file's first line."""
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].removesuffix("\r")
    except (OSError, UnicodeDecodeError) as error:
        says = f"The passphrase in “{file}” can't be read. Write it there as one line of text."
        raise click.ClickException(says) from error


def _source(source: str) -> BinaryIO:
    try:
        if source == _STREAM:
            return BytesIO(sys.stdin.buffer.read(LIMIT_IN_ALL))
        return Path(source).open("rb")
    except OSError as error:
        says = f"“{source}” can't be read: {error.strerror}. Check the name of the export."
        raise click.ClickException(says) from error


def _write(taken: Taken, path: Path | None) -> None:
    """The export at `path`, whole and readable by its owner alone, or not at all."""
    try:
        if path is None:
            shutil.copyfileobj(taken.file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
            return
        part = path.with_name(f"{path.name}.part")
        try:
            with open(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
                shutil.copyfileobj(taken.file, file)
                file.flush()
                os.fsync(file.fileno())
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        where = "standard output" if path is None else f"“{path}”"
        says = f"The export could not be written to {where}: {error.strerror}. Nothing is there."
        raise click.ClickException(says) from error
