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
from verifier.answers import answered, final_address
from verifier.checks import claim, current, genuine, holder, issuer, recipient
from verifier.errors import NoCredential, TooCostly
from verifier.gather import Shared, gather
from verifier.headline import Actor, counted, headline
from verifier.model import PAGE_TYPE, Credential, Document, Documents, Payload, Problem, Request
from verifier.ports import Circumstances, Fetcher, Workers
from verifier.providers import issued_through, named
from verifier.read import Reading, read
from verifier.report import Check, Outcome, Question, Report, Verdict, verdict_of

#: Codes of `genuine` that mean: whether it is genuine could not be looked into.
UNCHECKED = frozenset(("key_unreachable", "unsupported_proof", "host_unreachable"))
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
    seen: bytes | None = None,
) -> Report:
    """Answer the five questions about the one credential in `source`: a file's bytes, an address,
    or credential text.

    `label` is what the report calls the source; `seen` the page that the reader's own tab shows at
    the address that `source` is. Raises `NoCredential` where there is nothing to report on;
    whatever goes wrong once a credential is found is an answer in the report.
    """
    shared = Shared(fetcher, circumstances.now)
    lent = _Lent(shared, workers, circumstances, iter(range(ROOM)))
    tab = _tab(source, seen, circumstances) if isinstance(source, str) and seen else None
    reading = await read(source, fetcher=shared, workers=workers, label=label, seen=tab)
    return await _report_on(reading, lent, DEPTH)


def _tab(source: str, seen: bytes, circumstances: Circumstances) -> Document:
    """What the reader's own tab shows, as if it had been fetched."""
    return Document(source, circumstances.now, 200, PAGE_TYPE, seen, source, seen=True)


async def _report_on(reading: Reading, lent: _Lent, depth: int) -> Report:
    """The whole report on one credential and on those in it, `depth` levels down.

    Raises `NoCredential`.
    """
    credential, documents = await _parsed(reading, lent)
    report = await _report_whole(credential, documents, reading.source, lent, depth)
    second = await _fallback(report, reading, lent)
    return report if second is None else second


async def _parsed(reading: Reading, lent: _Lent) -> tuple[Credential, Documents]:
    """The credential, with what the platform it was issued through adds to it."""
    documents, found = reading.documents, reading.found
    if isinstance(found, Payload):
        payload = found
        documents = await gather(lambda held: parse.needs(payload, held), lent.fetcher, documents)
        found = parse.parse(payload, documents)
    name = issued_through(found.issuer.id) or reading.provider
    found = replace(found, provider=name)
    platform = named(name)
    if platform is None:
        return found, documents
    wanted = tuple(platform.wants(found))
    documents = await gather(lambda held: wanted, lent.fetcher, documents)
    return platform.completes(found, documents), documents


async def _fallback(report: Report, reading: Reading, lent: _Lent) -> Report | None:
    """A report on the hosted copy of the same award, where a signature could not be checked
    (contract, section 1, "More than one": only its fields, saying so).
    """
    held = report.credential
    platform, genuine = named(held.provider), report.checks[0]
    if platform is None or genuine.code not in UNCHECKED:
        return None
    address = platform.twin(held)
    if address is None:
        return None
    request = Request(address)
    document = await lent.fetcher.fetch(request)
    try:
        baked = await answered(document, lent.workers)
        payload = Payload(reading.source, baked.content, held.container, final_address(document))
        documents: Documents = {request: document}
        found = Reading(reading.source, payload, documents, held.provider)
        hosted, documents = await _parsed(found, lent)
    except NoCredential:
        return None
    if not platform.is_twin(held, hosted):
        return None
    second = await _report_whole(hosted, documents, reading.source, lent, 0)
    if second.checks[0].outcome is not Outcome.PASSED:
        return None
    return beside(second, report)


async def _report_whole(
    credential: Credential, documents: Documents, source: str, lent: _Lent, depth: int
) -> Report:
    bundle, wrong = await _reports_within(credential.bundle, lent, depth)
    # What others say of it lifts nothing, and what of it can't be read harms nothing.
    endorsements, _ = await _reports_within(credential.endorsements, lent, depth)
    found = (*credential.problems, *wrong, *_presented(credential, bundle))
    credential = replace(credential, problems=found)
    documents = await gather(lambda held: needs(credential, held), lent.fetcher, documents)
    try:
        report = await lent.workers.run(check, credential, documents, lent.circumstances, source)
    except TooCostly:
        report = _report(credential, documents, lent.circumstances, source, _too_costly())
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
            reading = Reading(payload.source, payload, {})
            reports.append(await _report_on(reading, lent, depth - 1))
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
        contacted=tuple(one for one in documents.values() if not one.seen),
        status_as_of=second.detail.get("as_of"),
    )


def beside(second: Report, first: Report) -> Report:
    """`second`, a report on a hosted copy, saying that it stands in for `first`."""
    genuine, unchecked = second.checks[0], first.checks[0]
    says = (
        f"{genuine.says} The signature of what was handed in could not be checked, so only what "
        "is confirmed there counts."
    )
    also = [*genuine.detail.get("also", ()), {"code": unchecked.code, "says": unchecked.says}]
    detail = {**genuine.detail, "signature": "unchecked", "also": also}
    check = replace(genuine, says=says, detail=detail)
    known = {one.url for one in second.contacted}
    contacted = (*(one for one in first.contacted if one.url not in known), *second.contacted)
    return replace(second, checks=(check, *second.checks[1:]), contacted=contacted)


def _too_costly() -> tuple[Check, Check]:
    says = "Checking this would take more work than any honest badge needs, so it was stopped."
    fix = "Ask the issuer for a simpler credential."
    return (
        Check(Question.GENUINE, "too_costly", says, fix, {"signature": "unchecked"}),
        Check(Question.CURRENT, "status_unreachable", "Its status was not looked at.", fix),
    )
