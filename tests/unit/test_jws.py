"""Compact tokens: what is read, what is refused and why, and which algorithm a key may be used
with.
"""

from __future__ import annotations

import base64
import json
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, rsa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature

from verifier.errors import Malformed
from verifier.proofs import jws

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

ED25519 = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
CURVES = {
    "ES256": (ec.derive_private_key(7, ec.SECP256R1()), hashes.SHA256()),
    "ES256K": (ec.derive_private_key(7, ec.SECP256K1()), hashes.SHA256()),
    "ES384": (ec.derive_private_key(7, ec.SECP384R1()), hashes.SHA384()),
    "ES512": (ec.derive_private_key(7, ec.SECP521R1()), hashes.SHA512()),
}
RSA = rsa.generate_private_key(65537, 2048)
DIGESTS = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
PUBLIC: dict[str, PublicKey] = {
    "EdDSA": ED25519.public_key(),
    "Ed25519": ED25519.public_key(),
    **{name: key.public_key() for name, (key, _) in CURVES.items()},
    **{f"{form}{bits}": RSA.public_key() for form in ("RS", "PS") for bits in DIGESTS},
}


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def signed(algorithm: str, data: bytes) -> bytes:
    if algorithm in CURVES:
        key, digest = CURVES[algorithm]
        size = (key.key_size + 7) // 8
        numbers = decode_dss_signature(key.sign(data, ec.ECDSA(digest)))
        return b"".join(number.to_bytes(size, "big") for number in numbers)
    if algorithm in ("EdDSA", "Ed25519"):
        return ED25519.sign(data)
    digest = DIGESTS[algorithm[2:]]
    if algorithm.startswith("RS"):
        return RSA.sign(data, padding.PKCS1v15(), digest)
    return RSA.sign(data, padding.PSS(padding.MGF1(digest), digest.digest_size), digest)


def token(header: object, payload: bytes = b'{"a":1}', algorithm: str = "EdDSA") -> str:
    """A token whose signature fits, whatever its header says."""
    raw = header if isinstance(header, bytes) else json.dumps(header).encode()
    data = f"{b64(raw)}.{b64(payload)}"
    return f"{data}.{b64(signed(algorithm, data.encode()))}"


@pytest.mark.parametrize("algorithm", PUBLIC)
def test_each_algorithm_holds_with_its_own_kind_of_key_and_no_other(algorithm: str) -> None:
    read = jws.read(token({"alg": algorithm}, algorithm=algorithm))
    assert read.payload == b'{"a":1}'
    for other, key in PUBLIC.items():
        same = PUBLIC[algorithm] == key
        assert jws.holds(read, key) == same, other
        renamed = jws.read(token({"alg": other}, algorithm=algorithm))
        alike = other == algorithm or {other, algorithm} == {"EdDSA", "Ed25519"}
        assert jws.holds(renamed, PUBLIC[algorithm]) == alike, other


@pytest.mark.parametrize(
    ("marked", "holds"),
    [(None, True), ("EdDSA", True), ("Ed25519", True), ("ES256", False), ("", False)],
)
def test_a_key_marked_for_one_algorithm_is_good_for_no_other(
    marked: str | None, holds: bool
) -> None:
    read = jws.read(token({"alg": "EdDSA"}))
    assert jws.holds(read, ED25519.public_key(), marked) == holds


def test_a_changed_byte_anywhere_no_longer_holds() -> None:
    head, payload, signature = token({"alg": "EdDSA"}).split(".")
    other = token({"alg": "EdDSA", "typ": "x"}, b'{"a":2}').split(".")
    for spoiled in (
        f"{other[0]}.{payload}.{signature}",
        f"{head}.{other[1]}.{signature}",
        f"{head}.{payload}.{other[2]}",
        f"{head}.{payload}.",
        f"{head}..{signature}",
    ):
        assert not jws.holds(jws.read(spoiled), ED25519.public_key())


GOOD = token({"alg": "EdDSA"})
HEAD, BODY, SIGNATURE = GOOD.split(".")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "jws.form"),
        (HEAD, "jws.form"),
        (f"{HEAD}.{BODY}", "jws.form"),
        (f".{BODY}.{SIGNATURE}", "jws.form"),
        (f"{GOOD}.{BODY}", "jws.form"),
        (f"{GOOD}.", "jws.form"),
        (f"{HEAD}..{BODY}.{SIGNATURE}.{BODY}", "jws.form"),
        (f"{GOOD}=", "jws.form"),
        (f"{HEAD}=.{BODY}.{SIGNATURE}", "jws.form"),
        (f" {GOOD}", "jws.form"),
        (f"{GOOD}\n", "jws.form"),
        (f"{HEAD}.\n{BODY}.{SIGNATURE}", "jws.form"),
        (f"{HEAD}.{BODY[:2]} {BODY[2:]}.{SIGNATURE}", "jws.form"),
        (f"{HEAD}.{BODY}?.{SIGNATURE}", "jws.form"),
        (f"{HEAD}?.{BODY}.{SIGNATURE}", "jws.form"),
        (f"{HEAD}.{BODY}.+/{SIGNATURE[2:]}", "jws.form"),
        (f"{HEAD}.{BODY}.{SIGNATURE}\u00e9", "jws.form"),
        (json.dumps({"payload": BODY, "protected": HEAD, "signature": SIGNATURE}), "jws.form"),
        (f"{HEAD}.{BODY}.{SIGNATURE[:-1]}B", "encoding.base64url"),
        (f"{HEAD}.{BODY}x.{SIGNATURE}", "encoding.base64url"),
        ("A" * 20_000 + f".{BODY}.{SIGNATURE}", "jws.size"),
        (f"{HEAD}.{BODY}.{'A' * 2000}", "jws.size"),
        (f"{HEAD}.{'A' * 6_000_000}.{SIGNATURE}", "jws.size"),
    ],
)
def test_what_is_not_to_the_letter_is_refused(text: str, reason: str) -> None:
    with pytest.raises(Malformed) as refused:
        jws.read(text)
    assert refused.value.reason == reason


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        *[({"alg": name}, "jws.alg") for name in ("none", "None", "nOnE", "NONE", "", 7, None)],
        *[({"alg": name}, "jws.alg") for name in (["EdDSA"], {"EdDSA": 1}, True)],
        ({"typ": "JWT"}, "jws.alg"),
        *[({"alg": name}, "jws.alg") for name in ("HS256", "HS384", "HS512", "hs256")],
        *[({"alg": n}, "jws.unsupported") for n in ("ML-DSA-44", "eddsa", "Ed448", "ES256 ")],
        *[({"alg": "EdDSA", "crit": c}, "jws.crit") for c in (["exp"], [], "b64", ["b64"], None)],
        *[({"alg": "EdDSA", "b64": b, "crit": ["b64"]}, "jws.crit") for b in (False, True)],
        ({"alg": "EdDSA", "b64": False}, "jws.crit"),
        ({"alg": "EdDSA", "zip": "DEF"}, "jws.header"),
        ({"alg": "EdDSA", "enc": "A128GCM"}, "jws.header"),
        *[
            ({"alg": "EdDSA", "cty": cty}, "jws.header")
            for cty in ("JWT", "jwt", "application/jwt")
        ],
        *[({"alg": "EdDSA", "kid": kid}, "jws.header") for kid in (7, None, ["k"], {"k": 1})],
        ({"alg": "EdDSA", "typ": 1}, "jws.header"),
        (b'{"alg":"EdDSA","alg":"EdDSA"}', "json.duplicate"),
        (b'{"alg":"none","alg":"EdDSA"}', "json.duplicate"),
        (b'{"alg":"EdDSA","a":{"b":1,"b":1}}', "json.duplicate"),
        (b'["EdDSA"]', "json.not_object"),
        (b'"EdDSA"', "json.not_object"),
        (b"EdDSA", "json.syntax"),
        (b'\xef\xbb\xbf{"alg":"EdDSA"}', "json.encoding"),
        (b'{"alg":"EdDSA","n":NaN}', "json.number"),
    ],
)
def test_what_a_header_may_not_say_is_refused(header: Any, reason: str) -> None:  # noqa: ANN401 any JSON
    with pytest.raises(Malformed) as refused:
        jws.read(token(header))
    assert refused.value.reason == reason


def test_keys_in_a_header_are_not_looked_at() -> None:
    header = {"alg": "EdDSA", "jwk": {"kty": "oct"}, "jku": "https://x.example", "x5c": ["?"]}
    read = jws.read(token(header))
    assert jws.holds(read, ED25519.public_key())
    assert not jws.holds(read, PUBLIC["ES256"])
