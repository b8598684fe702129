"""Identifiers of people, as badges hold them and as readers type them: are they the same?"""

from __future__ import annotations

from verifier.identifiers.comparing import compare
from verifier.identifiers.fit import Fit, Level
from verifier.identifiers.hashes import is_hash, is_weak

__all__ = ["Fit", "Level", "compare", "is_hash", "is_weak"]
