"""Payload → Credential: which standard this is, and the one model that all are read into."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed, NoCredential
from verifier.json_gate import read_object
from verifier.model import Credential, Documents, JsonObject, Payload, Request
from verifier.parse import (
    blockcerts_1,
    blockcerts_2,
    compact,
    credentials,
    envelopes,
    europass,
    open_badges_2,
    sd_jwt,
    sd_jwt_vc,
)


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


PARSERS: tuple[Parser, ...] = (
    envelopes,
    sd_jwt_vc,
    europass,
    blockcerts_1,
    blockcerts_2,
    credentials,
    open_badges_2,
)


class Recognised(Struct, frozen=True):
    """A credential in JSON that is known for what it is, out of its envelope if it was in one, and
    is still to be read.
    """

    payload: Payload
    document: JsonObject
    parser: Parser

    def needs(self, documents: Documents) -> Iterable[Request]:
        """What must be fetched before `parse` can read the whole credential."""
        return self.parser.needs(self.payload, self.document, documents)

    def parse(self, documents: Documents) -> Credential:
        """The credential. Raises `NoCredential` (`not_an_award`)."""
        return self.parser.parse(self.payload, self.document, documents)


_RECEIPT = (
    "This is a receipt of a check, and no badge. `touchstone replay` and the page “Receipts” "
    "derive again what it says."
)


def parse(payload: Payload, documents: Documents) -> Credential:
    """Read the credential in `payload`.

    Raises `NoCredential`: `not_a_badge`, `malformed`, `too_large` or `not_an_award`.
    """
    return recognise(payload).parse(documents)


def recognise(payload: Payload) -> Recognised:
    """What is in `payload`, and who reads it. Raises `NoCredential`: `not_a_badge`, `malformed` or
    `too_large`.
    """
    try:
        document = _read(payload.content)
        if envelopes.is_envelope(document) and not envelopes.is_unread(document):
            envelope, payload = document, replace(payload, content=envelopes.opened(document))
            document = _read(payload.content)
            envelopes.check_content(envelope, document)
    except Malformed as error:
        code = "too_large" if error.reason == "json.size" else "malformed"
        raise NoCredential(code, error.says, (error.reason,)) from error
    for parser in PARSERS:
        if parser.recognises(document):
            return Recognised(payload, document, parser)
    if {"receipts", "bodies"} <= document.keys():
        raise NoCredential("not_a_badge", _RECEIPT)
    raise NoCredential("not_a_badge", "This is JSON, but no credential that Touchstone knows.")


def _read(content: bytes) -> JsonObject:
    """The document as it is: the gate knows which white space JSON allows around it. Of an SD-JWT
    it is what its holder shows.
    """
    form = compact.form_of(content)
    if form == "SD-JWT":
        shown = sd_jwt.read(content).claims
        if not {"@context", "type", "credentialSubject", "vct"}.isdisjoint(shown):
            return shown
    return read_object(content) if form is None else credentials.unwrap(content)
