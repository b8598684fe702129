"""The wallet's file, for the commands that look into it while a server may run."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from wallet_server.settings import Misconfigured, from_environment
from wallet_server.store import wallet
from wallet_server.store.database import Database, Unusable


@contextmanager
def opened(data: Path | None) -> Iterator[Database]:
    """The wallet in the folder `data`, or in the usual one. Raises `ClickException`."""
    try:
        settings = from_environment()
        database = Database((data or settings.data) / settings.database.name)
    except (Misconfigured, Unusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield database
    finally:
        database.close()


def named(database: Database, id: str) -> wallet.Kept:
    """The one credential whose id is, or begins with, `id`. Raises `ClickException`."""
    found = wallet.beginning(database, id.lower())
    if len(found) > 1:
        raise click.ClickException(f"More than one badge begins with “{id}”. Give more of its id.")
    kept = wallet.find(database, found[0]) if found else None
    if kept is None:
        raise click.ClickException(f"There is no badge “{id}”. `touchstone wallet list` has all.")
    return kept
