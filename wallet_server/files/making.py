"""Badges of the wallet → what is handed on: each looked at anew, about nobody but whom the owner
shows, and less what they leave off.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

import anyio
from msgspec import Struct

from verifier.containers import container_of, text
from verifier.dates import read_moment
from verifier.errors import Malformed
from wallet_server import wire
from wallet_server.files.handed import FORMS, Handed, Part, Received
from wallet_server.handing.places import own_place
from wallet_server.own_keys import RECEIPTS, OwnKey, own_key
from wallet_server.picturing import pictured
from wallet_server.receipts.making import make, written
from wallet_server.services import Services
from wallet_server.sharing.answers import again, answers
from wallet_server.sharing.draft import Shown
from wallet_server.sharing.fields import FIELDS
from wallet_server.sharing.shown import people_left_off, shown, shows_all
from wallet_server.sharing.stacked import shown_to_visitors
from wallet_server.stacks.everything import everything
from wallet_server.stacks.model import Stack
from wallet_server.store import thumbnails, wallet
from wallet_server.thumbnails import Thumbnail
from wallet_server.verification import Verified, now

#: How long one badge may take to be looked at; after that it is given up.
SECONDS = 60.0
#: Bytes of all the badges of one file. It holds each twice, and is to be checked where it arrives.
IN_ALL = 8 * 2**20


class Given(Protocol):
    """What is to be handed on: a share, or a draft of one."""

    @property
    def badges(self) -> tuple[str, ...]:
        """Their ids, in their order."""
        ...

    @property
    def name(self) -> str:
        """What the owner calls it."""
        ...

    @property
    def fields(self) -> frozenset[str]:
        """The parts of each badge that are shown."""
        ...

    @property
    def shown(self) -> Shown:
        """What the owner adds."""
        ...

    @property
    def stack(self) -> str | None:
        """The stack that they are, if they are one."""
        ...


class _Found(Struct, frozen=True):
    """One badge, with what its receipt is made of where all that it rests on may be told, and the
    `people` whom nothing may name.
    """

    part: Part
    verified: Verified | None = None
    people: frozenset[str] = frozenset()


async def handed(parts: Services, given: Given) -> Handed | None:
    """What is handed on, each badge looked at anew at most once in ten minutes; `None` where none
    of the badges is there any more.

    Raises `KeyLost` and `OSError` where the installation can't sign for it, `Malformed`
    (`file.size`, `receipt.size`) where it is more than a file can hold, and `TimeoutError` where a
    badge takes longer than any should.
    """
    key = await anyio.to_thread.run_sync(own_key, parts.data, RECEIPTS)
    looked: dict[str, _Found | None] = {}

    async def look(kept: wallet.Kept) -> None:
        looked[kept.id] = await _found(parts, kept, given)

    every = await anyio.to_thread.run_sync(_kept, parts, given.badges)
    async with anyio.create_task_group() as tasks:
        for kept in every:
            tasks.start_soon(look, kept)
    if not every:
        return None
    found = {kept.id: one for kept in every if (one := looked[kept.id]) is not None}
    if len(found) < len(every):
        raise TimeoutError("a badge could not be looked at in time")
    files = [one.part.received for one in found.values() if one.part.received is not None]
    if sum(len(file.content) for file in files) > IN_ALL:
        says = f"The badges are over {IN_ALL // 2**20} MiB together. Hand on fewer at once."
        raise Malformed("file.size", says)
    said = given.shown
    return Handed(
        name=given.name,
        person=tuple(filter(None, (said.name, said.email))),
        words=said.words,
        parts=tuple(one.part for one in found.values()),
        at=now(),
        by=key.did,
        receipts=await anyio.to_thread.run_sync(_receipts, found.values(), key),
        left_off=tuple(one.says for one in FIELDS if one.word not in given.fields),
        stack=await anyio.to_thread.run_sync(_stack, parts, given, found),
    )


def _receipts(found: Iterable[_Found], key: OwnKey) -> bytes | None:
    """The file of their receipts, in their order; `None` where there is none."""
    made = [
        make(one.report, one.grounds, key, now())
        for one in (some.verified for some in found)
        if one is not None and one.report is not None and one.grounds is not None
    ]
    return written(made) if made else None


def _kept(parts: Services, identifiers: Sequence[str]) -> list[wallet.Kept]:
    every = (wallet.find(parts.database, identifier) for identifier in identifiers)
    return [kept for kept in every if kept is not None]


def _stack(parts: Services, given: Given, found: Mapping[str, _Found]) -> Stack | None:
    """The stack as its badges were found."""
    if given.stack is None:
        return None
    whole = everything(parts.database)
    stack = whole.find(given.stack)
    verdicts = {one: found[one].part.report["verdict"] for one in given.badges if one in found}
    people = {name for one in found.values() for name in one.people}
    return stack and shown_to_visitors(whole, stack, verdicts, given.fields, people)


async def _found(parts: Services, kept: wallet.Kept, given: Given) -> _Found | None:
    """What is found of one badge; `None` where that takes too long."""
    person = given.shown.person if "recipient" in given.fields else None
    found = await answers(parts, kept.id, person, patience=SECONDS)
    if found is None:
        return None
    picture = await _picture(parts, kept) if "picture" in given.fields else None
    if not shows_all(given.fields):
        picture = None if picture is None or picture.is_as_it_came else picture
        people = people_left_off(found.report, given.fields)
        return _Found(Part(shown(found.report, given.fields), picture=picture), people=people)
    verified = await again(parts, found, person, read_moment(found.report["checked_at"]))
    report = found.report if verified is None else verified.as_object()
    told = shown(json.loads(wire.line(report)), given.fields)
    file = received(kept.content)
    place = None if file else _place(kept, told)
    return _Found(Part(told, file, place, picture), verified)


async def _picture(parts: Services, kept: wallet.Kept) -> Thumbnail | None:
    faces = await pictured(parts, [kept.card])
    face = faces.get(kept.card, kept.id)
    found = await anyio.to_thread.run_sync(thumbnails.find, parts.database, face)
    is_anothers = face != kept.id and found is not None and found.is_as_it_came
    return None if is_anothers else found


def received(content: bytes) -> Received | None:
    """A badge as a file; `None` where what was received is none by itself, as a page's address."""
    form = container_of(content) or text.form(content) or ""
    return Received(content, form) if form in FORMS else None


def _place(kept: wallet.Kept, report: Mapping[str, Any]) -> str | None:
    """Where it is to be found, if what was received says so, or it can be seen by anybody."""
    if kept.source.startswith(("https://", "http://")):
        return kept.source
    written, public = text.address(kept.content), own_place(report)
    return written if written or public is None else public.address
