"""Twenty thousand badges beside a thousand, in a file: what the database answers takes the same
work in both. `make bench` asks it of a million.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

from tests.bench.wallets import fill, grow
from wallet_server.store import listing, timeline
from wallet_server.store.database import Database
from wallet_server.store.listing import Wanted

SMALL, TIMES = 1_000, 20
#: How much more of the processor the large wallet may take, and how often each is asked.
MORE, TURNS = 4, 30
#: A moment that is in the middle of either wallet.
MIDDLE = {1: "2019-01-21T00:00:00.000Z~500", TIMES: "2020-02-21T00:00:00.000Z~10000"}

ASKED: dict[str, Callable[[Database, str], object]] = {
    "the first page": lambda wallet, _: listing.page(wallet, Wanted()),
    "one in the middle": lambda wallet, middle: listing.page(wallet, Wanted(), before=middle),
    "what there is to pick from": lambda wallet, _: listing.choices(wallet),
    "the timeline": lambda wallet, _: timeline.page(wallet),
    "tagged": lambda wallet, _: listing.page(wallet, Wanted(tag="work")),
    "a word of all": lambda wallet, _: listing.page(wallet, Wanted(words="earners")),
    "a word of some": lambda wallet, _: listing.page(wallet, Wanted(words="weav")),
    "a word of none": lambda wallet, _: listing.page(wallet, Wanted(words="zither")),
    "a word in the middle": lambda wallet, middle: listing.page(
        wallet, Wanted(words="weav"), before=middle
    ),
}


@pytest.fixture(scope="module")
def wallets(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Database]]:
    folder = tmp_path_factory.mktemp("rows")
    with (
        closing(Database(folder / "small.sqlite3")) as small,
        closing(Database(folder / "large.sqlite3")) as large,
    ):
        for wallet in (small, large):
            fill(wallet, SMALL)
        grow(large, SMALL, TIMES)
        assert listing.page(large, Wanted()).count == SMALL * TIMES
        yield {1: small, TIMES: large}


@pytest.mark.parametrize("asked", ASKED)
def test_twenty_thousand_are_found_as_a_thousand_are(
    wallets: dict[int, Database], asked: str
) -> None:
    took = {times: best(ASKED[asked], wallets[times], MIDDLE[times]) for times in wallets}
    assert took[TIMES] <= took[1] * MORE


def best(ask: Callable[[Database, str], object], wallet: Database, middle: str) -> float:
    """The least time of the processor that it takes."""

    def once() -> float:
        started = time.process_time()
        ask(wallet, middle)
        return time.process_time() - started

    return min(once() for _ in range(TURNS))
