"""Papers: files that say something about awards and carry none, such as a certificate as a PDF or a
list of licences. Whoever has one could have written it, so it proves nothing by itself; what it
leads to is looked for there.
"""

from __future__ import annotations

from typing import Protocol

from verifier.errors import Malformed
from verifier.model import Credential
from verifier.papers import archive, certificate, linkedin_export


class Kind(Protocol):
    """What a module in this package offers."""

    def recognises(self, content: bytes) -> bool:
        """Whether `content` may be such a paper, by its own first bytes."""
        ...

    def read(self, content: bytes) -> Credential | None:
        """What it says, `None` where it says nothing of any award.

        Raises `Malformed` for what can't be read, `NoCredential` where it is plainly such a paper.
        """
        ...


KINDS: tuple[Kind, ...] = (certificate, linkedin_export, archive)


def recognises(content: bytes) -> bool:
    """Whether `content` is of a kind that may speak of awards."""
    return any(kind.recognises(content) for kind in KINDS)


def read(content: bytes) -> Credential | None:
    """What a paper says, `None` where it says nothing of any award. Run it in a worker.

    Raises `NoCredential` as its kind does.
    """
    try:
        return next((kind.read(content) for kind in KINDS if kind.recognises(content)), None)
    except Malformed:
        return None
