"""`make bench`: `python -m tests.bench.speed [--rows NAME…] [--rounds N] [--seconds N]`."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from platformdirs import user_cache_path

from tests.bench.speed import made, peers, writing
from tests.bench.speed.contestants import CONTESTANTS, REPOSITORY, Places, environment, run
from tests.bench.speed.rows import standing
from tests.bench.speed.table import ROWS, Row
from tests.bench.speed.turns import Measured, measure

#: Of a whole run, whose table goes onto the page.
ROUNDS, SECONDS = 5, 1.0


def main() -> int:
    """Measure what was asked for; 1 where something could not be timed."""
    given = _arguments()
    rows = [row for row in ROWS if not given.rows or row.name in given.rows]
    cache = user_cache_path("touchstone") / "bench"
    places = Places(cache / "made", peers.install(), max(os.sched_getaffinity(0)))
    made.make(places.made, given.fixtures)
    kinds = {row.name.removeprefix("wallet-") for row in rows}
    with standing(kinds, places.made, cache):
        measured = measure(rows, given.rounds, lambda name: run(name, places, given.seconds), _tell)
    lines = list(writing.table(rows, measured))
    print("\n".join(lines))  # noqa: T201
    if not given.rows and given.fixtures is None:
        profiles = _profiles(writing.missed(rows, measured), places)
        apart = _apart(rows, measured, cache / "last.json")
        writing.put("\n".join([*lines, "", *_how(given, apart), *profiles]))
    elif given.write:
        writing.put_rows(lines)
    return 1 if measured.refused else 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench")
    names = sorted({row.name for row in ROWS})
    parser.add_argument("--rows", nargs="*", default=[], choices=names, metavar="NAME")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    parser.add_argument("--write", action="store_true", help="put some rows onto the page, too")
    parser.add_argument("--fixtures", type=Path, help="a folder with other people's S, L and M")
    return parser.parse_args()


def _tell(line: str) -> None:
    print(line, file=sys.stderr, flush=True)  # noqa: T201


def _how(given: argparse.Namespace, apart: float | None) -> Iterator[str]:
    """What belongs to the figures: rounds, versions, and how far the run before was from them."""
    yield (
        f"{given.rounds} rounds of {given.seconds:g} s for each; what was reached is the median of "
        "their ratios."
    )
    if apart is not None:
        yield f"No ratio is further than {apart:.0%} from that of the run before."
    versions = ", ".join(f"{name} {number}" for name, number in peers.versions().items())
    yield f"Versions: {versions}."


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
            env=environment(),
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


def _apart(rows: Sequence[Row], measured: Measured, path: Path) -> float | None:
    """How far this run is from the one before, which it takes the place of in `path`."""
    found = {row.what: writing.reached(row, measured) for row in rows}
    ratios = {what: ratio for what, ratio in found.items() if ratio is not None}
    before = json.loads(path.read_text()) if path.is_file() else {}
    path.write_text(json.dumps(ratios, indent=1))
    return writing.largest_difference(ratios, before)


if __name__ == "__main__":
    sys.exit(main())
