"""What the reader's own tab shows, handed to a running server: read as the platform's page, told as
seen there, and never fetched on top of that.
"""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.server.test_verify import ask, codes

SELFTEST = Path(__file__).parent.parent.parent / "wallet_server" / "selftest"
CASES = {
    case.parent.name: json.loads(case.read_bytes())
    for case in sorted(SELFTEST.glob("*/case.json"))
    if "seen" in json.loads(case.read_bytes())
}
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


@pytest.mark.parametrize("name", CASES)
def test_the_server_says_what_the_command_says(paired: httpx2.Client, name: str) -> None:
    case = CASES[name]
    html = (SELFTEST / name / case["seen"]).read_text(encoding="utf-8")
    report = ask(paired, url=case["input"], html=html)
    if "error" in case["expect"]:
        assert report["error"]["code"] == case["expect"]["error"]
        return
    genuine = report["checks"][0]
    if name == "a-readers-tab-with-a-credential-in-it":  # its keys are not in this server's web
        assert genuine["code"] == "key_unreachable"
        return
    assert genuine["code"] == case["expect"]["codes"]["genuine"]
    assert own_host(report) == []
    if genuine["code"] == "issuer_page":
        assert genuine["detail"]["seen_in"] == "your tab"
        assert report["assurance"] == "issuer_page"
        assert report["credential"]["container"] == "html"


def own_host(report: dict[str, Any]) -> list[str]:
    """The look-ups of the very page that was handed in."""
    return [one["url"] for one in report["contacted"] if one["url"] == report["credential"]["id"]]


@pytest.mark.parametrize("platform", PAGES)
def test_four_things_in_the_way_are_four_sentences(paired: httpx2.Client, platform: str) -> None:
    told = {}
    for reason, body in IN_THE_WAY.items():
        html = f"<!doctype html><html><body>{body}</body></html>"
        report = ask(paired, url=PAGES[platform], html=html)
        genuine = report["checks"][0]
        assert (genuine["code"], genuine["detail"]["reason"]) == ("page_unreadable", reason)
        assert (report["verdict"], report["credential"]["provider"]) == ("unknown", platform)
        told[reason] = genuine["says"]
    assert len(set(told.values())) == len(IN_THE_WAY)


@pytest.mark.parametrize("platform", PAGES)
def test_a_page_at_a_look_alikes_address_is_nobodys(paired: httpx2.Client, platform: str) -> None:
    home = PAGES[platform][:25]
    name = next(name for name, case in CASES.items() if case["input"].startswith(home))
    html = (SELFTEST / name / "seen.html").read_text(encoding="utf-8")
    scheme, _, rest = PAGES[platform].partition("://")
    host, _, path = rest.partition("/")
    result = ask(paired, url=f"{scheme}://{host}.evil.example/{path}", html=html)
    assert "error" in result or codes(result)["genuine"] != "issuer_page"


def test_a_page_that_is_too_large_is_told_so(paired: httpx2.Client) -> None:
    html = "<!doctype html>" + "<p>hedge</p>" * 200_000
    report = ask(paired, url=PAGES["coursera"], html=html)
    assert report["checks"][0]["detail"]["reason"] == "page.size"


def test_html_without_an_address_is_refused(paired: httpx2.Client) -> None:
    answer = paired.post("/api/verify", json={"html": "<p>mine</p>"})
    assert answer.status_code == 400
