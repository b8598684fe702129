"""Wycheproof's vectors, through our own readers of keys and of tokens and our own table of
algorithms: every known trick against signatures.

3,208 signatures and 401 JOSE tokens. Where we answer otherwise than a vector says, it is named
here, with the reason.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.ec import ECDSA, EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from verifier.errors import Malformed
from verifier.keys.material import PublicKey, Unusable, read_key
from verifier.proofs import jws
from verifier.proofs.algorithms import fits

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
DEVIATIONS = {
    **dict.fromkeys((1, 348, 352, 357, 358, 359, 376, 377), _SHARED),
    **dict.fromkeys((346, 347, 350, 351), _MARKED),
    **dict.fromkeys((372, 373), _INSERTED),
}


def groups(material: Path, name: str) -> Iterator[Mapping[str, Any]]:
    yield from json.loads((material / "wycheproof" / f"{name}_test.json").read_bytes())[
        "testGroups"
    ]


def wrong(name: str, vector: Mapping[str, Any], holds: bool) -> list[str]:
    """`acceptable` leaves the answer to us: only Wycheproof's two other words can be missed."""
    expected = {"valid": True, "invalid": False}.get(vector["result"], holds)
    return [] if holds == expected else [f"{name} {vector['tcId']}: {vector['comment']}"]


@pytest.mark.parametrize("name", JOSE_FORMS)
def test_every_signature_in_the_form_of_jose(name: str, material: Path) -> None:
    found: list[str] = []
    for group in groups(material, name):
        key = usable({"publicKeyPem": group["publicKeyPem"]})
        if "publicKeyJwk" in group:
            assert usable({"publicKeyJwk": group["publicKeyJwk"]}) == key
        for vector in group["tests"]:
            signature, message = bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"])
            holds = fits(JOSE_FORMS[name], key, signature, message)
            found += wrong(name, vector, holds)
            others = set(JOSE_FORMS.values()) - {JOSE_FORMS[name]}
            if vector["result"] == "valid":
                assert not any(fits(other, key, signature, message) for other in others)
    assert found == []


@pytest.mark.parametrize("name", OTHER_FORMS)
def test_every_signature_in_other_forms(name: str, material: Path) -> None:
    found: list[str] = []
    for group in groups(material, name):
        key = usable({"publicKeyPem": group["publicKeyPem"]})
        for vector in group["tests"]:
            signature, message = bytes.fromhex(vector["sig"]), bytes.fromhex(vector["msg"])
            found += wrong(name, vector, library(group, key, signature, message))
            if vector["result"] == "valid":
                assert not any(fits(one, key, signature, message) for one in JOSE_FORMS.values())
    assert found == []


def library(group: Mapping[str, Any], key: PublicKey, signature: bytes, message: bytes) -> bool:
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


def test_every_token(material: Path) -> None:
    found, seen = [], 0
    for group in groups(material, "json_web_signature"):
        for vector in group["tests"]:
            seen += 1
            token, key = vector["jws"], group.get("public", group["private"])
            text = token if isinstance(token, str) else json.dumps(token)
            found += wrong("token", vector, token_holds(text, key))
    assert seen == TOKENS
    assert sorted(int(one.split()[1].rstrip(":")) for one in found) == sorted(DEVIATIONS), found


def token_holds(token: str, jwk: Mapping[str, Any]) -> bool:
    key = read_key({"publicKeyJwk": jwk})
    try:
        read = jws.read(token)
    except Malformed:
        return False
    return not isinstance(key, Unusable) and jws.holds(read, key, jwk.get("alg"))


def test_all_of_them_were_seen(material: Path) -> None:
    names = (*JOSE_FORMS, *OTHER_FORMS)
    counted = sum(len(group["tests"]) for name in names for group in groups(material, name))
    assert counted == SIGNATURES


def usable(method: Mapping[str, Any]) -> PublicKey:
    key = read_key(method)
    assert not isinstance(key, Unusable), key
    return key
