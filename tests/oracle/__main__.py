"""The long form: `python -m tests.oracle COUNT [--seed N]`."""

from __future__ import annotations

import argparse
import json
import sys

from tests.oracle.alike import compare
from tests.oracle.mutations import ROOT, documents, mutations


def main() -> int:
    """Compare so many; 1 where any differs."""
    parser = argparse.ArgumentParser(prog="python -m tests.oracle")
    parser.add_argument("count", type=int, nargs="?", default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    shared = ROOT.parent / "shared"
    found = documents(shared if shared.is_dir() else None)
    counts, differing = compare(mutations(found, given.count, given.seed))
    print(f"{sum(counts.values())} mutations of {len(found)} documents: {dict(counts)}")  # noqa: T201
    for how, document in differing[:5]:
        print(how, json.dumps(document), sep="\n", end="\n\n")  # noqa: T201
    print(f"{len(differing)} differ")  # noqa: T201
    return 1 if differing else 0


sys.exit(main())
