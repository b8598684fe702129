"""A key for what is prepared once for lists of issuers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


class Kept(Generic[T]):
    """Things that never change, known by which they are and not by what they hold: lists are long,
    and while this is held nobody else can have their identities.
    """

    def __init__(self, things: Iterable[T]) -> None:
        self.things = tuple(things)
        self._ids = tuple(map(id, self.things))
        self._hash = hash(self._ids)

    def __iter__(self) -> Iterator[T]:
        return iter(self.things)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self._ids == other._ids


def kept(things: Iterable[T]) -> Kept[T]:
    """These, or what they are kept in already."""
    return things if isinstance(things, Kept) else Kept(things)
