"""When the wallet's badges end, as a calendar (iCalendar, RFC 5545 and 7986). Pure: the same badges
give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

from verifier.dates import read_moment
from wallet_server.looks import VERDICTS
from wallet_server.plain_text import plain
from wallet_server.store.ends import End

MEDIA_TYPE = "text/calendar"
#: How often a calendar program is asked to look again, and how long before an end it rings.
REFRESH, AHEAD = timedelta(hours=12), timedelta(days=30)


def calendar(ends: Sequence[End], *, identifier: UUID, origin: str) -> bytes:
    """A whole day for each end. `identifier` is the calendar's own, for good; `origin` is where
    this server is.
    """
    made = Calendar.new(
        prodid="-//Touchstone//Wallet//EN",
        uid=identifier,
        name="Badges that end",
        description="When the badges in your wallet expire, as they say themselves.",
        refresh_interval=REFRESH,
    )
    made.add("X-PUBLISHED-TTL", "PT12H")  # for programs that know no REFRESH-INTERVAL
    for end in ends:
        made.add_component(_day(end, origin))
    content: bytes = made.to_ical()
    return content


def _day(end: End, origin: str) -> Event:
    name = plain(end.name or "", 120) or "A badge without a name"
    issuer = plain(end.issuer or "", 120) or "not proven"
    day = read_moment(end.expires).date()
    word = VERDICTS[end.verdict].word
    event = Event.new(
        uid=uuid5(UUID(hex=end.credential_id), "ends"),
        stamp=read_moment(end.checked_at),
        start=day,
        end=day + timedelta(days=1),
        summary=f"“{name}” expires",
        description=f"Issuer: {issuer}. When last checked: {word}.",
        url=f"{origin}/wallet/{end.credential_id}",
    )
    event.add("TRANSP", "TRANSPARENT")  # it takes nobody's time
    event.add_component(_alarm(name))
    return event


def _alarm(name: str) -> Alarm:
    alarm = Alarm()
    alarm.add("ACTION", "DISPLAY")
    alarm.add("DESCRIPTION", f"“{name}” expires in 30 days")
    alarm.add("TRIGGER", -AHEAD)
    return alarm
