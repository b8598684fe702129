"""Other people's words around an address: redirectors, link scanners, picture proxies.

The true address stands within the wrapped one, so it is taken out without asking anybody. Only on
exactly these hosts; what comes out is an https address (old pages hold http: that is asked for
over https), and what the wrapper tells of its reader is left behind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import parse_qs, unquote

from msgspec import Struct

from verifier.addresses import Address, read_address
from verifier.errors import Malformed

#: A scanner's link to a redirector's link to a redirector's link: more is nobody's honest address.
STEPS = 5


class Wrapper(Struct, frozen=True):
    """One kind of wrapping: where it is found, and which part of it is the true address.

    `part` names a query parameter; `#` is the fragment; anything else in brackets is the named
    group of `path`.
    """

    host: str
    path: str
    part: str
    decode: Callable[[str], str] = str


def _proofpoint_2(text: str) -> str:
    """Proofpoint's URL Defense 2: `-` for `%` and `_` for `/`."""
    return unquote(text.replace("-", "%").replace("_", "/"))


_LINKEDIN = r"(?:[a-z]{2,3}\.)?linkedin\.com"
_GOOGLE = r"(?:www\.)?google\.com"

WRAPPERS: tuple[Wrapper, ...] = (
    # Its `data` holds the reader's own e-mail address.
    Wrapper(r"[a-z0-9-]+\.safelinks\.protection\.outlook\.com", r"/(?:ap/[^/]+/)?", "url"),
    Wrapper(_GOOGLE, r"/url", "q"),
    Wrapper(_GOOGLE, r"/url", "url"),
    Wrapper(_LINKEDIN, r"/safety/go/?", "url"),
    Wrapper(_LINKEDIN, r"/redir/redirect/?", "url"),
    Wrapper(_LINKEDIN, r"/profile/add/?", "certUrl"),
    # Beside the address it holds the earner's e-mail address.
    Wrapper(r"(?:www\.)?badgecheck\.io", r"/", "url"),
    Wrapper(r"ci\d+\.googleusercontent\.com", r"/(?:meips|proxy)/.+", "#"),
    Wrapper(r"urldefense\.proofpoint\.com", r"/v1/url", "u"),
    Wrapper(r"urldefense\.proofpoint\.com", r"/v2/url", "u", _proofpoint_2),
    # A `*` stands for a character that is kept elsewhere in it: such an address is left alone.
    Wrapper(r"urldefense\.(?:proofpoint\.)?com", r"/v3/__(?P<target>[^*]+?)__;.*", "{target}"),
)


def unwrap(url: str) -> str | None:
    """The address within `url`, however often it is wrapped; `None` where `url` is no wrapper, or
    what it holds is no address.
    """
    inner, found = url, False
    for _ in range(STEPS):
        step = _once(inner)
        if step is None:
            return inner if found else None
        inner, found = step, True
        if not inner:
            return None
    return None


def wraps(url: str) -> bool:
    """Whether `url` is a wrapper's, whatever it holds."""
    return _once(url) is not None


def _once(url: str) -> str | None:
    """`None`: not wrapped. Empty: wrapped around something that is no address."""
    try:
        address = read_address(url)
    except Malformed:
        return None
    for wrapper in WRAPPERS:
        if _is_at(wrapper, address):
            part = _part(wrapper, address, url)
            if part is not None:
                return _address(wrapper.decode(part))
    return "" if any(_is_at(wrapper, address) for wrapper in WRAPPERS) else None


def _is_at(wrapper: Wrapper, address: Address) -> bool:
    return (
        address.port == (443 if address.scheme == "https" else 80)
        and re.fullmatch(wrapper.host, address.host) is not None
        and re.fullmatch(wrapper.path, address.path) is not None
    )


def _part(wrapper: Wrapper, address: Address, url: str) -> str | None:
    if wrapper.part == "#":
        return url.partition("#")[2] or None
    if wrapper.part.startswith("{"):
        found = re.fullmatch(wrapper.path, address.path)
        return found[wrapper.part.strip("{}")] if found else None
    values = parse_qs(address.query or "").get(wrapper.part, [])
    return values[0] if len(values) == 1 else None


def _address(text: str) -> str:
    """`text` as an https address where it is an address, else nothing."""
    try:
        address = read_address(text)
    except Malformed:
        return ""
    if address.scheme == "https":
        return text
    return f"https:{text.partition(':')[2]}" if address.port == 80 else ""
