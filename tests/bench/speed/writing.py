"""The measured part of `docs/speed.md`: everything between its two marks. The rest is prose."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench.speed.contestants import REPOSITORY
from tests.bench.speed.table import Row
from tests.bench.speed.turns import Measured

PATH = REPOSITORY / "docs" / "speed.md"
BEGIN, END = "<!-- measured: make bench writes what follows -->", "<!-- measured: end -->"


def reached(row: Row, measured: Measured) -> float | None:
    """The row's ratio: the median of its rounds."""
    ratios = measured.ratios(row)
    return statistics.median(ratios) if ratios else None


def table(rows: Sequence[Row], measured: Measured) -> Iterator[str]:
    """The rows, in Markdown."""
    yield "| what | at least | aim | reached | rounds | ours | theirs |"
    yield "|---|---|---|---|---|---|---|"
    for row in rows:
        yield _line(row, measured)


def _line(row: Row, measured: Measured) -> str:
    goals = [_goal(row, goal) for goal in (row.at_least, row.aim)]
    ratio = reached(row, measured)
    if ratio is None:
        why = (measured.why_not(row) or "no round").replace("|", "/")
        return f"| {row.what} | {' | '.join(goals)} | **not timed**: {why} | | | |"
    ratios = measured.ratios(row)
    spread = f"{len(ratios)}: {row.written(min(ratios))} to {row.written(max(ratios))}"
    sides = [_figure(row, name, measured) for name in (row.ours, row.theirs)]
    if row.times > 1:
        sides[1] = f"{row.times} of {sides[1]}"
    return (
        f"| {row.what} | {' | '.join(goals)} | {_verdict(row, ratio)} | {spread} "
        f"| {' | '.join(sides)} |"
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


def _figure(row: Row, name: str, measured: Measured) -> str:
    value = measured.typical(name, row.figure)
    if row.figure == "memory_mb":
        return f"{value:.0f} MB"
    return f"{value:.3g} ms" if value < 100 else f"{value:.0f} ms"


def missed(rows: Sequence[Row], measured: Measured) -> list[Row]:
    """The rows that do not reach what they must."""
    found = []
    for row in rows:
        ratio = reached(row, measured)
        if row.at_least is not None and (ratio is None or not row.reaches(ratio, row.at_least)):
            found.append(row)
    return found


def largest_difference(now: Mapping[str, float], before: Mapping[str, float]) -> float | None:
    """By how much the ratios of two runs differ at most, as a part of the smaller one."""
    pairs = [(now[what], before[what]) for what in now.keys() & before.keys()]
    return max((max(pair) / min(pair) - 1 for pair in pairs), default=None)


def put(text: str, path: Path = PATH) -> None:
    """Write `text` between the marks of the page, and leave what is around them."""
    head, _, tail = _parted(path)
    path.write_text(f"{head}{BEGIN}\n\n{text.strip()}\n\n{END}{tail}", encoding="utf-8")


def put_rows(lines: Iterable[str], path: Path = PATH) -> None:
    """Write these lines of the table in place of those about the same, or at its end, and leave all
    else.
    """
    _, inner, _ = _parted(path)
    old = inner.splitlines()
    new = {_what(line): line for line in lines}
    more = [line for what, line in new.items() if what not in map(_what, old)]
    last = max((n for n, line in enumerate(old) if line.startswith("|")), default=len(old) - 1)
    kept = [new.get(_what(line), line) for line in old]
    put("\n".join([*kept[: last + 1], *more, *kept[last + 1 :]]), path)


def _what(line: str) -> str:
    return line.split("|")[1] if line.startswith("| ") else line


def _parted(path: Path) -> tuple[str, str, str]:
    page = path.read_text(encoding="utf-8")
    head, begin, rest = page.partition(BEGIN)
    inner, end, tail = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{path.name} has lost its marks: put {BEGIN} and {END} into it.")
    return head, inner, tail
