"""What a reader makes of something that was brought: things to look at one by one, what is kept as
it came, and what still is under a passphrase.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec import Struct

#: A stable word for every format that is read → what people call it.
FORMATS = {
    "file": "a file",
    "zip": "a ZIP archive",
    "tar": "a TAR archive",
    "document": "a document",
    "list": "a list of badges",
    "presentation": "a presentation",
    "linkedin": "a LinkedIn export",
    "learner_credential_wallet": "a backup of Learner Credential Wallet",
    "learncard": "a LearnCard export",
    "badgr": "a Badgr backpack",
    "badge_connect": "a backpack's answer (Badge Connect)",
    "mozilla": "a Mozilla backpack",
    "open_badge_passport": "an Open Badge Passport export",
    "europass": "a Europass document",
    "touchstone": "an export of a Touchstone wallet",
}
#: The largest file that is brought in: a backup with some hundred pictures.
LIMIT = 64 * 2**20
#: More things than anybody keeps in one file.
ITEMS = 2000


class Item(Struct, frozen=True):
    """One thing that may be a credential: `content` as it stood in what was brought, byte for byte,
    or `url` where it may be found.

    With both, the address counts where it leads to something that can be checked, the bytes where
    it does not: hosts die, and the copy in a backup outlives them.
    """

    label: str
    content: bytes | None = None
    url: str | None = None


class Unread(Struct, frozen=True):
    """A part that is no credential this version reads; `why` is a sentence."""

    label: str
    content: bytes
    why: str


class Locked(Struct, frozen=True):
    """A part under a passphrase, see `locks`. With `why` it is no credential, and what is under the
    lock is kept unread for that reason.
    """

    label: str
    content: bytes
    why: str | None = None


class Found(Struct, frozen=True):
    """Everything in one file. `format` is a word of `FORMATS`; `notes` are sentences about what is
    not kept, and why.
    """

    format: str
    items: tuple[Item, ...] = ()
    unread: tuple[Unread, ...] = ()
    locked: tuple[Locked, ...] = ()
    notes: tuple[str, ...] = ()


#: Reads a file that lies within another.
Within = Callable[[bytes, str], Found]


def one(label: str, content: bytes) -> Found:
    """A file that is looked at as a whole."""
    return Found("file", (Item(label, content),))


def merged(word: str, parts: Iterable[Found]) -> Found:
    """All that several parts hold, everything once."""
    held = tuple(parts)
    items: dict[bytes | str | None, Item] = {}
    for found in held:
        for item in found.items:
            items.setdefault(item.content or item.url, item)
    return Found(
        word,
        tuple(items.values()),
        tuple({left.content: left for found in held for left in found.unread}.values()),
        tuple({lock.content: lock for found in held for lock in found.locked}.values()),
        tuple(dict.fromkeys(note for found in held for note in found.notes)),
    )
