"""Wycheproof's vectors, and how each is put to our own readers of keys and tokens and our own table
of algorithms: 3,208 signatures and 401 JOSE tokens.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from verifier.errors import Malformed
from verifier.keys.material import Unusable, read_key
from verifier.proofs import jws
from verifier.proofs.algorithms import fits

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

#: Vectors whose signatures have the form that JOSE gives them, and the algorithm's name.
JOSE_FORMS = {
    "ed25519": "Ed25519",
    "ecdsa_secp256r1_sha256_p1363": "ES256",
    "ecdsa_secp384r1_sha384_p1363": "ES384",
    "ecdsa_secp256k1_sha256_p1363": "ES256K",
    "rsa_signature_2048_sha256": "RS256",
    "rsa_signature_3072_sha256": "RS256",
    "rsa_signature_4096_sha512": "RS512",
    "rsa_pss_2048_sha256_mgf1_32": "PS256",
    "rsa_pss_3072_sha256_mgf1_32": "PS256",
    "rsa_pss_4096_sha512_mgf1_64": "PS512",
}
#: Forms that no proof we check has: they tell of the library alone.
OTHER_FORMS = (*("ecdsa_secp256r1_sha256", "ecdsa_secp384r1_sha384", "rsa_pss_2048_sha256_mgf1_0"),)
SIGNATURES, TOKENS = 3208, 401

_SHARED = (
    "HS256: whoever can check such a token could have made it, so that it proves nothing of an "
    "issuer; shared secrets are no public keys and are refused"
)
_MARKED = (
    "RFC 7520 shows several algorithms with one key whose “alg” names another or none that there "
    "is (RFC 7517, section 4.4: the algorithm intended for use with the key)"
)
_INSERTED = "a “?” stands in the token: RFC 7515, section 2, has base64url without other characters"
#: Where we answer otherwise than a vector says: its number, and why.
DEVIATIONS = {
    **dict.fromkeys((1, 348, 352, 357, 358, 359, 376, 377), _SHARED),
    **dict.fromkeys((346, 347, 350, 351), _MARKED),
    **dict.fromkeys((372, 373), _INSERTED),
}


def groups(material: Path, name: str) -> Iterator[Mapping[str, Any]]:
    """The groups of vectors in one file, each with its key."""
    yield from json.loads((material / "wycheproof" / f"{name}_test.json").read_bytes())[
        "testGroups"
    ]


def signature_holds(name: str, group: Mapping[str, Any], vector: Mapping[str, Any]) -> bool:
    """Whether the signature of a vector in the file `name` fits."""
    key = usable({"publicKeyPem": group["publicKeyPem"]})
    signature, message = bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"])
    if name in JOSE_FORMS:
        return fits(JOSE_FORMS[name], key, signature, message)
    return library(group, key, signature, message)


def library(group: Mapping[str, Any], key: PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether a signature in a form that no proof of ours has fits, by the library alone."""
    digest = {"SHA-256": hashes.SHA256(), "SHA-384": hashes.SHA384()}[group["sha"]]
    try:
        if isinstance(key, EllipticCurvePublicKey):
            key.verify(signature, message, ECDSA(digest))
        else:
            assert isinstance(key, RSAPublicKey)
            salted = padding.PSS(padding.MGF1(digest), group["sLen"])
            key.verify(signature, message, salted, digest)
    except InvalidSignature:
        return False
    return True


def token_holds(token: str, jwk: Mapping[str, Any]) -> bool:
    """Whether a token holds under a key."""
    key = read_key({"publicKeyJwk": jwk})
    try:
        read = jws.read(token)
    except Malformed:
        return False
    return not isinstance(key, Unusable) and jws.holds(read, key, jwk.get("alg"))


def usable(method: Mapping[str, Any]) -> PublicKey:
    """The key of a verification method that must be a good one."""
    key = read_key(method)
    assert not isinstance(key, Unusable), key
    return key
