"""`python -m tests.measures.names [--readme]`: how often two names are rightly called one person's.

`names.json` was made by somebody who had not seen the comparison: pairs of names of made-up people,
each `same`, `different`, or `either` where a careful reader would hesitate. Those marked `held_out`
were not looked at before the comparison was first finished; it then found 71 of their 80 right
pairs and took one wrong pair for one person's. What they taught has been mended since.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from tests.measures.written import README, written
from verifier.names import same_person, strangers

HERE = Path(__file__).parent

#: What was counted when `names_fresh.json` was first looked at. No measure can repeat it.
FIRST_LOOK = Counter(
    {("same", True): 204, ("same", False): 21, ("different", True): 0, ("different", False): 163}
)


def pairs() -> list[dict[str, str]]:
    """The pairs, as they were made."""
    found: list[dict[str, str]] = json.loads((HERE / "names.json").read_text("utf-8"))
    return found


def fresh() -> list[dict[str, str]]:
    """The pairs of the later set, unseen until the first look."""
    found: list[dict[str, str]] = json.loads((HERE / "names_fresh.json").read_text("utf-8"))
    return found


def figures(*, held_out: bool) -> Counter[tuple[str, bool]]:
    """How many pairs of each kind were called one person's, and how many were not."""
    return figures_of(pair for pair in pairs() if bool(pair.get("held_out")) is held_out)


def figures_of(among: Iterable[dict[str, str]]) -> Counter[tuple[str, bool]]:
    """The same among some pairs."""
    return Counter((pair["expect"], same_person(pair["badge"], pair["page"])) for pair in among)


def red() -> list[tuple[str, str]]:
    """Pairs that are, or may be, one person's, and were called strangers."""
    return [
        (pair["badge"], pair["page"])
        for pair in (*pairs(), *fresh())
        if pair["expect"] != "different" and strangers(pair["badge"], pair["page"])
    ]


def told() -> Iterator[str]:
    """The figures in words."""
    yield _line("seen while it was written", figures(held_out=False))
    yield _line("kept back until it was first finished", figures(held_out=True))
    yield _line("of a second set, unseen until the first look", figures_of(fresh()))
    yield _line("all together", figures_of((*pairs(), *fresh())))
    yield f"- pairs of one person called strangers: {len(red())}"
    yield _line("what the first look at the second set found", FIRST_LOOK)


def _line(when: str, count: Counter[tuple[str, bool]]) -> str:
    same = count["same", True] + count["same", False]
    different = count["different", True] + count["different", False]
    return (
        f"- {when}: "
        f"{count['same', True]} of {same} right pairs found "
        f"({100 * count['same', True] / max(same, 1):.1f} %), "
        f"{count['different', True]} of {different} wrong pairs taken for one person's"
    )


if __name__ == "__main__":
    click.echo("\n".join(told()))
    if "--readme" in sys.argv:
        README.write_text(written("names", told()), encoding="utf-8")
