"""`touchstone verify`: sources in, reports out in the same order, and an exit status."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import anyio
import click

from verifier.errors import Malformed, NoCredential
from verifier.ports import Circumstances, Fetcher, Person
from verifier.report import Report
from wallet_server import wire
from wallet_server.commands import card
from wallet_server.commands.beside import Beside
from wallet_server.documents import DocumentsFolder
from wallet_server.looks import NOT_REACHED
from wallet_server.plain_text import plain
from wallet_server.recording import Recording, save
from wallet_server.settings import from_environment
from wallet_server.sources import read_source
from wallet_server.trust.folder import read_order
from wallet_server.trust.reading import kept_lists, read_lists
from wallet_server.verification import Bench, Verified, now
from wallet_server.workers import ProcessWorkers

#: Characters of a source that its report is headed with.
LABEL = 4000


@dataclass(frozen=True)
class Options:
    """The options of `touchstone verify`."""

    as_json: bool
    person: Person | None
    challenge: str | None
    domain: str | None
    at: datetime | None
    documents: Path | None
    save_documents: Path | None
    receipts: tuple[Path, ...]
    trust: tuple[Path, ...]
    no_default_trust: bool
    accept: frozenset[str]
    jobs: int

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Options:
        """The options as click gives them; the identifiers become one person, stated exactly."""
        kinds = ("names", "emails", "dids", "profiles", "telephones", "urls", "ids")
        stated = {kind: cast("tuple[str, ...]", given[kind]) for kind in kinds}
        rest = {name: value for name, value in given.items() if name not in kinds}
        return cls(
            **{**rest, "accept": frozenset(given["accept"])},
            person=Person(**stated, exact=True) if any(stated.values()) else None,
        )


def run(sources: tuple[str, ...], options: Options) -> int:
    """Verify each source, print one report a source in the order given; the exit status."""
    try:
        results = anyio.run(_verify_all, sources, options)
    except Malformed as error:
        raise click.UsageError(error.says) from error
    except OSError as error:
        print_error(f"The documents could not be saved: {error}")
        return 1
    if options.as_json:
        for result in results:
            click.echo(wire.line(result.as_object()))
    else:
        card.show(results)
    if options.receipts:
        from wallet_server.commands.receipts import keep  # only where one is wanted

        trouble = keep(options.receipts, results)
        if trouble is not None:
            print_error(trouble)
            return 1
    return status(results, options.accept)


def status(results: list[Verified], accept: frozenset[str] = frozenset()) -> int:
    """1 before 3 before 0, as the contract puts it."""
    good = accept | {"verified"}
    reports = [result.report for result in results if result.report is not None]
    errors = [result.error for result in results if result.error is not None]
    verdicts = {verdict for report in reports for verdict in _verdicts(report)}
    if verdicts - good or any(error.code in NOT_REACHED for error in errors):
        return 1
    return 3 if errors else 0


def print_error(says: str) -> None:
    """One sentence on standard error."""
    click.echo(plain(says), err=True)


def _verdicts(report: Report) -> Iterator[str]:
    yield report.verdict.value
    for inner in report.bundle:
        yield from _verdicts(inner)


async def _verify_all(sources: tuple[str, ...], options: Options) -> list[Verified]:
    moment = options.at or now()
    lists = from_environment().lists
    if options.documents is not None:
        folder = DocumentsFolder(options.documents, now=moment)
        circumstances = _circumstances(options, moment, lists)
        return await _with_fetcher(folder, sources, options, circumstances)
    # imported here, since checking from a folder needs no web
    from wallet_server.cache import CachedFetcher
    from wallet_server.fetcher import WebFetcher
    from wallet_server.manners import Mannerly

    async with WebFetcher() as web:
        mannerly = Mannerly(web)
        if any(kept.url for kept in read_order(lists)):
            from wallet_server.trust.fetching import refresh_due

            await refresh_due(lists, mannerly, now())
        circumstances = _circumstances(options, moment, lists)
        return await _with_fetcher(CachedFetcher(mannerly), sources, options, circumstances)


def _circumstances(options: Options, moment: datetime, lists: Path) -> Circumstances:
    """What the verdicts depend on. Raises `Malformed` for a list that can't be read."""
    return Circumstances(
        now=moment,
        person=options.person,
        challenge=options.challenge,
        domain=options.domain,
        trust=read_lists(
            options.trust,
            with_default=not options.no_default_trust,
            kept=kept_lists(lists, moment),
        ),
    )


async def _with_fetcher(
    fetcher: Fetcher, sources: tuple[str, ...], options: Options, circumstances: Circumstances
) -> list[Verified]:
    wallet, before = from_environment().database, None
    may_be = not isinstance(wallet, Path) or wallet.exists()
    if options.documents is None and may_be:
        from wallet_server.commands import met  # only where there is something to remember

        before = met.before(wallet)
        circumstances = replace(circumstances, sightings=before.met if before else {})
    recording = Recording(fetcher)
    bench = Bench(recording, ProcessWorkers(), circumstances.trust)
    results: dict[int, Verified] = {}
    beside = Beside(len(sources), bench.workers, recording)
    limiter = anyio.CapacityLimiter(options.jobs)

    async def one(index: int, source: str) -> None:
        async with limiter:
            results[index] = await _verify_one(bench, source, circumstances, beside)
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


async def _verify_one(
    bench: Bench, source: str, circumstances: Circumstances, beside: Beside
) -> Verified:
    try:
        content = read_source(source)
    except NoCredential as error:
        return Verified(source, error=error)
    label = source if len(source) <= LABEL else f"{source[:LABEL]}…"  # a data: URL is a file
    verified = await bench.verify(content, label=label, circumstances=circumstances)
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
