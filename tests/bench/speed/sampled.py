"""Any of our programs, and where its time goes: `… sampled FILE MODULE ARGUMENT…`.

Between the signals `BEGIN` and `END` it is looked at every few milliseconds of the processor's
time; how often each function was found at work then stands in FILE. Other than a profile that
counts every call, this slows nothing down. What is not written in Python counts to who called it.
"""

from __future__ import annotations

import json
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

BEGIN, END = signal.SIGUSR1, signal.SIGUSR2
_EVERY = 0.001


def main() -> None:
    """Run the module."""
    file, module, *arguments = sys.argv[1:]
    found: Counter[tuple[str, str]] = Counter()

    def look(_number: int, frame: FrameType | None) -> None:
        if frame is not None:
            found[frame.f_code.co_filename, frame.f_code.co_qualname] += 1

    def begin(_number: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)

    def end(_number: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, 0)
        unfinished = Path(f"{file}.unfinished")
        unfinished.write_text(json.dumps([[*where, n] for where, n in found.most_common()]))
        unfinished.rename(file)

    for number, handler in ((signal.SIGPROF, look), (BEGIN, begin), (END, end)):
        signal.signal(number, handler)
    sys.argv = [module, *arguments]
    runpy.run_module(module, run_name="__main__", alter_sys=True)


if __name__ == "__main__":  # workers import their parent's script
    main()
