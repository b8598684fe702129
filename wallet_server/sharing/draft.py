"""A share before it is made, read strictly: by its page, by the command and over HTTP alike."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from verifier.dates import read_moment
from verifier.errors import Malformed
from verifier.ports import Person
from wallet_server.plain_text import plain
from wallet_server.sharing.fields import EVERY, FIELDS

#: Badges of one share, and letters of what its owner writes.
BADGES, NAME, WORDS, IDENTIFIER = 50, 100, 500, 200
_ID = re.compile(r"[0-9a-f]{32}", re.ASCII)
#: How long a share lives where nothing else is said, and at most, if it ends at all.
DAYS, MOST_DAYS = 30, 3650


class Shown(Struct, frozen=True):
    """What the owner adds: whose the badges are said to be, and a word with them. Empty is none."""

    name: str = ""
    email: str = ""
    words: str = ""

    @property
    def person(self) -> Person | None:
        """Whom the badges are held against: somebody merely seen, since anybody writes names."""
        names, emails = ((one,) if one else () for one in (self.name, self.email))
        return Person(names=names, emails=emails) if names or emails else None


class Draft(Struct, frozen=True):
    """What is to be shared. `fields` are words of `FIELDS`; `expires_at` is in UTC."""

    badges: tuple[str, ...]
    name: str
    fields: frozenset[str] = EVERY
    shown: Shown = Shown()
    stack: str | None = None
    expires_at: datetime | None = None


def read(
    badges: Sequence[str],
    *,
    name: str = "",
    fields: Collection[str] | None = None,
    shown: Shown | None = None,
    stack: str | None = None,
    expires_at: datetime | None,
) -> Draft:
    """What is to be shared; without `fields` every part. Raises `Malformed` (`share.…`)."""
    chosen = tuple(dict.fromkeys(badges))
    if not 1 <= len(chosen) <= BADGES:
        raise Malformed("share.badges", f"Choose 1 to {BADGES} badges to share.")
    strange = [one for one in chosen if not _ID.fullmatch(one)]
    if strange:
        says = f"There is no badge “{plain(strange[0], 40)}” in the wallet."
        raise Malformed("share.badge", says)
    words = EVERY if fields is None else frozenset(fields)
    if words - EVERY:
        known = ", ".join(field.word for field in FIELDS)
        says = f"“{plain(min(words - EVERY), 40)}” is no part of a badge: one of {known}."
        raise Malformed("share.fields", says)
    told = shown or Shown()
    if (told.name or told.email) and "recipient" not in words:
        says = "A name or e-mail address tells whose it is: show that part too, or leave it out."
        raise Malformed("share.recipient", says)
    limits = ((name, NAME), (told.name, IDENTIFIER), (told.email, IDENTIFIER), (told.words, WORDS))
    for text, limit in limits:
        if len(text) > limit:
            raise Malformed("share.long", f"“{plain(text, 30)}” is longer than {limit} characters.")
    called = plain(name, NAME)
    return Draft(chosen, called, words, told, stack and plain(stack, NAME), expires_at)


def in_days(days: object, now: datetime) -> datetime | None:
    """When a share ends that lives for so many `days`, or for good where that is `None`. Raises
    `Malformed`.
    """
    if days is None:
        return None
    if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MOST_DAYS:
        raise Malformed("share.days", f"A share lives for 1 to {MOST_DAYS} days, or until ended.")
    return now + timedelta(days=days)


def at_moment(written: str, now: datetime) -> datetime:
    """When a share ends, as RFC 3339 writes it. Raises `Malformed`."""
    try:
        moment = read_moment(written).replace(microsecond=0)
    except Malformed as error:
        says = f"“{plain(written, 40)}” is no moment: write it as in 2026-12-31T12:00:00Z."
        raise Malformed("share.expires", says) from error
    if moment <= now:
        raise Malformed("share.expires", "That moment is over: the share would never be seen.")
    return moment
