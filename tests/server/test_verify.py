"""Verifying over HTTP: every way to bring a badge, what the page says of it, and many at once."""

import base64
import json
from typing import Any

import httpx2
import pytest

from tests.server.conftest import Served
from tests.server.made_up import (
    DOWN,
    EMAIL,
    EXPIRED,
    GOOD,
    HOST,
    REVOKED,
    assertion,
    picture,
)
from wallet_server.api.openapi import DOCUMENT
from wallet_server.app import ROUTES, VC_API_ROUTES

MEMBERS = {
    *("version", "source", "verdict", "headline", "assurance", "checks", "credential"),
    *("contacted", "checked_at", "status_as_of", "bundle"),
}
PNG = picture(GOOD.encode())


def ask(client: httpx2.Client, **body: object) -> dict[str, Any]:
    answer = client.post("/api/verify", json=body)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    report: dict[str, Any] = answer.json()
    return report


def codes(report: dict[str, Any]) -> dict[str, str]:
    return {check["question"]: check["code"] for check in report["checks"]}


def test_health_and_description_need_no_token(served: Served) -> None:
    with served.client() as client:
        health = client.get("/api/health").json()
        described = client.get("/api/openapi.json").json()
    assert (health["app"], health["status"], health["api"]) == ("touchstone", "ok", [1, 1])
    assert described["info"]["version"] == health["version"]


def test_the_description_names_every_route_and_no_other() -> None:
    described = {
        (path, method.upper()) for path, methods in DOCUMENT["paths"].items() for method in methods
    }
    routes = {
        (route.path, method)
        for route in (*ROUTES, *VC_API_ROUTES)
        if route.path.startswith(("/api/", "/credentials/", "/presentations/"))
        for method in getattr(route, "methods", None) or ()
        if method != "HEAD"
    }
    assert described == routes


def test_a_report_has_the_shape_of_the_contract(paired: httpx2.Client) -> None:
    report = ask(paired, url=GOOD)
    assert set(report) == MEMBERS
    assert (report["version"], report["source"], report["verdict"]) == (1, GOOD, "verified")
    questions = [check["question"] for check in report["checks"]]
    assert questions == ["genuine", "current", "issuer", "recipient", "claim"]
    for check in report["checks"]:
        assert set(check) == {"question", "outcome", "code", "says", "fix", "detail"}
    assert report["credential"]["issuer"]["proven"] == "badges.example.edu"
    assert report["credential"]["issuer"]["vouched_by"] == ["Colleges we know"]
    assert report["credential"]["recipient"] == {
        "name": None,
        "identity_kind": "email",
        "hashed": True,
    }
    assert report["credential"]["issued"] == "2025-05-01T00:00:00Z"
    contacted = {document["url"]: document for document in report["contacted"]}
    assert GOOD in contacted
    for document in contacted.values():
        assert set(document) == {"url", "at", "status", "sha256", "from_cache"}


def test_a_badge_may_come_in_every_way(paired: httpx2.Client) -> None:
    text = json.dumps(assertion("1"))
    in_base64 = base64.b64encode(PNG).decode()
    reports = [
        ask(paired, url=GOOD),
        ask(paired, url=f"  {GOOD}  "),
        ask(paired, credential=text),
        ask(paired, credential=GOOD),
        ask(paired, bytes=in_base64),
        paired.post("/api/verify", files={"file": ("weaving.png", PNG)}).json(),
    ]
    assert {report["verdict"] for report in reports} == {"verified"}
    assert [report["source"] for report in reports[3:]] == ["credential", "bytes", "weaving.png"]


def test_what_the_page_says_is_compared(paired: httpx2.Client) -> None:
    seen: dict[str, object] = {"emails": [EMAIL], "names": ["Ada Example"]}
    report = ask(paired, url=GOOD, context={"page": "https://portfolio.example/ada", **seen})
    assert codes(report)["recipient"] == "email_match"
    other = {"emails": ["bob@example.org"]}
    assert codes(ask(paired, url=GOOD, context=other))["recipient"] == "other_address"
    stated = {**other, "exact": True}
    assert ask(paired, url=GOOD, context=stated)["verdict"] == "not_theirs"
    title = {"claims": [{"title": "Weaving, first year", "issuer": "Example College"}]}
    assert codes(ask(paired, url=GOOD, context=title))["claim"] == "agrees"
    form = {"context": json.dumps({"emails": [EMAIL]})}
    upload = paired.post("/api/verify", files={"file": ("a.png", PNG)}, data=form)
    assert codes(upload.json())["recipient"] == "email_match"


def test_everything_that_the_page_says_is_a_line_beside_what_the_badge_says(
    paired: httpx2.Client,
) -> None:
    claim = {
        "title": "Weaving, first year",
        "issuer": "Example College Academy · Issued Mar 1999 · No Expiration Date",
        "id": "AB-17",
        "holder": "Ada Example",
    }
    report = ask(paired, url=GOOD, context={"claims": [claim]})
    detail = report["checks"][4]["detail"]
    assert {line["member"]: (line["page"], line["agrees"]) for line in detail["lines"]} == {
        "title": ("Weaving, first year", True),
        "issued": ("Issued Mar 1999", False),
        "expires": ("No Expiration Date", True),
        "issuer": ("Example College Academy", True),
        "id": ("AB-17", None),
        "holder": ("Ada Example", None),
    }
    assert (detail["member"], detail["page"]) == ("issued", "Issued Mar 1999")
    assert len(detail["also"]) == 5
    says = f"The page's date is “Issued Mar 1999” where the badge's is “{detail['badge']}”."
    assert report["checks"][4]["says"] == says


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": f"{HOST}/page"}, "not_a_badge"),
        ({"url": DOWN}, "unreachable"),
        ({"url": "https://nowhere.example/"}, "unreachable"),
        ({"url": "http://127.0.0.1:8765/demo/badges/none.png"}, "unreachable"),
        ({"credential": "hello"}, "not_a_badge"),
        ({"credential": '{"a": 1, "a": 2}'}, "malformed"),
        ({"bytes": base64.b64encode(picture()).decode()}, "not_a_badge"),
        ({"bytes": base64.b64encode(PNG[:60]).decode()}, "malformed"),
        ({"bytes": base64.b64encode(picture(b'{"id":"a"}', b'{"id":"b"}')).decode()}, "ambiguous"),
    ],
)
def test_what_is_no_badge_is_said_in_a_sentence(
    paired: httpx2.Client, body: dict[str, str], code: str
) -> None:
    answer = ask(paired, **body)
    assert set(answer) == {"version", "source", "error"}
    assert answer["error"]["code"] == code
    assert answer["error"]["says"].endswith(".")
    assert isinstance(answer["error"]["found"], list)


BROKEN: list[object] = [
    "",
    "{",
    "[]",
    "null",
    '"text"',
    "[" * 100_000,
    '{"url": ' + "9" * 10_000 + "}",
    '{"url": "https://a.example/\\ud800"}',
    "\x00",
    {},
    {"url": 1},
    {"url": ""},
    {"url": None},
    {"url": ["https://a.example/"]},
    {"url": "ftp://a.example/"},
    {"url": "javascript:alert(1)"},
    {"url": GOOD, "credential": "x"},
    {"url": GOOD, "html": 1},
    {"credential": "x", "html": "<p>"},
    {"credential": {}},
    {"bytes": "not base64!"},
    {"bytes": "é"},
    {"url": GOOD, "context": []},
    {"url": GOOD, "context": {"names": "Ada"}},
    {"url": GOOD, "context": {"names": [1]}},
    {"url": GOOD, "context": {"emails": ["a"] * 51}},
    {"url": GOOD, "context": {"exact": "yes"}},
    {"url": GOOD, "context": {"claims": {}}},
    {"url": GOOD, "context": {"claims": ["x"]}},
    {"url": GOOD, "context": {"claims": [{"title": 1}]}},
    {"url": GOOD, "context": {"names": ["x" * 1001]}},
]


@pytest.mark.parametrize("body", BROKEN)
@pytest.mark.parametrize("path", ["/api/verify", "/api/wallet/credentials", "/api/verify/batch"])
def test_what_cannot_be_read_is_refused_and_never_a_fault(
    paired: httpx2.Client, body: object, path: str
) -> None:
    item = body if isinstance(body, str) else json.dumps(body)
    content = f'{{"items": [{item}]}}' if path.endswith("batch") else item
    headers = {"Content-Type": "application/json"}
    answer = paired.post(path, content=content.encode(), headers=headers)
    assert answer.status_code == 400
    assert set(answer.json()) == {"error"}
    assert set(answer.json()["error"]) == {"code", "says"}


@pytest.mark.parametrize(
    "body",
    [
        '\ufeff{"url": "URL"}',
        ' {"url": "URL", "else": NaN} ',
        '{"url": "URL", "else": 1e999}',
        '{"url": "http://elsewhere.example", "url": "URL"}',
    ],
)
def test_json_is_taken_as_python_reads_it(paired: httpx2.Client, body: str) -> None:
    content = body.replace("URL", GOOD).encode()
    headers = {"Content-Type": "application/json"}
    answer = paired.post("/api/verify", content=content, headers=headers)
    assert answer.json()["verdict"] == "verified"


def test_a_large_picture_is_accepted(paired: httpx2.Client) -> None:
    large = picture(GOOD.encode(), size=5_000_000)
    answer = paired.post("/api/verify", files={"file": ("large.png", large)})
    assert answer.json()["verdict"] == "verified"


def test_a_batch_answers_each_with_its_place(paired: httpx2.Client) -> None:
    urls = [GOOD, REVOKED, EXPIRED, DOWN, f"{HOST}/page"] * 20
    items: list[dict[str, object]] = [{"url": url} for url in urls]
    items[0]["context"] = {"emails": [EMAIL]}
    shared = {"emails": ["bob@example.org"], "exact": True}
    answer = paired.post("/api/verify/batch", json={"items": items, "context": shared})
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/x-ndjson"
    lines = [json.loads(line) for line in answer.text.splitlines()]
    assert sorted(line["index"] for line in lines) == list(range(100))
    by_index = {line["index"]: line for line in lines}
    assert all(by_index[index]["source"] == url for index, url in enumerate(urls))
    said = [by_index[i].get("verdict") or by_index[i]["error"]["code"] for i in range(10)]
    assert said[:5] == ["verified", "revoked", "not_theirs", "unreachable", "not_a_badge"]
    assert said[5:7] == ["not_theirs", "revoked"]


def test_a_batch_gives_each_report_as_it_is_ready(paired: httpx2.Client) -> None:
    large = base64.b64encode(picture(b'{"id": "x"}', size=3_000_000)).decode()
    items = [{"bytes": large}, *({"url": GOOD} for _ in range(30))]
    with paired.stream("POST", "/api/verify/batch", json={"items": items}) as answer:
        chunks = [chunk for chunk in answer.iter_bytes() if chunk]
    assert len(chunks) > 1
    assert b"".join(chunks).count(b"\n") == 31


@pytest.mark.parametrize("items", [[], None, {}, "x", [1], [{"url": GOOD}] * 501])
def test_a_batch_has_one_to_five_hundred_items(paired: httpx2.Client, items: object) -> None:
    answer = paired.post("/api/verify/batch", json={"items": items})
    assert (answer.status_code, answer.json()["error"]["code"]) == (400, "items")


def test_a_poisoned_item_harms_no_other(paired: httpx2.Client) -> None:
    nodes = [f"_:b{n}" for n in range(10)]
    poison = json.dumps(
        {
            **assertion("9"),
            "evidence": [
                {"id": node, "https://x.example/knows": [{"id": o} for o in nodes if o != node]}
                for node in nodes
            ],
        }
    )
    items = [{"credential": poison}, {"url": GOOD}, {"credential": "[" * 5000}]
    answer = paired.post("/api/verify/batch", json={"items": items})
    by_index = {line["index"]: line for line in map(json.loads, answer.text.splitlines())}
    assert len(by_index) == 3
    assert by_index[1]["verdict"] == "verified"
    assert by_index[0].get("verdict") != "verified"
    assert "error" in by_index[2]


def test_every_kind_of_identifier_can_be_given(paired: httpx2.Client) -> None:
    for given in ({"dids": ["did:example:a"]}, {"telephones": ["+14155550100"]}, {"ids": ["7"]}):
        answer = ask(paired, url=GOOD, context={**given, "exact": True})
        assert codes(answer)["recipient"] == "cannot_tell"
    alone = ask(paired, url=GOOD, context={"page": "https://portfolio.example/ada"})
    assert codes(alone)["recipient"] == "not_asked"
    refused = paired.post("/api/verify", json={"url": GOOD, "context": {"ids": "7"}})
    assert refused.status_code == 400
