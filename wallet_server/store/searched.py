"""The newest cards that say something, found block by block: what it takes hangs on how many are
asked for, and hardly on how many there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, Select, func, select

from wallet_server.store import blocks, search
from wallet_server.store.asked import Asked
from wallet_server.store.blocks import Block
from wallet_server.store.schema import cards

#: Cards that are looked up and sorted: where more say it, it takes less to go through all cards in
#: their order until there are enough.
MANY = 500


class _Search(Struct, frozen=True):
    """What is asked for in words and otherwise; `blocks` are all there are, the newest first."""

    connection: Connection
    phrases: Sequence[Sequence[str]]
    asked: Asked
    blocks: Sequence[Block]

    def numbers(self, some: Sequence[Block] | None, most: int | None) -> Select[int]:
        """The numbers of cards that say it, of `some` blocks or all, wherever they are in their
        order; `most` at most.
        """
        said = search.saying(self.connection, self.phrases, some)
        if self.asked.where:
            said = select(cards.c.number).where(cards.c.number.in_(said), *self.asked.where)
        return said.limit(most)

    def found(self, some: Sequence[Block] | None) -> list[int]:
        """These numbers, as far as one more than `MANY`."""
        return [number for (number,) in self.connection.execute(self.numbers(some, MANY + 1))]

    def rows(self, some: Sequence[Block] | None, found: Sequence[int]) -> list[Row[Any]]:
        """The rows that are asked for, of those whose numbers were found in `some` blocks."""
        if not found:
            return []
        if some is None or len(found) <= MANY:
            return self.asked.rows(self.connection, search.numbered(self.connection, found))
        says = search.says(self.connection, self.phrases, some)
        return self.asked.rows(self.connection, says, *self.asked.within(some))


def find(
    connection: Connection, phrases: Sequence[Sequence[str]], asked: Asked
) -> tuple[list[Row[Any]], int, bool]:
    """The cards that are asked for and say every phrase; how many there are in all, at least; and
    whether that is all.
    """
    this = _Search(connection, phrases, asked, blocks.newest_first(connection))
    rows, number, is_all = _rows(this)
    if asked.place is not None:
        number, is_all = _some(this)
    return rows, max(number, len(rows)), is_all


def count(connection: Connection, phrases: Sequence[Sequence[str]], asked: Asked) -> int:
    """How many cards there are in all that are as asked for and say every phrase."""
    found = _Search(connection, phrases, asked, ()).numbers(None, None).subquery()
    return connection.execute(select(func.count()).select_from(found)).scalar_one()


def _rows(this: _Search) -> tuple[list[Row[Any]], int, bool]:
    """The rows; how many cards were found for them; and whether there are no more."""
    asked, number = this.asked, 0
    rows: list[Row[Any]] = []
    for turn, (some, left) in enumerate(blocks.in_turn(asked.ahead(this.blocks))):
        if turn == _TURNS:
            found = this.found(None)
            if len(found) <= MANY:
                return this.rows(None, found), len(found), True
        found = this.found(some)
        number += len(found)
        rows = asked.first([*rows, *this.rows(some, found)])
        if len(rows) == asked.size and asked.comes_before(rows[-1], left):
            return rows, number, not left and len(found) <= MANY
    return rows, number, number <= MANY


def _some(this: _Search) -> tuple[int, bool]:
    """How many cards there are at least, by the blocks that a first page would look into; and
    whether that is all.
    """
    number = 0
    for turn, (some, left) in enumerate(blocks.in_turn(this.blocks)):
        if turn == _TURNS:
            found = this.found(None)
            return len(found), len(found) <= MANY
        number += len(this.found(some))
        if number >= this.asked.size:
            return number, not left and number <= MANY
    return number, number <= MANY


#: Turns after which a word counts as a rare one, which is looked for in all blocks at once.
_TURNS = 2
