"""A certificate as a PDF, in the words that its platform prints on it."""

from __future__ import annotations

from msgspec.structs import replace

from verifier.containers import pdf
from verifier.model import Credential
from verifier.providers.registry import PROVIDERS


def recognises(content: bytes) -> bool:
    """Whether it is a PDF."""
    return pdf.recognises(content)


def read(content: bytes) -> Credential | None:
    """The certificate that a platform's file reads in it. Raises `Malformed`."""
    lines = pdf.lines(content)
    found = (provider.prints(lines) for provider in PROVIDERS)
    one = next((credential for credential in found if credential is not None), None)
    return None if one is None else replace(one, content=content)
