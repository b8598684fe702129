"""CVs and mails, and PDF files with more than one thing attached: every award that they hold or
link to. The document itself is its writer's own and no badge.
"""

from __future__ import annotations

from verifier.containers import container_of, text
from verifier.containers.files import FOLDERS
from verifier.errors import NoCredential
from verifier.model import Credential, Entry
from verifier.papers import document
from wallet_server.imports import europass
from wallet_server.imports.found import Found, Item, Within, merged, one

_NOT_KEPT = "The document itself is no badge and was not kept."
_PDF = "pdf"


def recognises(content: bytes) -> bool:
    """Whether it is a document that may name awards; pages of the web are looked at as a whole."""
    return document.recognises(content) and not content.lstrip().startswith(b"<")


def read(content: bytes, name: str, within: Within) -> Found:
    """The awards in it. Raises `Malformed`."""
    attached = FOLDERS[_PDF].unbake(content) if container_of(content) == _PDF else ()
    if any(europass.recognises(file) for file in attached):
        return merged("europass", (within(file, name) for file in attached))
    awards = [file for file in attached if text.form(file) and text.may_be_award(file)]
    record = _record(content)
    entries = [] if record is None else [e for e in record.bundle if isinstance(e, Entry)]
    if record is None or document.is_one_credential(record) or _is_all(record, awards):
        return one(name, content)
    items = [
        Item(entry.alone.name or entry.at or name, entry.held, entry.at)
        for entry in entries
        if entry.held or entry.at
    ]
    beside = Found("document", notes=(_NOT_KEPT,))
    return merged("document", [Found("document", tuple(items)), beside])


def _record(content: bytes) -> Credential | None:
    try:
        return document.read(content)
    except NoCredential:
        return None


def _is_all(record: Credential, awards: list[bytes]) -> bool:
    """Whether one credential is attached, and the document names no other award."""
    return len(awards) == 1 and not document.leads_beyond(record, awards[0])
