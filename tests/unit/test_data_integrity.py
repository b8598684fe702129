"""Data Integrity proofs: what passes, and every way in which a proof fails to."""

import base64
from copy import deepcopy
from datetime import timedelta
from pathlib import Path
from typing import Any

import base58
import pytest

from tests.made.credentials import badge, badge_2020, by, plain_name
from tests.made.issuers import RIVERSIDE
from tests.made.signing import did_key, did_key_method, private_key, signed, signed_2020
from tests.unit.judging import NOW, is_genuine, parsed
from verifier.checks import genuine
from verifier.model import Request
from verifier.report import Outcome

Document = dict[str, Any]


def good(**members: object) -> Document:
    """A badge signed by the college."""
    return by(RIVERSIDE, badge(RIVERSIDE, "Field Botany", plain_name("Ada Moss"), **members))


def with_proof(**options: object) -> Document:
    """A badge whose proof was made with these options."""
    return signed(badge(RIVERSIDE, "Field Botany"), RIVERSIDE.domain, RIVERSIDE.method, **options)


def retouched(**options: object) -> Document:
    """A badge whose proof's options were changed after it was made; `None` leaves one out."""
    document = good()
    changed = {**document["proof"], **options}
    return {**document, "proof": {name: v for name, v in changed.items() if v is not None}}


def outcome(document: Document) -> tuple[str, str]:
    """Code and what became of the signature."""
    check = is_genuine(document)
    assert check.says.endswith(".")
    assert (check.fix is None) == (check.outcome is Outcome.PASSED)
    return check.code, check.detail["signature"]


PASSED = ("signature", "good")
ALTERED = ("bad_signature", "bad")


def test_both_suites_pass_with_the_issuers_key() -> None:
    older = signed_2020(badge_2020(RIVERSIDE, "Tides"), RIVERSIDE.domain, RIVERSIDE.method)
    assert outcome(good()) == PASSED
    assert outcome(older) == PASSED
    own = badge(RIVERSIDE, "Tides", issuer=did_key("a"))
    assert outcome(signed(own, "a")) == PASSED
    assert is_genuine(good()).detail["verificationMethod"] == RIVERSIDE.method


@pytest.mark.parametrize(
    ("marked", "code"),
    [(None, "signature"), ("EdDSA", "signature"), ("Ed25519", "signature")]
    + [(name, "key_not_issuers") for name in ("ES256", "Ed448", "")],
)
def test_a_key_marked_for_another_algorithm_makes_no_proof(marked: str | None, code: str) -> None:
    raw = private_key(RIVERSIDE.domain).public_key().public_bytes_raw()
    point = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    jwk = {"kty": "OKP", "crv": "Ed25519", "x": point}
    method = {
        "id": RIVERSIDE.method,
        "type": "JsonWebKey",
        "controller": RIVERSIDE.did,
        "publicKeyJwk": jwk if marked is None else {**jwk, "alg": marked},
    }
    check = is_genuine(good(), RIVERSIDE.web(verificationMethod=[method]))
    assert check.code == code


def test_the_vectors_of_the_suites_are_good_signatures_by_nobodys_key(material: Path) -> None:
    for suite in ("eddsa-rdfc-2022", "Ed25519Signature2020"):
        path = next((material / "w3c-vc-di-eddsa" / suite).glob("signed*.json"))
        check = is_genuine(path.read_bytes(), {})
        assert (check.code, check.detail["signature"]) == ("issuer_unproven", "good")


def test_proof_sets_and_chains_are_good(material: Path) -> None:
    folder = material / "w3c-vc-di-eddsa" / "proof-set-chain"
    for name in ("signedProofSet1", "signedProofSet2", "signedProofChain1"):
        content = (folder / f"{name}.json").read_bytes()
        assert is_genuine(content, {}).detail["signature"] == "good"
        assert {proof.form for proof in parsed(content).proofs} == {"data_integrity"}


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("created", "2025-03-14T09:30:01Z"),
        ("created", None),
        ("expires", "2099-01-01T00:00:00Z"),
        ("domain", "elsewhere.example"),
        ("challenge", "x"),
        ("nonce", "x"),
        ("id", "urn:uuid:6f3e9d2c-5d5b-4b7b-8a5c-0a0a0a0a0a0a"),
    ],
)
def test_every_option_of_a_proof_is_signed(member: str, value: object) -> None:
    assert outcome(retouched(**{member: value})) == ALTERED


@pytest.mark.parametrize("member", ["expires", "domain", "challenge", "nonce"])
def test_the_same_options_signed_are_good(member: str) -> None:
    value = "2099-01-01T00:00:00Z" if member == "expires" else "x"
    assert outcome(with_proof(**{member: value})) == PASSED


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"proofPurpose": "authentication"}, ("structure", "unchecked")),
        ({"proofPurpose": None}, ("structure", "unchecked")),
        ({"verificationMethod": None}, ("structure", "unchecked")),
        ({"verificationMethod": ["a", "b"]}, ("structure", "unchecked")),
        ({"verificationMethod": did_key_method("stranger")}, ALTERED),
        ({"created": "yesterday"}, ("structure", "unchecked")),
        ({"expires": 7}, ("structure", "unchecked")),
        ({"unheardOf": "x"}, ("dropped_terms", "bad")),
        ({"cryptosuite": "ecdsa-sd-2023"}, ALTERED),
        ({"cryptosuite": "eddsa-jcs-2022"}, ALTERED),
        ({"cryptosuite": None}, ("unsupported_proof", "unchecked")),
        ({"type": "SomeProof"}, ("unsupported_proof", "unchecked")),
        ({"type": "Ed25519Signature2020"}, ("unsupported_proof", "unchecked")),
        ({"previousProof": "urn:x:y"}, ("structure", "bad")),
    ],
)
def test_an_option_that_was_changed_never_passes(
    options: Document, expected: tuple[str, str]
) -> None:
    assert outcome(retouched(**options)) == expected


def test_a_purpose_other_than_asserting_fails_even_signed() -> None:
    assert outcome(with_proof(proofPurpose="authentication")) == ("structure", "unchecked")


def test_a_member_we_can_not_weigh_leaves_a_good_signature_unknown() -> None:
    document = with_proof(name="x")
    assert outcome(document) == ("unsupported_proof", "good")


@pytest.mark.parametrize(
    "value",
    [
        *(None, 7, [], "", "z", "x", "not base58", "z0OIl"),
        *("z" + "1" * 200_000, "u" + "A" * 86, "z" + base58.b58encode(bytes(63)).decode()),
        "z" + base58.b58encode(bytes(65)).decode(),
        "z" + base58.b58encode(bytes(64)).decode(),
    ],
)
def test_what_is_no_signature_is_a_bad_one(value: object) -> None:
    document = good()
    document["proof"]["proofValue"] = value
    assert outcome(document) == ALTERED


def test_a_proof_counts_neither_before_it_was_made_nor_after_it_ended() -> None:
    def dated(**options: str) -> str:
        return is_genuine(with_proof(**options)).code

    def moment(minutes: int) -> str:
        return f"{NOW + timedelta(minutes=minutes):%Y-%m-%dT%H:%M:%SZ}"

    assert dated(created=moment(4)) == "signature"
    assert dated(created=moment(6)) == "bad_signature"
    assert dated(expires=moment(-4)) == "signature"
    assert dated(expires=moment(-6)) == "bad_signature"


# --- the document ---


def leaves(value: object, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every path to a value that holds no others."""
    if isinstance(value, dict):
        return [p for key, item in value.items() for p in leaves(item, (*path, key))]
    if isinstance(value, list):
        return [p for index, item in enumerate(value) for p in leaves(item, (*path, index))]
    return [path]


def put(document: Document, path: tuple[Any, ...], value: object) -> Document:
    """A copy with `value` at `path`."""
    copy = deepcopy(document)
    holder: Any = copy
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return copy


@pytest.mark.parametrize("value", ["x", 7, None, {}, [], True, "2020-01-01T00:00:00Z"])
def test_no_leaf_can_be_changed(value: object) -> None:
    document = good(validUntil="2099-01-01T00:00:00Z")
    assert outcome(document) == PASSED
    for path in leaves(document):
        check = is_genuine(put(document, path, value))
        assert check.outcome is not Outcome.PASSED, path
        assert check.code not in ("issuer_unproven", "key_not_listed"), path


def test_the_same_statements_arranged_to_hide_the_end_are_no_badge() -> None:
    document = good(validUntil="2026-01-01T00:00:00Z")
    ends = {
        "@value": document.pop("validUntil"),
        "@type": "http://www.w3.org/2001/XMLSchema#dateTime",
    }
    document["https://www.w3.org/2018/credentials#validUntil"] = ends
    check = is_genuine(document)
    assert (check.code, check.detail["reason"]) == ("structure", "jsonld.shape")


def test_a_vocabulary_of_its_own_is_unknown_and_not_false() -> None:
    document = good()
    document["@context"].append({"mine": "urn:x:y"})
    assert outcome(document) == ("context", "unchecked")


# --- several proofs ---


def test_one_good_proof_beside_one_we_can_not_read_passes_and_says_so() -> None:
    document = good()
    document["proof"] = [{"type": "SomeProof"}, document["proof"]]
    check = is_genuine(document)
    assert check.code == "signature"
    assert [item["code"] for item in check.detail["also"]] == ["unsupported_proof"]


def test_one_good_proof_beside_a_bad_one_fails() -> None:
    document, other = good(), with_proof(created="2025-03-14T10:00:00Z")
    document["proof"] = [document["proof"], other["proof"]]
    assert outcome(document) == ALTERED


def test_more_proofs_than_anyone_needs_are_not_all_tried() -> None:
    document = good()
    document["proof"] = [document["proof"]] * 9
    assert outcome(document) == ("too_costly", "good")


@pytest.mark.parametrize("proof", [None, []])
def test_no_proof_is_no_signature(proof: object) -> None:
    document = good()
    document["proof"] = proof
    assert outcome(document) == ("unsigned", "unchecked")


@pytest.mark.parametrize("proof", ["x", 7, ["x"], [[]], True, {}])
def test_a_proof_that_is_no_object_is_malformed(proof: object) -> None:
    document = good()
    document["proof"] = proof
    assert outcome(document)[0] == "structure"


def test_the_issuers_document_is_asked_for_once() -> None:
    requests = genuine.needs(parsed(good()), {})
    assert set(requests) == {Request(RIVERSIDE.did_url)}
