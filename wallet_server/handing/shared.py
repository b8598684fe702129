"""A share as the place that a badge's kit leads to, for a badge without an address of its own or
where its owner would rather show it here.
"""

from __future__ import annotations

import re
from datetime import datetime

from msgspec.structs import replace

from verifier.errors import Malformed
from wallet_server.handing.badge import Badge
from wallet_server.handing.places import Place, picture_at
from wallet_server.sharing.draft import NAME, read
from wallet_server.sharing.shown import shown, shows_all
from wallet_server.store import shares, thumbnails
from wallet_server.store.database import Database

#: After a share's address: it tells of itself that a badge is there, which can be checked, and our
#: extension knows it by that wherever it stands.
_BADGE = "/badge"
#: Of small pictures, the kind that a share gives out as PNG.
_DRAWN = "image/webp"
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
    return _place(database, badge, share, secret, origin)


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
    if len(share.badges) > 1 or share.badges[0] not in (badge.id, *badge.forms):
        raise Malformed("share.other", _ANOTHERS)
    return _place(database, badge, share, found[1], origin)


def _place(
    database: Database, badge: Badge, share: shares.Share, secret: str, origin: str
) -> tuple[Badge, Place]:
    seen = replace(badge, report=shown(badge.report, share.fields))
    here = f"{origin}/s/{secret}"
    picture = picture_at(seen.report["credential"]["image"])
    small = thumbnails.find(database, share.badges[0]) if "picture" in share.fields else None
    if small is not None and small.media_type == _DRAWN:
        picture = f"{here}/1/picture.png"
    address = f"{here}{_BADGE}" if shows_all(share.fields) else here
    return seen, Place(address, picture, is_own=False)
