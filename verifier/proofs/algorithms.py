"""Signature algorithms by their JOSE names (RFC 7518, 8037, 8812, 9864): does this signature fit?

Which key an algorithm goes with stands in a table here; what a signed text says of its own
algorithm is held against the table and decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

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

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}


class _Algorithm(Struct, frozen=True):
    """The one kind of key that may make it, and what checks a signature by such a key: it raises
    `InvalidSignature`.
    """

    kind: str
    verify: Callable[[Any, bytes, bytes], None]


def _eddsa(key: Ed25519PublicKey, signature: bytes, data: bytes) -> None:
    key.verify(signature, data)


def _ecdsa(hashed: ECDSA, key: EllipticCurvePublicKey, signature: bytes, data: bytes) -> None:
    """R and S stand side by side, each as long as the curve's field (RFC 7518, section 3.4)."""
    half = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * half:
        raise InvalidSignature
    r, s = signature[:half], signature[half:]
    der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
    key.verify(der, data, hashed)


def _rsa(
    padded: padding.AsymmetricPadding,
    digest: hashes.HashAlgorithm,
    key: RSAPublicKey,
    signature: bytes,
    data: bytes,
) -> None:
    key.verify(signature, data, padded, digest)


def _by_curve(kind: str, digest: hashes.HashAlgorithm) -> _Algorithm:
    return _Algorithm(kind, partial(_ecdsa, ECDSA(digest)))


def _plain(digest: hashes.HashAlgorithm) -> _Algorithm:
    return _Algorithm("RSA", partial(_rsa, padding.PKCS1v15(), digest))


def _salted(digest: hashes.HashAlgorithm) -> _Algorithm:
    """The salt is as long as the hash (RFC 7518, section 3.5)."""
    padded = padding.PSS(padding.MGF1(digest), digest.digest_size)
    return _Algorithm("RSA", partial(_rsa, padded, digest))


_SHA256, _SHA384, _SHA512 = hashes.SHA256(), hashes.SHA384(), hashes.SHA512()
_ALGORITHMS: Mapping[str, _Algorithm] = {
    # RFC 9864 gives the algorithm of RFC 8037 a name of its own.
    "EdDSA": _Algorithm("Ed25519", _eddsa),
    "Ed25519": _Algorithm("Ed25519", _eddsa),
    "ES256": _by_curve("P-256", _SHA256),
    "ES256K": _by_curve("secp256k1", _SHA256),
    "ES384": _by_curve("P-384", _SHA384),
    "ES512": _by_curve("P-521", _SHA512),
    "RS256": _plain(_SHA256),
    "RS384": _plain(_SHA384),
    "RS512": _plain(_SHA512),
    "PS256": _salted(_SHA256),
    "PS384": _salted(_SHA384),
    "PS512": _salted(_SHA512),
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
    kind = _kind(type(key))
    if kind is not None:
        return kind
    curve: str = key.curve.name  # type: ignore[union-attr]  # the other two have a kind
    return _CURVES.get(curve, curve)


@cache
def _kind(family: type[PublicKey]) -> str | None:
    """The kind of keys whose class tells it; kept, since abstract classes take their time."""
    if issubclass(family, Ed25519PublicKey):
        return "Ed25519"
    return "RSA" if issubclass(family, RSAPublicKey) else None


def fits(algorithm: str, key: PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether `signature`, in the form that JOSE gives it, is one of `data` by `key`; never if keys
    of this kind don't go with `algorithm`.
    """
    found = _ALGORITHMS.get(algorithm)
    if found is None or found.kind != kind_of(key):
        return False
    bounds.spend(bounds.RSA_SIGNATURE if found.kind == "RSA" else bounds.SIGNATURE)
    try:
        found.verify(key, signature, data)
    except InvalidSignature:
        return False
    return True
