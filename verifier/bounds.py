"""How much work may be done at once, where whoever asked waits for it and nothing can stop it.

What is found to be more is begun again where it can be stopped, in a worker.
"""

from __future__ import annotations

from contextvars import ContextVar

#: One statement put in order takes a unit, which is some microseconds.
AT_ONCE = 6_000
#: What a signature takes, by a key of the kind; RSA's can be made to take long.
SIGNATURE, RSA_SIGNATURE = 50, 2_000


class Heavy(Exception):
    """More work than may be done at once, or work whose end is not known."""


class at_once:
    """Within it, `spend` and `leave` raise `Heavy` for more work than this many `units`."""

    __slots__ = ("_token", "units")

    def __init__(self, units: int = AT_ONCE) -> None:
        self.units = units

    def __enter__(self) -> None:
        self._token = _left.set(self)

    def __exit__(self, *raised: object) -> None:
        _left.reset(self._token)


_left: ContextVar[at_once | None] = ContextVar("left", default=None)


def spend(units: int) -> None:
    """Say that so much work comes next. Raises `Heavy` where that is more than may be done."""
    left = _left.get()
    if left is not None:
        left.units -= units
        if left.units < 0:
            raise Heavy


def leave() -> None:
    """Say that work comes next of which nobody knows how much. Raises `Heavy` where it may not."""
    if _left.get() is not None:
        raise Heavy
