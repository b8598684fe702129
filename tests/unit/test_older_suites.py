"""The older suites, whose `jws` leaves its payload out, and what makes them fail."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa

from tests.made.credentials import badge_2020
from tests.made.issuers import RIVERSIDE
from tests.made.suites import Key, key_of, listing, signed_detached
from tests.unit.judging import is_genuine
from verifier.errors import Malformed
from verifier.proofs.detached_jws import read_jws
from verifier.report import Outcome

JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
SUITES = (
    ("Ed25519Signature2018", "Ed25519"),
    ("EcdsaSecp256k1Signature2019", "secp256k1"),
    *(("JsonWebSignature2020", kind) for kind in ("Ed25519", "P-256", "P-384", "secp256k1")),
)
KINDS = ("Ed25519", "P-256", "P-384", "secp256k1")
WEB = listing(RIVERSIDE, *(key_of(RIVERSIDE, kind) for kind in KINDS))
RSA = rsa.generate_private_key(65537, 2048)
Document = dict[str, Any]


def badge() -> Document:
    """A badge under the vocabularies that these suites came with."""
    made = badge_2020(RIVERSIDE, "Tides")
    return {**made, "@context": [*made["@context"][:2], JWS_2020]}


def signed(suite: str, kind: str, **options: object) -> Document:
    """That badge, signed by the college."""
    return signed_detached(key_of(RIVERSIDE, kind), badge(), suite, **options)


def outcome(document: Document) -> tuple[str, str]:
    """Code and what became of the signature."""
    check = is_genuine(document, WEB)
    return check.code, check.detail["signature"]


@pytest.mark.parametrize(("suite", "kind"), SUITES)
def test_a_signature_by_the_issuers_key_is_good(suite: str, kind: str) -> None:
    assert outcome(signed(suite, kind)) == ("signature", "good")


@pytest.mark.parametrize(("suite", "kind"), SUITES)
def test_every_word_and_every_option_is_signed(suite: str, kind: str) -> None:
    document = signed(suite, kind)
    assert outcome({**document, "name": "Tide"}) == ("bad_signature", "bad")
    for member, value in {"created": "2025-03-14T09:30:01Z", "domain": "x", "nonce": "x"}.items():
        changed = {**document, "proof": {**document["proof"], member: value}}
        assert outcome(changed) == ("bad_signature", "bad")


@pytest.mark.parametrize(
    ("suite", "kind"),
    [
        ("Ed25519Signature2018", "P-256"),
        ("Ed25519Signature2018", "secp256k1"),
        ("EcdsaSecp256k1Signature2019", "P-256"),
        ("EcdsaSecp256k1Signature2019", "Ed25519"),
    ],
)
def test_a_key_of_another_kind_makes_no_proof_of_the_suite(suite: str, kind: str) -> None:
    check = is_genuine(signed(suite, kind), WEB)
    assert (check.code, check.detail["reason"]) == ("bad_signature", "proof.key")


@pytest.mark.parametrize("named", ["none", "HS256", "ES256", "RS256", "Ed25519", ""])
def test_the_header_names_no_other_algorithm_than_the_keys_own(named: str) -> None:
    header = {"alg": named, "b64": False, "crit": ["b64"]}
    assert outcome(signed("JsonWebSignature2020", "P-384", header=header)) == (
        "bad_signature",
        "bad",
    )


@pytest.mark.parametrize(
    "header",
    [
        {"alg": "ES384"},
        {"alg": "ES384", "b64": True, "crit": ["b64"]},
        {"alg": "ES384", "b64": False},
        {"alg": "ES384", "b64": False, "crit": []},
        {"alg": "ES384", "b64": False, "crit": ["b64", "exp"]},
        {"alg": "ES384", "b64": False, "crit": ["b64"], "jwk": {}},
        {"alg": ["ES384"], "b64": False, "crit": ["b64"]},
        {"b64": False, "crit": ["b64"]},
    ],
)
def test_a_header_that_says_anything_else_is_refused(header: object) -> None:
    check = is_genuine(signed("JsonWebSignature2020", "P-384", header=header), WEB)
    assert (check.code, check.detail["reason"]) == ("bad_signature", "jws.header")


@pytest.mark.parametrize(
    "text",
    [
        *(7, "", "..", "a..", "..a", "e30.x.AAAA", "e30..AAAA.AAAA", "e30..AA AA", "e30..AAAA=="),
        *("e30", "[]..AAAA", "e30..AA+A", "e30.." + "A" * 2000),
    ],
)
def test_what_is_no_detached_jws_is_refused(text: object) -> None:
    with pytest.raises(Malformed):
        read_jws(text)
    document = signed("Ed25519Signature2018", "Ed25519")
    document["proof"]["jws"] = text
    assert outcome(document) == ("bad_signature", "bad")


def test_two_members_alg_are_no_header() -> None:
    head = b'{"alg":"EdDSA","alg":"EdDSA","b64":false,"crit":["b64"]}'
    text = base64.urlsafe_b64encode(head).rstrip(b"=").decode()
    with pytest.raises(Malformed, match="twice"):
        read_jws(f"{text}..AAAA")


@pytest.mark.parametrize("algorithm", ["PS256", "RS256"])
def test_an_rsa_key_signs_by_either_padding(algorithm: str) -> None:
    scheme = (
        padding.PSS(padding.MGF1(hashes.SHA256()), 32)
        if algorithm == "PS256"
        else padding.PKCS1v15()
    )

    class Rsa(Key, frozen=True):
        """The RSA key in the place of a test key."""

        def sign(self, data: bytes) -> bytes:
            return RSA.sign(data, scheme, hashes.SHA256())

    numbers = RSA.public_key().public_numbers()
    jwk = {
        "kty": "RSA",
        "n": _number(numbers.n),
        "e": _number(numbers.e),
    }
    method = {
        "id": f"{RIVERSIDE.did}#rsa",
        "type": "JsonWebKey2020",
        "controller": RIVERSIDE.did,
        "publicKeyJwk": jwk,
    }
    web = RIVERSIDE.web(verificationMethod=[method], assertionMethod=[method["id"]])
    header = {"alg": algorithm, "b64": False, "crit": ["b64"]}
    key = Rsa("RSA", "", f"{RIVERSIDE.did}#rsa")
    document = signed_detached(key, badge(), "JsonWebSignature2020", header)
    assert is_genuine(document, web).code == "signature"
    assert is_genuine({**document, "name": "Tide"}, web).code == "bad_signature"


def _number(value: int) -> str:
    raw = value.to_bytes((value.bit_length() + 7) // 8, "big")
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


@pytest.mark.parametrize("suite", ["RsaSignature2018", "EcdsaSecp256r1Signature2019"])
def test_a_suite_that_nobody_reads_alike_is_unknown(suite: str) -> None:
    document = signed("Ed25519Signature2018", "Ed25519")
    document["proof"]["type"] = suite
    assert outcome(document) == ("unsupported_proof", "unchecked")


def test_the_drafts_that_wrote_signature_value_are_unknown() -> None:
    document = signed("Ed25519Signature2018", "Ed25519")
    document["proof"]["signatureValue"] = document["proof"].pop("jws")
    assert outcome(document) == ("unsupported_proof", "unchecked")


def test_a_proof_that_no_vocabulary_of_the_badge_defines_is_unknown() -> None:
    key = key_of(RIVERSIDE, "P-256")
    bare = {**badge(), "@context": badge()["@context"][:2]}
    check = is_genuine(signed_detached(key, bare, "JsonWebSignature2020"), WEB)
    assert (check.code, check.detail["reason"]) == ("unsupported_proof", "proof.vocabulary")
    assert check.outcome is Outcome.UNKNOWN
