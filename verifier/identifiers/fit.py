"""How an identifier in a badge stands to one that the reader gave."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

from msgspec import Struct

#: Ways to write one identifier, each with what makes it differ from the way it was given, if
#: anything that a reader should be told of.
Spellings = Iterator[tuple[str, str | None]]


class Level(Enum):
    """What two identifiers have to do with each other."""

    SAME = "same"
    #: Another one, which may well reach the same person.
    NEAR = "near"
    #: Another one.
    OTHER = "other"
    #: Nothing follows: they can't be compared with certainty.
    UNCLEAR = "unclear"


class Fit(Struct, frozen=True):
    """The level, and a word for what it rests on where the two are not simply written alike."""

    level: Level
    reason: str | None = None


SAME = Fit(Level.SAME)
OTHER = Fit(Level.OTHER)
UNCLEAR = Fit(Level.UNCLEAR)
