"""One contestant of ours: proved, then timed over and over, then told in a line of JSON."""

from __future__ import annotations

import cProfile
import json
import os
import pstats
import resource
import statistics
import sys
import time
from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from msgspec import Struct

from tests.bench.speed import processes

#: A contestant that takes what was changed, or refuses what holds, is not timed.
NOT_PROVED = 2
#: No two of so many calls get the same bytes, so nothing that was kept can answer.
_DIFFERENT = 4096
#: Seconds after which nothing gets faster any more, and functions that a profile shows.
_WARM_UP, _SHOWN = 0.4, 15
_KNOWN = frozenset(("verifier", "wallet_server", "tests", "asyncio", "json", "anyio", "pyld"))


class Trial(Struct, frozen=True):
    """`takes` says whether it holds what it is given; `pads` where blanks at the end of that are
    no change.
    """

    takes: Callable[[bytes], Awaitable[bool]]
    good: Sequence[bytes]
    bad: Sequence[bytes]
    pads: bool = True


async def run(trial: Trial, seconds: float, *, profiled: bool = False) -> None:
    """Prove it, warm it up, time it, and print what came out. Exits where it does not prove."""
    await prove(trial)
    given, expected = (trial.good, True) if trial.good else (trial.bad, False)
    await _loop(trial, given, expected, min(seconds, _WARM_UP))
    if profiled:
        profile = cProfile.Profile()
        profile.enable()
        times, _ = await _loop(trial, given, expected, seconds)
        profile.disable()
        print(_told(profile, len(times)))  # noqa: T201
        return
    times, cpu = await _loop(trial, given, expected, seconds)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = {
        "calls": len(times),
        "cpu_ms": cpu / len(times) * 1000,
        "wall_ms": statistics.median(times) * 1000,
        "memory_mb": peak,
    }
    print(json.dumps(figures))  # noqa: T201


async def prove(trial: Trial) -> None:
    """Exit unless all that holds is taken and all else refused."""
    for content in trial.good:
        if not await trial.takes(content):
            _give_up("it refused one that holds")
    for content in trial.bad:
        if await trial.takes(content):
            _give_up("it took one that does not hold")
    if not trial.good and not trial.bad:
        _give_up("it was given nothing")


def _give_up(why: str) -> None:
    print(why, file=sys.stderr)  # noqa: T201
    sys.exit(NOT_PROVED)


async def _loop(
    trial: Trial, given: Sequence[bytes], expected: bool, seconds: float
) -> tuple[list[float], float]:
    """The time of each call, and the processor's seconds of them all, other processes' too."""
    times: list[float] = []
    own, all_of_it = time.process_time(), processes.cpu_seconds(os.getpid())
    ticked = _ticked()
    until = time.perf_counter() + seconds
    while (started := time.perf_counter()) < until or not times:
        number = len(times)
        content = given[number % len(given)]
        if trial.pads:
            content += b" " * (number % _DIFFERENT)
        if await trial.takes(content) is not expected:
            _give_up("it changed its mind while it was timed")
        times.append(time.perf_counter() - started)
    own = time.process_time() - own
    others = processes.cpu_seconds(os.getpid()) - all_of_it - (_ticked() - ticked)
    return times, own + max(0.0, others)


def _ticked() -> float:
    """This process's own part of what is counted in hundredths."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime


def _told(profile: cProfile.Profile, calls: int) -> str:
    """The functions in which most of the time went, each without those it called, and how often
    each was called a time. Measuring them slows down small functions most.
    """
    stats = pstats.Stats(profile)
    spent = sorted(stats.stats.items(), key=lambda one: -one[1][2])  # type: ignore[attr-defined]
    whole = sum(figures[2] for _, figures in spent)
    return "\n".join(
        f"{figures[2] / whole:6.1%} {figures[1] / calls:8.1f}x  {_place(*where)}"
        for where, figures in spent[:_SHOWN]
    )


def _place(file: str, line: int, function: str) -> str:
    """A function as one looks it up, without where the machine keeps it."""
    if not line:
        return function
    parts = Path(file).parts
    known = next((n for n, part in enumerate(parts) if part in _KNOWN), len(parts) - 1)
    return f"{'/'.join(parts[known:])} {function}"
