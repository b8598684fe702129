"""`touchstone wallet owner`: who the wallet's owner is."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from verifier.errors import Malformed
from wallet_server.commands.wallet.opening import opened
from wallet_server.plain_text import plain
from wallet_server.store import owner


def show(data: Path | None) -> int:
    """Print what the owner is known by."""
    with opened(data) as database:
        known = owner.identities(database)
    for one in known:
        click.echo(f"{one.kind:<10} {plain(one.value, owner.LENGTH)}")
    if not known:
        click.echo("Nothing yet: no badge is held against anybody.")
    return 0


def change(does: str, kind: str, value: str, data: Path | None) -> int:
    """Know the owner by one more (`add`), or one less (`remove`)."""
    with opened(data) as database:
        try:
            one = owner.read(kind, value)
            if does == "add":
                owner.add(database, one, datetime.now(UTC))
            elif not owner.remove(database, one, datetime.now(UTC)):
                raise Malformed("owner.unknown", f"The owner is not known by “{value[:80]}”.")
        except Malformed as error:
            raise click.ClickException(plain(error.says, 2000)) from error
    return 0
