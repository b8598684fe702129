"""`touchstone verify`: sources in, reports out in the same order, and an exit status."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import click
from msgspec import Struct

from verifier.errors import Malformed
from verifier.ports import Person
from verifier.report import Report
from wallet_server import wire
from wallet_server.verification import Verified


class Options(Struct, frozen=True):
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
        results = _results(sources, options)
    except Malformed as error:
        raise click.UsageError(error.says) from error
    except OSError as error:
        print_error(f"The documents could not be saved: {error}")
        return 1
    if options.as_json:
        for result in results:
            click.echo(wire.line(result.as_object()))
    else:
        from wallet_server.commands import card  # only for people: it takes long to load

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
    if verdicts - good:
        return 1
    if not errors:
        return 0
    from wallet_server.looks import NOT_REACHED

    return 1 if any(error.code in NOT_REACHED for error in errors) else 3


def print_error(says: str) -> None:
    """One sentence on standard error."""
    from wallet_server.plain_text import plain

    click.echo(plain(says), err=True)


def _verdicts(report: Report) -> Iterator[str]:
    yield report.verdict.value
    for inner in report.bundle:
        yield from _verdicts(inner)


def _results(sources: tuple[str, ...], options: Options) -> list[Verified]:
    from wallet_server.commands import alone

    only = alone.verified(sources[0], options) if len(sources) == 1 else None
    if only is not None:
        return [only]
    import anyio

    from wallet_server.commands.verifying import verify_all

    return anyio.run(verify_all, sources, options)
