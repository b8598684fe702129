"""How one that is measured is asked: each line that comes in is a number of seconds, and is
answered with what a turn of so long found, a line of JSON as `contestants.Figures`. It ends with
its input.

Peers do the same in `peers/timing.mjs`. Between its turns a contestant waits, and others run.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from typing import NoReturn

from msgspec import Struct

#: A contestant that takes what was changed, or refuses what holds, is not timed.
NOT_PROVED = 2
#: How many turns each has once it is warmed up, which its first one is for.
TURNS = 5


class Turn(Struct, frozen=True):
    """What a turn found: the processor's seconds of all its calls, and the clock's of a typical
    one.
    """

    calls: int
    cpu: float
    wall: float
    memory_mb: float = 0.0


def turns() -> Iterator[float]:
    """How long each turn shall be, as it is asked for."""
    for line in sys.stdin:
        yield float(line)


def tell(turn: Turn) -> None:
    """Answer with what the turn found."""
    figures = {
        "calls": turn.calls,
        "cpu_ms": turn.cpu / turn.calls * 1000,
        "wall_ms": turn.wall * 1000,
        "memory_mb": turn.memory_mb,
    }
    print(json.dumps(figures), flush=True)  # noqa: T201


def each_turn(take: Callable[[float], Turn]) -> None:
    """Answer every turn with what `take` finds, given its seconds."""
    for seconds in turns():
        tell(take(seconds))


def working(seconds: float, worked: Callable[[], float] = time.process_time) -> Iterator[float]:
    """The clock at the beginning of each call, as many as the processor's `seconds` are enough for,
    by what `worked` says of them; at least one.
    """
    until = worked() + seconds
    look = time.perf_counter() + seconds
    while True:
        yield (now := time.perf_counter())
        if time.perf_counter() >= look:
            left = until - worked()
            if left <= 0:
                return
            look = now + left


def give_up(why: str) -> NoReturn:
    """End without a figure, saying why."""
    print(why, file=sys.stderr)  # noqa: T201
    sys.exit(NOT_PROVED)
