"""Who the wallet's owner is: what badges are held against, as long as the owner says it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from verifier.addresses import is_address
from verifier.errors import Malformed
from verifier.identifiers import emails, is_hash
from verifier.identifiers.dids import is_did
from verifier.model import Identity
from verifier.ports import Person
from wallet_server.store.database import Database
from wallet_server.store.schema import credentials, owner
from wallet_server.wire import moment

#: Each kind with the member of `Person` that it is, in the order in which they are shown.
KINDS: Mapping[str, str] = {
    "email": "emails",
    "name": "names",
    "url": "profiles",
    "did": "dids",
    "telephone": "telephones",
    "id": "ids",
}
MOST, LENGTH = 50, 300


def identities(database: Database) -> tuple[Identity, ...]:
    """What the owner is known by, as they wrote it."""
    with database.reading() as connection:
        return known(connection)


def known(connection: Connection) -> tuple[Identity, ...]:
    """The same, within a transaction."""
    rows = connection.execute(select(owner)).all()
    kinds = list(KINDS)
    found = sorted(rows, key=lambda row: (kinds.index(row.kind), row.value))
    return tuple(Identity(row.kind, row.value) for row in found)


def person(database: Database) -> Person | None:
    """The owner as whom a badge should be about: they stated it themselves; `None` where they did
    not.
    """
    found = identities(database)
    given = {
        member: tuple(one.value for one in found if one.kind == kind)
        for kind, member in KINDS.items()
    }
    return Person(**given, exact=True) if found else None


def read(kind: str, value: str) -> Identity:
    """One identifier, as it may be kept. Raises `Malformed` for what is none of its kind."""
    plain = " ".join(value.split())
    if kind not in KINDS:
        kinds = ", ".join(KINDS)
        raise Malformed("owner.kind", f"“{kind[:40]}” is no kind of identifier: one of {kinds}.")
    if not plain or len(plain) > LENGTH:
        raise Malformed("owner.value", f"Write something, of at most {LENGTH} characters.")
    if not plain.isprintable():
        raise Malformed("owner.value", "Write it without characters that nobody can see.")
    if is_hash(Identity(kind, plain)):
        raise Malformed("owner.value", "Write it in plain words: a hash can't be compared.")
    if kind in _FITS and not _FITS[kind](plain):
        raise Malformed("owner.value", f"“{plain[:80]}” is no {_WORDS[kind]}.")
    return Identity(kind, plain)


def add(database: Database, identity: Identity, now: datetime) -> None:
    """Know the owner by one more. Raises `Malformed` where there are enough."""
    with database.writing() as connection:
        there = known(connection)
        if identity not in there:
            put(connection, (*there, identity), now)


def remove(database: Database, identity: Identity, now: datetime) -> bool:
    """Know the owner by one less; whether they were known by it."""
    with database.writing() as connection:
        there = known(connection)
        if identity in there:
            put(connection, tuple(one for one in there if one != identity), now)
    return identity in there


def replace(database: Database, every: Sequence[Identity], now: datetime) -> None:
    """Know the owner by these alone. Raises `Malformed` where they are too many."""
    with database.writing() as connection:
        put(connection, tuple(dict.fromkeys(every)), now)


def put(connection: Connection, every: tuple[Identity, ...], now: datetime) -> None:
    """Know the owner by these, within a transaction; every badge is to be held against them as soon
    as it may be looked at again. Raises `Malformed` where they are too many.
    """
    if len(every) > MOST:
        raise Malformed("owner.many", f"At most {MOST} identifiers. Take one away first.")
    if set(every) == set(known(connection)):
        return
    connection.execute(delete(owner))
    if every:
        rows = [{"kind": one.kind, "value": one.value} for one in every]
        connection.execute(insert(owner), rows)
    _look_again(connection, now)


def _look_again(connection: Connection, now: datetime) -> None:
    """No issuer is asked sooner than a day after it was asked last."""
    waiting = select(credentials.c.id, credentials.c.checked_at, credentials.c.next_check_at).where(
        credentials.c.next_check_at > moment(now)
    )
    changed = update(credentials).where(credentials.c.id == bindparam("which"))
    rows = []
    for row in connection.execute(waiting).all():
        soonest = max(now, datetime.fromisoformat(row.checked_at) + timedelta(days=1))
        if datetime.fromisoformat(row.next_check_at) > soonest:
            rows.append({"which": row.id, "at": moment(soonest)})
    if rows:
        connection.execute(changed.values(next_check_at=bindparam("at")), rows)


_WORDS = {"email": "e-mail address", "did": "DID", "url": "web address", "telephone": "number"}
_FITS: Mapping[str, Callable[[str], bool]] = {
    "email": emails.is_email,
    "did": is_did,
    "url": lambda text: is_address(text if "://" in text else f"https://{text}"),
    "telephone": lambda text: sum(sign.isdigit() for sign in text) >= 7,
}
