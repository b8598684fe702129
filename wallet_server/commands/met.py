"""What the command knows of issuers from before, and what it adds: in the wallet, if any."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import click

from verifier.report import Report
from wallet_server.plain_text import plain
from wallet_server.store.sightings import Sightings
from wallet_server.store.sqlite_file import SqliteFile


def before(wallet: Path) -> Sightings | None:
    """What was met before; `None` for a wallet that can't tell, which is said, and for one of an
    older version, which remembers nothing yet.
    """
    file = SqliteFile(wallet)
    try:
        return Sightings(file) if file.remembers() else None
    except sqlite3.Error as error:
        _say(f"What was met of issuers before can't be read from “{wallet}”: {error}.")
        return None


def remember(met: Sightings, reports: Iterable[Report], now: datetime) -> None:
    """Keep what `reports` show for the first time."""
    news = tuple(dict.fromkeys(one for report in reports for one in met.news(report)))
    if news:
        try:
            met.remember(news, now)
        except sqlite3.Error as error:
            _say(f"What was met of issuers can't be kept in the wallet: {error}.")


def _say(text: str) -> None:
    click.echo(plain(text), err=True)
