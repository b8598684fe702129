"""Into the wallet goes what was verified, whatever came of it, with all that belongs to it."""

from __future__ import annotations

from datetime import UTC, datetime

import anyio

from verifier.report import Report
from wallet_server import gallery
from wallet_server.services import Checked, Services
from wallet_server.store import wallet


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
    await gallery.remember(parts, checked, kept.id)
    return kept, is_new
