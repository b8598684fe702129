"""What the reader's own tab shows, over HTTP: `{"url", "html"}` is judged by the platform's file.

The pages are those of the self-test's cases, with the answers of the web that each case has.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.server.conftest import start
from tests.server.test_verify import ask, codes
from verifier.providers import locate
from verifier.providers.registry import PROVIDERS
from wallet_server.commands.selftest import CASES


def _tabs() -> Iterator[tuple[Path, dict[str, Any]]]:
    for described in sorted(CASES.glob("*/case.json")):
        case = json.loads(described.read_text("utf-8"))
        if "seen" in case:
            yield described.parent, case


TABS = list(_tabs())
#: An award's address at each platform whose page is evidence.
PAGES = {
    "coursera": "https://www.coursera.org/account/accomplishments/verify/MADEUPONE123",
    "google": "https://www.skills.google/public_profiles/01b2c3d4-0000-4000-8000-000000000001/badges/7",
    "linkedin": f"https://www.linkedin.com/learning/certificates/{'0a1b2c3d' * 8}",
    "microsoft": "https://learn.microsoft.com/api/credentials/share/en-us/MiraSolano/0A0B0C0D0E0F0A0B",
}
WORDS = "<p>About hedges: how they are laid, layer by layer, and kept through the winter.</p>" * 5
#: What may stand in the tab instead of the award, and the word for it.
IN_THE_WAY = {
    "page.bot_check": "<title>Just a moment...</title><p>Checking your browser</p>",
    "page.sign_in": f"<title>Sign in</title>{WORDS}<form><input type=password></form>",
    "page.empty_shell": '<div id="root"></div><script src="/app.js"></script>',
    "page.changed_layout": f"<title>Hedges</title>{WORDS}",
}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    """A client of a server whose web is all that these cases need."""
    folder = tmp_path_factory.mktemp("tabs")
    (folder / "web").mkdir()
    web: dict[str, Any] = {}
    for case, _ in TABS:
        documents = case / "documents"
        listed = documents / "urls.json"
        for url, answer in json.loads(listed.read_text("utf-8")).items() if listed.exists() else ():
            kept = dict(answer)
            if "file" in kept:
                kept["file"] = f"{case.name}-{answer['file']}"
                (folder / "web" / kept["file"]).write_bytes(
                    (documents / answer["file"]).read_bytes()
                )
            web[url] = kept
    (folder / "web/urls.json").write_text(json.dumps(web), "utf-8")
    trust = CASES / "trust.json"
    server = start(
        folder,
        *("--documents", str(folder / "web"), "--trust", str(trust), "--no-default-trust"),
    )
    with server.client(server.pair()) as paired:
        yield paired
    assert server.stop() == "", "the server complained"


def _asked(client: httpx2.Client, folder: Path, case: dict[str, Any]) -> dict[str, Any]:
    html = (folder / case["seen"]).read_text("utf-8")
    answer = client.post("/api/verify", json={"url": case["input"], "html": html})
    report: dict[str, Any] = answer.json()
    return report


@pytest.mark.parametrize(("folder", "case"), TABS, ids=[folder.name for folder, _ in TABS])
def test_a_tab_is_judged_as_its_case_says(
    client: httpx2.Client, folder: Path, case: dict[str, Any]
) -> None:
    report = _asked(client, folder, case)
    expect = case["expect"]
    if "error" in expect:
        assert report["error"]["code"] == expect["error"]
        return
    codes = {check["question"]: check["code"] for check in report["checks"]}
    assert (report["verdict"], codes) == (expect["verdict"], expect["codes"])
    genuine = report["checks"][0]
    if genuine["code"] == "issuer_page":
        assert genuine["detail"]["seen_in"] == "your tab"
        assert report["credential"]["container"] == "html"
        assert case["input"] not in [one["url"] for one in report["contacted"]]
    else:
        assert "seen_in" not in genuine["detail"]


def test_each_page_that_is_evidence_has_a_case() -> None:
    shown = set()
    for _, case in TABS:
        found = locate(case["input"])
        evidence = case["expect"].get("codes", {}).get("genuine") == "issuer_page"
        if found is not None and (evidence or case["expect"].get("error") == "not_an_award"):
            shown.add(id(found[1]))
    missing = [
        (provider.name, shape.path)
        for provider in PROVIDERS
        for shape in provider.shapes
        if shape.sees is not None and id(shape) not in shown
    ]
    # Other addresses of the same certificate, read by the same function.
    assert {name for name, _ in missing} <= {"coursera"}


def test_more_than_a_request_may_hold_is_refused_whole(client: httpx2.Client) -> None:
    body = {"url": "https://www.coursera.org/verify/MADEUPONE123", "html": "x" * (40 * 2**20)}
    answer = client.post("/api/verify", json=body)
    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")


@pytest.mark.parametrize("platform", PAGES)
def test_four_things_in_the_way_are_four_sentences(client: httpx2.Client, platform: str) -> None:
    told = {}
    for reason, body in IN_THE_WAY.items():
        html = f"<!doctype html><html><body>{body}</body></html>"
        report = ask(client, url=PAGES[platform], html=html)
        genuine = report["checks"][0]
        assert (genuine["code"], genuine["detail"]["reason"]) == ("page_unreadable", reason)
        assert (report["verdict"], report["credential"]["provider"]) == ("unknown", platform)
        told[reason] = genuine["says"]
    assert len(set(told.values())) == len(IN_THE_WAY)


@pytest.mark.parametrize("platform", PAGES)
def test_a_page_at_a_look_alikes_address_is_nobodys(client: httpx2.Client, platform: str) -> None:
    home = PAGES[platform][:25]
    folder = next(folder for folder, case in TABS if case["input"].startswith(home))
    html = (folder / "seen.html").read_text(encoding="utf-8")
    scheme, _, rest = PAGES[platform].partition("://")
    host, _, path = rest.partition("/")
    result = ask(client, url=f"{scheme}://{host}.evil.example/{path}", html=html)
    assert "error" in result or codes(result)["genuine"] != "issuer_page"


def test_a_page_that_is_too_large_is_told_so(client: httpx2.Client) -> None:
    html = "<!doctype html>" + "<p>hedge</p>" * 20_000 + "hedge " * 400_000
    report = ask(client, url=PAGES["coursera"], html=html)
    assert report["checks"][0]["detail"]["reason"] == "page.size"


def test_html_without_an_address_is_refused(client: httpx2.Client) -> None:
    answer = client.post("/api/verify", json={"html": "<p>mine</p>"})
    assert answer.status_code == 400
