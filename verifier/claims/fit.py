"""How one thing that a page says fits what the badge says."""

from __future__ import annotations

from msgspec import Struct


class Fit(Struct, frozen=True):
    """`agrees` is `None` where that can't be told, and where the page says `less` than the badge:
    who says less than is proven does not overstate. `page` and `badge` are the words that differ,
    where those are fewer than all.
    """

    agrees: bool | None
    less: bool = False
    page: str | None = None
    badge: str | None = None


SAME, OTHER, UNTOLD, LESS = Fit(True), Fit(False), Fit(None), Fit(None, less=True)
