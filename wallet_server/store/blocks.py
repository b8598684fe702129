"""Blocks of cards, by number. The full-text index keeps the words of each block apart, so that a
search looks through the newest ones first and is done once it has enough: an index over all cards
at once would first have to put together every card that has a common word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct
from sqlalchemy import Connection, delete, insert, select, update

from wallet_server.store import schema
from wallet_server.store.schema import cards

#: Cards of a block: what a search of a common word may go through, beside the blocks that one of a
#: rare word looks into.
SIZE = 8192
#: Blocks that are looked into at once: first one, then so many times as many as before, up to this.
TIMES, AT_ONCE = 4, 64
#: A block's letter stands before each of its words; no word has one of these in it.
_FIRST, _LAST = 0xE000, 0xF8FF


class Block(Struct, frozen=True):
    """Its cards were saved from `oldest` to `newest`, or within that."""

    number: int
    oldest: str
    newest: str

    @property
    def letter(self) -> str:
        """What its words begin with."""
        return letter(self.number)


def letter(number: int) -> str:
    """What the words of block `number` begin with."""
    return chr(_FIRST + number)


def of(card: int) -> int:
    """The block of a card; the last one is of all that come after, too."""
    return min(card // SIZE, _LAST - _FIRST)


def widen(connection: Connection, card: int) -> None:
    """Let the block of a card span the moment when it was saved."""
    query = select(cards.c.saved_at).where(cards.c.number == card)
    saved_at = connection.execute(query).scalar_one()
    this = schema.blocks.c.number == of(card)
    held = connection.execute(select(schema.blocks).where(this)).first()
    if held is None:
        row = {"number": of(card), "oldest": saved_at, "newest": saved_at}
        connection.execute(insert(schema.blocks).values(**row))
    elif not held.oldest <= saved_at <= held.newest:
        row = {"oldest": min(held.oldest, saved_at), "newest": max(held.newest, saved_at)}
        connection.execute(update(schema.blocks).where(this).values(**row))


def let_go(connection: Connection, card: int) -> None:
    """Forget the block of a card that is gone, if it has no other one."""
    number = of(card)
    there = select(cards.c.number).where(cards.c.number >= number * SIZE)
    if number < _LAST - _FIRST:
        there = there.where(cards.c.number < (number + 1) * SIZE)
    if connection.execute(there.limit(1)).first() is None:
        connection.execute(delete(schema.blocks).where(schema.blocks.c.number == number))


def newest_first(connection: Connection) -> list[Block]:
    """Every block."""
    query = select(schema.blocks).order_by(
        schema.blocks.c.newest.desc(), schema.blocks.c.number.desc()
    )
    return [Block(**row._asdict()) for row in connection.execute(query)]


def in_turn(blocks: Sequence[Block]) -> Iterator[tuple[Sequence[Block], Sequence[Block]]]:
    """The blocks that are looked into together, and those that are left, in the order given."""
    size = 1
    while blocks:
        some, blocks = blocks[:size], blocks[size:]
        yield some, blocks
        size = min(size * TIMES, AT_ONCE)
