"""What a forger would try with keys, proofs and vocabularies, and what each comes to."""

import base64
import json
import time
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.made.credentials import badge, by, entry, plain_name, published
from tests.made.folder import Web, answered
from tests.made.issuers import RIVERSIDE
from tests.made.signing import CREDENTIALS_2, multikey, private_key, signed
from tests.made.suites import Key, key_of, listing, signed_by
from tests.unit.judging import COLLEGE, is_current, is_genuine, parsed
from verifier import keys
from verifier.checks import genuine
from verifier.errors import Malformed, NoCredential, TooCostly
from verifier.jsonld import Rejected, canonical

OPEN_BADGES = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
Document = dict[str, Any]


def made(**members: object) -> Document:
    """A badge of the college's, unsigned."""
    return badge(RIVERSIDE, "Tides", plain_name("Ada Moss"), **members)


def b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def told(document: Document, web: Web = COLLEGE) -> tuple[str, str | None]:
    """Code and reason."""
    check = is_genuine(document, web)
    return check.code, check.detail.get("reason")


# --- keys ---

IDENTITY = (b"\x01" + bytes(31), b"\xee" + b"\xff" * 30 + b"\x7f")


@pytest.mark.parametrize("point", IDENTITY)
def test_under_the_identity_point_any_text_is_signed_and_nothing_proven(point: bytes) -> None:
    """R the identity and S zero fit every message under such a key: the library says so too."""
    method = {
        "id": RIVERSIDE.method,
        "type": "Multikey",
        "controller": RIVERSIDE.did,
        "publicKeyMultibase": "z" + base58.b58encode(b"\xed\x01" + point).decode(),
    }
    document = by(RIVERSIDE, made())
    forged = base58.b58encode(IDENTITY[0] + bytes(32)).decode()
    document["proof"]["proofValue"] = f"z{forged}"
    assert told(document, RIVERSIDE.web(verificationMethod=[method])) == (
        "bad_signature",
        "key.weak",
    )


@pytest.mark.parametrize(
    ("suite", "kind"),
    [
        ("eddsa-rdfc-2022", "P-256"),
        ("eddsa-jcs-2022", "P-384"),
        ("eddsa-rdfc-2022", "secp256k1"),
        ("ecdsa-rdfc-2019", "Ed25519"),
        ("ecdsa-jcs-2019", "secp256k1"),
    ],
)
def test_a_key_that_the_suite_does_not_know_makes_no_proof(suite: str, kind: str) -> None:
    key = key_of(RIVERSIDE, kind)
    document = signed_by(key, made(), suite)
    assert told(document, listing(RIVERSIDE, key)) == ("bad_signature", "proof.key")


def test_an_rsa_key_makes_no_proof_of_ecdsa() -> None:
    numbers = rsa.generate_private_key(65537, 2048).public_key().public_numbers()
    jwk = {"kty": "RSA", "n": b64(numbers.n.to_bytes(256, "big")), "e": "AQAB"}
    method = {
        "id": RIVERSIDE.method,
        "type": "JsonWebKey",
        "controller": RIVERSIDE.did,
        "publicKeyJwk": jwk,
    }
    document = signed_by(Key("P-256", "a", RIVERSIDE.method), made(), "ecdsa-rdfc-2019")
    web = RIVERSIDE.web(verificationMethod=[method])
    assert told(document, web) == ("bad_signature", "proof.key")


def of_jwk(jwk: object, fragment: str = "0") -> Document:
    """A badge whose issuer is a did:jwk, signed with the key called `self`."""
    did = f"did:jwk:{b64(json.dumps(jwk).encode())}"
    return signed(made(issuer=did), "self", f"{did}#{fragment}")


def test_a_did_jwk_is_its_key_and_names_it_nought() -> None:
    raw = private_key("self").public_key().public_bytes_raw()
    own = {"kty": "OKP", "crv": "Ed25519", "x": b64(raw)}
    assert told(of_jwk(own), {}) == ("signature", None)
    assert told(of_jwk(own, "1"), {}) == ("structure", "did.fragment")
    assert told(of_jwk({**own, "d": "AA"}), {}) == ("bad_signature", "key.private")
    assert told(of_jwk({"kty": "oct", "k": "AA"}), {}) == ("bad_signature", "key.private")
    assert told(of_jwk({**own, "use": "enc"}), {}) == ("key_not_issuers", "key.use")
    assert told(of_jwk({"kty": "OKP", "crv": "X25519", "x": own["x"]}), {}) == (
        "unsupported_proof",
        "key.type",
    )


ISSUER = f"{RIVERSIDE.home}/keys"


def in_a_set(*jwks: object, name: str = "one") -> tuple[str, str | None]:
    """What a badge comes to whose issuer is the address of these keys, signed by the one called
    `name`.
    """
    document = signed(made(issuer=ISSUER), "self", f"{ISSUER}#{name}")
    return told(document, {ISSUER: answered({"keys": list(jwks)})})


def test_a_key_set_at_the_issuers_own_address_holds_its_keys() -> None:
    raw = private_key("self").public_key().public_bytes_raw()
    own = {"kty": "OKP", "crv": "Ed25519", "x": b64(raw), "kid": "one"}
    other = {**own, "x": b64(private_key("other").public_key().public_bytes_raw()), "kid": "two"}
    assert in_a_set(other, own) == ("signature", None)
    assert in_a_set(other)[0] == "key_not_listed"
    assert in_a_set(own, name="two")[0] == "key_not_listed"
    assert in_a_set(own, {**other, "kid": "one"})[0] == "key_not_listed"
    assert in_a_set({**other, "kid": "one"})[0] == "bad_signature"
    assert in_a_set({**own, "kid": None})[0] == "key_not_listed"
    assert in_a_set({**own, "use": "enc"}) == ("key_not_issuers", "key.use")
    assert in_a_set({**own, "alg": "ES256"}) == ("key_not_issuers", "key.algorithm")
    assert in_a_set({**own, "d": "AA"}) == ("bad_signature", "key.private")
    assert in_a_set()[0] == "key_not_listed"


# --- proofs ---


def test_a_proof_without_its_status_is_no_proof_of_the_rest() -> None:
    document = by(RIVERSIDE, made(credentialStatus=entry(RIVERSIDE)))
    assert told(document) == ("signature", None)
    del document["credentialStatus"]
    assert told(document)[0] == "bad_signature"


def test_a_service_that_refreshes_is_never_asked() -> None:
    service = {
        "id": "https://refresh.example/1",
        "type": "https://refresh.example/vocabulary#Refresh",
    }
    document = by(RIVERSIDE, made(refreshService=service))
    assert told(document) == ("signature", None)
    asked = {request.url for request in genuine.needs(parsed(document), {})}
    assert asked == {RIVERSIDE.did_url}


def test_hosting_lends_nothing_to_a_badge_of_version_3() -> None:
    """Members of Open Badges 2.0 beside a proof: they are words that the signature must cover."""
    hosted = {"type": "HostedBadge", "url": f"{RIVERSIDE.home}/a"}
    alone = made(verification=hosted)
    assert told(alone)[0] == "unsigned"
    assert told({**by(RIVERSIDE, made()), "verification": hosted})[0] == "dropped_terms"
    assert is_current(by(RIVERSIDE, made())).code == "no_status"


# --- vocabularies ---


def rejection(document: Document) -> tuple[str, str]:
    with pytest.raises(Rejected) as caught:
        canonical(document)
    return caught.value.code, caught.value.reason


def test_a_word_five_levels_down_is_found() -> None:
    document = made()
    document["credentialSubject"]["achievement"]["alignment"] = [
        {
            "type": ["Alignment"],
            "targetName": "x",
            "targetUrl": "https://a.example/",
            "targetCode": "y",
        }
    ]
    canonical(document)
    deep = {"type": ["Profile"], "id": "urn:a:b", "parentOrg": {"type": ["Profile"], "unheard": 1}}
    document["credentialSubject"]["achievement"]["creator"] = {**deep, "id": "urn:a:c"}
    document["credentialSubject"]["achievement"]["creator"]["parentOrg"] = deep
    assert rejection(document) == ("dropped_terms", "jsonld.dropped")


@pytest.mark.parametrize("character", [" ", "<", ">", '"', "\n", "\\"])
@pytest.mark.parametrize("place", ["id", "link", "type", "datatype"])
def test_no_address_breaks_out_of_its_brackets(character: str, place: str) -> None:
    """In ids, links and types, and in datatypes: what the signature would not cover is refused."""
    text = f"https://a.example/x{character}y"
    document = made()
    achievement = document["credentialSubject"]["achievement"]
    if place == "id":
        achievement["id"] = text
    elif place == "link":
        achievement["image"] = {"id": text, "type": "Image"}
    elif place == "type":
        achievement["type"] = ["Achievement", text]
    else:
        document["name"] = {"@value": "x", "@type": text}
    code, reason = rejection(document)
    assert code in ("dropped_terms", "structure")
    assert reason.startswith("jsonld.")


def with_contexts(*contexts: object) -> Document:
    return {**by(RIVERSIDE, made()), "@context": list(contexts)}


@pytest.mark.parametrize(
    ("contexts", "code"),
    [
        ([OPEN_BADGES, CREDENTIALS_2], "structure"),
        ([OPEN_BADGES], "dropped_terms"),
        ([CREDENTIALS_2, OPEN_BADGES, *["https://w3id.org/security/v2"] * 1000], "structure"),
        ([CREDENTIALS_2, OPEN_BADGES, {"@import": OPEN_BADGES}], "context"),
        ([CREDENTIALS_2, OPEN_BADGES, {"@import": "https://a.example/self"}], "context"),
        ([CREDENTIALS_2, OPEN_BADGES, {"@version": 1.1, "@propagate": False}], "context"),
        ([CREDENTIALS_2, OPEN_BADGES, {"x": {"@id": "urn:a:b", "@context": {}}}], "context"),
    ],
)
def test_vocabularies_stand_in_their_order_and_import_nothing(
    contexts: list[object], code: str
) -> None:
    started = time.process_time()
    document = with_contexts(*contexts)
    assert told(document)[0] == code
    assert time.process_time() - started < 1
    asked = {request.url for request in genuine.needs(parsed(document), {})}
    assert asked <= {RIVERSIDE.did_url}


def test_a_vocabulary_of_a_mebibyte_is_not_even_read() -> None:
    own = {f"word{number}": f"urn:a:{number}" for number in range(40_000)}
    started = time.process_time()
    with pytest.raises((NoCredential, Malformed)):
        parsed(with_contexts(CREDENTIALS_2, OPEN_BADGES, own))
    assert time.process_time() - started < 1


def test_like_parts_each_tied_to_all_of_the_others_end_within_a_second() -> None:
    """A complete bipartite graph of eight and eight."""
    document = made()
    right = [{"type": ["Alignment"], "targetName": "x"} for _ in range(8)]
    document["credentialSubject"]["result"] = [
        {"type": ["Result"], "value": "A", "alignment": right} for _ in range(8)
    ]
    started = time.process_time()
    with pytest.raises(TooCostly):
        canonical(document)
    assert time.process_time() - started < 1


def test_two_thousand_pieces_of_evidence_are_too_many_to_be_put_in_order() -> None:
    """And ten times as many as any honest badge has are not."""
    one = {"type": ["Evidence"], "narrative": "What it is."}

    def badge_with(count: int) -> Document:
        return made(evidence=[{**one, "name": f"Piece {number}"} for number in range(count)])

    started = time.process_time()
    with pytest.raises(TooCostly, match="too long"):
        canonical(badge_with(2000))
    assert told(by(RIVERSIDE, badge_with(200))) == ("signature", None)
    assert time.process_time() - started < 2


# --- status ---


def test_a_list_counts_for_the_badge_at_its_own_place_alone() -> None:
    web = {**COLLEGE, **published(RIVERSIDE, [0, 131_071])}
    for index, code in ((0, "revoked"), (131_071, "revoked"), (1, "no_expiry"), (7, "no_expiry")):
        document = by(RIVERSIDE, made(credentialStatus=entry(RIVERSIDE, index)))
        assert is_current(document, web).code == code


def test_the_keys_that_are_asked_for_are_the_issuers() -> None:
    found = [request.url for request in keys.needs(RIVERSIDE.method, RIVERSIDE.did)]
    assert found == [RIVERSIDE.did_url]
    assert multikey("self") != multikey("other")
