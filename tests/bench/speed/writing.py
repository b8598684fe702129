"""The measured part of `docs/speed.md`: everything between its two marks. The rest is prose."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from tests.bench.speed.contestants import REPOSITORY
from tests.bench.speed.table import Row
from tests.bench.speed.turns import Measured

PATH = REPOSITORY / "docs" / "speed.md"
#: Of each contestant, what one or two runs found.
Runs = Sequence[Measured]
#: How many runs are compared, and what their ratios may differ by.
TWICE, STEADY = 2, 0.15
#: The first cell of the table's head, and of the line below.
_WHAT, _RULE = "what", "---"
BEGIN, END = "<!-- measured: make bench writes what follows -->", "<!-- measured: end -->"


def reached(row: Row, runs: Runs) -> float | None:
    """The row's ratio: the median of all rounds."""
    ratios = _ratios(row, runs)
    return statistics.median(ratios) if ratios else None


def _ratios(row: Row, runs: Runs) -> list[float]:
    return [ratio for measured in runs for ratio in measured.ratios(row)]


def table(rows: Sequence[Row], runs: Runs) -> Iterator[str]:
    """The rows, in Markdown."""
    yield "| what | at least | aim | reached | rounds | two runs | ours | theirs |"
    yield "|---|---|---|---|---|---|---|---|"
    for row in rows:
        yield _line(row, runs)


def _line(row: Row, runs: Runs) -> str:
    goals = [_goal(row, goal) for goal in (row.at_least, row.aim)]
    ratio = reached(row, runs)
    if ratio is None:
        why = next(filter(None, (one.why_not(row) for one in runs)), "no round").replace("|", "/")
        return f"| {row.what} | {' | '.join(goals)} | **not timed**: {why} | | | | |"
    ratios = _ratios(row, runs)
    spread = f"{len(ratios)}: {row.written(min(ratios))} to {row.written(max(ratios))}"
    sides = [_figure(row, name, runs) for name in (row.ours, row.theirs)]
    if row.times > 1:
        sides[1] = f"{row.times} of {sides[1]}"
    return (
        f"| {row.what} | {' | '.join(goals)} | {_verdict(row, ratio)} | {spread} "
        f"| {_two(row, runs)} | {' | '.join(sides)} |"
    )


def _goal(row: Row, goal: float | None) -> str:
    if goal is None:
        return ""
    return f"{row.written(goal)} at most" if row.kind == "times as slow" else row.written(goal)


def _verdict(row: Row, ratio: float) -> str:
    text = row.written(ratio)
    if row.at_least is None or row.aim is None:
        return text
    if not row.reaches(ratio, row.at_least):
        return f"**{text}, missed**"
    return f"**{text}**, the aim" if row.reaches(ratio, row.aim) else f"**{text}**"


def _two(row: Row, runs: Runs) -> str:
    apart = difference(row, runs)
    if apart is None:
        return ""
    each = " and ".join(row.written(statistics.median(one.ratios(row))) for one in runs)
    return f"{each}, {apart:.0%} apart"


def difference(row: Row, runs: Runs) -> float | None:
    """How far the ratios of two runs are from each other, as a part of the smaller one."""
    found = [reached(row, [one]) for one in runs]
    ratios = [ratio for ratio in found if ratio is not None]
    return max(ratios) / min(ratios) - 1 if len(ratios) == TWICE else None


def _figure(row: Row, name: str, runs: Runs) -> str:
    value = statistics.median(one.typical(name, row.figure) for one in runs if one.rounds[name])
    if row.figure == "memory_mb":
        return f"{value:.0f} MB"
    return f"{value:.3g} ms" if value < 100 else f"{value:.0f} ms"


def missed(rows: Sequence[Row], runs: Runs) -> list[Row]:
    """The rows that do not reach what they must."""
    found = []
    for row in rows:
        ratio = reached(row, runs)
        if row.at_least is not None and (ratio is None or not row.reaches(ratio, row.at_least)):
            found.append(row)
    return found


def apart(rows: Sequence[Row], runs: Runs) -> Iterator[str]:
    """What two runs say together, where there were two."""
    found = {row.what: far for row in rows if (far := difference(row, runs)) is not None}
    far_off = [what for what, far in found.items() if far >= STEADY]
    if far_off:
        yield f"Two runs differ by {STEADY:.0%} or more in: {'; '.join(far_off)}."
    elif found:
        yield f"Two runs, one after the other, differ by {max(found.values()):.0%} at most."


def put(text: str, path: Path = PATH) -> None:
    """Write `text` between the marks of the page, and leave what is around them."""
    head, _, tail = _parted(path)
    path.write_text(f"{head}{BEGIN}\n\n{text.strip()}\n\n{END}{tail}", encoding="utf-8")


def put_rows(lines: Iterable[str], order: Sequence[str], path: Path = PATH) -> None:
    """Write these lines of the table in place of those about the same, in the `order` of what they
    are about, and leave all else but lines about what is measured no more.
    """
    _, inner, _ = _parted(path)
    old = inner.splitlines()
    found = {_what(line): line for line in (*old, *lines) if _is_row(line)}
    rows = [found[what] for what in (_WHAT, _RULE, *order) if what in found]
    at = next((n for n, line in enumerate(old) if _is_row(line)), len(old))
    before, after = ([*filter(lambda one: not _is_row(one), part)] for part in (old[:at], old[at:]))
    put("\n".join([*before, *rows, *after]), path)


def _is_row(line: str) -> bool:
    return line.startswith("|")


def _what(line: str) -> str:
    return line.split("|")[1].strip()


def _parted(path: Path) -> tuple[str, str, str]:
    page = path.read_text(encoding="utf-8")
    head, begin, rest = page.partition(BEGIN)
    inner, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path.name} has lost its marks: put {BEGIN} and {END} into it.")
    return head, inner, tail
