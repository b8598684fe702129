"""What was found of a badge for the visitors of a share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct, field

from verifier.model import Document, Request
from wallet_server.verification import Verified

_REPORT = 16 * 1024


class Answered(Struct, frozen=True):
    """One badge as it was found: `report` is the contract's JSON object, about nobody but whom the
    owner shows; `source` what was looked at, and `documents` what it rested on. `is_read` is
    `False` where nothing could be looked at any more, `is_demo` set for a made-up badge; else
    `verified` is the report with all that it follows from, for a receipt.
    """

    report: dict[str, Any]
    source: bytes | str
    documents: Mapping[Request, Document] = field(default_factory=dict)
    is_read: bool = True
    verified: Verified | None = None
    is_demo: bool = False


def weight(one: Answered | None) -> int:
    """The bytes that it takes to hold it."""
    if one is None:
        return _REPORT
    given = len(one.source) + sum(len(document.content) for document in one.documents.values())
    return _REPORT + given
