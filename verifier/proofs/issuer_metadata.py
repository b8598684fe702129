"""Whose key signed an SD-JWT VC: by the issuer's DID, or by the key set that its web address
publishes (draft-ietf-oauth-sd-jwt-vc, "JWT VC Issuer Metadata").

Certificates and keys that the token brings along are not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from verifier import keys
from verifier.addresses import is_address, read_address
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys import Found
from verifier.keys.material import Unusable, read_key
from verifier.model import Documents, JsonObject, Request

#: Keys of one set that are tried where the token names none.
LIMIT = 8
_PLACE = "/.well-known/jwt-vc-issuer"


def needs(header: JsonObject, issuer: str | None, documents: Documents) -> Iterator[Request]:
    """The documents that tell whose key signed."""
    if issuer is None:
        return
    if issuer.startswith("did:"):
        yield from keys.needs(_method(header, issuer), issuer)
        return
    address = _address(issuer)
    if address is None:
        return
    yield Request(address)
    listing = _metadata(issuer, documents).get("jwks_uri")
    if isinstance(listing, str) and listing.startswith("https:") and is_address(listing):
        yield Request(listing)


def find(
    header: JsonObject,
    issuer: str | None,
    documents: Documents,
    now: datetime,
    signed: datetime | None,
) -> list[Found]:
    """The keys of which one must have signed, at least one."""
    if issuer is None:
        return [_unread("sd_jwt.iss", "It names no issuer whose keys could be looked up.")]
    if issuer.startswith("did:"):
        return [keys.find(_method(header, issuer), issuer, documents, now, signed)]
    kid = header.get("kid")
    if isinstance(kid, str) and kid.startswith("did:"):
        says = "It is signed with a key that is not the issuer's."
        return [Found(None, "key_not_issuers", "key.foreign", says)]
    listed = _key_set(issuer, documents)
    if listed is None:
        return [_unread("key.metadata", "The issuer's keys could not be fetched.")]
    named = [key for key in listed if kid is None or key.get("kid") == kid]
    if not named:
        says = "The issuer does not list the key that signed this."
        return [Found(None, "key_not_listed", "key.gone", says)]
    if kid is not None and len(named) > 1:
        says = "Two keys of the issuer have the name that the token gives."
        return [Found(None, "structure", "key.ambiguous", says)]
    return [_read(key) for key in named[:LIMIT]]


def _method(header: JsonObject, issuer: str) -> str:
    kid = header.get("kid")
    if not isinstance(kid, str) or not kid:
        return issuer
    if kid.startswith("did:"):
        return kid
    return f"{issuer}{kid}" if kid.startswith("#") else f"{issuer}#{kid}"


def _address(issuer: str) -> str | None:
    """Where the metadata is: its place goes between the host and the path of the issuer's id."""
    if not issuer.startswith("https:") or not is_address(issuer):
        return None
    home = read_address(issuer)
    root = home.url.removesuffix(home.path) if home.query is None else None
    return None if root is None else f"{root}{_PLACE}{home.path.rstrip('/')}"


def _metadata(issuer: str, documents: Documents) -> JsonObject:
    """What the issuer publishes, if that speaks for it; otherwise nothing."""
    found = _json(_address(issuer), documents)
    return found if found.get("issuer") == issuer else {}


def _key_set(issuer: str, documents: Documents) -> list[JsonObject] | None:
    """The issuer's keys; `None` where they can't be read."""
    told = _metadata(issuer, documents)
    if ("jwks" in told) is ("jwks_uri" in told):
        return None
    listing: Any = told["jwks"] if "jwks" in told else _json(told["jwks_uri"], documents)
    held = listing.get("keys") if isinstance(listing, Mapping) else None
    if not isinstance(held, list):
        return None
    return [key for key in held if isinstance(key, Mapping)]


def _json(address: object, documents: Documents) -> JsonObject:
    """The JSON object that an address of the issuer's gives out itself."""
    document = documents.get(Request(address)) if isinstance(address, str) else None
    if document is None or not document.answered or not isinstance(address, str):
        return {}
    if read_address(document.final_url or address).host != read_address(address).host:
        return {}
    kind = (document.content_type or "").partition(";")[0].strip().lower()
    if kind != "application/json" and not kind.endswith("+json"):
        return {}
    try:
        return read_object(document.content)
    except Malformed:
        return {}


def _read(jwk: JsonObject) -> Found:
    key = read_key({"publicKeyJwk": jwk})
    if isinstance(key, Unusable):
        return Found(None, key.code, key.reason, key.says)
    allowed = jwk.get("alg")
    return Found(key, algorithm=None if allowed is None else str(allowed))


def _unread(reason: str, says: str) -> Found:
    return Found(None, "key_unreachable", reason, says)
