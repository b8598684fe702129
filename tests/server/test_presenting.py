"""Presenting and asking over HTTP: what is signed, what is taken, and that it is taken once."""

import base64
import hashlib
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import base58
import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec.structs import replace

from tests.made import png
from tests.made.cases_bundles import held, presentation
from tests.made.cases_genuine import good
from tests.made.cases_tokens import method, secured
from tests.made.credentials import badge, by, published
from tests.made.folder import as_json
from tests.made.issuers import IMITATOR, RIVERSIDE
from tests.made.signing import JsonDocument, did_key, did_key_method, quads
from tests.made.tokens import token
from tests.server.conftest import Served
from tests.server.owner import run
from tests.server.stores import NewStore
from tests.server.whole_web import started
from wallet_server.presenting.requests import linked

KEYS = [*RIVERSIDE.did_document()["verificationMethod"], method("EdDSA")]
WEB = {
    **RIVERSIDE.web(verificationMethod=KEYS, assertionMethod=[one["id"] for one in KEYS]),
    **published(RIVERSIDE),
    **IMITATOR.web(),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, new_store: NewStore) -> Iterator[Served]:
    """One server that both asks and presents."""
    folder = tmp_path_factory.mktemp("presenting")
    with started(folder, WEB, new_store(folder / "data")) as server:
        yield server


@pytest.fixture(scope="module")
def api(served: Served) -> Iterator[httpx2.Client]:
    with served.client(served.pair()) as client:
        yield client


@pytest.fixture(scope="module")
def did(api: httpx2.Client) -> str:
    """The wallet's own."""
    return str(api.get("/api/wallet/key").json()["did"])


def keep(api: httpx2.Client, content: bytes) -> str:
    """Its id in the wallet."""
    given = {"bytes": base64.b64encode(content).decode()}
    answer = api.post("/api/wallet/credentials", json=given)
    assert answer.status_code in (200, 201), answer.text
    return str(answer.json()["id"])


def issued_to(subject: str, name: str = "Data Literacy") -> bytes:
    """A badge by an issuer that everybody here trusts."""
    return as_json(by(RIVERSIDE, badge(RIVERSIDE, name, subject=subject)))


def ask(api: httpx2.Client, **asks: Any) -> dict[str, Any]:  # noqa: ANN401 - what it may ask
    made = api.post("/api/challenges", json={"reason": "Your badges", **asks})
    assert made.status_code == 201, made.text
    return dict(made.json())


def present(api: httpx2.Client, request: object, *ids: str) -> httpx2.Response:
    return api.post("/api/wallet/present", json={"request": request, "credentials": list(ids)})


def hand_in(api: httpx2.Client, made: dict[str, Any], answer: object) -> httpx2.Response:
    path = f"/api/challenges/{made['id']}/answer"
    return api.post(path, json={"presentation": answer})


def bring(served: Served, made: dict[str, Any], answer: bytes) -> httpx2.Response:
    """By the link, as a stranger's browser does."""
    address = str(made["link"]).partition("#")[0]
    with served.client() as client:
        return client.post(address, files={"file": ("presentation.json", answer)})


def change(served: Served, made: dict[str, Any], what: str) -> None:
    """Let time pass, around the wallet's own code."""
    with served.store.opened() as execute:
        execute(f"UPDATE challenges SET {what} WHERE id = '{made['id']}'")  # noqa: S608 - ours


def code_of(refused: httpx2.Response) -> tuple[int, str]:
    return refused.status_code, refused.json()["error"]["code"]


def test_an_answer_is_signed_as_the_standard_has_it(api: httpx2.Client, did: str) -> None:
    made = ask(api)
    answer = present(api, made["request"], keep(api, issued_to(did))).json()
    proof = answer["proof"]
    assert (proof["proofPurpose"], answer["holder"]) == ("authentication", did)
    assert (proof["challenge"], proof["domain"]) == (made["challenge"], made["domain"])
    assert proof["verificationMethod"] == f"{did}#{did.removeprefix('did:key:')}"
    # by another implementation than the one that signed
    value = base58.b58decode(proof.pop("proofValue")[1:])
    document = {name: one for name, one in answer.items() if name != "proof"}
    configured = {"@context": answer["@context"], **proof}
    digests = (hashlib.sha256(quads(one)).digest() for one in (configured, document))
    public = base58.b58decode(did.removeprefix("did:key:z"))[2:]
    Ed25519PublicKey.from_public_bytes(public).verify(value, b"".join(digests))


def test_whose_each_badge_is_decides_what_it_is_worth(
    api: httpx2.Client, served: Served, did: str
) -> None:
    mine = keep(api, issued_to(did))
    theirs = keep(api, issued_to(did_key("stranger"), "Tide Tables"))
    nobodys = keep(api, as_json(by(RIVERSIDE, badge(RIVERSIDE, "Marine Radio"))))
    made = ask(api)
    answer = present(api, made["link"], mine, theirs, nobodys)
    taken = bring(served, made, answer.content)
    assert taken.status_code == 200, taken.text
    found = api.get(f"/api/challenges/{made['id']}").json()
    assert (found["holder"], base64.b64decode(found["answer"])) == (did, answer.content)
    assert found["report"]["checks"][0]["detail"]["holder_proven"] is True
    told = {
        one["credential"]["name"]: (
            one["verdict"],
            one["checks"][3]["code"],
            one["checks"][3]["detail"]["presenter"],
        )
        for one in found["report"]["bundle"]
    }
    assert told == {
        "Data Literacy": ("verified", "did_match", "recipient"),
        "Tide Tables": ("holder_unproven", "other_address", "another"),
        "Marine Radio": ("holder_unproven", "nobody_named", "not_named"),
    }
    receipt = api.get(f"/api/challenges/{made['id']}/receipt")
    (again,) = api.post("/api/receipts/replay", json=receipt.json()).json()["receipts"]
    assert (again["same"], again["report"]) == (True, found["report"])


def test_whom_the_asker_expects_decides_where_they_said_so(api: httpx2.Client, did: str) -> None:
    for email, verdict in (
        ("mira@portfolio.example", "verified"),
        ("other@x.example", "not_theirs"),
    ):
        made = ask(api, email=email)
        assert email not in json.dumps(made["request"])
        named = badge(RIVERSIDE, "Chart Reading", subject="mailto:mira@portfolio.example")
        answer = present(api, made["request"], keep(api, as_json(by(RIVERSIDE, named))))
        found = hand_in(api, made, answer.json()).json()
        assert found["report"]["bundle"][0]["verdict"] == verdict


def test_each_challenge_is_answered_once(api: httpx2.Client, served: Served, did: str) -> None:
    made, other = ask(api), ask(api)
    mine = keep(api, issued_to(did))
    answer = present(api, made["request"], mine)
    # a replay to another challenge, and one altered on the way
    assert code_of(hand_in(api, other, answer.json())) == (422, "answer.unproven")
    altered = json.loads(answer.content)
    altered["proof"]["challenge"] = other["challenge"]
    assert code_of(hand_in(api, other, altered)) == (422, "answer.unproven")
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: bring(served, made, answer.content), range(4)))
    assert sorted(one.status_code for one in together).count(200) == 1
    again = bring(served, made, answer.content)
    assert again.status_code == 404
    with served.client() as client:
        unknown = client.get("/ask/nothing-that-was-ever-made")
        assert (unknown.status_code, unknown.text) == (404, again.text)
        assert client.get(str(made["link"]).partition("#")[0]).text == again.text
    assert code_of(hand_in(api, made, answer.json())) == (422, "answer.over")
    assert api.get(f"/api/challenges/{other['id']}").json()["answered_at"] is None


def test_an_answer_that_comes_too_late_is_none(
    api: httpx2.Client, served: Served, did: str
) -> None:
    made = ask(api, days=1)
    answer = present(api, made["request"], keep(api, issued_to(did)))
    change(served, made, "expires_at = '2026-01-01T00:00:00Z'")
    assert bring(served, made, answer.content).status_code == 404
    assert code_of(hand_in(api, made, answer.json())) == (422, "answer.over")


def test_what_proves_no_holder_is_refused(api: httpx2.Client, did: str) -> None:
    made = ask(api)
    asked = {name: made[name] for name in ("challenge", "domain")}
    one = presentation(by(RIVERSIDE, good()))
    for answer, code in (
        (by(RIVERSIDE, good()), "answer.holder"),
        (one, "answer.unproven"),
        (held(one, challenge=made["challenge"], domain="elsewhere.example"), "answer.unproven"),
        (held(one, domain=made["domain"]), "answer.unproven"),
        (held(one, "stranger", **asked), "answer.unproven"),
        (held(one, purpose="assertionMethod", **asked), "answer.unproven"),
        (held(presentation(), **asked), "answer.kind"),
        ("nothing", "json.syntax"),
        (" ", "answer.empty"),
        ('{"a":' * 5000, "json.depth"),
        (json.dumps({"holder": "did:key:z", "x": ["x" * 1000] * 300}), "json.size"),
        ({**one, "holder": {"id": 7}}, "answer.holder"),
    ):
        assert code_of(hand_in(api, made, answer)) == (422, code)
    # the asker sees what is wrong with the badges in it
    altered = {**by(RIVERSIDE, good()), "validFrom": "2024-03-14T09:00:00Z"}
    found = hand_in(api, made, held(presentation(altered), **asked))
    assert found.status_code == 200, found.text
    assert (found.json()["report"]["verdict"], found.json()["holder"]) == (
        "invalid",
        did_key("holder"),
    )


def test_so_many_answers_are_looked_at_and_no_more(api: httpx2.Client, served: Served) -> None:
    made = ask(api)
    change(served, made, "tries = 20")
    assert code_of(hand_in(api, made, held(presentation()))) == (422, "answer.tries")


def test_what_can_not_be_presented_says_why(api: httpx2.Client, did: str) -> None:
    request = ask(api)["request"]
    imitated = keep(api, as_json(by(IMITATOR, badge(IMITATOR, "Data Literacy"))))
    shown = keep(api, as_json(held(presentation(by(RIVERSIDE, good())))))
    unsigned = keep(api, as_json(badge(RIVERSIDE, "Unsigned")))
    for identifier, says in (
        (imitated, "would spoil everything"),
        (shown, "presentation already"),
        (unsigned, "Nothing signs it"),
        ("nothing", "no badge “nothing”"),
    ):
        refused = present(api, request, identifier)
        assert code_of(refused) == (422, "cannot_present")
        assert says in refused.json()["error"]["says"]
    assert code_of(present(api, request)) == (422, "cannot_present")


def test_a_token_goes_into_an_envelope_and_a_picture_is_unbaked(
    api: httpx2.Client, served: Served, did: str
) -> None:
    baked = png.picture(png.international(issued_to(did), b"openbadgecredential"))
    made = ask(api)
    answer = present(api, made["request"], keep(api, secured().encode()), keep(api, baked))
    kinds = [one["type"] for one in answer.json()["verifiableCredential"]]
    assert kinds == [
        "EnvelopedVerifiableCredential",
        ["VerifiableCredential", "OpenBadgeCredential"],
    ]
    report = hand_in(api, made, answer.json()).json()["report"]
    signed = [one["checks"][0]["detail"]["signature"] for one in report["bundle"]]
    assert signed == ["good", "good"]


REQUEST: JsonDocument = {
    "query": {"type": "DIDAuthentication"},
    "challenge": "k7",
    "domain": "https://shop.example",
}


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"challenge": None}, "request.challenge"),
        ({"domain": " "}, "request.domain"),
        ({"domain": "careers.example\u202e"}, "request.domain"),
        ({"domain": "c\u0430reers.example"}, "request.domain"),
        ({"domain": "https://shop.example@attacker.example"}, "request.domain"),
        ({"query": []}, "request.query"),
        (
            {"query": {"type": "DIDAuthentication", "acceptedMethods": [{"method": "ebsi"}]}},
            "request.method",
        ),
        (
            {
                "query": {
                    "type": "DIDAuthentication",
                    "acceptedCryptosuites": [{"cryptosuite": "bbs-2023"}],
                }
            },
            "request.cryptosuite",
        ),
    ],
)
def test_a_request_that_no_answer_of_ours_would_do_for_is_refused(
    api: httpx2.Client, changes: JsonDocument, code: str
) -> None:
    assert code_of(present(api, {**REQUEST, **changes}, "x")) == (400, code)


def test_others_requests_are_answered_and_a_link_that_leads_elsewhere_is_not(
    api: httpx2.Client, did: str
) -> None:
    mine = keep(api, issued_to(did))
    for request in (
        REQUEST,
        {"verifiablePresentationRequest": REQUEST},
        {"web": {"VerifiablePresentation": REQUEST}},
    ):
        proof = present(api, request, mine).json()["proof"]
        assert (proof["challenge"], proof["domain"]) == ("k7", "https://shop.example")
    assert present(api, linked("https://shop.example/ask/1", REQUEST), mine).status_code == 200
    passed_on = linked("https://shop.example.attacker.example/ask/1", REQUEST)
    assert code_of(present(api, passed_on, mine)) == (400, "request.host")
    for link in ("https://shop.example@attacker.example/ask/1", "https://[shop/ask/1"):
        assert code_of(present(api, linked(link, REQUEST), mine)) == (400, "request.link")
    assert code_of(present(api, "https://shop.example/ask/1", mine)) == (400, "request.link")
    assert code_of(present(api, "[" * 70_000, mine))[0] == 400


def test_the_page_that_takes_answers_is_nobodys_and_everybodys(
    api: httpx2.Client, served: Served, did: str
) -> None:
    made = ask(api, name="Mira Solano")
    address = str(made["link"]).partition("#")[0]
    answer = present(api, made["link"], keep(api, issued_to(did))).json()
    with served.client() as client:
        page = client.get(address)
        assert (page.status_code, page.headers["x-robots-tag"]) == (200, "noindex, nofollow")
        assert "set-cookie" not in page.headers
        assert "Mira" not in page.text
        told = client.get(f"{address}/request.json").json()
        assert told["interact"]["service"][0]["serviceEndpoint"] == address
        exchanged = client.post(address, json={}).json()
        assert exchanged == {"verifiablePresentationRequest": told}
        elsewhere = client.post(address, json=answer, headers={"Origin": "https://evil.example"})
        assert elsewhere.status_code == 403
        wrong = client.post(address, json={"verifiablePresentation": {"holder": "did:key:z"}})
        assert wrong.status_code == 422
        done = client.post(address, json={"verifiablePresentation": answer})
        assert (done.status_code, done.json()) == (200, {})


def test_an_answer_of_another_wallet_may_be_a_token(api: httpx2.Client, served: Served) -> None:
    made = ask(api)
    holder = did_key("holder")
    claims = presentation(json.loads(issued_to(holder)))
    claims |= {"iss": holder, "nonce": made["challenge"], "aud": made["domain"]}
    answer = token(claims, "holder", "EdDSA", kid=did_key_method("holder"), typ="vp+jwt")
    address = str(made["link"]).partition("#")[0]
    with served.client() as client:
        done = client.post(address, json={"verifiablePresentation": answer})
    assert done.status_code == 200, done.text
    found = api.get(f"/api/challenges/{made['id']}").json()
    assert (found["holder"], base64.b64decode(found["answer"])) == (holder, answer.encode())
    assert found["report"]["bundle"][0]["checks"][3]["code"] == "did_match"


def test_an_answer_is_looked_at_again(api: httpx2.Client, served: Served, did: str) -> None:
    made = ask(api)
    path = f"/api/challenges/{made['id']}/check"
    assert api.post(path, json={}).json()["report"] is None
    hand_in(api, made, present(api, made["request"], keep(api, issued_to(did))).json())
    change(served, made, "report = replace(report, 'did_match', 'not_asked')")
    again = api.post(path, json={}).json()
    assert again["report"]["bundle"][0]["checks"][3]["code"] == "did_match"
    assert again["answered_at"] is not None


def test_what_was_found_of_an_answer_can_be_filed_and_made_again(
    api: httpx2.Client, served: Served, did: str, tmp_path: Path
) -> None:
    made = ask(api)
    hand_in(api, made, present(api, made["request"], keep(api, issued_to(did))).json())
    with served.client() as browser:
        browser.get(replace(served, printed=served.printed_again()).wallet_link)
        page = browser.get(f"/asking/{made['id']}").text
        (address,) = re.findall(r'"(/receipts/asked/\w+\.json)"', page)
        (tmp_path / "receipt.json").write_bytes(browser.get(address).content)
    replayed = run("replay", tmp_path / "receipt.json")
    assert replayed.exit_code == 0, replayed.output


def test_nobody_else_sees_what_was_asked_and_answered(api: httpx2.Client, served: Served) -> None:
    made = ask(api)
    one = f"/asking/{made['id']}"
    with served.client() as client:
        for path in ("/asking", one, f"{one}/request.json", "/wallet/present", "/wallet/key"):
            assert client.get(path).status_code == 403
        for path in ("/asking", f"{one}/answer", f"{one}/check", f"{one}/delete"):
            assert client.post(path, files={"key": (None, "x")}).status_code == 403
        for path in ("/api/challenges", f"/api/challenges/{made['id']}", "/api/wallet/key"):
            assert client.get(path).status_code == 401
    assert api.get(f"/api/challenges/{made['id']}").status_code == 200


def test_a_challenge_is_forgotten_with_its_answer(
    api: httpx2.Client, served: Served, did: str
) -> None:
    made = ask(api)
    hand_in(api, made, present(api, made["request"], keep(api, issued_to(did))).json())
    path = f"/api/challenges/{made['id']}"
    assert api.delete(path).status_code == 204
    assert [api.get(path).status_code, api.delete(path).status_code] == [404, 404]
    held_yet = {row[0] for row in served.store.rows("SELECT id FROM challenges")}
    assert made["id"] not in held_yet


def test_a_challenge_says_what_is_wrong_with_it(api: httpx2.Client) -> None:
    for given, code in (
        ({"domain": "not a domain"}, "challenge.domain"),
        ({"days": 91}, "challenge.days"),
        ({"days": "1"}, "challenge"),
        ({"reason": "x" * 601}, "challenge.reason"),
    ):
        assert code_of(api.post("/api/challenges", json=given)) == (400, code)
    elsewhere = ask(api, domain="careers.example")
    assert (elsewhere["link"], elsewhere["request"]["domain"]) == (None, "careers.example")


def test_a_request_too_long_for_a_code_has_its_link_all_the_same(
    api: httpx2.Client, served: Served
) -> None:
    with served.client() as browser:
        browser.get(api.post("/api/wallet/open", json={}).json()["path"])
        found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get("/asking").text)
        assert found
        form = {"key": (None, found[1]), "reason": (None, "織" * 600)}
        headers = {"Origin": served.address, "Sec-Fetch-Site": "same-origin"}
        page = browser.post("/asking", files=form, headers=headers)
        for days in ("9" * 5000, "-1", "soon", "91"):
            again = {**form, "days": (None, days)}
            refused = browser.post("/asking", files=again, headers=headers)
            assert refused.status_code == 400
            assert "1 to 90 days" in refused.text
    assert page.status_code == 200
    assert f"{served.address}/ask/" in page.text
