"""The wallet that a subcommand works on: the one of the server."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import click

from wallet_server.settings import Misconfigured, from_environment
from wallet_server.store.database import Database, Unusable


@contextmanager
def opened(data: Path | None) -> Iterator[tuple[Database, Path]]:
    """The wallet, and the folder that is its own on this machine: `data`, or the usual one. Ends
    the command with a sentence where it can't be used.
    """
    try:
        settings = from_environment()
        settings = replace(settings, data=data or settings.data)
        database = Database(settings.database)
        settings.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    except (Misconfigured, Unusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        yield database, settings.data
    finally:
        database.close()
