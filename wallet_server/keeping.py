"""Into the wallet goes what was verified, whatever came of it, with all that belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime

import anyio
from msgspec.structs import replace

from verifier.report import Report
from wallet_server import met_pictures, picturing
from wallet_server.services import Checked, Context, Services
from wallet_server.store import owner, wallet


async def about_owner(parts: Services, context: Context) -> Context:
    """`context` with the wallet's owner as the person, as they stated it themselves; whom the asker
    stated comes first.
    """
    if context.person is not None and context.person.exact:
        return context
    person = await anyio.to_thread.run_sync(owner.person, parts.database)
    return context if person is None else replace(context, person=person)


async def keep(parts: Services, checked: Checked, report: Report) -> tuple[wallet.Kept, bool]:
    """Keep what was checked, and its `report`; what is kept, and whether it is new."""
    kept, is_new = await anyio.to_thread.run_sync(
        wallet.keep,
        parts.database,
        checked.content,
        report,
        checked.recording.documents,
        datetime.now(UTC),
    )
    await met_pictures.remember(parts, checked, kept.id)
    await picturing.fetch(parts, checked, report, kept.id)
    return kept, is_new
