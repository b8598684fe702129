"""The forms of proofs, and what checks each. It is loaded when the first such proof is met: a badge
has one of them, and most of what they need is needed by no other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Protocol

from verifier.model import Credential, Documents, Proof, Request
from verifier.report import Check


class ProofForm(Protocol):
    """What a module in this package offers."""

    def needs(
        self, credential: Credential, proof: Proof, documents: Documents
    ) -> Iterable[Request]:
        """The documents this proof is checked against."""
        ...

    def check(
        self, credential: Credential, proof: Proof, documents: Documents, now: datetime
    ) -> Check:
        """The answer this one proof gives."""
        ...


@cache
def form(name: str) -> ProofForm:
    """What checks proofs whose `form` has this name."""
    return _FORMS[name]()


def _hosted() -> ProofForm:
    from verifier.proofs import hosted

    return hosted


def _signed() -> ProofForm:
    from verifier.proofs import signed

    return signed


def _sd_jwt() -> ProofForm:
    from verifier.proofs import sd_jwt

    return sd_jwt


def _disclosed() -> ProofForm:
    from verifier.proofs import disclosed

    return disclosed


def _data_integrity() -> ProofForm:
    from verifier.proofs import data_integrity

    return data_integrity


def _jwt() -> ProofForm:
    from verifier.proofs import jwt

    return jwt


def _merkle() -> ProofForm:
    from verifier.proofs import merkle

    return merkle


def _page() -> ProofForm:
    from verifier.proofs import page

    return page


def _unsupported() -> ProofForm:
    from verifier.proofs import unsupported

    return unsupported


_FORMS: Mapping[str, Callable[[], ProofForm]] = {
    "hosted": _hosted,
    "signed": _signed,
    "sd_jwt": _sd_jwt,
    "disclosed": _disclosed,
    "data_integrity": _data_integrity,
    "jwt": _jwt,
    "merkle": _merkle,
    "page": _page,
    "unsupported": _unsupported,
}
