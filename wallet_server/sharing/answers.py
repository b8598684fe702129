"""The five answers for visitors of a share: made fresh, and never out of the owner's own checks,
which hold each badge against all that its owner is known by.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import anyio

from verifier.model import Document, Request
from verifier.ports import Circumstances, Person
from verifier.report import Outcome, Question, Verdict
from wallet_server import wire
from wallet_server.copies import KeptDocuments
from wallet_server.services import Context, Services
from wallet_server.sharing.answered import Answered
from wallet_server.store import wallet
from wallet_server.verification import Verified, now
from wallet_server.watch.looking import found_about, is_of_demo

#: What a badge is called in reports for visitors: a file's name is its owner's.
LABEL = "badge"
_GONE = "It can't be read any more as it once was, neither at its address nor from the copy kept."
_ANSWERS = (
    (Question.GENUINE, Outcome.UNKNOWN, "page_unreadable", _GONE),
    (Question.CURRENT, Outcome.UNKNOWN, "status_unreachable", "There was nothing to ask about."),
    (Question.ISSUER, Outcome.UNKNOWN, "registry_unread", "No list was asked about its issuer."),
    (Question.RECIPIENT, Outcome.ABSENT, "not_asked", "It was held against nobody."),
    (Question.CLAIM, Outcome.ABSENT, "nothing_claimed", "Nobody claims anything about it."),
)


async def answers(
    parts: Services, credential_id: str, person: Person | None, *, patience: float
) -> Answered | None:
    """What is found of a badge now, about `person` or nobody, looked at once in ten minutes at
    most; `None` where that takes longer than `patience` seconds (then it goes on), or where the
    badge is gone.
    """

    async def look() -> Answered | None:
        kept = await anyio.to_thread.run_sync(wallet.find, parts.database, credential_id)
        return None if kept is None else await _look(parts, kept, Context(person))

    return await parts.visitors.found.get((credential_id, person), look, patience=patience)


async def about(parts: Services, found: Answered, person: Person) -> dict[str, Any]:
    """The same badge held against somebody whom the visitor has in mind: worked out from what was
    found, without asking anybody again, and kept nowhere.
    """
    async with parts.visitors.asking:
        verified = await again(parts, found, person, now())
    return found.report if verified is None else verified.as_object()


async def again(
    parts: Services, found: Answered, person: Person | None, at: datetime
) -> Verified | None:
    """What was found, worked out anew as of `at` and without asking anybody, with the grounds that
    it follows from; `None` where it can't be.
    """
    if not found.is_read:
        return None
    documents = KeptDocuments(found.documents, at, as_of_then=True)
    is_demo = parts.demo is not None and found.is_demo
    trust = parts.demo.trust if parts.demo and is_demo else parts.lists.current(at)
    bench = parts.bench.with_fetcher(documents)
    circumstances = Circumstances(
        now=at,
        trust=trust,
        person=person,
        sightings={} if is_demo else parts.sightings.met,
    )
    async with parts.limiter:
        verified = await bench.verify(found.source, label=LABEL, circumstances=circumstances)
    return None if verified.report is None else verified


async def _look(parts: Services, kept: wallet.Kept, context: Context) -> Answered:
    found = await found_about(parts, kept, now(), context, label=LABEL, anew=True)
    if found.report is None:
        return Answered(_unread(kept.report), kept.content, is_read=False)
    report = wire.report_object(found.report)
    source = _source(kept, found.documents)
    return Answered(
        report,
        source,
        found.documents,
        verified=found.verified,
        is_demo=is_of_demo(kept.source),
    )


def _source(kept: wallet.Kept, documents: Mapping[Request, Document]) -> bytes | str:
    """What leads to the same report again: its address where that answered, else the file."""
    asked = any(request.url == kept.source for request in documents)
    return kept.source if asked else kept.content


def _unread(before: Mapping[str, Any]) -> dict[str, Any]:
    """That nothing is established of a badge of which nothing can be read now."""
    credential = dict(before["credential"])
    credential["issuer"] = {**credential["issuer"], "proven": None, "vouched_by": []}
    return {
        **before,
        "source": LABEL,
        "verdict": Verdict.UNKNOWN.value,
        "headline": _GONE,
        "assurance": "none",
        "checks": [
            {
                "question": question.value,
                "outcome": outcome.value,
                "code": code,
                "says": says,
                "fix": None,
                "detail": {},
            }
            for question, outcome, code, says in _ANSWERS
        ],
        "credential": {**credential, "endorsements": []},
        "contacted": [],
        "checked_at": wire.moment(now()),
        "status_as_of": None,
        "bundle": [],
    }
