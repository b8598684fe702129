"""The page of the owner's issuer lists: for who opened it, by forms of this server alone."""

import html
import re
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from tests.made.credentials import badge, by
from tests.made.folder import Answer, answered, as_json, write_web
from tests.made.issuers import MEADOW
from tests.server.conftest import EXTENSION, Served, start
from tests.server.owner import run

LIST, DOWN = "https://lists.example/makers.json", "https://lists.example/down.json"
ENTRY = {"id": MEADOW.did, "name": "The Makers", "policy": "trust"}
MAKERS = {"name": "Makers", "as_of": "2026-02-01", "scope": "data literacy", "issuers": [ENTRY]}


@pytest.fixture(scope="module")
def with_lists(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server to whose web two addresses of lists belong."""
    folder = tmp_path_factory.mktemp("lists")
    web = {LIST: answered(MAKERS), DOWN: Answer(error="timeout"), **MEADOW.web()}
    write_web(folder / "web", web)
    server = start(folder, "--documents", str(folder / "web"))
    yield server
    assert server.stop() == ""


@pytest.fixture
def served(with_lists: Served) -> Served:
    return with_lists.as_new()


@pytest.fixture
def browser(served: Served) -> Iterator[httpx2.Client]:
    with served.client() as client:
        assert client.get(served.wallet_link).status_code == 303
        yield client


@pytest.fixture
def api(served: Served) -> Iterator[httpx2.Client]:
    with served.client(served.pair()) as client:
        yield client


def answer_of(api: httpx2.Client) -> dict[str, Any]:
    text = as_json(by(MEADOW, badge(MEADOW, "Data Literacy"))).decode()
    report = api.post("/api/verify", json={"credential": text}).json()
    answer: dict[str, Any] = report["checks"][2]
    return answer


def sent(browser: httpx2.Client, does: str, **fields: object) -> httpx2.Response:
    """A form of the page, as a browser sends it."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get("/trust").text)
    assert found
    return posted(browser, does, key=found[1], **fields)


def posted(browser: httpx2.Client, does: str, **fields: object) -> httpx2.Response:
    parts = [
        (name, value if isinstance(value, tuple) else (None, str(value)))
        for name, value in fields.items()
    ]
    origin = {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    return browser.post(f"/trust/{does}", files=parts, headers=origin)


def text_of(browser: httpx2.Client) -> str:
    return html.unescape(re.sub(r"<[^>]*>", "", browser.get("/trust").text))


def test_the_page_is_for_who_opened_it(served: Served) -> None:
    with served.client() as stranger:
        assert stranger.get("/trust").status_code == 403
        assert posted(stranger, "issuer", issuer="a.example", policy="trust").status_code == 403
    assert not (served.data / "trust").exists()


def test_forms_of_others_change_nothing(served: Served, browser: httpx2.Client) -> None:
    fields = {"issuer": "evil.example", "policy": "trust"}
    assert posted(browser, "issuer", **fields).status_code == 403
    assert posted(browser, "issuer", key="0" * 64, **fields).status_code == 403
    key = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get("/trust").text)
    assert key
    for origin in ("https://evil.example", "http://127.0.0.1:1", "null", EXTENSION):
        foreign = {"Origin": origin, "Sec-Fetch-Site": "same-site"}
        files = [(name, (None, value)) for name, value in {"key": key[1], **fields}.items()]
        assert browser.post("/trust/issuer", files=files, headers=foreign).status_code == 403
    assert sent(browser, "nothing").status_code == 404
    assert not (served.data / "trust").exists()


def test_what_is_changed_on_the_page_counts_at_once(
    browser: httpx2.Client, api: httpx2.Client
) -> None:
    assert answer_of(api)["code"] == "not_listed"
    done = sent(browser, "issuer", issuer="meadow-makers.example", name="Meadow", policy="trust")
    assert (done.status_code, done.headers["location"]) == (303, "/trust")
    assert answer_of(api)["detail"]["name"] == "Meadow"
    assert sent(browser, "add", address=LIST).status_code == 303
    assert [one["name"] for one in answer_of(api)["detail"]["lists"]] == ["Your own list", "Makers"]
    assert sent(browser, "move", which="makers.json", place="1").status_code == 303
    answer = answer_of(api)
    assert answer["detail"]["name"] == "The Makers"
    assert "“Makers” vouches for data literacy only" in answer["says"]
    shown = text_of(browser)
    assert "1 issuer, as of 2026-02-01, for data literacy only" in shown
    assert LIST in shown
    assert "comes with Touchstone" in shown
    assert "23 issuers, as of 2025-03-25, vouches for nobody" in shown
    assert sent(browser, "issuer", issuer=MEADOW.did, policy="deny", note="No").status_code == 303
    assert answer_of(api)["code"] == "denied"
    assert sent(browser, "remove", which=MEADOW.did).status_code == 303
    assert sent(browser, "remove", which="makers.json").status_code == 303
    assert answer_of(api)["detail"]["name"] == "Meadow"


def test_a_file_is_uploaded(browser: httpx2.Client, api: httpx2.Client) -> None:
    file = ("my list.json", as_json(MAKERS), "application/json")
    assert sent(browser, "upload", file=file).status_code == 303
    assert answer_of(api)["code"] == "vouched"


@pytest.mark.parametrize(
    ("does", "fields", "says"),
    [
        ("issuer", {"issuer": "a b", "policy": "trust"}, "is no issuer"),
        ("issuer", {"issuer": "a.example", "policy": "love"}, "Choose whether"),
        ("add", {"address": "http://lists.example/a"}, "over https alone"),
        ("add", {"address": "https://127.0.0.1/a"}, "could not be read"),
        ("upload", {}, "Choose a file first"),
        ("upload", {"file": ("a.json", b"<b>no</b>", "application/json")}, "JSON"),
        ("move", {"which": "none", "place": "1"}, "None of your lists"),
        ("move", {"which": "none", "place": "up"}, "is a number"),
        ("remove", {"which": "<script>"}, "None of your lists is “<script>”"),
    ],
)
def test_what_can_not_be_done_is_said_on_the_page(
    browser: httpx2.Client, does: str, fields: dict[str, object], says: str
) -> None:
    done = sent(browser, does, **fields)
    assert done.status_code == 400
    assert says in html.unescape(done.text)
    assert "<script>" not in done.text
    assert "form-action 'self'" in done.headers["content-security-policy"]


def test_an_address_that_does_not_answer_is_named_in_every_answer(
    browser: httpx2.Client, api: httpx2.Client
) -> None:
    done = sent(browser, "add", address=DOWN)
    assert "it did not answer in time" in html.unescape(done.text)
    answer = answer_of(api)
    assert answer["code"] == "registry_unread"
    assert answer["detail"]["unread"] == [DOWN]
    assert "It was never read" in text_of(browser)


def test_a_file_that_is_damaged_while_the_server_runs_is_named(
    served: Served, browser: httpx2.Client, api: httpx2.Client
) -> None:
    sent(browser, "issuer", issuer="somebody.example", policy="deny")
    own = served.data / "trust" / "own.json"
    own.write_bytes(b"{")
    assert answer_of(api)["code"] == "registry_unread"
    assert "own.json" in text_of(browser)
    (served.data / "trust" / "order.json").write_bytes(b"{")
    assert answer_of(api)["code"] == "registry_unread"
    assert "order.json" in text_of(browser)


def test_the_command_and_the_server_keep_the_same_lists(
    served: Served, browser: httpx2.Client, api: httpx2.Client
) -> None:
    command = ["trust", "allow", MEADOW.did, "--data", str(served.data)]
    assert run(*command).exit_code == 0
    assert answer_of(api)["code"] == "vouched"
    assert MEADOW.did in text_of(browser)
