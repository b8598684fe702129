"""All there is about one card, for its page."""

from __future__ import annotations

from msgspec import Struct
from sqlalchemy import func, select

from wallet_server.store.database import Database
from wallet_server.store.schema import copies, credentials

#: Numbers that rows can have, in either database.
NUMBERS = 2**31 - 1


class Form(Struct, frozen=True):
    """One of the credentials of a card, by what was last found of it."""

    id: str
    name: str | None
    verdict: str
    headline: str
    saved_at: str
    checked_at: str


class Copy(Struct, frozen=True):
    """One form in which a credential was received; `size` in bytes."""

    number: int
    media_type: str
    source: str
    received_at: str
    size: int


def forms(database: Database, card: int) -> tuple[Form, ...]:
    """The credentials of a card, in the order in which they came."""
    named = [credentials.c[name] for name in Form.__struct_fields__]
    order = (credentials.c.saved_at, credentials.c.id)
    query = select(*named).where(credentials.c.card == card).order_by(*order)
    with database.reading() as connection:
        return tuple(Form(**row._asdict()) for row in connection.execute(query))


def received(database: Database, identifier: str) -> tuple[Copy, ...]:
    """Every form in which a credential came, without its bytes."""
    named = [copies.c[name] for name in Copy.__struct_fields__ if name != "size"]
    query = select(*named, func.length(copies.c.content).label("size"))
    query = query.where(copies.c.credential_id == identifier).order_by(copies.c.number)
    with database.reading() as connection:
        return tuple(Copy(**row._asdict()) for row in connection.execute(query))


def content(database: Database, identifier: str, number: int) -> tuple[bytes, str] | None:
    """The bytes of one copy of a credential, and their media type."""
    if number > NUMBERS:
        return None
    of = (copies.c.credential_id == identifier, copies.c.number == number)
    with database.reading() as connection:
        query = select(copies.c.content, copies.c.media_type).where(*of)
        row = connection.execute(query).first()
    return None if row is None else (row.content, row.media_type)
