"""Papers: files that say something about awards without being one, such as a certificate as a PDF,
a list of licences, a CV or a mail. Whoever has one could have written it, so it proves nothing by
itself; what it leads to is looked for there.
"""

from __future__ import annotations

from typing import Protocol

from verifier.errors import Malformed, NoCredential
from verifier.model import Credential
from verifier.papers import archive, certificate, document, linkedin_export


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


KINDS: tuple[Kind, ...] = (certificate, linkedin_export, document, archive)


def recognises(content: bytes) -> bool:
    """Whether `content` is of a kind that may speak of awards."""
    return any(kind.recognises(content) for kind in KINDS)


def read(content: bytes) -> Credential | None:
    """What a paper says, `None` where it says nothing of any award. Run it in a worker.

    Raises `NoCredential`: `malformed` and `too_large` for what can't be read, and as its kind does.
    """
    try:
        said = (kind.read(content) for kind in KINDS if kind.recognises(content))
        return next((one for one in said if one is not None), None)
    except Malformed as error:
        code = "too_large" if error.reason.endswith(".size") else "malformed"
        raise NoCredential(code, error.says, (error.reason,)) from error
