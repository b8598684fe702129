"""A token's header → the names of the keys that may have signed it.

`kid` is looked up in the issuer's own document: as a DID URL or web address, as a fragment of the
issuer's id, or as the name that a key's JWK gives itself (RFC 7515, section 4.1.4; VC-JOSE-COSE,
section 4.1; Open Badges 3.0, section 8.2). A key that the header brings along (`jwk`) is nobody's
until that document lists it. Addresses of keys (`jku`, `x5u`) and certificates are not looked at.
"""

from __future__ import annotations

import json
import re
from base64 import urlsafe_b64encode
from collections.abc import Iterable, Mapping
from functools import lru_cache

from verifier.errors import Malformed
from verifier.keys import controllers
from verifier.keys.controllers import Controller
from verifier.keys.jwk import PRIVATE, PUBLIC
from verifier.keys.material import Unusable, read_key
from verifier.model import Documents, JsonObject, Request

#: Keys of an issuer that are tried where a token does not name one.
LIMIT = 8
#: The longest name of a key, and its signs: names are URLs, fragments of them, or thumbprints.
LENGTH = 2000
_NAME = re.compile(r"[A-Za-z0-9._~:/?#@!$&()*+,;=%|\[\]-]+")
_DOTS = re.compile(r"(?:^|/)\.{1,2}(?:/|$)")


def needs(header: JsonObject, issuer: str | None) -> Iterable[Request]:
    """The documents that tell whose key signed."""
    yield from controllers.needs(issuer)
    kid = header.get("kid")
    if isinstance(kid, str) and _is_absolute(kid) and _is_name(kid):
        yield from controllers.needs(kid.partition("#")[0])


def methods(
    header: JsonObject,
    issuer: str | None,
    documents: Documents,
    purpose: str = "assertionMethod",
) -> tuple[str, ...]:
    """Names of the verification methods of which one must have signed, at least one; where the
    token names none, those that the issuer lists for `purpose`.

    Raises `Malformed`: `key.name` for a `kid` or `jwk` that can name no key, `key.ambiguous` for a
    `kid` that two keys of the issuer have, `did.syntax`.
    """
    owner = issuer or ""
    if "kid" not in header:
        own = controllers.read_controller(owner, documents)
        found = [_brought(header["jwk"], own)] if "jwk" in header else own.names(purpose)[:LIMIT]
        return tuple(found) or (owner,)
    kid = header["kid"]
    if not isinstance(kid, str) or not _is_name(kid) or ("." in kid and _DOTS.search(kid)):
        raise Malformed("key.name", "What the token calls its key (“kid”) can't be a key's name.")
    if _is_absolute(kid):
        return (kid,)
    if kid.startswith("#"):
        return (f"{owner}{kid}",)
    return (_named(kid, controllers.read_controller(owner, documents)),)


def _is_name(kid: str) -> bool:
    return len(kid) <= LENGTH and _is_written(kid)


@lru_cache(maxsize=256)
def _is_written(kid: str) -> bool:
    """Whether it has the signs of a name alone; a DID that spells out its key has hundreds."""
    return _NAME.fullmatch(kid) is not None


def _is_absolute(kid: str) -> bool:
    return kid.startswith(("did:", "https:", "http:"))


def _named(kid: str, own: Controller) -> str:
    """The one key of the issuer that is called `kid`."""
    fitting = [
        name
        for name, method in own.methods()
        if kid in (name.partition("#")[2], _own_name(method)) and name
    ]
    if len(fitting) > 1 or kid in own.shared:
        raise Malformed(
            "key.ambiguous", "Two keys of the issuer have the name that the token gives."
        )
    return fitting[0] if fitting else f"{own.id}#{kid}"


def _own_name(method: JsonObject) -> object:
    jwk = method.get("publicKeyJwk")
    return jwk.get("kid") if isinstance(jwk, Mapping) else None


def _brought(jwk: object, own: Controller) -> str:
    """The issuer's name for the key that the token brings along; if it has none, the key's own
    did:jwk, which nothing ties to the issuer.
    """
    if not isinstance(jwk, Mapping):
        raise Malformed("key.name", "The key that the token brings along (“jwk”) is none.")
    key = read_key({"publicKeyJwk": jwk})
    if not isinstance(key, Unusable):
        for name, method in own.methods():
            if name and read_key(method) == key:
                return name
    plain = {name: value for name, value in jwk.items() if name in PUBLIC}
    plain |= {name: "" for name in jwk if name in PRIVATE}
    content = json.dumps(plain, sort_keys=True, separators=(",", ":")).encode()
    return f"did:jwk:{urlsafe_b64encode(content).rstrip(b'=').decode()}#0"
