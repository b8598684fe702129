"""Text: a credential as JSON, as a compact JWS, an address where it can be fetched, or any of these
(and any file) written out as a `data:` URL.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import unquote_to_bytes

from verifier.addresses import is_address
from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.model import JsonObject

#: A credential of any version has one of these; a manifest, a class or a profile has none.
_OF_AWARDS = frozenset(
    (
        *("credentialSubject", "verifiableCredential", "vc", "vct", "proof", "signature"),
        *("recipient", "badge", "verify", "verification"),
    )
)
#: RFC 2397: a media type with its parameters, then whether the rest is base64.
_DATA = rb"data:([^,]{0,200}?)(;\s*base64)?,"
#: How JSON begins, in any encoding: those that JSON forbids are told so by its gate.
_JSON = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\0\s]{0,40}[{\[]", re.S)
#: Another format that begins with the same sign.
_RICH_TEXT = b"{\\rtf"
_COMPACT = rb"[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*\.[A-Za-z0-9_~.-]*"


def form(content: bytes) -> str | None:
    """`json`, `jwt` or `url`, the contract's word for what this text is; `None` for any other text
    or bytes.
    """
    if content[:1] == b"{" and not content.startswith(_RICH_TEXT):
        return "json"  # as most of it is
    text = content.strip()
    if _JSON.match(text[:64]) and not text.startswith(_RICH_TEXT):
        return "json"
    if text.startswith(b"eyJ") and re.fullmatch(_COMPACT, text):
        return "jwt"
    return None if address(text) is None else "url"


def is_data(content: bytes) -> bool:
    """Whether this is a `data:` URL (RFC 2397)."""
    return re.match(_DATA, content[:300].lstrip(), re.I) is not None


def data(content: bytes) -> bytes:
    """What a `data:` URL holds, whatever its media type says. Raises `Malformed`: `data.syntax`."""
    head = re.match(_DATA, content.strip(), re.I)
    if head is None:
        raise Malformed("data.syntax", "This is no data: URL.")
    body = unquote_to_bytes(content.strip()[head.end() :])
    if head[2] is None:
        return body
    import base64  # here: few badges are written so

    try:
        return base64.b64decode(
            body.rstrip(b"=") + b"=" * (-len(body.rstrip(b"=")) % 4), None, True
        )
    except binascii.Error as error:
        raise Malformed(
            "data.syntax", "The base64 in this data: URL is damaged. Copy it again, as a whole."
        ) from error


def may_be_award(content: bytes) -> bool:
    """Whether this text could be an award, rather than other JSON that lies beside one.

    What breaks a rule of the gate could be read as anything by others, so it counts.
    """
    if form(content) != "json":
        return True
    try:
        return is_award(read_object(content.strip()))
    except Malformed as error:
        return error.reason != "json.not_object"


def is_award(document: JsonObject) -> bool:
    """Whether this JSON object has a member that only an award of some version has."""
    return not _OF_AWARDS.isdisjoint(document)


def address(content: bytes) -> str | None:
    """The http or https address that is all this text holds."""
    if content[:1] in (b"{", b"["):
        return None  # JSON, which most of it is
    try:
        text = content.decode("ascii").strip()
    except UnicodeDecodeError:
        return None
    return text if is_address(text) else None


def identifiers(content: bytes) -> tuple[str, ...]:
    """Every id and address by which this text names the credential it is; empty where it can't be
    read.
    """
    at = address(content)
    if at is not None:
        return (at,)
    return tuple(_identifiers(_object(content)))


def title(content: bytes) -> str:
    """A short name for this text in a list of several: its id or address, else the name it gives
    itself.
    """
    found = identifiers(content)
    if found:
        return found[0]
    name = _object(content).get("name")
    return name[:100] if isinstance(name, str) and name else "a credential without id or name"


def _object(content: bytes) -> dict[str, Any]:
    try:
        if form(content) == "jwt":
            return read_object(read_base64url(content.split(b".")[1].decode("ascii")))
        return read_object(content.strip())
    except Malformed:
        return {}


def _identifiers(document: dict[str, Any]) -> Iterator[str]:
    """`id` of any version, `verify.url` of Open Badges 1, `verification.url` of early 2.0, `jti` of
    a JWT.
    """
    nested = (document.get("verify"), document.get("verification"), document.get("vc"))
    values = [document.get("id"), document.get("jti")]
    values += [part.get(key) for part in nested if isinstance(part, dict) for key in ("url", "id")]
    yield from dict.fromkeys(value for value in values if isinstance(value, str) and value)
