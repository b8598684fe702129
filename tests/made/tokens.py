"""Tokens in compact form, signed with test keys: RFC 7515 with RS256, EdDSA or ECDSA on any
curve, the same bytes every time.
"""

from __future__ import annotations

import hashlib
import json
import math
from base64 import urlsafe_b64encode
from collections.abc import Iterator, Mapping
from functools import cache

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.rsa import (
    RSAPrivateKey,
    RSAPrivateNumbers,
    RSAPublicNumbers,
    rsa_crt_dmp1,
    rsa_crt_dmq1,
    rsa_crt_iqmp,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.made.signing import private_key

_EXPONENT = 65537
_PRIME_BITS = 1024
#: The small odd primes multiplied: what shares a factor with it needs no slower test.
_SMALL = math.prod(
    n for n in range(3, 3000, 2) if all(n % m for m in range(3, math.isqrt(n) + 1, 2))
)
_CURVES: Mapping[str, tuple[ec.EllipticCurve, hashes.HashAlgorithm]] = {
    "ES256K": (ec.SECP256K1(), hashes.SHA256()),
    "ES384": (ec.SECP384R1(), hashes.SHA384()),
    "ES512": (ec.SECP521R1(), hashes.SHA512()),
}


def base64url(content: bytes) -> str:
    """Base64url without padding."""
    return urlsafe_b64encode(content).rstrip(b"=").decode()


def token(
    payload: Mapping[str, object] | bytes, key: str, algorithm: str = "RS256", **header: object
) -> str:
    """`payload` as a JWS in compact form, by the test key called `key`; `header` adds to `alg`."""
    content = payload if isinstance(payload, bytes) else as_compact_json(payload)
    head = as_compact_json({"alg": algorithm, **header})
    data = f"{base64url(head)}.{base64url(content)}"
    return f"{data}.{base64url(_signature(data.encode(), key, algorithm))}"


def as_compact_json(value: object) -> bytes:
    """JSON without white space."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _signature(data: bytes, key: str, algorithm: str) -> bytes:
    if algorithm == "EdDSA":
        return private_key(key).sign(data)
    if algorithm in _CURVES:
        curve, digest = _CURVES[algorithm]
        size = (curve.key_size + 7) // 8
        own = ec_key(key, algorithm)
        r, s = decode_dss_signature(own.sign(data, ec.ECDSA(digest, deterministic_signing=True)))
        return r.to_bytes(size, "big") + s.to_bytes(size, "big")
    if algorithm == "ES256":
        way = ec.ECDSA(hashes.SHA256(), deterministic_signing=True)
        r, s = decode_dss_signature(p256_key(key).sign(data, way))
        return r.to_bytes(32, "big") + s.to_bytes(32, "big")
    return rsa_key(key).sign(data, padding.PKCS1v15(), hashes.SHA256())


def ec_key(name: str, algorithm: str) -> ec.EllipticCurvePrivateKey:
    """The test key called `name` on the curve of `algorithm`, one of those besides ES256."""
    curve = _CURVES[algorithm][0]
    seed = hashlib.sha256(f"touchstone test key {curve.name} {name}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") >> 1, curve)


def public_jwk(name: str, algorithm: str) -> dict[str, object]:
    """The public half of the key called `name` that `algorithm` is made with."""
    if algorithm == "EdDSA":
        raw = private_key(name).public_key().public_bytes_raw()
        return {"kty": "OKP", "crv": "Ed25519", "x": base64url(raw)}
    if algorithm == "ES256":
        return p256_jwk(name)
    if algorithm in _CURVES:
        numbers = ec_key(name, algorithm).public_key().public_numbers()
        curve, size = numbers.curve, (numbers.curve.key_size + 7) // 8
        x, y = (base64url(n.to_bytes(size, "big")) for n in (numbers.x, numbers.y))
        crv = "secp256k1" if isinstance(curve, ec.SECP256K1) else f"P-{curve.key_size}"
        return {"kty": "EC", "crv": crv, "x": x, "y": y}
    modulus = rsa_key(name).public_key().public_numbers().n
    n = base64url(modulus.to_bytes((modulus.bit_length() + 7) // 8, "big"))
    return {"kty": "RSA", "n": n, "e": "AQAB"}


def p256_key(name: str) -> ec.EllipticCurvePrivateKey:
    """The test key on P-256 called `name`."""
    seed = hashlib.sha256(f"touchstone test key P-256 {name}".encode()).digest()
    return ec.derive_private_key(int.from_bytes(seed, "big") >> 1, ec.SECP256R1())


def p256_jwk(name: str) -> dict[str, object]:
    """Its public half."""
    numbers = p256_key(name).public_key().public_numbers()
    x, y = (base64url(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}


@cache
def rsa_key(name: str) -> RSAPrivateKey:
    """The RSA test key of 2048 bits called `name`: its primes are made from its name."""
    found = _primes(name)
    p, q = next(found), next(found)
    d = pow(_EXPONENT, -1, (p - 1) * (q - 1))
    numbers = RSAPrivateNumbers(
        p=p,
        q=q,
        d=d,
        dmp1=rsa_crt_dmp1(d, p),
        dmq1=rsa_crt_dmq1(d, q),
        iqmp=rsa_crt_iqmp(p, q),
        public_numbers=RSAPublicNumbers(_EXPONENT, p * q),
    )
    return numbers.private_key()


def rsa_pem(name: str) -> str:
    """Its public half in PEM."""
    public = rsa_key(name).public_key()
    return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _primes(name: str) -> Iterator[int]:
    """Numbers that Fermat's test takes for primes, which is good enough for a key of no worth."""
    seed = hashlib.shake_256(f"touchstone test key RSA {name}".encode()).digest(_PRIME_BITS // 8)
    number = int.from_bytes(seed, "big") | 3 << _PRIME_BITS - 2 | 1
    while True:
        likely = number % _EXPONENT != 1 and math.gcd(number, _SMALL) == 1
        if likely and all(pow(base, number - 1, number) == 1 for base in (2, 3, 5)):
            yield number
        number += 2
