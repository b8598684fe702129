"""`python -m tests.conformance [MATERIAL]`: the score per source, and what is not right."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from tests.conformance.case import Case, Outcome, Score, score
from tests.conformance.run import run
from tests.conformance.sources import SOURCES

MATERIAL = Path(__file__).parent.parent.parent.parent / "shared" / "material"
Result = tuple[Case, Outcome, Score]


def results(material: Path, source: str) -> list[Result]:
    """Every case of `source`, run and scored."""
    done = []
    for case in SOURCES[source](material):
        outcome = run(case)
        done.append((case, outcome, score(case, outcome)))
    return done


def row(source: str, done: list[Result]) -> str:
    """One line of the README's table. A false accept is wrong, too.

    “By a clause” counts the right ones for which the text of a standard or of the contract decides
    where the source says otherwise.
    """
    count = Counter(scored for _, _, scored in done)
    false_accepts = count[Score.FALSE_ACCEPT]
    clauses = sum(case.clause is not None and scored is Score.RIGHT for case, _, scored in done)
    cells = (
        *(source, len(done), count[Score.RIGHT], clauses),
        *(count[Score.WRONG] + false_accepts, count[Score.UNKNOWN], false_accepts),
    )
    return "| " + " | ".join(map(str, cells)) + " |"


def main() -> None:
    """Print the table, then what is not right."""
    material = Path(sys.argv[1]) if len(sys.argv) > 1 else MATERIAL
    if not material.is_dir():
        sys.exit(f"The badges that others made are not at {material}.")
    out = sys.stdout
    out.write("| source | cases | right | by a clause | wrong | unknown | false accepts |\n")
    out.write("|---|---|---|---|---|---|---|\n")
    others: list[Result] = []
    for source in SOURCES:
        done = results(material, source)
        others += [result for result in done if result[2] is not Score.RIGHT]
        out.write(f"{row(source, done)}\n")
        out.flush()
    for case, outcome, scored in others:
        out.write(f"\n{scored}: {case.id}\n  expected {case.expected}, got {outcome}")
    out.write("\n" if others else "")


if __name__ == "__main__":
    main()
