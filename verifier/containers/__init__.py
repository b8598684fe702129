"""Bytes → the credential they carry: pictures, documents and archives with one in them, and text
that is one.
"""

from __future__ import annotations

from msgspec import Struct

from verifier.containers import text


class Baked(Struct, frozen=True):
    """A credential as it was baked, and the contract's word for what it was baked into."""

    container: str
    content: bytes


def plain(content: bytes) -> str | None:
    """The contract's word for text that is a credential as it stands, as most are handed in; `None`
    for what has to be looked into.
    """
    return text.form(content) if content[:1] in (b"{", b"e") else None  # so begins no other file


def unbake(content: bytes) -> Baked:
    """The one credential that `content` carries or is, byte for byte.

    Raises `NoCredential`: `not_a_badge`, `ambiguous` (all are named in `found`), `malformed` or
    `too_large` (with the reason in `found`). Byte-equal copies are one credential. To unpack a
    document and to look at pixels is no work to be done at once (`bounds`).
    """
    word = plain(content)
    if word is not None:
        return Baked(word, content)
    from verifier.containers import files  # here: most badges are in none

    return files.unbake(content)


def container_of(content: bytes) -> str | None:
    """The contract's word for the kind of file that `content` is; `None` for all else."""
    if content[:1] == b"{":  # so begins JSON, and none of these
        return None
    from verifier.containers import files

    return files.container_of(content)
