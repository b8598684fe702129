"""From the start of a process to its first verdict: `… WHAT FOLDER PEERS`."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from tests.bench.speed.asked import Turn, each_turn, give_up, working

_ONE_CHECK = Path(__file__).parent / "one_check.py"


class Run(Struct, frozen=True):
    """One process: what it printed, and the seconds it and those it started took."""

    printed: str
    cpu: float
    wall: float
    memory_mb: float


def main() -> None:
    """Prove the one that is named, and start it again and again."""
    what, folder, _ = sys.argv[1:]
    with tempfile.TemporaryDirectory() as empty:
        commands = commands_of(what, Path(folder), Path(empty))
        environment = {**os.environ, "TOUCHSTONE_DATA": f"{empty}/data"}
        for word, command in commands.items():
            run = _run(command, environment)
            if _takes(what, run.printed) is not (word == "good"):
                give_up(f"it did not say what is true of the {word} one")
        each_turn(partial(_turn, commands["good"], environment))


def _turn(command: list[str], environment: Mapping[str, str], seconds: float) -> Turn:
    runs: list[Run] = []
    for _ in working(2 * seconds, lambda: sum(run.cpu for run in runs)):
        runs.append(_run(command, environment))
    return Turn(
        len(runs),
        sum(run.cpu for run in runs),
        statistics.median(run.wall for run in runs),
        max(run.memory_mb for run in runs),
    )


def commands_of(what: str, folder: Path, empty: Path) -> Mapping[str, list[str]]:
    """How it is started over what holds, and over what was changed."""
    if what == "bare":
        start = [sys.executable, str(_ONE_CHECK), str(folder / "limit.json")]
        return {"good": start, "bad": [*start, "changed"]}
    lists = json.loads((folder / "small.json").read_bytes())
    found = {}
    for word in ("good", "bad"):
        path = empty / f"{word}.json"
        path.write_text(lists[word][0])
        found[word] = [
            str(Path(sys.executable).parent / "touchstone"),
            "verify",
            "--json",
            str(path),
        ]
    return found


def _takes(what: str, printed: str) -> bool:
    if what == "bare":
        return printed.strip() == "holds"
    genuine = json.loads(printed)["checks"][0]
    return bool(genuine["code"] == "signature" and genuine["outcome"] == "passed")


def _run(command: list[str], environment: Mapping[str, str]) -> Run:
    started = time.perf_counter()
    with tempfile.TemporaryFile("w+") as out:
        process = subprocess.Popen(command, stdout=out, env=environment)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        wall = time.perf_counter() - started
        out.seek(0)
        return Run(out.read(), used.ru_utime + used.ru_stime, wall, used.ru_maxrss / 1024)


if __name__ == "__main__":
    main()
