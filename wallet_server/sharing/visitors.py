"""What all visitors of shares have in common, so that many cost hardly more than one, and the owner
finds room beside them.
"""

from __future__ import annotations

import anyio
from msgspec import Struct, field

from wallet_server.flights import Flights
from wallet_server.sharing.answered import Answered, weight
from wallet_server.stacks.everything import Everything

#: A badge is looked at anew for visitors at most once in so many seconds.
SECONDS = 600.0
#: Bytes of answers, and of the documents they rest on, that are held for so long; and of pictures.
ROOM, PICTURES = 64 * 2**20, 16 * 2**20
#: Seconds for which the wallet's stacks are taken to be as they were.
STACKS = 30.0


def _found() -> Flights[Answered | None]:
    return Flights(SECONDS, room=ROOM, weigh=weight)


def _drawn() -> Flights[bytes]:
    return Flights(SECONDS, room=PICTURES, weigh=len)


def _stacks() -> Flights[Everything]:
    return Flights(STACKS, room=1, weigh=lambda _: 1)


def _one() -> anyio.CapacityLimiter:
    return anyio.CapacityLimiter(1)


class Visitors(Struct, frozen=True):
    """What is `found` of badges and `drawn` for visitors, the `stacks` that they see; `asking`, by
    which their own questions are worked out one after another, and `packing` for archives likewise.
    """

    found: Flights[Answered | None] = field(default_factory=_found)
    drawn: Flights[bytes] = field(default_factory=_drawn)
    stacks: Flights[Everything] = field(default_factory=_stacks)
    asking: anyio.CapacityLimiter = field(default_factory=_one)
    packing: anyio.CapacityLimiter = field(default_factory=_one)

    def forget(self) -> None:
        """Hold nothing of what was found before."""
        self.found.forget()
        self.drawn.forget()
        self.stacks.forget()
