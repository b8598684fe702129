"""Cards as they are asked for: some of them, from a place in the order in which they were saved."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec import Struct
from sqlalchemy import ColumnElement, Connection, Row, func, literal, select, tuple_

from wallet_server.store.blocks import Block
from wallet_server.store.schema import cards

_BY = (cards.c.saved_at, cards.c.number)


class Asked(Struct, frozen=True):
    """`size` cards that are as `where` says, the newest first: those that come after `place`, a
    moment and a number, in the order of saving; `backwards` the oldest first, from there on.
    """

    columns: Sequence[ColumnElement[Any]]
    where: Sequence[ColumnElement[bool]]
    place: tuple[str, int] | None
    backwards: bool
    size: int

    def rows(self, connection: Connection, *more: ColumnElement[bool]) -> list[Row[Any]]:
        """Those that are also as `more` says."""
        query = select(*self.columns).where(*self.where, *more)
        if self.place is not None:
            place, order = tuple_(*map(literal, self.place)), tuple_(*_BY)
            query = query.where(place < order if self.backwards else place > order)
        by = _BY if self.backwards else [one.desc() for one in _BY]
        return list(connection.execute(query.order_by(*by).limit(self.size)))

    def first(self, rows: Sequence[Row[Any]]) -> list[Row[Any]]:
        """Of rows from several queries those that come first."""
        held = sorted(rows, key=lambda row: (row.saved_at, row.number), reverse=not self.backwards)
        return held[: self.size]

    def count(self, connection: Connection, most: int | None) -> int:
        """How many there are, wherever they are, as far as `most`."""
        found = select(cards.c.number).where(*self.where).limit(most).subquery()
        return connection.execute(select(func.count()).select_from(found)).scalar_one()

    def ahead(self, blocks: Sequence[Block]) -> list[Block]:
        """Of blocks, the newest first, those that may have cards after the place, in the order in
        which these are asked for.
        """
        if self.backwards:
            blocks = sorted(blocks, key=lambda block: (block.oldest, block.number))
        if self.place is None:
            return list(blocks)
        moment = self.place[0]
        return [
            block
            for block in blocks
            if (block.newest >= moment if self.backwards else block.oldest <= moment)
        ]

    def comes_before(self, row: Row[Any], blocks: Sequence[Block]) -> bool:
        """Whether a row comes before all cards of blocks that are in the order of `ahead`."""
        if not blocks:
            return True
        if self.backwards:
            return bool(row.saved_at < blocks[0].oldest)
        return bool(row.saved_at > blocks[0].newest)

    def within(self, blocks: Sequence[Block]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
        """What holds of all cards of blocks, and spares going through those of others."""
        oldest = min(block.oldest for block in blocks)
        newest = max(block.newest for block in blocks)
        return cards.c.saved_at >= oldest, cards.c.saved_at <= newest
