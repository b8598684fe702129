"""The wallet's badges as they are offered for a presentation, and those chosen made ready."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import anyio
from msgspec import Struct

from verifier.ports import Workers
from wallet_server.own_keys import HOLDER, KeyLost, OwnKey, own_key
from wallet_server.presenting.choosing import CannotPresent, presentable, why_not
from wallet_server.presenting.requests import Asked
from wallet_server.presenting.signing import MOST, present
from wallet_server.services import Services
from wallet_server.stacks.awards import Card
from wallet_server.store import stacks, wallet
from wallet_server.store.database import Database
from wallet_server.store.wallet import Kept
from wallet_server.verification import now


class Offer(Struct, frozen=True):
    """One card of the wallet, by the credential of it that would be presented; `why_not` is why
    none of it can be.
    """

    id: str
    name: str
    issuer: str
    verdict: str
    why_not: str | None


def offers(database: Database) -> list[Offer]:
    """Every card: those that can be presented first, each lot by name."""
    found = [_offer(card) for card in stacks.all_cards(database)]
    return sorted(found, key=lambda one: (one.why_not is not None, one.name.casefold(), one.id))


def _offer(card: Card) -> Offer:
    every = list(zip(card.credentials, card.reports, strict=True))
    credential_id, report = next((one for one in every if why_not(one[1]) is None), every[0])
    said = report["credential"]
    issuer = said["issuer"]["name"] if said["issuer"]["vouched_by"] else said["issuer"]["proven"]
    name = said["name"] or "A badge without a name"
    return Offer(credential_id, name, issuer or "", report["verdict"], why_not(report))


async def answer(parts: Services, asked: Asked, chosen: Sequence[str]) -> bytes:
    """The signed answer with the credentials of these ids. Raises `CannotPresent`, `KeyLost`."""
    held = []
    for identifier in dict.fromkeys(chosen[: MOST + 1]):
        kept = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
        if kept is None:
            raise CannotPresent(f"There is no badge “{identifier[:40]}” in the wallet.")
        held.append(kept)
    return await signed(held, asked, await holder_key(parts.data), parts.bench.workers, now())


async def signed(
    held: Sequence[Kept], asked: Asked, key: OwnKey, workers: Workers, moment: datetime
) -> bytes:
    """The signed answer with these credentials. Raises `CannotPresent`."""
    ready = []
    for kept in held[: MOST + 1]:
        try:
            ready.append(await presentable(kept, workers))
        except CannotPresent as error:
            name = kept.report["credential"]["name"] or "A badge without a name"
            raise CannotPresent(f"“{name}” can't be presented. {error}") from error
    return await present(ready, asked, key, workers, moment)


async def holder_key(data: Path) -> OwnKey:
    """The key of the wallet's owner. Raises `KeyLost`."""
    try:
        return await anyio.to_thread.run_sync(own_key, data, HOLDER)
    except OSError as error:
        raise KeyLost(f"The key can't be kept: {error.strerror or error}.") from error
