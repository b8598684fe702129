"""Who is measured: the command of each, and how it is given turns on one core."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence, Set
from contextlib import suppress
from functools import partial
from pathlib import Path
from select import select
from typing import NoReturn

import msgspec
from msgspec import Struct

from tests.bench.speed.made import ALGORITHMS
from tests.bench.speed.peers import NODE
from tests.bench.speed.rows import LARGE, SMALL, WHAT

REPOSITORY = Path(__file__).parents[3]
#: Nobody takes longer to prove itself than this, nor for a turn beyond its seconds.
PATIENCE = 180.0
_HERE = "tests.bench.speed"


class NotTimed(Exception):
    """A contestant that was not timed, and why."""


class Figures(Struct, frozen=True):
    """What a turn found, or several: milliseconds of the processor a call, the median of what a
    call took by the clock, and memory.
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


CONTESTANTS: Mapping[str, Command] = {
    "small": _ours("small"),
    "small by verifier-core": _peer("core", "small"),
    "limit": _ours("limit"),
    "large": _ours("large"),
    "large by vc": _peer("vc", "large"),
    "many": _ours("many"),
    "first": _ours("first-many"),
    "again": _ours("again-small"),
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
    **dict.fromkeys(("batch on one core", "batch on all cores"), _own("served", "batch")),
    "start": _own("started", "touchstone"),
    "bare start": _own("started", "bare"),
    **{
        f"{asked} of {count} in {kind}": _own("rows", f"{asked}-{kind}-{count}")
        for asked in WHAT
        for kind in ("sqlite", "postgresql")
        for count in (SMALL, LARGE)
    },
}


class Contestant:
    """One that runs on some cores alone and takes turns. Every method raises `NotTimed`, saying
    why.
    """

    def __init__(self, command: Sequence[str], cores: Set[int]) -> None:
        self._said = tempfile.TemporaryFile()  # noqa: SIM115 closed with the rest
        self._process = subprocess.Popen(
            command,
            cwd=REPOSITORY,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            start_new_session=True,
            preexec_fn=partial(os.sched_setaffinity, 0, cores),
            env=environment(),
        )

    def turn(self, seconds: float) -> Figures:
        """What it found in a turn of so long; before its first one it proves itself."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.write(f"{seconds}\n".encode())
            self._process.stdin.flush()
        ready, _, _ = select([self._process.stdout], [], [], PATIENCE + 4 * seconds)
        if not ready:
            raise NotTimed("it did not come to an end")
        line = self._process.stdout.readline()
        return _read(line) if line else self._gave_up()

    def send_signal(self, sent: int) -> None:
        """Send it one."""
        self._process.send_signal(sent)

    def _gave_up(self) -> NoReturn:
        status = self._process.wait(PATIENCE)
        self._said.seek(0)
        lines = self._said.read().decode(errors="replace").strip().splitlines()
        raise NotTimed(lines[-1] if lines and status else "it printed no figures")

    def close(self) -> None:
        """Send it home, and whatever it started."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(20)
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process.stdout.close()
        self._said.close()


def is_peer(name: str) -> bool:
    """Whether that is somebody else's program, each of which is named for what it does with it."""
    return " by " in name


def enter(name: str, places: Places) -> Contestant:
    """The contestant of that name, beginning to prove itself."""
    cores = os.sched_getaffinity(0) if name.endswith("on all cores") else {places.core}
    return Contestant(CONTESTANTS[name](places), cores)


def environment() -> dict[str, str]:
    """What a contestant gets: our own modules, compiled once as they are for everybody."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(REPOSITORY)}


def _read(printed: bytes) -> Figures:
    try:
        figures = msgspec.json.decode(printed, type=Figures)
    except msgspec.DecodeError as error:
        raise NotTimed("it printed no figures") from error
    if figures.calls < 1 or figures.cpu_ms <= 0:
        raise NotTimed("it was timed without doing anything")
    return figures
