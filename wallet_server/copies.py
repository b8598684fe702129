"""What the wallet's own copy still proves when an issuer no longer does: worked out anew, offline,
from the bytes and the answers that were kept, and never quoted from an old report.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

import anyio
from msgspec import Struct
from msgspec.structs import replace

from verifier.dates import read_moment
from verifier.model import Document, Request
from verifier.ports import Circumstances, Person
from verifier.report import Outcome, Report
from wallet_server.documents import key
from wallet_server.services import Services
from wallet_server.store import checks, owner, wallet
from wallet_server.store.checks import Finding
from wallet_server.store.schema import HERE
from wallet_server.verification import Verified, now
from wallet_server.watch.changes import answer, is_silent

#: Checks that are looked back through.
BACK = 50


class KeptDocuments:
    """A `Fetcher` that answers with what was kept, and never from anywhere else. With `as_of_then`
    the answers are new, as they were; without, they are told to be from before.
    """

    def __init__(
        self, documents: Mapping[Request, Document], now: datetime, *, as_of_then: bool
    ) -> None:
        self._documents = {
            request: replace(one, from_cache=not as_of_then) for request, one in documents.items()
        }
        self._by_address = {
            key(request.url): one for request, one in reversed(self._documents.items())
        }
        self._now = now

    async def fetch(self, request: Request) -> Document:
        """The answer that was kept to this request, or else of this address."""
        held = self._documents.get(request, self._by_address.get(key(request.url)))
        return Document(request.url, self._now, error="unlisted") if held is None else held


class FromCopy(Struct, frozen=True):
    """What the kept copy proves: `report`, as of the moment `at`, from which the kept answers are.
    Its issuer still said so at `confirmed_at`. Since `since` it does not hold as it did; `is_gone`
    where that is only because nobody answers.
    """

    report: Report
    at: datetime
    confirmed_at: datetime
    since: datetime
    is_gone: bool


async def from_copy(parts: Services, credential_id: str) -> FromCopy | None:
    """What the copy of a credential proves that could be proven once and can't be now; `None` where
    there is nothing of the kind to tell. Only checks that were made here count.
    """
    kept = await anyio.to_thread.run_sync(wallet.find, parts.database, credential_id)
    found = await anyio.to_thread.run_sync(checks.history, parts.database, credential_id, BACK)
    own = [one for one in found if one.origin == HERE]
    good = last_good(own)
    if kept is None or good is None or good is own[0]:
        return None
    after = own[: own.index(good)]
    at = read_moment(good.at)
    person = await anyio.to_thread.run_sync(owner.person, parts.database)
    proven = await again(parts, kept, good, at, person, label=kept.source, as_of_then=True)
    report = None if proven is None else proven.report
    if report is None or report.checks[0].outcome is not Outcome.PASSED:
        return None
    return FromCopy(
        report=report,
        at=at,
        confirmed_at=read_moment(good.confirmed_at),
        since=read_moment(after[-1].at),
        is_gone=is_silent(own[0].report),
    )


def last_good(findings: Iterable[Finding]) -> Finding | None:
    """Of the checks made here, the newest first, the one at which all of it could be told last."""
    return next((one for one in findings if one.origin == HERE and _was_good(one)), None)


async def again(
    parts: Services,
    kept: wallet.Kept,
    finding: Finding,
    at: datetime,
    person: Person | None,
    *,
    label: str,
    as_of_then: bool,
) -> Verified | None:
    """The report that the answers of `finding` give at the moment `at` about `person`, without the
    web, and its grounds; `None` where they no longer lead to the award.
    """
    read, database = checks.rested_on, parts.database
    documents = await anyio.to_thread.run_sync(read, database, finding.number)
    trust = parts.lists.current(now())
    bench = parts.bench.with_fetcher(KeptDocuments(documents, at, as_of_then=as_of_then))
    circumstances = Circumstances(now=at, trust=trust, person=person)
    for source in _sources(kept, documents):
        async with parts.limiter:
            verified = await bench.verify(source, label=label, circumstances=circumstances)
        report = verified.report
        if report is not None and report.credential.id == finding.report["credential"]["id"]:
            return verified
    return None


def _sources(kept: wallet.Kept, documents: Mapping[Request, Document]) -> Sequence[bytes | str]:
    """The address it came from, where its answer was kept; and the copy."""
    asked = {key(request.url) for request in documents}
    return (kept.source, kept.content) if key(kept.source) in asked else (kept.content,)


def _was_good(finding: Finding) -> bool:
    genuine, current = answer(finding.report, "genuine"), answer(finding.report, "current")
    return bool(genuine["outcome"] == "passed" and current["outcome"] != "unknown")
