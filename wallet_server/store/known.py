"""What is known of a credential by its checks: what counts of it now, and what it said when it was
last read. One whose host died says nothing any more, and its owner still has to know it.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from wallet_server.store.schema import HERE, checks
from wallet_server.store.unchecked import unchecked

#: Checks that are looked back through.
BACK = 50


def reads(report: Mapping[str, Any]) -> bool:
    """Whether a report could read what the credential says, its title first of all."""
    return bool(report["credential"].get("name"))


def newest(connection: Connection, credential_id: str) -> dict[str, Any]:
    """The report that counts: of the newest check made here; of one that only a backup tells of,
    that nothing is established. Raises `LookupError` for a credential without any.
    """
    return next(_reports(connection, credential_id))


def last_read(connection: Connection, credential_id: str) -> dict[str, Any]:
    """The newest report that could read the credential, in the same order; where none could, the
    newest. Raises `LookupError` for a credential without any.
    """
    first = newest(connection, credential_id)
    if reads(first):
        return first
    return next((one for one in _reports(connection, credential_id) if reads(one)), first)


def _reports(connection: Connection, credential_id: str) -> Iterator[dict[str, Any]]:
    made_here = (checks.c.origin == HERE).desc()
    query = (
        select(checks.c.report, checks.c.origin)
        .where(checks.c.credential_id == credential_id)
        .order_by(made_here, checks.c.number.desc())
        .limit(BACK)
    )
    found = False
    for row in connection.execute(query):
        found = True
        report: dict[str, Any] = json.loads(row.report)
        yield report if row.origin == HERE else unchecked(report)
    if not found:
        raise LookupError(f"nothing was ever found about {credential_id}")
