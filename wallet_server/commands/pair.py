"""`touchstone pair`: a fresh pairing code and a fresh link, for a server that runs or will."""

from __future__ import annotations

from pathlib import Path

import click
from msgspec.structs import replace

from wallet_server.listening import remembered
from wallet_server.settings import Misconfigured, from_environment
from wallet_server.store import access
from wallet_server.store.database import Database, OutOfReach, Unusable
from wallet_server.verification import now


def run(data: Path | None) -> int:
    """Write them to the wallet's folder and print them; the older code is no longer good."""
    try:
        settings = from_environment()
        folder = data or settings.data
        database = Database(replace(settings, data=folder).database)
    except (Misconfigured, Unusable) as error:
        raise click.ClickException(str(error)) from error
    try:
        code = access.new_code(database, now())
        ticket = access.new_ticket(database, now())
    except OutOfReach as error:
        raise click.ClickException(str(error)) from error
    finally:
        database.close()
    click.echo(f"Pairing code   {code}")
    click.echo("               good for 15 minutes and one browser")
    address = remembered(folder) or f"http://127.0.0.1:{settings.port}"
    click.echo(f"Your wallet    {address}/wallet/open/{ticket}")
    return 0
