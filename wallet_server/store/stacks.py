"""What stacks and skills are read from, and the pathways that the owner drew."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from datetime import datetime

from msgspec import Struct
from sqlalchemy import Connection, delete, func, insert, select, true, update

from verifier.errors import Malformed
from wallet_server.stacks import pathway as drawing
from wallet_server.stacks.awards import Card, Report
from wallet_server.stacks.pathway import Pathway
from wallet_server.store.database import Database
from wallet_server.store.schema import HERE, cards, checks, credentials, pathways
from wallet_server.store.unchecked import unchecked
from wallet_server.wire import moment

#: Pathways one wallet holds, and badges that are offered for a step at once.
MOST, OFFERED = 200, 12
#: Earlier checks of a record that are looked through for what its catalogue told.
EARLIER = 5


def all_cards(database: Database) -> list[Card]:
    """Every card of the wallet with what was last found of each of its credentials."""
    every = checks.alias()
    of = every.c.credential_id == credentials.c.id
    made_here = (every.c.origin == HERE).desc()
    newest = select(every.c.number).where(of).order_by(made_here, every.c.number.desc()).limit(1)
    last = newest.correlate(credentials).scalar_subquery()
    found = (checks.c.origin, checks.c.report)
    query = (
        select(cards.c.number, cards.c.lead, cards.c.verdict, credentials.c.id, *found)
        .select_from(cards.join(credentials, credentials.c.card == cards.c.number))
        .join(checks, checks.c.number == last)
        .order_by(cards.c.number, credentials.c.id != cards.c.lead, credentials.c.id)
    )
    held: dict[int, list[tuple[str, str, Report]]] = {}
    with database.reading() as connection:
        for row in connection.execute(query):
            said = json.loads(row.report)
            report = said if row.origin == HERE else unchecked(said)
            held.setdefault(row.number, []).append((row.id, row.verdict, report))
        return [
            Card(
                tuple(identifier for identifier, _, _ in some),
                some[0][1],
                tuple(
                    _structured(connection, identifier, report) for identifier, _, report in some
                ),
            )
            for some in held.values()
        ]


def _structured(connection: Connection, credential_id: str, report: Report) -> Report:
    """`report`; where a platform's catalogue did not answer for a record this time, an earlier one
    that found the same of everything and had its answers: an outage takes nothing away.
    """
    said = report["credential"]
    if said["kind"] != "record" or not said.get("provider") or _is_told(report):
        return report
    of = (checks.c.credential_id == credential_id, checks.c.origin == HERE)
    query = select(checks.c.report).where(*of).order_by(checks.c.number.desc()).limit(EARLIER)
    for row in connection.execute(query):
        earlier: Report = json.loads(row.report)
        if _is_told(earlier) and _finds(earlier) == _finds(report):
            return earlier
    return report


def _is_told(report: Report) -> bool:
    """Whether a record has associations, and says what each of them is between."""
    ends = {
        one[end]
        for one in report["credential"].get("associations", ())
        for end in ("source", "target")
    }
    inner = {one["credential"].get("achievement") for one in report["bundle"]}
    return bool(ends) and ends <= inner | {one["id"] for one in report["credential"]["listed"]}


def _finds(report: Report) -> tuple[object, ...]:
    """What a check finds of a record but for what a catalogue tells."""
    inner = tuple((one["verdict"], one["credential"]["name"]) for one in report["bundle"])
    listed = report["credential"].get("listed", ())
    return report["verdict"], inner, {(one["id"], one["earned"]) for one in listed if one["earned"]}


class Badge(Struct, frozen=True):
    """A badge to choose from, by the id of the credential that leads its card."""

    id: str
    name: str | None
    issuer: str | None
    verdict: str


def badges(
    database: Database, wanted: str, credential_id: str | None
) -> tuple[Badge | None, list[Badge]]:
    """The badge that a credential belongs to, if it is there; and the newest whose name has
    `wanted` in it.
    """
    columns = (cards.c.lead.label("id"), cards.c.name, cards.c.issuer, cards.c.verdict)
    of = select(credentials.c.card).where(credentials.c.id == credential_id).scalar_subquery()
    named = cards.c.name.icontains(wanted, autoescape=True) if wanted else true()
    newest = select(*columns).where(named).order_by(cards.c.saved_at.desc(), cards.c.number.desc())
    with database.reading() as connection:
        row = connection.execute(select(*columns).where(cards.c.number == of)).first()
        rows = connection.execute(newest.limit(OFFERED)).all()
    chosen = None if row is None else Badge(**row._asdict())
    return chosen, [Badge(**one._asdict()) for one in rows]


def all_pathways(database: Database) -> list[Pathway]:
    """The owner's pathways, by name."""
    with database.reading() as connection:
        rows = connection.execute(select(pathways).order_by(pathways.c.name, pathways.c.id)).all()
    return [drawing.read(row.id, json.loads(row.document)) for row in rows]


def find_pathway(database: Database, identifier: str) -> Pathway | None:
    """One pathway, or `None`."""
    with database.reading() as connection:
        return _find(connection, identifier)


def add_pathway(database: Database, make: Callable[[str], Pathway], now: datetime) -> Pathway:
    """Keep what `make` makes for a fresh id. Raises `Malformed`, also where there are too many."""
    made = make(secrets.token_hex(16))
    with database.writing() as connection:
        count = connection.execute(select(func.count()).select_from(pathways)).scalar_one()
        if count >= MOST:
            says = f"The wallet holds {MOST} pathways already; delete one first."
            raise Malformed("pathway.many", says)
        connection.execute(insert(pathways).values(id=made.id, **_row(made, now)))
    return made


def change_pathway(
    database: Database, identifier: str, change: Callable[[Pathway], Pathway], now: datetime
) -> Pathway | None:
    """Put what `change` makes of a pathway in its place; `None` if there is none. Raises
    `Malformed`; then it stays as it was.
    """
    with database.writing() as connection:
        found = _find(connection, identifier)
        if found is None:
            return None
        changed = change(found)
        table = update(pathways).where(pathways.c.id == identifier)
        connection.execute(table.values(**_row(changed, now)))
    return changed


def delete_pathway(database: Database, identifier: str) -> bool:
    """Delete a pathway, and no badge; whether there was one."""
    with database.writing() as connection:
        gone = connection.execute(delete(pathways).where(pathways.c.id == identifier))
    return gone.rowcount > 0


def _find(connection: Connection, identifier: str) -> Pathway | None:
    row = connection.execute(select(pathways).where(pathways.c.id == identifier)).first()
    return None if row is None else drawing.read(row.id, json.loads(row.document))


def _row(pathway: Pathway, now: datetime) -> dict[str, str | None]:
    written = drawing.written(pathway)
    return {"name": pathway.name, "document": written, "changed_at": moment(now)}
