"""Every suite that signs a credential: it passes, and does not once a word is another."""

from __future__ import annotations

from collections.abc import Iterator

from tests.made.cases_genuine import NAME, NO_STATUS, good
from tests.made.credentials import badge_2020, by, published
from tests.made.expected import comes_out
from tests.made.folder import Case, as_json
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument
from tests.made.suites import Key, disclosed, key_of, listing, signed_by, signed_detached

JWS_2020 = "https://w3id.org/security/suites/jws-2020/v1"
_KEYS = {kind: key_of(RIVERSIDE, kind) for kind in ("Ed25519", "P-256", "P-384", "secp256k1")}
WEB = {**listing(RIVERSIDE, *_KEYS.values()), **published(RIVERSIDE)}
_CURRENT = (
    ("eddsa-jcs-2022", "Ed25519"),
    ("ecdsa-rdfc-2019", "P-256"),
    ("ecdsa-rdfc-2019", "P-384"),
    ("ecdsa-jcs-2019", "P-256"),
    ("ecdsa-jcs-2019", "P-384"),
)
_OLDER = (
    ("Ed25519Signature2018", "ed25519-signature-2018", "Ed25519"),
    ("EcdsaSecp256k1Signature2019", "ecdsa-secp256k1-signature-2019", "secp256k1"),
    ("JsonWebSignature2020", "json-web-signature-2020", "P-256"),
    ("JsonWebSignature2020", "json-web-signature-2020", "P-384"),
)


def cases() -> Iterator[Case]:
    """Two cases a suite and kind of key."""
    for suite, kind in _CURRENT:
        name = f"signed-with-{suite}-by-a-key-of-{kind.lower()}"
        yield from _pair(name, signed_by(_KEYS[kind], good(), suite))
    for suite, slug, kind in _OLDER:
        name = f"signed-with-{slug}-by-a-key-of-{kind.lower()}"
        yield from _pair(name, signed_detached(_KEYS[kind], _older(), suite), **NO_STATUS)
    shown = disclosed(_KEYS["P-256"], good(), "validFrom")
    yield from _pair("disclosed-with-ecdsa-sd-2023", shown)
    yield from _several()
    yield from _mistaken()


def _older() -> JsonDocument:
    """A badge under the vocabularies of the older suites."""
    made = badge_2020(RIVERSIDE, NAME)
    return {**made, "@context": [*made["@context"][:2], JWS_2020]}


def _pair(name: str, document: JsonDocument, **codes: str) -> Iterator[Case]:
    yield _case(name, document, "verified", **codes)
    altered = {**document, "name": "Date Literacy"}
    yield _case(f"{name}-and-altered", altered, "invalid", genuine="bad_signature", **codes)


def _case(name: str, document: JsonDocument, verdict: str, **codes: str) -> Case:
    return Case(name, as_json(document), comes_out(verdict, **codes), WEB)


def _several() -> Iterator[Case]:
    """A proof set, and a chain in which the second proof covers the first."""
    first, second = by(RIVERSIDE, good()), signed_by(_KEYS["P-256"], good(), "ecdsa-rdfc-2019")
    both = {**first, "proof": [first["proof"], second["proof"]]}
    yield _case("two-good-proofs-side-by-side", both, "verified")
    identifier = "urn:uuid:5f0a9a4e-7d0e-4a52-9d0f-3b8f1c1e7a21"
    start = signed_by(_KEYS["Ed25519"], good(), "eddsa-rdfc-2022", id=identifier)
    start["proof"] = [start["proof"]]
    chain = signed_by(_KEYS["P-384"], start, "ecdsa-rdfc-2019", previousProof=identifier)
    yield _case("two-good-proofs-in-a-chain", chain, "verified")
    broken = {**chain, "proof": [chain["proof"][1]]}
    yield _case("a-chain-without-its-first-proof", broken, "invalid", genuine="structure")
    swapped = {**chain["proof"][1], "previousProof": "urn:uuid:0"}
    loose = {**chain, "proof": [chain["proof"][0], swapped]}
    yield _case("a-chain-that-names-no-proof", loose, "invalid", genuine="structure")


def _mistaken() -> Iterator[Case]:
    """Keys and headers that don't go with the suite."""
    ed = Key("P-256", RIVERSIDE.domain, _KEYS["Ed25519"].method)
    yield _case(
        "an-ecdsa-suite-by-a-key-of-ed25519",
        signed_by(ed, good(), "ecdsa-rdfc-2019"),
        "invalid",
        genuine="bad_signature",
    )
    header = {"alg": "none", "b64": False, "crit": ["b64"]}
    yield _case(
        "a-detached-jws-that-names-no-algorithm",
        signed_detached(_KEYS["P-256"], _older(), "JsonWebSignature2020", header),
        "invalid",
        genuine="bad_signature",
        **NO_STATUS,
    )
    bare = {**_older(), "@context": _older()["@context"][:2]}
    yield _case(
        "a-proof-that-no-vocabulary-of-the-badge-defines",
        signed_detached(_KEYS["P-256"], bare, "JsonWebSignature2020"),
        "unknown",
        genuine="unsupported_proof",
        **NO_STATUS,
    )
    yield _case(
        "a-suite-that-programs-read-differently",
        _retyped(signed_detached(_KEYS["P-256"], _older(), "JsonWebSignature2020")),
        "unknown",
        genuine="unsupported_proof",
        **NO_STATUS,
    )


def _retyped(document: JsonDocument) -> JsonDocument:
    return {**document, "proof": {**document["proof"], "type": "RsaSignature2018"}}
