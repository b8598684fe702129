"""What a process and those that it started took: the processor's time, and memory. Linux only."""

from __future__ import annotations

import os
import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

_TICKS = os.sysconf("SC_CLK_TCK")
_OWN = re.compile(r"^Pss_Anon:\s+(\d+) kB", re.M)
#: Of a process's mappings (proc(5)): the file behind one, how many kilobytes of that are in memory,
#: and how many of these are no longer the file's.
_TOLD = re.compile(
    r"^[0-9a-f]+-[0-9a-f]+ \S+ \S+ (?P<file>\S+ \d+)|^Rss:\s+(?P<whole>\d+)|"
    r"^Anonymous:\s+(?P<own>\d+)",
    re.M,
)


def cpu_seconds(pid: int) -> float:
    """The processor's seconds that it, those below it and those that ended below it took; of these
    last to a hundredth.
    """
    return time.clock_gettime(_clock(pid)) + cpu_seconds_below(pid)


def cpu_seconds_below(pid: int) -> float:
    """The same without its own."""
    tree = list(_tree(pid))
    ended = sum(int(ticks) for one in tree for ticks in _stat(one)[13:15]) / _TICKS
    return ended + sum(time.clock_gettime(_clock(one)) for one in tree if one != pid)


def _clock(pid: int) -> int:
    """The clock of what a process took, as clock_getcpuclockid(3) makes it."""
    return ~pid << 3 | 2


def memory_mb(pid: int) -> float:
    """The memory of it and those below it. What several of them share counts once, and a file that
    others have in memory, too, counts as if they had not.
    """
    return sum(size for _, size in memory_by(pid))


def memory_by(pid: int) -> list[tuple[str, float]]:
    """The same, apart: what each process has to itself, and the files that they have in memory."""
    tree = list(_tree(pid))
    files: Counter[str] = Counter()
    for one in tree:
        files |= _files(Path(f"/proc/{one}/smaps").read_text())
    return [*[(_command(one), _own(one)) for one in tree], ("files", files.total() / 1024)]


def _own(pid: int) -> float:
    found = _OWN.search(Path(f"/proc/{pid}/smaps_rollup").read_text())
    return int(found[1]) / 1024 if found else 0.0


def _command(pid: int) -> str:
    """How it was started, without what only this time is so."""
    words = Path(f"/proc/{pid}/cmdline").read_text().split("\0")
    return re.sub(r"[(;].*", "", " ".join(words[1:4])).strip()


def _files(mappings: str) -> Counter[str]:
    """How many kilobytes of each file a process has in memory."""
    found: Counter[str] = Counter()
    file = ""
    for told in _TOLD.finditer(mappings):
        file = told["file"] or file
        found[file] += int(told["whole"] or 0) - int(told["own"] or 0)
    return found


def _tree(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").iterdir():
        for child in (task / "children").read_text().split():
            yield from _tree(int(child))


def _stat(pid: int) -> list[str]:
    """The fields from the third on (proc(5)): the second may hold blanks."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
