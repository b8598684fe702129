"""`make bench`: `python -m tests.bench.speed [--rows NAME…] [--rounds N] [--seconds N]`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench.speed import made, peers, writing
from tests.bench.speed.contestants import CONTESTANTS, REPOSITORY, Places, run
from tests.bench.speed.table import ROWS, Row
from tests.bench.speed.turns import Measured, measure

#: Of a whole run, whose table goes onto the page.
ROUNDS, SECONDS = 5, 1.5


def main() -> int:
    """Measure what was asked for; 1 where a row misses what it must reach."""
    given = _arguments()
    rows = [row for row in ROWS if not given.rows or row.name in given.rows]
    cache = user_cache_path("touchstone") / "bench"
    places = Places(cache / "made", peers.install(), max(os.sched_getaffinity(0)))
    made.make(places.made, given.fixtures)
    measured = measure(rows, given.rounds, lambda name: run(name, places, given.seconds), _tell)
    lines = list(writing.table(rows, measured))
    print("\n".join(lines))  # noqa: T201
    missed = writing.missed(rows, measured)
    if not given.rows and given.fixtures is None:
        writing.put(_page(given, rows, measured, _profiles(missed, places)))
        _compare(rows, measured, cache / "last.json")
    return 1 if missed else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    names = sorted({row.name for row in ROWS})
    parser.add_argument("--rows", nargs="*", default=[], choices=names, metavar="NAME")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--fixtures", type=Path, help="a folder with other people's S, L and M")
    return parser.parse_args()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _page(
    given: argparse.Namespace, rows: Sequence[Row], measured: Measured, profiles: Sequence[str]
) -> str:
    """The measured part of `docs/speed.md`."""
    versions = ", ".join(f"{name} {number}" for name, number in peers.versions().items())
    how = (
        f"{given.rounds} rounds, {given.seconds:g} seconds for each contestant in each, after as "
        "long to warm up."
    )
    return "\n".join(
        [*writing.table(rows, measured), "", how, "", f"Versions: {versions}.", *profiles]
    )


def _profiles(missed: Sequence[Row], places: Places) -> list[str]:
    """Where the time goes of those that miss what they must reach, as far as they are one
    process of ours.
    """
    lines: list[str] = []
    for name in dict.fromkeys(row.ours for row in missed):
        command = CONTESTANTS[name](places)
        if f"{made.__package__}.ours" not in command:
            continue
        done = subprocess.run(
            [*command, "1", "--profile"],
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode == 0:
            lines += [
                "",
                f"Where the time of “{name}” goes:",
                "",
                "```",
                done.stdout.strip(),
                "```",
            ]
    return lines


def _compare(rows: Sequence[Row], measured: Measured, path: Path) -> None:
    """Tell how far this run is from the one before, and keep it for the next."""
    found = {row.what: writing.reached(row, measured) for row in rows}
    ratios = {what: ratio for what, ratio in found.items() if ratio is not None}
    if path.is_file():
        most = writing.largest_difference(ratios, json.loads(path.read_text()))
        if most is not None:
            _tell(f"The ratios differ from those of the run before by {most:.0%} at most.")
    path.write_text(json.dumps(ratios, indent=1))


if __name__ == "__main__":
    sys.exit(main())
