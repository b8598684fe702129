"""What the command knows of issuers from before, and what it adds: in the wallet, if any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from verifier.report import Report
from wallet_server.plain_text import plain
from wallet_server.store.address import PostgresAddress, Where
from wallet_server.store.errors import OutOfReach, Unusable
from wallet_server.store.sightings import Execute, Opened, Sightings
from wallet_server.store.sqlite_file import SECONDS, SqliteFile

if TYPE_CHECKING:
    from wallet_server.store.database import Database


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
        except (Unusable, OutOfReach) as error:
            _say(f"What was met of issuers can't be kept in the wallet: {error}")


def _store(wallet: Where) -> Opened | None:
    if isinstance(wallet, Path):
        file = SqliteFile(wallet)
        return file if file.remembers() else None
    # imported here: a wallet in a file is read within milliseconds, without all of this
    from wallet_server.store.database import Database

    database = Database.existing(wallet, seconds=SECONDS)
    if database is None:
        return None
    database.close()
    return _Occasional(wallet)


class _Occasional:
    """A current wallet in a database, which is opened for the moment of a transaction."""

    def __init__(self, wallet: PostgresAddress) -> None:
        self._wallet = wallet

    @contextmanager
    def reading(self) -> Iterator[Execute]:
        """One consistent view."""
        with closing(self._opened()) as database, database.plainly().reading() as execute:
            yield execute

    @contextmanager
    def writing(self) -> Iterator[Execute]:
        """One transaction."""
        with closing(self._opened()) as database, database.plainly().writing() as execute:
            yield execute

    def _opened(self) -> Database:
        from wallet_server.store.database import Database

        return Database(self._wallet, seconds=SECONDS, is_current=True)


def _say(text: str) -> None:
    click.echo(plain(text), err=True)
