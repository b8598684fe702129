"""Platforms: which one an address belongs to, and where the credential behind it can be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verifier.addresses import Address, proven_name, read_address
from verifier.errors import Malformed
from verifier.providers import credly


@dataclass(frozen=True)
class Match:
    """An address that belongs to a platform.

    `kind` is one of the contract's nine words (section 5), `id` the platform's own identifier,
    `canonical` the one spelling of the address; `credential` is where the machine-readable
    credential is, `None` where there is none.
    """

    provider: str
    kind: str
    id: str
    canonical: str
    credential: str | None = None


@dataclass(frozen=True)
class Provider:
    """One platform: its name, the exact hosts on which issuers' ids live, and how its addresses are
    read.
    """

    name: str
    hosts: frozenset[str]
    find: Callable[[Address], tuple[str, str, str, str | None] | None]


PROVIDERS: tuple[Provider, ...] = (Provider("credly", credly.HOSTS, credly.find),)


def find(url: str) -> Match | None:
    """The platform that `url` belongs to; `None` for no platform's address, a look-alike's, or no
    address at all.
    """
    try:
        address = read_address(url)
    except Malformed:
        return None
    for provider in PROVIDERS:
        found = provider.find(address)
        if found is not None:
            return Match(provider.name, *found)
    return None


def issued_through(issuer_id: str | None) -> str | None:
    """The platform on whose own host the issuer's id lives."""
    host = proven_name(issuer_id)
    return next((provider.name for provider in PROVIDERS if host in provider.hosts), None)
