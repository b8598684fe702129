"""Wallets of a thousand cards and of a million, in either database, and what is asked of them:
`python -m tests.bench.speed.rows WHAT FOLDER PEERS SECONDS`.
"""

from __future__ import annotations

import hashlib
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from functools import partial
from pathlib import Path

from sqlalchemy import (
    ColumnElement,
    Connection,
    cast,
    column,
    func,
    insert,
    literal,
    literal_column,
    select,
    table,
    text,
    true,
)
from sqlalchemy.types import String

from tests.bench import wallets
from tests.bench.speed.looped import NOT_PROVED
from tests.server import postgres
from wallet_server.store import listing, search
from wallet_server.store.address import Where, read_address
from wallet_server.store.database import Database
from wallet_server.store.listing import Page, Wanted
from wallet_server.store.schema import cards, tags

SMALL, LARGE = 1_000, 1_000_000
#: A word that every seventh card says.
COMMON = "weaving"
WHAT = ("list", "search", "middle")
ADDRESSES = "wallets.json"


@contextmanager
def standing(made: Path, cache: Path) -> Iterator[None]:
    """All four wallets, their addresses written down in the folder `made`. Those in files stay in
    `cache` for the next time, those in PostgreSQL go with their server.
    """
    cache.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        server = stack.enter_context(postgres.running())
        addresses = {}
        for count in (SMALL, LARGE):
            addresses[f"sqlite-{count}"] = str(_in_a_file(cache, count))
            addresses[f"postgresql-{count}"] = server.database()
            _make(read_address(addresses[f"postgresql-{count}"]), count)
        (made / ADDRESSES).write_text(json.dumps(addresses))
        yield


def _in_a_file(cache: Path, count: int) -> Path:
    """The wallet's file, made anew where what makes it has changed."""
    store = Path(listing.__file__).parent
    sources = [*sorted(store.parent.rglob("migrations/**/*.py")), Path(wallets.__file__)]
    sources += [store / "schema.py", store / "search.py", Path(__file__)]
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
            _grow(database, count // SMALL)


def _grow(database: Database, times: int) -> None:
    """Every card again and again, an hour later each: what lists and searches read of it."""
    series = select(literal(1).label("again")).cte("series", recursive=True)
    series = series.union_all(select(series.c.again + 1).where(series.c.again < times - 1))
    again = series.c.again
    number = cards.c.number + SMALL * again
    with database.writing() as connection:
        is_sqlite = connection.dialect.name == "sqlite"
        key = "rowid" if is_sqlite else "card"
        index = table("search", column(key), column("words"))
        moment = _hour(number, is_sqlite)
        lead = func.substr(cards.c.lead, 1, 24) + "-" + cast(again, String)
        later = [] if is_sqlite else list(_without_indexes(connection))
        for copied, changed in (
            (cards, {"number": number, "lead": lead, "issued": moment, "saved_at": moment}),
            (tags, {"card": tags.c.card + SMALL * again}),
            (index, {key: index.c[key] + SMALL * again}),
        ):
            columns = {one.name: changed.get(one.name, one) for one in copied.c}
            found = select(*columns.values()).select_from(copied.join(series, true()))
            connection.execute(insert(copied).from_select(list(columns), found))
        for index_made_anew in later:
            connection.execute(text(index_made_anew))
        search.scrub(connection)
        connection.execute(text("ANALYZE"))


def _without_indexes(connection: Connection) -> Iterator[str]:
    """Drop the indexes of what grows, each with what makes it anew: at once is sooner done."""
    found = connection.execute(
        text(
            "SELECT indexname, indexdef FROM pg_indexes WHERE tablename IN ('cards', 'tags', "
            "'search') AND indexname NOT IN (SELECT conname FROM pg_constraint)"
        )
    ).all()
    connection.execute(text("SET LOCAL maintenance_work_mem = '512MB'"))
    for name, made in found:
        connection.execute(text(f'DROP INDEX "{name}"'))
        yield made


def _hour(number: ColumnElement[int], is_sqlite: bool) -> ColumnElement[str]:
    """The moment that many hours after the first, as the wallet writes it."""
    if is_sqlite:
        later = cast(number, String) + " hours"
        return func.strftime("%Y-%m-%dT%H:%M:%fZ", "2019-01-01", later)
    later = literal_column("timestamp '2019-01-01'") + number * literal_column("interval '1 hour'")
    return func.to_char(later, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')


def main() -> None:
    """Ask one thing of one wallet, again and again, and print what it took."""
    what, folder, _, seconds = sys.argv[1:]
    asked, kind, count = what.split("-")
    at = json.loads((Path(folder) / ADDRESSES).read_bytes())[f"{kind}-{count}"]
    with closing(Database(read_address(at) if kind == "postgresql" else Path(at))) as database:
        ask = _asking(database, asked, int(count))
        found = ask()
        if len(found.cards) != listing.SIZE:
            print(f"it found {len(found.cards)} cards", file=sys.stderr)  # noqa: T201
            sys.exit(NOT_PROVED)
        times: list[float] = []
        own = time.process_time()
        until = time.perf_counter() + float(seconds)
        while (started := time.perf_counter()) < until or len(times) < 3:
            ask()
            times.append(time.perf_counter() - started)
        own = time.process_time() - own
    figures = {
        "calls": len(times),
        "cpu_ms": own / len(times) * 1000,
        "wall_ms": statistics.median(times) * 1000,
        "memory_mb": 0,
    }
    print(json.dumps(figures))  # noqa: T201


def _asking(database: Database, asked: str, count: int) -> Callable[[], Page]:
    if asked == "search":
        return partial(listing.page, database, Wanted(words=COMMON))
    if asked == "list":
        return partial(listing.page, database, Wanted())
    with database.reading() as connection:
        query = select(cards.c.saved_at).where(cards.c.number == count // 2)
        moment = connection.execute(query).scalar()
    return partial(listing.page, database, Wanted(), before=f"{moment}~{count // 2}")


if __name__ == "__main__":
    main()
