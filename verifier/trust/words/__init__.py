"""Words in names of organisations: from our own list (`words.json`), and names of countries from
Unicode's (CLDR). What is read here is both as `tests.kept` worked it out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, cached_property
from pathlib import Path

from msgspec import Struct
from msgspec.json import decode

FOLDER = Path(__file__).parent


class Words(Struct, frozen=True, dict=True):
    """The list, all `folded`. `kinds` go from a word to the kind of body it means. `extras` are
    what anybody may put beside a name: words of trade, subjects and places; so are words that begin
    with one of `stems`. A name after one of `before`, or before one of `after`, is somebody's whom
    its bearer says to stand with. `offices` are parts of a body, and extras as well; beside one so
    are `matters`, which it may deal with. `notices` are phrases of law. `looks` go from what some
    of these look like to the word.
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
    notices: tuple[str, ...]
    looks: Mapping[str, str]

    def adds_nothing(self, word: str) -> bool:
        """Whether anybody may put `word` beside a name."""
        return word in self.extras or word in self.before or word.startswith(self.stems)

    def without_notices(self, text: str) -> str:
        """`text` with a blank for every phrase of law, in any case."""
        if text.isascii():
            lower = text.lower()
            if not any(word in lower for word in self._longest_of_notices):
                return text  # as nearly all: the pattern takes longer to make than a badge to check
        return self._any_notice.sub(" ", text)

    @cached_property
    def _longest_of_notices(self) -> frozenset[str]:
        return frozenset(max(phrase.lower().split(), key=len) for phrase in self.notices)

    @cached_property
    def _any_notice(self) -> re.Pattern[str]:
        longest_first = sorted(self.notices, key=len, reverse=True)
        found = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
        return re.compile(rf"(?<!\w)(?:{found})(?!\w)", re.IGNORECASE)


@cache
def known() -> Words:
    """The list that comes with Touchstone."""
    listed = decode((FOLDER / "folded.json").read_bytes())
    return Words(
        **{name: frozenset(words) for name, words in listed["sets"].items()},
        kinds=listed["kinds"],
        stems=tuple(listed["stems"]),
        notices=tuple(listed["notices"]),
        looks=listed["looks"],
    )
