"""What a server works with, put together by hand: a web of the test's own and nobody's lists."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from pathlib import Path

from verifier.kept import Kept
from verifier.ports import Fetcher, Workers
from wallet_server.cache import CachedFetcher
from wallet_server.services import AT_ONCE, Services
from wallet_server.store.database import Database
from wallet_server.store.sightings import Sightings
from wallet_server.trust.reading import Lists
from wallet_server.verification import Bench
from wallet_server.workers import ProcessWorkers


def parts_of(
    database: Database,
    data: Path,
    door: Fetcher,
    *,
    cache: CachedFetcher | None = None,
    lists: Iterable[Path] = (),
    memory: Kept | None = None,
    workers: Workers | None = None,
) -> Services:
    """The parts around `database` and the folder `data`; `door` leads to the web, and `lists` are
    all there are.
    """
    return Services(
        bench=Bench(door, workers or ProcessWorkers(), memory),
        cache=cache,
        data=data,
        database=database,
        demo=None,
        limiter=asyncio.Semaphore(AT_ONCE),
        lists=Lists(tuple(lists), data, with_default=False),
        sightings=Sightings(database.plainly()),
    )
