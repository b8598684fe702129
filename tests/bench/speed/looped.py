"""One contestant of ours: proved, then timed turn by turn."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from itertools import chain, cycle, repeat

from msgspec import Struct

from tests.bench.speed import asked, processes
from tests.bench.speed.asked import Turn, give_up, working

#: How many bytes make a credential other than it was in each earlier call, and mean nothing: no two
#: of a million get the same, so nothing that was kept can answer.
_OTHERS = 20


class Trial(Struct, frozen=True):
    """`takes` says whether it holds what it is given; `pads` where blanks at the end of that are
    no change. What is `unmet` holds, too, and each of it is given once, when all is warmed up.
    """

    takes: Callable[[bytes], Awaitable[bool]]
    good: Sequence[bytes]
    bad: Sequence[bytes]
    pads: bool = True
    unmet: Sequence[bytes] = ()

    def turns(self) -> Iterator[Iterator[bytes]]:
        """What it is given in each turn."""
        every = self._all()
        if not self.unmet:
            return repeat(every)
        starts = range(0, len(self.unmet), len(self.unmet) // asked.TURNS)
        return chain([every], (iter(self.unmet[at : at + starts.step]) for at in starts))

    def _all(self) -> Iterator[bytes]:
        for number, content in enumerate(cycle(self.good or self.bad)):
            yield content + blanks(number).encode() if self.pads else content


def blanks(number: int) -> str:
    """The number in blanks and tabs: as many signs whichever it is."""
    return f"{number % 2**_OTHERS:0{_OTHERS}b}".replace("0", " ").replace("1", "\t")


async def run(trial: Trial) -> None:
    """Prove it, and take the turns that are asked for. Exits where it does not prove."""
    await prove(trial)
    for seconds, given in zip(asked.turns(), trial.turns(), strict=False):
        asked.tell(await _turn(trial, given, seconds))


async def prove(trial: Trial) -> None:
    """Exit unless all that holds is taken and all else refused."""
    for content in trial.good:
        if not await trial.takes(content):
            give_up("it refused one that holds")
    for content in trial.bad:
        if await trial.takes(content):
            give_up("it took one that does not hold")
    if not trial.good and not trial.bad:
        give_up("it was given nothing")


async def _turn(trial: Trial, given: Iterator[bytes], seconds: float) -> Turn:
    """Calls until the time is over; what other processes did for them counts, too."""
    times: list[float] = []
    expected = bool(trial.good)
    own, others = time.process_time(), processes.cpu_seconds_below(os.getpid())
    for started, content in zip(working(seconds), given, strict=False):
        if await trial.takes(content) is not expected:
            give_up("it changed its mind while it was timed")
        times.append(time.perf_counter() - started)
    own = time.process_time() - own
    cpu = own + processes.cpu_seconds_below(os.getpid()) - others
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Turn(len(times), cpu, statistics.median(times), peak)
