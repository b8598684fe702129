"""What the wallet shows as one: cards, each bearing what its leading credential says."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from verifier.report import Assurance, Outcome, Question, Verdict
from wallet_server.lineage.facts import from_object
from wallet_server.lineage.leading import Form, leading
from wallet_server.store import blocks, owner, search
from wallet_server.store.schema import HERE, cards, checks, credentials
from wallet_server.store.unchecked import unchecked


def make(connection: Connection, credential_id: str, saved_at: str) -> int:
    """A card for a credential that is about to be kept; its number. `refresh` fills it."""
    row = {"lead": credential_id, "kind": "other", "verdict": Verdict.UNKNOWN.value}
    row |= {"headline": "", "saved_at": saved_at, "note": ""}
    made = insert(cards).values(**row).returning(cards.c.number)
    return int(connection.execute(made).scalar_one())


def refresh(connection: Connection, number: int) -> None:
    """Let the card say again what its credentials do; one without any is gone."""
    columns = (credentials.c[name] for name in ("id", "verdict", "saved_at", "facts"))
    held = connection.execute(select(*columns).where(credentials.c.card == number)).all()
    if not held:
        connection.execute(delete(cards).where(cards.c.number == number))
        search.remove(connection, number)
        blocks.let_go(connection, number)
        return
    lead = held[0].id
    if len(held) > 1:
        forms = [_form(connection, one) for one in held]
        lead = leading(forms, owner.known(connection)).id
    values = _shown(connection, lead) | {"saved_at": min(one.saved_at for one in held)}
    connection.execute(update(cards).where(cards.c.number == number).values(**values))
    search.refresh(connection, number)


def _form(connection: Connection, row: Row[Any, Any, Any, Any]) -> Form:
    """One of several on a card, as `leading` looks at it."""
    report = _newest(connection, row.id)
    issuer = next(one for one in report["checks"] if one["question"] == Question.ISSUER)
    return Form(
        id=row.id,
        verdict=Verdict(row.verdict),
        assurance=Assurance(report["assurance"]),
        issued=report["credential"]["issued"],
        saved_at=row.saved_at,
        vouched=issuer["outcome"] == Outcome.PASSED,
        facts=None if row.facts is None else from_object(json.loads(row.facts)),
    )


def _newest(connection: Connection, credential_id: str) -> dict[str, Any]:
    """The report of its newest check that was made here; of one that only a backup tells of, that
    nothing is established.
    """
    found = select(checks.c.report, checks.c.origin).where(checks.c.credential_id == credential_id)
    newest = found.order_by((checks.c.origin == HERE).desc(), checks.c.number.desc()).limit(1)
    row = connection.execute(newest).one()
    report: dict[str, Any] = json.loads(row.report)
    return report if row.origin == HERE else unchecked(report)


def _shown(connection: Connection, credential_id: str) -> dict[str, Any]:
    """What a card bears of its leading credential."""
    row = connection.execute(select(credentials).where(credentials.c.id == credential_id)).one()
    said = _newest(connection, credential_id)["credential"]
    return {
        "lead": row.id,
        "name": row.name,
        "issuer": row.issuer,
        "verdict": row.verdict,
        "headline": row.headline,
        "kind": said["kind"],
        "issued": said["issued"],
        "expires": said["expires"],
    }
