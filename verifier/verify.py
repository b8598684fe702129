"""The whole story on one page: from bytes or an address to a report.

    read → gather → parse → gather → check

Only `read` and `gather` await the web. `check` is a pure function of credential, documents and
circumstances, so that a report can be made again, offline, from the documents it rested on.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from verifier import parse
from verifier.addresses import proven_name
from verifier.checks import claim, current, genuine, issuer, recipient
from verifier.errors import NoCredential, TooCostly
from verifier.gather import gather
from verifier.headline import Actor, headline
from verifier.model import Credential, Documents, Problem, Request
from verifier.ports import Circumstances, Fetcher, Workers
from verifier.providers import find, issued_through
from verifier.read import read
from verifier.report import Check, Outcome, Question, Report, verdict_of

#: What an address can answer, when it is a platform's award, without anything following about the
#: award.
UNREAD = frozenset(("unreachable", "sign_in", "blocked"))


async def verify(
    source: bytes | str,
    *,
    fetcher: Fetcher,
    workers: Workers,
    circumstances: Circumstances,
    label: str | None = None,
) -> Report:
    """Answer the five questions about the one credential in `source`: a file's bytes, an address,
    or credential text.

    `label` is what the report calls the source. Raises `NoCredential` where there is nothing to
    report on; whatever goes wrong once a credential is found is an answer in the report.
    """
    try:
        payload, documents = await read(source, fetcher=fetcher, workers=workers, label=label)
    except NoCredential as error:
        award = _unread_award(source, error)
        if award is None:
            raise
        return check(award, {}, circumstances, label or str(source))
    documents = await gather(lambda held: parse.needs(payload, held), fetcher, documents)
    credential = parse.parse(payload, documents)
    credential = replace(credential, provider=issued_through(credential.issuer.id))
    documents = await gather(lambda held: needs(credential, held), fetcher, documents)
    try:
        return await workers.run(check, credential, documents, circumstances, payload.source)
    except TooCostly:
        return _report(credential, documents, circumstances, payload.source, _too_costly())


def _unread_award(source: bytes | str, error: NoCredential) -> Credential | None:
    """A platform's award whose address gave nothing to read: there is an award to report on, and
    nothing known of it.

    A private award and one that never was look alike from outside, so neither is ever called false.
    """
    match = find(source.strip()) if isinstance(source, str) else None
    if match is None or match.kind != "award" or error.code not in UNREAD:
        return None
    return Credential(
        standard="page",
        container="url",
        content=b"",
        document={},
        provider=match.provider,
        id=match.canonical,
        url=match.canonical,
        problems=(Problem("host_unreachable", error.code, error.says),),
    )


def needs(credential: Credential, documents: Documents) -> Iterable[Request]:
    """What the checks of `credential` rest on, as far as `documents` already tell."""
    yield from genuine.needs(credential, documents)
    yield from current.needs(credential, documents)


def check(
    credential: Credential, documents: Documents, circumstances: Circumstances, source: str = ""
) -> Report:
    """Answer the five questions from what is at hand. Pure; raises `TooCostly` where
    canonicalisation would not end.
    """
    answers = (
        genuine.check(credential, documents, circumstances.now),
        current.check(credential, documents, circumstances),
    )
    return _report(credential, documents, circumstances, source, answers)


def _report(
    credential: Credential,
    documents: Documents,
    circumstances: Circumstances,
    source: str,
    answers: tuple[Check, Check],
) -> Report:
    first, second = answers
    checks = (
        first,
        second,
        issuer.check(credential, first, circumstances),
        recipient.check(credential, circumstances),
        claim.check(credential, circumstances),
    )
    proven = proven_name(credential.issuer.id or credential.url)
    proven = proven if first.outcome is Outcome.PASSED else None
    vouched = checks[2].outcome is Outcome.PASSED
    actor = Actor(
        proven,
        issuer.known_name(credential, circumstances) if vouched else None,
        issuer.platform(credential, circumstances),
    )
    return Report(
        source=source,
        credential=credential,
        checks=checks,
        headline=headline(verdict_of(checks), checks, credential, actor),
        checked_at=circumstances.now,
        proven=proven,
        vouched_by=issuer.vouched_by(credential, circumstances) if vouched else (),
        contacted=tuple(documents.values()),
        status_as_of=second.detail.get("as_of"),
    )


def _too_costly() -> tuple[Check, Check]:
    says = "Checking this would take more work than any honest badge needs, so it was stopped."
    fix = "Ask the issuer for a simpler credential."
    return (
        Check(Question.GENUINE, "too_costly", says, fix, {"signature": "unchecked"}),
        Check(Question.CURRENT, "status_unreachable", "Its status was not looked at.", fix),
    )
