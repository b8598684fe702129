"""Names of people: whether two are one person's, as far as writing alone can tell."""

from __future__ import annotations

from verifier.names.comparing import same_person, strangers

__all__ = ["same_person", "strangers"]
