"""A verification method's key: which Ed25519 key its JSON holds, and whether a signature by it
proves anything.

Controlled Identifiers 1.0, section 2.2 (verification methods), 2.2.2 (Multikey), 2.2.3
(JsonWebKey); Ed25519VerificationKey2020 and 2018 hold the same key in `publicKeyMultibase` and
`publicKeyBase58`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import base58
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from verifier.encodings import BASE58_LENGTH, read_base64url, read_multibase
from verifier.errors import Malformed

#: Multicodec prefixes of public keys: what each key is called. Ed25519 alone is checked so far.
_ED25519 = b"\xed\x01"
_KINDS = {
    b"\x80\x24": "P-256",
    b"\x81\x24": "P-384",
    b"\x82\x24": "P-521",
    b"\xe7\x01": "secp256k1",
    b"\xec\x01": "X25519",
    b"\xeb\x01": "BLS12-381 G2",
    b"\xea\x01": "BLS12-381 G1",
    b"\x85\x24": "RSA",
}
_PRIVATE = frozenset(
    (
        *("privateKeyBase58", "privateKeyMultibase", "privateKeyJwk", "privateKeyHex"),
        *("secretKeyMultibase", "secretKeyJwk", "secretKeyBase58", "privateKeyPem"),
    )
)
_PRIVATE_OF_JWK = frozenset(("d", "p", "q", "dp", "dq", "qi", "oth", "k"))

_P = 2**255 - 19
_ORDER_8 = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
#: y coordinates of the points of small order: under such a key a signature fits any text.
_SMALL_ORDER = frozenset((0, 1, _P - 1, _ORDER_8, _P - _ORDER_8))


@dataclass(frozen=True)
class Unusable:
    """A key that nothing can be concluded from; `code` is a code of the question `genuine`."""

    code: str
    reason: str
    says: str


def read_key(method: Mapping[str, object]) -> Ed25519PublicKey | Unusable:
    """The Ed25519 public key in a verification method, or why there is none to use."""
    jwk = method.get("publicKeyJwk")
    leaked = not _PRIVATE.isdisjoint(method) or (
        isinstance(jwk, Mapping) and not _PRIVATE_OF_JWK.isdisjoint(jwk)
    )
    if leaked:
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
        raw = _READERS[given[0]](method[given[0]])
    except Malformed as error:
        return Unusable(
            "key_unreachable", error.reason, f"The issuer's key can't be read. {error.says}"
        )
    return raw if isinstance(raw, Unusable) else from_bytes(raw)


def from_bytes(raw: bytes) -> Ed25519PublicKey | Unusable:
    """The key in its 32 bytes (RFC 8032, section 5.1.5); refuses points of small order and second
    spellings.
    """
    if len(raw) != 32:
        return Unusable(
            "key_unreachable", "key.malformed", "The issuer's key is not 32 bytes long."
        )
    y = int.from_bytes(raw, "little") & (2**255 - 1)
    if y in _SMALL_ORDER or y >= _P:
        return Unusable(
            "bad_signature",
            "key.weak",
            "The signing key is one under which anybody's signature fits anything.",
        )
    return Ed25519PublicKey.from_public_bytes(raw)


def from_multikey(text: object) -> bytes | Unusable:
    """The 32 bytes in a Multikey value. Raises `Malformed` for what is no multibase value."""
    raw = read_multibase(text)
    if raw.startswith(_ED25519):
        return raw[len(_ED25519) :]
    kind = _KINDS.get(raw[:2], "unknown")
    return Unusable(
        "unsupported_proof",
        "key.type",
        f"The signing key is of the kind “{kind}”, which Touchstone can't check yet.",
    )


def _from_jwk(jwk: object) -> bytes | Unusable:
    """RFC 8037, section 2: an octet key pair on the curve Ed25519, whose `x` is the public key."""
    if not isinstance(jwk, Mapping):
        raise Malformed("key.malformed", "publicKeyJwk is not an object.")
    if jwk.get("kty") != "OKP" or jwk.get("crv") != "Ed25519":
        kind = str(jwk.get("crv") or jwk.get("kty"))[:20]
        return Unusable(
            "unsupported_proof",
            "key.type",
            f"The signing key is of the kind “{kind}”, which Touchstone can't check yet.",
        )
    operations = jwk.get("key_ops")
    if jwk.get("use") not in (None, "sig") or (
        operations is not None and not (isinstance(operations, list) and "verify" in operations)
    ):
        return Unusable(
            "key_not_issuers", "key.use", "The issuer does not use this key for signatures."
        )
    value = jwk.get("x")
    if not isinstance(value, str) or len(value) > BASE58_LENGTH:
        raise Malformed("key.malformed", "publicKeyJwk has no x.")
    return read_base64url(value)


def _from_base58(text: object) -> bytes:
    if not isinstance(text, str) or not 0 < len(text) <= 64:
        raise Malformed("key.malformed", "publicKeyBase58 is not a short text.")
    try:
        return base58.b58decode(text)
    except ValueError as error:
        raise Malformed("encoding.base58", "publicKeyBase58 is not base58btc.") from error


_READERS = {
    "publicKeyMultibase": from_multikey,
    "publicKeyJwk": _from_jwk,
    "publicKeyBase58": _from_base58,
}
