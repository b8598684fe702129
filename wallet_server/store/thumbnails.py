"""Small pictures of the wallet's credentials: made when they are first wanted, and kept."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct
from sqlalchemy import delete, func, insert, select

from verifier.model import Document, Request
from wallet_server.store import checks
from wallet_server.store.database import Database
from wallet_server.store.schema import copies, credentials, thumbnails
from wallet_server.thumbnails import Thumbnail


class Lacking(Struct, frozen=True):
    """A credential of which it is not known yet whether it has a picture, and where one may be: in
    what was received, in the credential's own `image`, or in what its check rested on.
    """

    id: str
    received: tuple[bytes, ...]
    image: str | None
    documents: dict[Request, Document]


def of_cards(database: Database, numbers: Sequence[int]) -> dict[int, str]:
    """The credential with whose picture each card is shown: that of the one that came first."""
    joined = credentials.join(thumbnails, thumbnails.c.credential_id == credentials.c.id)
    query = (
        select(credentials.c.card, credentials.c.id)
        .select_from(joined)
        .where(credentials.c.card.in_(numbers), func.length(thumbnails.c.content) > 0)
        .order_by(credentials.c.saved_at.desc(), credentials.c.id)
    )
    with database.reading() as connection:
        return {row.card: row.id for row in connection.execute(query)}


def lacking(database: Database, numbers: Sequence[int]) -> list[str]:
    """The credentials of these cards whose picture was not looked for yet."""
    joined = credentials.outerjoin(thumbnails, thumbnails.c.credential_id == credentials.c.id)
    query = (
        select(credentials.c.id)
        .select_from(joined)
        .where(credentials.c.card.in_(numbers), thumbnails.c.credential_id.is_(None))
    )
    with database.reading() as connection:
        return list(connection.execute(query).scalars())


def sources(database: Database, identifier: str) -> Lacking:
    """Where a picture of this credential may be."""
    of = copies.c.credential_id == identifier
    query = select(copies.c.content).where(of).order_by(copies.c.number).limit(4)
    with database.reading() as connection:
        received = tuple(connection.execute(query).scalars())
        found = checks.newest(connection, identifier)
    if found is None:
        return Lacking(identifier, received, None, {})
    image = found.report["credential"]["image"]
    documents = checks.rested_on(database, found.number) if image else {}
    return Lacking(identifier, received, image, documents)


def find(database: Database, identifier: str) -> Thumbnail | None:
    """The small picture of a credential, `None` where there is none."""
    query = select(thumbnails).where(thumbnails.c.credential_id == identifier)
    with database.reading() as connection:
        row = connection.execute(query).first()
    return Thumbnail(row.media_type, row.content) if row is not None and row.content else None


def kinds(database: Database, identifiers: Sequence[str]) -> dict[str, str]:
    """The media type of each of the credentials' small pictures."""
    held = (thumbnails.c.credential_id.in_(identifiers), func.length(thumbnails.c.content) > 0)
    query = select(thumbnails.c.credential_id, thumbnails.c.media_type).where(*held)
    with database.reading() as connection:
        return {row.credential_id: row.media_type for row in connection.execute(query)}


def put(database: Database, made: Iterable[tuple[str, Thumbnail | None]]) -> None:
    """Keep what was made, or that nothing could be; of a credential that is gone, nothing."""
    with database.writing() as connection:
        for identifier, thumbnail in made:
            held = select(credentials.c.id).where(credentials.c.id == identifier)
            if connection.execute(held).first() is None:
                continue
            small = thumbnail or Thumbnail("", b"")
            row = {"media_type": small.media_type, "content": small.content}
            of = thumbnails.c.credential_id == identifier
            connection.execute(delete(thumbnails).where(of))
            connection.execute(insert(thumbnails).values(credential_id=identifier, **row))
