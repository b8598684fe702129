"""Moments as the standards write them: RFC 3339 and XML Schema `dateTime`, with an offset."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache

from verifier.errors import Malformed

#: How far two honest clocks may differ.
SKEW = timedelta(minutes=5)

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
#: The longest that a moment is written.
_LENGTH = 44
_DATE_TIME = re.compile(
    r"(\d{4})-(\d{2})-(\d{2})[Tt](\d{2}):(\d{2}):(\d{2})(\.\d{1,18})?([Zz]|[+-]\d{2}:\d{2})",
    re.ASCII,
)


def read_moment(text: object) -> datetime:
    """`text` as a moment in UTC, cut to microseconds. Raises `Malformed` (`date.syntax`) for
    anything without an offset.
    """
    if type(text) is str and len(text) <= _LENGTH:
        return _moment(text)  # one badge tells the same moment several times
    raise Malformed("date.syntax", f"“{str(text)[:40]}” is not a date and time with an offset.")


@lru_cache(maxsize=4096)
def _moment(text: str) -> datetime:
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        raise Malformed("date.syntax", f"“{text[:40]}” is not a date and time with an offset.")
    if match[7] is None and match[8] == "Z":  # as most are written
        try:
            return datetime.fromisoformat(text)
        except ValueError:
            pass  # the end of a day, a leap second, or no real date
    year, month, day, hour, minute, second = (int(match[index]) for index in range(1, 7))
    fraction = (match[7] or ".0")[1:7].ljust(6, "0")
    zone = "+00:00" if match[8] in "Zz" else match[8]
    # XML Schema writes the last instant of a day as 24:00:00; a leap second is the second before
    # it, for our purposes.
    past_midnight = hour == 24 and minute == second == 0 and not int(fraction)
    text_at = (
        f"{year:04}-{month:02}-{day:02}T{0 if past_midnight else hour:02}:{minute:02}:"
        f"{min(second, 59) if second == 60 else second:02}.{fraction}{zone}"
    )
    try:
        moment = datetime.fromisoformat(text_at).astimezone(UTC)
        return moment + timedelta(days=1) if past_midnight else moment
    except (ValueError, OverflowError) as error:
        raise Malformed("date.syntax", f"“{text[:40]}” is not a real date.") from error


def read_day(text: object, *forms: str) -> datetime | None:
    """The beginning of a day in UTC, as the first of `forms` (of `strptime`, in English) reads it;
    `None` where none does.
    """
    if not isinstance(text, str):
        return None
    for form in forms:
        try:
            return datetime.strptime(text, form).replace(tzinfo=UTC)
        except ValueError:
            continue
    return None


def written(moment: datetime) -> str:
    """`moment` for a sentence: day, month and year in UTC."""
    at = moment.astimezone(UTC)
    return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"
