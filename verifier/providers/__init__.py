"""Platforms: which one an address belongs to, and how what it answers is read.

A platform is a file here with one `Provider` in it and a line in `registry`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from msgspec.structs import replace

from verifier.addresses import LENGTH, Address, proven_name, read_address
from verifier.errors import Malformed
from verifier.model import Document
from verifier.providers.wrappers import unwrap, wraps

if TYPE_CHECKING:
    from verifier.providers.pages import Page
    from verifier.providers.platform import Match, Provider, Shape

__all__ = [
    "at_home",
    "at_its_platform",
    "discreet",
    "find",
    "forget",
    "is_closed",
    "issued_through",
    "known_as",
    "locate",
    "named",
    "unwrap",
    "wraps",
]

#: An address that holds an e-mail address tells of its reader or its holder.
_MAIL = re.compile(r"@|%40|identity__email", re.IGNORECASE)


def _every() -> tuple[Provider, ...]:
    from verifier.providers import registry  # here: many a badge has to do with none of them

    return registry.PROVIDERS


def find(url: str) -> Match | None:
    """The platform that `url` belongs to; `None` for no platform's address, a look-alike's, or no
    address at all.

    What is wrapped around the address of a platform is taken off: then `kind` is `wrapper`, and
    the rest tells of what was found within.
    """
    located = locate(url)
    if located is not None:
        return located[0]
    within = unwrap(url)
    located = None if within is None else locate(within)
    if located is None:
        return None
    return replace(located[0], kind="wrapper")


def locate(url: str) -> tuple[Match, Shape] | None:
    """The platform that `url`, as it stands, belongs to, and the shape by which it was found."""
    try:
        address = read_address(url)
    except Malformed:
        return None
    return _locate(address)


def _locate(address: Address) -> tuple[Match, Shape] | None:
    for provider in _every():
        found = provider.match(address)
        if found is not None:
            return found
    return None


def is_closed(url: str) -> bool:
    """Whether a platform's terms keep programs from `url`: not from what its shapes ask for, nor
    from a short link.
    """
    try:
        return _is_closed(read_address(url))
    except Malformed:
        return False


@lru_cache(maxsize=4096)
def _is_closed(address: Address) -> bool:
    if not any(provider.keeps_out(address) for provider in _every()):
        return False
    located = _locate(address)
    return located is None or (located[1].asks is None and located[1].kind != "short_link")


def forget() -> None:
    """Let go of the addresses that were asked about last."""
    _is_closed.cache_clear()


def at_its_platform(page: Page) -> Match | None:
    """The award, at its own platform, that `page` shows under another name. Run it in a worker."""
    labelled = (provider.white_label(page) for provider in _every())
    return next((match for match in labelled if match is not None), None)


def named(name: str | None) -> Provider | None:
    """The platform of this name."""
    if name is None:
        return None
    return next((one for one in _every() if one.name == name), None)


def issued_through(issuer_id: str | None) -> str | None:
    """The platform on whose own host the issuer's id lives."""
    host = proven_name(issuer_id)
    if host is None or host.startswith("did:"):
        return None
    return _hosts().get(host)


@cache
def _hosts() -> Mapping[str, str]:
    """The platform of each host on which issuers' ids live; of two on one the first counts."""
    return {host: one.name for one in reversed(_every()) for host in one.issuers}


def known_as(url: str | None, kind: str) -> str | None:
    """One name for the thing of this `kind` that `url` leads to at a platform, the same for every
    address of it; `None` for any other address.
    """
    located = None if url is None else locate(unwrap(url) or url)
    if located is None or located[0].kind != kind:
        return None
    match, _ = located
    platform = named(match.provider)
    return None if platform is None else f"{match.provider} {kind} {platform.names(match)}"


def at_home(document: Document, name: str) -> bool:
    """Whether the platform of this `name` gave the answer itself: the host that was asked, or an
    address that belongs to the platform.
    """
    final = document.final_url or document.url
    led = locate(final)
    if led is not None and led[0].provider == name:
        return True
    try:
        return read_address(final).origin == read_address(document.url).origin
    except Malformed:
        return False


def discreet(url: str) -> str:
    """`url` as it may be shown and kept: unwrapped, and without anybody's e-mail address where the
    platform's canonical address does without. Of a wrapper around nothing only the place is shown.
    """
    if ":" not in url:
        return url  # no address: what a file is called
    within = unwrap(url)
    if within is None and (wraps(url) or _too_long(url)):
        return re.split(r"[?#]", url, maxsplit=1)[0]
    plain = within or url
    located = locate(plain) if _MAIL.search(plain) else None
    return plain if located is None else located[0].canonical


def _too_long(text: str) -> bool:
    return len(text) > LENGTH and re.match("https?:", text, re.IGNORECASE) is not None
