"""`python -m tests.gates.cost FILE...`: what unbaking each costs, in processor time and memory."""

import contextlib
import json
import os
import sys
import time
from pathlib import Path

from tests.gates.json_rows import signed
from tests.made.documents import packed, pdf
from verifier.containers import unbake
from verifier.errors import NoCredential


def _peak() -> float:
    """The most memory this process has held so far, in MiB. Not by `getrusage`: a child inherits
    its parent's mark there, under which growth can hide.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in status if line.startswith("VmHWM"))) / 1024


def cost(content: bytes) -> dict[str, float]:
    """The seconds and MiB that `content` costs beyond what a good document does."""
    unbake(pdf(packed(signed().encode())))
    held, begun = _peak(), time.process_time()
    with contextlib.suppress(NoCredential):
        unbake(content)
    return {"seconds": time.process_time() - begun, "mebibytes": _peak() - held}


def main(files: list[str]) -> None:
    """Print a line of JSON for each file, of which each has a process of its own."""
    for file in files:
        child = os.fork()
        if child == 0:
            print(json.dumps(cost(Path(file).read_bytes())), flush=True)  # noqa: T201 the answer
            os._exit(0)
        _, status = os.waitpid(child, 0)
        assert status == 0, file


if __name__ == "__main__":
    main(sys.argv[1:])
