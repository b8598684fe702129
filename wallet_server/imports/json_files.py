"""JSON files: backups and answers of other wallets, each told by its shape."""

from __future__ import annotations

from typing import Protocol

from verifier.containers import text
from verifier.errors import Malformed
from wallet_server.imports import backpacks, credential_lists, universal_wallet
from wallet_server.imports.found import Found, Within, one
from wallet_server.imports.json_parts import Part, parse


class Kind(Protocol):
    """What a module for one kind of JSON file offers."""

    def read(self, whole: Part, name: str) -> Found | None:
        """What is in it; `None` where it is another kind of file."""
        ...


#: In this order: lists of anything come last.
KINDS: tuple[Kind, ...] = (universal_wallet, backpacks, credential_lists)


def recognises(content: bytes) -> bool:
    """Whether it begins as JSON does."""
    return text.form(content) == "json"


def read(content: bytes, name: str, within: Within) -> Found:
    """What is in it; what is no such file is looked at as a whole, and so is what is damaged."""
    try:
        whole = parse(content)
    except Malformed:
        return one(name, content)
    found = (kind.read(whole, name) for kind in KINDS)
    return next((parts for parts in found if parts is not None), one(name, content))
