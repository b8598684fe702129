"""Twenty thousand badges beside a thousand: the short form of `python -m tests.bench.rows`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bench import rows

LARGE = 20_000
#: How much more the large wallet may take of the processor, and seconds that each is asked.
TIMES, SECONDS = 4, 0.1


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("rows")
    rows.make(made, LARGE)
    return made


@pytest.mark.parametrize("what", rows.ASKED)
def test_a_large_wallet_costs_what_a_small_one_does(folder: Path, what: str) -> None:
    took = [
        min(rows.timed(size, what, folder, SECONDS)["cpu_ms"] for _ in range(3))
        for size in (rows.SMALL, LARGE)
    ]
    assert took[1] <= took[0] * TIMES
