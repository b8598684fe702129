"""Web addresses of people: their profiles and their own pages."""

from __future__ import annotations

import re
from urllib.parse import unquote

import idna
from msgspec import Struct

from verifier.addresses import read_address
from verifier.errors import Malformed
from verifier.identifiers.fit import OTHER, SAME, UNCLEAR, Fit, Level, Spellings

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_LINKEDIN = re.compile(r"(?:[a-z]{2,3}\.)?linkedin\.com")
_GITHUB = "github.com"


class _Page(Struct, frozen=True):
    """`person` is set where the site names people without regard to case: then nothing else
    counts.
    """

    host: str
    path: str
    rest: str
    person: str | None = None


def compare(value: str, stated: str) -> Fit:
    """Whether both lead to one page: by http or https, with and without `www.` and a last slash.
    People have profiles at several sites, so that one at another site is merely another.
    """
    one, other = _read(value), _read(stated)
    if one is None or other is None:
        return UNCLEAR
    if one.host != other.host:
        return Fit(Level.NEAR, "another_site")
    if one.person or other.person:
        if one.person and other.person:
            return SAME if one.person == other.person else OTHER
        return UNCLEAR
    if one == other:
        return SAME
    if one.path.casefold() == other.path.casefold():
        return Fit(Level.UNCLEAR, "another_part" if one.path == other.path else "letter_case")
    return OTHER


def spellings(stated: str) -> Spellings:
    """What an issuer may have hashed of this address."""
    yield stated.strip(), None
    page = _read(stated)
    if page is None:
        return
    for start in ("https://", "https://www.", "http://", "http://www."):
        for end in ("", "/"):
            yield f"{start}{page.host}{page.path}{end if not page.rest else page.rest}", None


def _read(text: str) -> _Page | None:
    text = text.strip()
    schemed = _SCHEME.match(text) and "://" in text
    address, hash_sign, fragment = (text if schemed else f"https://{text}").partition("#")
    scheme, _, behind = address.partition("://")
    end = min((behind.find(sign) for sign in "/?" if sign in behind), default=len(behind))
    try:
        host = behind[:end] if behind.isascii() else idna.encode(behind[:end], uts46=True).decode()
        read = read_address(f"{scheme.lower()}://{host}{behind[end:]}")
    except (Malformed, idna.IDNAError):
        return None
    if "." not in read.host:
        return None
    host = read.host.removeprefix("www.") + ("" if read.port in (80, 443) else f":{read.port}")
    rest = ("" if read.query is None else f"?{read.query}") + hash_sign + fragment
    steps = [unquote(step).casefold() for step in read.path.split("/") if step]
    if _LINKEDIN.fullmatch(host):
        host, person = "linkedin.com", steps[1] if len(steps) > 1 and steps[0] == "in" else None
    else:
        person = steps[0] if host == _GITHUB and len(steps) == 1 else None
    return _Page(host, unquote(read.path).rstrip("/"), "" if person else rest, person)
