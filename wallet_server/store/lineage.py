"""Which card a credential is on: joined where it is established to be of the same award, by its
owner's word where that is only likely, and parted where its owner says so.

In the table, what those share that may be of one award is a hash of 64 digits (`lineage.facts`);
what starts with `not:` is shared by those that their owner said are different awards.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from verifier.errors import Malformed
from verifier.report import Report
from wallet_server.lineage import facts as told
from wallet_server.lineage.facts import REFUSED, Facts
from wallet_server.lineage.same import contradictions, established, likely
from wallet_server.store import owner
from wallet_server.store.cards import make, refresh
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, copies, credentials, lineage, tags

_APART = "not:"
#: Credentials that are looked through for one of the same award, and suggestions that are made.
LOOKED_AT, SUGGESTED = 200, 5


@dataclass(frozen=True)
class Form:
    """One of an award's credentials. `why` it is on the card with the leading one: a word of
    `lineage.same.SAYS`; `None` for that one itself. `against` are words of `AGAINST`. `copies` are
    the ways in which it came: source, media type, moment.
    """

    id: str
    why: str | None
    against: tuple[str, ...] = ()
    copies: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """A card that may be of the same award, by its leading credential, and `why`."""

    id: str
    name: str | None
    issuer: str | None
    verdict: str
    why: str


def settle(connection: Connection, credential_id: str, report: Report) -> None:
    """Keep by what the award is known, now that a check made here found `report`, and join its card
    with those of the same award. What is invalid or an impostor's leaves the card it was on; an
    outage takes nothing away.
    """
    found = told.facts_of(report)
    before = _facts(connection, credential_id)
    if found is None or before is None or found.proven or not before.proven:
        _know(connection, credential_id, found)
    if report.verdict in REFUSED:
        _leave(connection, credential_id)
    known = _facts(connection, credential_id)
    if found is None or known is None:
        return
    whose = owner.known(connection)
    for other, facts in list(_sharing(connection, credential_id, told.binding(known))):
        if established(known, facts, whose) is not None:
            _merge(connection, credential_id, other)


def join(database: Database, one: str, other: str) -> None:
    """Put two cards together because their owner says that they are one award. Raises `LookupError`
    where there is no such credential, and `Malformed` for what is of one award with nothing.
    """
    with database.writing() as connection:
        both = [_row(connection, identifier) for identifier in (one, other)]
        if any(row.verdict in REFUSED for row in both):
            says = "What is not genuine, or an impostor's, is of one award with nothing."
            raise Malformed("lineage.refused", says)
        members = [_on(connection, row.card) for row in both]
        _reconcile(connection, *members)
        _merge(connection, one, other)


def part(database: Database, credential_id: str) -> None:
    """Give a credential a card of its own because its owner says that it is another award. Raises
    `LookupError` where there is no such credential, and `Malformed` where it is alone already.
    """
    with database.writing() as connection:
        others = _on(connection, _row(connection, credential_id).card) - {credential_id}
        if not others:
            raise Malformed("lineage.alone", "It is on a card of its own already.")
        _set_apart(connection, {credential_id}, others)
        _leave(connection, credential_id)


def dismiss(database: Database, one: str, other: str) -> None:
    """Never suggest again that two cards are one award, nor join them. Raises as `join` does."""
    with database.writing() as connection:
        first, second = (_row(connection, identifier).card for identifier in (one, other))
        if first == second:
            says = "They are on one card. Take one of them off it instead."
            raise Malformed("lineage.together", says)
        _set_apart(connection, _on(connection, first), _on(connection, second))


def forms(database: Database, credential_id: str) -> tuple[Form, ...]:
    """Every credential on the card of this one, the leading one first. Raises `LookupError`."""
    with database.reading() as connection:
        number = _row(connection, credential_id).card
        lead = connection.execute(select(cards.c.lead).where(cards.c.number == number)).scalar_one()
        whose = owner.known(connection)
        leading = _facts(connection, lead)
        found = [Form(lead, None, copies=_copies(connection, lead))]
        for member in sorted(_on(connection, number) - {lead}):
            facts = _facts(connection, member)
            why: str | None = None
            against: tuple[str, ...] = ()
            if leading is not None and facts is not None:
                why = established(leading, facts, whose) or _through(connection, member, number)
                against = () if why else tuple(contradictions(leading, facts, whose))
            found.append(Form(member, why or "owner", against, _copies(connection, member)))
    return tuple(found)


def suggestions(database: Database, credential_id: str) -> tuple[Suggestion, ...]:
    """Cards that may be of the same award as the one of this credential. Raises `LookupError`."""
    with database.reading() as connection:
        number = _row(connection, credential_id).card
        whose = owner.known(connection)
        why: dict[int, str] = {}
        for member in sorted(_on(connection, number)):
            known = _facts(connection, member)
            shared = set() if known is None else told.keys(known)
            for other, facts in _sharing(connection, member, shared):
                card = _row(connection, other).card
                reason = None if known is None else likely(known, facts, whose)
                if reason and card not in why and not _are_apart(connection, number, card):
                    why[card] = reason
        return _suggested(connection, why)


def suggestions_by_look(
    database: Database, credential_id: str, others: Iterable[str]
) -> tuple[Suggestion, ...]:
    """Of what looks like this credential's picture, the cards it may be put with. Raises
    `LookupError` where this credential is not there.
    """
    with database.reading() as connection:
        number = _row(connection, credential_id).card
        query = select(credentials.c.card).where(credentials.c.id.in_(list(others)))
        on = dict.fromkeys(connection.execute(query.order_by(credentials.c.card)).scalars())
        found = [one for one in on if one != number and not _are_apart(connection, number, one)]
        return _suggested(connection, dict.fromkeys(found, "look"))


def _suggested(connection: Connection, why: Mapping[int, str]) -> tuple[Suggestion, ...]:
    chosen = list(why)[:SUGGESTED]
    query = select(cards).where(cards.c.number.in_(chosen), cards.c.verdict.not_in(REFUSED))
    rows = sorted(connection.execute(query).all(), key=lambda row: chosen.index(row.number))
    return tuple(
        Suggestion(row.lead, row.name, row.issuer, row.verdict, why[row.number]) for row in rows
    )


def _copies(connection: Connection, credential_id: str) -> tuple[tuple[str, str, str], ...]:
    columns = (copies.c.source, copies.c.media_type, copies.c.received_at)
    query = select(*columns).where(copies.c.credential_id == credential_id)
    return tuple((*row,) for row in connection.execute(query.order_by(copies.c.number)))


def _know(connection: Connection, credential_id: str, facts: Facts | None) -> None:
    """What an award is known by from now on; what its owner said of it stays."""
    text = None if facts is None else json.dumps(told.as_object(facts))
    which = credentials.c.id == credential_id
    connection.execute(update(credentials).where(which).values(facts=text))
    mine = lineage.c.credential_id == credential_id
    connection.execute(delete(lineage).where(mine, ~lineage.c.award.startswith(_APART)))
    rows = [
        {"credential_id": credential_id, "award": key}
        for key in sorted(told.keys(facts) if facts is not None else ())
    ]
    if rows:
        connection.execute(insert(lineage), rows)


def _facts(connection: Connection, credential_id: str) -> Facts | None:
    query = select(credentials.c.facts).where(credentials.c.id == credential_id)
    text = connection.execute(query).scalar()
    return None if text is None else told.from_object(json.loads(text))


def _sharing(
    connection: Connection, credential_id: str, keys: Iterable[str]
) -> Iterator[tuple[str, Facts]]:
    """Credentials on other cards that share one of `keys`."""
    own = select(credentials.c.card).where(credentials.c.id == credential_id).scalar_subquery()
    query = (
        select(credentials.c.id, credentials.c.facts)
        .join(lineage, lineage.c.credential_id == credentials.c.id)
        .where(lineage.c.award.in_(list(keys)))
        .where(credentials.c.card != own, credentials.c.facts.is_not(None))
        .distinct()
        .order_by(credentials.c.id)
        .limit(LOOKED_AT)
    )
    for row in connection.execute(query).all():
        yield row.id, told.from_object(json.loads(row.facts))


def _through(connection: Connection, credential_id: str, number: int) -> str | None:
    """Why a credential is on its card, if not by the leading one then by another there."""
    known = _facts(connection, credential_id)
    whose = owner.known(connection)
    for other in sorted(_on(connection, number) - {credential_id}):
        facts = _facts(connection, other)
        if known is not None and facts is not None:
            why = established(known, facts, whose)
            if why is not None:
                return why
    return None


def _merge(connection: Connection, one: str, other: str) -> None:
    """Put everything on the older of two cards, with tags and notes of both, unless their owner set
    any of it apart.
    """
    first, second = sorted(_row(connection, identifier).card for identifier in (one, other))
    if first == second or _are_apart(connection, first, second):
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
    row = _row(connection, credential_id)
    if _on(connection, row.card) == {credential_id}:
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
            word = f"{_APART}{secrets.token_hex(30)}"
            rows = [{"credential_id": identifier, "award": word} for identifier in (one, other)]
            connection.execute(insert(lineage), rows)


def _reconcile(connection: Connection, ones: set[str], others: set[str]) -> None:
    """Forget that any of the ones was set apart from any of the others."""
    words = _apart_words(connection, ones) & _apart_words(connection, others)
    connection.execute(delete(lineage).where(lineage.c.award.in_(words)))


def _are_apart(connection: Connection, first: int, second: int) -> bool:
    words = (_apart_words(connection, _on(connection, number)) for number in (first, second))
    return bool(set.intersection(*words))


def _apart_words(connection: Connection, members: set[str]) -> set[str]:
    mine = lineage.c.credential_id.in_(members)
    query = select(lineage.c.award).where(mine, lineage.c.award.startswith(_APART))
    return set(connection.execute(query).scalars())


def _on(connection: Connection, number: int) -> set[str]:
    query = select(credentials.c.id).where(credentials.c.card == number)
    return set(connection.execute(query).scalars())


def _row(connection: Connection, credential_id: str) -> Row[Any, Any, Any]:
    query = select(credentials.c.card, credentials.c.verdict, credentials.c.saved_at)
    row = connection.execute(query.where(credentials.c.id == credential_id)).first()
    if row is None:
        raise LookupError("there is no such credential in the wallet")
    return row
