"""`make bench`: `python -m tests.bench.speed [--rows NAME…] [--twice]`."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from platformdirs import user_cache_path

from tests.bench.speed import contestants, made, peers, profiled, writing
from tests.bench.speed.contestants import Places
from tests.bench.speed.rows import standing
from tests.bench.speed.table import ROWS, Row
from tests.bench.speed.turns import Plan, measure
from tests.bench.speed.writing import TWICE


def main() -> int:
    """Measure what was asked for; 1 where something could not be timed."""
    given = _arguments()
    rows = [row for row in ROWS if not given.rows or row.name in given.rows]
    cache = user_cache_path("touchstone") / "bench"
    kinds = {row.name.removeprefix("wallet-") for row in rows}
    plan = Plan(rounds=given.rounds, seconds=given.seconds)
    with TemporaryDirectory(prefix="touchstone-bench-") as folder:
        places = Places(Path(folder) / "made", Path(folder), max(os.sched_getaffinity(0)))
        peers.install(cache / "peers", places.peers)
        made.make(places.made, given.fixtures)
        enter = partial(contestants.enter, places=places)
        with standing(kinds, places.made, cache):
            runs = [measure(rows, plan, enter, _tell) for _ in range(TWICE if given.twice else 1)]
        lines = list(writing.table(rows, runs))
        print("\n".join(lines))  # noqa: T201
        if not given.rows and given.fixtures is None:
            more = [*_how(plan, rows, runs), *profiled.told(writing.missed(rows, runs), places)]
            writing.put("\n".join([*lines, "", *more]))
        elif given.write:
            writing.put_rows(lines, [row.what for row in ROWS])
    return 1 if any(measured.refused for measured in runs) else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    names, plan = sorted({row.name for row in ROWS}), Plan()
    parser.add_argument("--rows", nargs="*", default=[], choices=names, metavar="NAME")
    parser.add_argument("--rounds", type=int, default=plan.rounds)
    parser.add_argument("--seconds", type=float, default=plan.seconds, help="of one turn")
    parser.add_argument("--twice", action="store_true", help="and how far the two are apart")
    parser.add_argument("--write", action="store_true", help="put some rows onto the page, too")
    parser.add_argument("--fixtures", type=Path, help="a folder with other people's S, L and M")
    return parser.parse_args()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _how(plan: Plan, rows: Sequence[Row], runs: writing.Runs) -> Iterator[str]:
    """What belongs to the figures: how they were found, how far two runs differ, and versions."""
    yield (
        f"{plan.rounds} rounds of {plan.turns} turns of {plan.seconds:g} s for each; what was "
        "reached is the median of the rounds' ratios."
    )
    yield from writing.apart(rows, runs)
    versions = ", ".join(f"{name} {number}" for name, number in peers.versions().items())
    yield f"Versions: {versions}."


if __name__ == "__main__":
    sys.exit(main())
