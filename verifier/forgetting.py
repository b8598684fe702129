"""Letting go of what was met: that the same comes again is remembered in small measure, so that it
is read once, and what it was met in may have been deleted.
"""

from __future__ import annotations

from verifier import addresses, providers
from verifier.names import scripts, spelling
from verifier.parse import compact


def forget() -> None:
    """Let go of the addresses, tokens and words of people's names that were met last. What is known
    of issuers stays: their keys, their names and their domains.
    """
    addresses.forget()
    compact.forget()
    providers.forget()
    scripts.script.cache_clear()
    spelling.fold.cache_clear()
