"""Words about names, from our own list: titles, particles, short forms, spellings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct


class Among(Struct, frozen=True):
    """Words that are titles only before a name that holds at least `number` of `names`."""

    titles: frozenset[str]
    number: int
    names: frozenset[str]


class Words(Struct, frozen=True):
    """The list; all in lower case, without accents and dots.

    `titles` are no part of a name, `dotted_titles` only where a dot or capitals show it,
    `titles_among` only in front of certain names;
    `generations` tell a father from his son, `particles` are often left out; `short_forms` go from
    a formal given name to what its bearers are called; `spellings` are groups of one name each;
    `eastern` are families of China, Korea and Vietnam.
    """

    titles: frozenset[str]
    dotted_titles: frozenset[str]
    titles_among: tuple[Among, ...]
    generations: Mapping[str, str]
    particles: frozenset[str]
    short_forms: Mapping[str, tuple[str, ...]]
    spellings: tuple[tuple[str, ...], ...]
    eastern: frozenset[str]


@cache
def known() -> Words:
    """The list that comes with Touchstone."""
    listed = json.loads((Path(__file__).parent / "words.json").read_text("utf-8"))
    return Words(
        frozenset(listed["titles"]),
        frozenset(listed["dotted_titles"]),
        tuple(
            Among(frozenset(one["titles"]), one["number"], frozenset(one["names"].split()))
            for one in listed["titles_among"]
        ),
        listed["generations"],
        frozenset(listed["particles"]),
        {name: tuple(forms) for name, forms in listed["short_forms"].items()},
        tuple(map(tuple, listed["spellings"])),
        frozenset(listed["eastern"].split()),
    )
