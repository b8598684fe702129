"""What a wallet of a million badges costs beside one of a thousand: lists, searches, and a page in
the middle, as the database answers them.

`python -m tests.bench.rows ROWS WHAT FOLDER SECONDS` times one thing in one wallet, and prints what
it took as a line of JSON; `make` puts the wallets into FOLDER first. `python -m tests.bench.rows`
does all of it in a folder that it deletes, in turns, and prints the ratios.
"""

from __future__ import annotations

import json
import resource
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

from tests.bench.wallets import fill, growing
from wallet_server.store import listing
from wallet_server.store.database import Database
from wallet_server.store.listing import Page, Wanted

SMALL, LARGE = 1_000, 1_000_000
ROUNDS, SECONDS = 5, 1.0
#: What one card in seven says, what none says, and where the middle is found.
COMMON, RARE = "weav", "zither"


def make(folder: Path, large: int = LARGE) -> None:
    """Both wallets, unless they are there: 3 GB, in some minutes."""
    for rows in (SMALL, large):
        path = _path(folder, rows)
        if path.exists():
            continue
        unfinished = path.with_suffix(".part")
        unfinished.unlink(missing_ok=True)
        with closing(Database(unfinished)) as database:
            fill(database, SMALL)
        if rows > SMALL:
            with closing(sqlite3.connect(unfinished)) as file:
                file.execute("PRAGMA journal_mode=OFF")
                file.execute("PRAGMA synchronous=OFF")
                for statement in growing("sqlite", SMALL, rows // SMALL):
                    file.execute(statement)
                file.commit()
        unfinished.rename(path)


def _path(folder: Path, rows: int) -> Path:
    return folder / f"wallet-{rows}.sqlite3"


def _list(database: Database, rows: int) -> Callable[[], None]:
    """The first page, with what the filters offer."""

    def ask() -> None:
        page, choices = listing.page(database, Wanted()), listing.choices(database)
        _is_newest_first(page)
        assert page.count == sum(count for _, count in choices.verdicts) == rows
        assert page.cards[0].number == rows

    return ask


def _search(words: str, database: Database, _rows: int) -> Callable[[], None]:
    def ask() -> None:
        page = listing.page(database, Wanted(words=words))
        _is_newest_first(page)
        assert all((card.name or "").lower().startswith(words) for card in page.cards)
        assert bool(page.cards) is (words == COMMON)

    return ask


def _middle(database: Database, rows: int) -> Callable[[], None]:
    """A page that begins in the middle."""
    with database.reading() as connection:
        moment = connection.exec_driver_sql(
            "SELECT saved_at FROM cards WHERE number = ?", (rows // 2,)
        ).scalar_one()

    def ask() -> None:
        page = listing.page(database, Wanted(), before=f"{moment}~{rows // 2}")
        _is_newest_first(page)
        assert page.cards[0].number == rows // 2 - 1

    return ask


def _is_newest_first(page: Page) -> None:
    assert len(page.cards) in (0, listing.SIZE)
    keys = [(card.saved_at, card.number) for card in page.cards]
    assert keys == sorted(keys, reverse=True)


#: What is asked: each answer is looked at, also while it is timed.
ASKED: dict[str, Callable[[Database, int], Callable[[], None]]] = {
    "list": _list,
    "search": partial(_search, COMMON),
    "rare": partial(_search, RARE),
    "middle": _middle,
}


def timed(rows: int, what: str, folder: Path, seconds: float) -> dict[str, float]:
    """What one call took: processor milliseconds, the median by the clock, memory; and how many
    there were.
    """
    with closing(Database(_path(folder, rows))) as database:
        ask = ASKED[what](database, rows)
        for _ in range(5):
            ask()
        took: list[float] = []
        cpu, until = time.process_time(), time.perf_counter() + seconds
        while (started := time.perf_counter()) < until or not took:
            ask()
            took.append(time.perf_counter() - started)
        cpu = time.process_time() - cpu
    return {
        "calls": len(took),
        "cpu_ms": cpu / len(took) * 1000,
        "wall_ms": statistics.median(took) * 1000,
        "memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def _all() -> None:
    with tempfile.TemporaryDirectory(prefix="touchstone-rows-") as named:
        folder = Path(named)
        make(folder)
        for what in ASKED:
            ratios = []
            for _ in range(ROUNDS):
                small, large = (_told(rows, what, folder) for rows in (SMALL, LARGE))
                ratios.append(large / small)
            found = f"{statistics.median(ratios):.2f}x ({min(ratios):.2f}x to {max(ratios):.2f}x)"
            print(f"{what:8} {found}", flush=True)  # noqa: T201


def _told(rows: int, what: str, folder: Path) -> float:
    command = [sys.executable, "-m", "tests.bench.rows", str(rows), what, str(folder), str(SECONDS)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return float(json.loads(done.stdout)["cpu_ms"])


def main() -> None:
    """Time what is asked for, or everything."""
    if len(sys.argv) == 1:
        _all()
        return
    rows, what, folder, seconds = sys.argv[1:]
    print(json.dumps(timed(int(rows), what, Path(folder), float(seconds))))  # noqa: T201


if __name__ == "__main__":
    main()
