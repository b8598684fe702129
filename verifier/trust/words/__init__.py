"""Words in names of organisations, from our own list; names of countries from Unicode's (CLDR),
kept as data by `tests.kept`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from msgspec import Struct

from verifier.signs import folded


class Words(Struct, frozen=True):
    """The list, all `folded`. `kinds` go from a word to the kind of body it means. `extras` are
    what anybody may put beside a name: words of trade, subjects and places; so are words that begin
    with one of `stems`. A name after one of `before`, or before one of `after`, is somebody's whom
    its bearer says to stand with. `offices` are parts of a body, and extras as well; beside one so
    are `matters`, which it may deal with. `notices` finds phrases of law, in any case.
    """

    legal: frozenset[str]
    joins: frozenset[str]
    kinds: Mapping[str, str]
    extras: frozenset[str]
    stems: tuple[str, ...]
    before: frozenset[str]
    after: frozenset[str]
    offices: frozenset[str]
    matters: frozenset[str]
    notices: re.Pattern[str]

    def adds_nothing(self, word: str) -> bool:
        """Whether anybody may put `word` beside a name."""
        return word in self.extras or word in self.before or word.startswith(self.stems)


@cache
def known() -> Words:
    """The list that comes with Touchstone."""
    folder = Path(__file__).parent
    listed = json.loads((folder / "words.json").read_text("utf-8"))
    countries = json.loads((folder / "countries.json").read_text("utf-8"))
    return Words(
        legal=_set(listed["legal"]),
        joins=_set(listed["joins"]),
        kinds={word: f"={kind}" for kind, texts in listed["kinds"].items() for word in _set(texts)},
        extras=_set(listed["trade"])
        | _set(listed["offices"])
        | _set(listed["subjects"])
        | _set(listed["regions"])
        | frozenset(countries),
        stems=tuple(folded(stem) for stem in listed["stems"]),
        before=_set(listed["before"]),
        after=_set(listed["after"]),
        offices=_set(listed["offices"]),
        matters=_set(listed["matters"]),
        notices=_any_of(listed["notices"]),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=len, reverse=True)
    found = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
    return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


def _set(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(text) for text in texts)
