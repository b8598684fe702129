"""Shares over HTTP: what a visitor gets of them, what they don't, and for how long (AUT-05)."""

from __future__ import annotations

import html
import io
import json
import re
import secrets
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from PIL import Image

from tests.made.credentials import badge, by
from tests.made.folder import as_json
from tests.made.issuers import HOLDER, RIVERSIDE
from tests.server.owner import run
from tests.server.shelf import Shelf, shelf
from tests.server.stores import Store
from verifier.containers import svg
from wallet_server.sharing.fields import ALWAYS, EVERY, FIELDS
from wallet_server.sharing.shown import KEPT_BACK

SHARES = "/api/wallet/shares"
#: What the richest badge of the shelf says, by the part that it belongs to.
SAID = {
    "recipient": (HOLDER,),
    "issued": ("14 March 2025", "2025-03-14"),
    "description": ("gives out for",),
    "criteria": ("small panel",),
    "evidence": ("work.example/loom", "Piece 1"),
    "results": ("Final piece", "2.5 credits", "Larkspur"),
    "skills": ("looms", "织布技术", "textile"),
    "address": ("urn:uuid:", "/did.json"),
}
_SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    with shelf(Store(tmp_path_factory.mktemp("shares") / "data")) as found:
        drawn = by(RIVERSIDE, badge(RIVERSIDE, "Drawing"))
        baked = svg.bake(_SVG, as_json(drawn), b"openbadgecredential")
        saved = found.api.post("/api/wallet/credentials", files={"file": ("drawn.svg", baked)})
        assert saved.status_code == 201, saved.text
        found.ids["drawing"] = saved.json()["id"]
        known = [{"kind": "email", "value": "me.privately@owner.example"}]
        told = found.api.put("/api/wallet/owner", json={"identifiers": known})
        assert told.status_code == 200
        yield found


@pytest.fixture(scope="module")
def visitor() -> Iterator[httpx2.Client]:
    with httpx2.Client(trust_env=False, timeout=60) as client:
        yield client


def shared(kept: Shelf, *names: str, **asked: object) -> dict[str, Any]:
    """A share of these badges, as its owner is told of it."""
    answer = kept.api.post(SHARES, json={"badges": [kept.ids[one] for one in names], **asked})
    assert answer.status_code == 201, answer.text
    made: dict[str, Any] = answer.json()
    return made


def given(visitor: httpx2.Client, link: str, places: int = 1) -> dict[str, bytes]:
    """All that is given out under a share: by path, with the headers; nothing for a 404."""
    parts = ("picture.png", "picture.svg", "report.json", "badge", "recheck.zip")
    paths = ["", "/card.png", *(f"/{n}/{part}" for n in range(1, places + 1) for part in parts)]
    found = {}
    for path in paths:
        answer = visitor.get(f"{link}{path}")
        if answer.status_code == 200:
            told = "\n".join(f"{name}: {value}" for name, value in answer.headers.items())
            found[path] = told.encode() + answer.content
        else:
            assert answer.status_code == 404
    return found


def text_of(page: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", page)).split())


def test_a_visitor_sees_the_answers_and_takes_the_badge_along(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    link = shared(kept, "weaving", "first aid", shown={"words": "Hello there"})["link"]
    page = visitor.get(link)
    said = text_of(page.text)
    for words in ("Hello there", "Weaving for Zürich", "Verified", "Expired", "Checked", "looms"):
        assert words in said
    assert said.count("Genuine?") == 2
    alone = visitor.get(f"{link}/2").text
    assert "First Aid" in alone
    assert "Weaving" not in alone
    assert alone.count('rel="alternate"') == 1
    assert visitor.get(f"{link}/3").status_code == 404
    assert "touchstone verify" in said
    assert "by their issuer lists, not by yours" in said
    report = visitor.get(f"{link}/1/report.json").json()
    assert (report["version"], report["verdict"], report["left_off"]) == (1, "verified", [])
    assert len(report["checks"]) == 5
    received = kept.api.get(f"/api/wallet/credentials/{kept.ids['weaving']}").json()
    answer = visitor.get(f"{link}/1/badge")
    assert answer.headers["content-disposition"] == 'attachment; filename="badge.png"'
    assert answer.headers["content-type"] == "image/png"
    copies = kept.browser.get(f"/wallet/{received['id']}/copies/1")
    assert answer.content == copies.content
    picture = Image.open(io.BytesIO(visitor.get(f"{link}/card.png").content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    small = Image.open(io.BytesIO(visitor.get(f"{link}/1/picture.png").content))
    assert small.format == "PNG"


def test_sites_that_show_the_link_are_told_of_it(kept: Shelf, visitor: httpx2.Client) -> None:
    link = shared(kept, "weaving", name="My <loom> & “more”")["link"]
    page = visitor.get(link).text
    told = dict(re.findall(r'<meta property="og:([a-z:]+)" content="([^"]*)">', page))
    assert html.unescape(told["title"]) == "My <loom> & “more”"
    assert re.fullmatch(r"Verified · checked \d+ [A-Z][a-z]+ 20\d\d", told["description"])
    assert told["image"] == f"{link}/card.png"
    assert told["url"] == link


def test_a_badge_is_checked_again_from_what_is_given_alone(
    kept: Shelf, visitor: httpx2.Client, tmp_path: Path
) -> None:
    link = shared(kept, "weaving")["link"]
    with zipfile.ZipFile(io.BytesIO(visitor.get(f"{link}/1/recheck.zip").content)) as packed:
        packed.extractall(tmp_path)
    told = (tmp_path / "README.txt").read_text("utf-8")
    (command,) = re.findall(r"touchstone (verify .*)", told)
    trust = kept.served.data.parent / "trust.json"
    more = ("--json", "--no-default-trust", "--trust", trust)
    done = run(*command.split(), *more, folder=tmp_path)
    assert done.exit_code == 0, done.output
    again, before = json.loads(done.output), json.loads((tmp_path / "report.json").read_bytes())
    assert again["checks"] == before["checks"]
    assert again["verdict"] == before["verdict"] == "verified"


@pytest.fixture(scope="module")
def whole(kept: Shelf, visitor: httpx2.Client) -> dict[str, bytes]:
    """All that is given of a badge of which nothing is left off."""
    return given(visitor, shared(kept, "weaving")["link"])


@pytest.mark.parametrize("left_off", sorted(SAID))
def test_a_part_that_is_left_off_is_nowhere(
    kept: Shelf, visitor: httpx2.Client, whole: dict[str, bytes], left_off: str
) -> None:
    cut = shared(kept, "weaving", fields=sorted(EVERY - {left_off}))
    found = given(visitor, cut["link"])
    for words in SAID[left_off]:
        for content in found.values():
            assert words.encode() not in content
    everywhere = b"".join(whole.values())
    assert any(words.encode() in everywhere for words in SAID[left_off])  # else nothing was tested
    for given_whole in ("/1/badge", "/1/recheck.zip"):
        assert given_whole in whole
        assert given_whole not in found
    assert b'rel="alternate"' not in found[""]
    assert json.loads(visitor.get(f"{cut['link']}/1/report.json").content)["left_off"] == [left_off]


def test_a_drawing_that_may_hold_the_badge_goes_with_all_of_it_or_not_at_all(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    whole = given(visitor, shared(kept, "drawing")["link"])
    assert b"openbadges" in whole["/1/picture.svg"]  # the badge itself is in it
    cut = given(visitor, shared(kept, "drawing", fields=["picture", "issued"])["link"])
    assert set(cut) == {"", "/card.png", "/1/report.json"}
    assert b"portrait" not in cut[""]
    asked = {"badges": [kept.ids["drawing"]], "fields": ["picture", "issued"]}
    file = kept.api.post(f"{SHARES}/badges.html", json=asked)
    assert file.status_code == 200
    assert "image/svg+xml" not in file.text


def test_a_name_that_is_left_off_is_not_in_titles_either(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    named = {"type": "IdentityObject", "identityHash": HOLDER, "identityType": "name"}
    praise = badge(RIVERSIDE, f"Award of {HOLDER.upper()}", {**named, "hashed": False})
    given_name, family_name = HOLDER.split()
    accented = family_name.replace("o", "o\u0301")
    praise["credentialSubject"]["achievement"]["description"] = (
        f"{family_name}, {given_name}: well done."
    )
    praise["credentialSubject"]["achievement"]["criteria"] = {
        "id": f"https://work.example/{HOLDER.lower().replace(' ', '-')}",
        "narrative": f"As {given_name}\u00a0\u200b{accented} does.",
    }
    saved = kept.api.post(
        "/api/wallet/credentials", json={"credential": as_json(by(RIVERSIDE, praise)).decode()}
    )
    kept.ids["praise"] = saved.json()["id"]
    whole = b"".join(given(visitor, shared(kept, "praise")["link"]).values()).lower()
    assert b"award of" in whole
    cut = shared(kept, "praise", fields=sorted(EVERY - {"recipient"}))
    found = b"".join(given(visitor, cut["link"]).values()).lower()
    assert family_name.lower().encode() not in found
    assert b"does." not in found
    assert b"name is left off" in found


def test_an_address_that_is_left_off_is_not_in_other_addresses_either(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    at = f"{RIVERSIDE.home}/awards/7d1c-41e2"
    made = {**badge(RIVERSIDE, "Hosted picture"), "id": at}
    achievement = made["credentialSubject"]["achievement"]
    achievement["image"] = {"id": f"{at}/image", "type": "Image"}
    achievement["description"] = f"See {at.upper()}, 7d1c-41e2."
    saved = kept.api.post(
        "/api/wallet/credentials", json={"credential": as_json(by(RIVERSIDE, made)).decode()}
    )
    kept.ids["hosted"] = saved.json()["id"]
    cut = shared(kept, "hosted", fields=sorted(EVERY - {"address"}))
    found = given(visitor, cut["link"])
    assert b"Hosted picture" in found["/1/report.json"]
    assert all(b"7d1c" not in content.lower() for content in found.values())


def test_a_date_that_is_left_off_is_not_in_sentences_either(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    future = badge(RIVERSIDE, "Ahead", validFrom="2093-09-01T00:00:00Z")
    saved = kept.api.post(
        "/api/wallet/credentials", json={"credential": as_json(by(RIVERSIDE, future)).decode()}
    )
    kept.ids["ahead"] = saved.json()["id"]
    cut = shared(kept, "ahead", fields=sorted(EVERY - {"issued"}))
    report = visitor.get(f"{cut['link']}/1/report.json").json()
    assert report["verdict"] == "not_yet_valid"
    assert report["headline"] == KEPT_BACK
    for content in given(visitor, cut["link"]).values():
        assert b"2093" not in content


def test_every_member_of_a_report_is_always_shown_or_part_of_a_field(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    report = visitor.get(f"{shared(kept, 'weaving')['link']}/1/report.json").json()
    known = {*ALWAYS, *(member for field in FIELDS for member in field.members)}
    assert set(report["credential"]) == known
    cut = visitor.get(f"{shared(kept, 'weaving', fields=[])['link']}/1/report.json").json()
    assert set(cut) == set(report)
    assert set(cut["credential"]) == known


def test_what_the_owner_is_known_by_stays_with_them(kept: Shelf, visitor: httpx2.Client) -> None:
    about = kept.api.get(f"/api/wallet/credentials/{kept.ids['weaving']}/about").json()
    assert "privately" not in json.dumps(about)  # reports hold no identifier in any case
    link = shared(kept, "weaving", "garden")["link"]
    for content in given(visitor, link, 2).values():
        assert b"privately" not in content
    answers = visitor.get(f"{link}/1/report.json").json()["checks"]
    assert next(one for one in answers if one["question"] == "recipient")["code"] == "not_asked"


def test_the_name_that_the_owner_shows_is_a_claim_that_is_checked(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    for name, code in ((HOLDER, "name_match"), ("Jonas Rehm", "someone_else")):
        link = shared(kept, "weaving", shown={"name": name})["link"]
        page = text_of(visitor.get(link).text)
        assert f"says they are “{name}”" in page.replace("“ ", "“")
        assert code in page


def test_a_visitor_asks_whether_it_is_about_somebody(kept: Shelf, visitor: httpx2.Client) -> None:
    link = shared(kept, "weaving")["link"]
    before = visitor.get(f"{link}/1/report.json").json()["checked_at"]

    def ask(**fields: str) -> str:
        parts = [(name, (None, value)) for name, value in fields.items()]
        answer = visitor.post(f"{link}/person", files=parts, headers={"Origin": "null"})
        assert answer.status_code == 200
        return answer.text

    mine = ask(name=HOLDER)
    assert "name_match" in mine
    assert "Its holder matches" in text_of(mine)
    other = ask(name="Jonas Rehm")
    assert "someone_else" in other
    assert "Someone else's" in html.unescape(other)
    assert "not_asked" in ask(name="", email="")
    assert "not_asked" in visitor.get(link).text  # nothing of it stays
    assert visitor.get(f"{link}/1/report.json").json()["checked_at"] == before
    closed = shared(kept, "weaving", fields=sorted(EVERY - {"recipient"}))["link"]
    assert "you have in mind" not in visitor.get(closed).text
    denied = visitor.post(f"{closed}/person", files=[("name", (None, HOLDER))])
    assert denied.status_code == 404
    long = visitor.post(f"{link}/person", files=[("name", (None, "x" * 5000))])
    assert long.status_code == 400


def test_nobody_finds_a_share_that_they_were_not_given(kept: Shelf, visitor: httpx2.Client) -> None:
    made = shared(kept, "weaving")
    secret = made["link"].rpartition("/")[2]
    assert len(secret) >= 43
    dump = (kept.served.data / "wallet.sqlite3").read_bytes()
    log = kept.served.data / "wallet.sqlite3-wal"
    assert secret.encode() not in dump + (log.read_bytes() if log.exists() else b"")
    assert made["id"] not in visitor.get(made["link"]).text
    base = made["link"].removesuffix(secret)
    none = visitor.get(f"{base}{secrets.token_urlsafe(32)}")
    assert none.status_code == 404
    odd = (secret[:-1], secret + "A", secret.lower(), made["id"], "%00", "%F0%9F%99%82", "x" * 3000)
    guesses = (*odd, *(secrets.token_urlsafe(32) for _ in range(60)))
    for guess in guesses:
        answer = visitor.get(f"{base}{guess}")
        assert (answer.status_code, answer.content) == (404, none.content), guess
    for path in ("/card.png", "/1/badge", "/1/report.json", "/99/badge"):
        answer = visitor.get(f"{base}{secrets.token_urlsafe(32)}{path}")
        assert (answer.status_code, answer.content) == (404, none.content)


def test_an_ended_share_is_gone_at_once_and_looks_as_if_it_never_was(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    never = visitor.get(f"{kept.served.address}/s/{secrets.token_urlsafe(32)}")
    ended, over = shared(kept, "weaving"), shared(kept, "weaving")
    assert visitor.get(ended["link"]).status_code == visitor.get(over["link"]).status_code == 200
    assert kept.api.delete(f"{SHARES}/{ended['id']}").status_code == 204
    gone = visitor.get(ended["link"])  # the very next thing that is asked
    with kept.served.store.opened() as execute:
        execute("UPDATE shares SET expires_at = '2020-01-01T00:00:00Z'")
    expired = visitor.get(over["link"])
    for answer in (gone, expired):
        assert answer.status_code == 404
        assert answer.content == never.content
        untimed = [pair for pair in answer.headers.items() if pair[0] != "date"]
        assert untimed == [pair for pair in never.headers.items() if pair[0] != "date"]
    assert given(visitor, ended["link"]) == given(visitor, over["link"]) == {}
    assert kept.api.delete(f"{SHARES}/{ended['id']}").status_code == 404
    listed = {one["id"] for one in kept.api.get(SHARES).json()["shares"]}
    assert not listed & {ended["id"], over["id"]}


def test_a_share_goes_with_its_last_badge(kept: Shelf, visitor: httpx2.Client) -> None:
    extra = by(RIVERSIDE, badge(RIVERSIDE, "Short Lived"))
    saved = kept.api.post("/api/wallet/credentials", json={"credential": as_json(extra).decode()})
    kept.ids["short"] = saved.json()["id"]
    alone, both = shared(kept, "short"), shared(kept, "short", "garden")
    assert visitor.get(alone["link"]).status_code == 200
    kept.api.delete(f"/api/wallet/credentials/{kept.ids['short']}")
    assert visitor.get(alone["link"]).status_code == 404
    assert "Community Garden" in visitor.get(both["link"]).text
    assert visitor.get(f"{both['link']}/1/report.json").status_code == 404
    assert visitor.get(f"{both['link']}/2/report.json").json()["verdict"] == "unvouched"


def test_no_search_engine_keeps_it_and_no_link_tells_where_it_was(
    kept: Shelf, visitor: httpx2.Client
) -> None:
    link = shared(kept, "weaving")["link"]
    for path in ("", "/card.png", "/1/picture.png", "/1/report.json", "/1/badge", "/9/x"):
        headers = visitor.get(f"{link}{path}").headers
        assert "noindex" in headers["x-robots-tag"]
        assert headers["referrer-policy"] == "no-referrer"
        assert "set-cookie" not in headers
    page = visitor.get(link)
    assert page.headers["cache-control"] == "no-store"
    assert 'content="noindex' in page.text
    assert "<script" not in page.text
    outward = re.findall(r'<a href="http[^>]*>', page.text)
    assert outward
    assert all("noreferrer" in one for one in outward)


@pytest.mark.parametrize(
    ("asked", "code"),
    [
        ({"badges": []}, "share.badges"),
        ({"badges": ["0" * 32]}, "share.badge"),
        ({"badges": ["\0"]}, "share.badge"),
        ({"badges": [str(n) for n in range(60)]}, "share.badges"),
        ({"badges": "all"}, "share.badges"),
        ({"stack": "none"}, "share.stack"),
        ({"fields": ["password"]}, "share.fields"),
        ({"days": 0}, "share.days"),
        ({"days": True}, "share.days"),
        ({"expires_at": "tomorrow"}, "share.expires"),
        ({"expires_at": "2020-01-01T00:00:00Z"}, "share.expires"),
        ({"name": "x" * 101}, "share.long"),
        ({"shown": {"phone": "1"}}, "share.shown"),
        ({"shown": {"name": "Mira"}, "fields": ["skills"]}, "share.recipient"),
        ({"secret": "mine"}, "share.member"),
    ],
)
def test_what_can_not_be_shared_is_refused_with_a_reason(
    kept: Shelf, asked: dict[str, Any], code: str
) -> None:
    answer = kept.api.post(SHARES, json={"badges": [kept.ids["weaving"]], **asked})
    assert answer.status_code == 400
    assert answer.json()["error"]["code"] == code


def test_the_command_shares_lists_and_ends(kept: Shelf, visitor: httpx2.Client) -> None:
    data = ("--data", kept.served.data)
    which = kept.ids["weaving"][:8]
    made = run("wallet", "share", which, "--without", "issued", "--days", "2", "--json", *data)
    told = json.loads(made.output)
    assert told["link"].startswith(kept.served.address)
    assert "issued" not in told["fields"]
    assert "14 March 2025" not in visitor.get(told["link"]).text
    listed = run("wallet", "shares", *data).output
    assert f"{told['id'][:8]}  Weaving for Zürich, until " in listed
    assert "seen 1 times" in listed
    ended = run("wallet", "unshare", told["id"][:8], *data)
    assert ended.exit_code == 0
    assert visitor.get(told["link"]).status_code == 404
    assert run("wallet", "unshare", told["id"][:8], *data).exit_code == 1
    assert run("wallet", "share", which, "--only", "nonsense", *data).exit_code == 2
    assert run("wallet", "share", *data).exit_code == 1
    for_good = run("wallet", "share", which, "--for-good", *data)
    assert "until you end it" in for_good.output
    assert "TOUCHSTONE_PUBLIC" in for_good.stderr
