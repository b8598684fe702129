"""Everything that leads to one place: drawn together once somebody wants to hand a badge on."""

from __future__ import annotations

import base64
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from wallet_server.handing.badge import Badge
from wallet_server.handing.codes import Code, code
from wallet_server.handing.links import Link, add_to_profile, share_links
from wallet_server.handing.markup import Embed, Signature, embed, signature
from wallet_server.handing.places import Place


class Kit(Struct, frozen=True):
    """What leads to `place`; `profile` is LinkedIn's form for it, filled in."""

    place: Place
    code: Code
    signature: Signature
    embed: Embed
    profile: str
    links: tuple[Link, ...]


def kit_for(badge: Badge, place: Place) -> Kit:
    """The kit of a badge that holds."""
    return Kit(
        place,
        code(place.address),
        signature(badge, place),
        embed(badge, place),
        add_to_profile(badge.report, place.address),
        share_links(badge, place.address),
    )


def as_object(badge: Badge, kit: Kit | None) -> dict[str, Any]:
    """For programs (contract, section 4): `kit` is `null` where there is nothing to lead to."""
    return {
        "id": badge.id,
        "verdict": badge.report["verdict"],
        "headline": badge.report["headline"],
        "checked_at": badge.checked_at,
        "why": badge.why,
        "kit": None if kit is None else _object(kit),
    }


def _object(kit: Kit) -> dict[str, Any]:
    return {
        "place": asdict(kit.place),
        "code": {
            "svg": kit.code.svg.decode("utf-8"),
            "png": base64.b64encode(kit.code.png).decode("ascii"),
        },
        "signature": asdict(kit.signature),
        "embed": asdict(kit.embed),
        "add_to_profile": kit.profile,
        "links": [asdict(link) for link in kit.links],
    }
