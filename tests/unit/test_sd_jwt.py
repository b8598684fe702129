"""SD-JWT VC: what may be disclosed, whose key signed, and who may show it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anyio
import pytest

from tests.conformance.run import Here
from tests.made.folder import Answer, Web, answered, write_web
from tests.made.issuers import RIVERSIDE
from tests.made.sd_tokens import (
    ADDRESS,
    ALL,
    CITY,
    COURSE,
    NAME,
    bound,
    claims,
    digest,
    disclosure,
    issued,
    shown,
)
from tests.made.tokens import p256_jwk, token
from verifier import verify
from verifier.ports import Circumstances
from verifier.report import Report
from wallet_server.documents import DocumentsFolder

NOW = datetime(2026, 1, 1, tzinfo=UTC)
HOME = "https://academy.example/badges"
METADATA = "https://academy.example/.well-known/jwt-vc-issuer/badges"
KEYS = {"keys": [{**p256_jwk("academy"), "kid": "k1"}]}


def judged(text: str, web: Web, folder: Path) -> Report:
    """The report, with `web` as all there is."""
    write_web(folder, web)

    async def run() -> Report:
        return await verify(
            text.encode(),
            fetcher=DocumentsFolder(folder, now=NOW),
            workers=Here(),
            circumstances=Circumstances(now=NOW),
        )

    return anyio.run(run)


def of_riverside(payload: dict[str, Any], *disclosures: str) -> str:
    """The college's token over `payload`."""
    return shown(*disclosures, jwt=issued(payload))


def test_only_what_was_signed_and_shown_is_told(tmp_path: Path) -> None:
    whole = judged(shown(*ALL), RIVERSIDE.web(), tmp_path).credential
    assert (whole.standard, whole.container) == ("SD-JWT VC", "jwt")
    assert whole.document["address"] == {"country": "EX", "city": "Larkspur"}
    assert whole.document["courses"] == ["Charts", "Tides"]
    assert whole.recipient.name == "Mira"
    assert not {"_sd", "_sd_alg", "..."} & set(whole.document)
    little = judged(shown(), RIVERSIDE.web(), tmp_path).credential
    assert little.document["courses"] == ["Charts"]
    assert little.recipient.name is None


#: What is signed or shown wrongly: the token, the code and the reason.
WRONG: dict[str, tuple[str, str, str | None]] = {
    "a part without the one round it": (shown(CITY), "altered", "sd_jwt.disclosure"),
    "a part that is empty": (shown("", NAME), "altered", "sd_jwt.disclosure"),
    "no part at all": (shown(NAME, "AAAA"), "altered", "sd_jwt.disclosure"),
    "an element as a claim": (
        of_riverside(claims(_sd=[digest(COURSE)], courses=None), COURSE),
        "structure",
        "sd_jwt.form",
    ),
    "a claim as an element": (
        of_riverside(claims(_sd=None, courses=[{"...": digest(NAME)}]), NAME),
        "structure",
        "sd_jwt.form",
    ),
    "one digest in two places": (
        of_riverside(claims(_sd=[digest(NAME)], courses=None, place={"_sd": [digest(NAME)]}), NAME),
        "structure",
        "sd_jwt.digest",
    ),
    "digests that are no list": (of_riverside(claims(_sd="x")), "structure", "sd_jwt.digest"),
    "a digest that is a number": (of_riverside(claims(_sd=[7])), "structure", "sd_jwt.digest"),
    "an element with more": (
        of_riverside(claims(courses=[{"...": digest(COURSE), "x": 1}])),
        "structure",
        "sd_jwt.reserved",
    ),
    **{
        f"a claim called {name}": (
            of_riverside(claims(_sd=[digest(disclosure(name, "x"))]), disclosure(name, "x")),
            "structure",
            "sd_jwt.name",
        )
        for name in ("_sd", "...", "_sd_alg")
    },
    "a hidden end": (
        of_riverside(claims(_sd=[digest(disclosure("exp", 1))]), disclosure("exp", 1)),
        "structure",
        "sd_jwt.hidden",
    ),
    "a hidden issuer": (
        of_riverside(
            claims(iss=None, _sd=[digest(disclosure("iss", RIVERSIDE.did))]),
            disclosure("iss", RIVERSIDE.did),
        ),
        "structure",
        "sd_jwt.hidden",
    ),
    "MD5": (of_riverside(claims(_sd_alg="md5")), "unsupported_proof", "sd_jwt.algorithm"),
    "an end in words": (of_riverside(claims(exp="soon")), "structure", "jwt.date"),
    "a type that is none": (of_riverside(claims(vct=7)), "structure", "sd_jwt.vct"),
    "another kind of token": (
        shown(jwt=issued(typ="at+jwt")),
        "structure",
        "jwt.typ",
    ),
    "no tilde": (issued(), "structure", "sd_jwt.form"),
    "no algorithm": (
        shown(jwt=issued(alg="none").rpartition(".")[0] + "."),
        "bad_signature",
        "jws.alg",
    ),
    "another's key": (
        shown(jwt=token(claims(), "evil", "EdDSA", typ="dc+sd-jwt", kid="#key-1")),
        "bad_signature",
        None,
    ),
    "a key of another's": (
        shown(jwt=issued(kid="did:web:evil.example#key-1")),
        "key_not_issuers",
        "key.foreign",
    ),
    "no issuer": (of_riverside(claims(iss=None)), "key_unreachable", "sd_jwt.iss"),
    "bound by nobody": (
        bound(of_riverside(claims(cnf=None))),
        "bad_signature",
        "sd_jwt.binding.key",
    ),
    "bound in another form": (bound(shown(), typ="JWT"), "bad_signature", "sd_jwt.binding.typ"),
    "bound to nobody": (bound(shown(), aud=None), "bad_signature", "sd_jwt.binding.claims"),
    "bound tomorrow": (bound(shown(), iat=2**32), "bad_signature", "sd_jwt.binding.iat"),
    "bound before": (bound(shown(NAME)).replace(NAME, ADDRESS), "bad_signature", None),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_is_never_accepted_and_told_by_name(name: str, tmp_path: Path) -> None:
    text, code, reason = WRONG[name]
    report = judged(text, RIVERSIDE.web(), tmp_path)
    genuine = report.checks[0]
    assert report.verdict.value in ("invalid", "unknown")
    assert genuine.code == code, genuine
    assert reason is None or genuine.detail["reason"] == reason
    assert genuine.fix


@pytest.mark.parametrize("algorithm", ["sha384", "sha512", "sha3_256"])
def test_other_hashes_of_the_registry_are_read(algorithm: str, tmp_path: Path) -> None:
    name = algorithm.replace("sha3_", "sha3-").replace("sha384", "sha-384")
    name = name.replace("sha512", "sha-512")
    signed = claims(_sd_alg=name, _sd=[digest(NAME, algorithm)], courses=None)
    report = judged(of_riverside(signed, NAME), RIVERSIDE.web(), tmp_path)
    assert report.checks[0].code == "signature"
    assert report.credential.recipient.name == "Mira"


def academy(**header: object) -> str:
    """A token of an issuer that is a web address."""
    head = {"typ": "vc+sd-jwt", "kid": "k1", **header}
    signed = claims(iss=HOME)
    return shown(jwt=token(signed, "academy", "ES256", **head))


def metadata(**more: object) -> Web:
    """What the academy publishes of its keys."""
    return {METADATA: answered({"issuer": HOME, "jwks": KEYS, **more})}


@pytest.mark.parametrize(
    ("web", "header", "code"),
    [
        (metadata(), {}, "signature"),
        (metadata(), {"typ": "application/dc+sd-jwt"}, "signature"),
        (metadata(issuer="https://evil.example"), {}, "key_unreachable"),
        (metadata(jwks_uri="https://academy.example/keys"), {}, "key_unreachable"),
        (metadata(jwks={"keys": []}), {}, "key_not_listed"),
        (metadata(jwks={"keys": KEYS["keys"] * 2}), {}, "structure"),
        (metadata(jwks={"keys": [{**p256_jwk("evil"), "kid": "k1"}]}), {}, "bad_signature"),
        (metadata(jwks={"keys": [{**KEYS["keys"][0], "d": "x"}]}), {}, "bad_signature"),
        (metadata(), {"kid": "k2"}, "key_not_listed"),
        (metadata(), {"kid": "did:web:evil.example#1"}, "key_not_issuers"),
        (metadata(), {"jwk": p256_jwk("academy"), "kid": "k9"}, "key_not_listed"),
        ({}, {"jwk": p256_jwk("academy"), "x5c": ["MII"]}, "key_unreachable"),
        ({METADATA: Answer(redirect="https://evil.example/x")}, {}, "key_unreachable"),
        ({METADATA: Answer(b'{"issuer": "x"}', "text/plain")}, {}, "key_unreachable"),
        (
            {
                METADATA: answered({"issuer": HOME, "jwks_uri": "https://academy.example/keys"}),
                "https://academy.example/keys": answered(KEYS, "application/jwk-set+json"),
            },
            {},
            "signature",
        ),
    ],
)
def test_an_issuer_at_a_web_address_publishes_its_keys_there(
    web: Web, header: dict[str, Any], code: str, tmp_path: Path
) -> None:
    assert judged(academy(**header), web, tmp_path).checks[0].code == code
