"""What one status entry came to, and the rules that every kind of list shares."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct, field

from verifier.dates import written
from verifier.errors import Malformed, NoCredential
from verifier.model import Credential, Document

#: How long an answer that was kept stands for a new one, unless the list asks for less.
KEPT = timedelta(hours=24)
#: The longest list that is read, in bytes.
LIST_SIZE = 2 * 1024 * 1024


class Reading(Struct, frozen=True):
    """What one status entry came to. `code` is a code of the question `current`, or `None`: read
    and clear.

    `at` is the moment of the answer it rests on.
    """

    code: str | None
    says: str = ""
    at: datetime | None = None
    detail: Mapping[str, Any] = field(default_factory=dict)


def clear(
    document: Document, now: datetime, detail: Mapping[str, Any], limit: timedelta = KEPT
) -> Reading:
    """Read, and nothing stands against the credential; but an answer kept for longer than `limit`
    counts no more, and only its date is told.
    """
    if not document.from_cache or now - document.at <= limit:
        return Reading(None, "", document.at, detail)
    says = f"On {written(document.at)} it was in force; since then its status could not be read."
    return Reading("stale", says, document.at, detail)


def unreadable(error: Malformed | NoCredential, document: Document) -> Reading:
    """What answered is no list at all: as good as no answer."""
    says = f"What answered in place of the list of taken-back badges can't be read. {error.says}"
    reason = error.reason if isinstance(error, Malformed) else error.code
    return Reading("status_unreachable", says, document.at, {"reason": reason})


def named(issuer: str | None, credential: Credential) -> dict[str, Any]:
    """A list by somebody else than the credential's issuer counts, and is named."""
    return {"issuer": issuer} if issuer is not None and issuer != credential.issuer.id else {}


def taken_back(reason: str | None) -> str:
    """The sentence for a revoked badge."""
    why = f": “{reason[:200]}”" if reason else ""
    return f"The issuer took this back{why}."
