"""A bell: whoever waits for work is told that there is some."""

from __future__ import annotations

import anyio


class Bell:
    """Ask for `next_ring` before looking for work, and wait for it if there was none: so no ring
    is missed in between.
    """

    def __init__(self) -> None:
        self._event = anyio.Event()

    def ring(self) -> None:
        """Wake everybody who waits."""
        self._event.set()
        self._event = anyio.Event()

    def next_ring(self) -> anyio.Event:
        """The event that the next ring sets."""
        return self._event
