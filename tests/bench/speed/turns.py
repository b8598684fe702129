"""Contestants in turns, A B C A B C, so that what the machine does meanwhile meets all alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Mapping

from msgspec import Struct, field

from tests.bench.speed.contestants import Figures, NotTimed
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


class _Running(Struct):
    found: dict[str, list[Figures]] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)


def measure(
    rows: Iterable[Row],
    rounds: int,
    run: Callable[[str], Figures],
    tell: Callable[[str], None],
) -> Measured:
    """Let every contestant of `rows` run once a round. One that `run` refuses to time is left out
    from then on, and no ratio is made of it.
    """
    names = list(dict.fromkeys(name for row in rows for name in (row.ours, row.theirs)))
    running = _Running({name: [] for name in names})
    for number in range(1, rounds + 1):
        for name in names:
            if name in running.refused:
                continue
            try:
                figures = run(name)
            except NotTimed as error:
                running.refused[name] = str(error)
                tell(f"{name}: not timed: {error}")
                continue
            running.found[name].append(figures)
            tell(f"{number}/{rounds}  {name:28} {figures.cpu_ms:10.4f} ms  {figures.calls} times")
    return Measured({name: tuple(one) for name, one in running.found.items()}, running.refused)
