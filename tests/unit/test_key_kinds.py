"""Keys of every kind, in every form that a standard gives them, and the weak ones of each kind."""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)

from verifier.errors import Malformed
from verifier.keys.controllers import read_controller
from verifier.keys.material import Unusable, read_key
from verifier.keys.numbers import CURVES, curve_of

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

PREFIXES = {
    "P-256": b"\x80\x24",
    "P-384": b"\x81\x24",
    "P-521": b"\x82\x24",
    "secp256k1": b"\xe7\x01",
}
POINTS = {name: ec.derive_private_key(7, curve_of(name)).public_key() for name in CURVES}
RSA = rsa.generate_private_key(65537, 2048)
SHORT = rsa.generate_private_key(65537, 1024)  # noqa: S505 what the test is about


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def number(value: int) -> str:
    return b64(value.to_bytes((value.bit_length() + 7) // 8, "big"))


def multibase(raw: bytes) -> str:
    return "z" + base58.b58encode(raw).decode()


def point(name: str, form: PublicFormat) -> bytes:
    return POINTS[name].public_bytes(Encoding.X962, form)


def jwk(name: str) -> dict[str, str]:
    numbers, size = POINTS[name].public_numbers(), (POINTS[name].key_size + 7) // 8
    x, y = (b64(value.to_bytes(size, "big")) for value in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": name, "x": x, "y": y}


def rsa_jwk(n: int = RSA.public_key().public_numbers().n, e: int = 65537) -> dict[str, str]:
    return {"kty": "RSA", "n": number(n), "e": number(e)}


def pem(key: PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def in_pem(der: bytes) -> str:
    text = base64.b64encode(der).decode()
    return f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----\n"


def off_curve(name: str) -> str:
    """The PEM of a key whose point lies beside its curve."""
    der = POINTS[name].public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    return in_pem(der[:-1] + bytes([der[-1] ^ 1]))


ZERO = "A" * 43


@pytest.mark.parametrize("name", CURVES)
def test_a_key_on_each_curve_is_read_in_every_form(name: str) -> None:
    forms: list[dict[str, Any]] = [
        {
            "publicKeyMultibase": multibase(
                PREFIXES[name] + point(name, PublicFormat.CompressedPoint)
            )
        },
        {"publicKeyMultibase": multibase(b"\xd1\xd6\x03" + json.dumps(jwk(name)).encode())},
        {"publicKeyJwk": jwk(name)},
        {"publicKeyPem": pem(POINTS[name])},
    ]
    for form in forms:
        assert read_key(form) == POINTS[name]


def test_an_rsa_key_is_read_in_every_form() -> None:
    der = RSA.public_key().public_bytes(Encoding.DER, PublicFormat.PKCS1)
    for form in (
        {"publicKeyMultibase": multibase(b"\x85\x24" + der)},
        {"publicKeyJwk": rsa_jwk()},
        {"publicKeyPem": pem(RSA.public_key())},
    ):
        assert read_key(form) == RSA.public_key()


def test_older_methods_tell_the_kind_by_their_type() -> None:
    small = point("secp256k1", PublicFormat.CompressedPoint)
    kind = {"type": "EcdsaSecp256k1VerificationKey2019"}
    assert read_key({**kind, "publicKeyHex": small.hex()}) == POINTS["secp256k1"]
    text = base58.b58encode(small).decode()
    assert read_key({**kind, "publicKeyBase58": text}) == POINTS["secp256k1"]


SECRET = RSA.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
N = RSA.public_key().public_numbers().n
WEAK: dict[str, dict[str, Any]] = {
    "off the curve": {"publicKeyJwk": {**jwk("P-256"), "y": jwk("P-256")["x"]}},
    "no point has this x": {
        "publicKeyMultibase": multibase(PREFIXES["P-256"] + b"\x02" + b"\xff" * 32)
    },
    "512 bits": {"publicKeyJwk": rsa_jwk(2**511 + 1)},
    "1024 bits": {"publicKeyJwk": rsa_jwk(2**1023 + 1)},
    "8200 bits": {"publicKeyJwk": rsa_jwk(2**8199 + 1)},
    "an even modulus": {"publicKeyJwk": rsa_jwk(N + 1)},
    "an exponent of 1": {"publicKeyJwk": rsa_jwk(e=1)},
    "an even exponent": {"publicKeyJwk": rsa_jwk(e=65536)},
    "16384 bits": {"publicKeyJwk": rsa_jwk(2**16383 + 1)},
    "a short key in PEM": {"publicKeyPem": pem(SHORT.public_key())},
    **{f"off {name} in PEM": {"publicKeyPem": off_curve(name)} for name in CURVES},
    "the point at infinity in PEM": {
        "publicKeyPem": in_pem(
            bytes.fromhex("3019301306072a8648ce3d020106082a8648ce3d03010703020000")
        )
    },
    "the point at infinity": {"publicKeyJwk": {**jwk("P-256"), "x": ZERO, "y": ZERO}},
}


@pytest.mark.parametrize("name", WEAK)
def test_weak_keys_are_refused(name: str) -> None:
    found = read_key(WEAK[name])
    assert isinstance(found, Unusable)
    assert (found.code, found.reason) == ("bad_signature", "key.weak")


@pytest.mark.parametrize(
    "form",
    [
        {"publicKeyPem": SECRET},
        {"publicKeyJwk": {**rsa_jwk(), "d": "AA"}},
        {"publicKeyJwk": {"kty": "oct", "k": "AA"}},
    ],
)
def test_a_published_secret_is_refused(form: dict[str, Any]) -> None:
    found = read_key(form)
    assert isinstance(found, Unusable)
    assert (found.code, found.reason) == ("bad_signature", "key.private")


@pytest.mark.parametrize(
    "form",
    [
        {"publicKeyJwk": {**jwk("P-256"), "x": "AA"}},
        {"publicKeyMultibase": multibase(PREFIXES["P-256"] + b"\x00")},
        {
            "publicKeyMultibase": multibase(
                PREFIXES["P-256"] + point("P-256", PublicFormat.UncompressedPoint)
            )
        },
        {"publicKeyMultibase": multibase(b"\x85\x24junk")},
        {"publicKeyPem": "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----"},
        {"publicKeyPem": "x" * 5000},
        {"publicKeyHex": "zz", "type": "EcdsaSecp256k1VerificationKey2019"},
        {"publicKeyPem": in_pem(b"junk")},
        {"publicKeyPem": "-----BEGIN PUBLIC KEY-----%-----END PUBLIC KEY-----"},
        {"publicKeyPem": in_pem(bytes.fromhex("301306072a8648ce3d020106082a8648ce3d030107"))},
    ],
)
def test_what_is_no_key_is_told_so(form: dict[str, Any]) -> None:
    found = read_key(form)
    assert isinstance(found, Unusable)
    assert (found.code, found.reason) == ("key_unreachable", "key.malformed")


def test_a_did_jwk_holds_its_own_key() -> None:
    did = f"did:jwk:{b64(json.dumps(jwk('P-256')).encode())}"
    method = read_controller(did, {}).listed(f"{did}#0")
    assert isinstance(method, dict)
    assert read_key(method) == POINTS["P-256"]


@pytest.mark.parametrize("specific", ["AA", b64(b'{"kty":"EC","kty":"OKP"}'), "A" * 3000])
def test_a_did_jwk_without_one_jwk_is_none(specific: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_controller(f"did:jwk:{specific}", {})
    assert caught.value.reason == "did.syntax"
