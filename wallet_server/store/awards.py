"""Every card of the wallet with what its credentials are known by, read at once."""

from __future__ import annotations

import json

from msgspec import Struct
from sqlalchemy import select

from wallet_server.lineage import facts as told
from wallet_server.lineage.facts import Facts
from wallet_server.store.database import Database
from wallet_server.store.listing import COLUMNS, Card
from wallet_server.store.schema import cards, copies, credentials

#: Cards that are read at once; nobody has as many.
MOST = 20_000


class Form(Struct, frozen=True):
    """A credential on a card: what its award is known by, and where its copies came from."""

    id: str
    card: int
    facts: Facts | None
    sources: tuple[str, ...] = ()


def every(database: Database) -> tuple[tuple[Card, ...], tuple[Form, ...]]:
    """The cards, the newest first, and the credentials on them."""
    order = (cards.c.saved_at.desc(), cards.c.number.desc())
    of = select(credentials.c.id, credentials.c.card, credentials.c.facts)
    from_web = copies.c.source.startswith("http")
    came = select(copies.c.credential_id, copies.c.source).where(from_web)
    with database.reading() as connection:
        rows = connection.execute(select(*COLUMNS).order_by(*order).limit(MOST)).all()
        sources: dict[str, list[str]] = {}
        for row in connection.execute(came):
            sources.setdefault(row.credential_id, []).append(row.source)
        forms = tuple(
            Form(
                row.id,
                row.card,
                None if row.facts is None else told.from_object(json.loads(row.facts)),
                tuple(sources.get(row.id, ())),
            )
            for row in connection.execute(of)
        )
    return tuple(Card(**row._asdict()) for row in rows), forms
