"""A badge and its file, for a page or a program that asks for them."""

from __future__ import annotations

from functools import partial

import anyio

from verifier.errors import Malformed, NoCredential, TooCostly
from wallet_server.handing import badge as wallet
from wallet_server.handing.badge import Badge
from wallet_server.handing.baking import BakedFile, baked_file
from wallet_server.handing.places import Place
from wallet_server.handing.shared import make_share, place_at
from wallet_server.refusals import Refusal
from wallet_server.services import Services
from wallet_server.verification import now

_GONE = Refusal(404, "not_found", "There is no such credential in the wallet.")
_TOO_COSTLY = "Baking this badge takes more than any badge needs. Hand on the file as it came."


async def found(parts: Services, identifier: str) -> Badge:
    """The badge with this id. Raises `Refusal`."""
    badge = await anyio.to_thread.run_sync(wallet.find, parts.database, identifier)
    if badge is None:
        raise _GONE
    return badge


async def shared(parts: Services, badge: Badge, link: str | None) -> tuple[Badge, Place]:
    """The share whose link is given, or a new one, as the place to lead to, and the badge with
    nothing that it leaves off. Raises `Malformed`, for a badge that does not hold too.
    """
    if badge.why is not None:
        raise Malformed("share.why", badge.why)
    if link:
        at = partial(place_at, parts.database, badge, link, parts.public, now())
        return await anyio.to_thread.run_sync(at)
    made = partial(make_share, parts.database, badge, parts.public, now())
    return await anyio.to_thread.run_sync(made)


async def baked(parts: Services, badge: Badge) -> BakedFile:
    """The file with the badge in it. Raises `NoCredential`, saying why there is none."""
    if badge.why is not None:
        raise NoCredential("not_a_badge", badge.why)
    of = await anyio.to_thread.run_sync(wallet.sources, parts.database, badge)
    try:
        return await parts.bench.workers.run(baked_file, of)
    except TooCostly as error:
        raise NoCredential("too_large", _TOO_COSTLY) from error
