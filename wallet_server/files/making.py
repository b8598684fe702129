"""Badges of the wallet → what is handed on: each looked at anew, about nobody but whom the owner
shows, and less what they leave off.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import anyio

from verifier.containers import container_of, text
from wallet_server.files.handed import FORMS, Handed, Part, Received
from wallet_server.own_keys import RECEIPTS, own_key
from wallet_server.picturing import pictured
from wallet_server.services import Services
from wallet_server.sharing.answers import answers
from wallet_server.sharing.draft import Shown
from wallet_server.sharing.fields import EVERY, FIELDS
from wallet_server.sharing.shown import shown, shows_all
from wallet_server.store import thumbnails, wallet
from wallet_server.verification import now

#: How long one badge may take to be looked at; after that it is given up.
SECONDS = 60.0


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


async def handed(parts: Services, given: Given, *, address: str | None = None) -> Handed | None:
    """What is handed on, each badge looked at anew at most once in ten minutes; `None` where none
    of the badges is there any more. `address` is where it can be seen too.

    Raises `KeyLost` and `OSError` where the installation can't sign for it, and `TimeoutError`
    where a badge takes longer than any should.
    """
    found: dict[str, Part] = {}
    key = await anyio.to_thread.run_sync(own_key, parts.data, RECEIPTS)

    async def look(kept: wallet.Kept) -> None:
        found[kept.id] = await _part(parts, kept, given)

    every = await anyio.to_thread.run_sync(_kept, parts, given.badges)
    async with anyio.create_task_group() as tasks:
        for kept in every:
            tasks.start_soon(look, kept)
    if not every:
        return None
    said = given.shown
    return Handed(
        name=given.name,
        person=tuple(filter(None, (said.name, said.email))),
        words=said.words,
        parts=tuple(found[kept.id] for kept in every),
        at=now(),
        by=key.did,
        left_off=tuple(one.says for one in FIELDS if one.word in EVERY - given.fields),
        address=address,
    )


def _kept(parts: Services, identifiers: Sequence[str]) -> list[wallet.Kept]:
    every = (wallet.find(parts.database, identifier) for identifier in identifiers)
    return [kept for kept in every if kept is not None]


async def _part(parts: Services, kept: wallet.Kept, given: Given) -> Part:
    found = await answers(parts, kept, given.shown.person, patience=SECONDS)
    if found is None:
        raise TimeoutError("a badge could not be looked at in time")
    picture = None
    if "picture" in given.fields:
        faces = await pictured(parts, [kept.card])
        face = faces.get(kept.card, kept.id)
        picture = await anyio.to_thread.run_sync(thumbnails.find, parts.database, face)
    report = shown(found.report, given.fields)
    if not shows_all(given.fields):
        return Part(report, picture=picture)
    file = received(kept.content)
    return Part(report, file, None if file else _place(kept), picture)


def received(content: bytes) -> Received | None:
    """A badge as a file; `None` where what was received is none by itself, as a page's address."""
    form = container_of(content) or text.form(content) or ""
    return Received(content, form) if form in FORMS else None


def _place(kept: wallet.Kept) -> str | None:
    """Where it was received from."""
    return kept.source if kept.source.startswith(("https://", "http://")) else None
