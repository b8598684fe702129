"""The whole story on one page: from bytes or an address to a report.

    read → gather → parse → gather → check → the same for each credential in it

Only `read` and `gather` await the web. `check` is a pure function of credential, documents and
circumstances, so that a report can be made again, offline, from the documents it rested on.
"""

from __future__ import annotations

from functools import partial

from msgspec.structs import replace

from verifier import bundles, kept, parse
from verifier.addresses import proven_name
from verifier.answers import answered, final_address
from verifier.bundles import Lent, Part
from verifier.checks import claim, current, genuine, holder, issuer, listed, recipient
from verifier.errors import NoCredential, TooCostly
from verifier.gather import gather
from verifier.headline import Actor, counted, headline
from verifier.kept import Kept
from verifier.light import done_here
from verifier.model import (
    PAGE_TYPE,
    Credential,
    Document,
    Documents,
    Entry,
    Payload,
    Problem,
    Recipient,
    Request,
)
from verifier.permitted import Permitted
from verifier.ports import Circumstances, Fetcher, Person, Workers
from verifier.providers import issued_through, named
from verifier.read import Reading, read
from verifier.report import PASSED, Check, Question, Report, verdict_of

#: Errors of look-ups that never went out.
NOT_ASKED = frozenset(("limit", "closed"))
#: Codes of `genuine` that mean: whether it is genuine could not be looked into.
UNCHECKED = frozenset(("key_unreachable", "unsupported_proof", "host_unreachable"))


async def verify(
    source: bytes | str,
    *,
    fetcher: Fetcher,
    workers: Workers,
    circumstances: Circumstances,
    label: str | None = None,
    seen: bytes | None = None,
    memory: Kept | None = None,
) -> Report:
    """Answer the five questions about the one credential in `source`: a file's bytes, an address,
    or credential text.

    `label` is what the report calls the source; `seen` the page that the reader's own tab shows at
    the address that `source` is; `memory` what was found of the same bytes before, and is kept of
    these. Raises `NoCredential` where there is nothing to report on; whatever goes wrong once a
    credential is found is an answer in the report.
    """
    permitted = Permitted(fetcher, circumstances.now)
    lent = bundles.lent(permitted, workers, circumstances)
    tab = _tab(source.strip(), seen, circumstances) if isinstance(source, str) and seen else None
    reading = await read(source, fetcher=lent.fetcher, workers=workers, label=label, seen=tab)
    if not isinstance(reading.found, Payload):
        if _is_paper(reading.found):
            lent = bundles.lent(permitted, workers, circumstances, bundles.LOOKUPS_OF_A_PAPER)
        return await _report_on(reading, lent)
    if memory is None:
        return await _report_on(reading, lent)
    token = kept.lend(memory, reading.found.content)
    try:
        return await _report_on(reading, lent)
    finally:
        kept.take_back(token)


def _tab(source: str, seen: bytes, circumstances: Circumstances) -> Document:
    """What the reader's own tab shows, as if it had been fetched."""
    return Document(source, circumstances.now, 200, PAGE_TYPE, seen, source, seen=True)


async def _report_on(reading: Reading, lent: Lent) -> Report:
    """The whole report on one credential and on those in it. Raises `NoCredential`."""
    credential, documents = await _parsed(reading, lent)
    report = await _report_whole(credential, documents, reading.source, lent)
    if report.checks[0].code not in UNCHECKED or report.credential.provider is None:
        return report
    second = await _fallback(report, reading, lent)
    return report if second is None else second


async def _parsed(reading: Reading, lent: Lent) -> tuple[Credential, Documents]:
    """The credential, with what the platform it was issued through adds to it."""
    documents, found = reading.documents, reading.found
    if isinstance(found, Payload):
        read_from = kept.of(found) if not documents else None
        known = None if read_from is None else kept.credential(read_from)
        if known is None:
            recognised = parse.recognise(found)
            needed = recognised.needs(documents)
            if needed:
                documents = await gather(recognised.needs, lent.fetcher, documents, needed)
            known = recognised.parse(documents)
            if read_from is not None and not documents:
                kept.keep_credential(read_from, known)
        found = known
    name = issued_through(found.issuer.id) or reading.provider
    found = found if found.provider == name else replace(found, provider=name)
    platform = None if name is None else named(name)
    if platform is None:
        return found, documents
    parsed = found
    documents = await gather(lambda held: platform.wants(parsed, held), lent.fetcher, documents)
    return platform.completes(found, documents), documents


async def _fallback(report: Report, reading: Reading, lent: Lent) -> Report | None:
    """A report on the hosted copy of the same award, where a signature could not be checked
    (contract, section 1, "More than one": only its fields, saying so).
    """
    held = report.credential
    platform = named(held.provider)
    address = None if platform is None else platform.twin(held)
    if platform is None or address is None:
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
    second = await _report_whole(hosted, documents, reading.source, replace(lent, depth=0))
    if second.checks[0].outcome is not PASSED:
        return None
    return beside(second, report)


async def _report_whole(
    credential: Credential, documents: Documents, source: str, lent: Lent
) -> Report:
    needed = needs(credential, documents)
    if needed:
        documents = await gather(partial(needs, credential), lent.fetcher, documents, needed)
    try:
        answers = done_here(_answers, credential, documents, lent.circumstances)
        if answers is None:
            answers = await _worked(credential, documents, lent)
    except TooCostly:
        answers = _too_costly()
    if not credential.bundle and not credential.endorsements:
        return _report(credential, documents, lent.circumstances, source, answers)
    first, second = answers
    report_on = partial(_report_on_part, documents)
    within = await bundles.look_within(credential, first, lent, report_on)
    answers = (bundles.weighed(first, within), second)
    report = _report(credential, documents, lent.circumstances, source, answers)
    return replace(
        report,
        headline=counted(report.headline, bundles.verdicts(within.bundle)),
        bundle=within.bundle,
        endorsements=within.endorsements,
    )


async def _worked(credential: Credential, documents: Documents, lent: Lent) -> tuple[Check, Check]:
    """`_answers` from a worker. Raises `TooCostly`."""
    # neither goes by anything else, and lists and sightings are a lot to hand over
    around = lent.circumstances
    bare = Circumstances(around.now, challenge=around.challenge, domain=around.domain)
    return await lent.workers.run(_answers, credential, documents, bare)


async def _report_on_part(around: Documents, part: Part, lent: Lent) -> Report:
    """The whole report on a credential that is in another; one that was read with it rests on the
    documents that were there `around` it. Raises `NoCredential`.
    """
    if isinstance(part, Payload):
        return await _report_on(Reading(part.source, part, {}), lent)
    if isinstance(part, Entry):
        return await _report_on_entry(part, lent)
    source = part.id or part.name or part.kind
    return await _report_on(Reading(source, part, around, part.provider), lent)


async def _report_on_entry(entry: Entry, lent: Lent) -> Report:
    """The whole report on the award that an entry leads to, held against what the entry says and
    whom its paper names; on the entry alone where it leads to none.
    """
    alone = entry.alone
    seen = lent.circumstances.person or _person(entry.about)
    unnamed = seen is None and entry.about is not None
    beside = replace(lent.circumstances, claims=entry.claims, person=seen, unnamed=unnamed)
    source = entry.at if entry.held is None else entry.held
    if source is not None:
        try:
            reading = await read(source, fetcher=lent.fetcher, workers=lent.workers)
            # Another document has a person and claims of its own.
            circumstances = lent.circumstances if _is_paper(reading.found) else beside
            return await _report_on(reading, replace(lent, circumstances=circumstances))
        except NoCredential as error:
            (first, *_) = alone.problems
            led = Problem("page_only", f"entry.{error.code}", f"{first.says} {error.says}")
            alone = replace(alone, problems=(led,))
    return await _report_on_part({}, alone, lent)


def _is_paper(found: object) -> bool:
    """Whether it is what somebody put together, and no issuer's record."""
    return isinstance(found, Credential) and any(isinstance(one, Entry) for one in found.bundle)


def _person(about: Recipient | None) -> Person | None:
    """Whom a paper names, as merely seen; a name that stands at its head alone is a guess."""
    if about is None:
        return None

    def named(kind: str) -> tuple[str, ...]:
        return tuple(one.value for one in about.identities if one.kind == kind)

    sure = named("name")
    guesses = (about.name,) if about.name and not sure else ()
    person = Person(
        names=sure,
        emails=named("email"),
        profiles=named("url"),
        telephones=named("telephone"),
        guesses=guesses,
    )
    return person if about.name or about.identities else None


def needs(credential: Credential, documents: Documents) -> list[Request]:
    """What the checks of `credential` rest on, as far as `documents` already tell."""
    return [*genuine.needs(credential, documents), *current.needs(credential, documents)]


def check(
    credential: Credential, documents: Documents, circumstances: Circumstances, source: str = ""
) -> Report:
    """Answer the five questions from what is at hand. Pure; raises `TooCostly` where
    canonicalisation would not end.
    """
    answers = _answers(credential, documents, circumstances)
    return _report(credential, documents, circumstances, source, answers)


def _answers(
    credential: Credential, documents: Documents, circumstances: Circumstances
) -> tuple[Check, Check]:
    """The two answers that take work: whether it is genuine, and whether it is in force."""
    first = genuine.check(credential, documents, circumstances.now)
    first = holder.check(credential, first, circumstances)
    return first, current.check(credential, documents, circumstances, first)


def _report(
    credential: Credential,
    documents: Documents,
    circumstances: Circumstances,
    source: str,
    answers: tuple[Check, Check],
) -> Report:
    first, second = answers
    if credential.standard == "VP":
        credential = replace(credential, recipient=holder.recipient(credential, first))
    entries = listed.entries_of(circumstances)
    third = issuer.check(credential, first, circumstances, entries)
    checks = (
        first,
        second,
        third,
        recipient.check(credential, circumstances),
        claim.check(credential, circumstances, second),
    )
    proven = known = through = None
    vouched_by: tuple[str, ...] = ()
    if first.outcome is PASSED:
        proven = proven_name(credential.issuer.id or credential.url)
    if third.outcome is PASSED:
        known, through = issuer.known_name(third), listed.platform(credential, entries)
        vouched_by = issuer.vouched_by(third)
    actor = Actor(proven, known, through)
    return Report(
        source=source,
        credential=credential,
        checks=checks,
        headline=headline(verdict_of(checks), checks, credential, actor),
        checked_at=circumstances.now,
        proven=proven,
        vouched_by=vouched_by,
        # Not what the reader's own tab showed, nor what was left out for being too much.
        contacted=tuple(
            [one for one in documents.values() if not one.seen and one.error not in NOT_ASKED]
        ),
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
