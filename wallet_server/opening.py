"""The parts that the server and the wallet's commands work with, made from the settings."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager

import anyio

from verifier.ports import Fetcher
from wallet_server import demo
from wallet_server.cache import CachedFetcher
from wallet_server.documents import DocumentsFolder
from wallet_server.fetcher import WebFetcher
from wallet_server.manners import Mannerly
from wallet_server.services import AT_ONCE, Services
from wallet_server.settings import Settings
from wallet_server.store.database import Database
from wallet_server.store.sightings import Sightings
from wallet_server.trust.reading import Lists
from wallet_server.verification import Bench, now
from wallet_server.workers import ProcessWorkers

Opener = Callable[[], AbstractAsyncContextManager[Services]]


def opener(settings: Settings, database: Database) -> Opener:
    """What opens the parts. Raises `Malformed` for an issuer list or documents it can't read."""
    lists = Lists(settings.trust, settings.lists, with_default=settings.default_trust)
    sightings = Sightings(database.plainly())
    shown = demo.load()
    folder = settings.documents and DocumentsFolder(settings.documents, now=now())

    @asynccontextmanager
    async def opened() -> AsyncIterator[Services]:
        async with AsyncExitStack() as stack:
            fetcher: Fetcher
            cache = None
            if folder:
                fetcher = folder
            else:
                web = await stack.enter_async_context(WebFetcher())
                fetcher = cache = CachedFetcher(Mannerly(web))
            yield Services(
                bench=Bench(fetcher, ProcessWorkers(), ()),
                cache=cache,
                database=database,
                demo=shown,
                limiter=anyio.CapacityLimiter(AT_ONCE),
                lists=lists,
                sightings=sightings,
            )

    return opened
