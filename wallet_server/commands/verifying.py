"""Sources verified side by side, lent the web and processes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import anyio

from verifier.errors import NoCredential
from verifier.kept import Kept
from verifier.ports import Circumstances, Fetcher
from wallet_server.commands.asked import circumstances, label, met_before
from wallet_server.commands.beside import Beside
from wallet_server.documents import DocumentsFolder
from wallet_server.recording import Recording
from wallet_server.saving import save
from wallet_server.settings import from_environment
from wallet_server.sources import read_source
from wallet_server.trust.folder import read_order
from wallet_server.verification import Bench, Verified, now
from wallet_server.workers import ProcessWorkers

if TYPE_CHECKING:
    from wallet_server.commands.verify import Options


async def verify_all(sources: tuple[str, ...], options: Options) -> list[Verified]:
    """A result for each source, in order. Raises `Malformed`, and `OSError` where the documents
    can't be saved.
    """
    moment = options.at or now()
    lists = from_environment().lists
    if options.documents is not None:
        folder = DocumentsFolder(options.documents, now=moment)
        found = circumstances(options, moment, lists)
        return await _with_fetcher(folder, sources, options, found)
    # imported here, since checking from a folder needs no web
    from wallet_server.cache import CachedFetcher
    from wallet_server.fetcher import WebFetcher
    from wallet_server.manners import Mannerly

    async with WebFetcher() as web:
        mannerly = Mannerly(web)
        if any(kept.url for kept in read_order(lists)):
            from wallet_server.trust.fetching import refresh_due

            await refresh_due(lists, mannerly, now())
        found = circumstances(options, moment, lists)
        return await _with_fetcher(CachedFetcher(mannerly), sources, options, found)


async def _with_fetcher(
    fetcher: Fetcher, sources: tuple[str, ...], options: Options, found: Circumstances
) -> list[Verified]:
    before, found = met_before(options, found)
    recording = Recording(fetcher)
    bench = Bench(recording, ProcessWorkers(), Kept())
    results: dict[int, Verified] = {}
    beside = Beside(len(sources), bench.workers, recording)
    limiter = anyio.CapacityLimiter(options.jobs)

    async def one(index: int, source: str) -> None:
        async with limiter:
            results[index] = await _verify_one(bench, source, found, beside)
            advance()

    with _progress(len(sources)) as advance:
        async with anyio.create_task_group() as tasks:
            for index, source in enumerate(sources):
                tasks.start_soon(one, index, source)
    if before is not None:
        from wallet_server.commands import met

        reports = [result.report for result in results.values() if result.report is not None]
        met.remember(before, reports, now())
    if options.save_documents is not None:
        save(options.save_documents, recording.documents)
    # a folder of documents is all that an answer made from it may rest on
    return beside.hinted(
        [results[index] for index in range(len(sources))], wallet=options.documents is None
    )


async def _verify_one(bench: Bench, source: str, found: Circumstances, beside: Beside) -> Verified:
    try:
        content = read_source(source)
    except NoCredential as error:
        return Verified(source, error=error)
    verified = await bench.verify(content, label=label(source), circumstances=found)
    await beside.note(verified, content)
    return verified


@contextmanager
def _progress(total: int) -> Iterator[Any]:
    """A progress line on a terminal, with the time left; nothing for one source or a pipe."""
    if total < 2 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("Checking", total=total)
        yield lambda: progress.advance(task)
