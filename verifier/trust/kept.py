"""A key for what is prepared once for a list of issuers."""

from __future__ import annotations

from verifier.ports import ListedIssuer


class Kept:
    """Issuers, known by which they are and not by what they hold: lists are long and never change,
    and while this is held nobody else can have their identities.
    """

    def __init__(self, issuers: tuple[ListedIssuer, ...]) -> None:
        self.issuers = issuers
        self._ids = tuple(map(id, issuers))

    def __hash__(self) -> int:
        return hash(self._ids)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Kept) and self._ids == other._ids
