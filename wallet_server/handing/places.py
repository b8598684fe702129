"""Where whoever is handed a badge finds its proof: the award's own address in the public web, or
one at which the owner shares it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.providers import discreet, known_as, locate
from wallet_server.public_addresses import is_public_address, is_public_name

#: Codes of an award whose own address was read for the verdict.
_READ_THERE = frozenset(("hosted", "issuer_page"))


class Place(Struct, frozen=True):
    """An `address` that leads to the proof, and the address of a `picture` of the badge that pages
    may show, if there is one. `is_own` where the award itself is there, else the owner shares it.
    """

    address: str
    picture: str | None
    is_own: bool

    @property
    def is_known(self) -> bool:
        """Whether Touchstone's extension takes the address for a badge's wherever it stands: a
        platform's, or a share's that tells it of itself.
        """
        return locate(self.address) is not None or self.address.endswith("/badge")


def own_place(report: Mapping[str, Any]) -> Place | None:
    """Where the award that `report` (the contract's object) is about can be seen by anybody: an
    award's address at a platform, or one at the very host that its proof ties it to, where it was
    read. `None` where nothing of that kind is known. The address of a record is none: it shows all
    of its holder's awards, to whoever has the link.
    """
    credential, genuine = report["credential"], report["checks"][0]
    if genuine["outcome"] != "passed" or credential["kind"] == "record":
        return None
    for one in _read_at(report):
        address = _award(one, credential["issuer"]["proven"])
        if address is not None:
            return Place(address, picture_at(credential["image"]), is_own=True)
    return None


def _read_at(report: Mapping[str, Any]) -> Iterator[str]:
    """Addresses at which the award was read for `report`. What it came from need be none of them:
    a file may be called anything, another award's address too.
    """
    source, id = report["source"], report["credential"]["id"]
    was_read = id is not None and report["checks"][0]["code"] in _READ_THERE
    is_same = was_read and known_as(source, "award") == known_as(id, "award") is not None
    if is_same or any(one["url"] == source and one["status"] == 200 for one in report["contacted"]):
        yield source
    if was_read:
        yield id


def picture_at(image: str | None) -> str | None:
    """The address of the badge's picture, where it has one that pages elsewhere can show."""
    return image if image is not None and _is_public(image) else None


def _award(url: str, proven: str | None) -> str | None:
    if not _is_public(url):
        return None
    located = locate(url)
    if located is None:
        return discreet(url) if read_address(url).host == proven else None
    match, _ = located
    is_award = match.kind == "award" and _is_public(match.canonical)
    return match.canonical if is_award else None


def _is_public(url: str) -> bool:
    """Whether anybody can reach it, over https."""
    try:
        address = read_address(url)
    except Malformed:
        return False
    reachable = is_public_name(address.host) or is_public_address(address.host)
    return address.scheme == "https" and reachable
