"""Who is measured: the command of each, and one run of it on one core."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from tests.bench.speed.made import ALGORITHMS
from tests.bench.speed.peers import NODE
from tests.bench.speed.rows import LARGE, SMALL, WHAT

REPOSITORY = Path(__file__).parents[3]
#: No run takes longer than this beyond the seconds that it times.
PATIENCE = 180.0
_HERE = "tests.bench.speed"


class NotTimed(Exception):
    """A contestant that was not timed, and why."""


class Figures(Struct, frozen=True):
    """What one run found: milliseconds of the processor a call, the median of what a call took by
    the clock, and memory.
    """

    calls: int
    cpu_ms: float
    wall_ms: float
    memory_mb: float


class Places(Struct, frozen=True):
    """Where everything lies, and the core that all contestants run on."""

    made: Path
    peers: Path
    core: int


Command = Callable[[Places], list[str]]


def _ours(what: str) -> Command:
    return lambda places: [sys.executable, "-m", f"{_HERE}.ours", what, str(places.made)]


def _peer(script: str, what: str = "") -> Command:
    return lambda places: [NODE, str(places.peers / f"{script}.mjs"), str(places.made), what]


def _own(module: str, what: str) -> Command:
    def command(places: Places) -> list[str]:
        given = [what, str(places.made), str(places.peers)]
        return [sys.executable, "-m", f"{_HERE}.{module}", *given]

    return command


#: Each is told the seconds besides, last.
CONTESTANTS: Mapping[str, Command] = {
    "small": _ours("small"),
    "small by verifier-core": _peer("core", "small"),
    "limit": _ours("limit"),
    "large": _ours("large"),
    "large by vc": _peer("vc", "large"),
    "many": _ours("many"),
    "many by verifier-core": _peer("core", "many"),
    **{f"token {name}": _ours(f"proof-{name}") for name in ALGORITHMS},
    **{f"report {name}": _ours(f"token-{name}") for name in ALGORITHMS},
    **{f"token {name} by jose": _peer("jose", f"token-{name}") for name in ALGORITHMS},
    "unbake": _ours("unbake"),
    "unbake by bakery": _peer("bakery"),
    **{f"hostile {name}": _ours(f"hostile-{name}") for name in ("clique", "deep", "huge")},
    "served": _own("served", "touchstone"),
    "served by express": _own("served", "express"),
    "page": _own("served", "page"),
    "start": _own("started", "touchstone"),
    "bare start": _own("started", "bare"),
    **{
        f"{asked} of {count} in {kind}": _own("rows", f"{asked}-{kind}-{count}")
        for asked in WHAT
        for kind in ("sqlite", "postgresql")
        for count in (SMALL, LARGE)
    },
}


def run(name: str, places: Places, seconds: float) -> Figures:
    """One run of a contestant. Raises `NotTimed`, saying why."""
    return run_command([*CONTESTANTS[name](places), str(seconds)], places.core, seconds)


def run_command(command: list[str], core: int, seconds: float) -> Figures:
    """The figures that `command` prints when it runs on `core` alone. Raises `NotTimed`."""
    with subprocess.Popen(
        command,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=partial(os.sched_setaffinity, 0, {core}),
        env=environment(),
    ) as process:
        try:
            printed, said = process.communicate(timeout=PATIENCE + 4 * seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, 9)
            raise NotTimed("it did not come to an end") from None
    if process.returncode:
        lines = said.strip().splitlines() or [f"it ended with {process.returncode}"]
        raise NotTimed(lines[-1])
    return _read(printed)


def environment() -> dict[str, str]:
    """What a contestant gets: our own modules, compiled once as they are for everybody."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(REPOSITORY)}


def _read(printed: str) -> Figures:
    try:
        found = json.loads(printed.strip().splitlines()[-1])
        figures = Figures(**{name: found[name] for name in Figures.__struct_fields__})
    except (IndexError, KeyError, ValueError) as error:
        raise NotTimed("it printed no figures") from error
    if figures.calls < 1 or figures.cpu_ms <= 0:
        raise NotTimed("it was timed without doing anything")
    return figures
