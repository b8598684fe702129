"""Any of our programs, and where its time goes: `… sampled FILE MODULE ARGUMENT…`.

From the signal on that `BEGIN` names it is looked at every few milliseconds of the processor's
time, until it ends; how often each function was found at work then stands in FILE. Other than a
profile that counts every call, this slows nothing down. What is not written in Python counts to who
called it.
"""

from __future__ import annotations

import json
import runpy
import signal
import sys
from collections import Counter
from pathlib import Path
from types import FrameType

BEGIN = signal.SIGUSR1
_EVERY = 0.001


def main() -> None:
    """Run the module, and write down what was found."""
    file, module, *arguments = sys.argv[1:]
    found: Counter[tuple[str, str]] = Counter()

    def look(_number: int, frame: FrameType | None) -> None:
        if frame is not None:
            found[frame.f_code.co_filename, frame.f_code.co_qualname] += 1

    def begin(_number: int, _frame: FrameType | None) -> None:
        signal.setitimer(signal.ITIMER_PROF, _EVERY, _EVERY)

    signal.signal(signal.SIGPROF, look)
    signal.signal(BEGIN, begin)
    sys.argv = [module, *arguments]
    try:
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        told = [[*where, times] for where, times in found.most_common()]
        Path(file).write_text(json.dumps(told))


if __name__ == "__main__":  # workers import their parent's script
    main()
