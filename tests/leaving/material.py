"""`python -m tests.leaving.material [MATERIAL]`: the round trip of everything that others made and
that `verify` reports on: kept in a wallet, exported, restored into an empty one, exported again.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import anyio
import click
from msgspec import Struct

from tests.conformance.case import Case
from tests.conformance.run import Here, Recorded
from tests.conformance.sources import SOURCES
from tests.conftest import MATERIAL
from verifier import verify
from verifier.dates import read_moment
from verifier.errors import NoCredential
from verifier.ports import Circumstances
from wallet_server.leaving.proof import Proof, prove
from wallet_server.recording import Recording
from wallet_server.store import wallet
from wallet_server.store.database import Database

_START = datetime(2026, 1, 1, tzinfo=UTC)


class Trip(Struct, frozen=True):
    """What made it: cases with a report, the credentials they are, and the proof."""

    reports: int
    credentials: int
    proof: Proof


async def trip(cases: Iterable[Case], room: Path) -> Trip:
    """Keep what every case with a report is about, then prove the round trip."""
    database, reports, held = Database(room / "wallet.sqlite3"), 0, 0
    try:
        for case in cases:
            is_new = await keep(database, case, _START + timedelta(seconds=reports))
            reports += is_new is not None
            held += bool(is_new)
        return Trip(reports, held, await prove(database, room, Here(), datetime.now(UTC)))
    finally:
        database.close()


async def keep(database: Database, case: Case, at: datetime) -> bool | None:
    """Whether a new credential was kept; `None` where there is no report."""
    now = datetime.now(UTC) if case.now is None else read_moment(case.now)
    recording = Recording(Recorded(case.urls, case.files_root, now))
    try:
        report = await verify(
            case.input,
            fetcher=recording,
            workers=Here(),
            circumstances=Circumstances(now=now),
            label=case.name,
        )
    except NoCredential:
        return None
    given = recording.given(case.input)
    content = str(case.input).encode() if given is None else given
    _, is_new = wallet.keep(database, content, report, recording.documents, at)
    return is_new


def main(arguments: list[str]) -> None:
    """Print what made the trip, source by source, and all of them in one wallet."""
    material = Path(arguments[0]) if arguments else MATERIAL
    if not material.is_dir():
        sys.exit(f"The badges that others made are not at {material}.")
    every = {name: list(cases(material)) for name, cases in SOURCES.items()}
    every["all in one wallet"] = [case for cases in every.values() for case in cases]
    failed = False
    for name, cases in every.items():
        with TemporaryDirectory() as room:
            done = anyio.run(trip, cases, Path(room))
        failed = failed or not done.proof.holds
        says = "byte-equal" if done.proof.holds else f"DIFFERENT {done.proof.digests}"
        click.echo(
            f"{name}: {done.reports} reports, {done.credentials} credentials, "
            f"{done.proof.sizes[0]:,} bytes, {says}"
        )
    sys.exit(failed)


if __name__ == "__main__":
    main(sys.argv[1:])
