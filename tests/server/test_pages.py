"""The server's own pages: the demo for everyone, the wallet for who has its key."""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser

import httpx2
import pytest
from msgspec.structs import replace

from tests.made import credentials
from tests.made.issuers import RIVERSIDE
from tests.made.signing import did_key, did_key_method
from tests.made.suites import Key, signed_by
from tests.server.conftest import EXTENSION, Served
from tests.server.made_up import GOOD, assertion, picture
from verifier.report import Verdict
from wallet_server.demo import FOLDER as DEMO

PATH = "/api/wallet/credentials"
VERDICTS = {verdict.value for verdict in Verdict}


@contextmanager
def opened(served: Served, token: str) -> Iterator[httpx2.Client]:
    """A browser that opened the wallet by a link from the extension."""
    with served.client(token) as client:
        path = client.post("/api/wallet/open", json={}).json()["path"]
    with served.client() as browser:
        answer = browser.get(path, follow_redirects=True)
        assert (answer.status_code, answer.url.path) == (200, "/wallet")
        yield browser


def test_the_home_page_says_what_to_do_next(served: Served) -> None:
    with served.client() as client:
        page = client.get("/").text
    assert "Touchstone is running" in page
    assert 'href="/demo"' in page
    assert 'href="/wallet"' in page
    assert served.code not in page


def test_the_printed_link_opens_the_wallet_once(served: Served) -> None:
    served = replace(served, printed=served.printed_again())
    with served.client() as browser:
        assert browser.get("/wallet").status_code == 403
        first = browser.get(served.wallet_link)
        assert (first.status_code, first.headers["location"]) == (303, "/wallet")
        cookie = first.headers["set-cookie"].lower()
        for word in ("httponly", "samesite=strict", "path=/wallet"):
            assert word in cookie
        assert browser.get("/wallet").status_code == 200
    with served.client() as other:
        again = other.get(served.wallet_link)
        assert again.status_code == 403
        assert "touchstone pair" in again.text


def test_a_key_of_the_pages_opens_nothing_else(served: Served, token: str) -> None:
    with opened(served, token) as browser:
        key = browser.cookies.get("touchstone_wallet", path="/wallet")
        assert browser.get(PATH).status_code == 401
    with served.client(key) as client:
        assert client.get(PATH).status_code == 401
    with served.client() as browser:
        browser.cookies.set("touchstone_wallet", token)
        assert browser.get("/wallet").status_code == 403


def test_what_was_saved_is_found_and_shown(
    served: Served, token: str, paired: httpx2.Client
) -> None:
    image = picture(GOOD.encode())
    saved = paired.post(PATH, files={"file": ("weaving.png", image)}).json()
    with opened(served, token) as browser:
        listed = browser.get("/wallet").text
        assert "Weaving, first year" in listed
        assert "Verified" in listed
        page = browser.get(f"/wallet/{saved['id']}").text
        drawn = browser.get(f"/wallet/{saved['id']}/picture")
    for text in ("Genuine?", "In force?", "badges.example.edu", saved["report"]["headline"]):
        assert text in page
    assert (drawn.content, drawn.headers["content-type"]) == (image, "image/png")
    assert "sandbox" in drawn.headers["content-security-policy"]
    with served.client() as stranger:
        for path in ("", f"/{saved['id']}", f"/{saved['id']}/picture"):
            answer = stranger.get(f"/wallet{path}")
            assert answer.status_code == 403
            assert "Weaving" not in answer.text


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        '"><img src=x onerror=alert(1)>',
        "{{7*7}}",
        "</title></head><body onload=alert(1)>",
        "\u202egnitirw \u200b\x1b[31m",
    ],
)
def test_a_badges_words_are_only_words(
    served: Served, token: str, paired: httpx2.Client, text: str
) -> None:
    hostile = assertion(
        "hostile", narrative=text, evidence=[{"id": "javascript:alert(1)", "narrative": text}]
    )
    saved = paired.post(PATH, json={"credential": json.dumps(hostile)}).json()
    with opened(served, token) as browser:
        for path in ("/wallet", f"/wallet/{saved['id']}"):
            page = browser.get(path).text
            assert "<script" not in page
            assert not re.search(r"<[^>]+\son\w+=", page)
            assert 'href="javascript:' not in page
            assert not re.search("[\u202e\u200b\x1b]", page)
            assert "49" not in page.replace(saved["saved_at"], "")[:200]
    paired.delete(f"{PATH}/{saved['id']}")


#: What a badge's text may try. A reader sees it as it stands, but for what can't be seen.
TRICKS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "{{7*7}}{% raw %}",
    "</dd></dl></main><form action=//evil.example>",
    "a\u202egnitirw\u202c\u200b\u2066\x1b[31mb",
    "javascript:alert(1)",
    "//evil.example/x",
    'https://evil.example/"onmouseover="alert(1)',
)
UNSEEN = re.compile("[\u202a-\u202e\u2066-\u2069\u200b\x1b]")


@pytest.mark.parametrize("trick", TRICKS)
def test_every_word_that_a_page_shows_of_a_badge_is_only_a_word(
    served: Served, token: str, paired: httpx2.Client, trick: str
) -> None:
    """A signed badge with the trick in all that is shown of it; that it is shown is asked, too."""
    text = {name: f"{name} {trick}" for name in ("badge", "issuer", "about", "how", "proof", "tag")}
    made = credentials.badge(RIVERSIDE, "Weaving")
    about = made["credentialSubject"]
    about["achievement"] |= {
        "name": text["badge"],
        "description": text["about"],
        "criteria": {"narrative": text["how"], "id": trick},
        "tag": [text["tag"]],
    }
    made |= {
        "issuer": {**RIVERSIDE.profile(), "id": did_key("tricks"), "name": text["issuer"]},
        "evidence": [
            {"id": trick, "type": ["Evidence"], "name": text["proof"], "narrative": text["proof"]}
        ],
    }
    signed = signed_by(Key("Ed25519", "tricks", did_key_method("tricks")), made, "eddsa-jcs-2022")
    saved = paired.post(PATH, json={"credential": json.dumps(signed)}).json()
    with opened(served, token) as browser:
        listed, whole = (Parsed(browser.get(f"/wallet{at}").text) for at in ("", f"/{saved['id']}"))
    seen = UNSEEN.sub("", trick)
    assert f"badge {seen}" in listed.text
    assert [name for name in text if f"{name} {seen}" not in whole.text] == [], "all of it is shown"
    for page in (listed, whole):
        assert not UNSEEN.search(page.text)
        assert not page.names & {"script", "iframe", "object", "base"}
        assert all(
            re.fullmatch(r"/wallet(/[0-9a-f]{32}(/[a-z-]+){1,2})?(#\w+)?", to) for to in page.forms
        )
        assert not [name for name in page.attributes if name.startswith("on")]
        assert not [link for link in page.links if not re.match(r"/(?!/)|https?://", link)]
    assert whole.names.isdisjoint(("img",)), "it came without a picture"
    paired.delete(f"{PATH}/{saved['id']}")


class Parsed(HTMLParser):
    """The elements, attributes and links of a page as a browser would see them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.attributes: set[str] = set()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note it."""
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.forms += [value or "" for name, value in attrs if name in ("action", "formaction")]
        self.links += [value or "" for name, value in attrs if name in ("href", "src", "action")]

    def handle_data(self, data: str) -> None:
        """Note it."""
        self.text += data


def test_the_demo_shows_its_badges(served: Served) -> None:
    with served.client() as client:
        page = client.get("/demo").text
        pictures = set(re.findall(r'src="(/demo/badges/[^"]+)"', page))
        assert len(pictures) >= 12
        for path in pictures:
            assert client.get(path).headers["content-type"] in ("image/png", "image/svg+xml")
        for odd in ("none.png", "..%2ftrust.json", "%2e%2e/page.json", "trust.json"):
            assert client.get(f"/demo/badges/{odd}").status_code == 404


def test_the_demos_door_opens_for_its_own_addresses_alone(
    served: Served, paired: httpx2.Client
) -> None:
    with served.client() as client:
        page = client.get("/demo").text
        path = next(iter(re.findall(r'src="(/demo/badges/[^"]+\.png)"', page)))
        content = client.get(path).content
    own = paired.post("/api/verify", json={"url": f"{served.address}{path}"}).json()
    assert own["verdict"] == "verified"
    assert own["source"] == f"{served.address}{path}"
    # the same bytes from anywhere else meet neither the demo's documents nor its list
    brought = paired.post("/api/verify", files={"file": ("demo.png", content)}).json()
    assert brought["verdict"] not in ("verified", "holder_unproven")
    for address in (
        f"https://evil.example{path}",
        f"http://127.0.0.1:1{path}",
        f"{served.address}{path}?x",
        f"{served.address}/demo/badges/../badges/{path.rsplit('/', 1)[1]}",
    ):
        assert "error" in paired.post("/api/verify", json={"url": address}).json()


def test_every_badge_of_the_demo_comes_out_as_its_page_says(
    served: Served, paired: httpx2.Client
) -> None:
    demo = json.loads((DEMO / "page.json").read_text("utf-8"))
    person = {"names": [demo["person"]["name"]], "emails": [demo["person"]["email"]]}
    expected, items = [], []
    for badge in demo["badges"]:
        claim = {name: badge[name] for name in ("title", "issuer", "issued")}
        context = {**person, "claims": [claim]}
        items.append({"url": f"{served.address}/demo/{badge['file']}", "context": context})
        expected.append(badge["verdict"])
    answer = paired.post("/api/verify/batch", json={"items": items})
    lines = map(json.loads, answer.text.splitlines())
    by_index = {line["index"]: line["verdict"] for line in lines}
    assert [by_index[index] for index in range(len(items))] == expected
    assert set(expected) >= VERDICTS


def test_a_demo_badge_can_be_saved(served: Served, paired: httpx2.Client) -> None:
    with served.client() as client:
        path = next(iter(re.findall(r'src="(/demo/[^"]+\.png)"', client.get("/demo").text)))
    saved = paired.post(PATH, json={"url": f"{served.address}{path}"})
    assert saved.status_code == 201
    assert saved.json()["media_type"] == "image/png"
    assert paired.delete(f"{PATH}/{saved.json()['id']}").status_code == 204


def test_the_extension_may_not_read_pages_with_its_origin_unless_paired(served: Served) -> None:
    other = EXTENSION.replace("a", "c")
    with served.client(Origin=other) as client:
        assert client.get("/wallet").status_code == 403
