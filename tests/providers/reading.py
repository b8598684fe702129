"""What is said of a platform's address, with nothing but the answers a test gives."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import anyio
from msgspec.structs import replace

from tests.conformance.run import Here
from verifier import verify
from verifier.errors import NoCredential
from verifier.model import Document, Request
from verifier.ports import Circumstances
from verifier.trust import shipped
from wallet_server import wire

NOW = datetime(2026, 11, 1, tzinfo=UTC)
JSON, HTML = "application/json", "text/html; charset=utf-8"


def gave(content: bytes, kind: str = JSON, status: int = 200, final: str | None = None) -> Document:
    """What an address answers; `final` where a redirect ended."""
    return Document("", NOW, status, kind, content, final)


MISSING = gave(b"", HTML, 404)


class Answers:
    """A `Fetcher` over a table; `asked` tells what was looked up, there or not."""

    def __init__(self, web: Mapping[str, Document]) -> None:
        self.web = web
        self.asked: list[str] = []

    async def fetch(self, request: Request) -> Document:
        """One look-up."""
        self.asked.append(request.url)
        found = self.web.get(request.url, Document("", NOW, error="unlisted"))
        return replace(found, url=request.url, final_url=found.final_url or request.url)


def said(
    source: str | bytes,
    web: Mapping[str, Document],
    seen: bytes | None = None,
    circumstances: Circumstances | None = None,
) -> dict[str, Any]:
    """The report, or the error in its place, as the contract's JSON object; `asked` besides."""
    answers = Answers(web)

    async def run() -> dict[str, Any]:
        try:
            report = await verify(
                source,
                fetcher=answers,
                workers=Here(),
                circumstances=circumstances or Circumstances(NOW, trust=shipped()),
                seen=seen,
            )
        except NoCredential as error:
            return wire.error_object(str(source), error)
        return wire.report_object(report)

    return {**anyio.run(run), "asked": answers.asked}


def codes(report: Mapping[str, Any]) -> dict[str, str]:
    """Question → code."""
    return {check["question"]: check["code"] for check in report["checks"]}


def check_of(report: Mapping[str, Any], question: str) -> dict[str, Any]:
    """The answer to one question."""
    return next(check for check in report["checks"] if check["question"] == question)
