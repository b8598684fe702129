"""Contestants in turns, A B C A B C, so that what the machine does meanwhile meets all alike.

Those that are compared with each other stand ready at once, each waiting while another runs, and
have many short turns. Some programs are by chance a little faster or slower from start to end, so
that is done anew several times.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing
from typing import Protocol

from msgspec import Struct, field

from tests.bench.speed.asked import TURNS
from tests.bench.speed.contestants import Figures, NotTimed, is_peer
from tests.bench.speed.table import Row


class Measured(Struct, frozen=True):
    """What the rounds found of each contestant, and why those that were not timed were not."""

    rounds: Mapping[str, tuple[Figures, ...]]
    refused: Mapping[str, str]

    def ratios(self, row: Row) -> tuple[float, ...]:
        """The ratio of each round; none where one of the two was not timed."""
        pairs = zip(self.rounds[row.ours], self.rounds[row.theirs], strict=False)
        whole = not {row.ours, row.theirs} & self.refused.keys()
        return tuple(
            row.ratio(getattr(ours, row.figure), getattr(theirs, row.figure))
            for ours, theirs in pairs
            if whole
        )

    def why_not(self, row: Row) -> str | None:
        """Why there is no ratio, if there is none."""
        found = [
            f"{one}: {self.refused[one]}" for one in (row.ours, row.theirs) if one in self.refused
        ]
        return "; ".join(found) or None

    def typical(self, name: str, figure: str) -> float:
        """The median of a contestant's figure over the rounds."""
        found: list[float] = [getattr(one, figure) for one in self.rounds[name]]
        return statistics.median(found)


class Plan(Struct, frozen=True):
    """How often all are begun anew, and how many turns of how many seconds each has between.

    Who compiles what it runs while it runs it is given longer to warm up.
    """

    rounds: int = 5
    turns: int = TURNS
    seconds: float = 0.2
    warm_up: float = 0.3
    warm_up_of_peers: float = 1.5

    def to_warm_up(self, name: str) -> float:
        """The seconds before the first turn that counts."""
        return self.warm_up_of_peers if is_peer(name) else self.warm_up


class Contestant(Protocol):
    """What is measured; each method may raise `NotTimed`."""

    def turn(self, seconds: float) -> Figures:
        """What it found in a turn."""

    def close(self) -> None:
        """End it."""


class _Measuring(Struct):
    plan: Plan
    enter: Callable[[str], Contestant]
    tell: Callable[[str], None]
    found: dict[str, list[Figures]]
    refused: dict[str, str] = field(default_factory=dict)

    def round(self, names: Sequence[str]) -> None:
        """Begin these anew and let them take turns."""
        found: dict[str, list[Figures]] = {}
        with ExitStack() as stack:
            standing: dict[str, Contestant] = {}
            for name in names:
                if name in self.refused:
                    continue
                standing[name] = stack.enter_context(closing(self.enter(name)))
                self._turn(name, standing, self.plan.to_warm_up(name))
            for _ in range(self.plan.turns):
                for name in list(standing):
                    figures = self._turn(name, standing, self.plan.seconds)
                    if figures:
                        found.setdefault(name, []).append(figures)
        for name in standing:
            figures = together(found[name])
            self.found[name].append(figures)
            self.tell(f"{name:28} {figures.cpu_ms:10.4f} ms  {figures.calls} times")

    def _turn(self, name: str, standing: dict[str, Contestant], seconds: float) -> Figures | None:
        """A turn of one of those that are `standing`; it leaves them where it cannot be timed."""
        try:
            return standing[name].turn(seconds)
        except NotTimed as error:
            del standing[name]
            self.refused[name] = str(error)
            self.tell(f"{name}: not timed: {error}")
            return None


def together(turns: Sequence[Figures]) -> Figures:
    """What several turns of one found: the mean over all calls, not the mean of means."""
    calls = sum(one.calls for one in turns)
    return Figures(
        calls=calls,
        cpu_ms=sum(one.cpu_ms * one.calls for one in turns) / calls,
        wall_ms=statistics.median(one.wall_ms for one in turns),
        memory_mb=turns[-1].memory_mb,
    )


def measure(
    rows: Iterable[Row],
    plan: Plan,
    enter: Callable[[str], Contestant],
    tell: Callable[[str], None],
) -> Measured:
    """Let those that a ratio is made of take turns, round after round. One that cannot be timed is
    left out from then on, and no ratio is made of it.
    """
    stages = list(groups(rows))
    measuring = _Measuring(plan, enter, tell, {name: [] for stage in stages for name in stage})
    for number in range(1, plan.rounds + 1):
        tell(f"round {number} of {plan.rounds}")
        for stage in stages:
            measuring.round(stage)
    found = {name: tuple(one) for name, one in measuring.found.items()}
    return Measured(found, measuring.refused)


def groups(rows: Iterable[Row]) -> Iterator[Sequence[str]]:
    """The names of those that are compared with each other, or with the same third."""
    found: list[dict[str, None]] = []
    for row in rows:
        group = dict.fromkeys((row.ours, row.theirs))
        for other in [one for one in found if one.keys() & group.keys()]:
            found.remove(other)
            group = other | group
        found.append(group)
    return map(tuple, found)
