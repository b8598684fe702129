"""Receipts as the server gives them out and takes them in: signed with the installation's key."""

from __future__ import annotations

from collections.abc import Sequence

import anyio
from msgspec import Struct

from verifier.errors import Malformed, TooCostly
from wallet_server.own_keys import RECEIPTS, KeyLost, known_did, own_key
from wallet_server.receipts.finding import receipts_in
from wallet_server.receipts.making import Draft, Made, draft, restored, signed, written
from wallet_server.receipts.offered import Offer
from wallet_server.receipts.paper import paper
from wallet_server.receipts.replaying import Replayed, replay_all
from wallet_server.refusals import Refusal
from wallet_server.services import Context, Services
from wallet_server.store import challenges, wallet
from wallet_server.verification import now
from wallet_server.watch.looking import found_about

_NO_BADGE = Refusal(404, "not_found", "There is no such credential in the wallet.")
_UNREAD = Refusal(
    409,
    "unread",
    "There is no receipt of it: it can't be read any more as it once was, neither at its address "
    "nor from the copy kept.",
)
_NO_ANSWER = Refusal(404, "not_found", "There is no receipt: that challenge was not answered.")


class File(Struct, frozen=True):
    """Receipts of one file, and the file."""

    receipts: tuple[Made, ...]
    content: bytes


async def of_wallet(parts: Services, identifier: str) -> Offer:
    """A badge of the wallet, checked anew and held against nobody. Raises `Refusal`."""
    kept = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    if kept is None:
        raise _NO_BADGE
    found = await found_about(parts, kept, now(), Context(), label="badge", anew=True)
    offer = None if found.verified is None else Offer.of(found.verified)
    if offer is None:
        raise _UNREAD
    return offer


async def of_challenge(parts: Services, identifier: str) -> Draft:
    """An answered challenge, as it was found when it was answered. Raises `Refusal`."""
    kept = await anyio.to_thread.run_sync(challenges.grounds, parts.database, identifier)
    if kept is None:
        raise _NO_ANSWER
    return await anyio.to_thread.run_sync(restored, kept)


async def signed_file(parts: Services, drafts: Sequence[Draft | Offer]) -> File:
    """The file of their receipts, signed now. Raises `Refusal`."""
    try:
        return await anyio.to_thread.run_sync(_signed, parts, drafts)
    except Malformed as error:
        raise Refusal(413, "receipt_size", error.says) from error
    except (KeyLost, OSError) as error:
        says = f"The receipt could not be signed. {error}"
        raise Refusal(503, "key", says) from error


async def on_paper(parts: Services, file: File) -> bytes:
    """The file as PDF. Raises `Refusal`."""
    receipts = [one.signed for one in file.receipts]
    try:
        return await parts.bench.workers.run(paper, receipts, file.content)
    except (Malformed, TooCostly) as error:
        says = error.says if isinstance(error, Malformed) else "Setting this takes too much work."
        raise Refusal(413, "receipt_size", f"{says} Take the receipt as JSON.") from error


async def replayed(parts: Services, content: bytes) -> list[Replayed]:
    """Every receipt in a file, derived again from what the file holds. Raises `Malformed`."""
    try:
        receipts = await parts.replaying.run(receipts_in, content)
        return await replay_all(receipts, parts.replaying)
    except TooCostly as error:
        says = "Replaying it would take more work than any receipt needs, so it was stopped."
        raise Malformed("receipt.cost", says) from error


async def own_did(parts: Services) -> str | None:
    """Whom this installation's receipts are signed by; `None` while it made none."""
    try:
        return await anyio.to_thread.run_sync(known_did, parts.data, RECEIPTS)
    except KeyLost:
        return None


def _signed(parts: Services, drafts: Sequence[Draft | Offer]) -> File:
    key, at = own_key(parts.data, RECEIPTS), now()
    made = tuple(signed(_draft(one), key, at) for one in drafts)
    return File(made, written(made))


def _draft(one: Draft | Offer) -> Draft:
    return one if isinstance(one, Draft) else draft(one.report, one.grounds)
