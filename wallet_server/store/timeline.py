"""The cards along the time in which they were earned, in pages by key, and what ends next."""

from __future__ import annotations

import re
from datetime import datetime
from itertools import groupby

from msgspec import Struct
from sqlalchemy import literal, select, tuple_

from verifier.report import Verdict
from wallet_server.store.database import Database
from wallet_server.store.listing import COLUMNS, Card, with_tags
from wallet_server.store.schema import cards
from wallet_server.wire import moment

#: Cards on a page, and of those that end next.
SIZE, ENDING = 60, 6
_ENDED = tuple(
    one.value for one in (Verdict.INVALID, Verdict.IMPOSTOR, Verdict.NOT_THEIRS, Verdict.REVOKED)
)
#: A place among the dated cards, or among those without a date, which come last.
_KEY = re.compile(r"([0-9TZ:.+-]{10,32})?~(\d{1,9})", re.ASCII)


class Years(Struct, frozen=True):
    """Cards by the year of their issue, newest first, `None` for those without a date; `older` is
    the key of the page after.
    """

    years: tuple[tuple[str | None, tuple[Card, ...]], ...]
    older: str | None


def page(database: Database, before: str | None = None) -> Years:
    """The cards that come next after the key `before`; one that is none counts for nothing."""
    read = _KEY.fullmatch(before or "")
    found: list[Card] = []
    if read is None or read[1]:
        found = _dated(database, read)
    if len(found) <= SIZE:
        last = int(read[2]) if read is not None and not read[1] else None
        found += _undated(database, last, SIZE + 1 - len(found))
    shown = found[:SIZE]
    years = groupby(shown, key=lambda card: card.issued[:4] if card.issued else None)
    return Years(
        years=tuple((year, tuple(those)) for year, those in years),
        older=f"{shown[-1].issued or ''}~{shown[-1].number}" if len(found) > SIZE else None,
    )


def ending(database: Database, now: datetime) -> tuple[Card, ...]:
    """Those whose end comes next, the nearest first; what holds no more has no end to wait for."""
    by = (cards.c.expires, cards.c.number)
    holds = cards.c.verdict.not_in(_ENDED)
    asked = select(*COLUMNS).where(cards.c.expires > moment(now), holds)
    asked = asked.order_by(*by).limit(ENDING)
    with database.reading() as connection:
        return tuple(with_tags(connection, connection.execute(asked).all()))


def _dated(database: Database, after: re.Match[str] | None) -> list[Card]:
    by = (cards.c.issued, cards.c.number)
    asked = select(*COLUMNS).where(cards.c.issued.is_not(None))
    if after is not None:
        asked = asked.where(tuple_(*by) < tuple_(literal(after[1]), literal(int(after[2]))))
    asked = asked.order_by(*(one.desc() for one in by)).limit(SIZE + 1)
    with database.reading() as connection:
        return with_tags(connection, connection.execute(asked).all())


def _undated(database: Database, after: int | None, most: int) -> list[Card]:
    asked = select(*COLUMNS).where(cards.c.issued.is_(None))
    if after is not None:
        asked = asked.where(cards.c.number < after)
    asked = asked.order_by(cards.c.number.desc()).limit(most)
    with database.reading() as connection:
        return with_tags(connection, connection.execute(asked).all())
