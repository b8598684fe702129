"""Compact serialisations: a credential inside a JWT (RFC 7519) or an SD-JWT. Their signatures are a
matter for `proofs`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.json_gate import LIMIT_IN_ALL, read_object

_JWS = re.compile(rb"([A-Za-z0-9_-]{4,})\.([A-Za-z0-9_-]*)\.[A-Za-z0-9_-]*(~[A-Za-z0-9_~.-]*)?")


def is_compact(content: bytes) -> bool:
    """Whether `content` is a JWS in compact form, with or without the disclosures of an SD-JWT
    after it.
    """
    return form_of(content) is not None


def form_of(content: bytes) -> str | None:
    """`JWT` or `SD-JWT`, or `None` for what is in no compact form."""
    content = content.strip()
    match = _JWS.fullmatch(content) if len(content) <= LIMIT_IN_ALL else None
    if match is None or not _decoded(match[1]).lstrip().startswith(b"{"):
        return None
    return "JWT" if match[3] is None else "SD-JWT"


def unwrap(content: bytes) -> dict[str, Any]:
    """The credential in a JWT's payload. Raises `Malformed`, as the JSON gate does.

    A JWT of the data model 1.1 carries it in the claim `vc` and some of its members in claims of
    their own (section 6.3.1): those are put back where the credential lacks them.
    """
    match = _JWS.fullmatch(content.strip())
    if match is None:
        raise Malformed("jwt.form", "This is no token of three parts.")
    claims = read_object(_decoded(match[2]))
    presented = claims.get("vp")
    if isinstance(presented, dict):
        return presented
    credential = claims.get("vc")
    return _merged(claims, credential) if isinstance(credential, dict) else claims


def _merged(claims: Mapping[str, Any], credential: dict[str, Any]) -> dict[str, Any]:
    moved = {
        "issuer": claims.get("iss"),
        "id": claims.get("jti"),
        "issuanceDate": _date(claims.get("nbf")),
        "expirationDate": _date(claims.get("exp")),
    }
    merged = {
        **{member: value for member, value in moved.items() if value is not None},
        **credential,
    }
    subject = merged.get("credentialSubject")
    if isinstance(subject, dict) and "id" not in subject and claims.get("sub") is not None:
        merged["credentialSubject"] = {"id": claims["sub"], **subject}
    return merged


def _date(seconds: object) -> str | None:
    if (
        isinstance(seconds, bool)
        or not isinstance(seconds, (int, float))
        or not 0 <= seconds < 2**37
    ):
        return None
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _decoded(segment: bytes) -> bytes:
    try:
        return read_base64url(segment.decode("ascii"))
    except Malformed:
        return b""
