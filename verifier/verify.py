"""The whole story on one page: from bytes or an address to a report.

    read → gather → parse → gather → check

Only `read` and `gather` await the web. `check` is a pure function of credential, documents and
circumstances, so that a report can be made again, offline, from the documents it rested on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from verifier import parse
from verifier.addresses import proven_name
from verifier.checks import claim, current, genuine, holder, issuer, recipient
from verifier.errors import NoCredential, TooCostly
from verifier.gather import Shared, gather
from verifier.headline import Actor, counted, headline
from verifier.model import Credential, Documents, Payload, Problem, Request
from verifier.ports import Circumstances, Fetcher, Workers
from verifier.providers import find, issued_through
from verifier.read import read
from verifier.report import Check, Outcome, Question, Report, Verdict, verdict_of

#: What an address can answer, when it is a platform's award, without anything following about the
#: award.
UNREAD = frozenset(("unreachable", "sign_in", "blocked"))
#: Credentials within credentials: how many are looked at in one source, and how deep.
ROOM = 100
DEPTH = 4


@dataclass(frozen=True)
class _Lent:
    """What the host lends for one source, and the room that is left for credentials in it."""

    fetcher: Fetcher
    workers: Workers
    circumstances: Circumstances
    room: Iterator[int]


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
    shared = Shared(fetcher, circumstances.now)
    lent = _Lent(shared, workers, circumstances, iter(range(ROOM)))
    return await _report_on(payload, documents, lent, DEPTH)


async def _report_on(payload: Payload, documents: Documents, lent: _Lent, depth: int) -> Report:
    """The whole report on one credential and on those in it, `depth` levels down.

    Raises `NoCredential`.
    """
    documents = await gather(lambda held: parse.needs(payload, held), lent.fetcher, documents)
    credential = parse.parse(payload, documents)
    credential = replace(credential, provider=issued_through(credential.issuer.id))
    bundle, wrong = await _reports_within(credential.bundle, lent, depth)
    # What others say of it lifts nothing, and what of it can't be read harms nothing.
    endorsements, _ = await _reports_within(credential.endorsements, lent, depth)
    found = (*credential.problems, *wrong, *_presented(credential, bundle))
    credential = replace(credential, problems=found)
    documents = await gather(lambda held: needs(credential, held), lent.fetcher, documents)
    try:
        report = await lent.workers.run(
            check, credential, documents, lent.circumstances, payload.source
        )
    except TooCostly:
        report = _report(credential, documents, lent.circumstances, payload.source, _too_costly())
    return replace(
        report,
        headline=counted(report.headline, [inner.verdict for inner in bundle]),
        bundle=bundle,
        endorsements=endorsements,
    )


async def _reports_within(
    held: tuple[Payload, ...], lent: _Lent, depth: int
) -> tuple[tuple[Report, ...], list[Problem]]:
    """A report on each, and what is wrong with those that no report can be made on."""
    reports: list[Report] = []
    wrong: list[Problem] = []
    for payload in held:
        if depth == 0 or next(lent.room, None) is None:
            says = "It holds more credentials, or more one within another, than are looked at."
            wrong.append(Problem("too_costly", "bundle.size", says))
            break
        try:
            reports.append(await _report_on(payload, {}, lent, depth - 1))
        except NoCredential as error:
            says = f"It holds something that is no credential. {error.says}"
            wrong.append(Problem("structure", f"bundle.{error.code}", says))
    return tuple(reports), wrong


def _presented(credential: Credential, bundle: tuple[Report, ...]) -> Iterator[Problem]:
    """Contract, section 1, "More than one": what makes the whole presentation invalid."""
    if credential.standard != "VP":
        return
    for inner in bundle:
        if inner.verdict is Verdict.INVALID:
            says = f"A credential in this presentation is not genuine. {inner.headline}"
            yield Problem(inner.checks[0].code, "presentation.invalid", says)
        if inner.verdict is Verdict.IMPOSTOR:
            says = f"A credential in this presentation is an impostor's. {inner.headline}"
            yield Problem("structure", "presentation.impostor", says)


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
    first = genuine.check(credential, documents, circumstances.now)
    first = holder.check(credential, first, circumstances)
    answers = (first, current.check(credential, documents, circumstances))
    credential = replace(credential, recipient=holder.recipient(credential, first))
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
