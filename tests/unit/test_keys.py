"""Which key a proof names, and whether it is the issuer's: every way in which that can end."""

import base64
import json
from datetime import UTC, datetime
from typing import Any

import base58
import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.made.issuers import HARBOUR, RIVERSIDE
from tests.made.signing import did_key, did_key_method, multikey, private_key
from verifier import keys
from verifier.errors import Malformed
from verifier.keys.controllers import address_of
from verifier.keys.material import read_key
from verifier.model import Document, Documents, Request

NOW = datetime(2026, 6, 1, tzinfo=UTC)
SIGNED = datetime(2025, 3, 14, 9, 30, tzinfo=UTC)
HTTPS = "https://college.example/issuers/7"
KEY = multikey(RIVERSIDE.domain)
OTHER_KEY = multikey("somebody else")
LONG_KEY = "z" + base58.b58encode(b"\xed\x01" + bytes(33)).decode()


def web(*bodies: tuple[str, object]) -> Documents:
    """Documents that answer with JSON; text instead of an object is sent as it is."""
    return {
        Request(url): Document(
            url,
            NOW,
            200,
            "application/json",
            body.encode() if isinstance(body, str) else json.dumps(body).encode(),
            url,
        )
        for url, body in bodies
    }


def raw(name: str = RIVERSIDE.domain) -> bytes:
    """The 32 bytes of a test key."""
    return private_key(name).public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)


def method(**members: object) -> dict[str, Any]:
    """The college's verification method with `members` replaced or added."""
    made = dict(RIVERSIDE.did_document()["verificationMethod"][0])
    return {name: value for name, value in {**made, **members}.items() if value is not None}


def document(*methods: object, **members: object) -> dict[str, Any]:
    """The college's DID document with these verification methods."""
    return RIVERSIDE.did_document(verificationMethod=list(methods or (method(),)), **members)


def find(
    name: object = RIVERSIDE.method,
    issuer: str | None = RIVERSIDE.did,
    documents: Documents | None = None,
    signed: datetime | None = SIGNED,
) -> tuple[str | None, str, bool]:
    """Code, reason, and whether there is a key to check a signature with."""
    found = keys.find(name, issuer, documents or {}, NOW, signed)
    assert (found.code is None) == (not found.says)
    return found.code, found.reason, found.key is not None


def college(*methods: object, **members: object) -> Documents:
    """The web in which the college answers with such a document."""
    return web((RIVERSIDE.did_url, document(*methods, **members)))


OWN = (None, "", True)


# --- the issuer's own key ---


def test_a_did_key_speaks_for_itself() -> None:
    assert find(did_key_method("a"), did_key("a")) == OWN
    assert find(did_key("a"), did_key("a")) == OWN  # names the one key it can mean
    assert list(keys.needs(did_key_method("a"), did_key("a"))) == []


def test_a_did_key_under_another_name_is_no_key() -> None:
    assert find(f"{did_key('a')}#{multikey('b')}", did_key("a"))[:2] == (
        "structure",
        "did.fragment",
    )


@pytest.mark.parametrize(
    "member",
    [
        {"publicKeyMultibase": KEY},
        {
            "type": "JsonWebKey",
            "publicKeyMultibase": None,
            "publicKeyJwk": {
                "kty": "OKP",
                "crv": "Ed25519",
                "x": base64.urlsafe_b64encode(raw()).rstrip(b"=").decode(),
            },
        },
        {
            "type": "Ed25519VerificationKey2018",
            "publicKeyMultibase": None,
            "publicKeyBase58": base58.b58encode(raw()).decode(),
        },
        {"type": "Ed25519VerificationKey2020"},
        {"controller": [RIVERSIDE.did, HARBOUR.did]},
        {"revoked": "2027-01-01T00:00:00Z", "expires": "2028-01-01T00:00:00Z"},
        {"created": "2025-03-14T09:33:00Z"},
    ],
)
def test_a_key_is_read_in_each_of_its_forms(member: dict[str, object]) -> None:
    documents = college(method(**member))
    assert find(documents=documents) == OWN
    found = keys.find(RIVERSIDE.method, RIVERSIDE.did, documents, NOW, SIGNED)
    assert found.key is not None
    assert found.key.public_bytes(Encoding.Raw, PublicFormat.Raw) == raw()


def test_a_key_may_stand_in_the_relationship_itself_or_under_a_short_name() -> None:
    assert find(documents=college(None, assertionMethod=[method()])) == OWN
    assert find(documents=college(None, assertionMethod=method(id="#key-1"))) == OWN
    assert find(documents=college(method(id="#key-1"), assertionMethod="#key-1")) == OWN


def test_an_https_issuer_lists_its_keys_at_its_own_address() -> None:
    listed = method(id=f"{HTTPS}#k", controller=HTTPS)
    described = {"id": HTTPS, "assertionMethod": [listed]}
    assert find(f"{HTTPS}#k", HTTPS, web((HTTPS, described))) == OWN
    assert [request.url for request in keys.needs(f"{HTTPS}#k", HTTPS)] == [HTTPS]


def test_a_key_with_an_address_of_its_own_counts_where_the_issuer_lists_it() -> None:
    place = "https://keys.example/1"
    described = {"id": HTTPS, "assertionMethod": [place]}
    alone = method(id=place, controller=HTTPS)
    assert find(place, HTTPS, web((HTTPS, described), (place, alone))) == OWN
    assert find(place, HTTPS, web((HTTPS, described)))[:2] == ("key_unreachable", "key.away")
    unlisted = {"id": HTTPS, "assertionMethod": ["https://keys.example/2"]}
    assert find(place, HTTPS, web((HTTPS, unlisted), (place, alone)))[0] == "key_not_issuers"


def test_an_issuer_may_list_a_did_key() -> None:
    name = did_key_method("a")
    assert find(name, RIVERSIDE.did, college(None, assertionMethod=[name])) == OWN


# --- not the issuer's ---


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        (college(), ("key_not_issuers", "key.foreign", True)),
        ({}, ("key_unreachable", "key.unasked", True)),
        (web((RIVERSIDE.did_url, "<html>")), ("key_unreachable", "key.json.syntax", True)),
    ],
)
def test_a_key_of_somebody_else_signs_nothing_for_the_issuer(
    documents: Documents, expected: tuple[str, str, bool]
) -> None:
    assert find(did_key_method("a"), RIVERSIDE.did, documents) == expected


def test_one_did_key_does_not_sign_for_another() -> None:
    expected = ("key_not_issuers", "key.foreign", True)
    assert find(did_key_method("a"), did_key("b")) == expected


def test_another_issuers_listed_key_is_still_another_issuers() -> None:
    both = {**college(), **web((HARBOUR.did_url, HARBOUR.did_document()))}
    assert find(HARBOUR.method, RIVERSIDE.did, both) == ("key_not_issuers", "key.foreign", True)


@pytest.mark.parametrize("issuer", ["urn:uuid:1", "http://college.example/7", None, HTTPS])
def test_an_issuer_without_a_key_document_stays_unproven(issuer: str | None) -> None:
    assert find(did_key_method("a"), issuer) == ("issuer_unproven", "key.untied", True)


@pytest.mark.parametrize("body", ["<html>", {"id": HTTPS, "name": "College"}, {"id": "urn:x:y"}])
def test_a_page_or_profile_without_keys_ties_nothing(body: object) -> None:
    assert find(f"{HTTPS}#{KEY}", HTTPS, web((HTTPS, body)))[0] == "issuer_unproven"


def test_a_key_that_its_name_spells_out_is_checked_and_proves_no_issuer() -> None:
    name = f"{HTTPS}#{KEY}"
    assert find(name, HTTPS) == ("issuer_unproven", "key.unasked", True)
    other = method(id=f"{HTTPS}#other", controller=HTTPS)
    described = {"id": HTTPS, "assertionMethod": [other]}
    assert find(name, HTTPS, web((HTTPS, described))) == ("key_not_listed", "key.gone", True)


def test_the_documents_key_outweighs_what_the_name_spells() -> None:
    name = f"{RIVERSIDE.did}#{OTHER_KEY}"
    documents = college(method(id=name), assertionMethod=[name])
    found = keys.find(name, RIVERSIDE.did, documents, NOW, SIGNED)
    assert found.key is not None
    assert found.key.public_bytes(Encoding.Raw, PublicFormat.Raw) == raw()


@pytest.mark.parametrize(
    ("documents", "expected"),
    [
        ({}, ("key_unreachable", "key.unasked", False)),
        (
            {
                Request(RIVERSIDE.did_url): Document(RIVERSIDE.did_url, NOW, error="timeout"),
            },
            ("key_unreachable", "key.timeout", False),
        ),
        (
            {
                Request(RIVERSIDE.did_url): Document(RIVERSIDE.did_url, NOW, 404),
            },
            ("key_unreachable", "key.404", False),
        ),
        (college(id=HARBOUR.did), ("key_unreachable", "key.id", False)),
        (college(None, assertionMethod=[]), ("key_not_listed", "key.gone", False)),
        (
            college(method(id=f"{HARBOUR.did}#key-1")),
            ("key_not_listed", "key.gone", False),
        ),
        (
            college(assertionMethod=[], authentication=[RIVERSIDE.method]),
            ("key_not_issuers", "key.relationship", True),
        ),
        (
            college(method(controller=HARBOUR.did)),
            ("key_not_issuers", "key.controller", True),
        ),
        (college(method(controller=None)), ("issuer_unproven", "key.controller", True)),
    ],
)
def test_what_the_issuers_document_says_decides(
    documents: Documents, expected: tuple[str, str, bool]
) -> None:
    assert find(documents=documents) == expected


@pytest.mark.parametrize("name", ["did:example:1#k", "did:ion:abc#k", "did:ethr:0x1#k"])
def test_a_did_method_we_do_not_know_is_no_offence(name: str) -> None:
    issuer = name.partition("#")[0]
    assert find(name, issuer) == ("unsupported_proof", "did.method", False)
    assert find(name, did_key("a"))[0] == "key_not_issuers"
    assert find(did_key_method("a"), issuer) == ("unsupported_proof", "did.method", True)


# --- keys that prove nothing ---


@pytest.mark.parametrize(
    ("member", "expected"),
    [
        ({"privateKeyMultibase": "z1"}, ("bad_signature", "key.private")),
        ({"secretKeyMultibase": "z1"}, ("bad_signature", "key.private")),
        (
            {"publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA", "d": "AA"}},
            ("bad_signature", "key.private"),
        ),
        ({"publicKeyBase58": "z"}, ("key_unreachable", "key.malformed")),
        ({"publicKeyMultibase": None}, ("key_unreachable", "key.malformed")),
        ({"publicKeyMultibase": 7}, ("key_unreachable", "encoding.multibase")),
        ({"publicKeyMultibase": "z" + "1" * 200_000}, ("key_unreachable", "encoding.multibase")),
        ({"publicKeyMultibase": LONG_KEY}, ("key_unreachable", "key.malformed")),
        (
            {"publicKeyMultibase": "z" + base58.b58encode(b"\xec\x01" + bytes(32)).decode()},
            ("unsupported_proof", "key.type"),
        ),
        (
            {"publicKeyMultibase": None, "publicKeyJwk": {"kty": "EC", "crv": "P-224"}},
            ("unsupported_proof", "key.type"),
        ),
        ({"publicKeyMultibase": None, "publicKeyJwk": 7}, ("key_unreachable", "key.malformed")),
        (
            {"publicKeyMultibase": None, "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519"}},
            ("key_unreachable", "key.malformed"),
        ),
        (
            {
                "publicKeyMultibase": None,
                "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "A=="},
            },
            ("key_unreachable", "encoding.base64url"),
        ),
        (
            {
                "publicKeyMultibase": None,
                "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA", "use": "enc"},
            },
            ("key_not_issuers", "key.use"),
        ),
        (
            {
                "publicKeyMultibase": None,
                "publicKeyJwk": {"kty": "OKP", "crv": "Ed25519", "x": "AA", "key_ops": ["sign"]},
            },
            ("key_not_issuers", "key.use"),
        ),
        (
            {"publicKeyMultibase": None, "publicKeyBase58": "0"},
            ("key_unreachable", "encoding.base58"),
        ),
        ({"publicKeyMultibase": None, "publicKeyBase58": []}, ("key_unreachable", "key.malformed")),
        ({"revoked": "yesterday"}, ("key_unreachable", "date.syntax")),
    ],
)
def test_a_key_that_is_none_is_told_apart(
    member: dict[str, object], expected: tuple[str, str]
) -> None:
    code, reason, has_key = find(documents=college(method(**member)))
    assert (code, reason) == expected
    assert not has_key


P = 2**255 - 19
ORDER_8 = 0x5FC536D880238B13933C6D305ACDFD5F098EFF289F4C345B027B2C28F95E826
D = -121665 * pow(121666, -1, P) % P


@pytest.mark.parametrize("y", [0, 1, P - 1, ORDER_8, P - ORDER_8, P, P + 1, 2**255 - 1])
@pytest.mark.parametrize("sign", [0, 1])
def test_points_of_small_order_and_second_spellings_are_no_keys(y: int, sign: int) -> None:
    spelled = (y | sign << 255).to_bytes(32, "little")
    value = "z" + base58.b58encode(b"\xed\x01" + spelled).decode()
    found = read_key({"publicKeyMultibase": value})
    assert getattr(found, "reason", None) == "key.weak"


def test_the_points_of_order_eight_are_what_they_are_called() -> None:
    # Twice such a point has y = 0, so its coordinates satisfy x² = -y² on -x² + y² = 1 + dx²y².
    assert (D * pow(ORDER_8, 4, P) + 2 * ORDER_8 * ORDER_8 - 1) % P == 0


def test_a_key_of_another_length_is_no_key() -> None:
    value = "z" + base58.b58encode(b"\xed\x01" + raw()[:31]).decode()
    found = read_key({"publicKeyMultibase": value})
    assert getattr(found, "reason", None) == "key.malformed"


# --- time ---


@pytest.mark.parametrize(
    ("member", "signed", "expected"),
    [
        ({"revoked": "2026-01-01T00:00:00Z"}, SIGNED, ("key_not_listed", "key.revoked", True)),
        ({"expires": "2026-01-01T00:00:00Z"}, SIGNED, ("key_not_listed", "key.revoked", True)),
        ({"revoked": "2025-01-01T00:00:00Z"}, SIGNED, ("key_not_issuers", "key.revoked", True)),
        ({"revoked": "2026-01-01T00:00:00Z"}, None, ("key_not_issuers", "key.revoked", True)),
        ({"created": "2025-03-15T00:00:00Z"}, SIGNED, ("key_not_issuers", "key.created", True)),
    ],
)
def test_a_withdrawn_key_speaks_no_more(
    member: dict[str, object], signed: datetime | None, expected: tuple[str, str, bool]
) -> None:
    assert find(documents=college(method(**member)), signed=signed) == expected


# --- names ---


@pytest.mark.parametrize(
    ("did", "url"),
    [
        ("did:web:a.example", "https://a.example/.well-known/did.json"),
        ("did:web:A.Example", "https://a.example/.well-known/did.json"),
        ("did:web:a.example%3A8443", "https://a.example:8443/.well-known/did.json"),
        ("did:web:a.example:u:Ada", "https://a.example/u/Ada/did.json"),
        ("did:web:a.example%3a8443:u", "https://a.example:8443/u/did.json"),
        ("did:web:a.example:u%20v", "https://a.example/u%20v/did.json"),
    ],
)
def test_a_did_web_is_where_its_method_says(did: str, url: str) -> None:
    assert address_of(did) == url


@pytest.mark.parametrize(
    "did",
    [
        *("did:web:", "did:web::a", "did:web:a.example:", "did:web:a.example::b"),
        *("did:web:a.example:..", "did:web:a.example:%2e%2e", "did:web:a.example:..:b"),
        *("did:web:a.example:%2F", "did:web:a.example:x%5Cy", "did:web:a.example:%00"),
        *("did:web:a.example?x", "did:web:a.example/x"),
        *("did:web:127.0.0.1", "did:web:2130706433", "did:web:0x7f.1", "did:web:[::1]"),
        *("did:web:a.example%3A", "did:web:a.example%3A99999", "did:web:a@b.example"),
        *("did:web:a b.example", f"did:web:a.example:{'x' * 2000}", "did:web:é.example"),
        *("did:WEB:a.example", "did:", "did::a"),
    ],
)
def test_a_did_that_breaks_its_grammar_is_asked_nowhere(did: str) -> None:
    with pytest.raises(Malformed, match=r"\.$") as caught:
        address_of(did)
    assert caught.value.reason == "did.syntax"
    assert list(keys.needs(f"{did}#k", did)) == []
    assert find(f"{did.partition('#')[0]}#k", did)[0] == "structure"


@pytest.mark.parametrize("name", [None, 7, [], {}, "", "x" * 3000])
def test_a_proof_that_names_no_key_is_malformed(name: object) -> None:
    assert find(name)[:2] == ("structure", "key.name")
    assert list(keys.needs(name, None)) == []


@pytest.mark.parametrize(
    "value", [None, 7, "x", {}, [[]], [None], [{}], [{"id": 7}], {"id": RIVERSIDE.method}]
)
def test_a_document_of_any_shape_gives_an_answer(value: object) -> None:
    members = {"assertionMethod": value, "verificationMethod": value}
    body = {**RIVERSIDE.did_document(), **members}
    code, _, has_key = find(documents=web((RIVERSIDE.did_url, body)))
    assert code in ("key_not_listed", "key_unreachable")
    assert not has_key


def test_only_the_first_keys_of_a_very_long_document_are_looked_at() -> None:
    crowd = [method(id=f"{RIVERSIDE.did}#{number}") for number in range(600)]
    body = document(*crowd, assertionMethod=[each["id"] for each in crowd])
    documents = web((RIVERSIDE.did_url, body))
    assert find(f"{RIVERSIDE.did}#1", documents=documents) == OWN
    assert find(f"{RIVERSIDE.did}#599", documents=documents)[0] == "key_not_listed"
