"""What a process and those that it started took: the processor's time, and memory. Linux only."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_PROPORTIONAL = re.compile(r"^Pss:\s+(\d+) kB", re.M)


def cpu_seconds(pid: int) -> float:
    """The processor's seconds that it, those below it and those that ended below it took, to a
    hundredth.
    """
    return sum(sum(map(int, _stat(one)[11:15])) for one in _tree(pid)) / _TICKS


def memory_mb(pid: int) -> float:
    """The memory of it and those below it; what several share counts once."""
    found = (Path(f"/proc/{one}/smaps_rollup").read_text() for one in _tree(pid))
    return sum(int(match[1]) for text in found if (match := _PROPORTIONAL.search(text))) / 1024


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _stat(pid: int) -> list[str]:
    """The fields from the third on (proc(5)): the second may hold blanks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
