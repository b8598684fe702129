"""Payload → Credential: which standard this is, and the one model that all are read into."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from verifier.errors import Malformed, NoCredential
from verifier.json_gate import read_object
from verifier.model import Credential, Documents, JsonObject, Payload, Request
from verifier.parse.credential_rules import is_envelope
from verifier.parse.families import Parser, parser_of


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
        document = payload.document
        if document is None:
            document = _read(payload.content)
        if is_envelope(document):
            payload, document = _out_of_envelope(payload, document)
    except Malformed as error:
        code = "too_large" if error.reason == "json.size" else "malformed"
        raise NoCredential(code, error.says, (error.reason,)) from error
    parser = parser_of(document)
    if parser is not None:
        return Recognised(payload, document, parser)
    if {"receipts", "bodies"} <= document.keys():
        raise NoCredential("not_a_badge", _RECEIPT)
    raise NoCredential("not_a_badge", "This is JSON, but no credential that Touchstone knows.")


def _out_of_envelope(payload: Payload, envelope: JsonObject) -> tuple[Payload, JsonObject]:
    """What is in an envelope; one that stays closed is itself what there is. Raises `Malformed`."""
    from verifier.parse import envelopes

    if envelopes.is_unread(envelope):
        return payload, envelope
    payload = replace(payload, content=envelopes.opened(envelope), document=None)
    document = _read(payload.content)
    envelopes.check_content(envelope, document)
    return payload, document


def _read(content: bytes) -> JsonObject:
    """The document as it is: the gate knows which white space JSON allows around it. Of an SD-JWT
    it is what its holder shows.
    """
    if content[:1] == b"{":
        return read_object(content)
    from verifier.parse import compact  # here: most badges are JSON as they stand

    form = compact.form_of(content)
    if form == "SD-JWT":
        from verifier.parse import sd_jwt

        shown = sd_jwt.read(content).claims
        if not {"@context", "type", "credentialSubject", "vct"}.isdisjoint(shown):
            return shown
    return read_object(content) if form is None else compact.unwrap(content)
