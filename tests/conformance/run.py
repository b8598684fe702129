"""Run cases through the verifier, with nothing but the recorded web."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urljoin

import anyio

from tests.conformance.case import Case, Outcome
from verifier import verify
from verifier.dates import read_moment
from verifier.errors import NoCredential
from verifier.model import Document, Request, as_list
from verifier.ports import Circumstances, Person

T = TypeVar("T")
_HOPS = 4
#: A source's word for an identifier → ours.
_IDENTIFIERS = {
    "email": "emails",
    "url": "urls",
    "telephone": "telephones",
    "name": "names",
    "id": "dids",
}


class Recorded:
    """A `Fetcher` that answers from a source's own map; what is not in it is not there."""

    def __init__(self, urls: Mapping[str, Mapping[str, Any]], root: Path, now: datetime) -> None:
        self._urls = {url.replace(" ", "%20"): answer for url, answer in urls.items()}
        self._root = root
        self._now = now

    async def fetch(self, request: Request) -> Document:
        """The recorded answer, redirects followed."""
        url = request.url
        for _ in range(_HOPS):
            entry = self._urls.get(url)
            if entry is None:
                return Document(request.url, self._now, error="unlisted")
            location = entry.get("headers", {}).get("Location")
            if location is None:
                return self._answer(request.url, url, entry)
            url = urljoin(url, location)
        return Document(request.url, self._now, error="redirect")

    def _answer(self, asked: str, url: str, entry: Mapping[str, Any]) -> Document:
        name = entry.get("file")
        content = entry.get("content", b"") if name is None else (self._root / name).read_bytes()
        return Document(
            asked, self._now, entry["status"], entry.get("content_type"), content, final_url=url
        )


class Here:
    """`Workers` without a process of their own: these sources hold no work that does not end."""

    async def run(self, function: Callable[..., T], *arguments: object) -> T:
        """The result of `function(*arguments)`."""
        return function(*arguments)


def run(case: Case) -> Outcome:
    """What we say of `case`."""
    return anyio.run(_run, case)


async def _run(case: Case) -> Outcome:
    now = datetime.now(UTC) if case.now is None else read_moment(case.now)
    try:
        report = await verify(
            case.input,
            fetcher=Recorded(case.urls, case.files_root, now),
            workers=Here(),
            circumstances=Circumstances(
                now=now,
                person=person(case.options),
                challenge=case.options.get("challenge"),
                domain=next(iter(as_list(case.options.get("domain"))), None),
            ),
            label=case.name,
        )
    except NoCredential as error:
        return Outcome(error=error.code)
    genuine = report.checks[0]
    return Outcome(report.verdict.value, genuine.code, genuine.detail.get("signature"))


def person(options: Mapping[str, Any]) -> Person | None:
    """The person a source asks about, as stated by it."""
    profile = options.get("recipient_profile")
    if not isinstance(profile, Mapping):
        return None
    stated = {
        _IDENTIFIERS[word]: tuple(value) if isinstance(value, list) else (value,)
        for word, value in profile.items()
    }
    return Person(**stated, exact=True)
