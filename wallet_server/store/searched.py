"""The newest cards that say something, found block by block: what it takes hangs on how many are
asked for, and hardly on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from wallet_server.store import blocks, search
from wallet_server.store.asked import Asked
from wallet_server.store.blocks import Block
from wallet_server.store.schema import cards

Phrases = Sequence[Sequence[str]]
#: Cards that are counted, or looked up and sorted: where more say it, it takes less to go through
#: all cards in their order until there are enough.
MANY = 500


def find(
    connection: Connection, phrases: Phrases, asked: Asked, *, is_exact: bool
) -> tuple[list[Row[Any]], int]:
    """The cards that are asked for and say every phrase; and how many there are in all, if that
    does not have to be exact, as far as a number above `MANY`.
    """
    every = blocks.newest_first(connection)
    rows, total, left = _rows(connection, phrases, asked, every)
    if asked.place is not None:
        total, left = 0, every
    if is_exact:
        return rows, _count(connection, phrases, asked, every, None)
    for some, _ in blocks.in_turn(left):
        if total > MANY:
            break
        total += _count(connection, phrases, asked, some, MANY + 1 - total)
    return rows, total


def _rows(
    connection: Connection, phrases: Phrases, asked: Asked, every: Sequence[Block]
) -> tuple[list[Row[Any]], int, Sequence[Block]]:
    """The rows; how many cards were found for them in the blocks that were looked into; and the
    blocks that were not.
    """
    rows: list[Row[Any]] = []
    left: Sequence[Block] = ()
    total = 0
    for some, left in blocks.in_turn(asked.ahead(every)):
        numbers = connection.execute(_numbers(connection, phrases, asked, some, MANY + 1))
        found = list(numbers.scalars())
        total += len(found)
        if len(found) > MANY:
            says = search.says(connection, phrases, some)
            rows += asked.rows(connection, says, asked.no_sooner_than(some))
        elif found:
            rows += asked.rows(connection, cards.c.number.in_(found))
        rows = asked.first(rows)
        if len(rows) == asked.size and asked.comes_before(rows[-1], left):
            break
    return rows, total, left


def _count(
    connection: Connection,
    phrases: Phrases,
    asked: Asked,
    some: Sequence[Block],
    most: int | None,
) -> int:
    found = _numbers(connection, phrases, asked, some, most).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def _numbers(
    connection: Connection,
    phrases: Phrases,
    asked: Asked,
    some: Sequence[Block],
    most: int | None,
) -> Select[tuple[int]]:
    """The numbers of cards that say it, wherever they are in their order; `most` at most."""
    said = search.saying(connection, phrases, some)
    if asked.where:
        said = select(cards.c.number).where(cards.c.number.in_(said), *asked.where)
    return said.limit(most)
