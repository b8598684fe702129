"""What other wallets and services hand out, read into single things: one file a format.

Readers are pure and cost what the file makes them cost, so they run in a worker.
"""

from __future__ import annotations

from typing import Protocol

from verifier.errors import Malformed, NoCredential
from wallet_server.imports import archives, documents, europass, json_files, linkedin, own_export
from wallet_server.imports.found import ITEMS, Found, Unread, Within, one

__all__ = ["READERS", "read"]

#: How many files may lie one within another.
LEVELS = 4
_TOO_MANY = f"This file holds more than {ITEMS} things. Bring it in parts."


class Reader(Protocol):
    """What a module for one kind of file offers."""

    def recognises(self, content: bytes) -> bool:
        """Whether it is such a file, by its own first bytes."""
        ...

    def read(self, content: bytes, name: str, within: Within) -> Found:
        """What is in it; `within` reads a file that lies in it.

        Raises `Malformed` or `NoCredential` for what is damaged.
        """
        ...


#: In the order in which they are asked. What none of them recognises is one thing by itself.
READERS: tuple[Reader, ...] = (
    own_export,
    documents,
    archives,
    linkedin,
    europass,
    json_files,
)


def read(content: bytes, name: str) -> Found:
    """Everything in a file called `name` that may be a credential, and what else is kept of it.

    Nothing is lost on the way: what is recognised and can't be read is kept whole, with the reason.
    """
    return _read(content, name, LEVELS)


def _read(content: bytes, name: str, levels: int) -> Found:
    reader = next((one for one in READERS if one.recognises(content)), None)
    if reader is None or not levels:
        return one(name, content)
    try:
        found = reader.read(content, name, lambda inner, label: _read(inner, label, levels - 1))
    except (Malformed, NoCredential) as error:
        return Found("file", unread=(Unread(name, content, error.says),))
    if len(found.items) + len(found.unread) + len(found.locked) > ITEMS:
        return Found(found.format, unread=(Unread(name, content, _TOO_MANY),))
    return found
