"""What was found of exact bytes, kept for when the same bytes come again.

Kept is only what can't become untrue, and only what speaks for the bytes: what a credential's text
says, and that a signature on it fits by a certain key. Each goes by the SHA-256 of the exact text
it was found in and of all else that it follows from: where any of that is another, nothing is
found. Whose the key is and whether it still counts, dates, status, trust, person and claims are
looked at anew each time; and so is all that failed, was too much, or could not be looked into.

Of what comes for the first time only that is noted: most never comes again, and to name and hold
what is found of it would make each slower.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token

from msgspec import Struct
from msgspec.json import Encoder

from verifier.model import Credential, Payload

#: What all that is kept may weigh: of a credential, which takes ten times its text once it is
#: read, the bytes of that; of each name this.
BYTES, NAME = 512 * 1024, 250
#: Of a longer text nothing is kept.
LONGEST = 64 * 1024

#: Tells apart whatever the JSON gate lets in.
_encoded = Encoder().encode


class Kept:
    """What a host lends to one verification after another, so that each may know what those before
    it found. It belongs to one process, and so to one version of this program.
    """

    def __init__(self, size: int = BYTES) -> None:
        self._size = size
        self._weight = 0
        #: Those that were asked for last stand last: a credential, `True` of a signature that fits,
        #: and `False` of a text that came.
        self._found: OrderedDict[bytes, Credential | bool] = OrderedDict()

    @property
    def count(self) -> int:
        """How much is kept: texts that came, what they say, and signatures that fit."""
        return len(self._found)

    def comes_again(self, digest: bytes) -> bool:
        """Whether the text of this SHA-256 came before, which is noted."""
        if digest in self._found:
            self._found.move_to_end(digest)
            return True
        self.keep(digest, False)
        return False

    def fits(self, name: bytes) -> bool:
        """Whether the signature of this name is known to fit."""
        return self._asked(name) is True

    def credential(self, name: bytes) -> Credential | None:
        """The credential that is kept under `name`."""
        found = self._asked(name)
        return found if isinstance(found, Credential) else None

    def keep(self, name: bytes, found: Credential | bool) -> None:
        """Keep what was found under `name`, if nothing is. The oldest make room."""
        if name not in self._found:
            self._found[name] = found
            self._weight += _weight(found)
            while self._weight > self._size:
                self._weight -= _weight(self._found.popitem(last=False)[1])

    def forget(self) -> None:
        """Let go of everything: what it was found of may have been deleted."""
        self._found.clear()
        self._weight = 0

    def _asked(self, name: bytes) -> Credential | bool | None:
        found = self._found.get(name)
        if found is not None:
            self._found.move_to_end(name)
        return found


def _weight(found: Credential | bool) -> int:
    return NAME + len(found.content) if isinstance(found, Credential) else NAME


class _AtHand(Struct, frozen=True):
    """A memory, the text that is looked at, and its SHA-256 if it came before."""

    memory: Kept
    text: bytes
    digest: bytes | None


_at_hand: ContextVar[_AtHand | None] = ContextVar("kept", default=None)


def lend(memory: Kept | None, text: bytes) -> Token[_AtHand | None]:
    """From now on, until `take_back` is given the answer: where `text` came before, what was kept
    of it in `memory` is known, and what is found of it is kept there.
    """
    if memory is None or len(text) > LONGEST:
        return _at_hand.set(None)
    digest = hashlib.sha256(text).digest()
    known = digest if memory.comes_again(digest) else None
    return _at_hand.set(_AtHand(memory, text, known))


def take_back(token: Token[_AtHand | None]) -> None:
    """End what `lend` began."""
    _at_hand.reset(token)


@contextmanager
def about(text: bytes) -> Iterator[None]:
    """Within it, what was lent is for `text`, whichever text led to it."""
    here = _at_hand.get()
    token = lend(None if here is None else here.memory, text)
    try:
        yield
    finally:
        take_back(token)


def named(kind: str, *facts: object) -> bytes | None:
    """The name of what follows from the text at hand and from `facts`, which the JSON gate let in;
    `None` where nothing is kept.
    """
    here = _at_hand.get()
    if here is None or here.digest is None:
        return None
    return hashlib.sha256(here.digest + _encoded((kind, *facts))).digest()


def of(payload: Payload, read_as: str = "credential") -> bytes | None:
    """The name of the credential that `payload` is, which follows from nothing else but how it is
    read: what is taken for a status list is not asked whether it is a badge.
    """
    here = _at_hand.get()
    if here is None or here.digest is None:
        return None
    within = None if payload.content == here.text else payload.content
    label = payload.source.encode("utf-8", "surrogatepass")
    return named(read_as, label, payload.container, payload.url, within)


def fits(name: bytes | None) -> bool:
    """Whether the signature of this name is known to fit."""
    here = _at_hand.get()
    return name is not None and here is not None and here.memory.fits(name)


def keep(name: bytes | None) -> None:
    """Keep that the signature of this name fits."""
    here = _at_hand.get()
    if name is not None and here is not None:
        here.memory.keep(name, True)


def credential(name: bytes | None) -> Credential | None:
    """The credential of this name, where it was read before."""
    here = _at_hand.get()
    return None if name is None or here is None else here.memory.credential(name)


def keep_credential(name: bytes | None, found: Credential) -> None:
    """Keep what was read as the credential of this name."""
    here = _at_hand.get()
    if name is not None and here is not None:
        here.memory.keep(name, found)
