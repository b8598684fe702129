"""The page on which files are checked: who may, and what it answers."""

import re
from collections.abc import Iterator

import httpx2
import pytest

from tests.made import cases_cvs, cvs
from tests.server.conftest import Served
from tests.server.whole_web import started


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server for which what everybody in the CV answers is the whole web."""
    with started(tmp_path_factory.mktemp("check"), cases_cvs.web()) as server:
        yield server


@pytest.fixture
def browser(served: Served) -> Iterator[httpx2.Client]:
    """A browser that opened the wallet."""
    with served.client(served.pair()) as client:
        path = client.post("/api/wallet/open", json={}).json()["path"]
    with served.client(Origin=served.address) as opened:
        assert opened.get(path, follow_redirects=True).status_code == 200
        yield opened


def sent(browser: httpx2.Client, **fields: str) -> dict[str, str]:
    """The fields of the form, with the key that the server drew into it."""
    found = re.search(r'name="key" value="([0-9a-f]{64})"', browser.get("/check").text)
    assert found
    return {"key": found[1], **fields}


CV = ("cv.docx", cvs.docx(cases_cvs.CV), "application/octet-stream")


def test_only_who_opened_the_wallet_may_check(served: Served) -> None:
    with served.client() as stranger:
        assert stranger.get("/check").status_code == 403
        answer = stranger.post("/check", files={"files": CV})
        assert answer.status_code == 403
        assert "Water Quality" not in answer.text
        key = stranger.cookies.get("touchstone_check")
        assert key is None


def test_no_other_site_may_send_the_form(browser: httpx2.Client) -> None:
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = browser.post("/check", files={"files": CV}, headers=headers)
        assert answer.status_code == 403
    assert browser.post("/check", data={"text": "x"}).status_code == 415
    for key in ("", "0" * 64):
        answer = browser.post("/check", data={"key": key}, files={"files": CV})
        assert (answer.status_code, answer.json()["error"]["code"]) == (403, "form")


def test_the_form_is_kept_to_this_server(browser: httpx2.Client) -> None:
    page = browser.get("/check")
    policy = page.headers["content-security-policy"]
    assert "script-src 'self'" in policy
    assert "form-action 'self'" in policy
    assert "unsafe" not in policy
    assert "default-src 'none'" in browser.get("/").headers["content-security-policy"]
    assert "form-action 'none'" in browser.get("/").headers["content-security-policy"]


def test_every_badge_of_a_cv_is_listed(browser: httpx2.Client) -> None:
    page = browser.post("/check", data=sent(browser), files={"files": CV}).text
    for words in ("Water Quality Sampling", "Page says more", "Revoked", "Genuine?", "cv.docx"):
        assert words in page
    assert page.count('class="result"') == len(cases_cvs.LINES)


def test_who_is_meant_can_be_said(browser: httpx2.Client) -> None:
    stated = sent(browser, name="", email="jonas.feld@portfolio.example", text="")
    page = browser.post("/check", data=stated, files={"files": CV}).text
    assert "Someone else" in page
    assert 'value="jonas.feld@portfolio.example"' in page


def test_an_empty_form_says_so(browser: httpx2.Client) -> None:
    files = {"files": ("", b"", "application/octet-stream")}
    page = browser.post("/check", data=sent(browser, text="", name="", email=""), files=files)
    assert page.status_code == 200
    assert "Nothing was chosen or pasted." in page.text


def test_what_a_file_says_is_only_words(browser: httpx2.Client) -> None:
    trick = '"><script>alert(1)</script>'
    line = cvs.Line(f"{trick}, Harbour Guild, 2024", cases_cvs.SAMPLING.address)
    name = 'a"><img src=x onerror=alert(1)>.docx'
    page = browser.post(
        "/check", data=sent(browser), files={"files": (name, cvs.docx((line, line)))}
    ).text
    assert "<script>" not in page
    assert "<img" not in page


def test_the_interface_answers_the_same(served: Served) -> None:
    with served.client(served.pair()) as client:
        report = client.post("/api/verify", files={"file": CV}).json()
    verdicts = [one["verdict"] for one in report["bundle"]]
    assert verdicts == list(cases_cvs.LINES.values())
    assert report["credential"]["container"] == "docx"
    assert report["credential"]["kind"] == "record"
    assert report["credential"]["recipient"]["name"] == "Mira Solano"
