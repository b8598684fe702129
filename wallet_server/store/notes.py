"""What the owner writes on a card: tags and a note."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from sqlalchemy import delete, insert, select, update

from wallet_server.plain_text import plain
from wallet_server.store import search
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, tags

#: Letters of a note and of a tag, and tags of one card.
NOTE, TAG, TAGS = 10_000, 60, 50


class TooMuch(Exception):
    """More than a card has room for; the text says of what."""


def find(database: Database, card: int) -> tuple[str, tuple[str, ...]] | None:
    """Note and tags of a card; `None` where there is no such card."""
    with database.reading() as connection:
        note = connection.execute(select(cards.c.note).where(cards.c.number == card)).scalar()
        named = select(tags.c.tag).where(tags.c.card == card).order_by(tags.c.tag)
        found = tuple(connection.execute(named).scalars())
    return None if note is None else (note, found)


def write(
    database: Database, card: int, *, note: str | None = None, named: Iterable[str] | None = None
) -> bool:
    """Put these in place of the card's note and its tags, `None` leaving either as it is; whether
    there is such a card. Raises `TooMuch`.
    """
    tidied = None if named is None else tidy(named)
    note = None if note is None else note.replace("\0", "").replace("\r\n", "\n").strip()
    if note is not None and len(note) > NOTE:
        raise TooMuch(f"A note has room for {NOTE:,} letters; this one has {len(note):,}.")
    with database.writing() as connection:
        this = cards.c.number == card
        if connection.execute(select(cards.c.number).where(this)).first() is None:
            return False
        if note is not None:
            connection.execute(update(cards).where(this).values(note=note))
        if tidied is not None:
            connection.execute(delete(tags).where(tags.c.card == card))
            rows = [{"card": card, "tag": tag} for tag in tidied]
            if rows:
                connection.execute(insert(tags), rows)
        search.refresh(connection, card)
    return True


def tidy(named: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are kept: one line each, in Unicode's composed form, each once whatever its
    letter case. Raises `TooMuch`.
    """
    found: dict[str, str] = {}
    for one in named:
        tag = unicodedata.normalize("NFC", plain(one.strip().lstrip("#"), 4 * TAG))
        if len(tag) > TAG:
            raise TooMuch(f"A tag has room for {TAG} letters; “{tag[:40]}…” has {len(tag)}.")
        if tag:
            found.setdefault(tag.casefold(), tag)
    if len(found) > TAGS:
        raise TooMuch(f"A badge has room for {TAGS} tags; these are {len(found)}.")
    return tuple(found.values())
