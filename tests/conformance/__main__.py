"""`python -m tests.conformance [--readme] [MATERIAL]`: the score per source, and what is not right.

With `--readme` the table is written into the README, where a test holds it to the truth.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tests.conformance.case import Score, score
from tests.conformance.run import run
from tests.conformance.sources import SOURCES
from tests.conformance.vectors import VECTORS, Result

REPOSITORY = Path(__file__).parent.parent.parent
MATERIAL = REPOSITORY.parent / "shared" / "material"
README = REPOSITORY / "README.md"
#: Every line of the table.
NAMES = (*SOURCES, *VECTORS)


def results(material: Path, source: str) -> list[Result]:
    """Every case of `source`, run and scored."""
    if source in VECTORS:
        return list(VECTORS[source](material))
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


def table(material: Path, others: list[Result]) -> Iterator[str]:
    """The README's table, line by line; what is not right goes to `others`."""
    yield "| source | cases | right | by a clause | wrong | unknown | false accepts |"
    yield "|---|---|---|---|---|---|---|"
    for source in NAMES:
        done = results(material, source)
        others += [result for result in done if result[2] is not Score.RIGHT]
        yield row(source, done)


def write_readme(lines: Iterable[str]) -> None:
    """Put the table into the README, between its two marks."""
    start, end = "<!-- sources -->\n", "<!-- /sources -->"
    head, _, rest = README.read_text(encoding="utf-8").partition(start)
    tail = rest.partition(end)[2]
    text = "".join(f"{line}\n" for line in lines)
    README.write_text(f"{head}{start}{text}{end}{tail}", encoding="utf-8")


def main(arguments: list[str]) -> None:
    """Print the table, then what is not right; with `--readme` write the table there."""
    places = [Path(argument) for argument in arguments if argument != "--readme"] or [MATERIAL]
    if not places[0].is_dir():
        sys.exit(f"The badges that others made are not at {places[0]}.")
    others: list[Result] = []
    lines = []
    for line in table(places[0], others):
        lines.append(line)
        click.echo(line)
    for case, outcome, scored in others:
        click.echo(f"\n{scored}: {case.id}\n  expected {case.expected}, got {outcome}")
    if "--readme" in arguments:
        write_readme(lines)


if __name__ == "__main__":
    main(sys.argv[1:])
