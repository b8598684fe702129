"""What the cards tell of a lineage: the forms of an award, and what may be of the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct
from sqlalchemy import Connection, select

from verifier.model import Identity
from wallet_server.lineage import facts as told
from wallet_server.lineage.facts import REFUSED, Facts
from wallet_server.lineage.same import contradictions, established, likely
from wallet_server.store import owner
from wallet_server.store.database import Database
from wallet_server.store.lineage import are_apart, facts_of, on_card, row_of, sharing
from wallet_server.store.schema import cards, copies, credentials

#: Suggestions that are made at once.
SUGGESTED = 5


class Form(Struct, frozen=True):
    """One of an award's credentials. `why` it is on the card with the leading one: a word of
    `lineage.same.SAYS`; `None` for that one itself. `against` are words of `AGAINST`. `copies` are
    the ways in which it came: source, media type, moment.
    """

    id: str
    why: str | None
    against: tuple[str, ...] = ()
    copies: tuple[tuple[str, str, str], ...] = ()


class Suggestion(Struct, frozen=True):
    """A card that may be of the same award, by its leading credential, and `why`."""

    id: str
    name: str | None
    issuer: str | None
    verdict: str
    why: str


def forms(database: Database, credential_id: str) -> tuple[Form, ...]:
    """Every credential on the card of this one, the leading one first. Raises `LookupError`."""
    with database.reading() as connection:
        number = row_of(connection, credential_id).card
        lead = connection.execute(select(cards.c.lead).where(cards.c.number == number)).scalar_one()
        whose = owner.known(connection)
        leading = facts_of(connection, lead)
        found = [Form(lead, None, copies=_copies(connection, lead))]
        for member in sorted(on_card(connection, number) - {lead}):
            facts = facts_of(connection, member)
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
        number = row_of(connection, credential_id).card
        whose = owner.known(connection)
        why: dict[int, str] = {}
        for member in sorted(on_card(connection, number)):
            known = facts_of(connection, member)
            for card, reason in () if known is None else _like(connection, member, known, whose):
                if len(why) == SUGGESTED:
                    break
                if card not in why and not are_apart(connection, number, card):
                    why[card] = reason
        return _suggested(connection, why)


def _like(
    connection: Connection, credential_id: str, known: Facts, whose: Sequence[Identity]
) -> Iterator[tuple[int, str]]:
    """Cards that may be of one award with it and why, what has more in common first."""
    binding = told.binding(known)
    for keys in (binding, told.keys(known) - binding):
        for other in sharing(connection, credential_id, keys):
            reason = likely(known, other.facts, whose)
            if reason is not None:
                yield other.card, reason


def suggestions_by_look(
    database: Database, credential_id: str, others: Iterable[str]
) -> tuple[Suggestion, ...]:
    """Of what looks like this credential's picture, the cards it may be put with. Raises
    `LookupError` where this credential is not there.
    """
    with database.reading() as connection:
        number = row_of(connection, credential_id).card
        query = select(credentials.c.card).where(credentials.c.id.in_(list(others)))
        on = dict.fromkeys(connection.execute(query.order_by(credentials.c.card)).scalars())
        found = [one for one in on if one != number and not are_apart(connection, number, one)]
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


def _through(connection: Connection, credential_id: str, number: int) -> str | None:
    """Why a credential is on its card, if not by the leading one then by another there."""
    known = facts_of(connection, credential_id)
    whose = owner.known(connection)
    for other in sorted(on_card(connection, number) - {credential_id}):
        facts = facts_of(connection, other)
        if known is not None and facts is not None:
            why = established(known, facts, whose)
            if why is not None:
                return why
    return None
