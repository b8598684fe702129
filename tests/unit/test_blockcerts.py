"""Blockcerts at their edges: proofs that can't be taken apart, ledgers that say something else,
profiles that don't count, and how they are taken back.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import base58
import cbor2
import pytest
from msgspec.structs import asdict

from tests.made.anchoring import (
    BITCOIN,
    ETHEREUM,
    MOCK,
    PREFIX,
    address,
    anchored_1,
    anchored_2,
    anchored_3,
    badge_1,
    badge_2,
    badge_3,
    entry,
    packed,
    profile,
    profile_url,
    profile_web,
    root_of,
    spending,
    target_of,
    transaction,
)
from tests.made.folder import Answer, Web, answered
from tests.made.issuers import HOLDER, HOLDER_EMAIL, RIVERSIDE
from tests.made.signing import JsonDocument
from tests.unit.judging import NOW, documents, is_current, is_genuine, parsed
from verifier import ledger
from verifier.checks import holder
from verifier.errors import Malformed
from verifier.ledger import Anchor
from verifier.ports import Circumstances
from verifier.proofs import merkle_path
from verifier.report import Check, Question

NAME = "Field Botany"
TWO = badge_2(NAME)
THREE = badge_3(NAME)
GOOD_2 = anchored_2(TWO)
GOOD_3 = anchored_3(THREE)
PROFILE = profile_web()
WEB_2 = {**PROFILE, **entry(root_of(TWO))}
WEB_3 = {**PROFILE, **entry(root_of(THREE))}
EXPLORER = f"{BITCOIN.explorer}{transaction('first')}"


def told(check: Check) -> tuple[str, object, object]:
    """A check's code, its finer reason, and what the signature did."""
    return check.code, check.detail.get("reason"), check.detail.get("signature")


def test_what_is_shown_is_what_was_hashed() -> None:
    for good in (anchored_1(badge_1(NAME)), GOOD_2, GOOD_3):
        credential = parsed(good)
        assert (credential.kind, credential.name) == ("certificate", NAME)
        assert credential.description == f"What {RIVERSIDE.name} gives out for {NAME}."
        assert credential.recipient.name == HOLDER
        first = credential.recipient.identities[0]
        assert (first.kind, first.value, first.hashed) == ("email", HOLDER_EMAIL, False)
        assert credential.issuer.id == profile_url()
        assert str(credential.issued).startswith("2025-05-30")
    assert [parsed(one).standard for one in (anchored_1(badge_1(NAME)), GOOD_2, GOOD_3)] == [
        "Blockcerts 1",
        "Blockcerts 2",
        "Blockcerts 3",
    ]


def test_the_pass_says_which_explorer_it_rests_on() -> None:
    check = is_genuine(GOOD_2, WEB_2)
    assert told(check) == ("signature", None, "good")
    assert "blockstream.info" in check.says
    assert check.detail["anchored"] == "2025-06-01T12:00:00Z"
    assert check.detail["sender"] == address(RIVERSIDE.domain)


# --- proofs ---


def _packed(value: object) -> str:
    return "z" + base58.b58encode(cbor2.dumps(value)).decode()


_HASH = cbor2.dumps(b"\1" * 32)
_ANCHOR = [[0, 0], [1, 1], [2, _HASH]]


@pytest.mark.parametrize(
    "value",
    [
        None,
        7,
        "",
        "z",
        "z0OIl",
        "f00",
        "u-_-_",
        "z" + "1" * 9000,
        _packed("text"),
        _packed([]),
        _packed([[0, _HASH], [1, _HASH], [2, []], [3, []]]),
        _packed([[0, _HASH], [1, _HASH], [2, [_ANCHOR]]]),
        _packed([[0, b"\1" * 32], [1, _HASH], [2, [_ANCHOR]], [3, []]]),
        _packed([[0, cbor2.dumps(b"\1" * 31)], [1, _HASH], [2, [_ANCHOR]], [3, []]]),
        _packed([[0, cbor2.dumps("XYZ")], [1, _HASH], [2, [_ANCHOR]], [3, []]]),
        _packed([[0, _HASH], [1, _HASH], [2, [_ANCHOR]], [3, [[2, _HASH]]]]),
        _packed([[0, _HASH], [1, _HASH], [2, [_ANCHOR]], [3, [[-1, _HASH]]]]),
        _packed([[0, _HASH], [1, _HASH], [2, [_ANCHOR]], [3, [[True, _HASH]]]]),
        _packed([[0, _HASH], [1, _HASH], [2, [_ANCHOR]], [3, [[0, _HASH]] * 65]]),
        _packed([[0, _HASH], [1, _HASH], [2, [[[0, 0], [1, 1], [2, 7]]]], [3, []]]),
        _packed([[0, _HASH, 1], [1, _HASH], [2, [_ANCHOR]], [3, []]]),
        _packed({0: _HASH, 1: _HASH, 2: [_ANCHOR], 3: []}),
    ],
)
def test_a_packed_proof_that_is_none(value: object) -> None:
    with pytest.raises(Malformed):
        merkle_path.read_packed(value)
    spoiled = {**GOOD_3, "proof": {**GOOD_3["proof"], "proofValue": value}}
    assert is_genuine(spoiled, WEB_3).code in ("bad_signature", "structure")


@pytest.mark.parametrize(
    "members",
    [
        {"targetHash": None},
        {"targetHash": "00"},
        {"merkleRoot": "G" * 64},
        {"proof": {"right": "0" * 64}},
        {"proof": ["0" * 64]},
        {"proof": [{}]},
        {"proof": [{"up": "0" * 64}]},
        {"proof": [{"left": "0" * 64, "right": "0" * 64}]},
        {"proof": [{"left": "0" * 63}]},
        {"proof": [{"left": "0" * 64}] * 65},
        {"anchors": None},
        {"anchors": []},
        {"anchors": ["blink:btc:mainnet:00"]},
        {"anchors": [{"type": "BTCOpReturn"}]},
        {"anchors": [{"sourceId": 7, "type": "BTCOpReturn"}]},
        {"anchors": [{"sourceId": "0" * 64, "type": "BTCOpReturn", "chain": 1}]},
    ],
)
def test_a_signature_that_is_none(members: dict[str, Any]) -> None:
    spoiled = {**GOOD_2, "signature": {**GOOD_2["signature"], **members}}
    assert told(is_genuine(spoiled, WEB_2)) == ("bad_signature", "merkle.proof", "bad")


def test_hashes_may_be_packed_as_their_hex_too() -> None:
    """The Python library writes text where the JavaScript one writes bytes."""
    target, root = target_of(THREE), root_of(THREE)
    sibling = merkle_path.read_packed(GOOD_3["proof"]["proofValue"]).path[0][1]
    parts = [
        [0, cbor2.dumps(root)],
        [1, cbor2.dumps(target)],
        [2, [[[0, 0], [1, 1], [2, cbor2.dumps(transaction("first"))]]]],
        [3, [[1, cbor2.dumps(sibling)]]],
    ]
    proof = {**GOOD_3["proof"], "proofValue": _packed(parts)}
    assert is_genuine({**GOOD_3, "proof": proof}, WEB_3).code == "signature"


@pytest.mark.parametrize(
    ("stated", "kind", "expected"),
    [
        ("mkAvTwCYUyVk3rncFVCTJt1HUDsApVezhP", "BTCOpReturn", "bitcoinTestnet"),
        (f"{PREFIX}n2", "BTCOpReturn", "bitcoinTestnet"),
        (address("x"), "BTCOpReturn", "bitcoinMainnet"),
        (None, "BTCOpReturn", "bitcoinMainnet"),
        (None, "ETHData", "ethereumMainnet"),
        (None, "Mock", "mockchain"),
        (None, "Sidechain", "Sidechain"),
    ],
)
def test_a_ledger_that_the_anchor_does_not_name(stated: object, kind: str, expected: str) -> None:
    options = {**GOOD_2["signature"], "anchors": [{"sourceId": "0" * 64, "type": kind}]}
    assert merkle_path.read_json(options, stated).anchor.ledger == expected


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"proofPurpose": "authentication"}, ("structure", "proof.purpose", "unchecked")),
        ({"created": "2025-06-01T12:00:00"}, ("structure", "date.syntax", "unchecked")),
        ({"verificationMethod": None}, ("structure", "key.name", "good")),
        ({"verificationMethod": "did:key:z6Mk#z"}, ("structure", "did.fragment", "good")),
    ],
)
def test_what_a_proof_says_of_itself(
    options: dict[str, Any], expected: tuple[str, str, str]
) -> None:
    assert told(is_genuine(anchored_3(THREE, **options), WEB_3)) == expected


def test_text_beside_the_hash_is_never_shown() -> None:
    """Version 3 hashes all but its `proof`, so that a `signature` in it is a word of the badge."""
    assert is_genuine({**GOOD_3, "signature": "b"}, WEB_3).code == "dropped_terms"
    assert is_genuine({**GOOD_2, "proof": {"merkleRoot": "b"}}, WEB_2).code == "altered"


# --- ledgers ---


def _said(**members: object) -> Web:
    return {**PROFILE, **entry(root_of(TWO), **members)}  # type: ignore[arg-type] # as given


@pytest.mark.parametrize(
    ("web", "expected"),
    [
        (PROFILE, ("ledger_unreachable", "ledger.unasked")),
        ({**PROFILE, EXPLORER: Answer(status=404)}, ("ledger_unreachable", "ledger.status.404")),
        ({**PROFILE, EXPLORER: Answer(b"<html>")}, ("ledger_unreachable", "ledger.format")),
        ({**PROFILE, EXPLORER: Answer(b"[]")}, ("ledger_unreachable", "ledger.format")),
        (_said(txid="0" * 64), ("ledger_unreachable", "ledger.format")),
        (_said(vin=[]), ("ledger_unreachable", "ledger.format")),
        (_said(vin=[{"prevout": None}]), ("ledger_unreachable", "ledger.format")),
        (_said(vout=["x"]), ("ledger_unreachable", "ledger.format")),
        (_said(status={"confirmed": "yes"}), ("ledger_unreachable", "ledger.unconfirmed")),
        (_said(status={"confirmed": True}), ("ledger_unreachable", "ledger.format")),
        (
            _said(status={"confirmed": True, "block_time": 10**15}),
            ("ledger_unreachable", "ledger.format"),
        ),
        (_said(vout=[]), ("altered", "merkle.ledger")),
        (_said(vout=[{"scriptpubkey": f"6a21{'0' * 66}"}]), ("altered", "merkle.ledger")),
    ],
)
def test_what_an_explorer_may_answer(web: Web, expected: tuple[str, str]) -> None:
    assert told(is_genuine(GOOD_2, web))[:2] == expected


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"hash": "0x00"}, ("ledger_unreachable", "ledger.format")),
        ({"timestamp": None}, ("ledger_unreachable", "ledger.unconfirmed")),
        ({"confirmations": 0}, ("ledger_unreachable", "ledger.unconfirmed")),
        ({"timestamp": "yesterday"}, ("ledger_unreachable", "date.syntax")),
        ({"from": None}, ("ledger_unreachable", "ledger.format")),
        ({"raw_input": "0x"}, ("altered", "merkle.ledger")),
        ({"raw_input": f"0x{'0' * 64}"}, ("altered", "merkle.ledger")),
    ],
)
def test_what_an_explorer_of_ethereum_may_answer(
    members: dict[str, Any], expected: tuple[str, str]
) -> None:
    web = {**PROFILE, **entry(root_of(TWO), ledger=ETHEREUM, **members)}
    assert told(is_genuine(anchored_2(TWO, ETHEREUM), web))[:2] == expected


def test_an_explorer_that_sends_elsewhere_says_nothing() -> None:
    held = dict(documents(WEB_2))
    for request, document in held.items():
        if request.url == EXPLORER:
            moved = {**asdict(document), "final_url": "https://elsewhere.example/tx"}
            held[request] = type(document)(**moved)
    with pytest.raises(Malformed) as error:
        ledger.read(Anchor("bitcoinMainnet", transaction("first")), held)
    assert error.value.reason == "ledger.redirect"


@pytest.mark.parametrize(
    "anchor",
    [
        Anchor("bitcoinMainnet", "../../elsewhere"),
        Anchor("bitcoinMainnet", "0x" + "0" * 64),
        Anchor("ethereumMainnet", "0" * 64),
        Anchor("ethereumMainnet", "0x" + "0" * 64 + "/logs"),
        Anchor("ethereumRopsten", "0x" + "0" * 64),
        Anchor("mockchain", "0" * 64),
        Anchor("dogecoinMainnet", "0" * 64),
    ],
)
def test_nothing_is_asked_for_what_is_no_transaction(anchor: Anchor) -> None:
    assert list(ledger.needs(anchor)) == []
    with pytest.raises(Malformed):
        ledger.read(anchor, {})


# --- issuers ---


def _issuer(answer: Answer) -> Web:
    return {**WEB_2, profile_url(): answer}


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(status=404), ("key_unreachable", "key.404")),
        (answered(profile(), "text/html"), ("key_unreachable", "key.content_type")),
        (Answer(b"{"), ("key_unreachable", "key.json.syntax")),
        (answered(profile(id="https://other.example")), ("issuer_unproven", "key.id")),
        (answered(profile(publicKey=[{"id": 7}, 7])), ("issuer_unproven", "key.keyless")),
        (answered(profile(publicKey=[address("x")])), ("key_not_issuers", "key.foreign")),
        (answered(profile(publicKey=[PREFIX + address(RIVERSIDE.domain)])), ("signature", None)),
    ],
)
def test_a_profile_that_does_not_count(answer: Answer, expected: tuple[str, object]) -> None:
    assert told(is_genuine(GOOD_2, _issuer(answer)))[:2] == expected


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({"created": "2025-06-01T13:30:00Z"}, "signature"),
        ({"created": "2025-06-01T14:30:00Z"}, "key_not_issuers"),
        ({"created": "soon"}, "key_unreachable"),
        ({"expires": "2025-06-01T12:00:00Z"}, "key_not_issuers"),
        ({"expires": "2025-06-01T12:00:01Z"}, "signature"),
        ({"revoked": "2025-06-01T11:00:00+0000"}, "key_not_issuers"),
        ({"invalidated": "2025-06-02"}, "signature"),
    ],
)
def test_the_ledger_tells_when(dates: dict[str, str], expected: str) -> None:
    """A block may be dated two hours early; a key that ended later still counts."""
    key = {"id": PREFIX + address(RIVERSIDE.domain), **dates}
    answer = answered(profile(publicKey=[key]))
    assert is_genuine(GOOD_2, _issuer(answer)).code == expected


def test_one_fitting_listing_of_an_address_is_enough() -> None:
    key = {"id": PREFIX + address(RIVERSIDE.domain)}
    both = [{**key, "revoked": "2024-06-01T00:00:00Z"}, {**key, "created": "2025-01-01T00:00:00Z"}]
    assert is_genuine(GOOD_2, _issuer(answered(profile(publicKey=both)))).code == "signature"


def test_addresses_of_bitcoin_mean_their_case() -> None:
    loud = [{"id": PREFIX + address(RIVERSIDE.domain).upper()}]
    assert is_genuine(GOOD_2, _issuer(answered(profile(publicKey=loud)))).code == "key_not_issuers"


def test_a_profile_over_plain_http_is_insecure() -> None:
    plain = profile_url().replace("https:", "http:")
    document = badge_2(NAME)
    document["badge"]["issuer"]["id"] = plain
    web = {**entry(root_of(document)), plain: answered(profile(id=plain))}
    check = is_genuine(anchored_2(document), web)
    assert (check.code, check.detail["insecure"]) == ("signature", True)


def test_a_key_withdrawn_before_the_proof_was_made_fails_even_without_a_ledger() -> None:
    method = {**profile()["verificationMethod"][0], "revoked": "2025-05-01T00:00:00Z"}
    web = profile_web(verificationMethod=[method])
    assert told(is_genuine(anchored_3(THREE, MOCK), web)) == (
        "key_not_issuers",
        "key.revoked",
        "unchecked",
    )


def test_a_key_withdrawn_since_takes_nothing_back() -> None:
    method = {**profile()["verificationMethod"][0], "revoked": "2025-07-01T00:00:00Z"}
    web = {**entry(root_of(THREE)), **profile_web(verificationMethod=[method])}
    assert is_genuine(GOOD_3, web).code == "signature"


def test_a_proof_for_another_domain_is_not_for_this_reader() -> None:
    """VC Data Integrity, section 4.4."""
    credential = parsed(anchored_3(THREE, domain="shop.example"))
    good = Check(Question.GENUINE, "signature", "", None, {"signature": "good"})
    for domain, expected in ((None, "signature"), ("shop.example", "signature"), ("b", "bad")):
        check = holder.check(credential, good, Circumstances(NOW, domain=domain))
        assert check.code.startswith(expected)
    plain = parsed(GOOD_3)
    assert holder.check(plain, good, Circumstances(NOW, domain="b")).code == "signature"


# --- taken back ---


def test_a_list_is_the_profiles_before_the_badges() -> None:
    document = badge_2(NAME)
    document["badge"]["issuer"]["revocationList"] = "https://old.example/revoked.json"
    web = {**entry(root_of(document)), **profile_web(document["id"])}
    assert is_current(anchored_2(document), web).code == "revoked"
    without = {**web, profile_url(): answered(profile(revocationList=None))}
    assert is_current(anchored_2(document), without).code == "status_unreachable"
    listed = answered({"revokedAssertions": []})
    old = {**without, "https://old.example/revoked.json": listed}
    assert is_current(anchored_2(document), old).code == "no_expiry"


def test_one_badge_is_asked_for_only_where_there_is_no_whole_list() -> None:
    place = f"{RIVERSIDE.home}/revoked.json"
    asked = f"{place}?assertionId={TWO['id'].replace(':', '%3A')}"
    web = {**WEB_2, place: Answer(status=400), asked: answered({"revokedAssertions": [TWO["id"]]})}
    assert is_current(GOOD_2, web).code == "revoked"
    assert is_current(GOOD_2, {**web, place: WEB_2[place]}).code == "no_expiry"


def test_a_list_still_counts_where_no_address_is_listed() -> None:
    web = {**entry(root_of(TWO)), **profile_web(TWO["id"], publicKey=[])}
    assert is_current(GOOD_2, web).code == "revoked"


def _first(**web: bool) -> tuple[JsonDocument, Web]:
    first = anchored_1(badge_1(NAME))
    told = profile_web(revocationList=None)
    coin = {} if not web else spending(spent=web["spent"])
    return first, {**told, **entry(first["receipt"]["merkleRoot"]), **coin}


def test_a_coin_that_takes_a_certificate_back() -> None:
    assert is_current(*_first(spent=False)).code == "no_expiry"
    assert is_current(*_first(spent=True)).code == "revoked"
    assert is_current(*_first()).code == "status_unreachable"
    first, web = _first(spent=False)
    later = NOW + timedelta(days=3)
    assert is_current(first, web, later, at=NOW, from_cache=True).code == "stale"


def test_the_issuers_own_coin_takes_the_whole_batch_back() -> None:
    document = badge_1(NAME)
    del document["recipient"]["revocationKey"]
    first = anchored_1(document)
    keys = [{"date": "2024-01-01", "key": address("taken back")}]
    web = {
        **profile_web(revocationList=None, revocationKeys=keys),
        **entry(first["receipt"]["merkleRoot"]),
        **spending(spent=True),
    }
    assert is_current(first, web).code == "revoked"


# --- older and odd ones ---


def test_1_1_does_not_say_where_its_hash_stands() -> None:
    document = badge_1(NAME)
    first = {name: document[name] for name in ("assertion", "certificate", "recipient", "verify")}
    first["certificate"] = {**first["certificate"], "title": NAME}
    assert told(is_genuine(first, {}))[0] == "unsigned"
    signed = {**first, "signature": "H0osFKllW8LrBhNMc4gC0TbRU0OK9Qgpebji1PgmNsgt"}
    assert told(is_genuine(signed, {})) == ("unsupported_proof", None, "unchecked")


@pytest.mark.parametrize(
    ("members", "reason"),
    [
        ({"badge": "https://x.example/badge"}, "ob2.assertion.badge"),
        ({"recipient": None}, "ob2.assertion.recipient"),
        ({"issuedOn": "yesterday"}, "ob2.assertion.issuedOn"),
        ({"expires": "never"}, "ob2.assertion.expires"),
    ],
)
def test_2_0_must_hold_it_all(members: dict[str, Any], reason: str) -> None:
    document = badge_2(NAME, **members)
    check = is_genuine(anchored_2(document), {**PROFILE, **entry(root_of(document))})
    assert told(check)[:2] == ("structure", reason)


def test_a_sibling_is_hashed_on_its_own_side() -> None:
    one, other = target_of(TWO), target_of(THREE)
    proof = merkle_path.read_packed(packed(one, root_of(TWO), BITCOIN, sibling=other))
    assert not proof.leads_to_root()
    assert merkle_path.read_packed(GOOD_3["proof"]["proofValue"]).leads_to_root()
