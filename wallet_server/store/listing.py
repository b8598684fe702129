"""The wallet's cards in pages, by key: the thousandth page costs what the first one does."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    func,
    literal,
    select,
    tuple_,
)

from wallet_server.store import search
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, tags

#: Cards on a page unless the asker says otherwise, and at most.
SIZE, MOST = 48, 500
#: Values of one kind that can be picked from.
CHOICES = 200
_KEY = re.compile(r"([0-9TZ:.+-]{10,32})~(\d{1,9})", re.ASCII)


@dataclass(frozen=True)
class Wanted:
    """Which cards are asked for; empty means any. `words` are searched in all that a card says."""

    words: str = ""
    verdict: str = ""
    issuer: str = ""
    kind: str = ""
    tag: str = ""

    @property
    def is_any(self) -> bool:
        """Whether every card is asked for."""
        return self == Wanted()


@dataclass(frozen=True)
class Card:
    """One award in a list. `lead` is the id of the credential that it leads to."""

    number: int
    lead: str
    name: str | None
    issuer: str | None
    kind: str
    verdict: str
    headline: str
    issued: str | None
    expires: str | None
    saved_at: str
    tags: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Its place in the order in which cards were saved."""
        return f"{self.saved_at}~{self.number}"


@dataclass(frozen=True)
class Page:
    """Some cards, the newest first; `older` and `newer` are keys for the pages beside it, `None`
    where there are none. `count` is of all cards that were asked for.
    """

    cards: tuple[Card, ...]
    count: int
    older: str | None
    newer: str | None


@dataclass(frozen=True)
class Choices:
    """What there is to pick from in the whole wallet, each with the number of its cards."""

    verdicts: tuple[tuple[str, int], ...]
    issuers: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]


#: What a `Card` is read from.
COLUMNS = tuple(cards.c[name] for name in Card.__dataclass_fields__ if name != "tags")
_ORDER = tuple_(cards.c.saved_at, cards.c.number)


def page(
    database: Database,
    wanted: Wanted,
    *,
    before: str | None = None,
    after: str | None = None,
    size: int = SIZE,
) -> Page:
    """The cards that come next after the key `before`, or those just ahead of the key `after`.

    A key that is none counts for nothing.
    """
    backwards = after is not None and _place(after) is not None
    place = _place(after if backwards else before)
    with database.reading() as connection:
        # `+ 0` lets a database go through the cards in their order, and stop after a page, where
        # it would else look up all that a search or a tag finds, and sort them
        asked = select(*COLUMNS).where(*_which(connection, wanted, cards.c.number + 0))
        if place is not None:
            asked = asked.where(place < _ORDER if backwards else place > _ORDER)
        rows = connection.execute(_ordered(asked, backwards=backwards).limit(size + 1)).all()
        found = with_tags(connection, rows[:size])
        every = select(func.count()).select_from(cards)
        every = every.where(*_which(connection, wanted, cards.c.number))
        count = connection.execute(every).scalar()
    has_more = len(rows) > size
    if backwards:
        found.reverse()
    return Page(
        cards=tuple(found),
        count=count or 0,
        older=found[-1].key if found and (backwards or has_more) else None,
        newer=found[0].key if found and (has_more if backwards else place is not None) else None,
    )


def led_by(database: Database, identifiers: Sequence[str]) -> list[Card]:
    """The cards that lead to these credentials, in their order; what leads no card is left out."""
    query = select(*COLUMNS).where(cards.c.lead.in_(identifiers))
    with database.reading() as connection:
        found = with_tags(connection, connection.execute(query).all())
    return sorted(found, key=lambda card: list(identifiers).index(card.lead))


def choices(database: Database) -> Choices:
    """What the filters offer."""
    with database.reading() as connection:
        return Choices(
            verdicts=_counted(connection, cards.c.verdict),
            issuers=_counted(connection, cards.c.issuer),
            kinds=_counted(connection, cards.c.kind),
            tags=_counted(connection, tags.c.tag),
        )


def _ordered(asked: Select[Any], *, backwards: bool) -> Select[Any]:
    by = (cards.c.saved_at, cards.c.number)
    return asked.order_by(*by) if backwards else asked.order_by(*(one.desc() for one in by))


def _which(
    connection: Connection, wanted: Wanted, number: ColumnElement[int]
) -> list[ColumnElement[bool]]:
    """What a card has to be; `number` is its number, as the database is to look for it."""
    said = search.matching(connection, wanted.words)
    tagged = select(tags.c.card).where(tags.c.tag == wanted.tag)
    return [
        *([] if said is None else [number.in_(said)]),
        *([cards.c.verdict == wanted.verdict] if wanted.verdict else []),
        *([cards.c.issuer == wanted.issuer] if wanted.issuer else []),
        *([cards.c.kind == wanted.kind] if wanted.kind else []),
        *([number.in_(tagged)] if wanted.tag else []),
    ]


def with_tags(connection: Connection, rows: Sequence[Row[Any]]) -> list[Card]:
    """The cards of rows of `COLUMNS`."""
    numbers = [row.number for row in rows]
    found: dict[int, list[str]] = {}
    asked = select(tags).where(tags.c.card.in_(numbers)).order_by(tags.c.tag)
    for row in connection.execute(asked):
        found.setdefault(row.card, []).append(row.tag)
    return [Card(**row._asdict(), tags=tuple(found.get(row.number, ()))) for row in rows]


def _counted(
    connection: Connection, column: ColumnElement[str | None]
) -> tuple[tuple[str, int], ...]:
    count = func.count()
    asked = (
        select(column, count)
        .where(column.is_not(None))
        .group_by(column)
        .order_by(count.desc(), column)
        .limit(CHOICES)
    )
    return tuple((value, number) for value, number in connection.execute(asked) if value)


def _place(key: str | None) -> Any:  # noqa: ANN401 a pair of SQL, compared as one
    read = _KEY.fullmatch(key or "")
    return None if read is None else tuple_(literal(read[1]), literal(int(read[2])))
