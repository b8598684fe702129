"""The server's parts, opened for as long as they are used: by the server, and by commands that do
the same things without one.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from verifier.kept import Kept
from verifier.ports import Fetcher
from wallet_server import demo, fetcher
from wallet_server.cache import CachedFetcher
from wallet_server.documents import DocumentsFolder
from wallet_server.manners import Mannerly
from wallet_server.services import AT_ONCE, Services
from wallet_server.settings import Settings
from wallet_server.store.database import Database
from wallet_server.store.sightings import Sightings
from wallet_server.trust.reading import Lists
from wallet_server.verification import Bench, now
from wallet_server.workers import ProcessWorkers

Opening = Callable[[], AbstractAsyncContextManager[Services]]


def opening(settings: Settings, database: Database) -> Opening:
    """Opens the parts. What can't be read is said at once, by `Malformed`: an issuer list, or the
    documents.
    """
    lists = Lists(settings.trust, settings.lists, with_default=settings.default_trust)
    sightings = Sightings(database.plainly())
    shown = demo.load()
    folder = settings.documents and DocumentsFolder(settings.documents, now=now())

    def services(door: Fetcher, cache: CachedFetcher | None) -> Services:
        return Services(
            bench=Bench(door, ProcessWorkers(), Kept()),
            cache=cache,
            data=settings.data,
            database=database,
            demo=shown,
            limiter=asyncio.Semaphore(AT_ONCE),
            lists=lists,
            sightings=sightings,
            public=settings.public,
        )

    @asynccontextmanager
    async def opened() -> AsyncIterator[Services]:
        if folder:
            yield services(folder, None)
            return
        async with fetcher.WebFetcher() as web:
            cache = CachedFetcher(Mannerly(web))
            yield services(cache, cache)

    return opened
