"""Signature algorithms by their JOSE names (RFC 7518, 8037, 8812): does this signature fit?

Whoever calls names the algorithm, from a table of ours and the kind of the key; what a signed text
says of its own algorithm decides nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

PublicKey = Ed25519PublicKey | EllipticCurvePublicKey | RSAPublicKey

_CURVES = {"secp256r1": "P-256", "secp384r1": "P-384", "secp521r1": "P-521"}
_HASHES: Mapping[str, Callable[[], hashes.HashAlgorithm]] = {
    "ES256": hashes.SHA256,
    "ES256K": hashes.SHA256,
    "ES384": hashes.SHA384,
    "ES512": hashes.SHA512,
}


def kind_of(key: PublicKey) -> str:
    """What a key is called: `Ed25519`, `RSA`, or its curve (`P-256`, `P-384`, `secp256k1`)."""
    if isinstance(key, Ed25519PublicKey):
        return "Ed25519"
    if isinstance(key, RSAPublicKey):
        return "RSA"
    return _CURVES.get(key.curve.name, key.curve.name)


def fits(algorithm: str, key: PublicKey, signature: bytes, data: bytes) -> bool:
    """Whether `signature`, in the form that JOSE gives it, is one of `data` by `key`."""
    try:
        if isinstance(key, Ed25519PublicKey) and algorithm == "EdDSA":
            key.verify(signature, data)
        elif isinstance(key, EllipticCurvePublicKey) and algorithm in _HASHES:
            key.verify(_der(key, signature), data, ECDSA(_HASHES[algorithm]()))
        elif isinstance(key, RSAPublicKey) and algorithm == "PS256":
            salted = padding.PSS(padding.MGF1(hashes.SHA256()), hashes.SHA256.digest_size)
            key.verify(signature, data, salted, hashes.SHA256())
        elif isinstance(key, RSAPublicKey) and algorithm == "RS256":
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        else:
            return False
    except InvalidSignature:
        return False
    return True


def _der(key: EllipticCurvePublicKey, signature: bytes) -> bytes:
    """R and S stand side by side, each as long as the curve's field (RFC 7518, section 3.4)."""
    half = (key.curve.key_size + 7) // 8
    if len(signature) != 2 * half:
        raise InvalidSignature
    r, s = signature[:half], signature[half:]
    return encode_dss_signature(int.from_bytes(r, "big"), int.from_bytes(s, "big"))
