"""Cases of Blockcerts: what was hashed, the way to the root, the ledger and whose address it is."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from typing import Any

from tests.made.anchoring import (
    ETHEREUM,
    MOCK,
    PREFIX,
    TESTNET,
    address,
    anchored_1,
    anchored_2,
    anchored_3,
    badge_1,
    badge_2,
    badge_3,
    entry,
    profile_url,
    profile_web,
    root_of,
    silent,
    spending,
    target_of,
)
from tests.made.expected import comes_out
from tests.made.folder import Case, Web, answered, as_json
from tests.made.issuers import RIVERSIDE
from tests.made.signing import JsonDocument, did_key, signed

NAME = "Field Botany"
TWO = badge_2(NAME)
THREE = badge_3(NAME)
PROFILE = profile_web()
#: What was anchored without an end date and with no list beside it.
UNREAD = {"current": "status_unreachable"}


def cases() -> Iterator[Case]:
    """Every case."""
    yield from _good()
    yield from _altered()
    yield from _ledgers()
    yield from _addresses()
    yield from _taken_back()
    yield from _words()
    yield from _beside_others()


def _case(name: str, document: JsonDocument, web: Web, verdict: str, **codes: str) -> Case:
    return Case(name, as_json(document), comes_out(verdict, **codes), web)


def web_of(document: JsonDocument, **of_entry: Any) -> Web:  # noqa: ANN401 as `entry` takes it
    """What must answer for `document`, which is a Blockcert 2 or 3."""
    return {**PROFILE, **entry(root_of(document), **of_entry)}


def _good() -> Iterator[Case]:
    first = anchored_1(badge_1(NAME))
    web = web_of_1(first)
    yield _case("a-blockcert-1-in-the-bitcoin-ledger", first, web, "verified")
    taken = {**web, **spending(spent=True)}
    yield _case("a-blockcert-1-whose-coin-was-spent", first, taken, "revoked", current="revoked")
    yield _case("a-blockcert-2-in-the-bitcoin-ledger", anchored_2(TWO), web_of(TWO), "verified")
    web = web_of(TWO, ledger=ETHEREUM)
    yield _case("a-blockcert-2-in-the-ethereum-ledger", anchored_2(TWO, ETHEREUM), web, "verified")
    yield _case("a-blockcert-3-in-the-bitcoin-ledger", anchored_3(THREE), web_of(THREE), "verified")
    web = web_of(THREE, ledger=ETHEREUM)
    three = anchored_3(THREE, ETHEREUM)
    yield _case("a-blockcert-3-in-the-ethereum-ledger", three, web, "verified")
    older = {**anchored_3(THREE), "proof": {**anchored_3(THREE)["proof"]}}
    del older["proof"]["cryptosuite"]
    older["proof"] |= {"type": "MerkleProof2019", "verificationMethod": _method()}
    yield _case("a-blockcert-3-with-the-older-type", older, web_of(THREE), "verified")


def web_of_1(anchored: JsonDocument) -> Web:
    """What must answer for a Blockcert 1."""
    profile = profile_web(publicKey=None, issuerKeys=_key_1(), revocationList=None)
    return {**profile, **entry(anchored["receipt"]["merkleRoot"]), **spending(spent=False)}


def _key_1() -> list[JsonDocument]:
    return [{"date": "2024-01-01", "key": address(RIVERSIDE.domain)}]


def _method() -> str:
    return PREFIX + address(RIVERSIDE.domain)


def _altered() -> Iterator[Case]:
    two = anchored_2(TWO)
    two["badge"] = {**two["badge"], "name": "Field Botanist"}
    altered = {"genuine": "altered"}
    yield _case("a-blockcert-2-with-another-title", two, web_of(TWO), "invalid", **altered)
    three = deepcopy(anchored_3(THREE))
    three["credentialSubject"]["claim"]["name"] = "Field Botanist"
    yield _case("a-blockcert-3-with-another-title", three, web_of(THREE), "invalid", **altered)
    two = anchored_2(TWO)
    two["signature"] = {**two["signature"], "proof": [{"left": target_of(THREE)}]}
    yield _case("a-blockcert-with-another-path", two, web_of(TWO), "invalid", **altered)
    two = anchored_2(TWO)
    other = {**PROFILE, **entry(root_of(THREE))}
    yield _case("a-blockcert-whose-root-is-not-in-the-ledger", two, other, "invalid", **altered)
    three = anchored_3(THREE)
    three["proof"] = {**three["proof"], "proofValue": f"{three['proof']['proofValue'][:-9]}"}
    codes = {"genuine": "bad_signature"}
    yield _case("a-blockcert-whose-proof-is-cut-off", three, web_of(THREE), "invalid", **codes)


def _ledgers() -> Iterator[Case]:
    two, unread = anchored_2(TWO), {"genuine": "ledger_unreachable"}
    web: Web = {**PROFILE, **silent(entry(root_of(TWO)))}
    yield _case("the-ledger-does-not-answer", two, web, "unknown", **unread)
    strange = {url: answered({"remoteHash": root_of(TWO)}) for url in entry(root_of(TWO))}
    yield _case("the-ledger-in-another-form", two, {**PROFILE, **strange}, "unknown", **unread)
    web = web_of(TWO, status={"confirmed": False})
    yield _case("the-ledger-has-not-confirmed-it", two, web, "unknown", **unread)
    test = anchored_2(TWO, TESTNET)
    web = web_of(TWO, ledger=TESTNET)
    yield _case("a-blockcert-in-a-test-network", test, web, "unknown", **unread)
    mock = anchored_3(THREE, MOCK)
    yield _case("a-blockcert-in-no-ledger", mock, PROFILE, "unknown", **unread)


def _addresses() -> Iterator[Case]:
    two = anchored_2(TWO)
    web: Web = web_of(TWO, sender="stranger")
    foreign = {"genuine": "key_not_issuers"}
    yield _case("a-blockcert-anchored-by-a-stranger", two, web, "invalid", **foreign)
    for name, ends, verdict, codes in (
        ("before", "2025-05-01T00:00:00Z", "invalid", foreign),
        ("after", "2025-07-01T00:00:00Z", "verified", {}),
    ):
        key = {"id": _method(), "created": "2024-01-01T00:00:00Z", "revoked": ends}
        web = {**entry(root_of(TWO)), **profile_web(publicKey=[key])}
        yield _case(f"a-blockcert-whose-address-ended-{name}-it", two, web, verdict, **codes)
    late = [{"id": _method(), "created": "2025-08-01T00:00:00Z"}]
    web = {**entry(root_of(TWO)), **profile_web(publicKey=late)}
    yield _case("a-blockcert-older-than-its-address", two, web, "invalid", **foreign)
    web = {**entry(root_of(TWO)), **profile_web(publicKey=[])}
    codes = {"genuine": "issuer_unproven"}
    yield _case("a-blockcert-whose-issuer-lists-no-address", two, web, "unknown", **codes)
    web = {**entry(root_of(TWO)), **silent(PROFILE)}
    codes = {"genuine": "key_unreachable", **UNREAD}
    yield _case("a-blockcert-whose-issuer-does-not-answer", two, web, "unknown", **codes)
    web = {**web_of(THREE), profile_url(): PROFILE[profile_url()]}
    other = anchored_3(THREE, verificationMethod=f"{profile_url()}#key-2")
    codes = {"genuine": "key_not_listed"}
    yield _case("a-blockcert-of-a-key-no-longer-listed", other, web, "unknown", **codes)
    yield from _by_did()


def _by_did() -> Iterator[Case]:
    ion = badge_3(NAME, issuer="did:ion:EiBriverside")
    codes = {"genuine": "unsupported_proof", **UNREAD}
    yield _case("a-blockcert-by-did-ion", anchored_3(ion), web_of(ion), "unknown", **codes)
    held = badge_3(NAME, issuer=RIVERSIDE.did)
    service = {
        "id": f"{RIVERSIDE.did}#service-1",
        "type": "IssuerProfile",
        "serviceEndpoint": profile_url(),
    }
    told = {**web_of(held), **RIVERSIDE.web(service=[service])}
    yield _case("a-blockcert-by-did-web", anchored_3(held), told, "verified")


def _taken_back() -> Iterator[Case]:
    for name, document in (("2", anchored_2(TWO)), ("3", anchored_3(THREE))):
        listed = {**web_of(TWO if name == "2" else THREE), **profile_web(document["id"])}
        revoked = {"current": "revoked"}
        yield _case(f"a-blockcert-{name}-that-was-revoked", document, listed, "revoked", **revoked)
    ended = badge_2(NAME, expires="2025-12-31T00:00:00Z")
    web: Web = web_of(ended)
    expired = {"current": "expired"}
    yield _case("a-blockcert-that-has-expired", anchored_2(ended), web, "expired", **expired)
    hidden = {**anchored_2(ended)}
    moment = {"@value": hidden.pop("expires"), "@type": "http://www.w3.org/2001/XMLSchema#dateTime"}
    hidden["https://w3id.org/security#expiration"] = moment
    codes = {"genuine": "structure"}
    yield _case("a-blockcert-that-hides-its-end", hidden, web, "invalid", **codes)


def _words() -> Iterator[Case]:
    two = {**anchored_2(TWO), "honours": "summa cum laude"}
    dropped = {"genuine": "dropped_terms"}
    yield _case("a-blockcert-with-an-unmapped-field", two, web_of(TWO), "invalid", **dropped)
    own = badge_2(NAME, displayHtml="<p>Well done.</p>")
    own["@context"] = [*own["@context"], {"displayHtml": "https://words.example/display"}]
    codes = {"genuine": "context"}
    web: Web = {**PROFILE, **entry(root_of(own))}
    yield _case("a-blockcert-with-words-of-its-own", anchored_2(own), web, "unknown", **codes)
    codes = {"genuine": "unsigned"}
    yield _case("a-blockcert-without-a-proof", TWO, PROFILE, "unknown", **codes)


def _beside_others() -> Iterator[Case]:
    """The issuer signs, and somebody else puts it into the ledger."""
    own = {"id": did_key("loner"), "name": "Loner"}
    document = badge_3(NAME, issuer=own)
    first = signed(document, "loner", id="urn:uuid:6a1f8a52-0d3c-4a77-9f57-1f3c5f6f3a11")
    before = {**first, "proof": [first["proof"]]}
    both = anchored_3(
        before,
        verificationMethod=f"{profile_url()}#key-1",
        previousProof=first["proof"]["id"],
    )
    web: Web = {**PROFILE, **entry(root_of(before))}
    codes = {"current": "no_status", "issuer": "not_listed"}
    yield _case("a-blockcert-signed-and-put-by-another", both, web, "unvouched", **codes)
    spoiled = deepcopy(both)
    spoiled["proof"][0]["created"] = "2025-03-15T09:30:00Z"
    codes = {"genuine": "bad_signature", "current": "no_status"}
    yield _case("a-blockcert-with-a-bad-signature-beside", spoiled, web, "invalid", **codes)
