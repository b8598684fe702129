"""`python -m tests.gates.spending FILE COMMAND...`: run the command, and write into the file how
many seconds of the processor it took, with all that it started, whether it waited for that or not.
"""

import ctypes
import os
import resource
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_SUBREAPER = 36  # prctl(2), PR_SET_CHILD_SUBREAPER: what loses its parent becomes ours


def main(file: str, *command: str) -> int:
    """The command's own exit status."""
    if ctypes.CDLL(None).prctl(_SUBREAPER, 1, 0, 0, 0) != 0:
        return 70
    ended = subprocess.run(command)
    with suppress(ChildProcessError):
        while True:
            os.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Path(file).write_text(str(used.ru_utime + used.ru_stime), encoding="ascii")
    return ended.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
