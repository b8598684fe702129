"""Hashed identifiers. Open Badges 2.0 and 3.0, "IdentityHash": a hash over the identifier with the
salt after it, written `algorithm$hex`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable

from verifier.model import Identity

#: The algorithms the standards name, and the length of their hex. md5 and sha512 are what badges of
#: 2012 used: both still tell who, and md5 is labelled weak.
_HASHES: dict[str, tuple[int, Callable[[bytes], str]]] = {
    "sha256": (64, lambda data: hashlib.sha256(data).hexdigest()),
    "sha512": (128, lambda data: hashlib.sha512(data).hexdigest()),
    "md5": (32, lambda data: hashlib.md5(data, usedforsecurity=False).hexdigest()),
}
_WRITTEN = r"(\w+)\$([0-9a-fA-F]+)"


def is_hash(identity: Identity) -> bool:
    """Whether the identifier is a hash, or claims to be one. What is written as a whole hash is one
    even where its issuer forgot to say so.
    """
    return identity.hashed or _read(identity.value) is not None


def is_weak(identity: Identity) -> bool:
    """Whether anyone can find out by trying what was hashed."""
    read = _read(identity.value)
    return read is not None and read[0] == "md5"


def readable(identity: Identity) -> bool:
    """A hash by an algorithm nobody knows tells and contradicts nothing."""
    return _read(identity.value) is not None


def fits(identity: Identity, text: str) -> bool:
    """Whether the hash is the one of `text`."""
    read = _read(identity.value)
    if read is None:
        return False
    algorithm, expected = read
    import hmac  # here: mostly nobody asks

    digest = _HASHES[algorithm][1]((text + (identity.salt or "")).encode())
    return hmac.compare_digest(digest, expected)


def _read(value: str) -> tuple[str, str] | None:
    found = re.fullmatch(_WRITTEN, value.strip(), re.ASCII) if "$" in value else None
    if found is None:
        return None
    algorithm, written = found[1].lower(), found[2].lower()
    known = _HASHES.get(algorithm)
    return (algorithm, written) if known and len(written) == known[0] else None
