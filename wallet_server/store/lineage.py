"""Which card a credential is on: joined where it is established to be of the same award, by its
owner's word where that is only likely, and parted where its owner says so.

In the table, what those share that may be of one award is a hash of 64 digits (`lineage.facts`);
what starts with `not:` is shared by those that their owner said are different awards.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from sqlalchemy import Connection, Row, delete, insert, select, update

from verifier.errors import Malformed
from verifier.report import Report
from wallet_server.lineage import facts as told
from wallet_server.lineage.facts import REFUSED, Facts
from wallet_server.lineage.same import established
from wallet_server.store import owner
from wallet_server.store.cards import make, refresh
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, credentials, lineage, tags

_ID = re.compile("[0-9a-f]{32}")
#: What a word starts with that is shared by those which their owner set apart.
APART = "not:"
#: Credentials that are looked through for one of the same award, and forms that one may have.
LOOKED_AT, FORMS = 200, 50


def settle(connection: Connection, credential_id: str, report: Report) -> None:
    """Keep by what the award is known, now that a check made here found `report`, and join its card
    with those of the same award. What is invalid or an impostor's leaves the card it was on; an
    outage takes nothing away.
    """
    found = told.facts_of(report)
    before = facts_of(connection, credential_id)
    if found is None or before is None or found.proven or not before.proven:
        _know(connection, credential_id, found)
    if report.verdict in REFUSED:
        _leave(connection, credential_id)
    known = facts_of(connection, credential_id)
    if found is None or known is None:
        return
    whose = owner.known(connection)
    for other in sharing(connection, credential_id, told.binding(known)):
        if established(known, other.facts, whose) is not None:
            _merge(connection, credential_id, other.id)


def join(database: Database, one: str, other: str) -> None:
    """Put two cards together because their owner says that they are one award. Raises `LookupError`
    where there is no such credential, and `Malformed` for what is of one award with nothing.
    """
    with database.writing() as connection:
        both = [row_of(connection, identifier) for identifier in (one, other)]
        if any(row.verdict in REFUSED for row in both):
            says = "What is not genuine, or an impostor's, is of one award with nothing."
            raise Malformed("lineage.refused", says)
        members = [on_card(connection, row.card) for row in both]
        if len(set.union(*members)) > FORMS:
            says = f"An award has at most {FORMS} forms. Take one off the card first."
            raise Malformed("lineage.many", says)
        _reconcile(connection, *members)
        _merge(connection, one, other)


def part(database: Database, credential_id: str) -> None:
    """Give a credential a card of its own because its owner says that it is another award. Raises
    `LookupError` where there is no such credential, and `Malformed` where it is alone already.
    """
    with database.writing() as connection:
        others = on_card(connection, row_of(connection, credential_id).card) - {credential_id}
        if not others:
            raise Malformed("lineage.alone", "It is on a card of its own already.")
        _set_apart(connection, {credential_id}, others)
        _leave(connection, credential_id)


def dismiss(database: Database, one: str, other: str) -> None:
    """Never suggest again that two cards are one award, nor join them. Raises as `join` does."""
    with database.writing() as connection:
        first, second = (row_of(connection, identifier).card for identifier in (one, other))
        if first == second:
            says = "They are on one card. Take one of them off it instead."
            raise Malformed("lineage.together", says)
        _set_apart(connection, on_card(connection, first), on_card(connection, second))


def _know(connection: Connection, credential_id: str, facts: Facts | None) -> None:
    """What an award is known by from now on; what its owner said of it stays."""
    text = None if facts is None else json.dumps(told.as_object(facts))
    which = credentials.c.id == credential_id
    connection.execute(update(credentials).where(which).values(facts=text))
    mine = lineage.c.credential_id == credential_id
    connection.execute(delete(lineage).where(mine, ~lineage.c.award.startswith(APART)))
    rows = [
        {"credential_id": credential_id, "award": key}
        for key in sorted(told.keys(facts) if facts is not None else ())
    ]
    if rows:
        connection.execute(insert(lineage), rows)


def facts_of(connection: Connection, credential_id: str) -> Facts | None:
    """By what the award of a credential is known, as far as a check told it."""
    query = select(credentials.c.facts).where(credentials.c.id == credential_id)
    text = connection.execute(query).scalar()
    return None if text is None else told.from_object(json.loads(text))


class Known(Struct, frozen=True):
    """A credential on some card, and by what its award is known."""

    id: str
    card: int
    facts: Facts


def sharing(connection: Connection, credential_id: str, keys: Iterable[str]) -> list[Known]:
    """Credentials on other cards that share one of `keys`."""
    own = select(credentials.c.card).where(credentials.c.id == credential_id).scalar_subquery()
    query = (
        select(credentials.c.id, credentials.c.card, credentials.c.facts)
        .join(lineage, lineage.c.credential_id == credentials.c.id)
        .where(lineage.c.award.in_(list(keys)))
        .where(credentials.c.card != own, credentials.c.facts.is_not(None))
        .distinct()
        .order_by(credentials.c.id)
        .limit(LOOKED_AT)
    )
    return [
        Known(row.id, row.card, told.from_object(json.loads(row.facts)))
        for row in connection.execute(query)
    ]


def _merge(connection: Connection, one: str, other: str) -> None:
    """Put everything on the older of two cards, with tags and notes of both, unless their owner set
    any of it apart, or it would be more than an award may have.
    """
    first, second = sorted(row_of(connection, identifier).card for identifier in (one, other))
    if first == second or are_apart(connection, first, second):
        return
    if len(on_card(connection, first) | on_card(connection, second)) > FORMS:
        return
    there = set(connection.execute(select(tags.c.tag).where(tags.c.card == first)).scalars())
    brought = set(connection.execute(select(tags.c.tag).where(tags.c.card == second)).scalars())
    rows = [{"card": first, "tag": tag} for tag in sorted(brought - there)]
    if rows:
        connection.execute(insert(tags), rows)
    query = select(cards.c.note).where(cards.c.number.in_((first, second))).order_by(cards.c.number)
    notes = dict.fromkeys(filter(None, connection.execute(query).scalars()))
    noted = update(cards).where(cards.c.number == first)
    connection.execute(noted.values(note="\n\n".join(notes)))
    moved = update(credentials).where(credentials.c.card == second)
    connection.execute(moved.values(card=first))
    for number in (second, first):
        refresh(connection, number)


def _leave(connection: Connection, credential_id: str) -> None:
    """A card of its own, unless it is alone on the one it has."""
    row = row_of(connection, credential_id)
    if on_card(connection, row.card) == {credential_id}:
        return
    number = make(connection, credential_id, row.saved_at)
    moved = update(credentials).where(credentials.c.id == credential_id)
    connection.execute(moved.values(card=number))
    for changed in (row.card, number):
        refresh(connection, changed)


def _set_apart(connection: Connection, ones: set[str], others: set[str]) -> None:
    """Let each of the ones share a word with each of the others, and with nobody else."""
    for one in sorted(ones):
        for other in sorted(others):
            word = f"{APART}{secrets.token_hex(30)}"
            rows = [{"credential_id": identifier, "award": word} for identifier in (one, other)]
            connection.execute(insert(lineage), rows)


def _reconcile(connection: Connection, ones: set[str], others: set[str]) -> None:
    """Forget that any of the ones was set apart from any of the others."""
    words = _apart_words(connection, ones) & _apart_words(connection, others)
    connection.execute(delete(lineage).where(lineage.c.award.in_(words)))


def are_apart(connection: Connection, first: int, second: int) -> bool:
    """Whether the owner said of any on one card that it is another award than any on the other."""
    words = (_apart_words(connection, on_card(connection, number)) for number in (first, second))
    return bool(set.intersection(*words))


def _apart_words(connection: Connection, members: set[str]) -> set[str]:
    mine = lineage.c.credential_id.in_(members)
    query = select(lineage.c.award).where(mine, lineage.c.award.startswith(APART))
    return set(connection.execute(query).scalars())


def on_card(connection: Connection, number: int) -> set[str]:
    """The credentials on a card."""
    query = select(credentials.c.id).where(credentials.c.card == number)
    return set(connection.execute(query).scalars())


def row_of(connection: Connection, credential_id: str) -> Row[Any, Any, Any]:
    """Card, verdict and moment of saving of a credential. Raises `LookupError`."""
    query = select(credentials.c.card, credentials.c.verdict, credentials.c.saved_at)
    row = None
    if _ID.fullmatch(credential_id):  # what is none may be more than a database takes
        row = connection.execute(query.where(credentials.c.id == credential_id)).first()
    if row is None:
        raise LookupError("there is no such credential in the wallet")
    return row
