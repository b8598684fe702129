"""A platform is one file, one line and its examples: shown with a made-up one."""

import pytest

from tests.providers.meadow_school import HOME, PROVIDER
from tests.providers.reading import HTML, MISSING, NOW, check_of, codes, gave, said
from verifier.model import Document
from verifier.ports import Circumstances, ListedIssuer, Person
from verifier.providers import find, registry
from verifier.trust import IssuerList

AWARD = f"{HOME}/c/0a1b2c3d"
WALLED = "https://walled.meadow-school.example/verify?number=1234"
PAGE = (
    b'<html><head><meta property="og:title" content="Hedge Laying | Meadow School"></head>'
    b"<body><script>track()</script><p>Awarded to <b>Mira  Solano</b> on 2025-05-02.</p>"
    b"<ul><li>Billhooks</li></ul><p>Valid for life</p></body></html>"
)
LIST = IssuerList(
    "Schools",
    (ListedIssuer(HOME, "Meadow School", domains=("certificates.meadow-school.example",)),),
)
ASKED = Circumstances(NOW, Person(names=("Mira Solano",)), trust=(LIST,))


@pytest.fixture(autouse=True)
def one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    """The line."""
    monkeypatch.setattr(registry, "PROVIDERS", (*registry.PROVIDERS, PROVIDER))


def test_its_examples_are_its_own() -> None:
    for example in PROVIDER.examples:
        match = find(example.url)
        assert match is not None
        assert (match.provider, match.kind, match.id) == ("meadow-school", example.kind, example.id)
        assert match.canonical == (example.canonical or example.url)
    assert [find(url) for url in PROVIDER.strangers] == [None, None]
    assert find("https://any.old-meadow.example/c/0a1b2c3d") is not None


def test_its_page_is_evidence() -> None:
    report = said(f"{AWARD}?ref=mail", {AWARD: gave(PAGE, HTML)}, circumstances=ASKED)
    assert (report["verdict"], report["assurance"]) == ("verified", "issuer_page")
    assert codes(report) == {
        "genuine": "issuer_page",
        "current": "no_expiry",
        "issuer": "vouched",
        "recipient": "name_match",
        "claim": "nothing_claimed",
    }
    read = report["credential"]
    assert (read["provider"], read["kind"], read["standard"]) == (
        "meadow-school",
        "certificate",
        "page",
    )
    assert (read["id"], read["name"], read["issued"]) == (
        AWARD,
        "Hedge Laying",
        "2025-05-02T00:00:00Z",
    )
    assert read["recipient"]["name"] == "Mira Solano"
    assert read["skills"] == [{"name": "Billhooks", "url": None}]
    assert [one["url"] for one in report["contacted"]] == [AWARD]


@pytest.mark.parametrize("url", [AWARD, WALLED])
def test_what_the_readers_tab_shows_is_read_by_the_same_file(url: str) -> None:
    report = said(url, {}, seen=PAGE, circumstances=ASKED)
    genuine = check_of(report, "genuine")
    assert (genuine["code"], genuine["detail"]["seen_in"]) == ("issuer_page", "your tab")
    assert (report["credential"]["name"], report["credential"]["container"]) == (
        "Hedge Laying",
        "html",
    )
    assert (report["asked"], report["contacted"]) == ([], [])


def test_what_may_lapse_and_names_no_end_is_not_stated() -> None:
    page = PAGE.replace(b"Valid for life", b"")
    report = said(AWARD, {AWARD: gave(page, HTML)}, circumstances=ASKED)
    assert (report["verdict"], codes(report)["current"]) == ("unknown", "not_stated")


@pytest.mark.parametrize(
    ("document", "code", "reason"),
    [
        (MISSING, "host_unreachable", "unreachable"),
        (gave(b"<html></html>", HTML), "page_unreadable", "page.empty_shell"),
        (gave(b"<html><p>" + b"News. " * 90, HTML), "page_unreadable", "page.changed_layout"),
        (gave(PAGE, HTML, final=f"{HOME}/login"), "page_unreadable", "page.sign_in"),
        (
            gave(PAGE, HTML, final="https://evil.example/c/0a1b2c3d"),
            "page_unreadable",
            "page.moved",
        ),
        (gave(b"<html>" + b" " * 3_000_000, HTML), "page_unreadable", "page.size"),
    ],
)
def test_a_page_that_says_nothing_says_why(document: Document, code: str, reason: str) -> None:
    report = said(AWARD, {AWARD: document})
    genuine = check_of(report, "genuine")
    assert (report["verdict"], genuine["code"]) == ("unknown", code)
    assert genuine["detail"]["reason"] == reason
    assert report["credential"]["kind"] == "certificate"
    assert report["credential"]["provider"] == "meadow-school"


def test_where_nothing_may_be_fetched_the_person_is_told_what_to_do() -> None:
    report = said(WALLED, {})
    assert (report["verdict"], codes(report)["genuine"]) == ("unknown", "page_unreadable")
    assert "your own tab" in report["headline"]
    assert report["asked"] == []
    wall = said(WALLED, {}, seen=b"<html><input type=password></html>")
    assert check_of(wall, "genuine")["detail"]["reason"] == "page.sign_in"


def test_a_course_is_nobodys_certificate() -> None:
    assert said(f"{HOME}/courses/hedges", {})["error"]["code"] == "not_an_award"
