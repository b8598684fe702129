"""Looking at one badge of the wallet again: at the address it came from, or else at the copy."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import anyio
from msgspec import Struct

from verifier.dates import SKEW, read_moment
from verifier.model import Document, Request
from verifier.report import Outcome, Report, Verdict
from wallet_server import copies, keeping
from wallet_server.services import Checked, Context, Services
from wallet_server.store import checks, wallet, watching, whole
from wallet_server.verification import Verified
from wallet_server.watch import schedule
from wallet_server.watch.changes import is_seen_in_a_tab
from wallet_server.watch.codes import Change

#: For so long a host that asks for quiet is left it, and the badge's last finding stands.
PATIENCE = timedelta(days=3)
_IN_A_TAB = "Only your own tab can show it: open its page there, and save it again."
_QUIET = "Its host asks for quiet until then."
_UNREAD = "It can't be read any more as it once was."
#: An address of this server's own demo.
_DEMO = re.compile(r"(https?://(?:127\.0\.0\.1|localhost|\[::1\])(?::\d+)?)/demo/badges/")
_WEB = ("http://", "https://")
#: Forms in which a badge came that are looked at, one after the other, until one is genuine.
_FORMS = 5


class Looked(Struct, frozen=True):
    """What became of looking: `changes` that were kept; or nothing was found out, for the reason
    `why`, and it is looked at again when it was `postponed` to.
    """

    changes: tuple[Change, ...] = ()
    postponed: datetime | None = None
    why: str | None = None


async def look_again(
    parts: Services, kept: wallet.Kept, now: datetime, *, anew: bool = False
) -> Looked:
    """Check a credential as it is at `now`, and keep what was found with all that changed; `anew`
    past what is held from before. Whatever happens to issuers is a finding.
    """
    found = await _found(parts, kept, now, anew=anew)
    if found.report is None:
        return await _postponed(parts, kept, now, schedule.DAY, _UNREAD)
    quiet = max((one.retry_at for one in found.documents.values() if one.retry_at), default=now)
    if _stands(kept.report, now):
        if is_seen_in_a_tab(kept.report) and found.report.checks[0].outcome is Outcome.UNKNOWN:
            return await _postponed(parts, kept, now, schedule.ENDED, _IN_A_TAB)
        is_open = found.report.verdict is Verdict.UNKNOWN  # else others told all there is to tell
        if is_open and quiet > now and now - datetime.fromisoformat(kept.checked_at) < PATIENCE:
            return await _postponed(parts, kept, now, min(quiet - now, schedule.DAY), _QUIET)
    keep = partial(watching.keep, parts.database, kept.id, found.report, found.documents, now)
    return Looked(await anyio.to_thread.run_sync(keep))


async def _postponed(
    parts: Services, kept: wallet.Kept, now: datetime, span: timedelta, why: str
) -> Looked:
    """Nothing was found out, so what was found before stands; not beyond its own end, though."""
    until, expires = now + span, kept.report["credential"]["expires"]
    if _stands(kept.report, now) and not _stands(kept.report, until):
        until = read_moment(expires) + SKEW
    await anyio.to_thread.run_sync(watching.postpone, parts.database, kept.id, until)
    return Looked(postponed=until, why=why)


def _stands(report: Mapping[str, Any], now: datetime) -> bool:
    """Whether its own dates let what was found of it stand."""
    expires = report["credential"]["expires"]
    return expires is None or read_moment(expires) > now


class Found(Struct, frozen=True):
    """What was found of a badge, and what it rests on; `None` where nothing could be read."""

    verified: Verified | None
    documents: Mapping[Request, Document]

    @property
    def report(self) -> Report | None:
        """The report alone."""
        return None if self.verified is None else self.verified.report


async def _found(parts: Services, kept: wallet.Kept, now: datetime, *, anew: bool) -> Found:
    context = await keeping.about_owner(parts, Context())
    return await found_about(parts, kept, now, context, label=kept.source, anew=anew)


async def found_about(
    parts: Services, kept: wallet.Kept, now: datetime, context: Context, *, label: str, anew: bool
) -> Found:
    """What the badge's address says of it; where that no longer leads to the same award, or what is
    there now is not genuine, what its copies prove now; and where those can't be read without its
    address, what the kept answers still prove. It is held against whom `context` names, and called
    `label` where it is no address.
    """
    first = None
    async for source in _sources(parts, kept):
        checked = await _check(parts, kept, source, context, label, anew=anew)
        report = checked.verified.report
        if report is None or not is_same(kept.report, report):
            continue
        found = Found(checked.verified, checked.recording.documents)
        if report.checks[0].outcome is Outcome.PASSED:
            return found
        first = first or found  # whoever holds an address by now may have put anything there
    if first is not None:
        return first
    findings = await anyio.to_thread.run_sync(checks.history, parts.database, kept.id, copies.BACK)
    good = copies.last_good(findings)
    if good is None:
        return Found(None, {})
    person = context.person
    proven = await copies.again(parts, kept, good, now, person, label=label, as_of_then=False)
    rested_on = checks.rested_on
    documents = await anyio.to_thread.run_sync(rested_on, parts.database, good.number)
    return Found(proven, documents)


async def _sources(parts: Services, kept: wallet.Kept) -> AsyncIterator[bytes | str]:
    """The address it came from, and every form in which it came."""
    address = kept.source.lower().startswith(_WEB)
    if address:
        yield kept.source
    if not address or kept.content != kept.source.encode():
        yield kept.content
    received = await anyio.to_thread.run_sync(whole.received, parts.database, kept.id)
    for copy in received[1:_FORMS]:
        read = partial(whole.content, parts.database, kept.id, copy.number)
        content = await anyio.to_thread.run_sync(read)
        if content is not None:
            yield content[0]


async def _check(
    parts: Services,
    kept: wallet.Kept,
    source: bytes | str,
    context: Context,
    label: str,
    *,
    anew: bool,
) -> Checked:
    demo = _DEMO.match(kept.source)
    own = demo[1] if demo else ""
    label = source if isinstance(source, str) else label
    return await parts.check(source, context, own=own, label=label, anew=anew)


def is_of_demo(source: str) -> bool:
    """Whether a badge came from this server's own demo, whose list counts for nothing else."""
    return _DEMO.match(source) is not None


def is_same(before: Mapping[str, Any], after: Report) -> bool:
    """Whether a report is about the award that is kept, and not whatever stands at its address by
    now: anybody can sign one of their own with this id.
    """
    said, found = before["credential"], after.credential
    issuers = (said["issuer"]["id"], found.issuer.id)
    if said["id"] is None or found.id is None:
        return bool(issuers[0] == issuers[1])
    by_another = after.assurance == "signature" and None not in issuers and issuers[0] != issuers[1]
    return bool(said["id"] == found.id) and not by_another
