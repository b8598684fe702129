"""An export of a wallet of our own: it is restored as a whole, see `leaving`, and not read here."""

from __future__ import annotations

from verifier.containers import archive
from verifier.papers.packed import names
from wallet_server.imports.found import Found, Within

#: Where it is under a passphrase (age-encryption.org/v1), and what is in it where it is not.
_SEALED = b"age-encryption.org/v1\n"
_FILES = frozenset(("manifest.json", "wallet.jsonl"))
_RESTORE = (
    "This is an export of a Touchstone wallet. Restore it as a whole, on the page “Take it with "
    "you” or with `touchstone wallet restore`, and its history comes with it."
)


def recognises(content: bytes) -> bool:
    """Whether it is such an export."""
    return content.startswith(_SEALED) or (archive.recognises(content) and names(content) >= _FILES)


def read(content: bytes, name: str, within: Within) -> Found:
    """What to do with it."""
    return Found("touchstone", notes=(_RESTORE,))
