"""The families of credentials, in the order in which a document is held against them. What reads a
family is loaded when a document is met that may be of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol

from verifier.model import Credential, Documents, JsonObject, Payload, Request
from verifier.parse import credentials
from verifier.parse.credential_rules import is_envelope, is_of


class Parser(Protocol):
    """What a module in this package offers."""

    def recognises(self, document: JsonObject) -> bool:
        """Whether `document` is meant as a credential (or a class, or a profile) of this family."""
        ...

    def needs(
        self, payload: Payload, document: JsonObject, documents: Documents
    ) -> Iterable[Request]:
        """The documents without which the credential can't be read whole."""
        ...

    def parse(self, payload: Payload, document: JsonObject, documents: Documents) -> Credential:
        """The credential; what is wrong with its structure goes to `problems`.

        Raises `NoCredential` (`not_an_award`) for a class, a profile or a catalogue entry.
        """
        ...


def parser_of(document: JsonObject) -> Parser | None:
    """Who reads `document`; `None` for what is no credential that we know."""
    for may_be in _FAMILIES:
        parser = may_be(document)
        if parser is not None and parser.recognises(document):
            return parser
    return None


def _envelopes(document: JsonObject) -> Parser | None:
    if not is_envelope(document):
        return None
    from verifier.parse import envelopes

    return envelopes


def _sd_jwt_vc(document: JsonObject) -> Parser | None:
    if "vct" not in document:
        return None
    from verifier.parse import sd_jwt_vc

    return sd_jwt_vc


def _europass(document: JsonObject) -> Parser | None:
    around = "payload" in document or "credential" in document
    if not around and not is_of(document, "EuropeanDigitalCredential"):
        return None
    from verifier.parse import europass

    return europass


def _blockcerts_1(document: JsonObject) -> Parser | None:
    if "document" not in document and "assertion" not in document:
        return None
    from verifier.parse import blockcerts_1

    return blockcerts_1


def _blockcerts_2(document: JsonObject) -> Parser | None:
    if "badge" not in document:
        return None
    from verifier.parse import blockcerts_2

    return blockcerts_2


def _credentials(document: JsonObject) -> Parser:
    return credentials


def _open_badges_2(document: JsonObject) -> Parser:
    from verifier.parse import open_badges_2

    return open_badges_2


_FAMILIES: tuple[Callable[[JsonObject], Parser | None], ...] = (
    _envelopes,
    _sd_jwt_vc,
    _europass,
    _blockcerts_1,
    _blockcerts_2,
    _credentials,
    _open_badges_2,
)
