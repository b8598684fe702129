"""Compact serialisations: a credential inside a JWT (RFC 7519) or an SD-JWT. Their signatures, and
the letter of their form, are a matter for `proofs`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from msgspec import Struct

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, LIMIT_OUTSIDE_DATA, read_object
from verifier.model import Problem
from verifier.parse import jwt_claims
from verifier.parse.credential_rules import types_of
from verifier.parse.jwt_claims import Told

_JWS = re.compile(rb"([A-Za-z0-9_-]{4,})\.([A-Za-z0-9_-]*)\.[A-Za-z0-9_-]*(~[A-Za-z0-9_~.-]*)?")
#: Of the tokens that were met last, the parts are kept of those that are no longer: each is looked
#: at several times, while it is recognised and while it is read.
_SHORT = 64 * 1024


class _Parts(Struct, frozen=True):
    """What is in a token's first two parts; neither is anything where it is not base64url."""

    header: bytes
    payload: bytes
    disclosed: bool


def is_compact(content: bytes) -> bool:
    """Whether `content` is a JWS in compact form, with or without the disclosures of an SD-JWT
    after it.
    """
    return form_of(content) is not None


def form_of(content: bytes) -> str | None:
    """`JWT` or `SD-JWT`, or `None` for what is in no compact form."""
    if content[:1] == b"{" or len(content.strip()) > LIMIT_IN_ALL:
        return None
    parts = _parts(content)
    if parts is None or not parts.header.lstrip().startswith(b"{"):
        return None
    return "SD-JWT" if parts.disclosed else "JWT"


def unwrap(content: bytes, *, limit: int = LIMIT_OUTSIDE_DATA) -> dict[str, Any]:
    """The credential in a JWT's payload. Raises `Malformed`, as the JSON gate does.

    A JWT of the data model 1.1 carries it in the claim `vc` (or `vp`), and some of its members in
    claims of their own: those are put back where it lacks them. In any other it is the payload.
    """
    claims = _payload(content, limit)
    wrapped = _wrapped(claims)
    if wrapped is None:
        return claims
    member, document = wrapped
    if member == "vc":
        return dict(jwt_claims.moved(claims, document))
    holder = {} if claims.get("iss") is None else {"holder": claims["iss"]}
    return {**holder, **document}


def told(
    content: bytes, document: Mapping[str, Any], shown: Mapping[str, Any] | None = None
) -> Told:
    """What the token in `content` says of the credential that was in it, besides; `shown` are its
    claims with what was disclosed of them, if it is an SD-JWT.
    """
    claims = _payload(content, LIMIT_IN_ALL) if shown is None else shown
    found = jwt_claims.told(claims, document, _type(content))
    if not _is_twofold(claims):
        return found
    says = "The token carries “vc” or “vp” beside a credential: one reader would take the other."
    wrong = Problem("structure", "jwt.claims", says)
    return Told(found.starts, found.ends, (*found.problems, wrong))


def _payload(content: bytes, limit: int) -> dict[str, Any]:
    parts = _parts(content)
    if parts is None:
        raise Malformed("jwt.form", "This is no token of three parts.")
    return read_object(parts.payload, limit=limit)


def _parts(content: bytes) -> _Parts | None:
    return _kept_parts(content) if len(content) <= _SHORT else _split(content)


def _split(content: bytes) -> _Parts | None:
    match = _JWS.fullmatch(content.strip())
    if match is None:
        return None
    return _Parts(_decoded(match[1]), _decoded(match[2]), match[3] is not None)


_kept_parts = lru_cache(maxsize=32)(_split)


def forget() -> None:
    """Let go of the tokens that were met last."""
    _kept_parts.cache_clear()


def _wrapped(claims: Mapping[str, Any]) -> tuple[str, dict[str, Any]] | None:
    """The credential or presentation that stands in a claim of its own, and which; never beside
    one that is the payload itself.
    """
    if _is_credential(claims):
        return None
    for member in ("vp", "vc"):
        document = claims.get(member)
        if isinstance(document, dict):
            return member, document
    return None


def _is_credential(claims: Mapping[str, Any]) -> bool:
    return "credentialSubject" in claims or "@context" in claims or bool(types_of(claims))


def _is_twofold(claims: Mapping[str, Any]) -> bool:
    """VC-JOSE-COSE, section 3.1.3: `vc` and `vp` must not be there."""
    beside = [member for member in ("vc", "vp") if member in claims]
    return len(beside) > 1 or (bool(beside) and _is_credential(claims))


def _type(content: bytes) -> str:
    """The token's `typ`, in lower case and without `application/` (RFC 7515, section 4.1.9)."""
    parts = _parts(content)
    try:
        header = {} if parts is None else read_object(parts.header)
    except Malformed:
        return ""
    return str(header.get("typ", "")).lower().removeprefix("application/")


def _decoded(segment: bytes) -> bytes:
    try:
        return read_base64url(segment.decode("ascii"))
    except Malformed:
        return b""
