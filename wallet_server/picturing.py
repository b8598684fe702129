"""The wallet's pictures: each made small in a worker the first time somebody looks, and then kept.

A picture that a credential only names is fetched once, when the credential is kept: its issuer's
host may be gone by the time somebody looks.
"""

from __future__ import annotations

from collections.abc import Sequence

import anyio

from verifier.errors import TooCostly
from verifier.model import Request
from verifier.ports import Workers
from verifier.report import Outcome, Report
from wallet_server.services import Checked, Services
from wallet_server.store import thumbnails as store
from wallet_server.store.database import Database
from wallet_server.thumbnails import Thumbnail, picture_of, thumbnail

#: How long a page waits for pictures that are still to be made; the rest come with the next look.
SECONDS = 3.0
#: How long the host of a picture may take.
FETCH_SECONDS = 10.0
_ACCEPT = "image/png, image/webp, image/jpeg, image/gif, image/svg+xml;q=0.9, */*;q=0.1"


async def fetch(parts: Services, checked: Checked, report: Report, credential_id: str) -> None:
    """Make the small picture of a credential that was just kept, asking for it where it lies in the
    web. A badge that is not genuine sends us nowhere.
    """
    credential, documents = report.credential, dict(checked.recording.documents)
    picture = picture_of(checked.content, credential.image, documents)
    is_forged = report.checks[0].outcome is Outcome.FAILED
    if picture is None and credential.image and not is_forged and not checked.is_demo:
        request = Request(credential.image, _ACCEPT)
        with anyio.move_on_after(FETCH_SECONDS):
            document = await parts.bench.fetcher.fetch(request)
            picture = document.content if document.answered else None
    if picture is None:
        return  # it may yet be found in another copy
    made = await _made(parts.bench.workers, picture)
    await anyio.to_thread.run_sync(store.put, parts.database, [(credential_id, made)])


async def pictured(parts: Services, numbers: Sequence[int]) -> dict[int, str]:
    """The credential whose picture stands for each of the cards that has one; pictures that are not
    made yet are made now, as far as the time allows.
    """
    missing = await anyio.to_thread.run_sync(store.lacking, parts.database, numbers)
    if missing:
        with anyio.move_on_after(SECONDS):
            async with anyio.create_task_group() as tasks:
                for identifier in missing:
                    tasks.start_soon(_make, parts.database, parts.bench.workers, identifier)
    return await anyio.to_thread.run_sync(store.of_cards, parts.database, numbers)


async def _make(database: Database, workers: Workers, identifier: str) -> None:
    found = await anyio.to_thread.run_sync(store.sources, database, identifier)
    given = (picture_of(content, found.image, found.documents) for content in found.received)
    picture = next((one for one in given if one is not None), None)
    made = None if picture is None else await _made(workers, picture)
    await anyio.to_thread.run_sync(store.put, database, [(identifier, made)])


async def _made(workers: Workers, picture: bytes) -> Thumbnail | None:
    try:
        return await workers.run(thumbnail, picture)
    except TooCostly:
        return None
