"""`touchstone wallet changes`: what happened to the wallet's badges."""

from __future__ import annotations

from pathlib import Path

import click

from verifier.dates import read_moment, written
from wallet_server import wire
from wallet_server.commands.wallet.opening import opened
from wallet_server.plain_text import plain
from wallet_server.store import events
from wallet_server.watch.atom import title


def show(data: Path | None, limit: int, *, as_json: bool) -> int:
    """Print the newest `limit` changes, the newest first; the exit status."""
    with opened(data) as database:
        found = events.page(database, most=limit)
    for event in found:
        if as_json:
            click.echo(wire.line(events.as_object(event)))
            continue
        click.echo(f"{written(read_moment(event.at))}  {title(event)}")
        click.echo(f"    {plain(event.says, 1200)}")
    if not found and not as_json:
        click.echo("Nothing has changed since your badges were saved.")
    return 0
