"""Signature algorithms by their JOSE names (RFC 7518, 8037, 8812, 9864): does this signature fit?

Which key an algorithm goes with stands in a table here; what a signed text says of its own
algorithm is held against the table and decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from msgspec import Struct

from verifier import bounds

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

#: What keys of a class are called that say no more themselves, once one was met.
_KINDS: dict[type, str] = {}
_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


class _Algorithm(Struct, frozen=True):
    """The one kind of key that may make it, its hash, and whether RSA's padding is PSS."""

    kind: str
    digest: hashes.HashAlgorithm
    salted: bool = False


_SHA256, _SHA384, _SHA512 = hashes.SHA256(), hashes.SHA384(), hashes.SHA512()
_ALGORITHMS: Mapping[str, _Algorithm] = {
    # Ed25519 hashes for itself. RFC 9864 gives the algorithm of RFC 8037 a name of its own.
    "EdDSA": _Algorithm("Ed25519", _SHA512),
    "Ed25519": _Algorithm("Ed25519", _SHA512),
    "ES256": _Algorithm("P-256", _SHA256),
    "ES256K": _Algorithm("secp256k1", _SHA256),
    "ES384": _Algorithm("P-384", _SHA384),
    "ES512": _Algorithm("P-521", _SHA512),
    "RS256": _Algorithm("RSA", _SHA256),
    "RS384": _Algorithm("RSA", _SHA384),
    "RS512": _Algorithm("RSA", _SHA512),
    "PS256": _Algorithm("RSA", _SHA256, salted=True),
    "PS384": _Algorithm("RSA", _SHA384, salted=True),
    "PS512": _Algorithm("RSA", _SHA512, salted=True),
}
#: Names that mean the same (RFC 9864, section 2.2): a key marked with one goes with the other.
_SAME = {"Ed25519": "EdDSA"}


def is_known(algorithm: str) -> bool:
    """Whether signatures of this algorithm can be checked at all."""
    return algorithm in _ALGORITHMS


def allows(marked: str | None, algorithm: str) -> bool:
    """Whether a key whose JWK says that it is for `marked` (RFC 7517, section 4.4; `None`: says
    nothing) may be used with `algorithm`.
    """
    return marked is None or _SAME.get(marked, marked) == _SAME.get(algorithm, algorithm)


def kind_of(key: PublicKey) -> str:
    """What a key is called: `Ed25519`, `RSA`, or its curve (`P-256`, `P-384`, `secp256k1`)."""
    found = _KINDS.get(type(key))
    if found is not None:
        return found
    if isinstance(key, EllipticCurvePublicKey):
        return _CURVES.get(key.curve.name, key.curve.name)
    found = _KINDS[type(key)] = "RSA" if isinstance(key, RSAPublicKey) else "Ed25519"
    return found


def fits(algorithm: str, key: PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether `signature`, in the form that JOSE gives it, is one of `data` by `key`; never if keys
    of this kind don't go with `algorithm`.
    """
    found = _ALGORITHMS.get(algorithm)
    if found is None or found.kind != kind_of(key):
        return False
    bounds.spend(bounds.RSA_SIGNATURE if found.kind == "RSA" else bounds.SIGNATURE)
    try:
        _verify(found, key, signature, data)
    except InvalidSignature:
        return False
    return True


def _verify(algorithm: _Algorithm, key: PublicKey, signature: bytes, data: bytes) -> None:
    """Raises `InvalidSignature`."""
    digest = algorithm.digest
    if isinstance(key, Ed25519PublicKey):
        key.verify(signature, data)
    elif isinstance(key, EllipticCurvePublicKey):
        key.verify(_der(key, signature), data, ECDSA(digest))
    elif algorithm.salted:
        # RFC 7518, section 3.5: the salt is as long as the hash.
        key.verify(signature, data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)
    else:
        key.verify(signature, data, padding.PKCS1v15(), digest)


def _der(key: EllipticCurvePublicKey, signature: bytes) -> bytes:
    """R and S stand side by side, each as long as the curve's field (RFC 7518, section 3.4)."""
    half = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * half:
        raise InvalidSignature
    r, s = signature[:half], signature[half:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
