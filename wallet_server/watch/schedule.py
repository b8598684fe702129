"""When a badge is looked at again: often enough that what was taken back is soon known, and never
so often that an issuer would notice. Pure.

Never sooner than a day after the last time, but for the moment at which it ends; spread, so that
badges saved together are not asked about together; less and less often while nobody answers; and
not before a host that asked for quiet wants to be asked again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from verifier.dates import SKEW, read_moment, written
from wallet_server.watch.changes import answer, is_seen_in_a_tab, is_silent
from wallet_server.watch.codes import Change

Json = Mapping[str, Any]

DAY = timedelta(days=1)
#: What may change any day, what has ended and may come back, and what nothing is expected of.
LIVE, ENDED, SETTLED = DAY, timedelta(days=7), timedelta(days=30)
#: The longest that silence is left alone, whatever a host asks for.
LONGEST = timedelta(days=30)
#: The part of an interval over which badges are spread.
SPREAD = 0.1
#: Days before its end at which an owner is told, the nearest that fits once.
WARNINGS = (30, 7)


def next_check(
    report: Json, *, since: datetime, now: datetime, key: str, quiet: datetime | None = None
) -> datetime:
    """When the credential `key`, of which `report` was found at `now`, is looked at again.

    `since` is when the silence began, if it is one; before `quiet` its host is not to be asked.
    """
    interval = _interval(report, since, now)
    usual = now + interval + interval * SPREAD * _fraction(key)
    turns = [moment for moment in _turns(report) if now < moment < usual]
    chosen = min(turns, default=usual)
    return chosen if quiet is None else max(chosen, min(quiet, now + LONGEST))


def ending(report: Json, now: datetime, told: Mapping[str, int]) -> Change | None:
    """That a badge in force ends soon. `told` holds, by the end they spoke of, the fewest days
    before it at which its owner was told already.
    """
    expires = report["credential"]["expires"]
    if expires is None or answer(report, "current")["code"] != "in_force":
        return None
    ends = read_moment(expires)
    due = [days for days in WARNINGS if now <= ends <= now + timedelta(days=days)]
    if not due or told.get(expires, WARNINGS[0] + 1) <= min(due):
        return None
    days = (ends.date() - now.date()).days
    when = {0: "today", 1: "tomorrow"}.get(days, f"in {days} days")
    says = f"It expires {when}, on {written(ends)}. Ask its issuer whether it can be renewed."
    return Change("expires_soon", says, {"expires": expires, "days": min(due)})


def _interval(report: Json, since: datetime, now: datetime) -> timedelta:
    if is_silent(report):
        return min(max(now - since, DAY), LONGEST)  # each time twice as long as the time before
    if answer(report, "genuine")["outcome"] == "failed" or report["verdict"] == "impostor":
        return SETTLED
    if is_seen_in_a_tab(report):
        return ENDED
    return LIVE if report["verdict"] not in ("revoked", "expired", "unknown") else ENDED


def _turns(report: Json) -> list[datetime]:
    """The moments at which its dates alone change what is to be said of it, once clocks that differ
    agree; and those at which its owner is to be told of its end.
    """
    current, expires = answer(report, "current"), report["credential"]["expires"]
    if current["outcome"] != "passed" or expires is None:
        return []
    ends = read_moment(expires)
    return [ends + SKEW + timedelta(seconds=1), *(ends - timedelta(days=days) for days in WARNINGS)]


def _fraction(key: str) -> float:
    """A number from 0 to 1 that is always the same for `key`."""
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4], "big") / 2**32
