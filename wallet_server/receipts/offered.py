"""Checks of which a receipt may still be had: held in memory for a while, for whoever had them
made, and kept nowhere.
"""

from __future__ import annotations

import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from msgspec import Struct

from verifier.report import Report
from wallet_server.verification import Grounds, Verified

#: How long they are held, in seconds; how many, and bytes of what they rest on.
SECONDS, MOST, ROOM = 3600.0, 500, 64 * 2**20
_REPORT = 16 * 1024


class Offer(Struct, frozen=True):
    """A report and all that it follows from."""

    report: Report
    grounds: Grounds

    @classmethod
    def of(cls, verified: Verified) -> Offer | None:
        """What came of a source; `None` where there is nothing to give a receipt of."""
        if verified.report is None or verified.grounds is None:
            return None
        return cls(verified.report, verified.grounds)


class Offered:
    """What is held. `clock` counts seconds and never goes back."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._held: OrderedDict[str, tuple[float, int, Offer]] = OrderedDict()
        self._weight = 0

    def put(self, offer: Offer) -> str:
        """Hold a check, under a name that can't be guessed. The oldest make room for it."""
        name, weight = secrets.token_urlsafe(24), _weight(offer.grounds)
        self._held[name] = (self._clock(), weight, offer)
        self._weight += weight
        while len(self._held) > 1 and (len(self._held) > MOST or self._weight > ROOM):
            self._drop(next(iter(self._held)))
        return name

    def find(self, name: str) -> Offer | None:
        """The check of that name, or `None` where it is not held any more."""
        for old in [key for key, held in self._held.items() if self._is_over(held[0])]:
            self._drop(old)
        found = self._held.get(name)
        return None if found is None else found[2]

    def forget(self) -> None:
        """Hold nothing any more."""
        self._held.clear()
        self._weight = 0

    def _is_over(self, since: float) -> bool:
        return self._clock() - since > SECONDS

    def _drop(self, name: str) -> None:
        self._weight -= self._held.pop(name)[1]


def _weight(grounds: Grounds) -> int:
    bodies = sum(len(document.content) for document in grounds.documents.values())
    return _REPORT + len(grounds.source) + len(grounds.seen or b"") + bodies
