"""Signature algorithms by their JOSE names (RFC 7518, 8037, 8812, 9864): does this signature fit?

Which key an algorithm goes with stands in a table here; what a signed text says of its own
algorithm is held against the table and decides nothing by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier import bounds
from verifier.proofs import ed25519

if TYPE_CHECKING:  # and else where an algorithm is met, since most signatures are of one kind
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    from verifier.keys.numbers import PublicKey

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
#: Checks a signature by a key of the one kind that its algorithm goes with: key, signature, data.
#: Raises `InvalidSignature`.
Verify = Callable[[Any, bytes, bytes], None]


def _ecdsa(digest: hashes.HashAlgorithm) -> Verify:
    """R and S stand side by side, each as long as the curve's field (RFC 7518, section 3.4)."""
    from cryptography.hazmat.primitives.asymmetric.ec import ECDSA
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    hashed = ECDSA(digest)

    def verify(key: EllipticCurvePublicKey, signature: bytes, data: bytes) -> None:
        half = (key.curve.key_size + 7) // 8
        if len(signature) != 2 * half:
            raise InvalidSignature
        r, s = signature[:half], signature[half:]
        der = encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
        key.verify(der, data, hashed)

    return verify


def _rsa(digest: hashes.HashAlgorithm, *, salted: bool = False) -> Verify:
    """With PSS the salt is as long as the hash (RFC 7518, section 3.5)."""
    from cryptography.hazmat.primitives.asymmetric import padding

    padded: padding.AsymmetricPadding = padding.PKCS1v15()
    if salted:
        padded = padding.PSS(padding.MGF1(digest), digest.digest_size)

    def verify(key: RSAPublicKey, signature: bytes, data: bytes) -> None:
        key.verify(signature, data, padded, digest)

    return verify


#: The one kind of key that may make a signature of this algorithm, and what makes its check.
_ALGORITHMS: Mapping[str, tuple[str, Callable[[], Verify]]] = {
    # RFC 9864 gives the algorithm of RFC 8037 a name of its own.
    "EdDSA": ("Ed25519", lambda: ed25519.verify),
    "Ed25519": ("Ed25519", lambda: ed25519.verify),
    "ES256": ("P-256", partial(_ecdsa, hashes.SHA256())),
    "ES256K": ("secp256k1", partial(_ecdsa, hashes.SHA256())),
    "ES384": ("P-384", partial(_ecdsa, hashes.SHA384())),
    "ES512": ("P-521", partial(_ecdsa, hashes.SHA512())),
    "RS256": ("RSA", partial(_rsa, hashes.SHA256())),
    "RS384": ("RSA", partial(_rsa, hashes.SHA384())),
    "RS512": ("RSA", partial(_rsa, hashes.SHA512())),
    "PS256": ("RSA", partial(_rsa, hashes.SHA256(), salted=True)),
    "PS384": ("RSA", partial(_rsa, hashes.SHA384(), salted=True)),
    "PS512": ("RSA", partial(_rsa, hashes.SHA512(), salted=True)),
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
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    return "RSA" if issubclass(family, RSAPublicKey) else None


def fits(algorithm: str, key: PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether `signature`, in the form that JOSE gives it, is one of `data` by `key`; never if keys
    of this kind don't go with `algorithm`.
    """
    kind, _ = _ALGORITHMS.get(algorithm, (None, None))
    if kind is None or kind != kind_of(key):
        return False
    bounds.spend(bounds.RSA_SIGNATURE if kind == "RSA" else bounds.SIGNATURE)
    try:
        _check_of(algorithm)(key, signature, data)
    except InvalidSignature:
        return False
    return True


@cache
def _check_of(algorithm: str) -> Verify:
    """What checks signatures of a known algorithm; made once, when the first is met."""
    _, made = _ALGORITHMS[algorithm]
    return made()
