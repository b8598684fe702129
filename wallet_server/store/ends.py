"""Which of the wallet's cards end, and when."""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import select

from verifier.report import Verdict
from wallet_server.store.database import Database
from wallet_server.store.schema import cards, credentials
from wallet_server.wire import moment

#: How long an end that is past is still told, and how many are.
PAST, MOST = timedelta(days=365), 2000
#: The last year there is: whoever writes it means that there is no end.
_NEVER = "9999"
#: Verdicts whose dates nobody waits for.
_NOBODYS = (Verdict.INVALID, Verdict.IMPOSTOR, Verdict.REVOKED, Verdict.NOT_THEIRS)


class End(Struct, frozen=True):
    """One card that ends, by its leading credential; moments are RFC 3339."""

    credential_id: str
    name: str | None
    issuer: str | None
    verdict: Verdict
    expires: str
    checked_at: str


def ends(database: Database, now: datetime) -> list[End]:
    """The ends from a year ago on, the earliest first."""
    columns = (cards.c.name, cards.c.issuer, cards.c.verdict, cards.c.expires)
    query = (
        select(credentials.c.id, credentials.c.checked_at, *columns)
        .join(cards, cards.c.lead == credentials.c.id)
        .where(cards.c.expires > moment(now - PAST), cards.c.expires < _NEVER)
        .where(cards.c.verdict.not_in([one.value for one in _NOBODYS]))
        .order_by(cards.c.expires, cards.c.number)
        .limit(MOST)
    )
    with database.reading() as connection:
        rows = connection.execute(query).all()
    return [
        End(row.id, row.name, row.issuer, Verdict(row.verdict), row.expires, row.checked_at)
        for row in rows
    ]
