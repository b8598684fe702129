"""`python -m tests.made [FOLDER]`: write the demo and the self-test's cases anew."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from tests.made import demo, selftest

HOME = Path(__file__).parent.parent.parent / "wallet_server"


def make(folder: Path) -> None:
    """Write `demo/` and `selftest/` into `folder`, in place of what they held."""
    for name, maker in (("demo", demo.make), ("selftest", selftest.make)):
        target = folder / name
        if target.exists():
            shutil.rmtree(target)
        maker(target)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HOME)
