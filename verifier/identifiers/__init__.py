"""Identifiers of people, as badges hold them and as readers type them: are they the same?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verifier.identifiers.hashes import is_hash, is_weak
from verifier.model import Identity

if TYPE_CHECKING:
    from verifier.identifiers.fit import Fit

__all__ = ["compare", "is_hash", "is_weak"]


def compare(identity: Identity, stated: str) -> Fit:
    """How `identity` stands to `stated`, which is of the same kind."""
    from verifier.identifiers import comparing  # here: identifiers of every kind, and few ask

    return comparing.compare(identity, stated)
