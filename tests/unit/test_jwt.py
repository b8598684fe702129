"""Credentials in a JWT: what passes, and every way in which one fails to."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from tests.made.credentials import badge, badge_2020
from tests.made.folder import Answer, Web, answered
from tests.made.issuers import RIVERSIDE
from tests.unit.judging import FITS, NOW, documents
from tests.unit.test_jws import PUBLIC, b64, token
from verifier import parse
from verifier.checks import current, genuine
from verifier.errors import NoCredential
from verifier.model import Payload
from verifier.ports import Circumstances
from verifier.proofs.algorithms import kind_of
from verifier.report import Check

if TYPE_CHECKING:
    from verifier.keys.numbers import PublicKey

ISSUER = RIVERSIDE.did
METHOD = RIVERSIDE.method
Claims = dict[str, Any]


def number(value: int, size: int | None = None) -> str:
    return b64(value.to_bytes(size or (value.bit_length() + 7) // 8, "big"))


def jwk(algorithm: str, **more: object) -> Claims:
    """The public key that `algorithm` goes with in these tests."""
    key: PublicKey = PUBLIC[algorithm]
    if isinstance(key, Ed25519PublicKey):
        return {"kty": "OKP", "crv": "Ed25519", "x": b64(key.public_bytes_raw()), **more}
    if isinstance(key, EllipticCurvePublicKey):
        found, size = key.public_numbers(), (key.key_size + 7) // 8
        point = {"x": number(found.x, size), "y": number(found.y, size)}
        return {"kty": "EC", "crv": kind_of(key), **point, **more}
    numbers = key.public_numbers()
    return {"kty": "RSA", "n": number(numbers.n), "e": number(numbers.e), **more}


def method(algorithm: str = "EdDSA", name: str = METHOD, **more: object) -> Claims:
    return {
        "id": name,
        "type": "JsonWebKey",
        "controller": ISSUER,
        "publicKeyJwk": jwk(algorithm, **more),
    }


def web(*methods: Claims, listed: bool = True) -> Web:
    """The college's DID document with these keys."""
    names = [one["id"] for one in methods] if listed else []
    return RIVERSIDE.web(verificationMethod=list(methods), assertionMethod=names)


def secured(
    algorithm: str = "EdDSA", claims: Mapping[str, Any] | None = None, **header: object
) -> str:
    """A token over `claims`; a header of `None` is left out."""
    head = {"alg": algorithm, "typ": "vc+jwt", "kid": METHOD, **header}
    content = json.dumps(badge(RIVERSIDE, "Tides") if claims is None else claims).encode()
    return token({k: v for k, v in head.items() if v is not None}, content, algorithm)


def older(**claims: object) -> Claims:
    """The claims of the data model 1.1; one of `None` is left out."""
    inner = badge_2020(RIVERSIDE, "Tides")
    inner["credentialSubject"]["id"] = "did:example:ada"
    told = {
        "iss": ISSUER,
        "jti": inner["id"],
        "sub": "did:example:ada",
        "nbf": 1741942800,
        "vc": inner,
        **claims,
    }
    return {name: value for name, value in told.items() if value is not None}


def judged(text: str, held: Web | None = None, now: datetime = NOW) -> Check:
    credential = parse.parse(Payload("test", text.encode(), "jwt"), {})
    return genuine.check(credential, documents(web(method()) if held is None else held), now)


def outcome(text: str, held: Web | None = None) -> tuple[str, str | None]:
    check = judged(text, held)
    return check.code, check.detail.get("reason")


def in_force(text: str) -> str:
    credential = parse.parse(Payload("test", text.encode(), "jwt"), {})
    return current.check(credential, documents(web(method())), Circumstances(NOW), FITS).code


GOOD = ("signature", None)


@pytest.mark.parametrize("algorithm", PUBLIC)
def test_every_algorithm_passes_by_a_key_of_the_issuers_document(algorithm: str) -> None:
    held = web(method(algorithm))
    assert outcome(secured(algorithm), held) == GOOD
    for claims in (older(), {**older()["vc"], "issuer": ISSUER}):
        assert outcome(secured(algorithm, claims, typ="JWT"), held) == GOOD
    for other in PUBLIC:
        if PUBLIC[other] != PUBLIC[algorithm]:
            changed = web(method(other))
            assert outcome(secured(algorithm), changed) == ("bad_signature", None)


@pytest.mark.parametrize("kid", [METHOD, "#key-1", "key-1", "named", None])
def test_a_key_is_found_by_each_of_its_names(kid: str | None) -> None:
    held = web(method(kid="named"), method("ES256", f"{ISSUER}#key-2"))
    assert outcome(secured(kid=kid), held) == GOOD


def test_a_key_set_at_the_issuers_address_lists_its_keys() -> None:
    issuer = "https://college.example/issuers/7"
    claims = {**badge(RIVERSIDE, "Tides"), "issuer": {"id": issuer, "type": ["Profile"]}}
    keys = [jwk("EdDSA", kid="one"), jwk("ES256", kid="two"), jwk("RS256")]
    held = {issuer: answered({"keys": keys})}
    assert outcome(secured(claims=claims, kid="one"), held) == GOOD
    assert outcome(secured("ES256", claims, kid="two"), held) == GOOD
    assert outcome(secured("RS256", claims, kid=None), held) == GOOD
    assert outcome(secured(claims=claims, kid="two"), held) == ("bad_signature", None)
    assert outcome(secured(claims=claims, kid="gone"), held) == ("key_not_listed", "key.gone")
    twice = {issuer: answered({"keys": [jwk("EdDSA", kid="one"), jwk("ES256", kid="one")]})}
    assert outcome(secured(claims=claims, kid="one"), twice) == ("structure", "key.ambiguous")
    for single in (jwk("EdDSA", kid="one"), jwk("EdDSA")):
        assert outcome(secured(claims=claims, kid=None), {issuer: answered(single)}) == GOOD
    own = {**method(name=f"{issuer}#1"), "controller": issuer}
    assert outcome(secured(claims=claims, kid="1"), {issuer: answered(own)}) == GOOD
    strangers = {issuer: answered({**own, "controller": ISSUER})}
    assert outcome(secured(claims=claims, kid="1"), strangers)[0] == "key_unreachable"


def test_a_key_that_the_token_brings_is_nobodys_until_the_issuer_lists_it() -> None:
    brought = secured(kid=None, jwk=jwk("EdDSA"))
    assert outcome(brought) == GOOD
    assert outcome(brought, web(method("ES256"))) == ("key_not_issuers", "key.foreign")
    assert outcome(brought, web()) == ("key_not_issuers", "key.foreign")
    gone = {RIVERSIDE.did_url: Answer(error="timeout")}
    assert judged(brought, gone).code == "key_unreachable"
    assert judged(brought, gone).detail["signature"] == "good"
    issuer = "https://college.example/issuers/7"
    claims = {**badge(RIVERSIDE, "Tides"), "issuer": {"id": issuer, "type": ["Profile"]}}
    check = judged(secured(claims=claims, kid=None, jwk=jwk("EdDSA")), {})
    assert (check.code, check.detail["signature"]) == ("issuer_unproven", "good")
    leaked = secured(kid=None, jwk=jwk("EdDSA", d="AA"))
    assert outcome(leaked) == ("bad_signature", "key.private")
    for odd in (7, None, ["k"], "x"):
        head: Claims = {"alg": "EdDSA", "jwk": odd}
        text = token(head, json.dumps(badge(RIVERSIDE, "Tides")).encode())
        assert outcome(text) == ("structure", "key.name")


@pytest.mark.parametrize(
    "header",
    [
        {"jku": "https://thief.example/keys"},
        {"x5u": "https://thief.example/chain"},
        {"x5c": ["MIIB"], "x5t": "AAAA"},
    ],
)
def test_addresses_of_keys_are_never_asked(header: Claims) -> None:
    stolen = secured("ES256", kid=None, **header)
    assert outcome(stolen) == ("bad_signature", None)
    credential = parse.parse(Payload("test", stolen.encode(), "jwt"), {})
    asked = [request.url for request in genuine.needs(credential, {})]
    assert asked == [RIVERSIDE.did_url]


@pytest.mark.parametrize(
    ("kid", "expected"),
    [
        ("../../etc/passwd", ("structure", "key.name")),
        ("x' OR 1=1 --", ("structure", "key.name")),
        ("", ("structure", "key.name")),
        ("k" * 2001, ("structure", "key.name")),
        ("k" * 1_000_000, ("structure", "jws.size")),
        ("key-1\u0000", ("structure", "json.text")),
        (7, ("structure", "jws.header")),
        ("https://thief.example/key", ("key_not_issuers", "key.foreign")),
        ("did:web:thief.example#key-1", ("key_not_issuers", "key.foreign")),
        ("did:example", ("structure", "did.syntax")),
        (f"{ISSUER}#key-9", ("key_not_listed", "key.gone")),
        ("key-9", ("key_not_listed", "key.gone")),
    ],
)
def test_a_kid_names_a_key_of_the_issuer_or_proves_nothing(
    kid: object, expected: tuple[str, str]
) -> None:
    assert outcome(secured(kid=kid)) == expected


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"use": "sig"}, GOOD),
        ({"alg": "EdDSA", "key_ops": ["verify"]}, GOOD),
        ({"use": "enc"}, ("key_not_issuers", "key.use")),
        ({"key_ops": ["sign"]}, ("key_not_issuers", "key.use")),
        ({"alg": "ES256"}, ("key_not_issuers", "key.algorithm")),
        ({"d": "AA"}, ("bad_signature", "key.private")),
        ({"kty": "oct", "k": "AA"}, ("bad_signature", "key.private")),
    ],
)
def test_what_a_key_is_for_is_kept(more: Claims, expected: tuple[str, str | None]) -> None:
    assert outcome(secured(), web(method(**more))) == expected


def test_a_key_for_something_else_than_badges_is_not_taken() -> None:
    assert outcome(secured(), web(method(), listed=False)) == (
        "key_not_issuers",
        "key.relationship",
    )


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        *[({"alg": alg}, ("bad_signature", "jws.alg")) for alg in ("none", "nOnE", "HS256", "", 7)],
        ({"alg": None}, ("bad_signature", "jws.alg")),
        ({"alg": "ML-DSA-44"}, ("unsupported_proof", "jws.unsupported")),
        ({"crit": ["exp"]}, ("structure", "jws.crit")),
        ({"b64": False, "crit": ["b64"]}, ("structure", "jws.crit")),
        ({"zip": "DEF"}, ("structure", "jws.header")),
        ({"cty": "JWT"}, ("structure", "jws.header")),
        *[({"typ": typ}, ("structure", "jwt.typ")) for typ in ("at+jwt", "vp+jwt", "x", "kb+jwt")],
        *[({"typ": typ}, GOOD) for typ in ("JWT", "application/vc+jwt", "vc+ld+jwt", None)],
    ],
)
def test_what_a_header_says(header: Claims, expected: tuple[str, str | None]) -> None:
    assert outcome(secured(claims=None, **header) if "alg" not in header else _named(header)) == (
        expected
    )


def _named(header: Claims) -> str:
    """Signed all the same, whatever its header calls the algorithm."""
    head = {"typ": "vc+jwt", "kid": METHOD, **header}
    plain = {name: value for name, value in head.items() if value is not None}
    return token(plain, json.dumps(badge(RIVERSIDE, "Tides")).encode())


@pytest.mark.parametrize(
    ("claims", "expected"),
    [
        ({}, GOOD),
        ({"jti": None, "sub": None, "nbf": None}, GOOD),
        ({"iat": "2010-01-01T19:23:24Z"}, GOOD),
        ({"nbf": 1741942800.4}, GOOD),
        *[
            ({name: f"https://other.example/{name}"}, ("structure", "jwt.mismatch"))
            for name in ("iss", "jti", "sub")
        ],
        ({"nbf": 1741942799}, ("structure", "jwt.mismatch")),
        *[({"exp": odd}, ("structure", "jwt.date")) for odd in ("1e9", 1e300, [1], True, {"a": 1})],
        *[({"iss": odd}, ("structure", "jwt.claim")) for odd in (7, [ISSUER])],
        ({"vp": {"type": "VerifiablePresentation"}}, None),
        ({"credentialSubject": {"id": "did:example:eve"}}, None),
    ],
)
def test_claims_say_what_the_credential_says(
    claims: Claims, expected: tuple[str, str | None] | None
) -> None:
    found = outcome(secured(claims=older(**claims), typ="JWT"))
    assert found == expected if expected else found[0] == "structure"


def test_the_claims_of_a_badge_bind_its_dates_and_others_only_their_signature() -> None:
    made = {**badge(RIVERSIDE, "Tides"), "validUntil": "2030-01-01T00:00:00Z"}
    assert outcome(secured(claims={**made, "exp": 1893456000})) == GOOD
    for claims in ({**made, "exp": 1893456001}, {**made, "nbf": 1}):
        assert outcome(secured(claims=claims)) == ("structure", "jwt.mismatch")
    plain = {
        **made,
        "type": ["VerifiableCredential"],
        "credentialSubject": {"id": "did:example:ada"},
    }
    assert outcome(secured(claims={**plain, "exp": 1893456001, "nbf": 1})) == GOOD
    ended = secured(claims={**plain, "exp": 1_767_225_600})
    assert in_force(ended) == "expired"


def test_dates_of_the_token_are_dates_of_the_credential() -> None:
    assert in_force(secured(claims=older(exp=1_767_225_600), typ="JWT")) == "expired"
    later = int(datetime(2027, 1, 1, tzinfo=UTC).timestamp())
    claims = older(nbf=later)
    del claims["vc"]["issuanceDate"]
    assert in_force(secured(claims=claims, typ="JWT")) == "not_yet_valid"
    assert outcome(secured(claims=claims, typ="JWT")) == GOOD


def test_vc_beside_a_credential_or_under_its_own_type_is_refused() -> None:
    assert outcome(secured(claims=older())) == ("structure", "jwt.claims")
    both = {**badge(RIVERSIDE, "Tides"), "vc": older()["vc"]}
    assert outcome(secured(claims=both, typ="JWT")) == ("structure", "jwt.claims")


def test_a_login_token_is_no_badge() -> None:
    claims = {"iss": ISSUER, "sub": "ada", "aud": "shop", "exp": 1893456000, "nonce": "n"}
    for typ in ("JWT", "at+jwt", None):
        with pytest.raises(NoCredential) as refused:
            judged(secured(claims=claims, typ=typ))
        assert refused.value.code == "not_a_badge"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: text + ".x",
        lambda text: text + "=",
        lambda text: text.replace(".", ".\n", 1),
        lambda text: text.replace(".", ". ", 1),
        lambda text: text.replace(".", ".+", 1),
        lambda text: text.replace(".", "?.", 1),
        lambda text: text.partition(".")[0] + ".." + text.rpartition(".")[2],
        lambda text: json.dumps({"payload": "e30", "signatures": [{"signature": text}]}),
    ],
)
def test_other_forms_are_refused(spoil: Any) -> None:  # noqa: ANN401 a function of text
    with pytest.raises(NoCredential) as refused:
        judged(spoil(secured()))
    assert refused.value.code in ("malformed", "not_a_badge")


def test_a_vocabulary_of_its_own_is_unknown_and_not_false() -> None:
    made = badge(RIVERSIDE, "Tides")
    made["@context"] = [*made["@context"], "https://college.example/words"]
    check = judged(secured(claims=made))
    assert (check.code, check.detail["signature"]) == ("context", "good")


def test_no_byte_of_a_token_can_be_changed() -> None:
    good = secured()
    assert judged(good).code == "signature"
    letters = range(0, len(good), 23)
    for at in letters:
        changed = good[:at] + ("A" if good[at] != "A" else "B") + good[at + 1 :]
        try:
            assert judged(changed).code != "signature", at
        except NoCredential:
            continue
