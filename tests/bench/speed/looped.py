"""One contestant of ours: proved, then timed turn by turn."""

from __future__ import annotations

import os
import resource
import statistics
import time
from collections.abc import Awaitable, Callable, Sequence

from msgspec import Struct

from tests.bench.speed import asked, processes
from tests.bench.speed.asked import Turn, give_up, working

#: How many bytes make a credential other than it was in each earlier call, and mean nothing: no two
#: of a million get the same, so nothing that was kept can answer.
_OTHERS = 20


class Trial(Struct, frozen=True):
    """`takes` says whether it holds what it is given; `pads` where blanks at the end of that are
    no change.
    """

    takes: Callable[[bytes], Awaitable[bool]]
    good: Sequence[bytes]
    bad: Sequence[bytes]
    pads: bool = True

    def given(self, number: int) -> bytes:
        """What the call of that number is given."""
        contents = self.good or self.bad
        content = contents[number % len(contents)]
        return content + blanks(number).encode() if self.pads else content

    async def once(self, number: int) -> None:
        """Exit unless it says what it said when it was proved."""
        if await self.takes(self.given(number)) is not bool(self.good):
            give_up("it changed its mind while it was timed")


def blanks(number: int) -> str:
    """The number in blanks and tabs: as many signs whichever it is."""
    return f"{number % 2**_OTHERS:0{_OTHERS}b}".replace("0", " ").replace("1", "\t")


async def run(trial: Trial) -> None:
    """Prove it, and take the turns that are asked for. Exits where it does not prove."""
    await prove(trial)
    number = 0
    for seconds in asked.turns():
        turn = await _turn(trial, number, seconds)
        number += turn.calls
        asked.tell(turn)


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


async def _turn(trial: Trial, first: int, seconds: float) -> Turn:
    """Calls until the time is over; what other processes did for them counts, too."""
    times: list[float] = []
    own, others = time.process_time(), processes.cpu_seconds_below(os.getpid())
    for started in working(seconds):
        await trial.once(first + len(times))
        times.append(time.perf_counter() - started)
    own = time.process_time() - own
    cpu = own + processes.cpu_seconds_below(os.getpid()) - others
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return Turn(len(times), cpu, statistics.median(times), peak)
