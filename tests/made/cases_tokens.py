"""Cases of credentials in a JWT: who signed it, by what key, and what the token says besides."""

from __future__ import annotations

import hmac
import json
from collections.abc import Iterator, Mapping
from typing import Any

from tests.made.credentials import badge, badge_2020
from tests.made.expected import comes_out, refused
from tests.made.folder import Case, Web
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument
from tests.made.tokens import as_compact_json, base64url, public_jwk, rsa_pem, token

NAME = "Data Literacy"
KEY = RIVERSIDE.domain
THIEF = "thief"
NO_STATUS = {"current": "no_status"}
ALGORITHMS = ("EdDSA", "ES256", "ES384", "ES512", "ES256K", "RS256")


def cases() -> Iterator[Case]:
    """Every case of a credential in a JWT."""
    yield from _good()
    yield from _headers()
    yield from _keys()
    yield from _forms()
    yield from _claims()


def method(algorithm: str, **of_key: object) -> JsonDocument:
    """The college's key that goes with `algorithm`."""
    return {
        "id": f"{RIVERSIDE.did}#{algorithm.lower()}",
        "type": "JsonWebKey",
        "controller": RIVERSIDE.did,
        "publicKeyJwk": {**public_jwk(KEY, algorithm), **of_key},
    }


def web(*methods: JsonDocument) -> Web:
    """The college's DID document; without `methods` with a key for every algorithm."""
    listed = list(methods) or [method(algorithm) for algorithm in ALGORITHMS]
    names = [one["id"] for one in listed]
    return RIVERSIDE.web(verificationMethod=listed, assertionMethod=names)


def secured(
    algorithm: str = "EdDSA",
    claims: Mapping[str, Any] | None = None,
    key: str = KEY,
    besides: Mapping[str, object] | None = None,
    **header: object,
) -> str:
    """A badge in a token of VC-JOSE-COSE; `header` and `besides` add to its header, and a member
    that is `None` is left out.
    """
    head = {
        "kid": f"{RIVERSIDE.did}#{algorithm.lower()}",
        "typ": "vc+jwt",
        **header,
        **(besides or {}),
    }
    plain = {name: value for name, value in head.items() if value is not None}
    return token(badge(RIVERSIDE, NAME) if claims is None else claims, key, algorithm, **plain)


def older(**claims: object) -> JsonDocument:
    """The claims of a token of the data model 1.1."""
    inner = badge_2020(RIVERSIDE, NAME)
    inner["credentialSubject"]["id"] = "did:example:mira"
    told = {"iss": RIVERSIDE.did, "jti": inner["id"], "sub": "did:example:mira"}
    return {**told, "nbf": 1741942800, "vc": inner, **claims}


def case(name: str, text: str, verdict: str, held: Web | None = None, **codes: str) -> Case:
    """A case whose input is a token."""
    expected = comes_out(verdict, **{**NO_STATUS, **codes})
    return Case(name, text.encode(), expected, web() if held is None else held)


def invalid(name: str, text: str, code: str = "structure", held: Web | None = None) -> Case:
    """A token that the issuer did not make so."""
    return case(name, text, "invalid", held, genuine=code)


def _good() -> Iterator[Case]:
    for algorithm in ALGORITHMS:
        name = f"signed-as-a-jwt-with-{algorithm.lower()}"
        yield case(name, secured(algorithm), "verified")
    for algorithm in ("RS256", "ES256"):
        name = f"signed-as-a-jwt-of-2019-with-{algorithm.lower()}"
        yield case(name, secured(algorithm, older(), typ="JWT"), "verified")
    named = web(method("EdDSA", kid="autumn"))
    yield case("a-jwt-by-a-key-called-by-its-own-name", secured(kid="autumn"), "verified", named)
    brought = secured("RS256", kid=None, typ=None, jwk=public_jwk(KEY, "RS256"))
    yield case("a-jwt-that-brings-the-key-its-issuer-lists", brought, "verified")


def _headers() -> Iterator[Case]:
    nobody = secured().split(".")
    for word in ("none", "nOnE"):
        head = base64url(as_compact_json({"alg": word, "typ": "vc+jwt"}))
        name = f"a-jwt-that-nobody-signed-{'and-says-so' if word == 'none' else 'spelled-oddly'}"
        yield invalid(name, f"{head}.{nobody[1]}.", "bad_signature")
    yield invalid("a-jwt-without-an-algorithm", _relabelled({}), "bad_signature")
    yield invalid("a-jwt-with-two-algorithms", _relabelled({"alg": ["EdDSA"]}), "bad_signature")
    yield invalid("a-jwt-keyed-with-the-issuers-public-key", _confused(), "bad_signature")
    unknown = _relabelled({"alg": "ML-DSA-44", "typ": "vc+jwt"})
    unchecked = "unsupported_proof"
    yield case("a-jwt-by-an-algorithm-of-tomorrow", unknown, "unknown", genuine=unchecked)
    odd: dict[str, dict[str, object]] = {
        "that-asks-for-more": {"crit": ["exp"]},
        "with-a-bare-payload": {"b64": False, "crit": ["b64"]},
        "that-is-packed": {"zip": "DEF"},
        "that-holds-another": {"cty": "JWT"},
        "made-for-access": {"typ": "at+jwt"},
        "with-a-path-for-a-key": {"kid": "../../../dev/null"},
        "with-a-query-for-a-key": {"kid": "k' OR '1'='1"},
        "with-a-key-name-of-many-letters": {"kid": "k" * 20_000},
    }
    for name, header in odd.items():
        yield invalid(f"a-jwt-{name}", secured(besides=header))


def _relabelled(header: Mapping[str, object]) -> str:
    """A token whose signature fits, with this header."""
    return token(badge(RIVERSIDE, NAME), KEY, "EdDSA", **{"alg": None, **header})


def _confused() -> str:
    """A MAC keyed with the text of the issuer's public key."""
    head = base64url(as_compact_json({"alg": "HS256", "kid": f"{RIVERSIDE.did}#rs256"}))
    data = f"{head}.{base64url(as_compact_json(badge(RIVERSIDE, NAME)))}"
    return f"{data}.{base64url(hmac.digest(rsa_pem(KEY).encode(), data.encode(), 'sha256'))}"


def _keys() -> Iterator[Case]:
    theirs = public_jwk(THIEF, "EdDSA")
    brought = secured(key=THIEF, kid=None, jwk=theirs)
    yield invalid("a-jwt-that-brings-a-strangers-key", brought, "key_not_issuers")
    for member, value in (("jku", "https://thief.example/keys"), ("x5u", "https://thief.example/")):
        text = secured(key=THIEF, besides={member: value})
        yield invalid(f"a-jwt-that-names-a-strangers-{member}", text, "bad_signature")
    chain = secured(key=THIEF, x5c=[base64url(b"not even a certificate")])
    yield invalid("a-jwt-with-a-certificate-of-its-own", chain, "bad_signature")
    other = secured(key=THIEF, kid=f"did:web:{THIEF}.example#key-1")
    yield invalid("a-jwt-by-a-key-of-another-issuer", other, "key_not_issuers")
    gone = secured(kid="last-year")
    yield case("a-jwt-by-a-key-no-longer-listed", gone, "unknown", genuine="key_not_listed")
    twice = [{**method("EdDSA", kid="one")}, {**method("ES256", kid="one")}]
    yield invalid("a-jwt-by-a-name-that-two-keys-have", secured(kid="one"), held=web(*twice))
    uses: dict[str, tuple[dict[str, object], str]] = {
        "for-encryption": ({"use": "enc"}, "key_not_issuers"),
        "that-may-only-sign": ({"key_ops": ["sign"]}, "key_not_issuers"),
        "for-another-algorithm": ({"alg": "ES256"}, "key_not_issuers"),
        "that-is-a-shared-secret": ({"kty": "oct", "k": "AA"}, "bad_signature"),
    }
    for name, (of_key, code) in uses.items():
        yield invalid(f"a-jwt-by-a-key-{name}", secured(), code, web(method("EdDSA", **of_key)))
    own = RIVERSIDE.home
    unproven = secured(kid=None, jwk=public_jwk(KEY, "EdDSA"), claims=_issued_by(f"{own}/issuer"))
    yield case("a-jwt-whose-key-nothing-ties", unproven, "unknown", {}, genuine="issuer_unproven")
    yield case("a-jwt-while-its-keys-are-away", secured(), "unknown", {}, genuine="key_unreachable")


def _issued_by(address: str) -> JsonDocument:
    return badge(RIVERSIDE, NAME, issuer={**RIVERSIDE.profile(), "id": address})


def _forms() -> Iterator[Case]:
    head, body, signature = secured().split(".")
    thief = secured(key=THIEF).split(".")
    yield invalid("a-jwt-with-anothers-signature", f"{head}.{body}.{thief[2]}", "bad_signature")
    yield invalid("a-jwt-with-no-signature", f"{head}.{body}.", "bad_signature")
    inner = json.dumps(badge(RIVERSIDE, NAME)).replace(NAME, "Data Mastery").encode()
    changed = f"{head}.{base64url(inner)}.{signature}"
    yield invalid("a-jwt-with-a-changed-letter", changed, "bad_signature")
    yield Case("a-jwt-without-its-payload", f"{head}..{signature}".encode(), refused("malformed"))


def _claims() -> Iterator[Case]:
    for claim, member in (("iss", "issuer"), ("jti", "id"), ("sub", "subject")):
        text = secured(claims=older(**{claim: "https://other.example/"}), typ="JWT")
        yield invalid(f"a-jwt-with-another-{member}", text)
    start = secured(claims=older(nbf=1), typ="JWT")
    yield invalid("a-jwt-with-another-start", start)
    dated = badge(RIVERSIDE, NAME, validUntil="2099-01-01T00:00:00Z")
    end = secured(claims={**dated, "exp": 1})
    yield case("a-jwt-with-another-end", end, "invalid", genuine="structure", current="expired")
    past = secured(claims=older(exp=1_750_000_000), typ="JWT")
    yield case("a-jwt-that-has-run-out", past, "expired", current="expired")
    claims = older(nbf=4_070_908_800)
    del claims["vc"]["issuanceDate"]
    future = secured(claims=claims, typ="JWT")
    yield case("a-jwt-that-does-not-count-yet", future, "not_yet_valid", current="not_yet_valid")
    for name, value in (("as-text", "1e9"), ("beyond-all-time", 1e300), ("in-a-list", [1])):
        text = secured(claims=older(exp=value), typ="JWT")
        yield invalid(f"a-jwt-with-an-end-{name}", text)
    both = {**badge(RIVERSIDE, NAME), "vc": older()["vc"]}
    yield invalid("a-jwt-with-two-credentials", secured(claims=both, typ="JWT"))
    login = {"iss": RIVERSIDE.did, "sub": "mira", "aud": "shop", "nonce": "n-1"}
    entry = secured(claims=login, typ="JWT")
    yield Case("a-jwt-to-log-in-with", entry.encode(), refused("not_a_badge"))
