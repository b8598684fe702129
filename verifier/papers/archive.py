"""An archive of papers, as LinkedIn hands out all that its member has there."""

from __future__ import annotations

from msgspec.structs import replace

from verifier.containers import archive
from verifier.model import Credential
from verifier.papers import linkedin_export


def recognises(content: bytes) -> bool:
    """Whether it is a ZIP archive."""
    return archive.recognises(content)


def read(content: bytes) -> Credential | None:
    """The one list of licences in it. Raises `Malformed` or `NoCredential` as `unbake` does."""
    lists = [file for file in archive.unbake(content) if linkedin_export.recognises(file)]
    found = linkedin_export.read(lists[0]) if len(lists) == 1 else None
    return None if found is None else replace(found, container="zip", content=content)
