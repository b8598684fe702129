"""A verification method's key: which public key its JSON holds, and whether a signature by it
proves anything.

Controlled Identifiers 1.0, section 2.2 (verification methods), 2.2.2 (Multikey), 2.2.3
(JsonWebKey); the older types hold the same keys in `publicKeyBase58` and `publicKeyHex`, and Open
Badges 2.0 its CryptographicKey in `publicKeyPem`.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import TYPE_CHECKING

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier.encodings import read_multibase
from verifier.errors import Malformed
from verifier.json_gate import read_object
from verifier.keys import numbers
from verifier.keys.jwk import LENGTH, is_leaked, read_jwk, unsupported
from verifier.keys.numbers import Unusable

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

__all__ = [
    "Unusable",
    "fingerprint",
    "is_published_secret",
    "read_key",
    "read_multikey",
]

_PRIVATE = frozenset(
    (
        *("privateKeyBase58", "privateKeyMultibase", "privateKeyJwk", "privateKeyHex"),
        *("secretKeyMultibase", "secretKeyJwk", "secretKeyBase58", "privateKeyPem"),
    )
)
#: Longer than the largest RSA key in PEM.
_PEM_LENGTH = 4000
#: Members of a JWK that says no more than it has to.
_MEMBERS = 12
#: Longer than a Multikey that is no RSA key.
_SHORT = 150
_PEM = r"-----BEGIN PUBLIC KEY-----(.*)-----END PUBLIC KEY-----"
#: What stands before the bytes of an Ed25519 key in a SubjectPublicKeyInfo (RFC 8410, section 4).
_ED25519 = bytes.fromhex("302a300506032b6570032100")
#: AlgorithmIdentifiers of the curves in DER (RFC 5480, section 2.1.1; SEC 2, appendix A).
_CURVE_IDENTIFIERS = {
    "P-256": bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107"),
    "P-384": bytes.fromhex("301006072a8648ce3d020106052b81040022"),
    "P-521": bytes.fromhex("301006072a8648ce3d020106052b81040023"),
    "secp256k1": bytes.fromhex("301006072a8648ce3d020106052b8104000a"),
}


def fingerprint(key: PublicKey) -> str:
    """SHA-256, in hex, of the key's SubjectPublicKeyInfo (RFC 5280, section 4.1): the same key has
    the same one however it was written.
    """
    if isinstance(key, Ed25519PublicKey):
        info = _ED25519 + key.public_bytes_raw()
    else:
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

        info = key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(info).hexdigest()


def read_key(method: Mapping[str, object]) -> PublicKey | Unusable:
    """The public key in a verification method, or why there is none to use."""
    if is_published_secret(method):
        return Unusable(
            "bad_signature",
            "key.private",
            "The secret half of the signing key is published: anyone could have signed this.",
        )
    given = [name for name in _READERS if name in method]
    if len(given) != 1:
        return Unusable(
            "key_unreachable", "key.malformed", "The issuer's key is not given in exactly one form."
        )
    try:
        return _READERS[given[0]](method)
    except Malformed as error:
        return Unusable(
            "key_unreachable", error.reason, f"The issuer's key can't be read. {error.says}"
        )


def is_published_secret(method: Mapping[str, object]) -> bool:
    """Whether the secret half of a key stands in its verification method."""
    pem = method.get("publicKeyPem")
    return (
        not _PRIVATE.isdisjoint(method)
        or is_leaked(method.get("publicKeyJwk"))
        or (isinstance(pem, str) and "PRIVATE KEY" in pem)
    )


def read_multikey(text: object) -> PublicKey | Unusable:
    """The key in a Multikey value. Raises `Malformed` for what is no multibase value, or a key that
    is not as long as its kind.
    """
    if isinstance(text, str) and len(text) <= _SHORT:
        return _kept_multikey(text)
    return _multikey(text)


def _multikey(text: object) -> PublicKey | Unusable:
    raw = read_multibase(text)
    for prefix, reader in _MULTICODEC.items():
        if raw.startswith(prefix):
            return reader(raw[len(prefix) :])
    return unsupported(_UNSUPPORTED.get(raw[:2], "unknown"))


#: The keys that were met last: an issuer signs more than one badge.
_kept_multikey = lru_cache(maxsize=1024)(_multikey)


def _rsa_der(raw: bytes) -> PublicKey | Unusable:
    """An RSAPublicKey of RFC 8017, appendix A.1.1, and nothing after it."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
    from cryptography.hazmat.primitives.serialization import (
        Encoding,
        PublicFormat,
        load_der_public_key,
    )

    try:
        key = load_der_public_key(raw)
    except (ValueError, UnsupportedAlgorithm) as error:
        raise Malformed("key.malformed", "The RSA key is not in DER.") from error
    if (
        not isinstance(key, RSAPublicKey)
        or key.public_bytes(Encoding.DER, PublicFormat.PKCS1) != raw
    ):
        raise Malformed("key.malformed", "The RSA key is not in DER as PKCS #1 has it.")
    return _checked(key)


def _jwk_bytes(raw: bytes) -> PublicKey | Unusable:
    jwk = read_object(raw)
    if is_leaked(jwk):
        raise Malformed("key.private", "The key's secret half is in its name.")
    return read_jwk(jwk)


#: Multicodec prefixes of public keys that are checked, and those of keys that are not.
_MULTICODEC: Mapping[bytes, Callable[[bytes], PublicKey | Unusable]] = {
    b"\xed\x01": numbers.ed25519,
    b"\x80\x24": lambda raw: numbers.compressed("P-256", raw),
    b"\x81\x24": lambda raw: numbers.compressed("P-384", raw),
    b"\x82\x24": lambda raw: numbers.compressed("P-521", raw),
    b"\xe7\x01": lambda raw: numbers.compressed("secp256k1", raw),
    b"\x85\x24": _rsa_der,
    b"\xd1\xd6\x03": _jwk_bytes,
}
_UNSUPPORTED = {
    b"\xec\x01": "X25519",
    b"\xeb\x01": "BLS12-381 G2",
    b"\xea\x01": "BLS12-381 G1",
    b"\x86\x24": "SM2",
}


def _checked(key: object) -> PublicKey | Unusable:
    """A key that the library has loaded, held to the same limits as every other."""
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    if isinstance(key, RSAPublicKey):
        found = key.public_numbers()
        return numbers.rsa(found.n, found.e)
    if isinstance(key, Ed25519PublicKey):
        return numbers.ed25519(key.public_bytes_raw())
    if isinstance(key, EllipticCurvePublicKey):
        names = [numbers.curve_of(name).name for name in numbers.CURVES]
        return key if key.curve.name in names else unsupported(key.curve.name)
    return unsupported(type(key).__name__)


def _from_pem(method: Mapping[str, object]) -> PublicKey | Unusable:
    from cryptography.hazmat.primitives.serialization import load_pem_public_key

    text = method["publicKeyPem"]
    if not isinstance(text, str) or not text.isascii() or len(text) > _PEM_LENGTH:
        raise Malformed("key.malformed", "publicKeyPem is not a key's text.")
    try:
        return _checked(load_pem_public_key(text.strip().encode()))
    except (ValueError, UnsupportedAlgorithm) as error:
        found = _off_curve(text)
        if found is not None:
            return found
        raise Malformed("key.malformed", "publicKeyPem is not a public key in PEM.") from error


def _off_curve(text: str) -> Unusable | None:
    """What is wrong with a key in PEM that the library refuses, where it is whole but for its
    point: none of its curve, or the one at infinity.
    """
    import base64  # here: most keys are written otherwise

    match = re.fullmatch(_PEM, text.strip(), re.DOTALL)
    try:
        der = base64.b64decode("".join(match[1].split()) if match else "", validate=True)
    except ValueError:
        return None
    for name, algorithm in _CURVE_IDENTIFIERS.items():
        # RFC 5480, section 2.2: the point is a BIT STRING without unused bits.
        point = der.partition(algorithm)[2].partition(b"\x00")[2]
        size = numbers.CURVES[name]
        if point == b"\x00":
            return numbers.weak(f"the point at infinity of {name}, under which nothing is proven")
        if len(point) == 2 * size + 1:
            found = numbers.coordinates(name, point[1 : size + 1], point[size + 1 :])
            return found if isinstance(found, Unusable) else None
    return None


def _raw(method: Mapping[str, object], raw: bytes) -> PublicKey | Unusable:
    """The bytes alone don't tell the kind of the key; the method's type does."""
    if str(method.get("type")).startswith("EcdsaSecp256k1"):
        return numbers.compressed("secp256k1", raw)
    if str(method.get("type")).startswith("Ed25519"):
        return numbers.ed25519(raw)
    return unsupported(str(method.get("type")))


def _from_base58(method: Mapping[str, object]) -> PublicKey | Unusable:
    text = method["publicKeyBase58"]
    if not isinstance(text, str) or not 0 < len(text) <= 64 or text != text.strip():
        raise Malformed("key.malformed", "publicKeyBase58 is not a short text.")
    import base58  # here: only old keys are written so

    try:
        return _raw(method, base58.b58decode(text))
    except ValueError as error:
        raise Malformed("encoding.base58", "publicKeyBase58 is not base58btc.") from error


def _from_hex(method: Mapping[str, object]) -> PublicKey | Unusable:
    text = method["publicKeyHex"]
    if not isinstance(text, str) or not 0 < len(text) <= 132 or not text.isalnum():
        raise Malformed("key.malformed", "publicKeyHex is not a short text.")
    try:
        return _raw(method, bytes.fromhex(text))
    except ValueError as error:
        raise Malformed("key.malformed", "publicKeyHex is not hexadecimal.") from error


def _from_jwk(method: Mapping[str, object]) -> PublicKey | Unusable:
    jwk = method["publicKeyJwk"]
    if isinstance(jwk, Mapping) and len(jwk) <= _MEMBERS:
        members = tuple(jwk.items())
        if all(isinstance(value, str) and len(value) <= LENGTH for _, value in members):
            return _kept_jwk(members)
    return read_jwk(jwk)


@lru_cache(maxsize=1024)
def _kept_jwk(members: tuple[tuple[str, str], ...]) -> PublicKey | Unusable:
    """The keys that were met last."""
    return read_jwk(dict(members))


_READERS: Mapping[str, Callable[[Mapping[str, object]], PublicKey | Unusable]] = {
    "publicKeyMultibase": lambda method: read_multikey(method["publicKeyMultibase"]),
    "publicKeyJwk": _from_jwk,
    "publicKeyBase58": _from_base58,
    "publicKeyHex": _from_hex,
    "publicKeyPem": _from_pem,
}
