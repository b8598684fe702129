"""Who the wallet's owner is: said on a page, by the command or over HTTP, and what badges are held
against from then on.
"""

import html
import re
from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx2
import pytest

from tests.server.conftest import Served
from tests.server.made_up import EMAIL, GOOD
from tests.server.owner import run

PATH, PAGE = "/api/wallet/owner", "/wallet/owner"
MINE = {"kind": "email", "value": EMAIL}


@pytest.fixture
def api(paired: httpx2.Client) -> httpx2.Client:
    for held in paired.get("/api/wallet/credentials").json()["credentials"]:
        assert paired.delete(f"/api/wallet/credentials/{held['id']}").status_code == 204
    assert said(paired) == []
    return paired


@pytest.fixture
def browser(served: Served, api: httpx2.Client) -> Iterator[httpx2.Client]:
    with served.client() as client:
        assert client.get(api.post("/api/wallet/open", json={}).json()["path"]).status_code == 303
        yield client


def said(api: httpx2.Client, *identifiers: dict[str, str]) -> list[dict[str, str]]:
    """What the owner is known by once they say so."""
    answer = api.put(PATH, json={"identifiers": list(identifiers)})
    assert answer.status_code == 200, answer.text
    assert api.get(PATH).json() == answer.json()
    found: list[dict[str, str]] = answer.json()["identifiers"]
    return found


def answered(api: httpx2.Client, **context: object) -> tuple[str, str]:
    """The answer to “This person?” and the verdict of a badge that is brought now."""
    body: dict[str, object] = {"url": GOOD, **({"context": context} if context else {})}
    report = api.post("/api/wallet/credentials", json=body).json()["report"]
    return report["checks"][3]["code"], report["verdict"]


def test_badges_are_held_against_who_the_owner_says_they_are(api: httpx2.Client) -> None:
    assert answered(api) == ("not_asked", "verified")
    assert said(api, MINE) == [MINE]
    assert answered(api) == ("email_match", "verified")
    said(api, {"kind": "email", "value": "eve@example.org"})
    assert answered(api) == ("someone_else", "not_theirs")
    every = said(api, {"kind": "name", "value": "Ada  L."}, MINE, MINE)
    assert every == [MINE, {"kind": "name", "value": "Ada L."}]
    assert answered(api) == ("email_match", "verified")


def test_whom_the_asker_states_comes_first_and_whom_a_page_names_does_not(
    api: httpx2.Client,
) -> None:
    said(api, MINE)
    assert answered(api, emails=["eve@example.org"]) == ("email_match", "verified")
    stated = answered(api, emails=["eve@example.org"], exact=True)
    assert stated == ("someone_else", "not_theirs")


def test_every_badge_is_due_again_once_its_owner_says_something_else(
    served: Served, api: httpx2.Client
) -> None:
    """And none of them sooner than a day after it was checked."""
    assert answered(api) == ("not_asked", "verified")
    query = "SELECT checked_at, next_check_at FROM credentials"
    ((checked_at, before),) = served.store.rows(query)
    said(api, MINE)
    ((_, after),) = served.store.rows(query)
    checked, due = datetime.fromisoformat(checked_at), datetime.fromisoformat(after)
    assert timedelta(days=1) <= due - checked < timedelta(days=1, minutes=5)
    assert due < datetime.fromisoformat(before)
    said(api, MINE)
    assert served.store.rows(query) == [(checked_at, after)]
    said(api)


def test_nothing_else_is_asked_about_the_owner(api: httpx2.Client) -> None:
    """Only what goes into the wallet is held against its owner."""
    said(api, {"kind": "email", "value": "eve@example.org"})
    report = api.post("/api/verify", json={"url": GOOD}).json()
    assert report["checks"][3]["code"] == "not_asked"


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"identifiers": {}},
        {"identifiers": ["ada@example.org"]},
        {"identifiers": [{"kind": "email"}]},
        {"identifiers": [{"kind": "email", "value": 7}]},
        {"identifiers": [{"kind": "soul", "value": "Ada"}]},
        {"identifiers": [{"kind": "email", "value": "Ada"}]},
        {"identifiers": [{"kind": "email", "value": f"sha256${'0' * 64}"}]},
        {"identifiers": [{"kind": "did", "value": "ada"}]},
        {"identifiers": [{"kind": "url", "value": "javascript:alert(1)"}]},
        {"identifiers": [{"kind": "telephone", "value": "112"}]},
        {"identifiers": [{"kind": "name", "value": " "}]},
        {"identifiers": [{"kind": "name", "value": "Ada\0"}]},
        {"identifiers": [{"kind": "name", "value": "Ada\u202e"}]},
        {"identifiers": [{"kind": "name", "value": "a" * 301}]},
        {"identifiers": [{"kind": "name", "value": f"Ada {one}"} for one in range(51)]},
        {"identifiers": [], "more": 1},
    ],
)
def test_what_is_no_identifier_is_refused_and_changes_nothing(
    api: httpx2.Client, body: dict[str, object]
) -> None:
    said(api, MINE)
    answer = api.put(PATH, json=body)
    assert answer.status_code == 400
    assert answer.json()["error"]["says"]
    assert api.get(PATH).json() == {"identifiers": [MINE]}
    said(api)


def test_the_page_and_the_command_say_the_same(
    served: Served, api: httpx2.Client, browser: httpx2.Client
) -> None:
    assert "no badge is held against anybody" in browser.get(PAGE).text
    done = sent(browser, "add", kind="email", value=f" {EMAIL} ")
    assert (done.status_code, done.headers["location"]) == (303, PAGE)
    command = ("wallet", "owner", "--data", str(served.data))
    assert run(*command).output == f"email      {EMAIL}\n"
    assert run("wallet", "owner", "add", "name", "Ada L.", *command[2:]).exit_code == 0
    assert "Ada L." in browser.get(PAGE).text
    assert sent(browser, "remove", kind="email", value=EMAIL).status_code == 303
    assert api.get(PATH).json() == {"identifiers": [{"kind": "name", "value": "Ada L."}]}
    assert run("wallet", "owner", "remove", "name", "Ada L.", *command[2:]).exit_code == 0
    gone = run("wallet", "owner", "remove", "name", "Ada L.", *command[2:])
    assert (gone.exit_code, "not known" in gone.output) == (1, True)
    assert "Nothing yet" in run(*command).output


@pytest.mark.parametrize(
    ("does", "fields", "says"),
    [
        ("add", {"kind": "email", "value": "<script>"}, "is no e-mail address"),
        ("add", {"kind": "soul", "value": "x"}, "is no kind of identifier"),
        ("add", {"kind": "name", "value": ""}, "Write something"),
        ("remove", {"kind": "name", "value": "Nobody"}, "taken away already"),
    ],
)
def test_what_can_not_be_done_is_said_on_the_page(
    browser: httpx2.Client, does: str, fields: dict[str, str], says: str
) -> None:
    done = sent(browser, does, **fields)
    assert done.status_code == 400
    assert says in html.unescape(done.text)
    assert "<script>" not in done.text
    assert "form-action 'self'" in done.headers["content-security-policy"]


def test_the_page_is_for_who_opened_it_and_its_forms_for_its_own_page(
    served: Served, api: httpx2.Client, browser: httpx2.Client
) -> None:
    with served.client() as stranger:
        assert stranger.get(PAGE).status_code == 403
        assert stranger.get(PATH).status_code == 401
        assert stranger.put(PATH, json={"identifiers": [MINE]}).status_code == 401
        assert (
            posted(stranger, "add", "0" * 64, {"kind": "name", "value": "Eve"}).status_code == 403
        )
    assert posted(browser, "add", "0" * 64, {"kind": "name", "value": "Eve"}).status_code == 403
    assert sent(browser, "nothing").status_code == 404
    assert api.get(PATH).json() == {"identifiers": []}


def sent(browser: httpx2.Client, does: str, **fields: str) -> httpx2.Response:
    """A form of the page, as a browser sends it."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get(PAGE).text)
    assert found
    return posted(browser, does, found[1], fields)


def posted(browser: httpx2.Client, does: str, key: str, fields: dict[str, str]) -> httpx2.Response:
    origin = {"Origin": str(browser.base_url).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
    parts = [(name, (None, value)) for name, value in {"key": key, **fields}.items()]
    return browser.post(f"{PAGE}/{does}", files=parts, headers=origin)
