"""`python -m tests.gates.cost FILE`: what unbaking FILE costs, in processor time and in memory."""

import contextlib
import json
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


def main(content: bytes) -> None:
    """Print seconds and MiB that `content` costs beyond what a good document does."""
    unbake(pdf(packed(signed().encode())))
    held, begun = _peak(), time.process_time()
    with contextlib.suppress(NoCredential):
        unbake(content)
    spent = {"seconds": time.process_time() - begun, "mebibytes": _peak() - held}
    sys.stdout.write(json.dumps(spent))


if __name__ == "__main__":
    main(Path(sys.argv[1]).read_bytes())
