"""What the command knows of issuers from before, and what it adds: in the wallet, if any."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from verifier.report import Report
from wallet_server.plain_text import plain
from wallet_server.store.address import Where
from wallet_server.store.errors import OutOfReach, Unusable
from wallet_server.store.sightings import Opened, Sightings
from wallet_server.store.sqlite_file import SECONDS, SqliteFile


def before(wallet: Where) -> Sightings | None:
    """What was met before; `None` for a wallet that can't tell, which is said, and for one of an
    older version, which remembers nothing yet.
    """
    try:
        store = _store(wallet)
        return None if store is None else Sightings(store)
    except (Unusable, OutOfReach) as error:
        _say(f"What was met of issuers before can't be read from “{wallet}”: {error}")
        return None


def remember(met: Sightings, reports: Iterable[Report], now: datetime) -> None:
    """Keep what `reports` show for the first time."""
    news = tuple(dict.fromkeys(one for report in reports for one in met.news(report)))
    if news:
        try:
            met.remember(news, now)
        except OutOfReach as error:
            _say(f"What was met of issuers can't be kept in the wallet: {error}")


def _store(wallet: Where) -> Opened | None:
    if isinstance(wallet, Path):
        file = SqliteFile(wallet)
        return file if file.remembers() else None
    # imported here: a wallet in a file is read within milliseconds, without all of this
    from wallet_server.store.database import Database

    database = Database.existing(wallet, seconds=SECONDS)
    return None if database is None else database.plainly()


def _say(text: str) -> None:
    click.echo(plain(text), err=True)
