"""The wallet's cards in pages, by key: the thousandth page costs what the first one does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict
from sqlalchemy import ColumnElement, Connection, Row, exists, select

from wallet_server.store import search, searched, tallies
from wallet_server.store.asked import Asked
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, tags

#: Cards on a page unless the asker says otherwise, and at most.
SIZE, MOST = 48, 500
#: Cards that are counted where several things are asked for at once.
COUNTED = 500
#: Values of one kind that can be picked from.
CHOICES = 200
_KEY = re.compile(r"([0-9TZ:.+-]{10,32})~(\d{1,9})", re.ASCII)


class Wanted(Struct, frozen=True):
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


class Card(Struct, frozen=True):
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


class Page(Struct, frozen=True):
    """Some cards, the newest first; `older` and `newer` are keys for the pages beside it, `None`
    where there are none. `count` is of all cards that were asked for, or if there may be more
    (`are_more`), of those that were counted.
    """

    cards: tuple[Card, ...]
    count: int
    older: str | None
    newer: str | None
    are_more: bool = False


class Choices(Struct, frozen=True):
    """What there is to pick from in the whole wallet, each with the number of its cards."""

    verdicts: tuple[tuple[str, int], ...]
    issuers: tuple[tuple[str, int], ...]
    kinds: tuple[tuple[str, int], ...]
    tags: tuple[tuple[str, int], ...]


#: What a `Card` is read from.
COLUMNS = tuple(cards.c[name] for name in Card.__struct_fields__ if name != "tags")


def page(
    database: Database,
    wanted: Wanted,
    *,
    before: str | None = None,
    after: str | None = None,
    size: int = SIZE,
    is_exact: bool = False,
) -> Page:
    """The cards that come next after the key `before`, or those just ahead of the key `after`.

    A key that is none counts for nothing. Cards that are asked for by words, or by several things
    at once, are not all counted, unless the count has to be exact: only then does a page cost the
    more the larger the wallet is.
    """
    backwards = after is not None and _place(after) is not None
    place = _place(after if backwards else before)
    phrases, given = search.phrases(wanted.words), _given(wanted)
    with database.reading() as connection:
        where = _where(connection, given, size)
        asked = Asked(COLUMNS, where, place, backwards=backwards, size=size + 1)
        if phrases:
            rows, count, is_whole = searched.find(connection, phrases, asked)
            if is_exact and not is_whole:
                count, is_whole = searched.count(connection, phrases, asked), True
        else:
            rows = asked.rows(connection)
            count = _count(connection, given, asked, is_exact)
            is_whole = is_exact or len(given) < 2 or count <= COUNTED
        found = with_tags(connection, rows[:size])
    has_more = len(rows) > size
    if backwards:
        found.reverse()
    return Page(
        cards=tuple(found),
        count=count,
        older=found[-1].key if found and (backwards or has_more) else None,
        newer=found[0].key if found and (has_more if backwards else place is not None) else None,
        are_more=not is_whole,
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
            verdicts=tallies.most(connection, "verdict", CHOICES),
            issuers=tallies.most(connection, "issuer", CHOICES),
            kinds=tallies.most(connection, "kind", CHOICES),
            tags=tallies.most(connection, "tag", CHOICES),
        )


def _given(wanted: Wanted) -> dict[str, str]:
    """What is asked for besides words."""
    return {name: value for name, value in asdict(wanted).items() if value and name != "words"}


def _count(connection: Connection, given: Mapping[str, str], asked: Asked, is_exact: bool) -> int:
    """How many cards are asked for."""
    if not given:
        return tallies.total(connection)
    if len(given) == 1:
        return tallies.of(connection, *next(iter(given.items())))
    return asked.count(connection, None if is_exact else COUNTED + 1)


def _where(
    connection: Connection, given: Mapping[str, str], size: int
) -> list[ColumnElement[bool]]:
    """What a card has to be."""
    where = [cards.c[name] == value for name, value in given.items() if name != "tag"]
    if "tag" in given:
        where.append(_tagged(connection, given["tag"], size))
    return where


def _tagged(connection: Connection, tag: str, size: int) -> ColumnElement[bool]:
    """That a card has the tag: seen while the cards are gone through in their order, where so many
    have it that there are soon enough of them, and else looked up.
    """
    number = tallies.of(connection, "tag", tag)
    if number * number > size * tallies.total(connection):
        return exists().where(tags.c.card == cards.c.number, tags.c.tag == tag)
    return cards.c.number.in_(select(tags.c.card).where(tags.c.tag == tag))


def with_tags(connection: Connection, rows: Sequence[Row[Any]]) -> list[Card]:
    """The cards of rows of `COLUMNS`."""
    numbers = [row.number for row in rows]
    found: dict[int, list[str]] = {}
    asked = select(tags).where(tags.c.card.in_(numbers)).order_by(tags.c.tag)
    for row in connection.execute(asked):
        found.setdefault(row.card, []).append(row.tag)
    return [Card(**row._asdict(), tags=tuple(found.get(row.number, ()))) for row in rows]


def _place(key: str | None) -> tuple[str, int] | None:
    read = _KEY.fullmatch(key or "")
    return None if read is None else (read[1], int(read[2]))
