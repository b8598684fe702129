"""A server behind a proxy: others reach what is handed on there, by its public address, and nothing
else of it, whatever they ask for and whatever their proxy passes on.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.made.cases_bundles import held, presentation
from tests.made.credentials import badge, by
from tests.made.folder import as_json
from tests.made.folder import write_web as write_made
from tests.made.issuers import MEADOW
from tests.server.certificates import Certified, certified
from tests.server.conftest import Served, options_for, start
from tests.server.made_up import write_web
from tests.server.owner import run
from tests.server.proxy import outsider, proxied
from tests.server.stores import Store

HOST = "badges.example.org"
PUBLIC = f"https://{HOST}"
#: What is behind the door for those who are inside.
INSIDE = (
    *("/", "/demo", "/check", "/wallet", "/wallet/shares", "/trust", "/programs", "/wallet/open/x"),
    *("/api/health", "/api/openapi.json", "/api/wallet/credentials", "/api/wallet/export"),
    *("/feeds/x/changes.atom", "/s", "/static", "//s/x", "/S/x", "/nothing", "/./wallet"),
    *("/s/../wallet", "/static/../wallet", "/s/%2e%2e/wallet"),
)


class Public(Store, frozen=True):
    """A store whose server is known to others under an address of its own."""

    @property
    def environment(self) -> dict[str, str]:
        """What tells the server; that it answers to the name at all opens no more of it."""
        hosts = f"127.0.0.1,localhost,{HOST}"
        named = {"TOUCHSTONE_PUBLIC": f"{PUBLIC}/", "TOUCHSTONE_ALLOWED_HOSTS": hosts}
        return {**super().environment, **named}


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("tls"))


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("outside")
    write_web(folder / "web")
    server = start(folder, *options_for(folder), store=Public(folder / "data"))
    yield server
    assert server.stop() == "", "the server complained"


@pytest.fixture(scope="module")
def link(served: Served) -> str:
    """A share with one badge in it."""
    made = as_json(by(MEADOW, badge(MEADOW, "Data Literacy"))).decode()
    with served.client(served.pair()) as api:
        kept = api.post("/api/wallet/credentials", json={"credential": made}).json()
        told = api.post("/api/wallet/shares", json={"badges": [kept["id"]]}).json()
    assert told["public"] is True
    return str(told["link"])


@pytest.fixture(scope="module")
def out(served: Served, files: Certified) -> Iterator[httpx2.Client]:
    """Somebody out there."""
    with (
        proxied(served.address, files) as port,
        outsider(port, files, HOST) as client,
    ):
        yield client


def test_what_is_handed_on_is_there_under_the_public_address(out: httpx2.Client, link: str) -> None:
    assert link.startswith(f"{PUBLIC}/s/")
    path = link.removeprefix(PUBLIC)
    page = out.get(path)
    assert page.status_code == 200
    assert "Data Literacy" in page.text
    assert f'content="{link}/card.png"' in page.text
    assert "127.0.0.1" not in page.text
    loaded = re.findall(r'(?:href|src)="(/(?:static|s)/[^"]+)"', page.text)
    assert any(one.startswith("/static/") for one in loaded)
    assert {out.get(one).status_code for one in loaded} == {200}


@pytest.mark.parametrize("path", INSIDE)
def test_nothing_else_is(out: httpx2.Client, link: str, path: str) -> None:
    never = out.get("/never-was")
    assert (never.status_code, never.json()["error"]["code"]) == (404, "not_found")
    for method in ("GET", "POST", "DELETE", "OPTIONS"):
        request = httpx2.Request(method, f"{out.base_url}{path}", headers={"Host": HOST})
        answer = out.send(request)
        assert answer.status_code in (404, 405, 415), path
        assert "wallet" not in answer.text.lower()
        if not path.startswith(("/s/", "/static/")):
            assert answer.content == never.content, path


@pytest.mark.parametrize(
    "adds",
    [
        b"X-Forwarded-For: 192.0.2.7",
        b"Forwarded: for=192.0.2.7",
        b"X-Forwarded-Proto: https",
        b"X-Forwarded-Server: badges",
        b"X-Real-IP: 192.0.2.7",
        b"Via: 1.1 badges",
    ],
)
def test_a_proxy_that_names_this_machine_as_the_host_lets_nobody_further(
    served: Served, files: Certified, link: str, adds: bytes
) -> None:
    inside = served.address.partition("://")[2]
    with (
        proxied(served.address, files, host=inside, adds=adds) as port,
        outsider(port, files, HOST) as client,
    ):
        assert client.get(link.removeprefix(PUBLIC)).status_code == 200
        for path in ("/", "/wallet", "/api/health", "/api/pair"):
            assert client.get(path).status_code == 404


def test_a_challenge_is_answered_from_out_there(out: httpx2.Client, served: Served) -> None:
    with served.client(served.pair()) as api:
        made = api.post("/api/challenges", json={"reason": "Your badges"}).json()
    address, _, told = made["link"].partition("#")
    assert (made["domain"], address.startswith(f"{PUBLIC}/ask/"), bool(told)) == (HOST, True, True)
    path = address.removeprefix(PUBLIC)
    page = out.get(path)
    assert (page.status_code, made["link"] in page.text) == (200, True)
    assert "127.0.0.1" not in page.text
    inner = by(MEADOW, badge(MEADOW, "Data Literacy"))
    answer = held(presentation(inner), challenge=made["challenge"], domain=HOST)
    file = {"file": ("presentation.json", as_json(answer))}
    foreign = out.post(path, files=file, headers={"Origin": "https://evil.example"})
    assert foreign.status_code == 403
    taken = out.post(path, files=file, headers={"Origin": PUBLIC})
    assert (taken.status_code, "Your answer is there" in taken.text) == (200, True)
    assert {out.get(one).status_code for one in (path, "/asking", "/api/challenges")} == {404}


def test_whoever_is_inside_is_still_there(served: Served, link: str) -> None:
    with served.client() as client:
        assert client.get("/api/health").json()["status"] == "ok"
        assert client.get(served.wallet_link).status_code == 303
        assert client.get("/wallet/shares").status_code == 200
        assert client.get(link.removeprefix(PUBLIC)).status_code == 200
        other = client.get("/s/x", headers={"Host": "other.example.org"})
        assert (other.status_code, other.json()["error"]["code"]) == (400, "host")


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Origin": PUBLIC}, 200),
        ({"Origin": PUBLIC, "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "same-origin"}, 200),
        ({"Origin": "null"}, 200),
        ({"Origin": "null", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": f"http://{HOST}"}, 403),
    ],
)
def test_a_visitors_form_comes_from_the_page_itself(
    out: httpx2.Client, link: str, headers: dict[str, str], status: int
) -> None:
    path = f"{link.removeprefix(PUBLIC)}/person"
    answer = out.post(path, files=[("name", (None, "Mira Solano"))], headers=headers)
    assert answer.status_code == status


def test_other_sites_show_its_pictures_and_load_nothing_else(out: httpx2.Client, link: str) -> None:
    path = link.removeprefix(PUBLIC)
    embedded = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}
    card = out.get(f"{path}/card.png", headers={**embedded, "Sec-Fetch-Dest": "image"})
    assert card.status_code == 200
    assert card.headers["cross-origin-resource-policy"] == "cross-origin"
    for part, dest in (("", "iframe"), ("/1/badge", "image"), ("/1/report.json", "empty")):
        refused = out.get(f"{path}{part}", headers={**embedded, "Sec-Fetch-Dest": dest})
        assert refused.status_code == 403
    follows = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
    assert out.get(path, headers={**embedded, **follows}).status_code == 200


def test_a_link_is_checked_by_somebody_elses_touchstone(
    out: httpx2.Client, link: str, tmp_path: Path
) -> None:
    path = link.removeprefix(PUBLIC)
    web = tmp_path / "web"
    write_made(web, MEADOW.web())
    listed = json.loads((web / "urls.json").read_text("utf-8"))
    for part in ("", "/1", "/1/badge"):
        answer = out.get(f"{path}{part}")
        file = f"share{part.replace('/', '-')}.bin"
        (web / file).write_bytes(answer.content)
        kind = answer.headers["content-type"]
        listed[f"{link}{part}"] = {"file": file, "status": 200, "content_type": kind}
    (web / "urls.json").write_text(json.dumps(listed), "utf-8")
    for at in (link, f"{link}/1"):
        report = json.loads(run("verify", at, "--json", "--documents", web).output)
        assert report["credential"]["name"] == "Data Literacy"
        assert report["checks"][0]["code"] == "signature"
