"""Links that open a form at somebody else's service with the badge filled in. Nothing is loaded
from any of them until their reader presses one.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote, urlencode

from msgspec import Struct

from verifier.dates import read_moment
from verifier.providers import locate
from wallet_server.handing.badge import Badge
from wallet_server.plain_text import plain

#: Letters of a title, a name and an id that LinkedIn's form takes.
_TITLE, _NAME, _ID = 255, 100, 80


class Link(Struct, frozen=True):
    """Where a network takes a link, by the network's `name`."""

    name: str
    url: str


def add_to_profile(report: Mapping[str, Any], address: str | None) -> str:
    """LinkedIn's form for licences and certifications, filled in as the badge of `report` (the
    contract's object) says; `address` leads to its proof, if there is one.
    """
    credential = report["credential"]
    issuer = credential["issuer"]
    located = None if address is None else locate(address)
    issued, expires = (_month(credential[one]) for one in ("issued", "expires"))
    filled = {
        "startTask": "CERTIFICATION_NAME",
        "name": plain(credential["name"] or "", _TITLE),
        "organizationName": plain(issuer["name"] or issuer["proven"] or "", _NAME),
        **({"issueYear": issued[0], "issueMonth": issued[1]} if issued else {}),
        **({"expirationYear": expires[0], "expirationMonth": expires[1]} if expires else {}),
        "certUrl": address or "",
        "certId": located[0].id if located else _own_id(credential["id"]),
    }
    given = {name: value for name, value in filled.items() if value}
    return f"https://www.linkedin.com/profile/add?{urlencode(given, quote_via=quote)}"


def share_links(badge: Badge, address: str) -> tuple[Link, ...]:
    """The places where a link can be posted or sent."""
    said = f"{badge.name}, issued by {badge.issuer}" if badge.issuer else badge.name
    both = f"{said} {address}"
    return (
        Link("LinkedIn", _with("https://www.linkedin.com/sharing/share-offsite/", url=address)),
        Link("Facebook", _with("https://www.facebook.com/sharer/sharer.php", u=address)),
        Link("X", _with("https://x.com/intent/post", text=said, url=address)),
        Link("Bluesky", _with("https://bsky.app/intent/compose", text=both)),
        Link("WhatsApp", _with("https://wa.me/", text=both)),
        Link("E-mail", _with("mailto:", subject=badge.name, body=f"{said}\n{address}")),
    )


def _with(at: str, **parameters: str) -> str:
    return f"{at}?{urlencode(parameters, quote_via=quote)}"


def _month(moment: str | None) -> tuple[int, int] | None:
    """Year and month of an RFC 3339 moment."""
    if moment is None:
        return None
    read = read_moment(moment)
    return read.year, read.month


def _own_id(id: str | None) -> str:
    """The badge's id, where it is short enough for the form and no address."""
    return id if id is not None and len(id) <= _ID and "/" not in id else ""
