"""What can go wrong with a wallet's store, in sentences."""

from __future__ import annotations


class Unusable(Exception):
    """A database that this version can't use; the text says why, and who can mend it how."""


class OutOfReach(Exception):
    """A store that did not answer, in a transaction of which nothing was kept."""
