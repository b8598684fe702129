"""The wallet that a subcommand works on: the server's, which may be running."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from msgspec.structs import replace

from wallet_server.settings import Misconfigured, Settings, from_environment
from wallet_server.store import wallet
from wallet_server.store.database import Database, OutOfReach, Unusable


def settings_for(data: Path | None) -> Settings:
    """The settings, with the folder `data` or the usual one. Raises `ClickException`."""
    try:
        settings = from_environment()
    except Misconfigured as error:
        raise click.ClickException(str(error)) from error
    return replace(settings, data=data or settings.data)


@contextmanager
def opened(data: Path | None) -> Iterator[Database]:
    """The wallet of those settings. Raises `ClickException`."""
    settings = settings_for(data)
    try:
        database = Database(settings.database)
    except Unusable as error:
        raise click.ClickException(str(error)) from error
    with closing(database):
        try:
            yield database
        except OutOfReach as error:
            raise click.ClickException(str(error)) from error


def room(data: Path | None) -> Path:
    """The folder that is the wallet's own on this machine, made where it was not."""
    folder = settings_for(data).data
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def named(database: Database, id: str) -> wallet.Kept:
    """The one credential whose id is, or begins with, `id`. Raises `ClickException`."""
    found = wallet.beginning(database, id.lower())
    if len(found) > 1:
        raise click.ClickException(f"More than one badge begins with “{id}”. Give more of its id.")
    kept = wallet.find(database, found[0]) if found else None
    if kept is None:
        raise click.ClickException(f"There is no badge “{id}”. `touchstone wallet list` has all.")
    return kept
