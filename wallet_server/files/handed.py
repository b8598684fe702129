"""Badges as they are handed on in one file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from msgspec import Struct

from wallet_server.handing.places import own_place
from wallet_server.plain_text import plain
from wallet_server.stacks.model import Stack
from wallet_server.thumbnails import Thumbnail

#: The contract's word for a form in which badges come → its media type and the ending of its name.
FORMS = {
    "png": ("image/png", "png"),
    "svg": ("image/svg+xml", "svg"),
    "pdf": ("application/pdf", "pdf"),
    "zip": ("application/zip", "zip"),
    "json": ("application/json", "json"),
    "jwt": ("application/jwt", "jwt"),
}


class Received(Struct, frozen=True):
    """A badge byte for byte; `form` is a word of `FORMS`."""

    content: bytes
    form: str

    @property
    def media_type(self) -> str:
        """Its media type."""
        return FORMS[self.form][0]

    @property
    def ending(self) -> str:
        """The ending of its file's name."""
        return FORMS[self.form][1]


class Part(Struct, frozen=True):
    """One badge: `report` is the contract's JSON object, less what its owner left off. It can be
    checked again by `received`, or at its `place` in the web; by neither where something is left
    off, for the badge itself would tell it.
    """

    report: Mapping[str, Any]
    received: Received | None = None
    place: str | None = None
    picture: Thumbnail | None = None

    @property
    def name(self) -> str:
        """What it is called, on one line."""
        return plain(self.report["credential"]["name"] or "", 200) or "A badge without a name"

    @property
    def address(self) -> str | None:
        """Where anybody can see the award itself, if it shows that."""
        place = own_place(self.report) if self.report["credential"]["id"] else None
        return None if place is None else place.address


class Handed(Struct, frozen=True):
    """A file before it is written. `name` is what its owner calls it, and `person` and `words` what
    they say in it; any of them may be empty. `by` is the installation's did:key, `receipts` a file
    of signed receipts, one a badge, `left_off` what is not told of the badges, and `stack` how they
    add up.
    """

    name: str
    person: tuple[str, ...]
    words: str
    parts: tuple[Part, ...]
    at: datetime
    by: str
    receipts: bytes | None = None
    left_off: tuple[str, ...] = ()
    stack: Stack | None = None

    @property
    def can_be_checked(self) -> bool:
        """Whether each badge is in it, or it says where to find it."""
        return all(part.received is not None or part.place is not None for part in self.parts)

    @property
    def title(self) -> str:
        """What stands at its top."""
        if len(self.parts) == 1:
            return f"1 badge: {self.name or self.parts[0].name}"
        return f"{len(self.parts)} badges{': ' if self.name else ''}{self.name}"
