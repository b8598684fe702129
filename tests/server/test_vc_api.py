"""The W3C's VC API over http and https: 200 where the proof verifies and the structure is right,
and 4xx, with problem details, for everything else.
"""

import base64
import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.bench.speed.processes import cpu_seconds
from tests.made import signing
from tests.made.credentials import badge, entry, published
from tests.made.folder import Answer, write_web
from tests.made.issuers import LARKSPUR, MEADOW, REFUSED, RIVERSIDE
from tests.made.signing import CREDENTIALS_2, SUITE_2020, did_key, signed
from tests.made.suites import Key, signed_by
from tests.server.certificates import certified
from tests.server.conftest import Served, start

SELFTEST = Path(__file__).parent.parent.parent / "wallet_server" / "selftest"
CREDENTIALS, PRESENTATIONS = "/credentials/verify", "/presentations/verify"
DATA_MODEL = "https://www.w3.org/TR/vc-data-model#"
SECURITY = "https://w3id.org/security#"
STATUS_LIST = "https://www.w3.org/ns/credentials/status-list#"
JSON = {"Content-Type": "application/json"}
LIST = {
    "name": "Nobody here",
    "as_of": "2026-01-01T00:00:00Z",
    "scope": None,
    "issuers": [{"id": REFUSED.did, "name": REFUSED.name, "domains": [], "policy": "deny"}],
}


@pytest.fixture(scope="module", params=["http", "https"])
def opened(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """A server with the VC API switched on, over http and then over https."""
    folder = tmp_path_factory.mktemp("opened")
    web = {
        **RIVERSIDE.web(),
        **REFUSED.web(),
        **published(RIVERSIDE, [4242]),
        LARKSPUR.did_url: Answer(error="timeout"),
    }
    write_web(folder / "web", web)
    (folder / "trust.json").write_text(json.dumps(LIST), encoding="utf-8")
    options = [
        "--vc-api",
        "--documents",
        str(folder / "web"),
        "--trust",
        str(folder / "trust.json"),
    ]
    trust = None
    if request.param == "https":
        files = certified(folder / "tls")
        options += files.options
        trust = files.trust
    server = start(folder, *options)
    server.trust = trust
    assert server.address.startswith(f"{request.param}://")
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture
def client(opened: Served) -> Iterator[httpx2.Client]:
    """A program without a token, an origin or anything else."""
    with opened.client() as made:
        yield made


def credential(key: str = "anyone", **members: object) -> dict[str, Any]:
    """The smallest credential of the data model 2.0, issued by its own key."""
    return {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiableCredential"],
        "issuer": did_key(key),
        "credentialSubject": {"id": "did:example:subject"},
        **members,
    }


def presentation(key: str, *held: object, **members: object) -> dict[str, Any]:
    """A presentation of `held`, signed by its holder in answer to the challenge `k7`."""
    made = {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiablePresentation"],
        "holder": did_key(key),
        "verifiableCredential": list(held),
        **members,
    }
    return signed(
        made, key, proofPurpose="authentication", challenge="k7", domain="https://shop.example"
    )


def of_college(name: str, issuer: Any = RIVERSIDE, **members: object) -> dict[str, Any]:  # noqa: ANN401 an Issuer, shortly
    return signed(badge(issuer, name, **members), issuer.domain, issuer.method)


def ask(client: httpx2.Client, what: object, /, **options: object) -> tuple[int, list[str]]:
    """Ask for a credential; the status and the problems' types."""
    return answered(
        client.post(CREDENTIALS, json={"verifiableCredential": what, "options": options})
    )


def present(client: httpx2.Client, what: object, /, **options: object) -> tuple[int, list[str]]:
    """Ask for a presentation; the status and the problems' types."""
    return answered(
        client.post(PRESENTATIONS, json={"verifiablePresentation": what, "options": options})
    )


def answered(answer: httpx2.Response) -> tuple[int, list[str]]:
    """What every answer must be; its status, and the problems' types."""
    assert answer.headers["content-type"] == "application/json"
    body = answer.json()
    assert body["verified"] is (answer.status_code == 200)
    assert body["verified"] or body["problemDetails"], "a refusal says why"
    for problem in body["problemDetails"]:
        assert problem["status"] == answer.status_code
        assert problem["detail"].strip()
        assert problem["title"] in problem["type"]
    return answer.status_code, [problem["type"] for problem in body["problemDetails"]]


GOOD = {
    "a key that is its own issuer": signed(credential(), "anyone"),
    "a did:web whose document lists the key": of_college("Knitting"),
    "an issuer whom a list refuses": of_college("Rope walking", REFUSED),
    "Ed25519Signature2020": signing.signed_2020(
        {**credential(), "@context": [CREDENTIALS_2, SUITE_2020]}, "anyone"
    ),
    "an issuer as an object": signed(credential(issuer={"id": did_key("anyone")}), "anyone"),
}
BAD = {
    "altered": (
        {**signed(credential(), "anyone"), "validFrom": "2020-01-01T00:00:00Z"},
        f"{DATA_MODEL}CRYPTOGRAPHIC_SECURITY_ERROR",
    ),
    "another's key": (signed(credential("anyone"), "mallory"), f"{SECURITY}INVALID_VERIFICATION"),
    "unsigned": (credential(), f"{DATA_MODEL}PARSING_ERROR"),
    "a proof that is null": ({**credential(), "proof": None}, f"{DATA_MODEL}PARSING_ERROR"),
    "a proof that is no object": (
        {**credential(), "proof": "z1"},
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "a purpose of another kind": (
        signed(credential(), "anyone", proofPurpose="authentication"),
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "no issuer": (
        signed({k: v for k, v in credential().items() if k != "issuer"}, "anyone"),
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "no type": (signed(credential(type=[]), "anyone"), f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
    "dates the wrong way round": (
        signed(
            credential(validFrom="2026-01-02T00:00:00Z", validUntil="2026-01-01T00:00:00Z"),
            "anyone",
        ),
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "a key nobody can reach": (
        of_college("Rope", LARKSPUR),
        f"{SECURITY}PROOF_VERIFICATION_ERROR",
    ),
    "a key at no known address": (
        of_college("Rope", MEADOW),
        f"{SECURITY}PROOF_VERIFICATION_ERROR",
    ),
    "a suite nobody knows": (
        {
            **signed(credential(), "anyone"),
            "proof": {**signed(credential(), "anyone")["proof"], "cryptosuite": "knots-2026"},
        },
        f"{SECURITY}PROOF_VERIFICATION_ERROR",
    ),
    "a vocabulary of its own": (
        {**signed(credential(), "anyone"), "@context": [CREDENTIALS_2, {"a": "https://a.example"}]},
        f"{SECURITY}PROOF_VERIFICATION_ERROR",
    ),
    "a presentation instead": (
        presentation("holder"),
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "a hosted badge of Open Badges 2.0": (
        {
            "@context": "https://w3id.org/openbadges/v2",
            "type": "Assertion",
            "id": "https://badges.example.edu/1",
            "recipient": {"type": "email", "hashed": False, "identity": "ada@example.org"},
            "badge": "https://badges.example.edu/b",
            "verification": {"type": "hosted"},
            "issuedOn": "2025-05-01T00:00:00Z",
        },
        f"{DATA_MODEL}MALFORMED_VALUE_ERROR",
    ),
    "no credential at all": ({"a": 1}, f"{DATA_MODEL}MALFORMED_VALUE_ERROR"),
}


@pytest.mark.parametrize("name", GOOD)
def test_a_proof_that_fits_is_200_whoever_vouches(client: httpx2.Client, name: str) -> None:
    assert ask(client, GOOD[name]) == (200, [])
    assert ask(client, GOOD[name], checks=["proof"]) == (200, [])


@pytest.mark.parametrize("name", BAD)
def test_everything_else_is_400_and_says_why(client: httpx2.Client, name: str) -> None:
    what, kind = BAD[name]
    status, kinds = ask(client, what)
    assert status == 400
    assert any(one.startswith(kind) for one in kinds), kinds


def test_status_and_dates_warn_unless_the_status_is_asked_for(client: httpx2.Client) -> None:
    revoked = of_college("Weaving", credentialStatus=entry(RIVERSIDE))
    clear = of_college("Weaving", credentialStatus=entry(RIVERSIDE, 7))
    unread = of_college("Weaving", credentialStatus=entry(RIVERSIDE, 7, "suspension"))
    forged = of_college("Weaving", credentialStatus=entry(RIVERSIDE, 10**6))
    expired = signed(credential(validUntil="2020-01-01T00:00:00Z"), "anyone")
    future = signed(credential(validFrom="2120-01-01T00:00:00Z"), "anyone")
    both = ["proof", "credentialStatus"]
    assert ask(client, revoked) == (200, ["urn:touchstone:revoked"])
    assert ask(client, revoked, checks=both) == (400, ["urn:touchstone:revoked"])
    assert ask(client, clear, checks=both) == (200, [])
    for broken, kind in ((unread, "STATUS_RETRIEVAL_ERROR"), (forged, "STATUS_VERIFICATION_ERROR")):
        assert ask(client, broken) == (200, [f"{STATUS_LIST}{kind}"])
        assert ask(client, broken, checks=both) == (400, [f"{STATUS_LIST}{kind}"])
    for dated, code in ((expired, "expired"), (future, "not_yet_valid")):
        assert ask(client, dated) == (200, [f"urn:touchstone:{code}"])
        assert ask(client, dated, checks=both) == (200, [f"urn:touchstone:{code}"])
    late = of_college(
        "Weaving",
        validUntil="2025-03-15T00:00:00Z",
        credentialStatus=entry(RIVERSIDE, 7, "suspension"),
    )
    kinds = [f"{STATUS_LIST}STATUS_RETRIEVAL_ERROR", "urn:touchstone:expired"]
    assert ask(client, late) == (200, kinds)
    assert ask(client, late, checks=both) == (400, kinds)


def test_a_proof_must_be_what_was_asked_for(client: httpx2.Client) -> None:
    plain = GOOD["a key that is its own issuer"]
    answering = signed(credential(), "anyone", challenge="k7", domain="https://shop.example")
    assert ask(client, answering, challenge="k7", domain="https://shop.example") == (200, [])
    assert ask(client, plain, expectedProofPurpose="assertionMethod") == (200, [])
    for what, options, kind in (
        (answering, {"challenge": "k8"}, "INVALID_CHALLENGE_ERROR"),
        (answering, {"domain": "shop.example"}, "INVALID_DOMAIN_ERROR"),
        (plain, {"challenge": "k7"}, "INVALID_CHALLENGE_ERROR"),
        (plain, {"domain": "https://shop.example"}, "INVALID_DOMAIN_ERROR"),
        (plain, {"expectedProofPurpose": "authentication"}, "PROOF_VERIFICATION_ERROR"),
    ):
        assert ask(client, what, **options) == (400, [SECURITY + kind])


SUITES = [
    *(("Ed25519", "eddsa-rdfc-2022"), ("Ed25519", "eddsa-jcs-2022")),
    *(("P-256", "ecdsa-rdfc-2019"), ("P-256", "ecdsa-jcs-2019")),
    *(("P-384", "ecdsa-rdfc-2019"), ("P-384", "ecdsa-jcs-2019")),
]


@pytest.mark.parametrize(("kind", "cryptosuite"), SUITES)
def test_what_the_data_integrity_suites_break_is_refused(
    client: httpx2.Client, kind: str, cryptosuite: str
) -> None:
    """Each is signed as it stands, so that the signature fits and the proof alone is at fault."""
    unnamed = Key(kind, "anyone", "")
    did = f"did:key:{unnamed.multikey}"
    key = Key(kind, "anyone", f"{did}#{unnamed.multikey}")
    plain = credential(issuer=did)

    def proven(**options: object) -> dict[str, Any]:
        return signed_by(key, plain, cryptosuite, **options)

    def changed(**members: object) -> dict[str, Any]:
        proof = {**proven()["proof"], **members}
        return {**plain, "proof": {name: one for name, one in proof.items() if one is not ...}}

    assert ask(client, proven(), checks=["proof"]) == (200, [])
    first = proven(id="urn:uuid:first")
    chain = signed_by(
        key, {**first, "proof": [first["proof"]]}, cryptosuite, previousProof="urn:uuid:first"
    )
    assert ask(client, chain, checks=["proof"]) == (200, [])
    lost = signed_by(key, first, cryptosuite, previousProof=["urn:uuid:missing"])
    broken_chain = deepcopy(chain)
    broken_chain["proof"][0]["proofValue"] = "invalidProofValue"
    value = proven()["proof"]["proofValue"]
    for broken in (
        *(proven(verificationMethod="did:key:invalidVm"), changed(verificationMethod=...)),
        *(proven(proofPurpose="invalidPurpose"), changed(proofPurpose=...)),
        *(proven(created="invalidDate"), proven(expires="invalidDate")),
        *(proven(expires="2025-03-15T00:00:00Z"), proven(created="2125-03-15T00:00:00Z")),
        *(proven(type="UnknownProofType"), changed(type=...), changed(type="UnknownProofType")),
        *(changed(cryptosuite="UnknownCryptosuite"), changed(cryptosuite=...)),
        *(changed(proofValue=...), changed(proofValue=None), changed(proofValue=value[1:])),
        *(changed(proofValue=f"u{value[1:]}"), changed(proofValue=f"{value} ")),
        *({**plain, "proof": []}, {**plain, "proof": [None]}, {**plain, "proof": {}}, lost),
        *(broken_chain, {**proven(), "type": ["VerifiableCredential", "UndefinedType"]}),
        {**proven(), "undefinedTerm": "this would verify if it were dropped"},
    ):
        assert ask(client, broken, checks=["proof"])[0] == 400, broken


def test_a_proof_that_cannot_be_checked_beside_one_that_holds_is_a_warning(
    client: httpx2.Client,
) -> None:
    good = GOOD["a key that is its own issuer"]
    unknown = {**good["proof"], "cryptosuite": "knots-2026"}
    altered = {**good["proof"], "created": "2025-03-14T09:31:00Z"}
    kind = f"{SECURITY}PROOF_VERIFICATION_ERROR"
    assert ask(client, {**good, "proof": [good["proof"], unknown]}) == (200, [kind])
    assert ask(client, {**good, "proof": [unknown]}) == (400, [kind])
    for proofs in ([good["proof"], altered], [good["proof"], unknown, altered]):
        assert ask(client, {**good, "proof": proofs})[0] == 400


def test_a_presentation_and_all_in_it_must_be_signed(client: httpx2.Client) -> None:
    held = GOOD["a key that is its own issuer"]
    good = presentation("holder", held, of_college("Knitting"))
    assert present(client, good) == (200, [])
    assert present(client, good, challenge="k7", domain="https://shop.example") == (200, [])
    assert present(client, good, expectedProofPurpose="authentication") == (200, [])
    for options, kind in (
        ({"challenge": "k8"}, "INVALID_CHALLENGE_ERROR"),
        ({"challenge": "k7", "domain": "shop.example"}, "INVALID_DOMAIN_ERROR"),
        ({"expectedProofPurpose": "assertionMethod"}, "PROOF_VERIFICATION_ERROR"),
    ):
        assert present(client, good, **options) == (400, [SECURITY + kind])
    altered, _ = BAD["altered"]
    unsigned, _ = BAD["unsigned"]
    unreachable, _ = BAD["a key nobody can reach"]
    for inner in (altered, unsigned, unreachable, {"a": 1}, "https://badges.example.edu/1"):
        status, kinds = present(client, presentation("holder", held, inner))
        assert (status, bool(kinds)) == (400, True)
    for wrong in (
        {**good, "holder": did_key("mallory")},
        {**good, "verifiableCredential": []},
        {name: value for name, value in good.items() if name != "proof"},
        held,
    ):
        assert present(client, wrong)[0] == 400
    revoked = of_college("Weaving", credentialStatus=entry(RIVERSIDE))
    shown = presentation("holder", held, revoked)
    assert present(client, shown) == (200, ["urn:touchstone:revoked"])
    assert present(client, shown, checks=["credentialStatus"])[0] == 400


def test_many_costly_credentials_in_one_presentation_cost_little_more_than_one(
    client: httpx2.Client, opened: Served
) -> None:
    costly = json.loads((SELFTEST / "a-graph-made-to-exhaust-the-reader/input.json").read_bytes())
    costly["issuer"]["id"] = did_key("anyone")
    costly["proof"]["verificationMethod"] = signing.did_key_method("anyone")
    answer = client.post(CREDENTIALS, json={"verifiableCredential": costly})
    assert answer.json()["problemDetails"][0]["code"] == "too_costly"
    many = [{**costly, "id": f"urn:example:{number}"} for number in range(60)]
    unsigned = {
        "@context": [CREDENTIALS_2],
        "type": ["VerifiablePresentation"],
        "holder": did_key("holder"),
        "verifiableCredential": many,
    }
    key = Key("Ed25519", "holder", signing.did_key_method("holder"))
    shown = signed_by(key, unsigned, "eddsa-jcs-2022", proofPurpose="authentication")
    spent = cpu_seconds(opened.process.pid)
    status, kinds = present(client, shown)
    assert (status, len(kinds) >= 60) == (400, True)
    assert cpu_seconds(opened.process.pid) - spent < 8


#: One value of every kind, and some that look almost right.
HOSTILE: tuple[object, ...] = (
    *(None, [], {}, [None], [[]], [{}], 0, -1.5, True, "", "x", ["a", 1], 10**15, "\U0001f600"),
    *(
        "http://",
        "https://[::1",
        "_:b0",
        "data:,",
        "did:key:z",
        "did:web:%00",
        "eyJ.e.y",
        "9" * 400,
    ),
    *(
        {"id": None},
        {"@id": "x"},
        {"@value": 1},
        {"type": {}},
        {"@context": 1},
        [{"id": "x:y"}] * 3,
    ),
)


def places(value: object, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value within `value`."""
    pairs: Any = ()
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value)
    for name, inner in pairs:
        yield (*path, name)
        yield from places(inner, (*path, name))


def test_hostile_values_anywhere_are_refused_and_never_a_fault(client: httpx2.Client) -> None:
    status = entry(RIVERSIDE, 7)
    held = of_college("Weaving", credentialStatus=status, validUntil="2125-01-01T00:00:00Z")
    shown = presentation("holder", GOOD["a key that is its own issuer"])
    asked = 0
    for path, member, whole in (
        (CREDENTIALS, "verifiableCredential", held),
        (PRESENTATIONS, "verifiablePresentation", shown),
    ):
        for index, place in enumerate(places(whole)):
            for value in HOSTILE[index % 3 :: 3]:
                spoilt = deepcopy(whole)
                within: Any = spoilt
                for name in place[:-1]:
                    within = within[name]
                if within[place[-1]] == value:
                    continue
                within[place[-1]] = value
                answer = client.post(path, json={member: spoilt, "options": {"checks": ["proof"]}})
                assert answered(answer)[0] == 400, (place, value)
                asked += 1
    assert asked > 400


@pytest.mark.parametrize(
    "options",
    [
        {"checks": "proof"},
        {"checks": ["proof", "moonPhase"]},
        {"checks": [["proof"]]},
        {"challenge": 7},
        {"challenge": ""},
        {"domain": ["https://shop.example"]},
        {"returnCredential": "yes"},
        {"returnPresentation": True},
        {"verifyNothing": True},
    ],
)
def test_options_that_are_not_understood_are_refused(
    client: httpx2.Client, options: dict[str, Any]
) -> None:
    unknown = "https://www.w3.org/TR/vcalm#UNKNOWN_OPTION_PROVIDED"
    assert ask(client, GOOD["a key that is its own issuer"], **options) == (400, [unknown])


@pytest.mark.parametrize(
    "given", [None, 7, True, [], "", "a", "https://badges.example.edu/1", "{}"]
)
def test_what_is_neither_object_nor_token_is_refused(client: httpx2.Client, given: object) -> None:
    assert ask(client, given) == (400, [f"{DATA_MODEL}MALFORMED_VALUE_ERROR"])


def token(claims: dict[str, Any], key: Key, **header: object) -> str:
    """A JWS of `claims` in compact form (RFC 7515, section 7.1)."""
    head = {"alg": key.algorithm, "typ": "vc+jwt", "kid": key.method, **header}
    parts = [base64url(json.dumps(part).encode()) for part in (head, claims)]
    signature = key.sign(".".join(parts).encode())
    return ".".join((*parts, base64url(signature)))


def base64url(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def enveloped(text: str, **members: object) -> dict[str, Any]:
    """A credential in an envelope (VC Data Model 2.0, section 4.13.1)."""
    return {
        "@context": CREDENTIALS_2,
        "type": "EnvelopedVerifiableCredential",
        "id": f"data:application/vc+jwt,{text}",
        **members,
    }


@pytest.mark.parametrize("kind", ["Ed25519", "P-256", "P-384"])
def test_a_token_is_read_alone_and_in_an_envelope(client: httpx2.Client, kind: str) -> None:
    unnamed = Key(kind, "anyone", "")
    did = f"did:key:{unnamed.multikey}"
    key = Key(kind, "anyone", f"{did}#{unnamed.multikey}")
    good = token(credential(issuer=did), key)
    assert ask(client, good) == (200, [])
    assert ask(client, enveloped(good)) == (200, [])
    assert present(client, presentation("holder", enveloped(good))) == (200, [])
    first, payload, signature = good.split(".")
    other = base64url(json.dumps(credential(issuer=did, name="Another")).encode())
    stranger = Key(kind, "mallory", key.method)
    for broken in (
        *(f"{first}.{other}.{signature}", f"{first}.{payload}.", f"{first}.{payload}"),
        *(f"{good}.{signature}", f"{good}=", f"{good[:-6]}AAAAAA", f"{good}~"),
        *(token(credential(issuer=did), stranger), token(credential(issuer=did), key, alg="none")),
        *(token(credential(issuer=did), key, alg="HS256"), token(credential("mallory"), key)),
        *(token(credential(issuer=did), key, crit=["x"], x=1), token(credential(type=[]), key)),
    ):
        assert ask(client, broken)[0] == 400, broken
        assert ask(client, enveloped(broken))[0] == 400, broken
        assert present(client, presentation("holder", enveloped(broken)))[0] == 400, broken
    for wrong in (
        *(enveloped(good, type="VerifiableCredential"), enveloped(good, type=[])),
        *(enveloped(good, id=good), enveloped(good, **{"@context": []})),
        enveloped(good, **{"@context": "https://www.w3.org/ns/credentials/examples/v2"}),
        enveloped(good, id=f"data:text/plain,{good}"),
    ):
        assert ask(client, wrong)[0] == 400, wrong


TEXT = json.dumps(GOOD["a key that is its own issuer"])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "PARSING_ERROR"),
        (b"[]", "PARSING_ERROR"),
        (b"null", "PARSING_ERROR"),
        (b'{"verifiableCredential": ', "PARSING_ERROR"),
        (b'{"verifiableCredential": {}} {}', "PARSING_ERROR"),
        (b"\xef\xbb\xbf{}", "PARSING_ERROR"),
        (b'{"a": "\xff"}', "PARSING_ERROR"),
        ("{}".encode("utf-16"), "PARSING_ERROR"),
        (b"{}", "MALFORMED_VALUE_ERROR"),
        (b'{"options": {}}', "MALFORMED_VALUE_ERROR"),
        (b'{"verifiableCredential": %s, "verifiableCredential": {}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": %s, "verifiable\\u0043redential": {}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": %s, "options": {}, "options": {}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": %s, "options": []}', "PARSING_ERROR"),
        (b'{"verifiableCredential": %s, "options": {"checks": [], "checks": []}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": %s, "options": {"domain": "\\ud800"}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": {"type": ["a"], "type": ["b"]}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": {"credentialSubject": {"a": 1e999}}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": {"credentialSubject": {"a": NaN}}}', "PARSING_ERROR"),
        (b'{"verifiableCredential": {"a": ' + b"[" * 40 + b"]" * 40 + b"}}", "PARSING_ERROR"),
        (b'{"verifiableCredential": ' + b"[" * 10**5 + b"]" * 10**5 + b"}", "PARSING_ERROR"),
    ],
)
def test_the_gate_meets_the_text_as_it_was_sent(
    client: httpx2.Client, body: bytes, kind: str
) -> None:
    answer = client.post(CREDENTIALS, headers=JSON, content=body.replace(b"%s", TEXT.encode()))
    assert answered(answer) == (400, [DATA_MODEL + kind])


def test_a_member_that_stands_twice_in_a_signed_credential_is_refused(
    client: httpx2.Client,
) -> None:
    doubled = TEXT.replace('"type"', '"type": ["VerifiableCredential"], "type"', 1)
    body = f'{{"verifiableCredential": {doubled}}}'.encode()
    answer = client.post(CREDENTIALS, headers=JSON, content=body)
    assert answered(answer) == (400, [f"{DATA_MODEL}PARSING_ERROR"])


def test_other_members_are_refused(client: httpx2.Client) -> None:
    for more in ("presentation", "credential", "verifiablePresentation", "__proto__"):
        answer = client.post(CREDENTIALS, json={"verifiableCredential": {}, more: {}})
        assert answered(answer)[0] == 400
    answer = client.post(PRESENTATIONS, json={"presentation": {}})
    assert answered(answer)[0] == 400


def test_what_was_verified_comes_back_as_it_was_sent_if_asked(client: httpx2.Client) -> None:
    spaced = TEXT.replace('"type"', '\n "type"', 1).replace("did:example", "did:ex\\u0061mple", 1)
    for options, comes in (('{"returnCredential": true}', True), ("{}", False)):
        body = f'{{"options": {options}, "verifiableCredential" : {spaced} }}'.encode()
        answer = client.post(CREDENTIALS, headers=JSON, content=body)
        assert answered(answer) == (200, [])
        assert (spaced in answer.text) is comes
        assert ("verifiableCredential" in answer.json()) is comes
    altered = TEXT.replace("did:example:subject", "did:example:other")
    body = (
        f'{{"options": {{"returnCredential": true}}, "verifiableCredential": {altered}}}'.encode()
    )
    answer = client.post(CREDENTIALS, headers=JSON, content=body)
    assert "verifiableCredential" not in answer.json()


@pytest.mark.parametrize("path", [CREDENTIALS, PRESENTATIONS])
def test_other_types_and_sizes_are_refused(client: httpx2.Client, path: str) -> None:
    good = json.dumps({"verifiableCredential": GOOD["a key that is its own issuer"]})
    for content_type in (None, "text/plain", "application/ld+json", "multipart/form-data"):
        headers = {} if content_type is None else {"Content-Type": content_type}
        assert answered(client.post(path, content=good.encode(), headers=headers))[0] == 415
    large = json.dumps({"verifiableCredential": {"a": "x" * 300_000}}).encode()
    if path == CREDENTIALS:
        assert answered(client.post(path, content=large, headers=JSON))[0] == 413
    answer = client.post(path, content=b" " * (5 * 2**20 + 1), headers=JSON)
    assert answered(answer)[0] == 413


def test_an_endless_body_is_cut(client: httpx2.Client) -> None:
    def endless() -> Iterator[bytes]:
        while True:
            yield b" " * 2**20

    try:
        answer = client.post(CREDENTIALS, headers=JSON, content=endless())
    except (httpx2.WriteError, httpx2.ReadError):
        return  # it answered and hung up while we were still sending
    assert answer.status_code == 413


def test_the_door_stays_as_it_is(client: httpx2.Client, opened: Served) -> None:
    body = {"verifiableCredential": GOOD["a key that is its own issuer"]}
    for headers, status in (
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Host": "evil.example"}, 400),
        ({"X-Touchstone-Api": "2"}, 412),
    ):
        answer = client.post(CREDENTIALS, json=body, headers=headers)
        assert answered(answer)[0] == status
        assert "access-control-allow-origin" not in answer.headers
    assert client.get(CREDENTIALS).status_code == 405
    assert client.post("/api/verify", json={"credential": TEXT}).status_code == 401


def test_the_description_and_the_terminal_name_the_routes(
    client: httpx2.Client, opened: Served
) -> None:
    paths = client.get("/api/openapi.json").json()["paths"]
    assert paths[CREDENTIALS]["post"]["security"] == []
    assert PRESENTATIONS in paths
    assert f"{opened.address}{CREDENTIALS}" in opened.printed
    assert f"{opened.address}{PRESENTATIONS}" in opened.printed


def test_it_is_off_unless_switched_on(fresh: Callable[[], Served]) -> None:
    server = fresh()
    with server.client() as client:
        described = client.get("/api/openapi.json").json()["paths"]
        for path in (CREDENTIALS, PRESENTATIONS):
            answer = client.post(path, json={"verifiableCredential": {}})
            nothing = client.post("/credentials/verified", json={})
            assert (answer.status_code, answer.json()) == (404, nothing.json())
            assert client.get(path).status_code == 404
            assert client.post(path, content=b"x").json() == client.post("/x", content=b"x").json()
            assert path not in described
    assert "VC API" not in server.printed
