"""What the wallet shows as one: cards, each bearing what its leading credential says."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from verifier.report import Verdict
from wallet_server.store.schema import cards, checks, credentials

#: Which of an award's credentials leads its card. That an issuer took the award back outweighs a
#: copy which can't tell; then what is proven best; what is nobody's award comes last.
_LEADS = (
    Verdict.REVOKED,
    Verdict.SUSPENDED,
    Verdict.VERIFIED,
    Verdict.HOLDER_UNPROVEN,
    Verdict.UNVOUCHED,
    Verdict.OVERSTATED,
    Verdict.EXPIRED,
    Verdict.NOT_YET_VALID,
    Verdict.UNKNOWN,
    Verdict.NOT_THEIRS,
    Verdict.IMPOSTOR,
    Verdict.INVALID,
)


def make(connection: Connection, credential_id: str, saved_at: str) -> int:
    """A card for a credential that is about to be kept; its number. `refresh` fills it."""
    row = {"lead": credential_id, "kind": "other", "verdict": Verdict.UNKNOWN.value}
    row |= {"headline": "", "saved_at": saved_at, "note": ""}
    made = insert(cards).values(**row).returning(cards.c.number)
    return int(connection.execute(made).scalar_one())


def refresh(connection: Connection, number: int) -> None:
    """Let the card say again what its credentials do; one without any is gone."""
    columns = (credentials.c.id, credentials.c.verdict, credentials.c.saved_at)
    held = connection.execute(select(*columns).where(credentials.c.card == number)).all()
    if not held:
        connection.execute(delete(cards).where(cards.c.number == number))
        return
    lead = min(held, key=lambda one: (_LEADS.index(Verdict(one.verdict)), one.saved_at, one.id))
    values = _shown(connection, lead.id) | {"saved_at": min(one.saved_at for one in held)}
    connection.execute(update(cards).where(cards.c.number == number).values(**values))


def _shown(connection: Connection, credential_id: str) -> dict[str, Any]:
    """What a card bears of its leading credential."""
    row = connection.execute(select(credentials).where(credentials.c.id == credential_id)).one()
    found = (
        select(checks.c.report)
        .where(checks.c.credential_id == credential_id)
        .order_by(checks.c.number.desc())
    )
    said = json.loads(connection.execute(found.limit(1)).scalar_one())["credential"]
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
