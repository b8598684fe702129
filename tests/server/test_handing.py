"""Handing one badge on: everything leads to its proof, and nothing to what does not hold."""

import base64
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from click.testing import Result

from tests.made import pictures
from tests.made.credentials import badge, by
from tests.made.folder import as_json
from tests.made.issuers import MEADOW
from tests.made.signing import did_key, signed
from tests.server.conftest import Served
from tests.server.made_up import BADGE, EXPIRED, GOOD, REVOKED
from tests.server.owner import run
from tests.server.test_gallery import text_of
from verifier.containers import png, qr, unbake

PATH = "/api/wallet/credentials"
PUBLIC = "https://badges.example.org"
OTHER = "https://www.credly.com/badges/11111111-2222-4333-8444-555555555511"
DRAWING = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><circle cx="4" cy="4" r="4"/></svg>'
)
ROUGH = 'Rough & "ready" [1] <b>'


@pytest.fixture(scope="module")
def browser(served: Served) -> Iterator[httpx2.Client]:
    with served.client() as client:
        assert client.get(served.wallet_link).status_code == 303
        yield client


@pytest.fixture(scope="module")
def kept(paired: httpx2.Client) -> dict[str, str]:
    """Badges by what becomes of them: at their own addresses, and files of their own."""
    picture = pictures.drawn(pictures.MAKERS, "leaf", "Kept")
    brought = {
        "good": png.bake(picture, GOOD.encode(), b"openbadges"),
        "revoked": REVOKED.encode(),
        "expired": EXPIRED.encode(),
        "unread": as_json(by(MEADOW, badge(MEADOW, "Soap"))),
        "file": as_json(_self_contained(picture)),
        "drawing": as_json(_self_contained(DRAWING, "image/svg+xml")),
        "bare": as_json(_self_contained(None)),
    }
    ids = {}
    for name, content in brought.items():
        answer = paired.post(PATH, files={"file": (OTHER, content)})
        assert answer.status_code == 201, answer.text
        ids[name] = answer.json()["id"]
    return ids


def _self_contained(picture: bytes | None, kind: str = "image/png") -> dict[str, Any]:
    """A badge whose key is in its issuer's id, so that no address is asked about it."""
    made = badge(MEADOW, "Rough" if picture else "Plain")
    made["name"] = made["credentialSubject"]["achievement"]["name"] = ROUGH
    made["issuer"] = {"id": did_key("handing"), "type": ["Profile"], "name": "Rough (College)"}
    if picture is not None:
        data = f"data:{kind};base64,{base64.b64encode(picture).decode()}"
        made["credentialSubject"]["achievement"]["image"] = {"id": data, "type": "Image"}
    return signed(made, "handing")


def handed(paired: httpx2.Client, identifier: str) -> dict[str, Any]:
    answer = paired.get(f"{PATH}/{identifier}/hand-on")
    assert answer.status_code == 200
    return dict(answer.json())


def test_everything_leads_to_the_awards_own_address(
    paired: httpx2.Client, kept: dict[str, str]
) -> None:
    told = handed(paired, kept["good"])
    kit = told["kit"]
    assert (told["verdict"], told["why"]) == ("verified", None)
    assert kit["place"] == {"address": GOOD, "picture": BADGE["image"], "is_own": True}
    assert qr.read(base64.b64decode(kit["code"]["png"])) == (GOOD.encode(),)
    assert kit["code"]["svg"].count("<path") == 2
    signature = kit["signature"]["html"]
    assert signature.startswith("<table ")
    assert signature.count(f'<a href="{GOOD}"') == 2
    assert f'src="{BADGE["image"]}"' in signature
    assert "issued by Example College" in signature
    assert not re.search(r"\b(class|id)=|<style|<div|verified", signature)
    assert kit["signature"]["text"].splitlines()[-1] == GOOD
    assert kit["embed"]["markdown"] == (f"[![Weaving, first year]({BADGE['image']})]({GOOD})")
    assert {link["name"] for link in kit["links"]} >= {"LinkedIn", "Facebook", "E-mail"}
    for link in kit["links"]:
        assert GOOD in str(parse_qs(urlsplit(link["url"]).query)), link


def test_the_profile_form_is_filled_from_the_badge(
    paired: httpx2.Client, kept: dict[str, str]
) -> None:
    at = urlsplit(handed(paired, kept["good"])["kit"]["add_to_profile"])
    assert (at.hostname, at.path) == ("www.linkedin.com", "/profile/add")
    assert parse_qs(at.query) == {
        "startTask": ["CERTIFICATION_NAME"],
        "name": ["Weaving, first year"],
        "organizationName": ["Example College"],
        "issueYear": ["2025"],
        "issueMonth": ["5"],
        "certUrl": [GOOD],
    }


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("revoked", "took this badge back"),
        ("expired", "has expired"),
        ("unread", "not established"),
    ],
)
def test_what_does_not_hold_gets_a_sentence_instead(
    paired: httpx2.Client, browser: httpx2.Client, kept: dict[str, str], name: str, says: str
) -> None:
    told = handed(paired, kept[name])
    assert told["kit"] is None
    assert says in told["why"]
    page = browser.get(f"/wallet/{kept[name]}/hand-on")
    assert says in text_of(page.text)
    assert "linkedin.com" not in page.text
    assert "/baked" not in page.text
    refused = paired.get(f"{PATH}/{kept[name]}/baked")
    assert (refused.status_code, refused.json()["error"]["code"]) == (409, "no_file")
    made = paired.post(f"{PATH}/{kept[name]}/hand-on", json={})
    assert made.status_code == 409
    assert says in made.json()["error"]["says"]


def test_what_its_owner_puts_together_lends_each_other_nothing(
    paired: httpx2.Client, kept: dict[str, str]
) -> None:
    """Neither an address nor a picture, and the one that leads must hold."""
    path = f"{PATH}/{kept['bare']}/lineage"
    for other, why in (("good", None), ("expired", "Another form of this award")):
        assert paired.post(path, json={"same_as": kept[other]}).status_code == 200
        told = handed(paired, kept["bare"])
        assert paired.get(f"{PATH}/{kept['bare']}/baked").status_code == 409
        assert paired.delete(path).status_code == 200
        assert told["kit"] is None
        assert (told["why"] or "").startswith(why or "")
        assert (told["why"] is None) is (why is None)


def test_the_file_is_given_as_it_was_received(paired: httpx2.Client, kept: dict[str, str]) -> None:
    whole = paired.get(f"{PATH}/{kept['good']}").json()
    file = paired.get(f"{PATH}/{kept['good']}/baked")
    assert file.content == base64.b64decode(whole["credential"])
    assert file.headers["content-disposition"].endswith('.png"')
    assert unbake(file.content).content == GOOD.encode()


@pytest.mark.parametrize(("name", "word"), [("file", "png"), ("drawing", "svg")])
def test_a_credential_is_baked_into_its_picture(
    paired: httpx2.Client, kept: dict[str, str], name: str, word: str
) -> None:
    file = paired.get(f"{PATH}/{kept[name]}/baked").content
    whole = paired.get(f"{PATH}/{kept[name]}").json()
    assert unbake(file).content == base64.b64decode(whole["credential"])
    report = paired.post("/api/verify", json={"bytes": base64.b64encode(file).decode()}).json()
    assert report["verdict"] == whole["report"]["verdict"] == "unvouched"
    assert report["credential"]["container"] == word


def test_without_a_picture_there_is_no_file(paired: httpx2.Client, kept: dict[str, str]) -> None:
    bare = paired.get(f"{PATH}/{kept['bare']}/baked")
    assert bare.status_code == 409
    assert "no picture" in bare.json()["error"]["says"]


def test_what_has_no_address_travels_as_a_file(
    paired: httpx2.Client, browser: httpx2.Client, kept: dict[str, str]
) -> None:
    told = handed(paired, kept["file"])
    assert (told["kit"], told["why"]) == (None, None)
    page = browser.get(f"/wallet/{kept['file']}/hand-on").text
    assert "only travels as a file" in text_of(page)
    assert f"/wallet/{kept['file']}/baked" in page
    answer = browser.get(f"/wallet/{kept['bare']}/baked")
    assert answer.status_code == 409
    assert "no picture" in text_of(answer.text)


def test_a_file_that_is_called_an_address_does_not_lead_there(
    paired: httpx2.Client, kept: dict[str, str]
) -> None:
    """It may be somebody else's award; nothing was read there."""
    leads = {}
    for name in ("good", "file"):
        assert paired.get(f"{PATH}/{kept[name]}").json()["report"]["source"] == OTHER
        kit = handed(paired, kept[name])["kit"]
        leads[name] = kit and kit["place"]["address"]
    assert leads == {"good": GOOD, "file": None}


def test_the_page_is_whole_without_scripts_and_asks_nobody(
    browser: httpx2.Client, kept: dict[str, str], paired: httpx2.Client
) -> None:
    assert f'href="/wallet/{kept["good"]}/hand-on"' in browser.get(f"/wallet/{kept['good']}").text
    page = browser.get(f"/wallet/{kept['good']}/hand-on")
    loaded = re.findall(r'(?:src|rel="stylesheet" href)="([^"]+)"', page.text)
    assert all(one.startswith(("/static/", "data:image/")) for one in loaded)
    assert page.headers["content-security-policy"].count("data:") == 1
    saved = dict(re.findall(r'href="data:([a-z/+]+)[^,]*,([^"]+)" download', page.text))
    assert qr.read(base64.b64decode(saved["image/png"])) == (GOOD.encode(),)
    signature = handed(paired, kept["good"])["kit"]["signature"]["html"]
    assert base64.b64decode(saved["text/html"]).decode().endswith(signature)
    assert "its address is never shown again" not in page.text
    with httpx2.Client(base_url=str(browser.base_url), trust_env=False) as stranger:
        assert stranger.get(f"/wallet/{kept['good']}/hand-on").status_code == 403
        assert stranger.get(f"/wallet/{kept['good']}/baked").status_code == 403
    assert browser.get(f"/wallet/{'0' * 32}/hand-on").status_code == 404


def test_where_nobody_else_reaches_this_server_no_share_is_made(
    paired: httpx2.Client, kept: dict[str, str]
) -> None:
    refused = paired.post(f"{PATH}/{kept['good']}/hand-on", json={})
    assert refused.status_code == 409
    assert "TOUCHSTONE_PUBLIC" in refused.json()["error"]["says"]
    assert paired.post(f"{PATH}/{kept['good']}/hand-on", json={"at": 3}).status_code == 400


def hand_on(served: Served, *arguments: str | Path) -> Result:
    """The command, where others reach this server."""
    told = {"TOUCHSTONE_PUBLIC": PUBLIC}
    return run("wallet", *arguments, "--data", served.data, environment=told)


def test_the_command_writes_it_all(served: Served, kept: dict[str, str], tmp_path: Path) -> None:
    code, drawing, baked = tmp_path / "code.png", tmp_path / "code.svg", tmp_path / "badge.png"
    signature = tmp_path / "signature.html"
    files = ("--code", code, "--signature", signature, "--baked", baked)
    done = hand_on(served, "hand-on", kept["good"][:8], *files)
    assert done.exit_code == 0, done.output
    assert GOOD in done.output
    assert "www.linkedin.com/profile/add?" in done.output
    assert qr.read(code.read_bytes()) == (GOOD.encode(),)
    assert f'href="{GOOD}"' in signature.read_text("utf-8")
    assert unbake(baked.read_bytes()).content == GOOD.encode()
    assert hand_on(served, "hand-on", kept["good"], "--code", drawing, "--json").exit_code == 0
    assert drawing.read_bytes().startswith(b"<?xml")
    lost = hand_on(served, "hand-on", kept["good"], "--baked", tmp_path / "badge.svg")
    assert (lost.exit_code, "picture is png" in lost.output) == (1, True)


def test_the_command_says_why_not(served: Served, kept: dict[str, str], tmp_path: Path) -> None:
    for name, says in (("revoked", "took this badge back"), ("file", "only travels as a file")):
        done = hand_on(served, "hand-on", kept[name])
        assert (done.exit_code, says in done.output) == (1, True), name
    baked = tmp_path / "badge.png"
    assert hand_on(served, "hand-on", kept["file"], "--baked", baked).exit_code == 0
    assert unbake(baked.read_bytes()).container == "png"
    none = hand_on(served, "hand-on", kept["revoked"], "--baked", tmp_path / "none.png", "--share")
    assert none.exit_code == 1
    assert not (tmp_path / "none.png").exists()
    assert served.store.rows("SELECT count(*) FROM shares") == [(0,)]


def test_a_share_stands_in_for_an_address(served: Served, kept: dict[str, str]) -> None:
    """And what a badge calls itself is no markup, whatever it is."""
    kit = json.loads(hand_on(served, "hand-on", kept["file"], "--share", "--json").stdout)["kit"]
    at = kit["place"]["address"]
    assert re.fullmatch(rf"{PUBLIC}/s/[\w-]{{43}}/badge", at)
    assert kit["place"]["picture"] == f"{at.removesuffix('badge')}1/picture.png"
    assert qr.read(base64.b64decode(kit["code"]["png"])) == (at.encode(),)
    escaped = "Rough &amp; &quot;ready&quot; [1] &lt;b&gt;"
    assert f"<b>{escaped}</b><br>issued by “Rough (College)”<br>" in kit["signature"]["html"]
    assert f'alt="{escaped}"' in kit["embed"]["html"]
    written = r"Rough \& \"ready\" \[1\] \<b\>".replace('\\"', '"')
    assert kit["embed"]["markdown"].startswith(f"[![{written}](")
    again = hand_on(served, "hand-on", kept["file"], "--at", at.removesuffix("/badge"), "--json")
    assert json.loads(again.stdout)["kit"] == kit
    for link, says in (
        (at.replace(PUBLIC, "https://evil.example"), "no share link of this server"),
        (f"{PUBLIC}/s/{'x' * 43}/badge", "was ended, or its time is up"),
    ):
        assert says in hand_on(served, "hand-on", kept["file"], "--at", link).output
    assert "shows other badges" in hand_on(served, "hand-on", kept["bare"], "--at", at).output
    inside = run("wallet", "hand-on", kept["file"], "--share", "--data", served.data)
    assert "TOUCHSTONE_PUBLIC" in inside.output


def test_what_a_share_leaves_off_is_in_nothing_that_leads_there(
    served: Served, kept: dict[str, str]
) -> None:
    off = ("--without", "issued", "--without", "picture", "--without", "address")
    made = json.loads(hand_on(served, "share", kept["good"], *off, "--json").stdout)
    told = hand_on(served, "hand-on", kept["good"], "--at", made["link"], "--json").stdout
    kit = json.loads(told)["kit"]
    assert kit["place"] == {"address": made["link"], "picture": None, "is_own": False}
    assert not set(parse_qs(urlsplit(kit["add_to_profile"]).query)) & {"issueYear", "certId"}
    assert GOOD not in told
    assert str(BADGE["image"]) not in told
