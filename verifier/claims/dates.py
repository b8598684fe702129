"""Dates as people write them on pages, in many languages, and never guessed: where one can be read
in two ways, both are kept. Month names, and the small words between, are those of the Unicode
Common Locale Data Repository (CLDR), kept as data (`tests.kept`): to take them out of it stops
everything else for half a second.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from msgspec import Struct

from verifier.claims.fit import LESS, OTHER, SAME, UNTOLD, Fit
from verifier.claims.words import known

#: A year, a year and a month, or a day.
When = tuple[int, ...]

_LONGEST = 120
_YEARS = range(1900, 2200)
_ISO = re.compile(r"(\d{4}-\d\d-\d\d)[T ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:?\d\d)?", re.ASCII)
#: How far the years of Vikram Samvat (Nepal) and of Saka (India) are from ours.
_OTHER_YEARS = frozenset((56, 57, -78, -79))
#: The first and the last place on earth to see a day begin.
_EAST, _WEST = timedelta(hours=14), timedelta(hours=12)


class Told(Struct, frozen=True):
    """What a text tells of a date: the ways to read it (none where it can't be read), or that there
    is `never` an end; `of` is `issued` or `expires` where a word of the text says so.
    """

    whens: frozenset[When] = frozenset()
    never: bool = False
    of: str | None = None

    @property
    def readable(self) -> bool:
        """Whether it tells anything."""
        return self.never or bool(self.whens)


def read(text: str) -> Told:
    """`text` as a date, with or without words such as “Issued” or “Expires” before it."""
    moment = _ISO.fullmatch(text.strip())
    words = words_of(moment[1] if moment else text[:_LONGEST])
    if tuple(words) in known().never:
        return Told(never=True, of="expires")
    of, rest = _labelled(words)
    return Told(frozenset(_readings(rest)), of=of)


def same_day(told: Told, *moments: datetime | None) -> Fit:
    """Whether what was `told` is one of `moments`, compared as finely as it was told: a day on
    which a moment falls anywhere on earth is no difference.
    """
    days = [day for moment in moments if moment is not None for day in _days(moment)]
    if not told.whens or not days:
        return UNTOLD
    fits = {any(day[: len(when)] == when for day in days) for when in told.whens}
    if True not in fits and any(
        when[0] - day[0] in _OTHER_YEARS for when in told.whens for day in days
    ):
        return UNTOLD
    return UNTOLD if len(fits) > 1 else SAME if fits == {True} else OTHER


def same_end(told: Told, ends: datetime | None, *, never: bool) -> Fit:
    """Whether it ends when it is `told` to end; `never` says that without `ends` it surely has no
    end. A page that lets it end earlier than the badge says less than the badge.
    """
    if not told.readable or (ends is None and not never):
        return UNTOLD
    if ends is None:
        return SAME if told.never else LESS
    if told.never:
        return OTHER
    fit = same_day(told, ends)
    if fit is not OTHER:
        return fit
    earlier = {all(when < day[: len(when)] for day in _days(ends)) for when in told.whens}
    return UNTOLD if len(earlier) > 1 else LESS if earlier == {True} else OTHER


def _days(moment: datetime) -> Iterator[When]:
    """The days on which `moment` falls somewhere on earth."""
    day, last = (_at(moment, offset).date() for offset in (-_WEST, _EAST))
    while day <= last:
        yield (day.year, day.month, day.day)
        day += timedelta(days=1)


def _at(moment: datetime, offset: timedelta) -> datetime:
    try:
        return moment + offset
    except OverflowError:
        return moment


def words_of(text: str) -> list[str]:
    """Runs of letters and runs of digits, folded alike for every script."""
    if text.isascii():
        return re.findall(r"\d+|[^\W\d_]+", text.lower())
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    kept = "".join(c for c in folded if unicodedata.category(c) not in ("Mn", "Cf"))
    return [_figures(run) for run in re.findall(r"\d+|[^\W\d_]+", kept)]


def _figures(run: str) -> str:
    """Digits of any script as ours."""
    return "".join(str(unicodedata.digit(c)) for c in run) if run.isdecimal() else run


def _labelled(words: list[str]) -> tuple[str | None, list[str]]:
    """The label before a date, and what follows it."""
    for length in range(min(4, len(words)), 0, -1):
        label = known().labels.get(tuple(words[:length]))
        if label is not None:
            return label, words[length:]
    return None, words


def _readings(words: list[str]) -> Iterator[When]:
    months, rest = _month(words)
    small = _calendar().small
    left = [word for word in rest if word not in small]
    if not all(word.isdecimal() and len(word) <= 4 for word in left):
        return
    numbers = [int(word) for word in left]
    years = [i for i, word in enumerate(left) if len(word) == 4 and int(word) in _YEARS]
    if len(years) != 1 or not 1 <= len(numbers) <= 3:
        return
    year, first = numbers.pop(years[0]), years[0] == 0
    for when in _ordered(year, numbers, months, year_first=first):
        if _is_real(when):
            yield when


def _ordered(
    year: int, numbers: list[int], months: frozenset[int], *, year_first: bool
) -> Iterator[When]:
    """Year, month and day; before the year, day and month stand in either order."""
    if months:
        if len(numbers) <= 1:
            yield from ((year, month, *numbers) for month in months)
    elif len(numbers) < 2 or year_first:
        yield (year, *numbers)
    else:
        yield (year, numbers[0], numbers[1])
        yield (year, numbers[1], numbers[0])


def _is_real(when: When) -> bool:
    try:
        date(*(*when, 1, 1)[:3])
    except ValueError:
        return False
    return True


def _month(words: list[str]) -> tuple[frozenset[int], list[str]]:
    """The months that a name among `words` may mean, and the words without it; with two names,
    nothing can be made of them.
    """
    names = _calendar().months
    for length in (3, 2, 1):
        for at in range(len(words) - length + 1):
            found = names.get(tuple(words[at : at + length]))
            if found is not None:
                return found, [*words[:at], *words[at + length :]]
    return frozenset(), words


class _Calendar(Struct, frozen=True):
    """Names of months, as words, with the months that they mean somewhere; and the small words that
    stand in dates.
    """

    months: dict[tuple[str, ...], frozenset[int]]
    small: frozenset[str]


@cache
def _calendar() -> _Calendar:
    found = json.loads((Path(__file__).parent / "calendar.json").read_text("utf-8"))
    months = {tuple(name.split()): frozenset(of) for name, of in found["months"].items()}
    return _Calendar(months, known().ordinals.union(found["small"]))
