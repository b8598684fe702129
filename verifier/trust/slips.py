"""Words that are one another but for a slip of the hand."""

from __future__ import annotations

import re
from collections.abc import Iterator


def shorter(word: str) -> Iterator[str]:
    """The word, and every way to leave one letter out: two words one slip apart share one."""
    yield word
    yield from {word[:at] + word[at + 1 :] for at in range(len(word))}


def distance(one: str, other: str, most: int) -> int:
    """How many letters are changed, added, left out or exchanged between the two words; one more
    than `most` where it is more than that.
    """
    from rapidfuzz.distance import OSA  # here: what nobody resembles is not measured

    return OSA.distance(one, other, score_cutoff=most)


def single(word: str) -> str:
    """Doubled letters as one."""
    return re.sub(r"(.)\1+", r"\1", word)
