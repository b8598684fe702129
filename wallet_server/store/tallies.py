"""How many cards there are of each verdict, issuer, kind and tag, which the database counts as they
change: to know it costs the same whatever the size of the wallet.
"""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from wallet_server.store.schema import tallies

_OF = select(tallies.c.count)
_TOTAL = select(func.sum(tallies.c.count)).where(tallies.c.what == "verdict")


def total(connection: Connection) -> int:
    """All cards: each has a verdict."""
    return connection.execute(_TOTAL).scalar() or 0


def of(connection: Connection, what: str, value: str) -> int:
    """The cards whose `what` is `value`."""
    one = _OF.where(tallies.c.what == what, tallies.c.value == value)
    return connection.execute(one).scalar() or 0


def most(connection: Connection, what: str, size: int) -> tuple[tuple[str, int], ...]:
    """The `size` values that most cards have, with how many."""
    query = (
        select(tallies.c.value, tallies.c.count)
        .where(tallies.c.what == what)
        .order_by(tallies.c.count.desc(), tallies.c.value)
        .limit(size)
    )
    return tuple((value, number) for value, number in connection.execute(query) if value)
