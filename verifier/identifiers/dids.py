"""Decentralized Identifiers (DID Core 1.0): the identifier, without what leads on from it."""

from __future__ import annotations

import re

from verifier.identifiers.fit import OTHER, SAME, UNCLEAR, Fit, Spellings

_DID = re.compile(r"did:([a-z0-9]+):([^\s/?#]+)(?:[/?#].*)?", re.ASCII | re.IGNORECASE)


def compare(value: str, stated: str) -> Fit:
    """Whether both are one DID. That `did:web` leads to a web address makes them no one thing."""
    one, other = _read(value), _read(stated)
    if one is None or other is None:
        return UNCLEAR
    return SAME if one == other else OTHER


def spellings(stated: str) -> Spellings:
    """The DID as given, and without a fragment."""
    yield stated.strip(), None
    read = _read(stated)
    if read is not None:
        yield read, None


def is_did(text: str) -> bool:
    """Whether `text` is a DID, or leads on from one."""
    return _read(text) is not None


def _read(text: str) -> str | None:
    """Only the host within a `did:web` has no case."""
    found = _DID.fullmatch(text.strip())
    if found is None:
        return None
    method, rest = found[1].lower(), found[2]
    if method == "web":
        host, colon, path = rest.partition(":")
        rest = f"{host.lower()}{colon}{path}"
    return f"did:{method}:{rest}"
