"""The pictures a server has met: remembered after a check, and looked up for a bare picture."""

from __future__ import annotations

import anyio

from wallet_server.pictures import hinted, is_bare, look_at, meet
from wallet_server.services import Checked, Services
from wallet_server.store import pictures
from wallet_server.verification import Verified, now

#: How long a bare picture waits for the badges beside it.
WAITING = 20.0


async def remember(parts: Services, checked: Checked, credential_id: str | None = None) -> None:
    """Keep how the badge's picture looks, where there is one at hand; with `credential_id` as that
    of the one in the wallet.
    """
    if checked.is_demo:
        return
    rested_on = checked.recording.documents
    met = await meet(checked.verified, checked.content, rested_on, parts.bench.workers)
    if met is not None:
        await anyio.to_thread.run_sync(pictures.keep, parts.database, met, now(), credential_id)


async def hint(parts: Services, checked: Checked) -> Verified:
    """What was verified; of a bare picture, with what is known of its like."""
    if not is_bare(checked.verified, checked.content):
        return checked.verified
    look = await look_at(checked.content, parts.bench.workers)
    if look is None:
        return hinted(checked.verified, ())
    known = await anyio.to_thread.run_sync(pictures.like, parts.database, look)
    return hinted(checked.verified, known)


class Beside:
    """The sources of one page: its bare pictures wait for what is verified beside them."""

    def __init__(self, count: int) -> None:
        self._left = count
        self._done = anyio.Event()

    def one_is_done(self) -> None:
        """One more of them is verified."""
        self._left -= 1
        if self._left == 0:
            self._done.set()

    async def hint(self, parts: Services, checked: Checked) -> Verified:
        """As `hint` does, once everything else on the page is verified or `WAITING` is over."""
        self.one_is_done()
        if is_bare(checked.verified, checked.content):
            with anyio.move_on_after(WAITING):
                await self._done.wait()
        return await hint(parts, checked)
