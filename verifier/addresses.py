"""Web addresses read strictly: what two programs could read as two different hosts is refused.

RFC 3986 for the grammar; user names, odd ports, backslashes, escapes within the host and
non-canonical IPv4 spellings are refused outright, because each has been used to show one host and
reach another.
"""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote, urlsplit

from msgspec import Struct

from verifier.errors import Malformed

LENGTH = 2000
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")
_FORBIDDEN = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")
_DEFAULT_PORT = {"https": 443, "http": 80}


class Address(Struct, frozen=True):
    """An http or https address in one canonical spelling; `path` starts with a slash and holds no
    dot segments.
    """

    scheme: str
    host: str
    port: int
    path: str
    query: str | None = None

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port (RFC 6454, section 4)."""
        return self.scheme, self.host, self.port

    @property
    def netloc(self) -> str:
        """The host as it stands in an address: IPv6 in brackets (RFC 3986, section 3.2.2)."""
        return f"[{self.host}]" if ":" in self.host else self.host

    @property
    def url(self) -> str:
        """The address written out again."""
        port = "" if self.port == _DEFAULT_PORT[self.scheme] else f":{self.port}"
        query = "" if self.query is None else f"?{self.query}"
        return f"{self.scheme}://{self.netloc}{port}{self.path}{query}"


def read_address(text: object) -> Address:
    """`text` as an `Address`, its fragment left away. Raises `Malformed` with the reason
    `url.syntax` or `url.scheme`.
    """
    if not isinstance(text, str) or not 0 < len(text) <= LENGTH:
        raise _no_address(text)
    return _read(text)


def _no_address(text: object) -> Malformed:
    return Malformed("url.syntax", f"“{str(text)[:60]}” is not a web address.")


@lru_cache(maxsize=4096)
def _read(text: str) -> Address:
    """One badge has the same address in many places, and many badges have it."""
    if _FORBIDDEN.search(text):
        raise _no_address(text)
    try:
        parts = urlsplit(text)
        port = parts.port
    except ValueError as error:
        raise _no_address(text) from error
    if parts.scheme not in _DEFAULT_PORT:
        raise Malformed("url.scheme", f"“{text[:60]}” is not an http or https address.")
    if "@" in parts.netloc or parts.netloc.endswith(":"):
        raise Malformed(
            "url.syntax", f"“{text[:60]}” hides its host behind a user name or an empty port."
        )
    host = _host(parts.netloc, parts.hostname or "")
    query = parts.query if "?" in text.split("#", 1)[0] else None
    return Address(
        parts.scheme,
        host,
        _DEFAULT_PORT[parts.scheme] if port is None else port,
        _path(parts.path),
        query,
    )


def forget() -> None:
    """Let go of the addresses that were met last."""
    _read.cache_clear()


def is_address(text: object) -> bool:
    """Whether `text` is an http or https address by the rules of `read_address`."""
    if not isinstance(text, str) or text[:4].lower() != "http" or len(text) > LENGTH:
        return False
    try:
        _read(text)
    except Malformed:
        return False
    return True


def _host(netloc: str, hostname: str) -> str:
    """A host in ASCII lower case: dotted labels (international ones as `xn--`), or an IPv6 address
    in brackets.
    """
    if netloc.startswith("["):
        if "%" in netloc or not re.fullmatch(r"[0-9a-f:.]{2,45}", hostname):
            raise Malformed("url.syntax", "The address in brackets is not an IPv6 address.")
        return hostname
    host = hostname.rstrip(".") if hostname.count("..") == 0 else ""
    if not host.isascii():
        raise Malformed("url.syntax", f"“{host[:60]}” must be written in its xn-- form.")
    labels = host.split(".")
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise Malformed("url.syntax", f"“{host[:60]}” is not a host name.")
    last = labels[-1]
    is_number = last.isdigit() or re.fullmatch(r"0x[0-9a-f]*", last) is not None
    if is_number and not _is_dotted_quad(labels):
        raise Malformed("url.syntax", f"“{host[:60]}” is not a plainly written IP address.")
    return host


def _is_dotted_quad(labels: list[str]) -> bool:
    return len(labels) == 4 and all(
        label.isdigit() and str(int(label)) == label and int(label) < 256 for label in labels
    )


def _path(path: str) -> str:
    """Dot segments are refused, escaped ones too: a prefix rule must not be walked out of."""
    for segment in unquote(path).replace("\\", "/").split("/"):
        if segment in (".", ".."):
            raise Malformed("url.syntax", "The address walks up its own path.")
    return path or "/"


def proven_name(identifier: str | None) -> str | None:
    """What a proof under `identifier` ties a credential to: the domain of an address or a
    `did:web`, else the DID itself.

    A `did:web` names its domain first, with a port as `%3A` (did:web method, "Method-specific
    identifier").
    """
    if identifier is None:
        return None
    if identifier.startswith("did:"):
        if not identifier.startswith("did:web:"):
            return identifier
        return unquote(identifier[len("did:web:") :].split(":", 1)[0]).lower().rstrip(".") or None
    try:
        return read_address(identifier).host
    except Malformed:
        return None


def spelled(identifier: str) -> str:
    """An id in one spelling, so that two ways to write it are not taken for two issuers: an address
    without its fragment, a `did:web` with its host in lower case.
    """
    if identifier.startswith("did:web:"):
        host, mark, path = identifier.removeprefix("did:web:").partition(":")
        return f"did:web:{unquote(host).lower().rstrip('.')}{mark}{unquote(path)}"
    try:
        return read_address(identifier).url
    except Malformed:
        return identifier
