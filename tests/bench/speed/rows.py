"""Wallets of a thousand cards and of a million, in either database, and what is asked of them:
`python -m tests.bench.speed.rows WHAT FOLDER PEERS`.
"""

from __future__ import annotations

import hashlib
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import select, text

from tests.bench import wallets
from tests.bench.speed import processes
from tests.bench.speed.asked import Turn, each_turn, give_up, working
from tests.server import postgres
from wallet_server.store import listing
from wallet_server.store.address import Where, read_address
from wallet_server.store.database import Database
from wallet_server.store.listing import Page, Wanted
from wallet_server.store.schema import cards

SMALL, LARGE = 1_000, 1_000_000
#: What every seventh card says, and what none says.
COMMON, RARE = "weaving", "zither"
WHAT = ("list", "search", "rare", "middle")
ADDRESSES = "wallets.json"
#: All in a PostgreSQL but those that keep what they index unlike.
_INDEXES = (
    "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('cards', 'credentials', "
    "'tags', 'search') AND indexname NOT IN (SELECT conname FROM pg_constraint) "
    "AND indexdef NOT LIKE '%UNIQUE%'"
)


@contextmanager
def standing(kinds: Collection[str], made: Path, cache: Path) -> Iterator[None]:
    """The two wallets of each of these kinds, their addresses written down in the folder `made`.
    Those in files stay in `cache` for the next time, those in PostgreSQL go with their server.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        addresses: dict[str, str] = {}
        if "sqlite" in kinds:
            addresses |= {f"sqlite-{n}": str(_in_a_file(cache, n)) for n in (SMALL, LARGE)}
        if "postgresql" in kinds:
            server = stack.enter_context(postgres.running())
            addresses |= {f"postgresql-{n}": _in_a_server(server, n) for n in (SMALL, LARGE)}
        (made / ADDRESSES).write_text(json.dumps(addresses))
        yield


def _in_a_server(server: postgres.Server, count: int) -> str:
    address = server.database()
    _make(read_address(address), count)
    return address


def _in_a_file(cache: Path, count: int) -> Path:
    """The wallet's file, made anew where what makes it has changed."""
    store = Path(listing.__file__).parent
    sources = [*sorted(store.parent.rglob("migrations/**/*.py")), Path(wallets.__file__)]
    sources += [store / name for name in ("schema.py", "search.py", "blocks.py")]
    told = hashlib.sha256(b"".join(path.read_bytes() for path in sources)).hexdigest()[:12]
    path = cache / f"{count}-{told}.sqlite3"
    if not path.is_file():
        for old in cache.glob(f"{count}-*"):
            old.unlink()
        unfinished = path.with_suffix(".unfinished")
        _make(unfinished, count)
        unfinished.rename(path)
    return path


def _make(where: Where, count: int) -> None:
    with closing(Database(where)) as database:
        wallets.fill(database, SMALL)
        if count > SMALL:
            again = list(_without_indexes(database))
            wallets.grow(database, SMALL, count // SMALL)
            with database.writing() as connection:
                for statement in again:
                    connection.execute(text(statement))


def _without_indexes(database: Database) -> Iterator[str]:
    """Drop the indexes of what grows, where that is worth it, and what makes each of them anew."""
    with database.writing() as connection:
        if connection.dialect.name == "sqlite":
            return
        found = connection.execute(text(_INDEXES)).all()
        for name, made in found:
            connection.execute(text(f'DROP INDEX "{name}"'))
            yield made


def main() -> None:
    """Ask one thing of one wallet, again and again."""
    what, folder, _ = sys.argv[1:]
    asked, kind, count = what.split("-")
    at = json.loads((Path(folder) / ADDRESSES).read_bytes())[f"{kind}-{count}"]
    with closing(Database(read_address(at) if kind == "postgresql" else Path(at))) as database:
        ask = _asking(database, asked, int(count))
        found = ask()
        if len(found.cards) != (0 if asked == "rare" else listing.SIZE):
            give_up(f"it found {len(found.cards)} cards")
        each_turn(partial(_turn, ask, _workers(database)))


def _workers(database: Database) -> tuple[int, ...]:
    """The processes that do what is asked of the database: this one, and its server's for us."""
    with database.reading() as connection:
        if connection.dialect.name == "sqlite":
            return (os.getpid(),)
        serves: int = connection.exec_driver_sql("SELECT pg_backend_pid()").scalar_one()
        return (os.getpid(), serves)


def _turn(ask: Callable[[], Page], workers: Sequence[int], seconds: float) -> Turn:
    def worked() -> float:
        return sum(map(processes.cpu_seconds, workers))

    times: list[float] = []
    before = worked()
    for started in working(seconds, worked):
        ask()
        times.append(time.perf_counter() - started)
    return Turn(len(times), worked() - before, statistics.median(times))


def _asking(database: Database, asked: str, count: int) -> Callable[[], Page]:
    if asked in ("search", "rare"):
        words = COMMON if asked == "search" else RARE
        return partial(listing.page, database, Wanted(words=words))
    if asked == "list":
        return partial(listing.page, database, Wanted())
    with database.reading() as connection:
        query = select(cards.c.saved_at).where(cards.c.number == count // 2)
        moment = connection.execute(query).scalar()
    return partial(listing.page, database, Wanted(), before=f"{moment}~{count // 2}")


if __name__ == "__main__":
    main()
