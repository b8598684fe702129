"""Figures in the README, between two marks; a test holds them to what is measured."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

README = Path(__file__).parent.parent.parent / "README.md"


def written(mark: str, lines: Iterable[str]) -> str:
    """The README with `lines` between the marks called `mark`."""
    start, end = f"<!-- {mark} -->\n", f"<!-- /{mark} -->"
    head, _, rest = README.read_text(encoding="utf-8").partition(start)
    body = "".join(f"{line}\n" for line in lines)
    return f"{head}{start}{body}{end}{rest.partition(end)[2]}"
