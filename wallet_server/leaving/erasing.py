"""Deleting everything: every row, and what is left of rows in files beside the wallet.

Paired programs, and the browser that asked for it, stay what they are: they are no badges, and have
a page of their own. So do the owner's issuer lists, which are files. Addresses of feeds end.
"""

from __future__ import annotations

from sqlalchemy import delete

from wallet_server.store import search
from wallet_server.store.database import Database
from wallet_server.store.feeds import FEED
from wallet_server.store.schema import metadata, pairing_codes, tokens

_STAYS = frozenset((tokens.name, pairing_codes.name))


def erase(database: Database) -> None:
    """Empty the wallet, for good: nothing of what was in it can be read from its file either."""
    with database.writing() as connection:
        for table in reversed(metadata.sorted_tables):
            if table.name not in _STAYS:
                connection.execute(delete(table))
        search.clear(connection)
        connection.execute(delete(tokens).where(tokens.c.kind == FEED))
    database.scrub(shrink=True)
