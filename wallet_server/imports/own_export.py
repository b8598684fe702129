"""An export of a wallet of our own: it is restored as a whole, see `leaving`, and not read here."""

from __future__ import annotations

import io

from wallet_server.imports.found import Found, Within
from wallet_server.leaving.taking import is_backup

_RESTORE = (
    "This is an export of a Touchstone wallet. Restore it by itself, on the page “Take it with "
    "you” or with `touchstone wallet restore`, and its history comes with it."
)


def recognises(content: bytes) -> bool:
    """Whether it is such an export."""
    return is_backup(io.BytesIO(content))


def read(content: bytes, name: str, within: Within) -> Found:
    """What to do with it."""
    return Found("touchstone", notes=(_RESTORE,))
