"""Which addresses an issuer's profile stands for (Open Badges 2.0, "VerificationObject").

Boundaries are those of parsed addresses: `https://a.example` is no beginning of
`https://a.example.evil.example`.
"""

from __future__ import annotations

import re

from msgspec import Struct

from verifier.addresses import Address, is_address, read_address
from verifier.model import JsonObject
from verifier.parse.members import present
from verifier.parse.open_badges_2_chain import PLATFORMS

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})*")


class Scope(Struct, frozen=True):
    """Which assertions an issuer's profile stands for.

    The hosts and prefixes it declares; where it declares neither, every address on the host of its
    own id.
    """

    home: Address
    hosts: frozenset[str] = frozenset()
    prefixes: tuple[Address, ...] = ()

    def holds(self, address: Address) -> bool:
        """Whether `address` lies within. Where hosts and prefixes are declared, both must fit."""
        if not self.hosts and not self.prefixes:
            return same_host(self.home, address)
        listed = not self.hosts or (address.host in self.hosts and _default_port(address))
        return listed and (
            not self.prefixes or any(_starts_with(address, one) for one in self.prefixes)
        )


def read_scope(home: Address, profile: JsonObject) -> Scope:
    """The scope that `profile`, read from `home`, declares.

    `allowedOrigins` are host names and `startsWith` addresses; what is neither is left out, since
    a half-read rule would let in too much.
    """
    declared = next(iter(present(profile.get("verification"))), None)
    rules = declared if isinstance(declared, dict) else {}
    hosts = frozenset(
        value.lower()
        for value in present(rules.get("allowedOrigins"))
        if isinstance(value, str) and "." in value and _HOST.fullmatch(value.lower())
    )
    prefixes = tuple(
        read_address(value) for value in present(rules.get("startsWith")) if is_address(value)
    )
    return Scope(home, hosts, prefixes)


def same_host(one: Address, other: Address) -> bool:
    """One host and port, http and https alike, or two hosts of one platform."""
    if one.host == other.host:
        return one.port == other.port or (_default_port(one) and _default_port(other))
    both = {one.host, other.host}
    secure = one.scheme == other.scheme == "https" and one.port == other.port
    return secure and any(both <= hosts for hosts, _ in PLATFORMS)


def same_place(one: Address, other: Address) -> bool:
    """The same host, with or without `www.`."""
    return same_host(one, other) or (
        one.host.removeprefix("www.") == other.host.removeprefix("www.")
        and _default_port(one)
        and _default_port(other)
    )


def _default_port(address: Address) -> bool:
    return address.port == (443 if address.scheme == "https" else 80)


def _starts_with(address: Address, prefix: Address) -> bool:
    """Whether `address` begins with `prefix`, its origin whole.

    A prefix may end within the last segment of the address, as in `/award-` for `/award-7.json`,
    but not within a folder: `/badges` is no beginning of `/badges-evil/1`.
    """
    if address.origin != prefix.origin:
        return False
    if prefix.query is not None:
        return address.path == prefix.path and (address.query or "").startswith(prefix.query)
    if not address.path.startswith(prefix.path):
        return False
    rest = address.path[len(prefix.path) :]
    return prefix.path.endswith("/") or rest.startswith("/") or "/" not in rest
