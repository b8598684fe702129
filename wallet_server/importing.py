"""The work on what was brought: in the background, from a queue in the wallet's file, so that a
server that was stopped half-way goes on where it left off.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import anyio
from msgspec.structs import asdict

from wallet_server.bringing import Brought, bring
from wallet_server.faults import unless_faulty
from wallet_server.imports.found import FORMATS, Found
from wallet_server.services import Services
from wallet_server.store import imports, wallet
from wallet_server.store.errors import OutOfReach
from wallet_server.store.imports import Done, Import, Waiting
from wallet_server.verification import now

#: How many things are looked at side by side; issuers are asked with manners besides.
AT_ONCE = 4
#: After the disk was full or the file busy.
AGAIN_SECONDS = 10.0
_LOOK_SECONDS = 0.1
_FAULT = (
    "Touchstone failed at this. That is a fault of ours; the terminal shows what happened. Nothing "
    "was lost: it is kept as it came."
)


async def begin(parts: Services, label: str, found: Sequence[Found]) -> str:
    """Put what was found into the queue; the import's id."""
    words = {one.format for one in found} - {"file"}
    if len(words) == 1:
        label = f"{label} ({FORMATS[words.pop()]})"
    identifier = await anyio.to_thread.run_sync(
        imports.begin, parts.database, label, tuple(found), now()
    )
    parts.brought.ring()
    return identifier


def summary(one: Import, things: Sequence[Done]) -> dict[str, object]:
    """An import as the contract has it."""
    return {**asdict(one), "total": one.total, "items": [asdict(thing) for thing in things]}


async def finished(parts: Services, identifier: str, seconds: float) -> bool:
    """Wait until an import is done with, at most so many `seconds`; whether it is."""
    with anyio.move_on_after(seconds):
        while not await anyio.to_thread.run_sync(imports.is_finished, parts.database, identifier):
            await anyio.sleep(_LOOK_SECONDS)
        return True
    return False


async def importing(parts: Services) -> None:
    """Look at whatever waits, for as long as the server runs."""
    while True:
        ring = parts.brought.next_ring()
        try:
            await work_off(parts)
        except* OutOfReach:  # a full disk, a busy file: what waits, waits on
            await anyio.sleep(AGAIN_SECONDS)
        else:
            await ring.wait()


async def work_off(
    parts: Services, identifier: str | None = None, told: Callable[[], None] = lambda: None
) -> None:
    """Look at everything that waits, or at what waits of one import; `told` after each thing."""
    taken: set[int] = set()
    async with anyio.create_task_group() as tasks:
        for _ in range(AT_ONCE):
            tasks.start_soon(_work, parts, taken, identifier, told)


async def _work(
    parts: Services, taken: set[int], identifier: str | None, told: Callable[[], None]
) -> None:
    while True:
        waiting = await anyio.to_thread.run_sync(
            imports.next_waiting, parts.database, frozenset(taken), identifier
        )
        if waiting is None:
            return
        if waiting.number not in taken:  # another took it while this one was asking
            await _settle(parts, taken, waiting)
            told()


async def _settle(parts: Services, taken: set[int], waiting: Waiting) -> None:
    taken.add(waiting.number)
    try:
        brought = await _brought(parts, waiting)
        done = brought.done
        was_listed = await anyio.to_thread.run_sync(
            imports.settle, parts.database, waiting, done, now(), brought.unread
        )
        if not was_listed and done.state == "kept" and done.credential_id is not None:
            await anyio.to_thread.run_sync(wallet.discard, parts.database, done.credential_id)
    finally:
        taken.discard(waiting.number)


async def _brought(parts: Services, waiting: Waiting) -> Brought:
    """What became of it. A fault of ours is told and settled: one bad thing must neither end the
    server nor meet it again at every start.
    """
    item = waiting.item
    brought = await unless_faulty(bring(parts, item), "A thing could not be imported")
    if brought is not None:
        return brought
    state = "failed" if item.content is None else "unread"
    return Brought(Done(item.label, item.url, state, _FAULT, None), item.content)
