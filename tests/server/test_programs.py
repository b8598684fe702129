"""The page of the paired programs: who is on it, and that an ended one is turned away at once."""

import html
import re
from collections.abc import Iterator

import httpx2
import pytest
from sqlalchemy import text

from tests.server.conftest import EXTENSION, Served
from tests.server.stores import BOTH, Store, older
from wallet_server.store.database import Database
from wallet_server.store.programs import programs

FIREFOX = "moz-extension://01234567-89ab-cdef-0123-456789abcdef"
KEPT, PAIRED = "/api/wallet/credentials", "/api/paired"
END = f"DELETE FROM tokens WHERE origin = '{FIREFOX}'"  # noqa: S608
BODY = {"url": "https://a.example/"}


@pytest.fixture
def server(lent: Served) -> Served:
    return lent


@pytest.fixture
def browser(server: Served) -> Iterator[httpx2.Client]:
    with server.client() as client:
        assert client.get(server.wallet_link).status_code == 303
        yield client


def page_of(browser: httpx2.Client) -> str:
    answer = browser.get("/programs")
    assert answer.status_code == 200
    return answer.text


def words(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def key_in(page: str) -> str:
    found = re.search(r'name="key" value="([0-9a-f]{64})"', page)
    assert found
    return found[1]


def listed(page: str) -> list[str]:
    return re.findall(r'name="which" value="([0-9a-f]{64})"', page)


def own(browser: httpx2.Client) -> dict[str, str]:
    """What a browser says of a form that it sends from a page of this server."""
    return {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}


def send(
    browser: httpx2.Client,
    does: str,
    fields: dict[str, str],
    headers: dict[str, str] | None = None,
) -> httpx2.Response:
    parts = [(name, (None, value)) for name, value in {"": "", **fields}.items()]
    said = own(browser) if headers is None else headers
    return browser.post(f"/programs/{does}", files=parts, headers=said)


def test_each_program_is_listed_with_its_browser_and_its_times(
    server: Served, browser: httpx2.Client
) -> None:
    assert "None is paired." in page_of(browser)
    tokens = {origin: server.pair(origin) for origin in (EXTENSION, FIREFOX, None)}
    page = words(page_of(browser))
    for shown in (
        "Chromium paired",
        EXTENSION,
        "Firefox paired",
        FIREFOX,
        "Another program paired",
    ):
        assert shown in page
    assert page.count("not used yet") == 3
    with server.client(tokens[FIREFOX], Origin=FIREFOX) as client:
        assert client.get(KEPT).status_code == 200
    assert re.search(r"Firefox paired [^,]+, \d\d:\d\d UTC, last used ", words(page_of(browser)))
    assert words(page_of(browser)).count("not used yet") == 2
    assert not [token for token in tokens.values() if token in page_of(browser)]


@pytest.mark.parametrize("origin", [EXTENSION, FIREFOX, None])
def test_an_ended_program_is_turned_away_at_once(
    server: Served, browser: httpx2.Client, origin: str | None
) -> None:
    token = server.pair(origin)
    [which] = listed(page_of(browser))
    other = server.pair("chrome-extension://ponmlkjihgfedcbaponmlkjihgfedcba")
    said = {} if origin is None else {"Origin": origin}
    with server.client(token, **said) as client:
        assert client.get(PAIRED).json() == {"paired": True}
        fields = {"key": key_in(page_of(browser)), "which": which}
        answer = send(browser, "end", fields)
        assert (answer.status_code, answer.headers["location"]) == (303, "/programs")
        asked = (client.get(KEPT), client.get(PAIRED), client.post("/api/verify", json=BODY))
        for refused in asked:
            assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token")
            assert "access-control-allow-origin" not in refused.headers
    with server.client(other) as client:
        assert client.get(KEPT).status_code == 200
    assert len(listed(page_of(browser))) == 1


@BOTH
def test_what_another_process_ends_or_lets_in_counts_at_once(served: Served) -> None:
    token = served.pair(EXTENSION)
    for _ in range(10):
        other = served.pair(FIREFOX)  # by a command, with what was known of the database then
        with served.client(token, Origin=EXTENSION) as client:
            assert client.get(PAIRED).json() == {"paired": True}
            assert client.get(PAIRED).status_code == 200
            with served.client(other, Origin=FIREFOX) as ended, served.store.opened() as execute:
                assert [ended.get(PAIRED).status_code for _ in "123"] == [200] * 3
                execute(END)
                refused = ended.get(PAIRED)
                assert (refused.status_code, refused.json()["error"]["code"]) == (401, "token")
                assert "access-control-allow-origin" not in refused.headers
            assert client.get(PAIRED).status_code == 200


def test_all_are_ended_and_what_they_opened_with_them(
    server: Served, browser: httpx2.Client
) -> None:
    tokens = [server.pair(origin) for origin in (EXTENSION, FIREFOX)]
    with server.client(tokens[0]) as program, server.client() as thief:
        unused, used = (program.post("/api/wallet/open", json={}).json()["path"] for _ in "12")
        assert thief.get(used).status_code == 303
        assert thief.get("/wallet").status_code == 200
        assert send(browser, "end-all", {"key": key_in(page_of(browser))}).status_code == 303
        assert thief.get("/wallet").status_code == 403
        assert thief.get(unused).status_code == 403
    for token in tokens:
        with server.client(token) as client:
            assert client.get(KEPT).status_code == 401
    assert "None is paired." in page_of(browser), "the browser that ended them is still in"


def test_an_extension_without_a_token_is_still_a_stranger(server: Served) -> None:
    with server.client(Origin=EXTENSION) as client:
        assert client.get(KEPT).status_code == 403
    with server.client("made up", Origin=EXTENSION) as client:
        assert client.get(KEPT).status_code == 401
        assert client.get("/wallet").status_code == 403
        assert client.request("OPTIONS", KEPT).status_code == 401
    for page in ("https://evil.example", "null"):
        with server.client("made up", Origin=page) as client:
            assert client.get(KEPT).status_code == 403


def test_the_page_is_for_who_opened_it(server: Served) -> None:
    server.pair(EXTENSION)
    with server.client() as stranger:
        page = stranger.get("/programs")
        assert page.status_code == 403
        assert EXTENSION not in page.text
        assert send(stranger, "end-all", {"key": "0" * 64}).status_code == 403


def test_forms_of_others_change_nothing(server: Served, browser: httpx2.Client) -> None:
    token = server.pair()
    page = page_of(browser)
    key, [which] = key_in(page), listed(page)
    with server.client(token) as program, server.client() as other:
        path = program.post("/api/wallet/open", json={}).json()["path"]
        assert other.get(path).status_code == 303
        others_key = key_in(page_of(other))
    here = own(browser)
    tries: list[tuple[dict[str, str], dict[str, str]]] = [
        ({}, here),
        ({"key": ""}, here),
        ({"key": "0" * 64}, here),
        ({"key": others_key}, here),
        ({"key": key}, {}),
        ({"key": key}, here | {"Origin": "null"}),
        ({"key": key}, here | {"Origin": "https://evil.example"}),
        ({"key": key}, here | {"Origin": "http://127.0.0.1:1"}),
        ({"key": key}, here | {"Origin": here["Origin"] + ".evil.example"}),
        ({"key": key}, here | {"Origin": EXTENSION}),
        ({"key": key}, {"Sec-Fetch-Site": "cross-site"}),
        ({"key": key}, {"Sec-Fetch-Site": "same-site"}),
        ({"key": key}, {"Sec-Fetch-Site": "none"}),
        ({"key": key}, here | {"Sec-Fetch-Site": "cross-site"}),
    ]
    for fields, headers in tries:
        for does in ("end", "end-all", "pair"):
            answer = send(browser, does, fields | {"which": which}, headers)
            assert answer.status_code == 403, (fields, headers, does)
    for content_type in ("application/x-www-form-urlencoded", "text/plain", ""):
        sent = browser.post(
            "/programs/end-all",
            content=f"key={key}",
            headers={**here, "Content-Type": content_type},
        )
        assert sent.status_code == 415
    assert browser.get(f"/programs/end-all?key={key}", headers=here).status_code == 405
    assert listed(page_of(browser)) == [which]
    with server.client(token) as client:
        assert client.get(KEPT).status_code == 200


def test_a_paired_extension_is_no_page_of_this_server(
    server: Served, browser: httpx2.Client
) -> None:
    server.pair(EXTENSION)
    page = page_of(browser)
    for site in ("same-origin", "none", "cross-site"):
        said = {"Origin": EXTENSION, "Sec-Fetch-Site": site}
        assert send(browser, "end-all", {"key": key_in(page)}, said).status_code == 403
    assert len(listed(page_of(browser))) == 1


def test_what_no_form_of_ours_says_is_refused_clearly(browser: httpx2.Client) -> None:
    key = key_in(page_of(browser))
    assert send(browser, "forget", {"key": key}).status_code == 404
    assert send(browser, "end", {"key": key}).status_code == 400
    assert send(browser, "end", {"key": key, "which": "nobody"}).status_code == 303
    many = {f"field{number}": "x" for number in range(50)}
    assert send(browser, "end-all", {"key": key} | many).status_code == 400
    assert send(browser, "end", {"key": key, "which": "x" * 2**21}).status_code in (400, 413)


def test_only_a_page_with_forms_may_send_any(browser: httpx2.Client) -> None:
    policies = {
        path: browser.get(path).headers["content-security-policy"]
        for path in ("/", "/demo", "/wallet", "/wallet/timeline", "/programs")
    }
    allowed = [path for path, policy in policies.items() if "form-action 'none'" not in policy]
    assert allowed == ["/wallet", "/programs"]
    for path in allowed:
        assert "form-action 'self'" in policies[path]
        assert "script-src" not in policies[path]


def test_a_code_from_the_page_pairs(server: Served, browser: httpx2.Client) -> None:
    shown = send(browser, "pair", {"key": key_in(page_of(browser))})
    found = re.search(r"[0-9A-Z]{4}-[0-9A-Z]{4}", words(shown.text))
    assert found
    with server.client(Origin=EXTENSION) as client:
        old = client.post("/api/pair", json={"code": server.code})
        assert old.json()["error"]["code"] == "wrong_code"
        assert client.post("/api/pair", json={"code": found[0]}).status_code == 200
    assert found[0] not in page_of(browser)


@BOTH
def test_programs_that_were_paired_before_keep_their_place(store: Store) -> None:
    with older(store, "0001") as connection:
        rows = [
            {"sha256": f"{number:064}", "origin": origin, "at": f"2026-01-0{number + 1}T00:00:00Z"}
            for number, origin in enumerate((EXTENSION, FIREFOX, None))
        ]
        tokens = "INSERT INTO tokens (sha256, kind, origin, created_at) "
        connection.execute(text(f"{tokens} VALUES (:sha256, 'extension', :origin, :at)"), rows)
        connection.execute(text(f"{tokens} VALUES ('p', 'page', NULL, '2026-01-01')"))
    database = Database(store.where)
    names = [program.name for program in programs(database)]
    database.close()
    assert names == ["Another program", "Firefox", "Chromium"]
