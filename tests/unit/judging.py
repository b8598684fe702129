"""Judging one made-up credential without the web: what its answers to two questions are."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from msgspec.structs import replace

from tests.made.folder import Answer, Web
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument
from verifier import parse
from verifier.checks import current, genuine
from verifier.model import Credential, Document, Documents, Payload, Request
from verifier.ports import Circumstances
from verifier.report import Check, Question

NOW = datetime(2026, 6, 1, tzinfo=UTC)
COLLEGE: Web = RIVERSIDE.web()
#: What `genuine` says of a credential of which nothing is withheld.
FITS = Check(Question.GENUINE, "signature", "It fits.")


def documents(web: Web, at: datetime = NOW, *, from_cache: bool = False) -> Documents:
    """What the checks would be handed if the web answered so."""
    return {Request(url): _document(url, answer, at, from_cache) for url, answer in web.items()}


def _document(url: str, answer: Answer, at: datetime, from_cache: bool) -> Document:
    document = Document(url, at, error=answer.error, from_cache=from_cache)
    if answer.error is not None:
        return document
    return replace(
        document,
        status=answer.status,
        content_type=answer.content_type,
        content=answer.content or b"",
        final_url=url,
    )


def parsed(document: Mapping[str, object] | bytes) -> Credential:
    """The credential in a document, or in the bytes of one."""
    content = document if isinstance(document, bytes) else json.dumps(document).encode()
    return parse.parse(Payload("test", content, "json"), {})


def is_genuine(document: JsonDocument | bytes, web: Web = COLLEGE, now: datetime = NOW) -> Check:
    """The answer to `genuine`."""
    return genuine.check(parsed(document), documents(web), now)


def is_current(
    document: JsonDocument,
    web: Web = COLLEGE,
    now: datetime = NOW,
    *,
    at: datetime = NOW,
    from_cache: bool = False,
) -> Check:
    """The answer to `current`, where the web answered at `at`."""
    held = documents(web, at, from_cache=from_cache)
    return current.check(parsed(document), held, Circumstances(now), FITS)
