"""Which IP addresses and host names belong to the public web: everything else is never dialled.

Our own table, because the language's `is_global` calls loopback, metadata and tunnel addresses
public in some spellings. The ranges are those of IANA's special-purpose registries (RFC 6890), plus
every prefix that carries an IPv4 address inside an IPv6 one and the addresses at which clouds hand
out credentials.
"""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

#: Refused: range, and why.
NOT_PUBLIC = (
    ("0.0.0.0/8", "this network"),
    ("10.0.0.0/8", "private use"),
    ("100.64.0.0/10", "shared address space of carriers, and a cloud's metadata"),
    ("127.0.0.0/8", "loopback"),
    ("168.63.129.16/32", "a cloud's own agent"),
    ("169.254.0.0/16", "link-local, and metadata of most clouds"),
    ("172.16.0.0/12", "private use"),
    ("192.0.0.0/24", "protocol assignments, and a cloud's metadata"),
    ("192.0.2.0/24", "documentation"),
    ("192.31.196.0/24", "AS112"),
    ("192.52.193.0/24", "multicast tunnels"),
    ("192.88.99.0/24", "6to4 relays"),
    ("192.168.0.0/16", "private use"),
    ("192.175.48.0/24", "AS112"),
    ("198.18.0.0/15", "benchmarks"),
    ("198.51.100.0/24", "documentation"),
    ("203.0.113.0/24", "documentation"),
    ("224.0.0.0/4", "multicast"),
    ("240.0.0.0/4", "reserved, and broadcast"),
    # Of IPv6 only 2000::/3 is handed out for the public web; the rest is refused in one line each.
    ("::/3", "unspecified, loopback, IPv4 mapped, compatible and translated, NAT64, discard only"),
    ("4000::/2", "not handed out"),
    ("8000::/1", "not handed out, unique local, link-local, site-local, multicast"),
    ("2001::/23", "protocol assignments, Teredo and benchmarks among them"),
    ("2001:db8::/32", "documentation"),
    ("2002::/16", "6to4: an IPv4 address inside"),
    ("2620:4f:8000::/48", "AS112"),
    ("3ffe::/16", "the former test network"),
    ("3fff::/20", "documentation"),
)

#: Refused before any name is looked up, these and everything below them.
NOT_PUBLIC_NAMES = (
    "localhost",
    "localdomain",
    "local",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "onion",
)

_NETWORKS = tuple(ip_network(text) for text, _ in NOT_PUBLIC)


def is_public_address(text: str) -> bool:
    """Whether `text` is an IP address of the public web; anything that is no IP address is not."""
    address = literal(text)
    if address is None:
        return False
    return not any(
        address in network for network in _NETWORKS if network.version == address.version
    )


def is_public_name(host: str) -> bool:
    """Whether a host *name* may be looked up at all: it has a dot and is not a local one."""
    name = host.lower().rstrip(".")
    return "." in name and not any(
        name == local or name.endswith(f".{local}") for local in NOT_PUBLIC_NAMES
    )


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """`host` as the IP address it is written as; `None` for a name, or for one with a zone."""
    if "%" in host:
        return None
    try:
        return ip_address(host)
    except ValueError:
        return None
