"""JSON Web Keys: RFC 7517 (members), RFC 7518, section 6 (EC, RSA), RFC 8037 (Ed25519), RFC 8812
(secp256k1).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from verifier.encodings import read_base64url
from verifier.errors import Malformed
from verifier.keys import numbers
from verifier.keys.numbers import Unusable

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

#: Longer than the modulus in base64url of an RSA key of 16384 bits, which is told for what it is.
LENGTH = 2800

#: Members that tell which key it is and what it is for, and those that give its secret half away.
PUBLIC = frozenset(("kty", "crv", "x", "y", "n", "e", "alg", "use", "key_ops"))
_NAMING = frozenset(("kty", "crv", "x", "y", "n", "e"))
PRIVATE = frozenset(("d", "p", "q", "dp", "dq", "qi", "oth", "k"))


def is_leaked(jwk: object) -> bool:
    """Whether a key's secret half stands beside its public one, or it is a shared secret."""
    return isinstance(jwk, Mapping) and not PRIVATE.isdisjoint(jwk)


def thumbprint(jwk: Mapping[str, object]) -> str:
    """What a key is called that has no name of its own (RFC 7638, section 3)."""
    from base64 import urlsafe_b64encode  # here: most keys have one

    named = sorted(_NAMING.intersection(jwk))
    required = json.dumps({name: jwk[name] for name in named}, separators=(",", ":"))
    digest = hashlib.sha256(required.encode("utf-8", "replace")).digest()
    return urlsafe_b64encode(digest).rstrip(b"=").decode()


def read_jwk(jwk: object) -> PublicKey | Unusable:
    """The public key in a JWK that may be used to check signatures.

    Raises `Malformed` (`key.malformed`, `encoding.base64url`) where its members are not what they
    must be.
    """
    if not isinstance(jwk, Mapping):
        raise Malformed("key.malformed", "The JWK is not an object.")
    kind = (jwk.get("kty"), jwk.get("crv"))
    reader = _READERS.get("RSA" if kind == ("RSA", None) else f"{kind[0]} {kind[1]}")
    if reader is None:
        return unsupported(str(kind[1] or kind[0]))
    operations = jwk.get("key_ops")
    if jwk.get("use") not in (None, "sig") or (
        operations is not None and not (isinstance(operations, list) and "verify" in operations)
    ):
        return Unusable(
            "key_not_issuers", "key.use", "The issuer does not use this key for signatures."
        )
    return reader(jwk)


def unsupported(kind: str) -> Unusable:
    """A kind of key that no proof of ours is made with."""
    return Unusable(
        "unsupported_proof",
        "key.type",
        f"The signing key is of the kind “{kind[:20]}”, which Touchstone can't check yet.",
    )


def _octets(jwk: Mapping[str, object], member: str) -> bytes:
    value = jwk.get(member)
    if not isinstance(value, str) or not 0 < len(value) <= LENGTH:
        raise Malformed("key.malformed", f"The JWK has no “{member}” of a key's length.")
    return read_base64url(value)


def _elliptic(curve: str) -> Callable[[Mapping[str, object]], PublicKey | Unusable]:
    def read(jwk: Mapping[str, object]) -> PublicKey | Unusable:
        return numbers.coordinates(curve, _octets(jwk, "x"), _octets(jwk, "y"))

    return read


def _rsa(jwk: Mapping[str, object]) -> PublicKey | Unusable:
    modulus, exponent = _octets(jwk, "n"), _octets(jwk, "e")
    return numbers.rsa(int.from_bytes(modulus, "big"), int.from_bytes(exponent, "big"))


_READERS: Mapping[str, Callable[[Mapping[str, object]], PublicKey | Unusable]] = {
    "OKP Ed25519": lambda jwk: numbers.ed25519(_octets(jwk, "x")),
    "RSA": _rsa,
    **{f"EC {curve}": _elliptic(curve) for curve in numbers.CURVES},
}
