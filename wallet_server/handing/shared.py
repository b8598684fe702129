"""A share as the place that a badge's kit leads to, for a badge without an address of its own or
where its owner would rather show it here.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from verifier.errors import Malformed
from wallet_server.handing.badge import Badge
from wallet_server.handing.places import Place, picture_at
from wallet_server.sharing.draft import NAME, read
from wallet_server.sharing.shown import shown
from wallet_server.store import shares
from wallet_server.store.database import Database

#: The path that tells of itself that a badge is there, by which our extension knows it anywhere.
_PATH = "/s/{secret}/badge"
_SECRET = re.compile(r"/s/([\w-]{43})(?:/badge)?/?", re.ASCII)
_CLOSED = (
    "This server answers on this machine alone, so nobody else could open a share link. Name the "
    "address under which others reach it in TOUCHSTONE_PUBLIC, or hand on the file."
)
_NO_SHARE = (
    "That is no share link of this server. Copy the whole of it, as it was shown when it was made."
)
_OVER = "That share was ended, or its time is up. Make another."
_ANOTHERS = "That share shows other badges than this one. Give the link of one for it alone."


def make_share(
    database: Database, badge: Badge, origin: str | None, now: datetime
) -> tuple[Badge, Place]:
    """A new share of all of the badge, until its owner ends it, under the public `origin`; its
    address is told now and never again. Raises `Malformed`. Blocks.
    """
    if origin is None:
        raise Malformed("share.closed", _CLOSED)
    draft = read([badge.id], name=badge.name[:NAME], expires_at=None)
    share, secret = shares.make(database, draft, now)
    return _place(badge, share, secret, origin)


def place_at(
    database: Database, badge: Badge, link: str, origin: str | None, now: datetime
) -> tuple[Badge, Place]:
    """The place that a share's link leads to, if it shows this badge alone, and the badge with
    nothing that the share leaves off. Raises `Malformed`. Blocks.
    """
    if origin is None:
        raise Malformed("share.closed", _CLOSED)
    at = link.strip()
    found = _SECRET.fullmatch(at.removeprefix(origin)) if at.startswith(f"{origin}/") else None
    if found is None:
        raise Malformed("share.link", _NO_SHARE)
    share = shares.find(database, found[1], now)
    if share is None:
        raise Malformed("share.over", _OVER)
    if not set(share.badges) <= {badge.id, *badge.forms}:
        raise Malformed("share.other", _ANOTHERS)
    return _place(badge, share, found[1], origin)


def _place(badge: Badge, share: shares.Share, secret: str, origin: str) -> tuple[Badge, Place]:
    seen = replace(badge, report=shown(badge.report, share.fields))
    address = f"{origin}{_PATH.format(secret=secret)}"
    return seen, Place(address, picture_at(seen.report["credential"]["image"]), is_own=False)
